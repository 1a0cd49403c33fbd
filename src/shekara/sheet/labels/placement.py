"""Names on the map: beside points, across areas, along lines, never over one another.

Names of higher rank choose their place first. A point's name prefers the upper right (Imhof 1975,
doi:10.1559/152304075784313304), an area's the visual centre, a line's its straightest stretch.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import LineString, Polygon
from shapely.geometry.base import BaseGeometry

from shekara.sheet.labels.curves import chord_mm, letters_on, smoothed, spaced, spots, stretch_of
from shekara.sheet.labels.occupancy import Placed, Room
from shekara.sheet.map.features import Drawn
from shekara.sheet.map.frame import MapFrame
from shekara.sheet.map.projected import lines_of, points_of, polygons_of
from shekara.sheet.paper.fonts import ASCENT, DESCENT, Face, check_glyphs, width_mm
from shekara.sheet.paper.paper import POINT_MM, Box

Array = NDArray[np.float64]

RANK_PT = (8.4, 8.4, 7.6, 7.0, 6.5, 6.1, 5.8, 5.5, 5.3, 5.1)
AWAY_MM = 0.7  # from a marker to its name

# Directions in order of preference, with what each costs.
AROUND: tuple[tuple[int, int, float], ...] = (
    (1, 1, 0.0),
    (1, 0, 0.3),
    (1, -1, 0.5),
    (-1, 1, 0.7),
    (0, 1, 0.8),
    (-1, 0, 0.9),
    (0, -1, 1.0),
    (-1, -1, 1.1),
)


def place_names(
    drawn: Iterable[Drawn], map_frame: MapFrame, keep_out: Sequence[Box], type_scale: float
) -> Room:
    """Places for all names that have room, by rank; the rest is left out.

    Args:
        drawn: what lies on the page.
        map_frame: what the sheet shows.
        keep_out: boxes on the page, mm, that names leave free.
        type_scale: the page's type scale.
    """
    items = [(_to_mm(item, map_frame), item) for item in drawn]
    room = Room(map_frame, taken=list(keep_out))
    work = []
    for shape, item in items:
        for point in points_of(shape):
            half = item.style.size * POINT_MM / 2
            room.markers.append(Box(point.x - half, point.y - half, 2 * half, 2 * half))
        if item.style.arrow:  # the head says where the flow goes
            for line in lines_of(shape):
                x, y = line.coords[-1]
                room.markers.append(Box(x - 1.2, y - 1.2, 2.4, 2.4))
        if not item.layer.basemap:
            work += lines_of(shape)
            work += [part.exterior for part in polygons_of(shape)]
    room.lines = shapely.STRtree(work) if work else None
    order = sorted(
        (pair for pair in enumerate(items) if pair[1][1].feature.label.strip()),
        key=lambda pair: (
            pair[1][1].layer.basemap and pair[1][1].feature.rank > 3,
            pair[1][1].feature.rank,
            {"point": 0, "line": 1, "polygon": 2}[pair[1][1].layer.kind],
            pair[0],
        ),
    )
    for _, (shape, item) in order:
        name = _place(shape, item, room, type_scale)
        if name is not None:
            room.take(name)
    return room


def _place(shape: BaseGeometry, item: Drawn, room: Room, type_scale: float) -> Placed | None:
    text = check_glyphs(item.feature.label).strip()
    rank = min(max(item.feature.rank, 1), 9)
    size = max(RANK_PT[rank] * type_scale, 5.0)
    areas = polygons_of(shape)
    if areas:
        return _on_area(text, max(areas, key=lambda part: part.area), item, room, size)
    lines = lines_of(shape)
    if lines:
        return _along(text, max(lines, key=lambda part: part.length), item, room, size * 0.95)
    points = points_of(shape)
    return _beside(text, points[0].x, points[0].y, item, room, size) if points else None


def face_of(item: Drawn) -> Face:
    """Slanted for lines and the basemap's areas, bold for what ranks first, else plain."""
    if item.layer.kind == "line":
        return "slanted"
    return "bold" if item.feature.rank <= 1 and not item.layer.basemap else "plain"


def _box(x: float, y: float, width: float, size: float) -> Box:
    em = size * POINT_MM
    return Box(x, y - DESCENT * em, width, (ASCENT + DESCENT) * em)


def _beside(text: str, x: float, y: float, item: Drawn, room: Room, size: float) -> Placed | None:
    width = width_mm(text, size, face_of(item))
    if room.has_nearby(text, x, y):
        return None
    em = size * POINT_MM
    half = item.style.size * POINT_MM / 2 if item.layer.kind == "point" else 0.0
    own = next(
        (
            box
            for box in room.markers
            if abs(box.x + half - x) < 1e-6 and abs(box.y + half - y) < 1e-6
        ),
        None,
    )
    options = []
    for far in (0.0, 3.5, 7.0):
        for dx, dy, price in AROUND:
            # Diagonal neighbours touch the circle, not the corner of its box.
            reach = (half + AWAY_MM + far) * (0.75 if dx and dy else 1.0)
            left = x + dx * reach - (0 if dx > 0 else width if dx < 0 else width / 2)
            base = y - 0.36 * em + dy * (reach + (0.30 * em if dx else 0.42 * em))
            box = _box(left, base, width, size)
            if room.free([box], own if far == 0 else None):
                cost = price + 0.25 * room.crossed(box) + far
                options.append((cost, far, left, base, box))
        if options:
            break
    if not options:
        return None
    _, far, left, base, box = min(options, key=lambda option: option[0])
    leader = None
    if far:
        near_x = min(max(x, box.x), box.right)
        near_y = min(max(y, box.y), box.top)
        leader = (x, y, near_x, near_y)
    return Placed(text, left, base, size, (box,), item, leader=leader)


