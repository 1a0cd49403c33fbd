"""Where a name may stand: beside a point, within an area, along a line; each place with a cost.

A point's name prefers the upper right (Imhof 1975, doi:10.1559/152304075784313304), an area's the
visual centre, a line's its straightest stretch.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import shapely
from shapely.geometry import LineString, Polygon
from shapely.geometry.base import BaseGeometry
from shapely.ops import substring

from shekara.characters import separable
from shekara.geometry.far_parts import named_again
from shekara.sheet.identity import Same
from shekara.sheet.labels.abbreviations import abbreviated
from shekara.sheet.labels.curves import letters_on, smoothed, spaced, spots, stretch_of
from shekara.sheet.labels.style import NameStyle
from shekara.sheet.map.drawn import Drawn
from shekara.sheet.map.frame import Array
from shekara.sheet.map.projected import largest_area
from shekara.sheet.paper.fonts import ASCENT, DESCENT, FLOOR_PT, LEADING, width_mm
from shekara.sheet.paper.paper import POINT_MM, Box
from shekara.sheet.paper.spaced_text import Letter

AWAY_MM = 0.6  # from a marker's rim to its name
LEADERS_MM = (2.6, 4.4)  # lengths of leaders, at most 6 mm
LEADER_COST = 2.5
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
WISH_STEP, UNWISHED = 0.1, 1.5  # from one wish to the next, and of a place nobody wished for
# Where along a shore, as shares of a lake's width, with what each costs; and at its ends.
ALONG_SHORE = ((0.5, 0.6), (0.35, 0.75), (0.65, 0.75), (0.2, 0.9), (0.8, 0.9))
END_COST = 1.0
SPOTS, MANY_SPOTS = 24, 90  # within an area
ENOUGH = 12  # places within an area, after which its name is not broken
INSIDE_MM = 0.25  # between a name and the rim of its area
FAR_PART_MM = 8.0  # between parts of an area that say its name again
HYPHEN = re.compile(r"(?<=\w{5})-(?=\w{5})")  # at which a name may be parted
REPEAT_MM = 80.0  # a long line says its name again this far on


@dataclass(frozen=True)
class Line:
    """One line of a name with the left end of its baseline, mm."""

    text: str
    x: float
    y: float


@dataclass(frozen=True)
class Candidate:
    """A place for a name: its lines or letters, what it covers and what it costs; mm."""

    name: int
    box: Box
    cost: float
    lines: tuple[Line, ...] = ()
    letters: tuple[Letter, ...] = ()
    leader: tuple[float, float, float, float] | None = None
    numbered: bool = False  # a number stands for the name


@dataclass(frozen=True)
class Name:
    """A text that wants a place on the map."""

    item: Drawn
    shape: BaseGeometry  # of its feature on the page, mm
    text: str
    style: NameStyle
    worth: float
    weight: float = 1.0  # of its worth, where a name of a higher rank is near


def _box(x: float, y: float, width: float, size: float) -> Box:
    em = size * POINT_MM
    return Box(x, y - DESCENT * em, width, (ASCENT + DESCENT) * em)


def beside(place: int, name: Name, x: float, y: float, half: float) -> list[Candidate]:
    """Eight places around a point, then farther ones at the end of a leader."""
    style, em = name.style, name.style.size_pt * POINT_MM
    width = width_mm(name.text, style.size_pt, style.face)
    result = []
    for far in (0.0, *LEADERS_MM):
        for dx, dy, price in _around(name.item.feature.label_places):
            # Diagonal neighbours touch the circle, not the corner of its box.
            reach = (half + AWAY_MM + far) * (0.75 if dx and dy else 1.0)
            left = x + dx * reach - (0 if dx > 0 else width if dx < 0 else width / 2)
            base = y - 0.34 * em + dy * (reach + (0.28 * em if dx else 0.40 * em))
            box = _box(left, base, width, style.size_pt)
            leader = None
            if far:
                end = min(max(x, box.x), box.right), min(max(y, box.y), box.top)
                run = float(np.hypot(end[0] - x, end[1] - y))
                if run <= half:
                    continue
                cut = half / run
                leader = (x + (end[0] - x) * cut, y + (end[1] - y) * cut, *end)
            cost = price + (LEADER_COST + far / 2 if far else 0.0)
            result.append(
                Candidate(place, box, cost, (Line(name.text, left, base),), leader=leader)
            )
    return result


def _around(wished: Sequence[tuple[int, int]]) -> list[tuple[int, int, float]]:
    """Directions with what each costs: those that the author wishes for cost least."""
    prices = {direction: WISH_STEP * rank for rank, direction in enumerate(wished)}
    return [
        (dx, dy, prices.get((dx, dy), price + (UNWISHED if prices else 0.0)))
        for dx, dy, price in AROUND
    ]


@lru_cache(maxsize=1024)
def _room(same: Same[BaseGeometry]) -> tuple[Polygon, LineString] | None:
    """The largest part of an area, and the radius of its largest circle; None of a tiny one."""
    area = largest_area(same.value)
    if area is None or area.area < 4.0:
        return None
    simple: Polygon = shapely.simplify(area, 0.15)
    shapely.prepare(simple)
    return simple, shapely.maximum_inscribed_circle(simple, tolerance=0.5)


def within(place: int, name: Name, *, thorough: bool = False) -> list[Candidate]:
    """Places wholly within the largest part of an area, on one line or on two or three.

    A thorough search also tries places that are not deep inside, and more lines than are needed.
    """
    room = _room(Same(name.shape))
    if room is None:
        return []
    area, circle = room
    radius = max(circle.length, 0.1)
    style = name.style
    if style.size_pt > FLOOR_PT and radius < 0.3 * style.size_pt * POINT_MM:
        return []
    result = []
    centres = spots(area, circle, MANY_SPOTS if thorough else SPOTS)
    for price, lines in enumerate(_breaks(name.text)):
        options = [_level(place, lines, centre, name, 0.8 * price) for centre in centres]
        boxes = shapely.box(
            [item.box.x - INSIDE_MM for item in options],
            [item.box.y - INSIDE_MM for item in options],
            [item.box.right + INSIDE_MM for item in options],
            [item.box.top + INSIDE_MM for item in options],
        )
        inside = shapely.contains(area, boxes)
        for option, centre, good in zip(options, centres, inside, strict=True):
            if good:
                off = float(np.hypot(centre[0] - centres[0][0], centre[1] - centres[0][1]))
                cost = option.cost + min(0.4 * off / radius, 2.0)
                result.append(Candidate(place, option.box, cost, option.lines, option.letters))
        if len(result) >= ENOUGH and not thorough:
            break
    return result


def along_shore(place: int, name: Name) -> list[Candidate]:
    """Places on land along a lake's shore: above it, below it, and at its ends."""
    area = largest_area(name.shape)
    if area is None:
        return []
    west, south, east, north = area.bounds
    rim = shapely.get_coordinates(area.exterior)
    heights = [*(float(rim[at, 1]) for at in (rim[:, 0].argmin(), rim[:, 0].argmax()))]
    heights.append((south + north) / 2)
    result = []
    for price, lines in enumerate(_breaks(abbreviated(name.text) or name.text)[:2]):
        level = _level(place, lines, (0.0, 0.0), name, 0.0)
        half, low, top = level.box.width / 2, level.box.y, level.box.top
        middles = []
        for y in heights:
            shore = shapely.clip_by_rect(area, west, y + low, east, y + top)
            if not shore.is_empty:
                first, _, last, _ = shore.bounds
                ends = first - half - AWAY_MM, last + half + AWAY_MM
                middles += [((x, y), END_COST) for x in ends]
        for share, off in ALONG_SHORE:
            x = west + share * (east - west)
            shore = shapely.clip_by_rect(area, x - half, south, x + half, north)
            if not shore.is_empty:
                _, bottom, _, upper = shore.bounds
                middles += [((x, upper + AWAY_MM - low), off), ((x, bottom - AWAY_MM - top), off)]
        result += [_level(place, lines, at, name, cost + 0.6 * price) for at, cost in middles]
    return result


