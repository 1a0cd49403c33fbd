"""The whole atlas as a folder that any web server, or a disk, can show."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

from shekara import claims, scene
from shekara.atlas import Atlas
from shekara.claims import Verdict
from shekara.errors import InputError, UsageError
from shekara.scene import Scene
from shekara.site.access import chosen_languages
from shekara.site.memory import Memory, as_written, companions_digest, whole, written
from shekara.site.reports import REPORTS, write_report
from shekara.storage import replace_folder
from shekara.tasks import Scheduler, Task, local

if TYPE_CHECKING:
    from shekara.sheet import BookPage
    from shekara.web import Surroundings

Progress = Callable[[str, int, int], None]  # what is ready, how many are, of how many


def build(  # noqa: PLR0913 - each is an option of the user
    atlas: Atlas,
    out: Path,
    *,
    languages: Sequence[str] = (),
    only: Sequence[str] = (),
    tiles: str | None = None,
    size: str = "A4",
    address: str = "",
    workers: int | None = None,
    scheduler: Scheduler | None = None,
    memory: Memory | None = None,
    on_progress: Progress | None = None,
) -> tuple[Verdict, ...]:
    """Make every page, sheet, book and report of an atlas, or of some of its maps.

    Everything is made in a temporary folder beside `out` and moved into its place at the end, so
    that an interrupted build leaves the old site whole.

    Parameters
    ----------
    atlas
        A loaded atlas.
    out
        The folder; what was built there before is replaced.
    languages
        Of the atlas's languages; all when empty. The first is shown first.
    only
        Names of maps; all when empty.
    tiles
        Name of a tile basemap for the pages, which then need a network.
    size
        Paper of the sheets.
    address
        Where the site will stand on the web; reviews of claims name it.
    workers
        Processes that draw; as many as there are cores for us when None.
    scheduler
        Measures and draws instead of processes of this machine, such as a `shekara.tasks.Cluster`.
    memory
        Of earlier builds: what did not change is not made again. The files are the same without.
    on_progress
        Called after every step.

    Returns
    -------
    tuple of Verdict
        The verdicts on all claims of the atlas.

    Raises
    ------
    UsageError
        No such language or map, or `out` holds other things than a built site.
    InputError
        The atlas has no map.
    """
    _check_address(address)
    chosen = chosen_languages(atlas, languages)
    maps = [atlas.map(name).name for name in (only or maps_to_draw(atlas))]
    key = ""
    if memory is not None:
        key = whole(atlas, (chosen, maps, tiles, size, address))
        known = memory.get(key)
        if known is not None and as_written(out, known[0]):
            return tuple(known[1])
    verdicts = (claims.check_all if memory is None else memory.verdicts)(atlas, scheduler)
    by_id = {verdict.claim.id: verdict for verdict in verdicts}
    scenes = {name: [scene.resolve(atlas, name, lang, by_id) for lang in chosen] for name in maps}
    with replace_folder(out, _is_ours) as folder:
        draw = _Drawing(chosen, tiles, size, workers, scheduler, address, companions_digest(atlas))
        drawn = _drawn(folder, scenes, draw, memory, on_progress)
        _write_index(folder, atlas, scenes, chosen, drawn)
        write_report(folder, atlas, verdicts, chosen, maps, address)
        files = written(folder) if memory is not None else {}
    if memory is not None:
        memory.put(key, (files, verdicts))
        memory.prune()
    return verdicts


def maps_to_draw(atlas: Atlas) -> tuple[str, ...]:
    """Names of the maps of an atlas.

    Raises
    ------
    InputError
        It has none.
    """
    if not atlas.maps:
        shown = ", ".join(f'"{name}"' for name in list(atlas.layers)[:3])
        raise InputError(
            f"{atlas.folder / 'maps'}: has no map to draw; write one, such as maps/first.toml with "
            f'title = "…" and layers = [{shown}] (shekara keys map explains the rest)'
        )
    return tuple(atlas.maps)


def _check_address(address: str) -> None:
    parts = urlsplit(address)
    if address and (parts.scheme not in ("http", "https") or not parts.hostname):
        raise UsageError(f"--address {address!r} is no web address; it begins with https://")


@dataclass(frozen=True)
class _Drawing:
    """How everything is drawn."""

    languages: Sequence[str]
    tiles: str | None
    size: str
    workers: int | None
    scheduler: Scheduler | None
    address: str
    companions: str  # digest of what scenes hold by its path only


class _Made(NamedTuple):
    """What a task answers: files by their path; small pictures and pages of books by language."""

    files: Mapping[str, bytes]
    small: Mapping[str, bytes] | None = None
    pages: Mapping[str, BookPage] | None = None


def _drawn(
    folder: Path,
    scenes: Mapping[str, list[Scene]],
    draw: _Drawing,
    memory: Memory | None,
    on_progress: Progress | None,
) -> dict[str, Mapping[str, bytes]]:
    """Write all pages, sheets and books; small pictures of the maps by name and language."""
    total = 2 * len(scenes) + len(draw.languages)
    drawn_files: dict[str, _Made] = {}

    def put(answers: Iterator[tuple[str, _Made]]) -> None:
        for title, answer in answers:
            drawn_files[title] = answer._replace(files={})
            for name, content in answer.files.items():
                (folder / name).parent.mkdir(exist_ok=True)
                (folder / name).write_bytes(content)
            if on_progress:
                on_progress(title, len(drawn_files), total)

    sheets = (
        Task(f"sheets/{name}", _sheets, (versions, draw.size)) for name, versions in scenes.items()
    )
    pages = (
        Task(f"maps/{name}.html", _page, (versions, draw.tiles, _around(scenes, name, draw)))
        for name, versions in scenes.items()
    )
    there = draw.scheduler
    with local(draw.workers) if there is None else nullcontext(there) as scheduler:
        put(_answers([*sheets, *pages], scheduler, draw, memory))
        put(_answers(list(_books(scenes, draw, drawn_files)), scheduler, draw, memory))
    return {name: drawn_files[f"maps/{name}.html"].small or {} for name in scenes}


def _answers(
    tasks: list[Task[_Made]], scheduler: Scheduler, draw: _Drawing, memory: Memory | None
) -> Iterator[tuple[str, _Made]]:
    if memory is None:
        return scheduler.run(tasks)
    return memory.answers(tasks, scheduler, draw.companions)


def _books(
    scenes: Mapping[str, list[Scene]], draw: _Drawing, drawn_files: Mapping[str, _Made]
) -> Iterator[Task[_Made]]:
    for number, lang in enumerate(draw.languages):
        versions = [every[number] for every in scenes.values()]
        pages = [(drawn_files[f"sheets/{version.name}"].pages or {})[lang] for version in versions]
        yield Task(f"atlas.{lang}.pdf", _book, (versions, draw.size, pages))


def _around(scenes: Mapping[str, list[Scene]], name: str, draw: _Drawing) -> Surroundings:
    """What lies around a map's page: the first page, neighbours, sheets, report, address."""
    from shekara.web import Neighbour, Surroundings

    names = list(scenes)
    place = names.index(name)

    def neighbour(number: int) -> Neighbour | None:
        if not 0 <= number < len(names):
            return None
        titles = {version.lang: version.title for version in scenes[names[number]]}
        return Neighbour(f"{names[number]}.html", titles)

    base = draw.address.rstrip("/")
    return Surroundings(
        index="../index.html",
        report="../report.html",
        sheets={lang: f"../sheets/{name}.{lang}.pdf" for lang in draw.languages},
        before=neighbour(place - 1),
        after=neighbour(place + 1),
        address=f"{base}/maps/{name}.html" if base else "",
        picture=f"pictures/{name}.png",
    )


