"""Which of the two sides of a ring of long geodesics is inside, where that may be the larger one.

PROJ's routines give the smaller side of a ring on the globe. A ring in longitude and latitude has
one inside, which may be more than half of the globe: an ocean, or all land but one state.
"""

from __future__ import annotations

import math

import numpy as np
from pyproj import Geod

from shekara.geometry.arrays import Floats
from shekara.measuring.zones import zone_m2

# Sides that differ by more than this part of the globe are told apart by a rough area, others by
# the way the ring is wound: there it holds so much that no doubt is left of that.
CLEAR = 0.2
SMALL = 0.25  # a ring with less of the globe than this in the plane holds the smaller side


def inside_m2(turn: Floats, lat: Floats, signed_m2: float, on: Geod) -> float:
    """Area of what a closed ring holds.

    Parameters
    ----------
    turn : ndarray, (n − 1,)
        Degrees of longitude from each position to the next; they add up to nothing.
    lat : ndarray, (n,)
        Latitudes of the positions, degrees.
    signed_m2 : float
        The smaller side as PROJ has it, positive where it lies on the left.
    on : pyproj.Geod
        The ellipsoid.
    """
    whole = 4 * math.pi * float(zone_m2(np.array([1.0]), on)[0])
    rough = -_under_straight_edges_m2(turn, lat, on)  # positive where the inside lies on the left
    small = abs(signed_m2)
    if abs(rough) < SMALL * whole:
        return small
    large = whole - small
    if large - small > CLEAR * whole:
        return min(small, large, key=lambda side: abs(side - abs(rough)))
    return small if signed_m2 * rough > 0 else large


def _under_straight_edges_m2(turn: Floats, lat: Floats, on: Geod) -> float:
    """What lies between the equator and edges straight in longitude and latitude (Simpson)."""
    middle = (lat[:-1] + lat[1:]) / 2
    first, half, last = (zone_m2(np.sin(np.radians(at)), on) for at in (lat[:-1], middle, lat[1:]))
    return float((np.radians(turn) * (first + 4 * half + last)).sum() / 6)
