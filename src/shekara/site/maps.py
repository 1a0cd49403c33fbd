"""The maps of a site: remembered whole, or drawn anew of what is remembered of their pieces.

A map is remembered by all that goes into it, a sheet by what it says in its language and by its
plan, a picture and the shapes of a page by what they show. So another wording in one language
draws the page, which has all languages, and the sheet of that language, and no more.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, cast

from shekara import scene
from shekara.atlas import Atlas
from shekara.claims import Verdict
from shekara.scene import Scene
from shekara.site.digests import content, digest, of_companions, of_maps, stamp
from shekara.site.drawing import SHARED, PageParts, page_parts, pictured, sheets, told
from shekara.site.memory import Memory
from shekara.site.reports import Reports
from shekara.tasks import Task

if TYPE_CHECKING:
    from shekara.sheet import BookPage, RenderedSheet
    from shekara.web import Surroundings

Sheets = dict[str, "tuple[str, RenderedSheet | None]"]
Answer = Sheets | PageParts | Reports  # of the tasks of a site but its books


@dataclass(frozen=True)
class Look:
    """How everything is drawn."""

    languages: Sequence[str]
    maps: Sequence[str]
    tiles: str | None
    size: str
    address: str


@dataclass(frozen=True)
class DrawnMap:
    """A map in a site: files by their path, and by language small pictures, pages, what it tells.

    `scenes` have no shapes: they are for the first page and the books.
    """

    files: Mapping[str, bytes]
    small: Mapping[str, bytes]
    pages: Mapping[str, BookPage]
    scenes: tuple[Scene, ...]


@dataclass
class _Begun:
    """A map that is being drawn: keys of its pieces, what is remembered, what is there already."""

    scenes: tuple[Scene, ...]
    sheet_keys: dict[str, str]
    picture_keys: dict[str, str]
    shape_key: str
    known_sheets: Sheets
    known_pictures: dict[str, bytes]
    known_shapes: object
    sheets: Sheets = field(default_factory=dict)
    page: PageParts | None = None


class Maps:
    """All maps of an atlas on their way into a site.

    Parameters
    ----------
    atlas, verdicts
        What is drawn, and the verdicts on its claims by their id.
    look
        How.
    memory
        What earlier builds made.
    """

    def __init__(
        self, atlas: Atlas, verdicts: Mapping[str, Verdict], look: Look, memory: Memory
    ) -> None:
        self._atlas, self._verdicts, self._look, self._memory = atlas, verdicts, look, memory
        options = (look.languages, look.maps, look.tiles, look.size, look.address)
        self.companions = of_companions(atlas)
        self._keys = of_maps(atlas, look.maps, options, self.companions)
        self._begun: dict[str, _Begun] = {}
        known = {name: memory.get(key) for name, key in self._keys.items()}
        self.drawn: dict[str, DrawnMap] = {n: m for n, m in known.items() if m is not None}
        self.missing = [name for name in look.maps if name not in self.drawn]

    def tasks(self) -> Iterator[Task[Answer]]:
        """What is to be drawn of the maps that are missing: their sheets, then their pages.

        Sheets take longest; what is begun last is short, so that no process ends long after others.
        """
        look = self._look
        pages: list[Task[Answer]] = []
        for name in self.missing:
            versions = [
                scene.resolve(self._atlas, name, lang, self._verdicts) for lang in look.languages
            ]
            begun = self._begin(versions)
            self._begun[name] = begun
            plans = {lang: plan for lang, (plan, _) in begun.known_sheets.items()}
            yield Task[Answer](f"sheets/{name}", sheets, (versions, look.size, plans))
            around = surroundings(self._atlas, name, look)
            known = (begun.known_pictures, begun.known_shapes)
            arguments = (versions, look.tiles, around, *known)
            pages.append(Task[Answer](f"maps/{name}.html", page_parts, arguments))
        yield from pages

    def key_of_texts(self, lang: str) -> str:
        """Of the pages of text in the book of a language, as it was last bound for this atlas.

        Each of them is found by what is on it: so they may be old, and none is wrong.
        """
        return digest(stamp(), self.companions, "texts", str(self._atlas.folder.resolve()), lang)

    def put(self, title: str, answer: Sheets | PageParts) -> DrawnMap | None:
        """Take a task's answer in; the map, where it is whole now."""
        name = title.partition("/")[2].removesuffix(".html")
        begun = self._begun[name]
        if isinstance(answer, PageParts):
            begun.page = answer
        else:
            begun.sheets = answer
        if begun.page is None or not begun.sheets:
            return None
        self.drawn[name] = self._whole(name, self._begun.pop(name))
        self._memory.put(self._keys[name], self.drawn[name])
        return self.drawn[name]

    def _begin(self, versions: Sequence[Scene]) -> _Begun:
        """The keys of a map's pieces, and those that are remembered."""
        from shekara.web.remembered import key_of

        memory, size = self._memory, self._look.size
        base = digest(stamp(), self.companions)
        sheet_keys = {v.lang: digest(base, "sheet", size, content(v)) for v in versions}
        picture_keys = {v.lang: digest(base, "picture", content(pictured(v))) for v in versions}
        picture_keys[SHARED] = digest(picture_keys[versions[0].lang], SHARED)
        shape_key = digest(base, "shapes", key_of(versions[0]))
        known_sheets = {lang: memory.get(key) for lang, key in sheet_keys.items()}
        known_pictures = {lang: memory.get(key) for lang, key in picture_keys.items()}
        return _Begun(
            tuple(told(version) for version in versions),
            sheet_keys,
            picture_keys,
            shape_key,
            {lang: known for lang, known in known_sheets.items() if known is not None},
            {lang: known for lang, known in known_pictures.items() if known is not None},
            memory.get(shape_key),
        )

    def _whole(self, name: str, begun: _Begun) -> DrawnMap:
        """A map of its pieces; those that had to be made are remembered."""
        memory, page = self._memory, cast(PageParts, begun.page)
        memory.made += 1  # the page
        files = {f"maps/{name}.html": page.page, f"pictures/{name}.png": page.pictures[SHARED]}
        pages: dict[str, BookPage] = {}
        for lang, (plan, drawn) in begun.sheets.items():
            if drawn is None:
                drawn = begun.known_sheets[lang][1]
                assert drawn is not None  # what is remembered was drawn
            else:
                memory.piece(begun.sheet_keys[lang], (plan, drawn))
            stem = f"sheets/{name}.{lang}"
            files |= {f"{stem}.pdf": drawn.pdf, f"{stem}.png": drawn.png}
            pages[lang] = drawn.leaf
        for lang, picture in page.pictures.items():
            if lang not in begun.known_pictures:
                memory.piece(begun.picture_keys[lang], picture)
        if begun.known_shapes is None:
            memory.piece(begun.shape_key, page.shapes)
        small = {lang: picture for lang, picture in page.pictures.items() if lang != SHARED}
        return DrawnMap(files, small, pages, begun.scenes)


def surroundings(atlas: Atlas, name: str, look: Look) -> Surroundings:
    """What lies around a map's page: the first page, neighbours, sheets, report, address."""
    from shekara.web import Neighbour, Surroundings

    place = look.maps.index(name)

    def neighbour(number: int) -> Neighbour | None:
        if not 0 <= number < len(look.maps):
            return None
        other = atlas.maps[look.maps[number]]
        titles = {lang: atlas.translator(lang).text(other.file.title) for lang in look.languages}
        return Neighbour(f"{other.name}.html", titles)

    base = look.address.rstrip("/")
    return Surroundings(
        index="../index.html",
        report="../report.html",
        sheets={lang: f"../sheets/{name}.{lang}.pdf" for lang in look.languages},
        before=neighbour(place - 1),
        after=neighbour(place + 1),
        address=f"{base}/maps/{name}.html" if base else "",
        picture=f"pictures/{name}.png",
        others=[
            other
            for number in range(len(look.maps))
            if number != place and (other := neighbour(number)) is not None
        ],
    )
