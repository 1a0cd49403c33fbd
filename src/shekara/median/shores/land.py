"""Land that is known as polygons: no line is wanted there."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import geopandas as gpd
import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from shekara.geometry.arrays import Shapes
from shekara.geometry.folding import fold
from shekara.median.antimeridian import polygon
from shekara.median.ellipsoid import Bools, Floats, Globe, Ints
from shekara.median.shores.reading import lonlat

# A degree of latitude is longer than this everywhere.
DEGREE_M = 110_000.0


@dataclass(frozen=True)
class Land:
    """Polygons of land, as drawn in longitude and latitude."""

    globe: Globe
    polygons: tuple[shapely.Polygon, ...]

    @cached_property
    def tree(self) -> shapely.STRtree:
        """The polygons, for searching."""
        return shapely.STRtree(self.polygons)

    @cached_property
    def _edges(self) -> Shapes:
        """The edges of the polygons, prepared for measuring."""
        edges: Shapes = shapely.boundary(np.array(self.polygons, dtype=object))
        shapely.prepare(edges)
        return edges

    def contains(self, lon: Floats, lat: Floats) -> Bools:
        """Which places lie within the land."""
        out = np.zeros(len(lon), dtype=bool)
        out[self._holders(lon, lat)[0]] = True
        return out

    def _holders(self, lon: Floats, lat: Floats) -> tuple[Ints, Ints]:
        """Places that lie within polygons, and those polygons, by number."""
        if not len(lon):
            return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
        at, polygon = self.tree.query(shapely.points(lon, lat))
        # Many places ask few polygons, which are worth preparing; a tree would prepare the places.
        inside = shapely.contains_xy(self._prepared[polygon], lon[at], lat[at])
        return at[inside], polygon[inside]

    @cached_property
    def _prepared(self) -> Shapes:
        shapes: Shapes = np.array(self.polygons, dtype=object)
        shapely.prepare(shapes)
        return shapes

    def without(self, shape: BaseGeometry) -> list[Floats]:
        """The parts of a line that do not lie on land, as coordinates (n, 2)."""
        near = self.tree.query(shape, predicate="intersects")
        if len(near):
            dry = shapely.union_all([self.polygons[n] for n in near.tolist()])
            shape = shapely.line_merge(shapely.difference(shape, dry))
        return [
            shapely.get_coordinates(part)
            for part in shapely.get_parts(shape)
            if part.geom_type in ("LineString", "LinearRing") and part.length > 0
        ]

    def reached(self, u: Floats, after: Floats, margin_m: Floats) -> Bools:
        """Which chords come within a margin of water; those deep in one polygon do not."""
        depth = [self._depth_m(end) for end in (u, after)]
        length = np.linalg.norm(u - after, axis=1) * self.globe.radius
        dry: Bools = (
            (depth[0][0] == depth[1][0])
            & (depth[0][0] >= 0)
            & (depth[0][1] + depth[1][1] > length + 2 * margin_m)
        )
        return ~dry

    def _depth_m(self, u: Floats) -> tuple[Ints, Floats]:
        """The polygon that holds each unit vector (or -1), and how far it is from its edge."""
        lon, lat = self.globe.from_conformal(u)
        which = np.full(len(lon), -1)
        depth = np.zeros(len(lon))
        at, polygon = self._holders(lon, lat)
        which[at] = polygon
        degrees = shapely.distance(self._edges[polygon], shapely.points(lon[at], lat[at]))
        depth[at] = degrees * DEGREE_M * np.cos(np.radians(lat[at]))
        return which, depth


def read_land(table: gpd.GeoDataFrame, globe: Globe, *more: gpd.GeoDataFrame) -> Land | None:
    """The polygons among the shores, and in further tables of land, or none."""
    parts = [
        part
        for frame in (table, *more)
        for shape in lonlat(frame, "land").geometry
        if shape is not None
        for part in shapely.get_parts(shape)
        if part.geom_type == "Polygon" and not part.is_empty
    ]
    if not parts:
        return None
    flat = [part for p in parts for part in shapely.get_parts(_short_way(p, globe))]
    valid = [p if p.is_valid else shapely.make_valid(p) for p in flat]
    whole = [part for shape in valid for part in _within_180(shape)]
    return Land(globe, tuple(part for part in whole if isinstance(part, shapely.Polygon)))


def _short_way(shape: shapely.Polygon, globe: Globe) -> BaseGeometry:
    """A polygon whose edges leap over 180 degrees the short way round, as two polygons there.

    An edge of 360 degrees says that the polygon is drawn in the plane, as round a pole.
    """
    rings = [shapely.get_coordinates(ring) for ring in (shape.exterior, *shape.interiors)]
    leaps = np.abs(np.concatenate([np.diff(ring[:, 0]) for ring in rings]))
    if not ((leaps > 180) & (leaps < 360)).any():
        return shape
    return polygon(globe, [(ring[:, 0], ring[:, 1]) for ring in rings])


def _within_180(shape: BaseGeometry) -> list[BaseGeometry]:
    """The parts of a shape whose longitudes may run on beyond 180 degrees."""
    west, _, east, _ = shape.bounds
    return list(shapely.get_parts(shape if west >= -180 and east <= 180 else fold(shape)))
