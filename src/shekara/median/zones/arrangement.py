"""An arrangement: lines on the ellipsoid that part a stretch of it into faces."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from scipy.spatial import cKDTree
from shapely.geometry.base import BaseGeometry

from shekara.errors import GeometryError
from shekara.geometry.arrays import Shapes
from shekara.median.antimeridian import polygon
from shekara.median.ellipsoid import Floats, Globe, Plane
from shekara.median.shores.land import Land

# Edges longer than this follow their geodesic in the plane by points in between.
LONG_EDGE_M = 10_000.0
# Lines meet on a grid of this width (in radii of the Earth: 0.06 mm).
GRID = 1e-11
# Beyond this angle from its middle the plane is stretched more than fifteenfold.
WIDEST = np.radians(150)
# Shores all around the globe are charted from the far side of the emptiest sea: it needs this
# angle of open water, where the plane is stretched less than three hundredfold.
EMPTY = np.radians(7)
# Places among which the emptiest sea is sought, about 1.4 degrees apart.
PLACES = 20_000


@dataclass(frozen=True)
class Chart:
    """A plane in which lines of an ellipsoid are cut against each other."""

    globe: Globe
    plane: Plane

    @classmethod
    def about(
        cls, globe: Globe, lon: Floats, lat: Floats, margin_m: float, land: Land | None = None
    ) -> Chart:
        """The chart about places, with a margin in metres.

        Where the places lie all around the globe its middle is opposite to the sea that is
        farthest from them, so that no zone holds the one point that the plane lacks.

        Raises
        ------
        GeometryError
            No sea is left beyond the margin.
        """
        u = globe.conformal(lon, lat)
        plane = Plane.at(u.mean(axis=0))
        margin = margin_m / globe.radius
        spread = float(np.arccos(np.clip((u @ plane.centre).min(), -1, 1)))
        if spread + margin <= WIDEST:
            return cls(globe, plane)
        sea = _even_places(PLACES)
        if land is not None:
            sea = sea[~land.contains(*globe.from_conformal(sea))]
        chord = np.asarray(cKDTree(u).query(sea)[0]) if len(sea) else np.zeros(1)
        if 2 * np.arcsin(chord.max() / 2) - margin < EMPTY:
            raise GeometryError(
                "zones: between these shores no sea is left beyond the outermost breadth; give "
                "lesser breadths, or the shores part by part"
            )
        return cls(globe, Plane.at(-sea[int(np.argmax(chord))]))

    def line(self, lonlat: Floats) -> shapely.LineString:
        """A chain of geodesics (n, 2) in degrees as a line of the plane."""
        xy = _with_points_between(self.globe, lonlat)
        return shapely.LineString(self.plane.project(self.globe.conformal(xy[:, 0], xy[:, 1])))

    def lonlat(self, xy: Floats) -> Floats:
        """Plane coordinates (n, 2) as longitudes and latitudes."""
        return np.column_stack(self.globe.from_conformal(self.plane.lift(xy)))

    def faces(self, lines: Sequence[BaseGeometry]) -> Shapes:
        """The polygons between lines of the plane."""
        noded = shapely.union_all(np.asarray(lines, dtype=object), grid_size=GRID)
        return shapely.get_parts(shapely.polygonize(shapely.get_parts(noded)))

    def inside(self, shapes: Shapes) -> tuple[Floats, Floats]:
        """Longitude and latitude of a point within each polygon of the plane."""
        at = shapely.get_coordinates(shapely.point_on_surface(shapes))
        lonlat = self.lonlat(at.reshape(-1, 2))
        return lonlat[:, 0], lonlat[:, 1]

    def merged(self, shapes: Sequence[BaseGeometry] | Shapes) -> tuple[BaseGeometry, float]:
        """Polygons of the plane as one geometry in degrees, and its area in m²."""
        # Faces of one arrangement share their edges exactly.
        whole = shapely.coverage_union_all(np.asarray(shapes, dtype=object))
        parts: list[shapely.Polygon] = []
        area = 0.0
        for part in shapely.get_parts(whole):
            if part.geom_type != "Polygon" or part.is_empty:
                continue
            rings = [
                self.lonlat(shapely.get_coordinates(ring))
                for ring in (part.exterior, *part.interiors)
            ]
            for ring in rings:
                ring[-1] = ring[0]
            areas = [self.globe.area_m2(ring[:-1, 0], ring[:-1, 1]) for ring in rings]
            area += areas[0] - sum(areas[1:])
            shape = polygon(self.globe, [(ring[:, 0], ring[:, 1]) for ring in rings])
            parts.extend(shapely.get_parts(shape))
        if len(parts) == 1:
            return parts[0], area
        return shapely.MultiPolygon(parts), area


def _even_places(count: int) -> Floats:
    """Unit vectors (count, 3) evenly over the sphere, on a spiral with the golden angle."""
    height = 1 - (2 * np.arange(count) + 1) / count
    turn = np.pi * (3 - np.sqrt(5)) * np.arange(count)
    across = np.sqrt(1 - height**2)
    return np.column_stack([across * np.cos(turn), across * np.sin(turn), height])


def chains(shapes: Sequence[BaseGeometry] | Shapes) -> list[Floats]:
    """The lines and rings of shapes, as coordinates (n, 2) in degrees."""
    out = []
    for shape in shapely.get_parts(shapely.get_parts(shapes)):
        if shape.geom_type == "Polygon":
            out += [shapely.get_coordinates(ring) for ring in (shape.exterior, *shape.interiors)]
        elif shape.geom_type in ("LineString", "LinearRing"):
            out.append(shapely.get_coordinates(shape))
    return out


def _with_points_between(globe: Globe, lonlat: Floats) -> Floats:
    """The chain with points on its long edges."""
    lon, lat = lonlat[:, 0], lonlat[:, 1]
    chord = np.linalg.norm(np.diff(globe.conformal(lon, lat), axis=0), axis=1)
    if chord.max(initial=0) * globe.radius < 0.9 * LONG_EDGE_M:
        return lonlat
    course, _, length = globe.inverse(lon[:-1], lat[:-1], lon[1:], lat[1:])
    pieces = np.maximum(np.ceil(length / LONG_EDGE_M), 1).astype(np.int64)
    if (pieces == 1).all():
        return lonlat
    edge = np.repeat(np.arange(len(pieces)), pieces)
    step = np.arange(len(edge)) - np.repeat(np.cumsum(pieces) - pieces, pieces)
    x, y, _ = globe.direct(lon[edge], lat[edge], course[edge], length[edge] * step / pieces[edge])
    start = step == 0
    x, y = np.where(start, lon[edge], x), np.where(start, lat[edge], y)
    return np.column_stack([np.append(x, lon[-1]), np.append(y, lat[-1])])
