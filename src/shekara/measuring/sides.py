"""Which of the two sides of a ring of long geodesics is inside, where that may be the larger one.

PROJ's routines give the smaller side of a ring on the globe. A ring in longitude and latitude has
one inside, which may be more than half of the globe: an ocean, or all land but one state. What
lies between its edges and the equator tells which.
"""

from __future__ import annotations

import math

import numpy as np
from pyproj import Geod

from shekara.geometry.arrays import Floats
from shekara.measuring.zones import zone_m2

LONG_DEG = 2.0  # edges up to here lie over about as much as straight ones


def inside_m2(turn: Floats, lat: Floats, signed_m2: float, on: Geod) -> float:
    """Area of what a closed ring holds.

    Parameters
    ----------
    turn : ndarray, (n − 1,)
        Degrees of longitude from each position to the next, the short way; they add up to nothing
        or to a whole turn, round a pole: then it holds what lies between it and that pole.
    lat : ndarray, (n,)
        Latitudes of the positions, degrees.
    signed_m2 : float
        The smaller side, as PROJ has it.
    on : pyproj.Geod
        The ellipsoid.
    """
    whole = whole_m2(on)
    under = abs(_under_m2(turn, lat, on))
    rough = whole / 2 - under if abs(turn.sum()) > 180.0 else under
    small = abs(signed_m2)
    return min(small, whole - small, key=lambda side: abs(side - rough))


def whole_m2(on: Geod) -> float:
    """The area of an ellipsoid."""
    return 4 * math.pi * float(zone_m2(np.array([1.0]), on)[0])


def _under_m2(turn: Floats, lat: Floats, on: Geod) -> float:
    """What lies between the equator and the edges: of long ones by PROJ, else by Simpson's rule."""
    middle = (lat[:-1] + lat[1:]) / 2
    first, half, last = (zone_m2(np.sin(np.radians(at)), on) for at in (lat[:-1], middle, lat[1:]))
    under = np.radians(turn) * (first + 4 * half + last) / 6
    for edge in np.flatnonzero(np.abs(turn) > LONG_DEG):
        under[edge] = _under_long_m2(float(turn[edge]), lat[edge], lat[edge + 1], on)
    return float(under.sum())


def _under_long_m2(turn: float, start: float, end: float, on: Geod) -> float:
    if abs(turn) == 180.0:  # over the nearer pole
        pole = 1.0 if start + end >= 0 else -1.0
        return math.radians(turn) * float(zone_m2(np.array([pole]), on)[0])
    lon = [0.0, 0.0, turn, turn, turn / 2]  # half-way the equator is the shortest way again
    return -float(on.polygon_area_perimeter(lon, [0.0, start, end, 0.0, 0.0])[0])
