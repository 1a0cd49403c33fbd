"""How far lengths and areas are moved by the errors of their positions, for groups of edges.

One place for both: the intervals of a total, where all edges are one group, and of many features,
where each is a group of its own. See `shekara.measuring.uncertainty` for the errors that are told
apart.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import Geod

from shekara.geometry.arrays import Floats
from shekara.geometry.geocentric import geocentric_m
from shekara.measuring.interval import COVERAGE
from shekara.measuring.size import Edges, Geometries, edge_lengths_m, edges

# Between vertices closer than this many deviations nobody can tell a line from its noise: an edge
# of length l is drawn longer by s²/l to first order, which is a ninth of it at 3 s, and more below.
CLOSEST = 3.0
NEIGHBOURS = 9  # edges over which the distance of vertices is averaged, noise being part of each
STRIDE = 8.0  # deviations; noise lengthens an edge of that length by a sixty-fourth


class Ends(NamedTuple):
    """The ends of intervals, one for each of some groups of edges; metres or square metres."""

    low: Floats
    high: Floats


class Course(NamedTuple):
    """What an interval of lengths needs to know of some edges and of the groups they belong to."""

    drawn: Edges  # `owner` is the group
    lengths: Floats  # (edges,) metres
    turning: Floats  # (groups,) squared metres of length for each squared metre at the vertices
    rings: Floats  # (groups,) how many


def length_ends(
    course: Course, totals: Floats, accuracy_m: float, shift_m: float | None, on: Geod
) -> Ends:
    """The ends of the intervals of lengths, one for each group of edges.

    A vertex moves the length by the change of direction there, so the deviation is
    s·sqrt(Σ|u(i+1) − u(i)|²) with unit vectors u along the edges and one for each free end.
    Noise also makes a line longer by about s²/l for each edge of length l: the true length is
    looked for lower by that much. Where vertices lie closer than three deviations, the lower end
    is that of the line through fewer of them. A displacement b of a whole outline moves its
    length by 2πb for each ring.
    """
    independent_m = accuracy_m * np.sqrt(course.turning)
    shared = (accuracy_m if shift_m is None else shift_m) * (2 * math.pi * course.rings)
    together = np.maximum if shift_m is None else np.hypot
    deviation = together(independent_m, shared)
    drawn, lengths = course.drawn, course.lengths
    noise = _noise_m(lengths, drawn.owner, accuracy_m, len(totals))
    low = _fewer_vertices_m(drawn, lengths, accuracy_m, on, len(totals)) if accuracy_m else totals
    high = totals - (noise if shift_m is not None else 0.0) + COVERAGE * deviation
    least = np.minimum(totals, np.minimum(totals - noise, low) - COVERAGE * deviation)
    empty = totals == 0
    return Ends(
        np.where(empty, 0.0, np.maximum(0.0, least)),
        np.where(empty, 0.0, np.maximum(totals, high)),
    )


def _summed(values: Floats, owner: NDArray[np.int64], count: int) -> Floats:
    """Sums for each of `count` groups."""
    if count == 1:
        return np.array([values.sum()])
    return np.bincount(owner, values, minlength=count).astype(float)


def _noise_m(lengths: Floats, owner: NDArray[np.int64], accuracy_m: float, count: int) -> Floats:
    """By how much independent errors make edges longer, never more than they are long."""
    if not accuracy_m:
        return np.zeros(count)
    real = lengths[lengths > 0]
    return _summed(np.minimum(accuracy_m**2 / real, real), owner[lengths > 0], count)


def _fewer_vertices_m(
    drawn: Edges, lengths: Floats, accuracy_m: float, on: Geod, count: int
) -> Floats:
    """Length without noise, of lines through fewer vertices where these lie too close."""
    dense = _mean_around(lengths, drawn.owner) < CLOSEST * accuracy_m
    if not dense.any():
        noise = _noise_m(lengths, drawn.owner, accuracy_m, count)
        return _summed(lengths, drawn.owner, count) - noise
    run = np.cumsum(lengths) - lengths
    stretch = np.floor((run - run[_starts(drawn.owner)]) / (STRIDE * accuracy_m))
    joined = (drawn.part[1:] == drawn.part[:-1]) & (stretch[1:] == stretch[:-1])
    kept = np.flatnonzero(np.r_[True, ~(joined & dense[1:] & dense[:-1])])
    last = np.r_[kept[1:], len(lengths)] - 1
    fewer = Edges(drawn.owner[kept], drawn.part[kept], drawn.start[kept], drawn.end[last])
    apart = edge_lengths_m(fewer, on)
    return _summed(apart, fewer.owner, count) - _noise_m(apart, fewer.owner, accuracy_m, count)


def _starts(owner: NDArray[np.int64]) -> NDArray[np.int64]:
    """For each edge the first edge of its group; groups stand one after the other."""
    new = np.r_[True, owner[1:] != owner[:-1]]
    return np.asarray(np.maximum.accumulate(np.where(new, np.arange(len(owner)), 0)))


def _mean_around(lengths: Floats, owner: NDArray[np.int64]) -> Floats:
    """The mean length of `NEIGHBOURS` edges around each, of those that its group has."""
    first = _starts(owner)
    stop = len(owner) - _starts(owner[::-1])[::-1]
    window = np.minimum(NEIGHBOURS, stop - first)
    behind = (window - 1) // 2
    here = np.arange(len(owner))
    end = np.minimum(stop, here + behind + 1)
    begin = np.maximum(first, here + behind + 1 - window)
    run = np.r_[0.0, np.cumsum(lengths)]
    return np.asarray((run[end] - run[begin]) / (end - begin))


def ring_counts(geometries: Geometries) -> Floats:
    """How many rings each geometry has."""
    parts, owner = shapely.get_parts(np.array(list(geometries), dtype=object), return_index=True)
    areas = shapely.get_type_id(parts) == 3
    rings = 1.0 + shapely.get_num_interior_rings(parts[areas])
    return np.bincount(owner[areas], rings, minlength=len(geometries)).astype(float)


def turning(drawn: Edges, on: Geod, count: int) -> Floats:
    """Sum over vertices of the squared turn of the unit vector along the line; a free end is 1."""
    if not len(drawn.start):
        return np.zeros(count)
    way = _geocentric_m(drawn.end, on) - _geocentric_m(drawn.start, on)
    size = np.linalg.norm(way, axis=1)
    unit = way / np.where(size > 0, size, 1.0)[:, None]
    joined = drawn.part[1:] == drawn.part[:-1]
    inner = ((unit[1:] - unit[:-1]) ** 2).sum(axis=1) * joined
    firsts = np.flatnonzero(np.r_[True, ~joined])
    lasts = np.flatnonzero(np.r_[~joined, True])
    closed = (drawn.start[firsts] == drawn.end[lasts]).all(axis=1)
    seam = np.where(closed, ((unit[firsts] - unit[lasts]) ** 2).sum(axis=1), 2.0)
    return _summed(inner, drawn.owner[1:], count) + _summed(seam, drawn.owner[firsts], count)


def area_deviations_m2(
    outline: Edges, accuracy_m: float, on: Geod, count: int
) -> tuple[Floats, Floats]:
    """Two standard deviations of areas: independent vertices, and a common shift of the outline.

    The first is s/2·sqrt(Σ|P(i+1) − P(i−1)|²) over all vertices, from the shoelace formula; the
    second is s times the perimeter. A vertex that several areas of a group share moves all of
    them: what one gains there another loses, so an edge between two of them counts for nothing.

    Parameters
    ----------
    outline : Edges
        Shells counter-clockwise and holes clockwise; `owner` is the group.
    accuracy_m : float
        Standard deviation of each position, metres.
    on : pyproj.Geod
        The ellipsoid.
    count : int
        How many groups there are.
    """
    if not len(outline.start):
        return np.zeros(count), np.zeros(count)
    start, end = _geocentric_m(outline.start, on), _geocentric_m(outline.end, on)
    here, there, size = _places(outline)
    moved = np.zeros((size, 3))
    at = np.zeros((size, 3))
    group = np.zeros(size, dtype=np.int64)
    at[here], at[there], group[here] = start, end, outline.owner
    for axis in range(3):
        moved[:, axis] = np.bincount(here, end[:, axis], size)
        moved[:, axis] -= np.bincount(there, start[:, axis], size)
    up = at / np.linalg.norm(at, axis=1)[:, None]
    flat = moved - (moved * up).sum(axis=1)[:, None] * up
    low, high = np.minimum(here, there), np.maximum(here, there)
    pair = low.astype(np.int64) * size + high
    _, first, edge = np.unique(pair, return_index=True, return_inverse=True)
    balance = np.abs(np.bincount(edge, np.where(here < there, 1.0, -1.0)))
    lengths = edge_lengths_m(outline, on)[first]
    perimeter = _summed(balance * lengths, outline.owner[first], count)
    squares = (flat**2).sum() if count == 1 else (flat**2).sum(axis=1)
    spread = np.array([squares]) if count == 1 else _summed(squares, group, count)
    return accuracy_m / 2 * np.sqrt(spread), accuracy_m * perimeter


def _places(outline: Edges) -> tuple[NDArray[np.int64], NDArray[np.int64], int]:
    """Numbers of the places of both ends of each edge, and how many places there are.

    Places of two groups are never one.
    """
    keys = np.concatenate([_key(outline.start), _key(outline.end)])
    if outline.owner.any():
        groups = np.concatenate([outline.owner, outline.owner])
        order = np.lexsort([keys, groups])
        new = (np.diff(keys[order]) != 0) | (np.diff(groups[order]) != 0)
        number = np.empty(len(keys), dtype=np.int64)
        number[order] = np.r_[0, np.cumsum(new)]
        size = int(number[order[-1]]) + 1
    else:
        place, number = np.unique(keys, return_inverse=True)
        size = len(place)
    return number[: len(outline.start)], number[len(outline.start) :], size


def _geocentric_m(points: Floats, on: Geod) -> Floats:
    return geocentric_m(points[:, 0], points[:, 1], on)


def outlines(geometries: Geometries) -> Edges:
    """Edges of all areas, shells counter-clockwise and holes clockwise."""
    parts, owner = shapely.get_parts(np.array(list(geometries), dtype=object), return_index=True)
    areas = shapely.get_type_id(parts) == 3
    turned = shapely.orient_polygons(parts[areas])
    edge_table = edges(turned)
    return edge_table._replace(owner=owner[areas][edge_table.owner]) if len(turned) else edge_table


def _key(points: Floats) -> NDArray[np.uint64]:
    """A number for each position, the same for positions that are equal to a millimetre."""
    lon = np.round((points[:, 0] % 360.0) * 1e8).astype(np.int64) % 36_000_000_000
    lat = np.round((points[:, 1] + 90.0) * 1e8).astype(np.int64)
    lon[(lat <= 0) | (lat >= 18_000_000_000)] = 0  # a pole has every longitude
    # Longitudes take 36 bits and latitudes 35: together too many, so that they are mixed.
    return lon.astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15) + lat.astype(np.uint64)
