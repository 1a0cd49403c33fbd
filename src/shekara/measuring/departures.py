"""How edges straight in longitude and latitude lie beside the geodesics between the same ends.

A straight edge (λ, φ linear) of an ellipsoid has the geodesic curvature κ, with

    κ l³ = −Δλ [(2 M² sin φ + P M') Δφ² + P² sin φ Δλ²],   P = N cos φ, M' = dM/dφ

(do Carmo, Differential Geometry of Curves and Surfaces, section 4-4, with the first fundamental
form M² dφ² + P² dλ²). Between it and its geodesic lies the area κ l³/12 at the middle of the edge;
what is left out is of the fifth order of its size. The sagitta of that area is 3/2 of it by the
length, and the straight edge is longer by 8/3 of the sagitta's square by the length.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from pyproj import Geod

from shekara.geometry.arrays import Floats
from shekara.geometry.longitudes import short_way

# What is left out is less than this times the area and the square of the edge's size, in radians
# of longitude or of latitude by its cosine, up to the largest size. Tests hold it to the exact
# difference, where it stays below a half.
LEFT_OUT = 1.0
LARGEST = 0.01  # the square of 6°, at the equator


class Slants(NamedTuple):
    """What κ l³ needs to know of a latitude: the factors of Δφ² and of Δλ², square metres."""

    rise: Floats
    turn: Floats


def slants(sin: Floats, cos: Floats, inverse: Floats, on: Geod) -> Slants:
    """Both factors at latitudes φ, `inverse` being 1/√(1 − e² sin² φ)."""
    square = inverse * inverse
    turn = on.a**2 * sin * square
    cos2 = cos * cos
    steady, steep = 2 * (1 - on.es) ** 2, 3 * on.es * (1 - on.es)
    return Slants(turn * (square * square) * (steady + steep * cos2), turn * cos2)


def between_m2(turn: Floats, rise: Floats, slant: Slants) -> Floats:
    """Area between geodesics and straight edges, positive where the geodesic holds more.

    "More" is what lies between an edge and the equator, eastwards and in the north.

    Parameters
    ----------
    turn, rise : ndarray, (n,)
        Changes of longitude and latitude, radians.
    slant : Slants
        At the middle of each edge.
    """
    square = slant.rise * (rise * rise) + slant.turn * (turn * turn)
    return np.asarray(turn * square * (1 / 12))


class Apart(NamedTuple):
    """To first order: how far at most from its geodesic a straight edge lies, how much longer."""

    sagitta: Floats
    longer: Floats


def apart_m(between: Floats, length: Floats) -> Apart:
    """Of edges with these areas between both readings, and of this length: d, and 8 d²/3 l."""
    share = 1.0 / np.where(length > 0, length, np.inf)
    sagitta = 1.5 * np.abs(between) * share
    return Apart(sagitta, 8 / 3 * sagitta * sagitta * share)


def betweens_m2(start: Floats, end: Floats, on: Geod) -> Floats:
    """The same area for edges by their ends, (n, 2) longitude and latitude in degrees."""
    turn, rise, middle = _middles(start, end, on)
    return between_m2(turn, rise, slants(*middle, on))


def sagittas_m(start: Floats, end: Floats, on: Geod) -> Floats:
    """How far, at most and to first order, straight edges lie from their geodesics."""
    turn, rise, middle = _middles(start, end, on)
    _, cos, inverse = middle
    north = on.a * (1 - on.es) * inverse**3 * rise
    length = np.hypot(north, on.a * inverse * cos * turn)
    return apart_m(between_m2(turn, rise, slants(*middle, on)), length).sagitta


def _middles(
    start: Floats, end: Floats, on: Geod
) -> tuple[Floats, Floats, tuple[Floats, Floats, Floats]]:
    """Turns and rises of edges, radians, and what `slants` needs of their middle latitudes."""
    turn = np.radians(short_way(end[:, 0] - start[:, 0]))
    middle = np.radians((start[:, 1] + end[:, 1]) / 2)
    sin = np.sin(middle)
    inverse = 1 / np.sqrt(1 - on.es * sin**2)
    return turn, np.radians(end[:, 1] - start[:, 1]), (sin, np.cos(middle), inverse)
