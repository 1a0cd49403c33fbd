"""The parts that a page is put together from: its program, its style, its template."""

from __future__ import annotations

import base64
import json
import re
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

from xstatic.pkg import leaflet

from shekara import pagehead

STYLES = ("page", "evidence", "share", "story")
_LEAFLET = Path(leaflet.BASE_DIR)


@lru_cache(maxsize=1)
def style() -> str:
    """The page's own styles as one, which follow those of the head."""
    sheets = "\n".join(asset(f"{name}.css") for name in STYLES)
    return pagehead.faces() + short_style(pagehead.style() + sheets)


def asset(name: str) -> str:
    """A file of the page's program, style or template."""
    return files(__package__).joinpath("assets", name).read_text(encoding="utf-8")


def short_style(text: str) -> str:
    """A style sheet without comments and without the space that only its readers need."""
    text = re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)
    text = re.sub(r"\s+", " ", text)
    return re.sub(r" ?([{};]) ?", r"\1", text).replace(";}", "}").strip()


@lru_cache(maxsize=1)
def leaflet_script() -> str:
    """Leaflet as a script that can stand inside a page, its marker pictures written into it."""
    script = _LEAFLET.joinpath("leaflet.js").read_text(encoding="utf-8")
    script = re.sub(r"//# sourceMappingURL=\S+\s*$", "", script)
    icons = {
        "iconUrl": "marker-icon.png",
        "iconRetinaUrl": "marker-icon-2x.png",
        "shadowUrl": "marker-shadow.png",
    }
    urls = {key: _picture(f"images/{name}") for key, name in icons.items()}
    script += f"\nL.Icon.Default.mergeOptions({json.dumps(urls)});L.Icon.Default.imagePath='';"
    return script.replace("</script", "<\\/script")


@lru_cache(maxsize=1)
def leaflet_style() -> str:
    """Leaflet's style with its pictures written into it."""
    style = _LEAFLET.joinpath("leaflet.css").read_text(encoding="utf-8")
    # The drawing language of Internet Explorer 8, named by an address in no form that loads.
    style = re.sub(r"[^{}]*\{[^{}]*#default#VML[^{}]*\}", "", style)
    return re.sub(r"url\((images/[^)]*)\)", lambda m: f"url({_picture(m[1])})", style)


def _picture(name: str) -> str:
    coded = base64.b64encode(_LEAFLET.joinpath(name).read_bytes()).decode("ascii")
    return f"data:image/png;base64,{coded}"
