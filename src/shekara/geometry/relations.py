"""Whether shapes meet or hold positions on the globe, where 180° is a line like any other.

Questions are asked in the plane of longitude and latitude, once cut at 180° and once cut at 0°:
whatever two shapes share lies away from one of the cuts, or at a pole, which is one place.
Edges are straight in longitude and latitude there; `shekara.measuring.edge_departure_m` says how
far a geodesic may lie from them, and shapes with long edges are given more positions first.
"""

from __future__ import annotations

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.affinity import translate
from shapely.geometry.base import BaseGeometry

from shekara.geometry.arrays import Floats
from shekara.geometry.seams import POLE_DEG, TOLERANCE_DEG, may_have_seams

HALF_TURN = 180.0


def beyond_zero(geometry: BaseGeometry) -> BaseGeometry:
    """A shape in longitudes 0 to 360, its seam along 180° closed, cut at 0° instead.

    Parameters
    ----------
    geometry : shapely geometry
        Valid, longitudes within ±180.
    """
    if geometry.bounds[0] >= 0.0:
        return geometry
    if geometry.bounds[2] < 0.0:
        return translate(geometry, 360.0)
    if may_have_seams(geometry):
        geometry = shapely.transform(geometry, _on_the_line)
        geometry = geometry if geometry.is_valid else shapely.make_valid(geometry)
    east = shapely.intersection(geometry, shapely.box(0.0, -90.0, 180.0, 90.0))
    west = shapely.intersection(geometry, shapely.box(-180.0, -90.0, 0.0, 90.0))
    return shapely.union(east, translate(west, 360.0))


def _on_the_line(xy: Floats) -> Floats:
    """Positions beside 180° moved onto it, so that the two sides of a cut meet."""
    lon = xy[:, 0]
    beside = np.abs(lon) >= HALF_TURN - TOLERANCE_DEG
    return np.column_stack([np.where(beside, np.copysign(HALF_TURN, lon), lon), xy[:, 1]])


def meet(a: BaseGeometry, b: BaseGeometry) -> bool:
    """Whether two shapes have a common point: a border along 180°, or a pole, included.

    Raises
    ------
    shapely.GEOSException
        A shape is not valid.
    """
    if shapely.intersects(a, b):
        return True
    if poles(a) & poles(b):
        return True
    return (
        _near_the_line(a)
        and _near_the_line(b)
        and bool(shapely.intersects(beyond_zero(a), beyond_zero(b)))
    )


def covers(area: BaseGeometry, shape: BaseGeometry) -> bool:
    """Whether an area holds a whole shape, over 180° too; both valid, longitudes within ±180."""
    if shapely.covers(area, shape):
        return True
    if not (_near_the_line(area) and _near_the_line(shape)):
        return False
    return bool(shapely.covers(beyond_zero(area), beyond_zero(shape)))


def poles(geometry: BaseGeometry) -> frozenset[int]:
    """The poles that a shape holds or comes to: 1 for the north pole, -1 for the south pole."""
    _, south, _, north = geometry.bounds
    return frozenset(
        sign for sign, reached in ((1, north >= POLE_DEG), (-1, south <= -POLE_DEG)) if reached
    )


def _near_the_line(geometry: BaseGeometry) -> bool:
    west, _, east, _ = geometry.bounds
    return bool(west <= TOLERANCE_DEG - HALF_TURN or east >= HALF_TURN - TOLERANCE_DEG)


def holds(area: BaseGeometry, points: Floats) -> NDArray[np.bool_]:
    """Which positions lie in an area or on its boundary.

    Parameters
    ----------
    area : Polygon or MultiPolygon
        Valid, longitudes within ±180.
    points : ndarray, (n, 2)
        Longitude and latitude in degrees.

    Returns
    -------
    ndarray, (n,), bool
        A pole is in every area that comes to it, at whatever longitude it is written; a position
        at 180° is also asked for at -180°.
    """
    shapely.prepare(area)
    inside: NDArray[np.bool_] = np.asarray(shapely.covers(area, shapely.points(points)))
    at_line = np.abs(points[:, 0]) >= HALF_TURN
    if at_line.any():
        other = points[at_line] * (-1.0, 1.0)
        inside[at_line] |= shapely.covers(area, shapely.points(other))
    for sign in poles(area):
        inside |= points[:, 1] * sign >= POLE_DEG
    return inside
