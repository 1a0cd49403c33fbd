"""Where the letters of a name go: level across an area, or one by one along a curve."""

from __future__ import annotations

import numpy as np
import shapely
from shapely.geometry import LineString, Polygon

from shekara.sheet.map.frame import Array
from shekara.sheet.map.projected import lines_of
from shekara.sheet.paper.fonts import Face, width_mm
from shekara.sheet.paper.paper import POINT_MM, Box
from shekara.sheet.paper.text import Letter


def spots(area: Polygon, circle: LineString) -> list[tuple[float, float]]:
    """The visual centre, then other places deep inside."""
    x, y = circle.coords[0]
    left, bottom, right, top = area.bounds
    grid = np.array(
        [
            (a, b)
            for a in np.linspace(left, right, 12)[1:-1]
            for b in np.linspace(bottom, top, 12)[1:-1]
        ]
    )
    points = np.asarray(shapely.points(grid))
    inside = shapely.contains(area, points)
    deep = shapely.distance(area.exterior, points[inside])
    order = np.argsort(-deep, kind="stable")[:24]
    return [(float(x), float(y)), *[(float(a), float(b)) for a, b in grid[inside][order]]]


def chord_mm(area: Polygon, x: float, y: float) -> float:
    """Length of the level line through a point within an area, as far as it is symmetric."""
    left, _, right, _ = area.bounds
    level = LineString([(left - 1, y), (right + 1, y)]).intersection(area)
    for part in lines_of(level):
        ends = [point[0] for point in part.coords]
        if min(ends) <= x <= max(ends):
            return 2 * float(min(x - min(ends), max(ends) - x))
    return 0.0


def spaced(
    text: str, x: float, y: float, size: float, face: Face, spacing: float
) -> tuple[Letter, ...]:
    """The letters of a level word that is centred on a point, with even white between them."""
    em = size * POINT_MM
    total = width_mm(text, size, face) + spacing * (len(text) - 1)
    letters = []
    for place, char in enumerate(text):
        before = width_mm(text[: place + 1], size, face) - width_mm(char, size, face) / 2
        if not char.isspace():
            at = x - total / 2 + before + spacing * place
            letters.append(Letter(at, y - 0.36 * em, char))
    return tuple(letters)


def smoothed(line: LineString, step: float) -> LineString:
    """The line through points a step apart, rounded once: letters must not follow every bend."""
    count = max(int(line.length / step), 2)
    xy = np.array(
        [line.interpolate(i / count, normalized=True).coords[0] for i in range(count + 1)]
    )
    if len(xy) > 4:
        xy[1:-1] = (xy[:-2] + 2 * xy[1:-1] + xy[2:]) / 4
    return LineString(xy)


def stretch_of(line: LineString, start: float, length: float) -> Array:
    """Thirteen points along a piece of a line, shape (13, 2)."""
    at = start + np.linspace(0, 1, 13) * length
    return np.array([line.interpolate(float(place)).coords[0] for place in at])


def letters_on(
    text: str, line: LineString, size: float, face: Face, side: float
) -> tuple[tuple[Letter, ...], tuple[Box, ...]]:
    """The letters of a word that follows a line at a distance, and what each covers, mm."""
    em = size * POINT_MM
    stretch = line.length / max(width_mm(text, size, face), 1e-9)
    letters, boxes = [], []
    for place, char in enumerate(text):
        wide = width_mm(char, size, face)
        at = (width_mm(text[: place + 1], size, face) - wide / 2) * stretch
        a, b = line.interpolate(max(at - em / 2, 0)), line.interpolate(at + em / 2)
        x, y = line.interpolate(at).coords[0]
        angle = np.arctan2(b.y - a.y, b.x - a.x)
        x, y = x - np.sin(angle) * side, y + np.cos(angle) * side
        if char.isspace():
            continue
        letters.append(Letter(float(x), float(y), char, float(np.degrees(angle))))
        up = np.array([-np.sin(angle), np.cos(angle)]) * 0.3 * em
        half_x = abs(np.cos(angle)) * wide / 2 + abs(np.sin(angle)) * 0.45 * em
        half_y = abs(np.sin(angle)) * wide / 2 + abs(np.cos(angle)) * 0.45 * em
        boxes.append(
            Box(float(x + up[0] - half_x), float(y + up[1] - half_y), 2 * half_x, 2 * half_y)
        )
    return tuple(letters), tuple(boxes)
