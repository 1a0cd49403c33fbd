"""What lies around a map's page in its site: first page, neighbours, sheets, report, address."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import quote

from shekara.scene.model import Scene, Translator
from shekara.web.contract import AroundRow

# A text in each language, or one for all.
Text = Mapping[str, str] | str


@dataclass(frozen=True)
class Neighbour:
    """Another map of the site: its page, relative to this page, and its title."""

    page: str
    title: Text


@dataclass(frozen=True)
class Surroundings:
    """Files of the site as paths relative to the page; "" or None for what there is not.

    Attributes
    ----------
    index : the first page.
    report : the report on all claims.
    sheets : the printed sheet by language.
    before, after : the neighbouring maps.
    address : of the page on the web, beginning with https://; "" where that is not known.
    others : all other maps of the site, to be shown beside this one.
    picture : a picture of the map for those who show links, 1200 × 630 pixels.
    """

    index: str = ""
    report: str = ""
    sheets: Mapping[str, str] = field(default_factory=dict)
    before: Neighbour | None = None
    after: Neighbour | None = None
    address: str = ""
    picture: str = ""
    others: Sequence[Neighbour] = ()

    def links(self) -> AroundRow:
        """Addresses of everything around, for the page's program."""
        return {
            "index": quote(self.index),
            "report": quote(self.report),
            "sheets": {lang: quote(path) for lang, path in self.sheets.items()},
            "before": quote(self.before.page) if self.before else "",
            "after": quote(self.after.page) if self.after else "",
            "others": [quote(other.page) for other in self.others],
        }

    def titles(self, say: Translator) -> dict[str, object]:
        """Titles of the other maps in one language."""
        return {
            "before": say.text(self.before.title) if self.before else "",
            "after": say.text(self.after.title) if self.after else "",
            "others": [say.text(other.title) for other in self.others],
        }

    def shared(self, scenes: Sequence[Scene]) -> list[tuple[str, str]]:
        """What those who show a link to the page draw (Open Graph, https://ogp.me).

        A picture is named by its whole address where the page's is known; else beside the page.
        """
        first = scenes[0]
        rows = [
            ("og:type", "article"),
            ("og:title", first.title),
            ("og:description", first.subtitle),
            ("og:site_name", first.atlas_title),
            ("og:locale", first.lang),
            *(("og:locale:alternate", scene.lang) for scene in scenes[1:]),
            ("og:url", self.address),
        ]
        if self.picture:
            # The picture stands beside the pages' folder: "../pictures/NAME.png".
            base = self.address.rsplit("/", 2)[0] if self.address else ".."
            rows += [
                ("og:image", f"{base}/{quote(self.picture)}"),
                ("og:image:width", "1200"),
                ("og:image:height", "630"),
                ("og:image:alt", first.alt),
            ]
        return [(name, content) for name, content in rows if content]
