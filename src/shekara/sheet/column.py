"""Ways to lay out a figure of a given width, a column of a book or of a journal."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from shekara.scene.model import Scene
from shekara.sheet.layout import (
    INSET_GAP_MM,
    Layout,
    Words,
    edge_of,
    layout_of,
    words_of,
)
from shekara.sheet.map.frame import Array, fit, projected_bounds
from shekara.sheet.map.samples import samples
from shekara.sheet.marginalia.foot import foot_of
from shekara.sheet.marginalia.inset import Inset, contents, insets_of, sized
from shekara.sheet.marginalia.legend import COLUMN, in_look
from shekara.sheet.paper.paper import Box, Page
from shekara.sheet.symbols.palette import distinguish_styles
from shekara.sheet.window import INNER_MM, LEAST_MAP_MM, Spot, place_insets

FLATTEST_COLUMN, TALLEST_COLUMN = 0.5, 1.35  # height of a column's map, of its width
LONGEST_FOOT = 1.2  # height of what stands beneath the map of a column, of its width
HIDES_LITTLE = 0.04  # of what a column's map shows, by insets upon it
TALLEST_FIGURE = 1.42  # height of a column with charts, of its width: 170 mm on a page of 240
LEAST_SHARE = 0.5  # of a figure with charts or parts, that its map takes
LEAST_SCALE = 0.6  # of its map, of that of a map without anything upon it
HEIGHT_COSTS = 0.7  # exponent: a figure twice as high must have a map 1.6 times as large
NARROW_MM = 125.0  # up to this width the legend of a figure is set in smaller sizes
BENEATH = 0.9  # what a figure is worth that is paper for a good part, beside one that is all map
# Heights of a column's map with insets upon it: of its own one, and by shares of the highest inset.
LOWER, HIGHER = (0.75, 0.88, 1.0), (0.25, 0.5, 0.75, 1.0)


def column_shape(scene: Scene) -> float:
    """Height of a column's map, of its width."""
    left, low, right, high = projected_bounds(scene.projection, scene.extent)
    return min(max((high - low) / (right - left), FLATTEST_COLUMN), TALLEST_COLUMN)


def column_layout(
    scenes: Sequence[Scene], paper: Page, *, framed: bool, list_lines: int
) -> Layout | None:
    """A figure of a given width, as high as its map and its words want it.

    The legend stands on the map, which shows more of what lies around for it, or on paper beneath
    the map: whichever makes the larger map in the lower figure. Charts and parts of the map that
    would make the figure higher than a page are left out.
    """
    first, edge = scenes[0], edge_of(paper, framed=framed)
    high = paper.width * column_shape(first)
    column = _Column(
        scenes,
        replace(paper, height=high, fit_height=False),
        words_of(scenes, replace(paper, height=high), edge, framed=framed, list_lines=list_lines),
        edge,
    )
    if column.width < LEAST_MAP_MM:
        return None
    trial = fit(first.projection, first.extent, column.laid(column.natural, 0.0)[1])
    places = samples(first, trial)
    styles = distinguish_styles(first.legend)
    for content in contents(first, framed=framed):
        if content.locator and not framed:  # it has none
            continue
        versions = tuple(
            _narrow(insets_of(scene, content, styles, trial, framed=framed), paper.width)
            for scene in scenes
        )
        layouts = [_beneath(column, versions), *_upon(column, versions, places)]
        possible = [item for item in layouts if item is not None]
        rich = bool(content.charts or content.parts or content.outlines)
        fitting = [
            item
            for item in possible
            if item.map_frame.mm_per_m >= LEAST_SCALE * trial.mm_per_m
            and not (rich and _is_overloaded(item))
        ]
        if fitting or (possible and not rich):
            return max(fitting or possible, key=_worth)
    return None


def _is_overloaded(layout: Layout) -> bool:
    """Whether a figure is higher than a page, or less than half of it is map."""
    page, box = layout.page, layout.map_frame.box
    return (
        page.height > TALLEST_FIGURE * page.width
        or box.width * box.height < LEAST_SHARE * page.width * page.height
    )


def _narrow(insets: Sequence[Inset], width: float) -> tuple[Inset, ...]:
    """The insets with the legend of a narrow figure in smaller sizes."""
    if width > NARROW_MM:
        return tuple(insets)
    return tuple(
        replace(inset, blocks=in_look(inset.blocks, COLUMN)) if inset.kind == "legend" else inset
        for inset in insets
    )


def _worth(layout: Layout) -> float:
    """Of a column: the scale of its map, beside the height that it takes."""
    less = BENEATH if layout.bare else 1.0
    return less * layout.score / math.pow(layout.page.height, HEIGHT_COSTS)


@dataclass(frozen=True)
class _Column:
    """A figure of a given width with its words, before its height is known."""

    scenes: Sequence[Scene]
    page: Page
    words: Words
    edge: float

    @property
    def width(self) -> float:
        """Of the map, mm."""
        return self.page.width - 2 * self.edge

    @property
    def natural(self) -> float:
        """The height of a map that shows its extent alone, mm."""
        return round(self.width * column_shape(self.scenes[0]), 1)

    def laid(self, high: float, foot: float) -> tuple[Page, Box]:
        """Page and map, with so much beneath it."""
        words, edge = self.words, self.edge
        whole = round(words.above + high + foot + words.below + 2 * edge, 1)
        box = Box(edge, whole - edge - words.above - high, self.width, high)
        return replace(self.page, height=whole), box


def _beneath(column: _Column, versions: tuple[tuple[Inset, ...], ...]) -> Layout | None:
    """All insets on paper beneath the map; None where they are too long."""
    first, page = column.scenes[0], column.page
    foot = foot_of(versions, column.width, page.type_scale)
    if foot.height > LONGEST_FOOT * page.width:
        return None
    whole, map_box = column.laid(column.natural, foot.height)
    seen = map_box.shrink(INNER_MM, INNER_MM, INNER_MM, INNER_MM)
    map_frame = replace(fit(first.projection, first.extent, seen), box=map_box)
    spot = Spot(map_frame.mm_per_m, 0.0, map_frame, foot.placed(map_box.x, map_box.y))
    top = map_box.y - foot.height
    return replace(layout_of(whole, versions, column.words, spot, foot.columns, top), bare=True)


def _upon(
    column: _Column, versions: tuple[tuple[Inset, ...], ...], places: tuple[Array, Array]
) -> Iterator[Layout]:
    """All insets on maps of several heights, where they hide next to nothing of it."""
    type_scale = column.page.type_scale
    gap = INSET_GAP_MM * type_scale
    natural = column.laid(column.natural, 0.0)[1]
    more = max(high for _, _, high in sized(versions, natural, type_scale)) + gap + 2 * INNER_MM
    heights = [share * column.natural for share in LOWER]
    heights += [column.natural + share * more for share in HIGHER]
    for high in heights:
        page, map_box = column.laid(round(high, 1), 0.0)
        sizes = sized(versions, map_box, type_scale)
        spot = place_insets(column.scenes[0], map_box, sizes, places, gap)
        if spot is not None and spot.hidden <= HIDES_LITTLE:
            columns = tuple(columns for columns, _, _ in sizes)
            yield layout_of(page, versions, column.words, spot, columns, map_box.y)
