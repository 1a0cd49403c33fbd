"""The whole atlas as a folder that any web server, or a disk, can show."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, Any

from shekara import atlas as atlases
from shekara import claims, scene
from shekara.atlas import Atlas, near
from shekara.claims import Verdict
from shekara.errors import UsageError
from shekara.scene import Scene

if TYPE_CHECKING:
    import folium

MARK = ".shekara"  # a folder with this file in it was built by us and may be built again
Progress = Callable[[str, int, int], None]  # what is ready, how many are, of how many


def load(named: Path | str | None = None) -> Atlas:
    """An atlas read and checked whole: files, claims and maps.

    Args:
        named: its folder; else SHEKARA_ATLAS; else the bundled atlas.

    Raises:
        InputError: there is no atlas there.
        AtlasError: with every problem that was found.
    """
    return atlases.load(named, rules=(claims.problems, scene.problems))


def show(name: str, atlas: Atlas | Path | str | None = None) -> folium.Map:
    """A map's page as a Folium map, which a notebook displays.

    Raises:
        UsageError: the atlas has no such map.
    """
    from shekara import web

    found = atlas if isinstance(atlas, Atlas) else load(atlas)
    return web.folium_map([scene.resolve(found, name, lang) for lang in found.languages])


def single(
    atlas: Atlas,
    name: str,
    path: Path,
    *,
    lang: str,
    size: str = "A4",
    frame: bool = True,
    format_: str = "pdf",
    cmyk: bool = False,
) -> None:
    """One map as one printed figure in a file.

    Raises:
        UsageError: no such map, language, paper or format; CMYK of what is no PDF.
    """
    from shekara import sheet

    (chosen,) = _languages(atlas, [lang])
    if cmyk and format_ != "pdf":
        raise UsageError("--cmyk is for printers and makes PDF only; leave --format out")
    made = sheet.single(scene.resolve(atlas, name, chosen), size, format_, frame)
    sheet.put(path, sheet.to_cmyk(made) if cmyk else made)


def build(
    atlas: Atlas,
    out: Path,
    *,
    languages: Sequence[str] = (),
    only: Sequence[str] = (),
    tiles: str | None = None,
    size: str = "A4",
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
        on_progress: called after every step.

    Returns:
        The verdicts on all claims of the atlas.

    Raises:
        UsageError: no such language or map, or `out` holds other things than a built site.
    """
    chosen = _languages(atlas, languages)
    maps = [atlas.map(name).name for name in (only or atlas.maps)]
    verdicts = claims.check_all(atlas)
    by_id = {verdict.claim.id: verdict for verdict in verdicts}
    scenes = {name: [scene.resolve(atlas, name, lang, by_id) for lang in chosen] for name in maps}
    with _replaced(out) as folder:
        made = _drawn(folder, scenes, chosen, tiles, size, on_progress)
        _write_index(folder, atlas, scenes, chosen, made)
        _write_report(folder, atlas, verdicts, chosen)
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
    """All pages, sheets and books, in parallel; small pictures of the sheets by MAP.LANG."""
    (folder / "maps").mkdir()
    (folder / "sheets").mkdir()
    tasks = [
        _Task(f"atlas.{lang}.pdf", _book, ([s[n] for s in scenes.values()], folder))
        for n, lang in enumerate(languages)
    ]
    for name, versions in scenes.items():
        tasks.append(_Task(f"maps/{name}.html", _page, (versions, folder, tiles)))
        tasks.extend(
            _Task(f"sheets/{name}.{one.lang}", _sheet, (one, folder, size)) for one in versions
        )
    thumbnails: dict[str, bytes] = {}
    with ProcessPoolExecutor(_workers(), mp_context=get_context("spawn")) as pool:
        waiting: dict[Future[Any], _Task] = {
            pool.submit(task.work, *task.arguments): task for task in tasks
        }
        try:
            for number, future in enumerate(as_completed(waiting), start=1):
                task = waiting[future]
                result = future.result()
                if isinstance(result, bytes):
                    thumbnails[task.title.removeprefix("sheets/")] = result
                if on_progress:
                    on_progress(task.title, number, len(tasks))
        except BaseException:
            pool.shutdown(wait=True, cancel_futures=True)
            raise
    return thumbnails


def _page(scenes: list[Scene], folder: Path, tiles: str | None) -> None:
    from shekara import web

    path = folder / "maps" / f"{scenes[0].name}.html"
    path.write_text(web.page(scenes, tiles=tiles), encoding="utf-8", newline="\n")


def _sheet(one: Scene, folder: Path, size: str) -> bytes:
    """Write a sheet as PDF and PNG; a small picture of it is the answer."""
    from shekara import sheet

    figure = sheet.figure(one, size=size)
    for suffix in ("pdf", "png"):
        sheet.save(figure, folder / "sheets" / f"{one.name}.{one.lang}.{suffix}")
    return sheet.thumbnail_of(figure)


def _book(scenes: list[Scene], folder: Path) -> None:
    from shekara import sheet

    sheet.book(scenes, path=folder / f"atlas.{scenes[0].lang}.pdf")


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
            thumbnails[f"{name}.{languages[0]}"],
            {one.lang: [f"sheets/{name}.{one.lang}.pdf"] for one in versions},
        )
        for name, versions in scenes.items()
    ]
    text = web.index(
        atlas.index.title,
        atlas.index.about or "",
        entries,
        languages=languages,
        atlases={lang: f"atlas.{lang}.pdf" for lang in languages},
        reports=["report.html", "report.json", "report.csv"],
    )
    (folder / "index.html").write_text(text, encoding="utf-8", newline="\n")


def _write_report(
    folder: Path, atlas: Atlas, verdicts: tuple[Verdict, ...], languages: Sequence[str]
) -> None:
    from shekara import report

    texts = {
        "report.html": report.html(atlas, verdicts, languages),
        "report.json": report.json_text(atlas, verdicts),
        "report.csv": report.csv_text(atlas, verdicts, languages[0]),
        "report.junit.xml": report.junit_text(atlas, verdicts),
        "report.claimreview.json": report.claim_review_text(atlas, verdicts, languages[0]),
    }
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8", newline="")


def _languages(atlas: Atlas, wanted: Iterable[str]) -> list[str]:
    for lang in wanted:
        if lang not in atlas.languages:
            raise UsageError(f"the atlas has no language {lang!r}{near(lang, atlas.languages)}")
    return list(wanted) or list(atlas.languages)


def _workers() -> int:
    """As many processes as there are cores for us; four are enough for any atlas yet made."""
    count = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return max(1, min(4, count or 1))


@contextmanager
def _replaced(out: Path) -> Iterator[Path]:
    """A fresh folder that takes the place of `out` when the block ends without an error."""
    out = out.resolve()
    _refuse_foreign(out)
    out.parent.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(prefix=f".{out.name}-", dir=out.parent))
    try:
        fresh.chmod(0o755)
        yield fresh
        (fresh / MARK).write_text("made by shekara build; it may be replaced\n", encoding="utf-8")
        old = fresh.with_name(fresh.name + "-old")
        if out.exists():
            out.replace(old)
        fresh.replace(out)
        shutil.rmtree(old, ignore_errors=True)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def _refuse_foreign(out: Path) -> None:
    if not out.exists():
        return
    if not out.is_dir():
        raise UsageError(f"{out} is a file; name a folder with --out")
    if any(out.iterdir()) and not (out / MARK).is_file():
        raise UsageError(
            f"{out} holds things that shekara did not build, and a build would replace them; "
            "name another folder with --out"
        )
