"""What one walk along its lines and rings tells of each shape."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from pyproj import Geod

from shekara.geometry.arrays import Floats, Shapes
from shekara.geometry.seams import POLE_DEG, TOLERANCE_DEG
from shekara.measuring.paths import Paths, by_dimension, path_figures, paths
from shekara.measuring.size import length_m

Flags = NDArray[np.bool_]


class Walked(NamedTuple):
    """Figures of shapes with geodesic edges, (n,) each; metres and square metres.

    `departure` is how far, at most, a straight edge lies from its geodesic, `longer` how much
    longer straight edges are, both to first order; `apart` bounds how much more or less area they
    hold. `rim` tells what reaches 180° or a pole.
    """

    has_line: Flags
    has_area: Flags
    length: Floats
    perimeter: Floats
    area: Floats
    departure: Floats
    longer: Floats
    apart: Floats
    rim: Flags


def walk(shapes: Shapes, on: Geod) -> Walked:
    """Figures of shapes, longitudes within ±180°; seams do not count for perimeters."""
    count = len(shapes)
    walked = paths(shapes)
    figures = path_figures(walked, on)

    def summed(values: Floats) -> Floats:
        return np.bincount(walked.owner, values, minlength=count).astype(float)

    line = walked.sign == 0
    departure = np.zeros(count)
    np.maximum.at(departure, walked.owner, figures.departure)
    rim = _rim(walked, count)
    perimeter = summed(np.where(line, 0.0, figures.length))
    has_area = summed(~line) > 0
    seamed = np.flatnonzero(rim & has_area)
    if len(seamed):
        perimeter[seamed] = length_m(by_dimension(shapes[seamed])[1], on)
    return Walked(
        has_line=summed(line) > 0,
        has_area=has_area,
        length=summed(np.where(line, figures.length, 0.0)),
        perimeter=perimeter,
        area=summed(walked.sign * figures.area),
        departure=departure,
        longer=summed(figures.longer),
        apart=summed(figures.apart),
        rim=rim,
    )


def _rim(walked: Paths, count: int) -> Flags:
    rim = np.zeros(count, dtype=bool)
    if not len(walked.points):
        return rim
    lon, lat = walked.points.T
    near = 180.0 - TOLERANCE_DEG
    if max(lon.max(), -lon.min()) >= near or max(lat.max(), -lat.min()) >= POLE_DEG:
        at_rim = (np.abs(lon) >= near) | (np.abs(lat) >= POLE_DEG)
        rim[walked.owner[np.logical_or.reduceat(at_rim, walked.offsets[:-1])]] = True
    return rim
