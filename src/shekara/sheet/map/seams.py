"""Lines cut at the antimeridian, as RFC 7946 asks: on the page their parts are one line again.

A flow has one head and two ends, however many parts its file has.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import shapely
from shapely.geometry import LineString
from shapely.geometry.base import BaseGeometry

from shekara.sheet.map.frame import MapFrame
from shekara.sheet.map.projected import lines_of

SEAM_DEG = 1e-5  # a metre: what rounding moves an end that lies on the antimeridian
SAME_MM = 0.1  # ends nearer to each other on paper are one place

End = tuple[int, int]  # number of a line, and 0 or -1


def cut_ends(lines: Sequence[LineString], map_frame: MapFrame) -> frozenset[End]:
    """The ends at which lines are cut at the antimeridian and go on as another of them.

    Parameters
    ----------
    lines : sequence of LineString
        Of one feature, projected metres.
    map_frame : MapFrame
        What the sheet shows.
    """
    if len(lines) < 2:
        return frozenset()
    ends = [(number, at) for number in range(len(lines)) for at in (0, -1)]
    x, y = np.array([lines[number].coords[at][:2] for number, at in ends]).T
    lon, lat = map_frame.inverse(x, y)
    on_seam = np.flatnonzero(abs(abs(lon) - 180.0) < SEAM_DEG)
    return frozenset(
        ends[i]
        for i in on_seam
        if any(
            ends[i][0] != ends[j][0]
            and ends[i][1] != ends[j][1]
            and abs(lat[i] - lat[j]) < SEAM_DEG
            for j in on_seam
        )
    )


def joined(shape: BaseGeometry, map_frame: MapFrame) -> BaseGeometry:
    """A shape whose lines go on across the antimeridian where both its sides meet on the page.

    Parameters
    ----------
    shape : BaseGeometry
        Of one feature, projected metres.
    map_frame : MapFrame
        What the sheet shows.
    """
    lines = lines_of(shape)
    cut = cut_ends(lines, map_frame)
    parts = [shapely.get_coordinates(line) for line in lines]
    before = {number for number, at in cut if at == 0}
    for number in sorted(number for number, at in cut if at == -1):
        tip = parts[number][-1]
        for other in sorted(before):
            gap = float(np.hypot(*(parts[other][0] - tip))) * map_frame.mm_per_m
            if gap < SAME_MM and parts[other] is not parts[number]:
                whole = np.vstack([parts[number], parts[other][1:]])
                ends = parts[number], parts[other]
                parts = [whole if any(p is end for end in ends) else p for p in parts]
                before.discard(other)
                break
    unique = list({id(part): part for part in parts}.values())
    if len(unique) == len(lines):
        return shape
    return LineString(unique[0]) if len(unique) == 1 else shapely.MultiLineString(unique)
