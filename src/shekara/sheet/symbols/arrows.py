"""Flows: a shaft as wide as its value and a head that grows with it, both cut to fit."""

from __future__ import annotations

import numpy as np
import shapely
from shapely.geometry import LineString, Polygon
from shapely.ops import substring

from shekara.sheet.paper.paper import POINT_MM

# Length and half width of a head, of the shaft's width, and at least, mm.
LENGTH, LEAST_LENGTH_MM = 1.7, 2.2
HALF, LEAST_HALF_MM = 0.95, 0.95


def head_mm(width_pt: float) -> tuple[float, float]:
    """Length and half width of the head of a flow, mm."""
    wide = width_pt * POINT_MM
    return max(LENGTH * wide, LEAST_LENGTH_MM), max(HALF * wide, LEAST_HALF_MM)


def arrow(line: LineString, width_pt: float, per_mm: float = 1.0) -> tuple[LineString, Polygon]:
    """The shaft and the head of a flow along a line; a short line is nearly all head.

    Parameters
    ----------
    line
        From its start to its end, in any unit of length.
    width_pt
        Of the shaft, points.
    per_mm
        Units of the line in a millimetre of paper.
    """
    length, half = (side * per_mm for side in head_mm(width_pt))
    if line.length < 1.3 * length:
        half, length = half * line.length / (1.3 * length), line.length / 1.3
    tip = np.array(line.coords[-1])
    root = np.array(line.interpolate(line.length - length).coords[0])
    along = (tip - root) / max(float(np.hypot(*(tip - root))), 1e-12)
    side = np.array([-along[1], along[0]]) * half
    # The shaft ends within the head, so that no gap shows between them.
    shaft = substring(line, 0, line.length - 0.85 * length)
    if not isinstance(shaft, LineString):
        shaft = LineString([line.coords[0], root])
    return shaft, Polygon([tip, root + side, root - side])


def long_enough(line: LineString, per_mm: float = 1.0) -> bool:
    """Whether a line is longer on paper than a dot."""
    return bool(shapely.length(line) > 1.5 * per_mm)
