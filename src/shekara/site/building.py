"""The whole atlas as a folder that any web server, or a disk, can show."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from fnmatch import fnmatch
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, Any

from shekara import claims, scene
from shekara.atlas import Atlas
from shekara.claims import Verdict
from shekara.scene import Scene
from shekara.site.access import chosen_languages
from shekara.storage import replace_folder
from shekara.tasks import worker_count

if TYPE_CHECKING:
    from shekara.sheet import BookPage

Progress = Callable[[str, int, int], None]  # what is ready, how many are, of how many


def build(
    atlas: Atlas,
    out: Path,
    *,
    languages: Sequence[str] = (),
    only: Sequence[str] = (),
    tiles: str | None = None,
    size: str = "A4",
    address: str = "",
    on_progress: Progress | None = None,
) -> tuple[Verdict, ...]:
    """Make every page, sheet, book and report of an atlas, or of some of its maps.

    Everything is made in a temporary folder beside `out` and moved into its place at the end, so
    that an interrupted build leaves the old site whole.

    Args:
        atlas: a loaded atlas.
        out: the folder; what was built there before is replaced.
        languages: of the atlas's languages; all when empty. The first is shown first.
        only: names of maps; all when empty.
        tiles: name of a tile basemap for the pages, which then need a network.
        size: paper of the sheets.
        address: where the site will stand on the web; reviews of claims name it.
        on_progress: called after every step.

    Returns:
        The verdicts on all claims of the atlas.

    Raises:
        UsageError: no such language or map, or `out` holds other things than a built site.
    """
    chosen = chosen_languages(atlas, languages)
    maps = [atlas.map(name).name for name in (only or atlas.maps)]
    verdicts = claims.check_all(atlas)
    by_id = {verdict.claim.id: verdict for verdict in verdicts}
    scenes = {name: [scene.resolve(atlas, name, lang, by_id) for lang in chosen] for name in maps}
    with replace_folder(out, _is_ours) as folder:
        made = _drawn(folder, scenes, chosen, tiles, size, on_progress)
        _write_index(folder, atlas, scenes, chosen, made)
        _write_report(folder, atlas, verdicts, chosen, maps, address)
    return verdicts


@dataclass(frozen=True)
class _Task:
    title: str
    work: Callable[..., Any]
    arguments: tuple[Any, ...]


def _drawn(
    folder: Path,
    scenes: Mapping[str, list[Scene]],
    languages: Sequence[str],
    tiles: str | None,
    size: str,
    on_progress: Progress | None,
) -> dict[str, bytes]:
    """All pages, sheets and books, in parallel; small pictures of the sheets by map."""
    (folder / "maps").mkdir()
    (folder / "sheets").mkdir()
    total = len(scenes) * (1 + len(languages)) + len(languages)
    done = 0

    def step(title: str) -> None:
        nonlocal done
        done += 1
        if on_progress:
            on_progress(title, done, total)

    pages = [
        _Task(f"maps/{name}.html", _page, (versions, folder, tiles))
        for name, versions in scenes.items()
    ]
    sheets = [
        _Task(
            f"sheets/{name}.{one.lang}.pdf", _sheet, (one, folder, size, one.lang == languages[0])
        )
        for name, versions in scenes.items()
        for one in versions
    ]
    with ProcessPoolExecutor(worker_count(), mp_context=get_context("spawn")) as pool:
        try:
            made = _results(pool, [*sheets, *pages], step)
            books = [
                _Task(f"atlas.{lang}.pdf", _book, (versions, folder, size, leaves))
                for number, lang in enumerate(languages)
                for versions in [[versions[number] for versions in scenes.values()]]
                for leaves in [[made[f"sheets/{s.name}.{lang}.pdf"][1] for s in versions]]
            ]
            _results(pool, books, step)
        except BaseException:
            pool.shutdown(wait=True, cancel_futures=True)
            raise
    return {name: made[f"sheets/{name}.{languages[0]}.pdf"][0] for name in scenes}


def _results(
    pool: ProcessPoolExecutor, tasks: Sequence[_Task], step: Callable[[str], None]
) -> dict[str, Any]:
    """What the tasks answer, by their titles."""
    waiting: dict[Future[Any], str] = {
        pool.submit(task.work, *task.arguments): task.title for task in tasks
    }
    made: dict[str, Any] = {}
    for future in as_completed(waiting):
        made[waiting[future]] = future.result()
        step(waiting[future])
    return made


def _page(scenes: list[Scene], folder: Path, tiles: str | None) -> None:
    from shekara import web

    path = folder / "maps" / f"{scenes[0].name}.html"
    path.write_text(web.page(scenes, tiles=tiles), encoding="utf-8", newline="\n")


def _sheet(one: Scene, folder: Path, size: str, small: bool) -> tuple[bytes, BookPage]:
    """Write a sheet as PDF and PNG; its small picture, if wanted, and its page for the book."""
    from shekara import sheet

    made = sheet.rendered(one, size)
    stem = folder / "sheets" / f"{one.name}.{one.lang}"
    stem.with_name(stem.name + ".pdf").write_bytes(made.pdf)
    stem.with_name(stem.name + ".png").write_bytes(made.png)
    return sheet.shrunk(made.png) if small else b"", made.leaf


def _book(scenes: list[Scene], folder: Path, size: str, leaves: list[BookPage]) -> None:
    from shekara import sheet

    sheet.book(scenes, folder / f"atlas.{scenes[0].lang}.pdf", size=size, sheets=leaves)


def _write_index(
    folder: Path,
    atlas: Atlas,
    scenes: Mapping[str, list[Scene]],
    languages: Sequence[str],
    thumbnails: Mapping[str, bytes],
) -> None:
    from shekara import web

    entries = [
        web.entry(
            versions,
            thumbnails[name],
            {one.lang: [f"sheets/{name}.{one.lang}.pdf"] for one in versions},
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


REPORTS = (
    "report.html",
    "report.json",
    "report.csv",
    "report.junit.xml",
    "report.claimreview.json",
)


def _write_report(
    folder: Path,
    atlas: Atlas,
    verdicts: tuple[Verdict, ...],
    languages: Sequence[str],
    maps: Sequence[str],
    address: str,
) -> None:
    from shekara import report

    say = atlas.translator(languages[0])
    texts = (
        report.html(atlas, verdicts, languages, maps=maps, base=address),
        report.json_text(atlas, verdicts),
        report.csv_text(atlas, verdicts, say),
        report.junit_text(atlas, verdicts),
        report.claim_review_text(atlas, verdicts, say, base=address),
    )
    for name, text in zip(REPORTS, texts, strict=True):
        (folder / name).write_text(text, encoding="utf-8", newline="")


def _is_ours(name: str) -> bool:
    """Whether a file of a site is ours that was built before the mark listed files."""
    kinds = ("index.html", "report.*", "atlas.*.pdf", "maps/*.html", "sheets/*.pdf", "sheets/*.png")
    return any(fnmatch(name, kind) for kind in kinds)
