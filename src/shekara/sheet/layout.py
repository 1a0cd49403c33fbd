"""Ways to lay out a page that all languages of a map share: its window, and the boxes on it."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from shekara.scene.model import Scene
from shekara.sheet.map.frame import (
    Array,
    MapFrame,
    cuts_the_earth,
    fit,
    with_whole_earth,
)
from shekara.sheet.map.samples import samples
from shekara.sheet.marginalia.credits import Credits, credits_of, list_mm
from shekara.sheet.marginalia.header import Header, headers_of
from shekara.sheet.marginalia.inset import Inset, contents, insets_of, sized, stacks
from shekara.sheet.paper.paper import Box, Page
from shekara.sheet.symbols.palette import distinguish_styles

CORNERS = ("bottom left", "bottom right", "top left", "top right")
STRIPS = ("", "left", "right", "bottom", "top")
INSET_GAP_MM = 2.0
INNER_MM = 2.5  # between what must be seen and the neatline
MOST_COVERED = 0.45  # of the map, by insets
HIDING = 9.0  # what it costs to hide all that the map shows, in terms of its scale
CHART_SHARES = (1.0, 0.75)  # of the height that suits a plot: a lower one leaves the map more
LOWER_GAIN = 1.05  # by which the map must be larger for charts to be lower
BESIDE = 1.05  # what it costs to have stacks of boxes beside one another
CUT_EARTH = 1.35  # what it costs to cut an Earth whose rim is seen, in terms of its scale
LEAST_MAP_MM = 25.0


@dataclass(frozen=True)
class Layout:
    """A way to lay out a page that all languages share."""

    page: Page
    map_frame: MapFrame
    boxes: tuple[Box, ...]
    columns: tuple[int, ...]
    versions: tuple[tuple[Inset, ...], ...]
    headers: tuple[Header, ...]
    credits: tuple[Credits, ...]
    score: float
    words_top: float
    bare: bool = False  # the insets stand beneath the map
    cells: tuple[Box, ...] = ()  # of small maps side by side, each as `map_frame` shows it


@dataclass(frozen=True)
class Words:
    """What stands above and beneath the map, in all languages."""

    headers: tuple[Header, ...]
    credits: tuple[Credits, ...]
    above: float  # height, mm
    below: float


def words_of(
    scenes: Sequence[Scene], page: Page, edge: float, *, framed: bool, list_lines: int
) -> Words:
    """What stands above and beneath the map of a page, in all languages."""
    headers = headers_of(scenes, page) if framed else ()
    credits = credits_of(scenes, page, edge, framed=framed)
    return Words(
        headers,
        credits,
        max((header.height for header in headers), default=0.0),
        max((item.height for item in credits), default=0.0)
        + list_mm(list_lines, credits[0].size_pt),
    )


def edge_of(page: Page, *, framed: bool) -> float:
    """How far the map keeps from the edge of the page, mm."""
    return page.margin if framed else 1.0


def page_layout(
    scenes: Sequence[Scene], page: Page, *, framed: bool, list_lines: int
) -> Layout | None:
    """The best layout on a page; None where it has no room."""
    first, edge = scenes[0], edge_of(page, framed=framed)
    words = words_of(scenes, page, edge, framed=framed, list_lines=list_lines)
    map_box = Box(
        edge,
        edge + words.below,
        page.width - 2 * edge,
        page.height - 2 * edge - words.above - words.below,
    )
    if map_box.width < LEAST_MAP_MM or map_box.height < LEAST_MAP_MM:
        return None
    if framed and map_box.width * map_box.height < 0.5 * page.width * page.height:
        return None
    trial = fit(first.projection, first.extent, map_box)
    places = samples(first, trial)
    styles = distinguish_styles(first.legend)
    for content in contents(first, framed=framed):
        versions = tuple(
            insets_of(scene, content, styles, trial, framed=framed) for scene in scenes
        )
        best: Layout | None = None
        for share in CHART_SHARES:
            sizes = sized(versions, map_box, page.type_scale, share)
            upon = place_insets(first, map_box, sizes, places, INSET_GAP_MM * page.type_scale)
            if upon is not None and (best is None or upon.score > LOWER_GAIN * best.score):
                columns = tuple(columns for columns, _, _ in sizes)
                best = layout_of(page, versions, words, upon, columns, map_box.y)
        if best is not None:
            return best
    return None


def layout_of(
    page: Page,
    versions: tuple[tuple[Inset, ...], ...],
    words: Words,
    spot: Spot,
    columns: tuple[int, ...],
    words_top: float,
) -> Layout:
    """A layout of parts that are measured and in their places."""
    return Layout(
        page,
        spot.map_frame,
        spot.boxes,
        columns,
        versions,
        words.headers,
        words.credits,
        spot.score,
        words_top,
    )


@dataclass(frozen=True)
class Spot:
    """A window of the map and places for its insets, with what they hide of it."""

    score: float
    hidden: float
    map_frame: MapFrame
    boxes: tuple[Box, ...]


def place_insets(
    scene: Scene,
    map_box: Box,
    sizes: Sequence[tuple[int, float, float]],
    places: tuple[Array, Array],
    gap: float,
) -> Spot | None:
    """The window and corners that show most at the largest scale; None where nothing fits."""
    covered = sum(width * high for _, width, high in sizes)
    if covered > MOST_COVERED * map_box.width * map_box.height:
        return None
    if any(width > map_box.width or high > map_box.height for _, width, high in sizes):
        return None
    widest = max(width for _, width, _ in sizes)
    highest = max(high for _, _, high in sizes)
    strips = {
        "": map_box,
        "left": map_box.shrink(widest, 0, 0, 0),
        "right": map_box.shrink(0, 0, widest, 0),
        "bottom": map_box.shrink(0, highest, 0, 0),
        "top": map_box.shrink(0, 0, 0, highest),
    }
    frames = []
    for name in STRIPS:
        seen = strips[name].shrink(INNER_MM, INNER_MM, INNER_MM, INNER_MM)
        if seen.width > LEAST_MAP_MM and seen.height > LEAST_MAP_MM:
            grown = _shifted(fit(scene.projection, scene.extent, seen), seen, map_box)
            frames.append(with_whole_earth(grown, INNER_MM))
    ways = _ways(sizes, map_box, gap)
    if not ways or not frames:
        return None
    xy, weight = places
    best: Spot | None = None
    for map_frame in frames:
        x, y = map_frame.to_mm(xy[:, 0], xy[:, 1])
        size = map_frame.mm_per_m / (CUT_EARTH if cuts_the_earth(map_frame) else 1.0)
        for boxes, cost in ways:
            under = np.zeros(len(x), dtype=bool)
            for box in boxes:
                under |= (x > box.x) & (x < box.right) & (y > box.y) & (y < box.top)
            hidden = float(weight[under].sum() / max(weight.sum(), 1e-9))
            score = size / (1 + HIDING * hidden) / cost
            if best is None or score > best.score * 1.0001:
                best = Spot(score, hidden, map_frame, tuple(boxes))
    return best


def _ways(
    sizes: Sequence[tuple[int, float, float]], map_box: Box, gap: float
) -> list[tuple[list[Box], float]]:
    """All ways to put boxes into the corners, with what each costs.

    Stacks against the sides are quieter than one beside another: that must gain something.
    """
    ways = []
    for corners in itertools.product(CORNERS, repeat=len(sizes)):
        for beside in (False, True):
            boxes = stacks(sizes, corners, map_box, gap, beside=beside)
            if boxes is not None:
                ways.append((boxes, BESIDE if beside else 1.0))
                break
    return ways


def _shifted(map_frame: MapFrame, seen: Box, map_box: Box) -> MapFrame:
    """The window grown from the part that must be seen to the whole map box."""
    dx = (map_box.x + map_box.width / 2) - (seen.x + seen.width / 2)
    dy = (map_box.y + map_box.height / 2) - (seen.y + seen.height / 2)
    return replace(
        map_frame,
        box=map_box,
        x=map_frame.x + dx / map_frame.mm_per_m,
        y=map_frame.y + dy / map_frame.mm_per_m,
    )
