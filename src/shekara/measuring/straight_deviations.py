"""Intervals of lengths and areas whose edges are straight in longitude and latitude.

A straight edge is no geodesic: pushed aside at an end, it changes its length all along. How far a
figure moves with each of its positions is therefore integrated along the edges.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from pyproj import Geod

from shekara.geometry.arrays import Floats
from shekara.geometry.longitudes import whole_turns
from shekara.geometry.seams import POLE_DEG
from shekara.measuring.deviations import Course, Ends, length_ends, outlines, ring_counts
from shekara.measuring.interval import COVERAGE
from shekara.measuring.size import CHUNK, WGS84, Edges, Geometries, edges
from shekara.measuring.straight import PIECE_DEG, straight_edge_lengths_m
from shekara.measuring.uncut import closed, uncut
from shekara.measuring.zones import zone_m2

NODES = 4  # of Gauss's quadrature over each piece of an edge: half-widths need fewer digits


class Pull(NamedTuple):
    """How much a figure of each edge changes, for a metre at either of its ends.

    East and north at the start, east and north at the end: (edges,) each.
    """

    start_east: Floats
    start_north: Floats
    end_east: Floats
    end_north: Floats


def straight_length_intervals(
    geometries: Geometries, totals: Floats, accuracy_m: float, on: Geod = WGS84
) -> Ends:
    """Intervals of the lengths of many geometries with straight edges, of each by itself.

    Parameters
    ----------
    geometries : sequence of shapely geometries or None, (n,)
        Lines or areas, longitude and latitude.
    totals : ndarray, (n,)
        Their lengths without seams, metres.
    accuracy_m : float
        Standard deviation of each position, any part of which may be shared.
    on : pyproj.Geod
        The ellipsoid.
    """
    count = len(geometries)
    drawn, rings = edges(geometries), ring_counts(geometries)
    is_ring = rings > 0
    through = uncut(drawn, is_ring, on)
    if through is not drawn:
        rings = np.where(is_ring, closed(through, count), rings)
    lengths = straight_edge_lengths_m(_run_on(through), on)
    moved = _squares(through, _pull(through, on, _length_pull), count)
    course = Course(through, lengths, moved, rings)
    return length_ends(course, totals, accuracy_m, None, on)


def straight_area_intervals(
    geometries: Geometries, totals: Floats, accuracy_m: float, on: Geod = WGS84
) -> Ends:
    """Intervals of many areas with straight edges, of each by itself; see the lengths."""
    count = len(geometries)
    outline = uncut(outlines(geometries), np.ones(count, dtype=bool), on)
    spread = accuracy_m * np.sqrt(_squares(outline, _pull(outline, on, _area_pull), count))
    lengths = straight_edge_lengths_m(_run_on(outline), on)
    perimeter = np.bincount(outline.owner, lengths, minlength=count)
    half = COVERAGE * np.maximum(spread, accuracy_m * perimeter)
    return Ends(np.maximum(0.0, np.minimum(totals, totals - half)), totals + half)


def _run_on(drawn: Edges) -> Edges:
    """The edges with longitudes that run on over 180°."""
    end = drawn.end.copy()
    end[:, 0] += whole_turns(end[:, 0] - drawn.start[:, 0], 0.0)
    return drawn._replace(end=end)


def _squares(drawn: Edges, pull: Pull, count: int) -> Floats:
    """Sums of squares over positions, each pulled by the edges before and after it."""
    if not len(drawn.start):
        return np.zeros(count)
    joined = (drawn.part[1:] == drawn.part[:-1]) & (drawn.end[:-1] == drawn.start[1:]).all(axis=1)
    first = np.flatnonzero(np.r_[True, ~joined])
    last = np.flatnonzero(np.r_[~joined, True])
    closed = (drawn.part[first] == drawn.part[last]) & (drawn.start[first] == drawn.end[last]).all(
        axis=1
    )
    total = np.zeros(count)
    for start, end in ((pull.start_east, pull.end_east), (pull.start_north, pull.end_north)):
        inner = np.where(joined, (end[:-1] + start[1:]) ** 2, 0.0)
        rim = np.where(closed, (start[first] + end[last]) ** 2, start[first] ** 2 + end[last] ** 2)
        total += np.bincount(drawn.owner[1:], inner, minlength=count)
        total += np.bincount(drawn.owner[first], rim, minlength=count)
    return total


class Nodes(NamedTuple):
    """Places along edges, (edges × pieces, nodes): where, how much they weigh, which edge."""

    edge: NDArray[np.int64]
    share: Floats  # of the way, 0 … 1
    weight: Floats  # those of an edge add up to 1
    phi: Floats  # radians


# Derivatives to Δλ, Δφ and φ, at nodes of edges that go (Δλ, Δφ) radians.
Rule = Callable[[Nodes, Floats, Geod], tuple[Floats, Floats, Floats]]


def _pull(drawn: Edges, on: Geod, rule: Rule) -> Pull:
    drawn = _run_on(drawn)
    columns = np.zeros((4, len(drawn.start)))
    for begin in range(0, len(drawn.start), CHUNK):
        part = slice(begin, begin + CHUNK)
        columns[:, part] = _pulled(drawn.start[part], drawn.end[part], on, rule)
    return Pull(*columns)


def _pulled(start: Floats, end: Floats, on: Geod, rule: Rule) -> Floats:
    """The four columns of a `Pull`: per radian by the rule, then per metre."""
    way = np.radians(end - start)
    nodes = _nodes(start, way)
    lam, phi_slope, phi = rule(nodes, way[nodes.edge], on)

    def along(values: Floats) -> Floats:
        each = (values * nodes.weight).sum(axis=1)
        return np.bincount(nodes.edge, each, minlength=len(start)).astype(float)

    east, tilt = along(lam), along(phi_slope)
    first, last = along(phi * (1 - nodes.share)) - tilt, along(phi * nodes.share) + tilt
    return np.stack([*_per_metre(-east, first, start, on), *_per_metre(east, last, end, on)])


def _nodes(start: Floats, way: Floats) -> Nodes:
    widest = np.degrees(np.abs(way).max(axis=1, initial=0.0))
    count = np.maximum(1, np.ceil(widest / PIECE_DEG)).astype(np.int64)
    edge = np.repeat(np.arange(len(count)), count)
    place = np.arange(len(edge)) - np.repeat(np.cumsum(count) - count, count)
    at, weight = np.polynomial.legendre.leggauss(NODES)
    share = (place[:, None] + (at[None, :] + 1) / 2) / count[edge][:, None]
    phi = np.radians(start[edge, 1])[:, None] + share * way[edge, 1:]
    return Nodes(edge, share, weight[None, :] / 2 / count[edge][:, None], phi)


def _per_metre(east: Floats, north: Floats, at: Floats, on: Geod) -> tuple[Floats, Floats]:
    """What a radian of longitude and latitude does, for a metre; a pole has no east."""
    phi = np.radians(at[:, 1])
    meridian, parallel = _radii(phi, on)
    aside = np.abs(at[:, 1]) < POLE_DEG
    return np.where(aside, east / np.where(aside, parallel, 1.0), 0.0), north / meridian


def _radii(phi: Floats, on: Geod) -> tuple[Floats, Floats]:
    """Metres for each radian of latitude, M, and of longitude, N cos φ."""
    w = 1 - on.es * np.sin(phi) ** 2
    return on.a * (1 - on.es) / w**1.5, on.a / np.sqrt(w) * np.cos(phi)


def _length_pull(nodes: Nodes, way: Floats, on: Geod) -> tuple[Floats, Floats, Floats]:
    """Derivatives of √(M² Δφ² + P² Δλ²), P = N cos φ, to Δλ, Δφ and φ; P' = −M sin φ."""
    meridian, parallel = _radii(nodes.phi, on)
    sine, cosine = np.sin(nodes.phi), np.cos(nodes.phi)
    steeper = 3 * meridian * on.es * sine * cosine / (1 - on.es * sine**2)  # M'
    turn, rise = way[:, :1], way[:, 1:]
    size = np.hypot(meridian * rise, parallel * turn)
    size = np.where(size > 0, size, 1.0)
    bend = meridian * (steeper * rise**2 - parallel * sine * turn**2)
    return parallel**2 * turn / size, meridian**2 * rise / size, bend / size


def _area_pull(nodes: Nodes, way: Floats, on: Geod) -> tuple[Floats, Floats, Floats]:
    """Derivatives of Δλ·U(φ), the area between an edge and the equator; U' = M N cos φ."""
    meridian, parallel = _radii(nodes.phi, on)
    zone = zone_m2(np.sin(nodes.phi), on)
    return zone, np.zeros_like(zone), way[:, :1] * meridian * parallel