def _breaks(text: str) -> list[tuple[str, ...]]:
    """The name on one line, on two of nearly one length, each word on its own, parted at hyphens.

    >>> _breaks("Rhône-Alpes")
    [('Rhône-Alpes',), ('Rhône-', 'Alpes')]
    """
    words = text.split(" ")
    ways: list[tuple[str, ...]] = [(text,)]
    if len(words) > 1:
        halves = [(" ".join(words[:i]), " ".join(words[i:])) for i in range(1, len(words))]
        ways.append(min(halves, key=lambda pair: abs(len(pair[0]) - len(pair[1]))))
    if len(words) > 2:
        ways.append(tuple(words))
    parts = tuple(HYPHEN.sub("- ", text).split(" "))
    if len(parts) > len(words):
        ways.append(parts)
    return ways


def _level(
    place: int, lines: tuple[str, ...], centre: tuple[float, float], name: Name, price: float
) -> Candidate:
    """A name on level lines, centred on a point; spaced where its class is."""
    style, em = name.style, name.style.size_pt * POINT_MM
    widths = [width_mm(line, style.size_pt, style.face) for line in lines]
    spacing = style.spacing_em * em if separable(lines[0]) else 0.0
    if spacing and len(lines) == 1:
        wide = widths[0] + spacing * (len(lines[0]) - 1)
        letters = spaced(lines[0], *centre, style.size_pt, style.face, spacing)
        box = _box(centre[0] - wide / 2, centre[1] - 0.34 * em, wide, style.size_pt)
        return Candidate(place, box, price, letters=letters)
    step = LEADING * 0.92 * em
    top = centre[1] + (len(lines) - 1) * step / 2 - 0.34 * em
    placed = tuple(
        Line(line, centre[0] - wide / 2, top - i * step)
        for i, (line, wide) in enumerate(zip(lines, widths, strict=True))
    )
    wide, low = max(widths), placed[-1].y - DESCENT * em
    box = Box(centre[0] - wide / 2, low, wide, top + ASCENT * em - low)
    return Candidate(place, box, price, placed)


