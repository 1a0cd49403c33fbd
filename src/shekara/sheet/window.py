"""The window of a map and the places of its boxes: what shows most at the largest scale."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from shekara.scene.model import Scene
from shekara.sheet.map.frame import (
    Array,
    MapFrame,
    cuts_the_earth,
    fit,
    projected_bounds,
    shows_the_rim,
    with_whole_earth,
)
from shekara.sheet.marginalia.stacks import stacks
from shekara.sheet.paper.paper import Box

CORNERS = ("bottom left", "bottom right", "top left", "top right")
STRIPS = ("", "left", "right", "bottom", "top")
INNER_MM = 2.5  # between what must be seen and the neatline
MOST_COVERED = 0.45  # of the map, by insets
HIDING = 9.0  # what it costs to hide all that the map shows, in terms of its scale
BESIDE = 1.05  # what it costs to have stacks of boxes beside one another
ASIDE = (0.0, -0.5, 0.5, -1.0, 1.0)  # of the spare room, where the extent stands in it
LEAST_SPARE_MM = 12.0
GLOBE_ASIDE = 1.2  # what it costs to show a globe off the middle of the map
OFF_CENTRE = 0.02  # what it costs to show the extent at the edge of its room
NEAR_MM = 3.0  # nearer to a box than this the map seems hidden, and has no room for a name
CUT_EARTH = 1.35  # what it costs to cut an Earth whose rim is seen, in terms of its scale
LEAST_MAP_MM = 25.0


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
    frames: dict[MapFrame, float] = {}
    for name in STRIPS:
        seen = strips[name].shrink(INNER_MM, INNER_MM, INNER_MM, INNER_MM)
        if seen.width > LEAST_MAP_MM and seen.height > LEAST_MAP_MM:
            for map_frame, cost in _windows(scene, seen, map_box):
                frames.setdefault(with_whole_earth(map_frame, INNER_MM), cost)
    ways = _ways(sizes, map_box, gap)
    if not ways or not frames:
        return None
    xy, weight = places
    weight = weight / max(float(weight.sum()), 1e-9)
    distinct = {box for boxes, _ in ways for box in boxes}
    best: Spot | None = None
    for map_frame, off in frames.items():
        x, y = map_frame.to_mm(xy[:, 0], xy[:, 1])
        size = map_frame.mm_per_m / off / (CUT_EARTH if cuts_the_earth(map_frame) else 1.0)
        beneath = {box: float(weight[_under(box, x, y)].sum()) for box in distinct}
        near = {box: float(weight[_under(box, x, y, NEAR_MM)].sum()) for box in distinct}
        for boxes, cost in ways:
            # No box lies upon another.
            score = size / (1 + HIDING * sum(near[box] for box in boxes)) / cost
            if best is None or score > best.score * 1.0001:
                hidden = sum(beneath[box] for box in boxes)
                best = Spot(score, hidden, map_frame, tuple(boxes))
    return best


def _under(box: Box, x: Array, y: Array, near: float = 0.0) -> NDArray[np.bool_]:
    """Which places a box hides, or has nearer than so many mm."""
    wide = box.shrink(-near, -near, -near, -near)
    return np.asarray((x > wide.x) & (x < wide.right) & (y > wide.y) & (y < wide.top))


def _windows(scene: Scene, seen: Box, map_box: Box) -> list[tuple[MapFrame, float]]:
    """Windows that show the extent within a part of the map box, with what each costs.

    Where the part is longer than the extent, the extent also stands towards its ends: then there
    is more room on one side for boxes that hide nothing.
    """
    centred = fit(scene.projection, scene.extent, seen)
    left, low, right, high = projected_bounds(scene.projection, scene.extent)
    spare_x = seen.width - (right - left) * centred.mm_per_m
    spare_y = seen.height - (high - low) * centred.mm_per_m
    grown = _shifted(centred, seen, map_box)
    if shows_the_rim(grown):  # a globe stands in the middle, best in that of the map
        off = max(map_box.width - seen.width, map_box.height - seen.height) > 3 * INNER_MM
        return [(grown, GLOBE_ASIDE if off else 1.0)]
    return [
        (
            replace(
                grown,
                x=grown.x + east * spare_x / 2 / grown.mm_per_m,
                y=grown.y + north * spare_y / 2 / grown.mm_per_m,
            ),
            1 + OFF_CENTRE * max(abs(east), abs(north)),
        )
        for east in (ASIDE if spare_x > LEAST_SPARE_MM else (0.0,))
        for north in (ASIDE if spare_y > LEAST_SPARE_MM else (0.0,))
    ]


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
