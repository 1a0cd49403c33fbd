"""Small maps side by side on a sheet: a grid of one window, legend and scale beneath it."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from shekara.scene.model import Scene
from shekara.sheet.column import LONGEST_FOOT, column_shape
from shekara.sheet.layout import (
    Layout,
    edge_of,
    words_of,
)
from shekara.sheet.map.frame import MapFrame, fit
from shekara.sheet.marginalia.foot import foot_of
from shekara.sheet.marginalia.inset import contents, insets_of
from shekara.sheet.paper.fonts import line_mm
from shekara.sheet.paper.lines import wrap
from shekara.sheet.paper.paper import Box, Page
from shekara.sheet.paper.paragraph import HEADING_PT
from shekara.sheet.symbols.palette import distinguish_styles

GAP_MM = 3.0  # between small maps
TITLE_GAP_MM = 1.0  # between a title and its map
INNER_MM = 1.0  # between what must be seen and the rim of a small map
LEAST_CELL_MM = 18.0  # a smaller map shows nothing
COLUMN_CELL_MM = 24.0  # no map of a column is narrower, unless its author wants so many
HIGHEST_FOOT = 0.5  # of what the page has for maps, by legend and charts beneath them


@dataclass(frozen=True)
class Raster:
    """How many small maps stand in a row, how large each is, and how high its title, mm."""

    columns: int
    width: float
    height: float
    title: float

    def total(self, count: int) -> float:
        """The height of all rows, mm."""
        rows = math.ceil(count / self.columns)
        return rows * (self.height + self.title) + (rows - 1) * GAP_MM

    def cells(self, count: int, x: float, top: float) -> tuple[Box, ...]:
        """The boxes of the maps from an upper left corner, row by row."""
        step = self.height + self.title + GAP_MM
        return tuple(
            Box(
                x + place % self.columns * (self.width + GAP_MM),
                top - self.title - self.height - place // self.columns * step,
                self.width,
                self.height,
            )
            for place in range(count)
        )


def grid_layout(
    scenes: Sequence[Scene], paper: Page, *, framed: bool, list_lines: int
) -> Layout | None:
    """Small maps on a page, or in a column that is as high as they want it; None: no room.

    Parameters
    ----------
    scenes : sequence of Scene
        The map in all languages.
    paper : Page
        Of a column only the width counts.
    framed : bool
        Whether the sheet has a title and claims.
    list_lines : int
        Lines kept beneath the map.
    """
    first, column = scenes[0], paper.fit_height
    page = replace(paper, height=paper.width, fit_height=False) if column else paper
    edge = edge_of(page, framed=framed)
    words = words_of(scenes, page, edge, framed=framed, list_lines=list_lines)
    width = page.width - 2 * edge
    rest = page.height - 2 * edge - words.above - words.below
    if width < LEAST_CELL_MM or (rest < LEAST_CELL_MM and not column):
        return None
    trial = fit(first.projection, first.extent, Box(edge, edge, width, width))
    styles = distinguish_styles(first.legend)
    for content in contents(first, framed=framed):
        if content.locator:  # the globe of every small map is the same
            continue
        versions = tuple(
            insets_of(scene, content, styles, trial, framed=framed) for scene in scenes
        )
        foot = foot_of(versions, width, page.type_scale)
        if foot.height > (LONGEST_FOOT * width if column else HIGHEST_FOOT * rest):
            continue
        height = None if column else rest - foot.height - GAP_MM
        raster = _best(scenes, width, height, page.type_scale)
        if raster is None:
            continue
        count = len(first.small_maps)
        if column:
            high = words.above + raster.total(count) + GAP_MM + foot.height + words.below
            page = replace(page, height=round(high + 2 * edge, 1))
        cells = raster.cells(count, edge, page.height - edge - words.above)
        window = _window(first, cells[0])
        foot_top = cells[-1].y - GAP_MM
        return Layout(
            page,
            window,
            foot.placed(edge, foot_top),
            foot.columns,
            versions,
            words.headers,
            words.credits,
            window.mm_per_m,
            foot_top - foot.height,
            bare=True,
            cells=cells,
        )
    return None


def title_lines(title: str, width: float, type_scale: float) -> tuple[str, ...]:
    """A small map's title in lines as wide as the map."""
    return wrap(title, width, HEADING_PT * type_scale, "bold")


def _window(scene: Scene, cell: Box) -> MapFrame:
    """The extent in a small map, which shows what lies around it up to its rim."""
    seen = cell.shrink(INNER_MM, INNER_MM, INNER_MM, INNER_MM)
    return replace(fit(scene.projection, scene.extent, seen), box=cell)


def _best(
    scenes: Sequence[Scene], width: float, height: float | None, type_scale: float
) -> Raster | None:
    """The raster with the largest maps, and of equals the one with the fewest empty places.

    Without a height, that of a column, as many stand in a row as a square of maps has.
    """
    count = len(scenes[0].small_maps)
    rasters = list(_rasters(scenes, width, height, type_scale))
    if height is None:
        side = scenes[0].small_columns or math.ceil(math.sqrt(count))
        return max(
            (item for item in rasters if item.columns <= side),
            key=lambda item: item.columns,
            default=None,
        )

    def size(raster: Raster) -> tuple[float, int]:
        window = _window(scenes[0], Box(0, 0, raster.width, raster.height))
        return window.mm_per_m, -(-count % raster.columns)

    return max(rasters, key=size, default=None)


def _rasters(
    scenes: Sequence[Scene], width: float, height: float | None, type_scale: float
) -> Iterator[Raster]:
    first = scenes[0]
    count, wanted = len(first.small_maps), first.small_columns
    shape = column_shape(first)
    least = COLUMN_CELL_MM if height is None and not wanted else LEAST_CELL_MM
    for columns in [min(wanted, count)] if wanted else range(1, count + 1):
        wide = (width - (columns - 1) * GAP_MM) / columns
        if wide < least:
            continue
        lines = max(
            len(title_lines(small.title, wide, type_scale))
            for scene in scenes
            for small in scene.small_maps
        )
        title = lines * line_mm(HEADING_PT * type_scale) + TITLE_GAP_MM
        rows = math.ceil(count / columns)
        room = wide * shape if height is None else (height - (rows - 1) * GAP_MM) / rows - title
        if room >= LEAST_CELL_MM or height is None:
            yield Raster(columns, wide, room, title)