def along(place: int, name: Name, line: LineString) -> list[Candidate]:
    """Places above and below a line's straighter stretches."""
    style, em = name.style, name.style.size_pt * POINT_MM
    width = width_mm(name.text, style.size_pt, style.face) * 1.06
    smooth = smoothed(line, 2.5 * em)
    if smooth.length < width * 1.1:
        return []
    result = []
    lift = (DESCENT + 0.14) * em + name.item.style.width * POINT_MM / 2
    drop = -(ASCENT + 0.08) * em - name.item.style.width * POINT_MM / 2
    for start in np.linspace(0.02, 0.98, 20) * (smooth.length - width):
        stretch = stretch_of(smooth, float(start), width)
        if stretch[0][0] > stretch[-1][0]:
            stretch = stretch[::-1]
        turns = np.abs(np.diff(directions(stretch)))
        if turns.sum() > 1.3 or turns.max(initial=0) > 0.45:
            continue
        centred = abs(start / max(smooth.length - width, 1e-9) - name.item.value_at)
        for side in (lift, drop):
            letters, box = letters_on(name.text, stretch, style.size_pt, style.face, side)
            cost = float(1.5 * turns.sum() + centred + (0.15 if side < 0 else 0.0))
            result.append(Candidate(place, box, cost, letters=letters))
    return result


def directions(stretch: Array) -> Array:
    """The directions of the pieces of a path of shape (n, 2), radians, without jumps."""
    return np.unwrap(np.arctan2(*np.diff(stretch, axis=0).T[::-1]))


def stretches(line: LineString) -> list[LineString]:
    """A long line in pieces that each say its name; a short one as it is."""
    count = max(int(line.length / REPEAT_MM), 1)
    if count == 1:
        return [line]
    pieces = [substring(line, i / count, (i + 1) / count, normalized=True) for i in range(count)]
    return [piece for piece in pieces if isinstance(piece, LineString)]


def apart(shape: BaseGeometry) -> list[BaseGeometry]:
    """An area in the parts that each say its name: large ones, far from each other.

    The first of them stands for the whole area.
    """
    parts = [part for part in shapely.get_parts(shape) if isinstance(part, Polygon)]
    if len(parts) < 2:
        return [shape]
    largest = max(parts, key=lambda part: part.area)
    return [shape, *named_again(parts, [largest], FAR_PART_MM)]
