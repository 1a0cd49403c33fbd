"""Places for the name of a water that is higher than it is wide: upright, along its axis."""

from __future__ import annotations

import numpy as np
import shapely
from shapely.geometry import LineString, Polygon

from shekara.sheet.labels.candidates import INSIDE_MM, Candidate, Name, directions
from shekara.sheet.labels.curves import letters_area, letters_on, smoothed, stretch_of
from shekara.sheet.map.projected import largest_area, lines_of
from shekara.sheet.paper.fonts import width_mm
from shekara.sheet.paper.paper import POINT_MM

SLICES = 40  # across the water, between its ends
LEAST_WHITE_EM = 1.6  # of its width, for a line of letters
STARTS = 12  # places tried along the axis
UPRIGHT_COST = 1.0  # a level name is read first
MOST_TURN = 0.9  # from the first letter to the last, radians
MIDDLE = 0.3  # height of the letters' middle above their line, of the size


def along_axis(place: int, name: Name) -> list[Candidate]:
    """Places within the largest part of an area, along the middle of its widest run of slices."""
    area = largest_area(name.shape)
    if area is None:
        return []
    left, low, right, top = area.bounds
    style, em = name.style, name.style.size_pt * POINT_MM
    wide = width_mm(name.text, style.size_pt, style.face) * 1.06
    if top - low < wide or right - left < LEAST_WHITE_EM * em:
        return []
    shapely.prepare(area)
    result = []
    for run in _runs(area, LEAST_WHITE_EM * em):
        if run.length < wide * 1.05:
            continue
        line = smoothed(run, 2.5 * em)
        for start in np.linspace(0, 1, STARTS) * max(line.length - wide, 0.0):
            stretch = stretch_of(line, float(start), wide)
            angles = directions(stretch)
            if np.ptp(angles) > MOST_TURN:
                continue
            letters, box = letters_on(name.text, stretch, style.size_pt, style.face, -MIDDLE * em)
            if area.contains(letters_area(letters, style.size_pt, style.face).buffer(INSIDE_MM)):
                off = abs(start / max(line.length - wide, 1e-9) - 0.5)
                cost = UPRIGHT_COST + float(np.ptp(angles) + off)
                result.append(Candidate(place, box, cost, letters=letters))
    return result


def _runs(area: Polygon, least: float) -> list[LineString]:
    """The middles of level slices through an area, from below, where it is wide enough."""
    left, low, right, top = area.bounds
    levels = np.linspace(low, top, SLICES + 2)[1:-1]
    lines = [LineString([(left - 1, y), (right + 1, y)]) for y in levels]
    runs: list[list[tuple[float, float]]] = [[]]
    for level, cut in zip(levels, shapely.intersection(lines, area), strict=True):
        longest = max(lines_of(cut), key=lambda part: part.length, default=None)
        if longest is None or longest.length < least:
            runs.append([])
            continue
        west, _, east, _ = longest.bounds
        runs[-1].append(((west + east) / 2, float(level)))
    return [LineString(run) for run in runs if len(run) > 1]
