"""Where the letters of a name go: level across an area, or one by one along a curve.

Letters that join or run from right to left go word by word, each word straight.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

import numpy as np
import shapely
from shapely import affinity
from shapely.geometry import LineString, Polygon
from shapely.geometry.base import BaseGeometry

from shekara.characters import begins_right_to_left, separable
from shekara.sheet.map.frame import Array
from shekara.sheet.map.projected import lines_of
from shekara.sheet.paper.fonts import Face, width_mm
from shekara.sheet.paper.paper import POINT_MM, Box
from shekara.sheet.paper.spaced_text import Letter


def spots(area: Polygon, circle: LineString, most: int) -> list[tuple[float, float]]:
    """The visual centre, then at most so many other places, the deepest inside first."""
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
    order = np.argsort(-deep, kind="stable")[:most]
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
    middles, _ = _middles(text, size, face)
    return tuple(
        Letter(float(x - total / 2 + middle + spacing * place), y - 0.36 * em, char)
        for place, (char, middle) in enumerate(zip(text, middles, strict=True))
        if not char.isspace()
    )


def smoothed(line: LineString, step: float) -> LineString:
    """The line through points a step apart, rounded once: letters must not follow every bend."""
    count = max(int(line.length / step), 2)
    xy = _at(shapely.get_coordinates(line), np.linspace(0, line.length, count + 1))
    if len(xy) > 4:
        xy[1:-1] = (xy[:-2] + 2 * xy[1:-1] + xy[2:]) / 4
    return LineString(xy)


def stretch_of(line: LineString, start: float, length: float) -> Array:
    """Thirteen points along a piece of a line, shape (13, 2)."""
    return _at(shapely.get_coordinates(line), start + np.linspace(0, 1, 13) * length)


def _at(xy: Array, along: Array) -> Array:
    """Points of a line at lengths along it, shape (n, 2); beyond its ends the ends themselves."""
    reached = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(xy, axis=0).T))])
    return np.column_stack(
        [np.interp(along, reached, xy[:, 0]), np.interp(along, reached, xy[:, 1])]
    )


def pieces(text: str) -> tuple[str, ...]:
    """What a curve turns as a whole, from left to right: letters, else words and spaces.

    >>> pieces("Орал"), pieces("وادي النهر")
    (('О', 'р', 'а', 'л'), ('النهر', ' ', 'وادي'))
    """
    if separable(text):
        return tuple(text)
    words = tuple(piece for piece in re.split(r"(\s)", text) if piece)
    return words[::-1] if begins_right_to_left(text) else words


@lru_cache(maxsize=4096)
def _middles(text: str, size: float, face: Face) -> tuple[Array, Array]:
    """Where the middle of each piece of a name lies from its left end, and how wide it is, mm."""
    wide = np.array([width_mm(piece, size, face) for piece in pieces(text)])
    if separable(text):  # what is kerned stays kerned
        ends = np.array([width_mm(text[: place + 1], size, face) for place in range(len(text))])
    else:
        ends = np.cumsum(wide)
    return ends - wide / 2, wide


def letters_on(
    text: str, xy: Array, size: float, face: Face, side: float
) -> tuple[tuple[Letter, ...], Box]:
    """The letters of a name that follows a line at a distance, and the box around them, mm.

    Parameters
    ----------
    text : str
        The name.
    xy : ndarray, (n, 2)
        The line, from the first letter to the last.
    size, face
        Of the type.
    side : float
        How far above the line the letters stand; below it where negative.
    """
    em = size * POINT_MM
    middles, wide = _middles(text, size, face)
    long = float(np.hypot(*np.diff(xy, axis=0).T).sum())
    at = middles * long / max(width_mm(text, size, face), 1e-9)
    reach = np.maximum(wide, em) / 2
    run = _at(xy, at + reach) - _at(xy, at - reach)
    angle = np.arctan2(run[:, 1], run[:, 0])
    sin, cos = np.sin(angle), np.cos(angle)
    place = _at(xy, at) + side * np.column_stack([-sin, cos])
    parts = pieces(text)
    seen = np.array([not char.isspace() for char in parts])
    letters = tuple(
        Letter(float(x), float(y), char, float(turn))
        for char, (x, y), turn in zip(parts, place, np.degrees(angle), strict=True)
        if not char.isspace()
    )
    half = np.column_stack(
        [
            np.abs(cos) * wide / 2 + np.abs(sin) * 0.45 * em,
            np.abs(sin) * wide / 2 + np.abs(cos) * 0.45 * em,
        ]
    )
    centre = place + 0.3 * em * np.column_stack([-sin, cos])
    low = (centre - half)[seen].min(axis=0)
    high = (centre + half)[seen].max(axis=0)
    return letters, Box(float(low[0]), float(low[1]), *(float(part) for part in high - low))


def letters_area(letters: Sequence[Letter], size: float, face: Face) -> BaseGeometry:
    """What turned letters cover together, mm: the boxes of all of them."""
    em = size * POINT_MM
    boxes = []
    for letter in letters:
        half = width_mm(letter.char, size, face) / 2
        box = shapely.box(
            letter.x - half, letter.y - 0.2 * em, letter.x + half, letter.y + 0.7 * em
        )
        boxes.append(affinity.rotate(box, letter.angle, origin=(letter.x, letter.y)))
    return shapely.union_all(boxes)
