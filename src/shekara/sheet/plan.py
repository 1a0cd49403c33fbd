"""The plan of a sheet: paper, frame, scale and insets, the same for a map in all its languages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from shekara.errors import UsageError
from shekara.scene.model import Scene, Style
from shekara.sheet.column import column_layout
from shekara.sheet.grid import grid_layout
from shekara.sheet.identity import Same
from shekara.sheet.layout import Layout, page_layout
from shekara.sheet.map.frame import MapFrame
from shekara.sheet.marginalia.credits import Credits
from shekara.sheet.marginalia.header import Header
from shekara.sheet.marginalia.inset import (
    Inset,
    with_true_frame,
)
from shekara.sheet.paper.paper import Box, Page, lying, read_size
from shekara.sheet.symbols.palette import distinguish_styles

UPRIGHT_GAIN = 1.05  # an upright page must show the map this much larger to be taken


@dataclass(frozen=True)
class Plan:
    """Everything measured and in its place, in one language."""

    page: Page
    framed: bool
    header: Header | None
    credits: Credits
    map_frame: MapFrame
    insets: tuple[tuple[Inset, Box], ...]
    styles: tuple[Style, ...]  # of the legend's entries on paper
    words_top: float  # the y beneath which list and credits stand, mm
    list_lines: int  # beneath the map, for the list of numbers
    cells: tuple[Box, ...] = ()  # of small maps side by side; `map_frame` is that of the first

    @property
    def map_box(self) -> Box:
        """Where the map lies on the page, mm."""
        return self.map_frame.box


def plan(
    scene: Scene,
    size: str | tuple[float, float],
    *,
    frame: bool,
    versions: Sequence[Scene] = (),
    list_lines: int = 0,
) -> Plan:
    """The best plan for a scene among those that serve all its languages.

    Parameters
    ----------
    scene : Scene
        The language that is drawn.
    size : str or tuple of float
        Of the paper, as `read_size` takes it.
    frame : bool
        Whether the sheet has a title and claims.
    versions : sequence of Scene
        The map in the atlas's other languages: paper, window, scale and boxes suit them all.
    list_lines : int
        Lines that the list of numbers takes beneath the map.

    Raises
    ------
    UsageError
        The paper is none, or too small for the texts of this sheet.
    """
    others = [version for version in versions if version.lang != scene.lang]
    scenes = sorted([scene, *others], key=lambda item: item.lang)
    best = _best(tuple(Same(version) for version in scenes), size, frame, list_lines)
    place = next(i for i, version in enumerate(scenes) if version is scene)
    return Plan(
        best.page,
        frame,
        best.headers[place] if frame else None,
        best.credits[place],
        best.map_frame,
        tuple(
            (
                with_true_frame(replace(inset, columns=columns, bare=best.bare), best.map_frame),
                box,
            )
            for inset, columns, box in zip(
                best.versions[place], best.columns, best.boxes, strict=True
            )
        ),
        distinguish_styles(scene.legend),
        best.words_top,
        list_lines,
        best.cells,
    )


# The languages of a map are drawn one after another.
@lru_cache(maxsize=4)
def _best(
    versions: tuple[Same[Scene], ...],
    size: str | tuple[float, float],
    frame: bool,
    list_lines: int,
) -> Layout:
    """The layout that serves all versions best."""
    scenes = [version.value for version in versions]
    scene = scenes[0]
    paper = read_size(lying(size, scene.sheet_orientation))
    make = grid_layout if scene.small_maps else column_layout if paper.fit_height else page_layout
    pages = [paper] if paper.free or paper.fit_height else [paper.lying(), paper.upright()]
    layouts = [
        layout
        for page in pages
        if (layout := make(scenes, page, framed=frame, list_lines=list_lines)) is not None
    ]
    if not layouts:
        raise UsageError(
            f"size = {size!r}: too small for the texts of map {scene.name!r}; "
            "take larger paper, or frame=False (--no-frame) for the map alone"
        )
    best = layouts[0]
    for layout in layouts[1:]:
        if layout.score > best.score * UPRIGHT_GAIN:
            best = layout
    return best