def _on_area(text: str, area: Polygon, item: Drawn, room: Room, size: float) -> Placed | None:
    circle = shapely.maximum_inscribed_circle(area, tolerance=0.5)
    radius = circle.length
    size = min(size, max(5.0, size * (0.62 + radius / 40)))
    options: list[tuple[float, Placed]] = []
    for far, centre in enumerate(spots(area, circle)):
        if room.has_nearby(text, *centre):
            return None
        chord = chord_mm(area, *centre)
        for type_size in (size, max(size * 0.85, 5.0)):
            found = _across(text, centre, chord, type_size, item)
            if found is not None and room.free(found.boxes):
                smaller = 1.5 if type_size < size else 0.0
                cost = 0.35 * far + 0.5 * room.crossed(found.boxes[0]) + smaller
                options.append((cost, found))
                break
    if options:
        return min(options, key=lambda option: option[0])[1]
    if item.layer.basemap:
        return None
    middle = circle.coords[0]
    return _beside(text, middle[0], middle[1], item, room, size)


def _across(
    text: str, centre: tuple[float, float], chord: float, size: float, item: Drawn
) -> Placed | None:
    """A name level across an area, spaced on the basemap; None where it is too wide."""
    face, em = face_of(item), size * POINT_MM
    width, gaps = width_mm(text, size, face), max(len(text) - 1, 1)
    if width > chord - em:
        return None
    base = centre[1] - 0.36 * em
    spacing = min((0.72 * chord - width) / gaps, 0.55 * em)
    if item.layer.basemap and spacing > 0.12 * em:
        wide = width + spacing * gaps
        letters = spaced(text, *centre, size, face, spacing)
        box = _box(centre[0] - wide / 2, base, wide, size)
        return Placed(text, box.x, base, size, (box,), item, letters)
    box = _box(centre[0] - width / 2, base, width, size)
    return Placed(text, box.x, base, size, (box,), item)


def _along(text: str, line: LineString, item: Drawn, room: Room, size: float) -> Placed | None:
    face, em = face_of(item), size * POINT_MM
    width = width_mm(text, size, face) * 1.04
    smooth = smoothed(line, 2.5 * em)
    if smooth.length < width * 1.15:
        middle = line.interpolate(0.5, normalized=True)
        if line.length < 0.4 * width:
            return None
        return _beside(text, middle.x, middle.y, item, room, size)
    best = None
    for start in np.linspace(0.02, 0.98, 25) * (smooth.length - width):
        stretch = stretch_of(smooth, float(start), width)
        if stretch[0][0] > stretch[-1][0]:
            stretch = stretch[::-1]
        turns = np.abs(np.diff(np.unwrap(np.arctan2(*np.diff(stretch, axis=0).T[::-1]))))
        if turns.sum() > 1.3 or turns.max(initial=0) > 0.45:
            continue
        middle = stretch[len(stretch) // 2]
        if room.has_nearby(text, float(middle[0]), float(middle[1])):
            continue
        lift = (DESCENT + 0.12) * em + item.style.width * POINT_MM / 2
        for side in (lift, -(ASCENT + 0.05) * em - item.style.width * POINT_MM / 2):
            letters, boxes = letters_on(text, LineString(stretch), size, face, side)
            around = _around(boxes)
            if not room.free([around]):
                continue
            centred = abs(start / max(smooth.length - width, 1e-9) - 0.5)
            crossed = sum(room.crossed(box) for box in boxes)
            cost = 2 * turns.sum() + centred + (0.15 if side < 0 else 0) + 0.1 * crossed
            if best is None or cost < best[0]:
                best = (float(cost), letters, around)
    if best is None:
        return None
    _, letters, around = best
    return Placed(text, letters[0].x, letters[0].y, size, (around,), item, letters)


def _around(boxes: Sequence[Box]) -> Box:
    """The box around all letters of a curve: nothing else may stand in it, not even in a bend."""
    x, y = min(box.x for box in boxes), min(box.y for box in boxes)
    return Box(x, y, max(box.right for box in boxes) - x, max(box.top for box in boxes) - y)


def _to_mm(item: Drawn, map_frame: MapFrame) -> BaseGeometry:
    return shapely.transform(
        item.shape, lambda xy: np.column_stack(map_frame.to_mm(xy[:, 0], xy[:, 1]))
    )
