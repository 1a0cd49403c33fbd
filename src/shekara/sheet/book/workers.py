"""Sheets drawn one after another or several at once, each as a page ready to be bound."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from shekara.scene.model import Scene
from shekara.sheet.drawing import pdf_figure
from shekara.sheet.export.files import SCREEN_DPI
from shekara.sheet.export.pdf import page_bytes, raw_pages
from shekara.sheet.export.picture import png_of
from shekara.sheet.paper.canvas import Link, SheetFigure, Tag
from shekara.tasks import Processes, Task, worker_count

Size = str | tuple[float, float]


@dataclass(frozen=True)
class BookPage:
    """A page of a book: its PDF, its structure, and the names on it with their cells."""

    pdf: bytes
    at: int  # which page of that PDF
    title: str
    tags: tuple[Tag, ...]
    names: tuple[tuple[str, str], ...] = ()
    links: tuple[Link, ...] = ()


@dataclass(frozen=True)
class RenderedSheet:
    """A sheet in every form that a site needs, all of one drawing."""

    pdf: bytes
    png: bytes
    leaf: BookPage


def rendered(scene: Scene, size: Size = "A4", versions: Sequence[Scene] = ()) -> RenderedSheet:
    """The sheet of one scene as PDF, PNG and page of a book; its plan suits all versions."""
    drawn = pdf_figure(scene, size, versions)
    leaf = leaves_of([drawn])[0]
    return RenderedSheet(page_bytes(drawn, leaf.pdf), png_of(leaf.pdf, SCREEN_DPI), leaf)


def leaves_of(drawn: Sequence[SheetFigure]) -> list[BookPage]:
    """Drawn figures as pages that share their fonts."""
    pdf = raw_pages(drawn)
    return [
        BookPage(pdf, place, sheet.title, tuple(sheet.tags), tuple(sheet.names), tuple(sheet.links))
        for place, sheet in enumerate(drawn)
    ]


def leaf(scene: Scene, size: Size = "A4") -> BookPage:
    """The sheet of one scene as a page."""
    return leaves_of([pdf_figure(scene, size)])[0]


def leaves(
    scenes: Sequence[Scene],
    *,
    size: Size = "A4",
    workers: int | None = None,
    on_done: Callable[[Scene, int, int], None] | None = None,
) -> list[BookPage]:
    """The sheets of all scenes, in their order.

    Parameters
    ----------
    scenes
        In any languages.
    size
        Of the paper.
    workers
        Processes; None takes the cores there are.
    on_done
        Called after each sheet with its scene, how many are done, and how many there are.
    """
    count = min(worker_count(workers), len(scenes))
    rendered: dict[int, BookPage] = {}
    if count <= 1:
        for number, scene in enumerate(scenes):
            rendered[number] = leaf(scene, size)
            if on_done:
                on_done(scene, number + 1, len(scenes))
        return [rendered[place] for place in range(len(scenes))]
    tasks = [Task(str(place), leaf, (scene, size)) for place, scene in enumerate(scenes)]
    with Processes(count) as processes:
        for done, (place, page) in enumerate(processes.run(tasks), start=1):
            rendered[int(place)] = page
            if on_done:
                on_done(scenes[int(place)], done, len(scenes))
    return [rendered[place] for place in range(len(scenes))]
