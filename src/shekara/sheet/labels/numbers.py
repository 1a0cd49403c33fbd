"""Numbers where a name has no room, and the list that says what they stand for.

What a claim speaks of is always named: where its name fits nowhere a number stands on it, and a
list in the emptiest place of the map has the names.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import LineString, Point, Polygon

from shekara.sheet.labels.abbreviations import abbreviated
from shekara.sheet.labels.candidates import AROUND, AWAY_MM, Candidate, Line, Name
from shekara.sheet.map.drawn import Drawn
from shekara.sheet.map.projected import largest_area, lines_of, points_of
from shekara.sheet.paper.fonts import ASCENT, DESCENT, FLOOR_PT, line_mm, width_mm
from shekara.sheet.paper.paper import POINT_MM, Box

WIDEST = "88"
COST = 25.0  # a name in full is worth this much more than a number
ON_LINE = (0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74, 0.18, 0.82, 0.1, 0.9, 0.04, 0.96)
OFF_LINE_MM = 1.9  # from a line to the middle of a number beside it
PADDING_MM = 1.2
NUMBER_MM = 4.0  # width of the column of numbers
STEP_MM = 3.0  # between two places that the list tries
MOST_COLUMNS = 3
AT_ONCE = 64  # places for the list that are looked at together
VALUE = re.compile(r"[\d\s.,+–−-]*\d[\s\d]*[^\s\d]{0,12}")  # a number and its unit


@dataclass(frozen=True)
class Entry:
    """A number on the map and the name that it stands for."""

    number: int
    text: str


@dataclass(frozen=True)
class KeyList:
    """The list of numbers in its place on the map, mm."""

    entries: tuple[Entry, ...]
    box: Box
    columns: int
    size_pt: float


def number_pt(type_scale: float) -> float:
    """Size of the numbers and of their list."""
    return FLOOR_PT * max(type_scale, 1.0)


def bears_value(item: Drawn) -> bool:
    """Whether an area, or a line as wide as a value, is labelled with a value and not with a name.

    In the list of names "30.0 %" would name nothing, and its number on a flow would be the value.

    Parameters
    ----------
    item : Drawn
        What lies on the page.
    """
    feature = item.feature
    label = feature.label.strip()
    if label == feature.name.strip():
        return False
    if item.layer.kind == "line":
        amount = feature.amount.strip()
        return bool(amount) and (label == amount or bool(VALUE.fullmatch(label)))
    return item.layer.kind == "polygon" and bool(VALUE.fullmatch(label))


def number_places(place: int, name: Name, size: float = FLOOR_PT) -> list[Candidate]:
    """Where a number may stand for a name: in the area, on the line, beside the point."""
    wide, em = width_mm(WIDEST, size, "bold"), size * POINT_MM
    result = []
    for rank, (x, y) in enumerate(_spots(name)):
        box = Box(x - wide / 2, y - 0.5 * em, wide, em)
        line = Line(WIDEST, x - wide / 2, y - 0.36 * em)
        result.append(Candidate(place, box, COST + 0.3 * rank, (line,), numbered=True))
    return result


def _spots(name: Name) -> list[tuple[float, float]]:
    """The middles of the places, best first."""
    kind = name.item.layer.kind
    if kind == "polygon":
        area = largest_area(name.shape)
        if area is None:
            return []
        points = [area.representative_point(), area.centroid, *_grid(area)]
        return [(point.x, point.y) for point in points if area.covers(point)]
    if kind == "line":
        lines = lines_of(name.shape)
        if not lines:
            return []
        line: LineString = max(lines, key=lambda part: part.length)
        points = [line.interpolate(at, normalized=True) for at in ON_LINE]
        return [(point.x, point.y) for point in points] + _beside_line(line)
    half = name.item.style.size * POINT_MM / 2 + AWAY_MM + 1.3
    return [
        (point.x + dx * half, point.y + dy * half)
        for point in points_of(name.shape)[:1]
        for dx, dy, _ in AROUND
    ]


def _beside_line(line: LineString) -> list[tuple[float, float]]:
    """Places on both sides of a line, for where markers stand on it."""
    result = []
    step = min(0.02, 1.0 / max(line.length, 1e-9))
    for at in ON_LINE:
        first = line.interpolate(max(at - step, 0.0), normalized=True)
        last = line.interpolate(min(at + step, 1.0), normalized=True)
        x, y = last.x - first.x, last.y - first.y
        run = float(np.hypot(x, y)) or 1.0
        middle = line.interpolate(at, normalized=True)
        result += [
            (middle.x - side * OFF_LINE_MM * y / run, middle.y + side * OFF_LINE_MM * x / run)
            for side in (1, -1)
        ]
    return result


def _grid(area: Polygon) -> list[Point]:
    left, bottom, right, top = area.bounds
    return [
        Point(left + (right - left) * a, bottom + (top - bottom) * b)
        for a in (0.25, 0.5, 0.75)
        for b in (0.25, 0.5, 0.75)
    ]


def numbered(
    names: Sequence[Name], chosen: Sequence[Candidate], size: float = FLOOR_PT
) -> tuple[list[Candidate], tuple[Entry, ...]]:
    """The chosen places with their numbers, from 1 in the order of names; one for one text.

    A number beside a name that stands in full elsewhere on the map is dropped.
    """

    def label(item: Candidate) -> str:
        return names[item.name].item.feature.label.strip()

    full = {label(item) for item in chosen if not item.numbered}
    wanted = [item for item in chosen if item.numbered and label(item) not in full]
    texts = sorted(dict.fromkeys(label(item) for item in wanted))
    number = {text: place for place, text in enumerate(texts, start=1)}
    result = [item for item in chosen if not item.numbered]
    for item in wanted:
        shown = str(number[label(item)])
        wide = width_mm(shown, size, "bold")
        (line,) = item.lines
        moved = replace(line, text=shown, x=item.box.x + (item.box.width - wide) / 2)
        result.append(replace(item, lines=(moved,)))
    return result, tuple(Entry(number[text], text) for text in texts)


def place_list(
    entries: Sequence[Entry],
    map_box: Box,
    shut: Sequence[Box],
    costly: Sequence[shapely.Geometry],
    size_pt: float,
) -> KeyList | None:
    """The list where it covers nothing; None where it fits nowhere.

    Parameters
    ----------
    entries : sequence of Entry
        What it says.
    map_box : Box
        Where it may stand, mm.
    shut : sequence of Box
        What it may not touch: insets, names, markers.
    costly : sequence of Geometry
        Lines and rims of areas that it does not cross.
    size_pt : float
        Of its type.
    """
    if not entries:
        return None
    wide = (
        NUMBER_MM * size_pt / FLOOR_PT
        + max(width_mm(entry.text, size_pt) for entry in entries)
        + 0.5
    )
    inner = map_box.shrink(1.5, 1.5, 1.5, 1.5)
    best: tuple[float, Box, int] | None = None
    walls = shapely.box(*np.array([(b.x, b.y, b.right, b.top) for b in shut]).T) if shut else []
    # What would cover a line or an area of the map stands beneath it.
    tree = shapely.STRtree([*walls, *costly])
    for columns in range(1, min(MOST_COLUMNS, len(entries)) + 1):
        rows = -(-len(entries) // columns)
        width = columns * (wide + PADDING_MM) + PADDING_MM
        high = rows * line_mm(size_pt) + 2 * PADDING_MM
        if width > inner.width or high > inner.height:
            continue
        xs = np.arange(inner.x, inner.right - width + 1e-9, STEP_MM)
        ys = np.arange(inner.y, inner.top - high + 1e-9, STEP_MM)
        x, y = (part.ravel() for part in np.meshgrid(xs, ys))
        # Towards a side rather than in the middle, where the reader looks first.
        off = np.minimum.reduce(
            [x - inner.x, inner.right - x - width, y - inner.y, inner.top - y - high]
        )
        cost = 0.02 * off + 0.1 * columns
        order = np.argsort(cost, kind="stable")
        boxes = shapely.box(x, y, x + width, y + high)[order]
        place = _first_free(boxes, tree)
        if place is not None and (best is None or cost[order[place]] < best[0]):
            at = order[place]
            best = float(cost[at]), Box(float(x[at]), float(y[at]), width, high), columns
    return None if best is None else KeyList(tuple(entries), best[1], best[2], size_pt)


def _first_free(boxes: NDArray[np.object_], tree: shapely.STRtree) -> int | None:
    """The first box that touches nothing in a tree; most maps have one near the beginning."""
    for start in range(0, len(boxes), AT_ONCE):
        some = boxes[start : start + AT_ONCE]
        taken = np.unique(tree.query(some, predicate="intersects")[0])
        free = np.setdiff1d(np.arange(len(some)), taken)
        if len(free):
            return start + int(free[0])
    return None


def run_in(entries: Sequence[Entry], *, short: bool = False) -> str:
    """The list as one running text, for lines beneath the map; its common words abbreviated.

    >>> run_in([Entry(1, "Lower Town"), Entry(2, "Upper Town")]).replace(chr(0xA0), "_")
    '1_Lower Town_· 2_Upper Town'
    >>> run_in([Entry(1, "Lower Province")], short=True).replace(chr(0xA0), "_")
    '1_Lower Prov.'
    """
    texts = [(short and abbreviated(entry.text)) or entry.text for entry in entries]
    # A point between two entries ends a line and begins none.
    return "\u00a0· ".join(
        f"{entry.number}\u00a0{text}" for entry, text in zip(entries, texts, strict=True)
    )


def lines_of_list(key: KeyList) -> list[tuple[Entry, float, float]]:
    """The entries of a list with the left ends of their baselines, mm."""
    rows = -(-len(key.entries) // key.columns)
    column = (key.box.width - PADDING_MM) / key.columns
    em, result = key.size_pt * POINT_MM, []
    for place, entry in enumerate(key.entries):
        x = key.box.x + PADDING_MM + (place // rows) * column
        top = key.box.top - PADDING_MM - (place % rows) * line_mm(key.size_pt)
        baseline = top - (ASCENT - DESCENT / 2) * em
        result.append((entry, x, baseline))
    return result
