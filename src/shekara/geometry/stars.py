"""Rings that are seen whole from one place: they cross themselves nowhere.

A ring that goes round a point by turns of less than 180° that all have the same sense, and once
only, is star-shaped and therefore simple. That is found out in one walk, where a search for
crossings takes long on rings with many spikes (each edge's box then touches most of the others).
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import shapely
from numpy.typing import NDArray

from shekara.geometry.arrays import Floats, Shapes

Flags = NDArray[np.bool_]
Ints = NDArray[np.int64]

POLYGON = 3  # shapely's number of that type
MANY = 100  # positions; coasts and parcels of more are soon searched, but for spikes
SPIKED = 10.0
# Rounding errors of a difference of products of differences stay below eight units of the last
# place of their sum: (x − cx)(Y − cy) has five roundings of half a unit each.
ROUNDING = 8 * np.finfo(float).eps


class Rings(NamedTuple):
    """Closed rings one after the other: where each begins and ends in the columns."""

    x: Floats
    y: Floats
    first: Ints
    ends: Ints


def surely_simple(shapes: Shapes) -> Flags:
    """Which shapes are polygons of a single ring that is seen whole from some place.

    Parameters
    ----------
    shapes : ndarray of shapely geometries or None, (n,)
        In any plane, with finite positions.

    Returns
    -------
    ndarray of bool, (n,)
        True is a proof of validity; False says nothing.
    """
    sure = np.zeros(len(shapes), dtype=bool)
    asked = shapely.get_type_id(shapes) == POLYGON
    asked &= (shapely.get_num_interior_rings(shapes) == 0) & ~shapely.is_empty(shapes)
    single = np.flatnonzero(asked)
    if not len(single):
        return sure
    counts = shapely.get_num_coordinates(shapes[single])
    few = counts < MANY
    with np.errstate(over="ignore", invalid="ignore"):  # of huge positions nothing is proved
        for places, about in (
            (single[few], _means),
            (single[~few][_spiked(shapes[single[~few]])], _meetings),
        ):
            if len(places):
                rings = _rings(shapes if len(places) == len(shapes) else shapes[places])
                sure[places] = _seen_from(rings, *about(rings))
    return sure


def _rings(polygons: Shapes) -> Rings:
    ends = np.cumsum(shapely.get_num_coordinates(polygons), dtype=np.int64)
    x, y = np.ascontiguousarray(shapely.get_coordinates(polygons).T)
    return Rings(x, y, np.r_[0, ends[:-1]], ends)


def _spiked(polygons: Shapes) -> Flags:
    """Which outlines are many times longer than the box around them: those take long to search."""
    west, south, east, north = shapely.bounds(polygons).T
    return np.asarray(shapely.length(polygons) > SPIKED * 2 * (east - west + north - south))


def _means(rings: Rings) -> tuple[Floats, Floats]:
    """The mean position of each, without its last, which is its first."""
    counts = rings.ends - rings.first - 1
    sums = (np.add.reduceat(v, rings.first) - v[rings.ends - 1] for v in rings[:2])
    middle_x, middle_y = (total / counts for total in sums)
    return middle_x, middle_y


def _meetings(rings: Rings) -> tuple[Floats, Floats]:
    """Where the lines along the edges of each come together, by least squares.

    Spikes around a place point to it: Σ n nᵀ c = Σ n (n·p), n being the edges turned by 90°.
    """
    first, ends = rings.first, rings.ends
    start = rings.x[first], rings.y[first]  # counted from here, so that no digits are lost
    x, y = (
        values - np.repeat(at, ends - first) for values, at in zip(rings[:2], start, strict=True)
    )
    east, north = np.diff(x), np.diff(y)
    east[ends[:-1] - 1] = north[ends[:-1] - 1] = 0.0  # from the end of a ring to the next
    off = x[:-1] * north - y[:-1] * east
    nn, ne, ee, pn, pe = (
        np.add.reduceat(v, first)
        for v in (north * north, north * east, east * east, north * off, east * off)
    )
    det = nn * ee - ne * ne
    det = np.where(det > 0, det, np.inf)
    return start[0] + (ee * pn - ne * pe) / det, start[1] + (ne * pn - nn * pe) / det


def _seen_from(rings: Rings, place_x: Floats, place_y: Floats) -> Flags:
    """Which rings go once round their place, each step turning the same way."""
    _, _, first, ends = rings
    counts = ends - first
    x, y = rings.x - np.repeat(place_x, counts), rings.y - np.repeat(place_y, counts)
    here, there = x[:-1] * y[1:], x[1:] * y[:-1]
    turn = here - there
    room = ROUNDING * (np.abs(here) + np.abs(there))
    up = y >= 0
    crossing = up[1:] != up[:-1]
    left, right = turn > room, turn < -room
    joints = ends[:-1] - 1
    left[joints], right[joints], crossing[joints] = True, True, False
    one_sense = np.logical_and.reduceat(left, first) | np.logical_and.reduceat(right, first)
    twice = np.add.reduceat(crossing, first, dtype=np.int64) == 2
    return np.asarray(one_sense & twice)
