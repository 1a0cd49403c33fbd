"""The Delaunay triangulation of points in a plane, in an order that keeps every step short."""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from shekara.median.ellipsoid import Floats, Ints

Bits: TypeAlias = npt.NDArray[np.uint64]

# Places along the curve that the points follow are told apart by so many bits for each axis.
BITS = 16
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

    Points in rows, on one circle or a millimetre apart along a whole coast are told apart by
    exact predicates (Shewchuk's, in startinpy); none if all lie in one row. (GEOS takes ten
    times as long, Qhull merges what it cannot tell apart and hardly ends.)
    """
    from startinpy import DT

    place = np.ascontiguousarray(xy, dtype=np.float64).view(np.complex128).ravel()
    place, first = np.unique(place, return_index=True)
    if len(place) < 3:
        return np.zeros((0, 3), dtype=np.int64)
    drawn = DT()
    # Equal points are gone; others are never one, however near.
    drawn.snap_tolerance = 1e-300
    flat = np.stack([place.real, place.imag, np.zeros(len(place))], axis=1)
    drawn.insert(flat[insertion_order(flat[:, :2])], insertionstrategy="AsIs")
    # The first vertex stands for infinity.
    vertex = np.ascontiguousarray(drawn.points[1:, :2]).view(np.complex128).ravel()
    number = first[np.searchsorted(place, vertex)]
    corners = np.asarray(drawn.triangles, dtype=np.int64).reshape(-1, 3) - 1
    return number[corners].astype(np.int64)


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
