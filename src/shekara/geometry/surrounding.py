"""The box in degrees around some shapes, over the antimeridian where it is narrower so."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from shekara.geometry.longitudes import short_way

MARGIN = 0.06  # of the width and height, to either side
LEAST_DEG = 0.01  # of either, so that one place has a neighbourhood
WORLD = [-180.0, -90.0, 180.0, 90.0]


def box_around(shapes: Iterable[BaseGeometry | None]) -> list[float]:
    """West, south, east, north around the shapes, with a margin.

    Parameters
    ----------
    shapes : iterable of shapely geometries or None
        In degrees; longitudes may go beyond ±180.

    Returns
    -------
    list of float
        West > east where the box goes over 180°; the whole world where there is no shape.

    >>> box_around([shapely.box(170, -20, 180, -10), shapely.box(-180, -20, -170, -10)])
    [168.8, -20.6, -168.8, -9.4]
    """
    drawn = [shape for shape in shapes if shape is not None and not shape.is_empty]
    if not drawn:
        return list(WORLD)
    boxes = shapely.bounds(shapely.get_parts(drawn))
    boxes = boxes[np.isfinite(boxes).all(axis=1)]
    south, north = float(boxes[:, 1].min()), float(boxes[:, 3].max())
    west, wide = _narrowest(boxes[:, 0], boxes[:, 2])
    beside, above = max(wide, LEAST_DEG) * MARGIN, max(north - south, LEAST_DEG) * MARGIN
    low, high = max(-90.0, south - above), min(90.0, north + above)
    if wide + 2 * beside >= 360.0:
        return _rounded(-180.0, low, 180.0, high)
    return _rounded(_turned(west - beside), low, _turned(west + wide + beside), high)


def _narrowest(west: NDArray[np.float64], east: NDArray[np.float64]) -> tuple[float, float]:
    """Where the shortest arc that holds all begins, and how many degrees it takes."""
    if (east - west >= 360.0).any():
        return -180.0, 360.0
    start = np.mod(west + 180.0, 360.0)
    order = np.argsort(start, kind="stable")
    start, end = start[order], (start + (east - west))[order]
    reached = np.maximum.accumulate(end)
    # The gap before each start; before the first lies what the last reaches, a turn earlier.
    gaps = start - np.concatenate([[reached[-1] - 360.0], reached[:-1]])
    first = int(np.argmax(gaps))
    if gaps[first] <= 0.0:
        return -180.0, 360.0
    return float(start[first] - 180.0), 360.0 - float(gaps[first])


def _turned(longitude: float) -> float:
    return longitude if -180.0 <= longitude <= 180.0 else short_way(longitude)


def _rounded(*sides: float) -> list[float]:
    """To a metre at the finest."""
    return [round(side, 5) for side in sides]
