"""A page that asks for nothing: finds every address that a browser would load from elsewhere.

A page is kept for years and opened with no network. So each finished page is read once more,
element by element, and an address that would be fetched stops the build.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from html.parser import HTMLParser

from shekara.errors import ShekaraError

# Attributes whose address a browser loads by itself.
LOADING = frozenset(
    {"src", "srcset", "poster", "data", "background", "action", "formaction", "ping", "manifest"}
    | {"xlink:href", "imagesrcset"}
)
# Addresses that stand in Leaflet and in this page's program as names, and load nothing.
NAMES = frozenset(
    {
        "http://www.w3.org/2000/svg",  # the name of SVG
        "http://www.w3.org/1999/xlink",
        "https://leafletjs.com",  # Leaflet's own line of credit
    }
)
_ADDRESS = re.compile(
    r"""(?:\bhttps?:|\bwss?:|\bftp:|(?<=['"(\s=]))//(?!#\s)[^\s'"`<>()\\]+""", re.IGNORECASE
)
_STYLE_ADDRESS = re.compile(r"""url\(\s*['"]?([^'")\s]*)|@import\s+['"]([^'"]*)""", re.IGNORECASE)


def check(
    document: str, name: str, allowed: Collection[str] = (), scripts: Iterable[str] = ()
) -> None:
    """Make sure that a finished page loads nothing from outside.

    Parameters
    ----------
    document
        The whole page.
    name
        What the page is called in an error.
    allowed
        Beginnings of addresses that were asked for (tiles).
    scripts
        Programs that the page carries packed.

    Raises
    ------
    ShekaraError
        An address that is not allowed, with the element that it stands in.
    """
    reader = _Reader(tuple(allowed))
    reader.feed(document)
    reader.close()
    for script in scripts:
        reader.script(script)
    if reader.found:
        listed = "; ".join(sorted(set(reader.found))[:5])
        raise ShekaraError(
            f"The page {name!r} would load from elsewhere: {listed}. A page holds everything that "
            "it shows: leave out the element that asks for it, or write its content into the page."
        )


class _Reader(HTMLParser):
    def __init__(self, allowed: tuple[str, ...]) -> None:
        super().__init__(convert_charrefs=True)
        self.allowed = allowed
        self.found: list[str] = []
        self._inside: tuple[str, str] = ("", "")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Look at the attributes that load."""
        given = {key: value or "" for key, value in attrs}
        self._inside = (tag, given.get("type", ""))
        for key, value in given.items():
            if key in LOADING or (key == "href" and tag not in ("a", "area")):
                self._loads(value, f"<{tag} {key}>")
            elif key == "style":
                self._style(value, f"<{tag} style>")
        if tag == "meta" and given.get("http-equiv", "").lower() == "refresh":
            self.found.append(f"{given.get('content', '')} in <meta refresh>")

    def handle_endtag(self, tag: str) -> None:
        """Leave a script or style."""
        del tag
        self._inside = ("", "")

    def handle_data(self, data: str) -> None:
        """Look into scripts and styles; other text is only read."""
        tag, kind = self._inside
        if tag == "style":
            self._style(data, "<style>")
        elif tag == "script" and kind in ("", "module", "text/javascript"):
            self.script(data)

    def script(self, text: str) -> None:
        """Look at the addresses of a program."""
        for address in _ADDRESS.findall(text):
            if address.rstrip("/") not in NAMES:
                self._loads(address, "<script>")

    def _style(self, text: str, place: str) -> None:
        for pair in _STYLE_ADDRESS.findall(text):
            self._loads(pair[0] or pair[1], place)

    def _loads(self, address: str, place: str) -> None:
        address = address.strip()
        if not address or address.startswith(("data:", "#", "about:")):
            return
        if not any(address.startswith(start) for start in self.allowed):
            self.found.append(f"{address[:120]} in {place}")