def _page(scenes: list[Scene], tiles: str | None, around: Surroundings) -> _Made:
    """A map's page, a picture for those who show links to it, and small ones for the index."""
    from shekara import web

    name = scenes[0].name
    files = {
        f"maps/{name}.html": web.page(scenes, tiles=tiles, around=around).encode(),
        f"pictures/{name}.png": web.picture(scenes[0], (1200, 630), "png"),
    }
    return _Made(files, {version.lang: web.picture(version) for version in scenes})


def _sheets(versions: list[Scene], size: str) -> _Made:
    """The sheets of a map as PDF and PNG, and their pages for the books.

    One process draws all languages: they share their plan and what lies on the page.
    """
    from shekara import sheet

    files: dict[str, bytes] = {}
    pages: dict[str, BookPage] = {}
    for version in versions:
        drawn = sheet.rendered(version, size, versions)
        stem = f"sheets/{version.name}.{version.lang}"
        files |= {f"{stem}.pdf": drawn.pdf, f"{stem}.png": drawn.png}
        pages[version.lang] = drawn.leaf
    return _Made(files, pages=pages)


def _book(scenes: list[Scene], size: str, pages: list[BookPage]) -> _Made:
    from shekara import sheet

    return _Made({f"atlas.{scenes[0].lang}.pdf": sheet.bound(scenes, size=size, sheets=pages)})


def _write_index(
    folder: Path,
    atlas: Atlas,
    scenes: Mapping[str, list[Scene]],
    languages: Sequence[str],
    thumbnails: Mapping[str, Mapping[str, bytes]],
) -> None:
    from shekara import web

    entries = [
        web.entry(
            versions,
            thumbnails[name],
            {version.lang: [f"sheets/{name}.{version.lang}.pdf"] for version in versions},
        )
        for name, versions in scenes.items()
    ]
    text = web.index(
        atlas.index.title,
        atlas.index.about or "",
        entries,
        languages=[atlas.translator(lang) for lang in languages],
        atlases={lang: f"atlas.{lang}.pdf" for lang in languages},
        reports=REPORTS,
    )
    (folder / "index.html").write_text(text, encoding="utf-8", newline="\n")


def _is_ours(name: str) -> bool:
    """Whether a file of a site is ours that was built before the mark listed files."""
    kinds = (
        "index.html", "report.*", "atlas.*.pdf", "maps/*.html", "sheets/*.pdf", "sheets/*.png",
        "pictures/*.png",
    )  # fmt: skip
    return any(fnmatch(name, kind) for kind in kinds)
