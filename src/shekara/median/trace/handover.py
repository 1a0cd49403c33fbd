"""How one base point hands over to the next, and which equation tells the place."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from shekara.geometry.longitudes import short_way
from shekara.median.ellipsoid import Bools, Floats, Ints
from shekara.median.solve.equidistance import WeightedDistance

NORMAL, RAY, MEETING = range(3)
# Below this turn (radians) between two segments the points at equal distance from both lie on
# the geodesic that halves their angle: it does so exactly on the sphere, and on the ellipsoid
# to the flattening times the square of the turn. Above it Newton's method is well conditioned.
SLIGHT = 1e-3


@dataclass(frozen=True)
class Changes:
    """For each change the way to solve it and what that way needs."""

    way: Ints
    vertex: Ints
    segment: Ints
    other: Ints
    azimuth: Floats
    far: Floats
    near: Ints
    """The element that, on a ray from the vertex, is the vertex or touches it."""
    corner: Ints
    """A corner between two segments that takes over first, or -1."""


def classify_handovers(  # noqa: PLR0913 - columns side by side
    weighted: WeightedDistance,
    first: Ints,
    second: Ints,
    other: Ints,
    apex: Ints,
    wedge: Bools,
    lon: Floats,
    lat: Floats,
) -> Changes:
    """Sorts changes from element ``first`` to ``second`` while ``other`` governs across.

    * A foot that runs over an end of its segment: the place lies on the normal there.
    * Segments that share a corner open towards the line: on the ray that halves the corner;
      closed towards it: the corner takes over first, on the normal.
    * A wedge at a land terminus (``apex``) ends on a normal where the next base point lies on
      the terminus's own segment.
    * All else: where the three elements are equally far.
    """
    shores, count = weighted.shores, len(weighted.shores.lon)
    size = len(first)
    way = np.full(size, MEETING)
    vertex, segment, corner = np.full(size, -1), np.full(size, -1), np.full(size, -1)
    across = other.copy()
    azimuth, far = np.zeros(size), np.zeros(size)

    def ends_at(v: Ints, element: Ints) -> Bools:
        s = np.where(element >= count, element - count, 0)
        inside: Bools = (element >= count) & ((shores.start[s] == v) | (shores.end[s] == v))
        return inside

    for vertex_side, segment_side in ((first, second), (second, first)):
        meets = (vertex_side < count) & ends_at(vertex_side, segment_side)
        way[meets], vertex[meets], segment[meets] = (
            NORMAL,
            vertex_side[meets],
            segment_side[meets] - count,
        )
    turned = wedge & (apex >= 0) & (apex < count) & ends_at(apex, other)
    way[turned], vertex[turned], segment[turned] = NORMAL, apex[turned], other[turned] - count
    # Of the two that hand over, one is the terminus itself; the other governs across.
    leaves = (second < count) & (
        shores.place[np.minimum(second, count - 1)] == shores.place[np.clip(apex, 0, count - 1)]
    )
    across[turned] = np.where(leaves, first, second)[turned]
    for n in np.flatnonzero((first >= count) & (second >= count)):
        s, t = int(first[n] - count), int(second[n] - count)
        shared = set(shores.touching(s)) & set(shores.touching(t))
        if s == t or not shared:
            continue
        v = shared.pop()
        bearings = [_bearing(weighted, v, _far_end(weighted, x, v)) for x in (s, t)]
        out, _, distance = weighted.globe.geod.inv(shores.lon[v], shores.lat[v], lon[n], lat[n])
        apart = [short_way(bearing - out) for bearing in bearings]
        opening = abs(apart[0]) + abs(apart[1])
        if opening > 180:
            way[n], vertex[n], segment[n], corner[n] = NORMAL, v, s, v
        elif 180 - opening < np.degrees(SLIGHT):
            way[n], vertex[n] = RAY, v
            azimuth[n], far[n] = out + (apart[0] + apart[1]) / 2, distance
    near = first.copy()
    tied = np.flatnonzero(~wedge & _at_one_place(weighted, other, first, second))
    if len(tied):
        # The edge of a wedge where one base point only leaves the terminus: on the ray from it.
        apex_of = other[tied]
        way[tied], corner[tied] = RAY, -1
        vertex[tied] = near[tied] = apex_of
        across[tied] = np.where(
            _at_one_place(weighted, apex_of, first[tied], np.full(len(tied), -1)),
            second[tied],
            first[tied],
        )
        azimuth[tied], _, far[tied] = weighted.globe.inverse(
            shores.lon[apex_of], shores.lat[apex_of], lon[tied], lat[tied]
        )
    return Changes(way, vertex, segment, across, azimuth, far, near, corner)


def _at_one_place(weighted: WeightedDistance, vertex: Ints, first: Ints, second: Ints) -> Bools:
    """Whether an element is a vertex at the place of one of two others."""
    shores, count = weighted.shores, len(weighted.shores.lon)

    def place(element: Ints) -> Ints:
        inside = (element >= 0) & (element < count)
        return np.where(inside, shores.place[np.where(inside, element, 0)], -1 - element)

    here = place(vertex)
    same: Bools = (place(first) == here) & weighted.alike(vertex, first)
    same |= (place(second) == here) & weighted.alike(vertex, second)
    same &= (vertex >= 0) & (vertex < count)
    return same


def _far_end(weighted: WeightedDistance, segment: int, vertex: int) -> int:
    a, b = weighted.shores.touching(segment)
    return b if a == vertex else a


def _bearing(weighted: WeightedDistance, v: int, to: int) -> float:
    lon, lat = weighted.shores.lon, weighted.shores.lat
    return float(weighted.globe.geod.inv(lon[v], lat[v], lon[to], lat[to])[0])
