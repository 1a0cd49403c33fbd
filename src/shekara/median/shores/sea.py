"""The sea that is divided: its rings on the sphere, in a plane where they can be cut."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import geopandas as gpd
import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from shekara.errors import GeometryError, UsageError
from shekara.geometry.longitudes import wrap
from shekara.median.ellipsoid import Bools, Floats, Globe, Ints, Plane
from shekara.median.shores.given import SeaTable
from shekara.median.shores.reading import lonlat

# Edges longer than this follow their geodesic in the plane by points in between.
LONG_EDGE_M = 10_000.0


@dataclass(frozen=True)
class Sea:
    """One or several polygons with geodesic edges; nodes are numbered over all rings."""

    globe: Globe
    plane: Plane
    lon: Floats
    lat: Floats
    drawn: Bools
    """Whether a node is a vertex of the sea (others only bend long edges)."""
    rings: tuple[Ints, ...]
    """Nodes of each ring in order, the first not repeated."""

    @cached_property
    def xy(self) -> Floats:
        """Plane coordinates (n, 2) of the nodes."""
        return self.plane.project(self.globe.conformal(self.lon, self.lat))

    @cached_property
    def area(self) -> BaseGeometry:
        """The sea as one shapely geometry in the plane."""
        lines = [shapely.LineString(self.xy[np.append(ring, ring[0])]) for ring in self.rings]
        return shapely.build_area(shapely.MultiLineString(lines))

    def contains(self, xy: Floats) -> Bools:
        """Which plane points lie inside the sea."""
        shapely.prepare(self.area)
        return np.asarray(shapely.contains_xy(self.area, xy[:, 0], xy[:, 1]))

    def reached(self, u: Floats, after: Floats, margin_m: Floats) -> Bools:
        """Which chords between unit vectors (n, 3) come within a margin of the sea."""
        ends = np.stack([self.plane.project(u), self.plane.project(after)], axis=1)
        scale = 1 + (ends**2).sum(axis=2).max(axis=1) / 4
        shapely.prepare(self.area)
        chords = shapely.linestrings(ends)
        return np.asarray(shapely.dwithin(self.area, chords, margin_m / self.globe.radius * scale))

    @cached_property
    def radius_m(self) -> float:
        """Radius about the middle of the plane within which the whole sea lies, in metres."""
        u = self.globe.conformal(self.lon, self.lat)
        cosine = np.clip((u @ self.plane.centre).min(), -1, 1)
        return float(np.arccos(cosine) * self.globe.radius * 1.01)


def read_sea(given: SeaTable | BaseGeometry, globe: Globe) -> Sea:
    """The sea from a polygon, or from all polygons of a table.

    Parts that a file has cut apart (at the antimeridian, say) become one again where they share
    edges.

    Raises
    ------
    UsageError
        The sea is no polygon.
    GeometryError
        The polygon is empty, crosses itself or covers more than half the globe.
    """
    polygons = _polygons(given)
    rings = [
        shapely.get_coordinates(ring)[:-1]
        for polygon in polygons
        for ring in (polygon.exterior, *polygon.interiors)
    ]
    xy = np.concatenate(rings)
    lat = xy[:, 1] + 0.0
    lon = np.where(np.abs(lat) == 90, 0.0, wrap(xy[:, 0] + 0.0))
    places, place = np.unique(np.stack([lon, lat], axis=1), axis=0, return_inverse=True)
    sizes = np.array([len(r) for r in rings])
    loops = _without_seams(np.split(place.ravel(), np.cumsum(sizes)[:-1]))
    if not loops:
        raise GeometryError("sea: the polygon has no area; give the water surface")
    u = globe.conformal(places[:, 0], places[:, 1])
    used = np.unique(np.concatenate(loops))
    plane = Plane.at(_middle(u[used]))
    sea = _bend(
        Sea(
            globe, plane, places[:, 0], places[:, 1], np.ones(len(places), dtype=bool), tuple(loops)
        )
    )
    if sea.radius_m > 15e6:
        raise GeometryError("sea: it covers most of the globe; divide it part by part")
    for ring in sea.rings:
        line = shapely.LinearRing(sea.xy[ring])
        if not line.is_simple:
            raise GeometryError(
                f"sea: a ring near {sea.lon[ring[0]]:.4f}, {sea.lat[ring[0]]:.4f} crosses itself; "
                "repair the polygon (shapely.make_valid)"
            )
    return sea


def _middle(u: Floats) -> Floats:
    middle: Floats = np.asarray(u.mean(axis=0))
    if np.linalg.norm(middle) < 1e-6:
        raise GeometryError("sea: it surrounds the globe; divide it part by part")
    return middle


def _polygons(given: SeaTable | BaseGeometry) -> list[shapely.Polygon]:
    if isinstance(given, (gpd.GeoDataFrame, gpd.GeoSeries)):
        geometries = [g for g in lonlat(given, "sea").geometry if g is not None]
    elif hasattr(given, "geom_type"):
        geometries = list(lonlat(gpd.GeoSeries([given]), "sea"))
    else:
        raise UsageError(f"sea: a polygon or a GeoDataFrame is needed, not {type(given).__name__}")
    polygons = []
    for geometry in geometries:
        for part in shapely.get_parts(geometry):
            if part.is_empty:
                continue
            if part.geom_type != "Polygon":
                raise UsageError(f"sea: a {part.geom_type} is no water surface; give polygons only")
            polygons.append(part)
    if not polygons:
        raise GeometryError("sea: no polygon; give the water surface")
    return polygons


def _without_seams(loops: list[Ints]) -> list[Ints]:
    """Rings of places, without the edges that two of them pass in opposite directions."""
    edges: dict[tuple[int, int], int] = {}
    for loop in loops:
        ring = loop[np.append(loop[1:] != loop[:-1], loop[-1] != loop[0])]
        for a, b in zip(ring.tolist(), np.roll(ring, -1).tolist(), strict=True):
            edges[a, b] = edges.get((a, b), 0) + 1
    seams = {(a, b) for a, b in edges if (b, a) in edges}
    if not seams:
        return [
            loop[np.append(loop[1:] != loop[:-1], loop[-1] != loop[0])]
            for loop in loops
            if len(np.unique(loop)) > 2
        ]
    follow: dict[int, list[int]] = {}
    for a, b in edges:
        if (a, b) not in seams:
            follow.setdefault(a, []).append(b)
    out = []
    while follow:
        start = node = next(iter(follow))
        ring = []
        while node in follow:
            ring.append(node)
            following = follow[node].pop()
            if not follow[node]:
                del follow[node]
            node = following
            if node == start:
                break
        if len(ring) > 2:
            out.append(np.array(ring, dtype=np.int64))
    return out


def _bend(sea: Sea) -> Sea:
    """The sea with points on its long edges."""
    lon, lat = [sea.lon], [sea.lat]
    count, rings = len(sea.lon), []
    for ring in sea.rings:
        after = np.roll(ring, -1)
        course, _, length = sea.globe.inverse(
            sea.lon[ring], sea.lat[ring], sea.lon[after], sea.lat[after]
        )
        pieces = np.maximum(np.ceil(length / LONG_EDGE_M), 1).astype(np.int64)
        repeat = np.repeat(np.arange(len(ring)), pieces)
        step = np.arange(len(repeat)) - np.repeat(np.cumsum(pieces) - pieces, pieces)
        inner = step > 0
        x, y, _ = sea.globe.direct(
            sea.lon[ring[repeat[inner]]],
            sea.lat[ring[repeat[inner]]],
            course[repeat[inner]],
            length[repeat[inner]] * step[inner] / pieces[repeat[inner]],
        )
        nodes = ring[repeat]
        nodes[inner] = count + np.arange(int(inner.sum()))
        count += int(inner.sum())
        lon.append(wrap(x))
        lat.append(y)
        rings.append(nodes)
    all_lon, all_lat = np.concatenate(lon), np.concatenate(lat)
    drawn = np.arange(len(all_lon)) < len(sea.lon)
    return Sea(sea.globe, sea.plane, all_lon, all_lat, drawn, tuple(rings))
