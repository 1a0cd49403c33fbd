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

# Our own program, in the order in which the files build on each other.
SCRIPTS = (
    "ellipsoid",
    "projection",
    "ground",
    "arcs",
    "matching",
    "nodes",
    "address",
    "signs",
    "painting",
    "marks",
    "cursor",
    "crowd",
    "layers",
    "globe",
    "backdrop",
    "relief",
    "graticule",
    "labels",
    "legend",
    "search",
    "tools",
    "manners",
    "readout",
    "loupe",
    "evidence",
    "claims",
    "popup",
    "measure",
    "time",
    "compare",
    "multiples",
    "scales",
    "charts",
    "links",
    "panels",
    "tables",
    "giving",
    "drawing",
    "share",
    "beside",
    "around",
    "embed",
    "story",
    "notes",
    "page",
)
STYLES = ("page", "evidence", "share", "story")
TYPEFACE = "Atlas Text"
FACES = {"regular": "400", "semibold": "600 700"}
_LEAFLET = Path(leaflet.BASE_DIR)


@lru_cache(maxsize=1)
def style() -> str:
    """The page's own styles as one, which follow those of the head."""
    sheets = "\n".join(asset(f"{name}.css") for name in STYLES)
    return "\n".join(map(_face, FACES)) + short_style(pagehead.style() + sheets)


def _face(name: str) -> str:
    """A face of the sheets' typeface, written into the page (.ci/page-typeface cuts it)."""
    font = files(__package__).joinpath("assets", f"{name}.woff2").read_bytes()
    return (
        f'@font-face{{font-family:"{TYPEFACE}";font-weight:{FACES[name]};'
        f"src:url(data:font/woff2;base64,{base64.b64encode(font).decode('ascii')})}}"
    )


def asset(name: str) -> str:
    """A file of the page's program, style or template."""
    return files(__package__).joinpath("assets", name).read_text(encoding="utf-8")


@lru_cache(maxsize=1)
def program() -> str:
    """The head's script and the page's own as one."""
    return short_program("\n".join([pagehead.script(), *(asset(f"{name}.js") for name in SCRIPTS)]))


def short_program(text: str) -> str:
    """A program without lines of comment, types, empty lines and indentation; each statement keeps
    its line. Ours has no text that runs over lines."""
    text = re.sub(r"/\*\* @.*?\*/ ?", "", text)
    lines = (line.strip() for line in text.splitlines())
    return "\n".join(line for line in lines if line and not line.startswith("//"))


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
