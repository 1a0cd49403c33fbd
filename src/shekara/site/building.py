"""The whole atlas as a folder that any web server, or a disk, can show."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import nullcontext
from fnmatch import fnmatch
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, cast
from urllib.parse import urlsplit

from shekara import claims
from shekara.atlas import Atlas
from shekara.claims import Verdict
from shekara.errors import InputError, UsageError
from shekara.site.access import chosen_languages
from shekara.site.digests import of_atlas
from shekara.site.drawing import DRAWS_WITH, BoundBook, book, bound_scenes
from shekara.site.maps import Answer, DrawnMap, Look, Maps
from shekara.site.memory import Memory, NoMemory, as_written, written
from shekara.site.reports import REPORTS, Reports, reports
from shekara.storage import replace_folder
from shekara.tasks import Scheduler, Task, local

if TYPE_CHECKING:
    from shekara.sheet import BookPage

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
    names = [atlas.map(name).name for name in (only or maps_to_draw(atlas))]
    look = Look(chosen, names, tiles, size, address)
    key, known = "", None
    if memory is not None:
        key = of_atlas(atlas, (chosen, names, tiles, size, address))
        known = memory.get(key)
        if known is not None and as_written(out, known[0]):
            return tuple(known[1])
    # Where something has changed, a process gets ready to draw while this one finds out what.
    there = local(workers, () if known else DRAWS_WITH) if scheduler is None else None
    with replace_folder(out, _is_ours) as folder:
        with there or nullcontext(cast(Scheduler, scheduler)) as doing:
            verdicts = (claims.check_all if memory is None else memory.verdicts)(atlas, scheduler)
            by_id = {verdict.claim.id: verdict for verdict in verdicts}
            maps = Maps(atlas, by_id, look, memory or NoMemory())
            common = (atlas, verdicts)
            report = Task[Answer](REPORTS[0], reports, (chosen, names, address), common)
            _draw(folder, maps, look, report, doing, memory or NoMemory(), on_progress)
        _write_index(folder, atlas, look, maps.drawn)
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


def _draw(
    folder: Path,
    maps: Maps,
    look: Look,
    report: Task[Answer],
    scheduler: Scheduler,
    memory: Memory,
    on_progress: Progress | None,
) -> None:
    """Write all pages, sheets, books and the report."""
    total = 2 * len(look.maps) + len(look.languages)
    ready: list[str] = []

    def done(title: str) -> None:
        ready.append(title)
        if on_progress:
            on_progress(title, len(ready), total)

    for name, item in maps.drawn.items():
        _write(folder, item.files)
        done(f"sheets/{name}")
        done(f"maps/{name}.html")
    every: Iterator[Task[Answer]] = chain(maps.tasks(), [report])
    for title, answer in scheduler.run(every):
        if isinstance(answer, Reports):
            _write(folder, answer.files)
            continue
        if (whole := maps.put(title, answer)) is not None:
            _write(folder, whole.files)
        done(title)
    keys = {f"atlas.{lang}.pdf": maps.key_of_texts(lang) for lang in look.languages}
    books = (
        _book(title, place, look, maps.drawn, memory.get(key) or {})
        for place, (title, key) in enumerate(keys.items())
    )
    for title, bound in memory.answers(books, scheduler, maps.companions):
        memory.put(keys[title], bound.texts)
        _write(folder, {title: bound.pdf})
        done(title)


def _write(folder: Path, files: Mapping[str, bytes]) -> None:
    for name, content in files.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(content)


def _book(
    title: str,
    place: int,
    look: Look,
    drawn: Mapping[str, DrawnMap],
    texts: Mapping[str, BookPage],
) -> Task[BoundBook]:
    scenes = bound_scenes([drawn[name].scenes[place] for name in look.maps])
    pages = [drawn[name].pages[look.languages[place]] for name in look.maps]
    return Task(title, book, (scenes, look.size, pages), (texts,))


def _write_index(folder: Path, atlas: Atlas, look: Look, drawn: Mapping[str, DrawnMap]) -> None:
    from shekara import web

    entries = [
        web.entry(
            drawn[name].scenes,
            drawn[name].small,
            {lang: [f"sheets/{name}.{lang}.pdf"] for lang in look.languages},
        )
        for name in look.maps
    ]
    table, sign = atlas.index.logo, drawn[look.maps[0]].scenes[0].sign
    text = web.index(
        atlas.index.title,
        atlas.index.about or "",
        entries,
        languages=[atlas.translator(lang) for lang in look.languages],
        atlases={lang: f"atlas.{lang}.pdf" for lang in look.languages},
        reports=REPORTS,
        sign=(sign.logo, table.title) if sign and table else None,
    )
    (folder / "index.html").write_text(text, encoding="utf-8", newline="\n")


def _is_ours(name: str) -> bool:
    """Whether a file of a site is ours that was built before the mark listed files."""
    kinds = (
        "index.html", "report.*", "atlas.*.pdf", "maps/*.html", "sheets/*.pdf", "sheets/*.png",
        "pictures/*.png",
    )  # fmt: skip
    return any(fnmatch(name, kind) for kind in kinds)
