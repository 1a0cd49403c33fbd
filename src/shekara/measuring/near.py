"""How far things lie from each other on the ellipsoid: nearest places, samples along lines.

Candidates are nearest on the way straight through the Earth; the distance itself is taken in the
azimuthal equidistant plane around the position that asks, where distances from it are geodesic.
"""

from __future__ import annotations

import math
from functools import lru_cache
from typing import NamedTuple

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import Geod, Proj
from shapely.geometry.base import BaseGeometry

from shekara.errors import GeometryError
from shekara.geometry.arrays import Floats
from shekara.geometry.geocentric import geocentric_m
from shekara.geometry.nearest import Pieces, arranged, nearest
from shekara.geometry.relations import holds, meet
from shekara.geometry.same import Same
from shekara.measuring.size import WGS84, Edges, Geometries, edges

# Edges of the target are cut to this length, so that the plane's straight chord departs from the
# geodesic by less than 0.1 m: l²/8R is 0.08 m at 2 km.
STEP_M = 2000.0
SLACK_M = 1.0  # a straight piece through the Earth departs from its edge by less
WIDEST_DEGREE = 1.01 * math.pi / 180  # of any meridian or parallel, in equatorial radii
SMALL_RADIUS_M = 6.33e6  # no radius of curvature of the Earth is smaller


class Sample(NamedTuple):
    """Positions along lines, each standing for a piece of them."""

    points: Floats  # (n, 2) lon lat, the middles of the pieces
    weight_m: Floats  # (n,) length of the piece
    owner: NDArray[np.int64]  # (n,) index of the geometry


def pieces(edge_table: Edges, step_m: float, on: Geod = WGS84) -> Edges:
    """Every edge cut along its geodesic into equal pieces of at most `step_m`."""
    if not len(edge_table.start):
        return edge_table
    span = np.hypot(*(edge_table.end - edge_table.start).T)
    long = np.flatnonzero(span * WIDEST_DEGREE * on.a > step_m)  # of the others nothing is asked
    start, end = edge_table.start[long], edge_table.end[long]
    azimuth, lengths = np.zeros(len(span)), np.zeros(len(span))
    azimuth[long], _, lengths[long] = on.inv(start[:, 0], start[:, 1], end[:, 0], end[:, 1])
    count = np.maximum(1, np.ceil(lengths / step_m)).astype(np.int64)
    index = np.repeat(np.arange(len(count)), count)
    place = np.arange(len(index)) - np.repeat(np.cumsum(count) - count, count)
    start, end = edge_table.start[index], edge_table.end[index]
    inner = np.flatnonzero(place > 0)  # pieces that begin where another one ends
    if len(inner):
        edge = index[inner]
        far = lengths[edge] * (place[inner] / count[edge])
        lon, lat, _ = on.fwd(start[inner, 0], start[inner, 1], azimuth[edge], far)
        start[inner] = np.column_stack([lon, lat])
        end[inner - 1] = start[inner]
    return Edges(edge_table.owner[index], edge_table.part[index], start, end)


def sample(geometries: Geometries, step_m: float, on: Geod = WGS84) -> Sample:
    """Middles of pieces of at most `step_m` along all lines and outlines."""
    cut = pieces(edges(geometries), step_m, on)
    if not len(cut.start):
        return Sample(np.zeros((0, 2)), np.zeros(0), np.zeros(0, dtype=np.int64))
    azimuth, _, length = on.inv(cut.start[:, 0], cut.start[:, 1], cut.end[:, 0], cut.end[:, 1])
    half = np.asarray(length) / 2
    lon, lat, _ = on.fwd(cut.start[:, 0], cut.start[:, 1], azimuth, half)
    return Sample(np.column_stack([lon, lat]), 2 * half, cut.owner)


def distances_to_m(
    points: Floats,
    geometries: Geometries,
    on: Geod = WGS84,
    *,
    least_m: float = 0.0,
    most_m: float = math.inf,
) -> Floats:
    """Geodesic distance from each position to the nearest place of any geometry; 0 inside areas.

    Parameters
    ----------
    points : ndarray, (n, 2)
        Longitude and latitude in degrees.
    geometries : sequence of shapely geometries
        What they are held against.
    on : pyproj.Geod
        The ellipsoid.
    least_m, most_m : float
        Who asks only whether distances are above a threshold needs them between these alone: what
        is nearer comes out as some number below `least_m`, what is farther as one above `most_m`.

    Returns
    -------
    ndarray, (n,)
        Metres.

    Raises
    ------
    GeometryError
        There is no geometry.
    """
    net = _net(Same(geometries), on.a, on.f)
    if net.pieces is None:
        raise GeometryError("there is no geometry to measure a distance to")
    places = geocentric_m(points[:, 0], points[:, 1], on)
    # On the way through the Earth a place lies no nearer than on a ball smaller than the Earth.
    chord = 2 * SMALL_RADIUS_M * math.sin(min(least_m, 1e7) / (2 * SMALL_RADIUS_M)) - SLACK_M
    near = nearest(places, net.pieces, slack=SLACK_M, least=chord, most=most_m + SLACK_M)
    best = near.distance.copy()
    best[near.position] = np.inf
    away = _to_segment_m(points[near.position], net.start[near.piece], net.end[near.piece], on)
    np.minimum.at(best, near.position, away)
    inside = np.zeros(len(points), dtype=bool)
    for geometry in geometries:
        if geometry.geom_type in ("Polygon", "MultiPolygon"):
            inside |= holds(geometry, points)
    return np.where(inside, 0.0, best)


