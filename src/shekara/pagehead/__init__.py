"""The head of every page: what stands in <head>, the language switch, the address, the policy.

The map's page, the atlas's first page and the report are put together from it: `assets/head.html`
has the markup as macros, `head.css` colours and masthead, `head.js` the switch and the address;
`program` joins the modules of a page in one script.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import jinja2

TYPEFACE = "Atlas Text"
FACES = {"regular": "400", "semibold": "600 700"}


@dataclass(frozen=True)
class LanguageChoice:
    """A language that a page can be read in.

    Attributes
    ----------
    lang : str
        Its code.
    name : str
        What it is called in itself.
    title : str
        The document's title in this language.
    label : str
        What the switch is called in this language.
    direction : str
        Which way its lines run: "ltr" or "rtl".
    """

    lang: str
    name: str
    title: str
    label: str
    direction: str = "ltr"


def policy(
    scripts: Sequence[str],
    styles: Sequence[str] | None = None,
    images: Iterable[str] = (),
    fonts: bool = False,
) -> str:
    """Write a page's Content-Security-Policy: nothing is loaded, no script runs but these.

    Each script is named by the hash of its text, so that a script which found its way into a text
    would not run either.

    Parameters
    ----------
    scripts : sequence of str
        Texts of the page's scripts.
    styles : sequence of str, optional
        Texts of its styles; None where elements carry styles of their own, as a Leaflet map does.
    images : iterable of str
        Beginnings of addresses that pictures may come from, besides those written into the page.
    fonts : bool
        Whether fonts may be written into the page.
    """
    allowed_styles = "'unsafe-inline'" if styles is None else _hashes(styles)
    font = "font-src data:; " if fonts else ""
    return (
        f"default-src 'none'; script-src {_hashes(scripts)}; style-src {allowed_styles}; "
        f"img-src {' '.join(['data:', *images])}; {font}base-uri 'none'; form-action 'none'"
    )


def style() -> str:
    """Colours of a page, its masthead and language switch; a page's own style follows it."""
    return _asset("head.css")


def faces() -> str:
    """The sheets' typeface, written into a page as style; its policy has to allow fonts."""
    return "".join(map(_face, FACES))


def _face(name: str) -> str:
    """One face (.ci/page-typeface cuts it)."""
    font = files(__package__).joinpath("assets", f"{name}.woff2").read_bytes()
    return (
        f'@font-face{{font-family:"{TYPEFACE}";font-weight:{FACES[name]};'
        f"src:url(data:font/woff2;base64,{base64.b64encode(font).decode('ascii')})}}\n"
    )


def template(text: str, clean: Callable[[object], object] | None = None) -> jinja2.Template:
    """Make a page's template; it takes the macros of the head from "head.html".

    Parameters
    ----------
    text : str
        The template; everything put into it is escaped unless it is marked as safe.
    clean : callable, optional
        Is applied to every value that is put in.
    """
    import jinja2

    environment = jinja2.Environment(
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        finalize=clean,
        loader=jinja2.DictLoader({"head.html": _asset("head.html")}),
    )
    return environment.from_string(text)


def _hashes(texts: Sequence[str]) -> str:
    digests = (hashlib.sha256(text.encode()).digest() for text in texts)
    return " ".join(f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests)


def _asset(name: str) -> str:
    return files(__package__).joinpath("assets", name).read_text(encoding="utf-8")
