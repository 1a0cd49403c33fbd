"""The Delaunay triangulation of points in a plane, in an order that keeps every step short."""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
import numpy.typing as npt
import shapely

from shekara.median.ellipsoid import Floats, Ints

Bits: TypeAlias = npt.NDArray[np.uint64]

# Places along the curve that the points follow are told apart by so many bits for each axis.
BITS = 16
# So far aside (radians) of the longest extent, rows of points along it, which take GEOS longest,
# are rows along no axis.
TILT = 0.1
# Shifts and masks that put a zero between the bits of a number of 32.
SPREAD = (
    (16, 0x0000FFFF0000FFFF),
    (8, 0x00FF00FF00FF00FF),
    (4, 0x0F0F0F0F0F0F0F0F),
    (2, 0x3333333333333333),
    (1, 0x5555555555555555),
)


def plane_triangles(xy: Floats) -> Ints:
    """Corners (n, 3) of the Delaunay triangles of points (n, 2); of equal points one is used.

    Points in rows, on one circle or a millimetre apart along a whole coast are told apart; none
    if all lie in one row. startinpy has exact predicates (Shewchuk's); where no wheel of it
    exists, GEOS finds the same triangles in ten times the time. (Qhull merges what it cannot tell
    apart into facets of thousands of corners and hardly ends.)
    """
    place = np.ascontiguousarray(xy, dtype=np.float64).view(np.complex128).ravel()
    place, first = np.unique(place, return_index=True)
    if len(place) < 3:
        return np.zeros((0, 3), dtype=np.int64)
    flat = np.stack([place.real, place.imag], axis=1)
    try:
        corners = triangles_in_rounds(flat)
    except ImportError:
        corners = triangles_of_geos(flat)
    return first[corners].astype(np.int64)


def triangles_in_rounds(xy: Floats) -> Ints:
    """Triangles (n, 3) of different points (n, 2) by startinpy.

    Raises
    ------
    ImportError
        It is not there.
    """
    from startinpy import DT

    drawn = DT()
    # Equal points are gone; others are never one, however near.
    drawn.snap_tolerance = 1e-300
    order = insertion_order(xy)
    drawn.insert(np.column_stack([xy, np.zeros(len(xy))])[order], insertionstrategy="AsIs")
    # The first vertex stands for infinity.
    number = _numbers(drawn.points[1:, :2], xy)
    corners = np.asarray(drawn.triangles, dtype=np.int64).reshape(-1, 3) - 1
    return number[corners]


def triangles_of_geos(xy: Floats) -> Ints:
    """Triangles (n, 3) of different points (n, 2) by GEOS.

    It sorts points by x and seeks each from the one before: turned, so that x runs along the
    longest extent, they follow one another most closely.
    """
    x, y = (xy - xy.mean(axis=0)).T
    longest = np.arctan2(2 * (x * y).sum(), (x**2 - y**2).sum()) / 2
    turned = (xy[:, 0] + 1j * xy[:, 1]) * np.exp(1j * (TILT - longest))
    points = np.stack([turned.real, turned.imag], axis=1)
    drawn = shapely.delaunay_triangles(shapely.linestrings(points))
    corners = shapely.get_coordinates(drawn).reshape(-1, 4, 2)[:, :3].reshape(-1, 2)
    return _numbers(corners, points).reshape(-1, 3)


def _numbers(corners: Floats, xy: Floats) -> Ints:
    """Which of different points (n, 2) each corner (m, 2) is."""
    place, sought = (np.ascontiguousarray(z).view(np.complex128).ravel() for z in (xy, corners))
    order = np.argsort(place, kind="stable")
    return order[np.searchsorted(place[order], sought)]


def insertion_order(xy: Floats) -> Ints:
    """Points (n, 2) in rounds, each four times the one before and along a curve (Z-order).

    Random rounds keep corners of very many triangles rare, and the curve keeps the way from one
    point to the next short (Amenta, Choi and Rote 2003, doi:10.1145/777792.777824).
    """
    low = xy.min(axis=0)
    size = max(float((xy.max(axis=0) - low).max()), 1e-300)
    cell = ((xy - low) / size * (2**BITS - 1)).astype(np.uint64)
    curve = _spread(cell[:, 0]) | (_spread(cell[:, 1]) << np.uint64(1))
    luck = np.random.default_rng(0).random(len(xy))
    rounds = np.floor(np.log2(np.maximum(luck, 1e-9)) / 2)
    return np.lexsort((curve, rounds))


def _spread(bits: Bits) -> Bits:
    """Numbers with a zero between their bits."""
    for shift, mask in SPREAD:
        bits = (bits | (bits << np.uint64(shift))) & np.uint64(mask)
    return bits