class _Net(NamedTuple):
    """Edges in short pieces, and the same through the Earth, arranged to be searched."""

    start: Floats
    end: Floats
    pieces: Pieces | None  # None where there are none


@lru_cache(maxsize=12)  # claims ask the same lines again and again
def _net(same: Same, a: float, f: float) -> _Net:
    on = Geod(a=a, f=f)
    start, end = _segments(same.geometries, on)
    through = (geocentric_m(side[:, 0], side[:, 1], on) for side in (start, end))
    return _Net(start, end, arranged(*through) if len(start) else None)


def shortest_m(a: Geometries, b: Geometries, on: Geod = WGS84) -> float:
    """Shortest geodesic distance between two sets of geometries; 0 where they meet."""
    if any(meet(start, other) for start in a for other in b):
        return 0.0
    ends = _nearest_ends(np.concatenate(_segments(a, on)), np.concatenate(_segments(b, on)), on)
    distances = distances_to_m(ends, b, on)
    # Between the ends of pieces the true minimum lies lower by no more than a piece's sagitta;
    # a plane around the best place finds it.
    lon, lat = map(float, ends[int(distances.argmin())])
    plane = Proj(proj="aeqd", lon_0=lon, lat_0=lat, a=on.a, b=on.b)
    line = shapely.shortest_line(
        _around_place(a, plane, 4 * STEP_M, on),
        _around_place(b, plane, float(distances.min()) + 4 * STEP_M, on),
    )
    (x1, y1), (x2, y2) = shapely.get_coordinates(line)
    lon1, lat1 = plane(x1, y1, inverse=True)
    lon2, lat2 = plane(x2, y2, inverse=True)
    return min(float(on.inv(lon1, lat1, lon2, lat2)[2]), float(distances.min()))


def farther_than(a: Geometries, b: Geometries, reach_m: float, on: Geod = WGS84) -> bool:
    """Whether no vertex of one comes near enough to the other for a distance of `reach_m`.

    Quick and one-sided: True is sure, False says nothing. Only for geometries that do not meet.
    """
    ends, others = np.concatenate(_segments(a, on)), np.concatenate(_segments(b, on))
    few, many = sorted((ends, others), key=len)
    return not np.isfinite(_chords_m(few, many, on, reach_m + 2 * STEP_M)).any()


def _chords_m(points: Floats, others: Floats, on: Geod, most_m: float = np.inf) -> Floats:
    """Straight through the Earth to the nearest of other positions: no longer than the geodesic.

    Infinite where none lies within `most_m`.
    """
    places, there = (geocentric_m(side[:, 0], side[:, 1], on) for side in (points, others))
    near = _beside(places, there, most_m)
    there = there[_beside(there, places, most_m)]
    chords = np.full(len(places), np.inf)
    if len(there) and near.any():
        away = nearest(places[near], arranged(there, there), slack=0.0, most=most_m).distance
        chords[near] = np.where(away <= most_m, away, np.inf)
    return chords


def _beside(places: Floats, others: Floats, most_m: float) -> NDArray[np.bool_]:
    """Which positions lie in the box around others, or beside it, in space; none without others."""
    if not len(others):
        return np.zeros(len(places), dtype=bool)
    low, high = others.min(axis=0) - most_m, others.max(axis=0) + most_m
    return np.asarray(((places >= low) & (places <= high)).all(axis=1))


def _nearest_ends(ends: Floats, others: Floats, on: Geod) -> Floats:
    """The ends of pieces that the shortest distance can begin at.

    A piece is no longer than `STEP_M`, so the nearest place of an edge is at most that much nearer
    than its ends; and chords differ by less than the geodesics that they span.
    """
    chords = _chords_m(ends, others, on)
    return np.asarray(ends[chords <= chords.min() + 2 * STEP_M])


def _segments(geometries: Geometries, on: Geod) -> tuple[Floats, Floats]:
    """Edges in short pieces; a point is an edge of no length."""
    cut = pieces(edges(geometries), STEP_M, on)
    parts = shapely.get_parts(np.array(list(geometries), dtype=object))
    points = shapely.get_coordinates(parts[shapely.get_type_id(parts) == 0])
    return np.concatenate([cut.start, points]), np.concatenate([cut.end, points])


def _around_place(geometries: Geometries, plane: Proj, within_m: float, on: Geod) -> BaseGeometry:
    """The pieces of the geometries within a distance of a plane's centre, in that plane."""
    start, end = (np.column_stack(plane(p[:, 0], p[:, 1])) for p in _segments(geometries, on))
    near = (np.hypot(*start.T) <= within_m) | (np.hypot(*end.T) <= within_m)
    lines = shapely.linestrings(np.stack([start[near], end[near]], axis=1))
    return shapely.GeometryCollection(list(np.asarray(lines, dtype=object).reshape(-1)))


def _to_segment_m(points: Floats, start: Floats, end: Floats, on: Geod) -> Floats:
    """Distance to a short segment, in the plane around each position."""
    ax, ay = _around(points, start, on)
    bx, by = _around(points, end, on)
    dx, dy = bx - ax, by - ay
    size = dx**2 + dy**2
    along = np.clip(-(ax * dx + ay * dy) / np.where(size > 0, size, 1.0), 0.0, 1.0)
    return np.asarray(np.hypot(ax + along * dx, ay + along * dy))


def _around(points: Floats, other: Floats, on: Geod) -> tuple[Floats, Floats]:
    azimuth, _, distance = on.inv(points[:, 0], points[:, 1], other[:, 0], other[:, 1])
    angle = np.radians(azimuth)
    return np.asarray(distance * np.sin(angle)), np.asarray(distance * np.cos(angle))
