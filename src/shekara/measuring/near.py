"""How far things lie from each other on the ellipsoid: nearest places, samples along lines.

Candidates come from a k-d tree of geocentric positions; the distance itself is taken in the
azimuthal equidistant plane around the position that asks, where distances from it are geodesic.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import Geod, Proj
from shapely.geometry.base import BaseGeometry

from shekara.errors import GeometryError
from shekara.geometry.geocentric import geocentric_m
from shekara.geometry.relations import holds, meet
from shekara.measuring.size import WGS84, Edges, Floats, Geometries, edge_lengths_m, edges

# Edges of the target are cut to this length, so that the plane's straight chord departs from the
# geodesic by less than 0.1 m: l²/8R is 0.08 m at 2 km.
STEP_M = 2000.0
NEIGHBOURS = 6  # vertices whose edges are tried; the nearest place lies on one of the first two


class Sample(NamedTuple):
    """Positions along lines, each standing for a piece of them."""

    points: Floats  # (n, 2) lon lat, the middles of the pieces
    weight_m: Floats  # (n,) length of the piece
    owner: NDArray[np.int64]  # (n,) index of the geometry


def pieces(edge_table: Edges, step_m: float, on: Geod = WGS84) -> Edges:
    """Every edge cut along its geodesic into equal pieces of at most `step_m`."""
    lengths = edge_lengths_m(edge_table, on)
    count = np.maximum(1, np.ceil(lengths / step_m)).astype(np.int64)
    index = np.repeat(np.arange(len(count)), count)
    first = np.repeat(np.cumsum(count) - count, count)
    place = np.arange(len(index)) - first
    azimuth, _, _ = on.inv(
        edge_table.start[:, 0], edge_table.start[:, 1], edge_table.end[:, 0], edge_table.end[:, 1]
    )
    azimuth = np.asarray(azimuth)[index]
    total = lengths[index]

    def at(share: Floats) -> Floats:
        lon, lat, _ = on.fwd(
            edge_table.start[index, 0], edge_table.start[index, 1], azimuth, total * share
        )
        return np.column_stack([lon, lat])

    start, end = at(place / count[index]), at((place + 1) / count[index])
    start[place == 0] = edge_table.start[index[place == 0]]
    last = place == count[index] - 1
    end[last] = edge_table.end[index[last]]
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


def distances_to_m(points: Floats, geometries: Geometries, on: Geod = WGS84) -> Floats:
    """Geodesic distance from each position to the nearest place of any geometry; 0 inside areas.

    Raises
    ------
    GeometryError
        There is no geometry.
    """
    from scipy.spatial import cKDTree

    start, end = _segments(geometries, on)
    if not len(start):
        raise GeometryError("there is no geometry to measure a distance to")
    ends = np.concatenate([start, end])
    tree = cKDTree(geocentric_m(ends[:, 0], ends[:, 1], on))
    count = min(NEIGHBOURS, tree.n)
    _, near = tree.query(geocentric_m(points[:, 0], points[:, 1], on), k=count)
    near = np.asarray(near).reshape(len(points), count) % len(start)
    best = np.full(len(points), np.inf)
    for column in near.T:
        best = np.minimum(best, _to_segment_m(points, start[column], end[column], on))
    inside = np.zeros(len(points), dtype=bool)
    for geometry in geometries:
        if geometry.geom_type in ("Polygon", "MultiPolygon"):
            inside |= holds(geometry, points)
    return np.where(inside, 0.0, best)


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
    from scipy.spatial import cKDTree

    tree = cKDTree(geocentric_m(others[:, 0], others[:, 1], on))
    places = geocentric_m(points[:, 0], points[:, 1], on)
    return np.asarray(tree.query(places, distance_upper_bound=most_m)[0])


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
