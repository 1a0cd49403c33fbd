"""Geometry brought onto the page: cut to the window, projected, freed of needless detail."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

import numpy as np
import shapely
from matplotlib.path import Path
from shapely import affinity
from shapely.geometry import GeometryCollection, LineString, MultiPoint, Point, Polygon, box
from shapely.geometry.base import BaseGeometry, BaseMultipartGeometry

from shekara.geometry.seams import outline as boundary_without_seams
from shekara.sheet.identity import Same
from shekara.sheet.map.frame import MapFrame

DETAIL_MM = 0.05  # a sixth of the thinnest line: half a printer's dot at 300 dpi
GROUND_DETAIL_MM = 0.08  # of the ground, generalised for the printed scale
LEAST_GROUND_MM2 = 0.3  # smaller islands and lakes of the ground are left out
RIM_MM = 0.05  # how far beyond the rim rounding may carry a point that lies on it
EMPTY = GeometryCollection()


def on_page(
    geometry: BaseGeometry | None,
    map_frame: MapFrame,
    *,
    outline: bool = False,
    detail_mm: float = DETAIL_MM,
) -> BaseGeometry:
    """The geometry in projected metres within the window.

    Parameters
    ----------
    geometry
        Lon lat, degrees.
    map_frame
        What the sheet shows.
    outline
        Of polygons take the boundary, without the seams at the antimeridian and poles.
    detail_mm
        How far a line may lie from the true one, mm on paper.
    """
    if geometry is None or geometry.is_empty:
        return EMPTY
    if shapely.get_dimensions(geometry) == 0:
        return points_on_page([geometry], map_frame)[0]
    return _cut(Same(geometry), map_frame, outline, detail_mm)


@lru_cache(maxsize=2048)
def _cut(
    same: Same[BaseGeometry], map_frame: MapFrame, outline: bool, detail_mm: float
) -> BaseGeometry:
    geometry = same.value
    if outline:
        geometry = boundary_without_seams(geometry)
        if geometry.is_empty:
            return EMPTY
    west, south, east, north = map_frame.lonlat_box
    turned = []
    low, _, high, _ = geometry.bounds
    for turn in range(math.floor((west - high) / 360), math.ceil((east - low) / 360) + 1):
        shift = 360.0 * turn
        if high + shift < west or low + shift > east:
            continue
        part = shapely.clip_by_rect(geometry, west - shift, south, east - shift, north)
        if not part.is_empty:
            turned.append(affinity.translate(part, shift, 0.0))
    if not turned:
        return EMPTY
    # An edge of GeoJSON is straight in lon lat; on the page it is a curve.
    step = max((east - west), (north - south)) / 180
    pieces = [_project(shapely.segmentize(part, step), map_frame) for part in turned]
    pieces = [piece for piece in pieces if not piece.is_empty]
    if not pieces:
        return EMPTY
    whole = pieces[0] if len(pieces) == 1 else shapely.union_all(pieces)
    if not outline and east - west > 359.9 and whole.area > 0:
        # About a pole the two sides of the antimeridian lie side by side: close the seam.
        whole = shapely.union_all(shapely.get_parts(whole), grid_size=1.0)
    left, bottom, right, top = map_frame.bounds
    cut = shapely.clip_by_rect(whole, left, bottom, right, top)
    return _simplified(cut, detail_mm / map_frame.mm_per_m)


def _simplified(shape: BaseGeometry, tolerance: float) -> BaseGeometry:
    """The shape without needless detail, still valid and with all its parts.

    To watch over the topology of long rings takes many times as long as to look afterwards whether
    it was kept, and it nearly always is.
    """
    plain = shapely.simplify(shape, tolerance, preserve_topology=False)
    same_parts = shapely.get_num_geometries(plain) == shapely.get_num_geometries(shape)
    if same_parts and not plain.is_empty and plain.is_valid:
        return plain
    return shapely.simplify(shape, tolerance, preserve_topology=True)


def generalised(ground: BaseGeometry, map_frame: MapFrame) -> BaseGeometry:
    """A piece of ground without the islands, lakes and holes that paper shows as specks."""
    return _generalised(Same(ground), map_frame)


@lru_cache(maxsize=1024)
def _generalised(same: Same[BaseGeometry], map_frame: MapFrame) -> BaseGeometry:
    ground = same.value
    least = LEAST_GROUND_MM2 / map_frame.mm_per_m**2
    areas = polygons_of(ground)
    if not areas:
        return ground
    kept = [
        Polygon(area.exterior, [hole for hole in area.interiors if Polygon(hole).area >= least])
        for area in areas
        if area.area >= least
    ]
    return shapely.MultiPolygon(kept) if kept else EMPTY


def without_specks(rim: BaseGeometry, map_frame: MapFrame) -> BaseGeometry:
    """An outline without the closed lines of islands too small to be drawn; never without all."""
    least = LEAST_GROUND_MM2 / map_frame.mm_per_m**2
    lines = lines_of(rim)
    kept = [line for line in lines if not (line.is_ring and Polygon(line).area < least)]
    return shapely.MultiLineString(kept or lines)


def points_on_page(
    shapes: Sequence[BaseGeometry | None], map_frame: MapFrame
) -> list[BaseGeometry]:
    """Shapes of points in projected metres within the window, all at once.

    Points have no extent that a rim could cut: those on it, at ±180° or a pole, are shown.

    Parameters
    ----------
    shapes
        Points or several points each, lon lat, degrees; None has none.
    map_frame
        What the sheet shows.
    """
    lonlat, owner = shapely.get_coordinates(shapes, return_index=True)
    x, y = map_frame.forward(lonlat[:, 0], lonlat[:, 1])
    left, bottom, right, top = map_frame.bounds
    rim = RIM_MM / map_frame.mm_per_m
    shown = (x >= left - rim) & (x <= right + rim) & (y >= bottom - rim) & (y <= top + rim)
    kept = np.column_stack([np.clip(x, left, right), np.clip(y, bottom, top)])[shown]
    ends = np.searchsorted(owner[shown], np.arange(len(shapes) + 1))
    points = np.asarray(shapely.points(kept), dtype=object)
    return [
        EMPTY
        if last == first
        else points[first]
        if last == first + 1
        else MultiPoint(kept[first:last])
        for first, last in pairwise(ends.tolist())
    ]


def _project(geometry: BaseGeometry, map_frame: MapFrame) -> BaseGeometry:
    def metres(lonlat: np.ndarray) -> np.ndarray:
        return np.column_stack(map_frame.forward(lonlat[:, 0], lonlat[:, 1]))

    projected = shapely.transform(geometry, metres)
    if not np.isfinite(shapely.get_coordinates(projected)).all():
        projected = _finite(projected)
    # The rim of a polygon that was cut at a seam or a pole can touch itself once projected.
    return projected if projected.is_valid else shapely.make_valid(projected)


def _finite(geometry: BaseGeometry) -> BaseGeometry:
    """What remains when points without a place are left out."""
    parts: list[BaseGeometry] = []
    for part in _simple(geometry):
        if isinstance(part, Polygon):
            ring = shapely.get_coordinates(part.exterior)
            ring = ring[np.isfinite(ring).all(axis=1)]
            if len(ring) >= 3:
                parts.append(Polygon(ring))
            continue
        xy = shapely.get_coordinates(part)
        good = np.asarray(np.isfinite(xy).all(axis=1))
        if part.geom_type == "Point":
            parts += [part] if good.all() else []
            continue
        for run in np.split(np.arange(len(xy)), np.flatnonzero(~good)):
            run = run[good[run]]
            if len(run) >= 2:
                parts.append(LineString(xy[run]))
    return GeometryCollection(parts) if len(parts) != 1 else parts[0]


def path_of(geometry: BaseGeometry) -> Path | None:
    """The geometry's lines and rings as one path; None where there are none."""
    vertices, codes = [], []
    for part in _rings_and_lines(geometry):
        xy = shapely.get_coordinates(part)
        if len(xy) < 2:
            continue
        code = np.full(len(xy), Path.LINETO, dtype=np.uint8)
        code[0] = Path.MOVETO
        if part.geom_type == "LinearRing":
            code[-1] = Path.CLOSEPOLY
        vertices.append(xy)
        codes.append(code)
    return Path(np.vstack(vertices), np.concatenate(codes)) if vertices else None


def _rings_and_lines(geometry: BaseGeometry) -> list[BaseGeometry]:
    result: list[BaseGeometry] = []
    for part in shapely.get_parts(geometry):
        if part.geom_type == "Polygon":
            part = shapely.orient_polygons(part)
            result += [part.exterior, *part.interiors]
        elif part.geom_type in ("LineString", "LinearRing"):
            result.append(part)
        elif hasattr(part, "geoms"):
            result += _rings_and_lines(part)
    return result


def polygons_of(geometry: BaseGeometry) -> list[Polygon]:
    """All polygons in a geometry, however nested."""
    return [part for part in _simple(geometry) if isinstance(part, Polygon)]


def largest_area(geometry: BaseGeometry) -> Polygon | None:
    """The largest polygon of a geometry; None where it has none."""
    return max(polygons_of(geometry), key=lambda part: part.area, default=None)


def lines_of(geometry: BaseGeometry) -> list[LineString]:
    """All lines in a geometry, however nested."""
    return [part for part in _simple(geometry) if isinstance(part, LineString)]


def points_of(geometry: BaseGeometry) -> list[Point]:
    """All points in a geometry, however nested."""
    return [part for part in _simple(geometry) if isinstance(part, Point)]


def _simple(geometry: BaseGeometry) -> Iterator[BaseGeometry]:
    for part in shapely.get_parts(geometry):
        if isinstance(part, BaseMultipartGeometry):
            yield from _simple(part)
        else:
            yield part


def earth(map_frame: MapFrame) -> BaseGeometry:
    """The part of the window that is on the Earth, projected metres."""
    left, bottom, right, top = map_frame.bounds
    x, y = np.meshgrid(np.linspace(left, right, 41), np.linspace(bottom, top, 41))
    if np.isfinite(map_frame.inverse(x.ravel(), y.ravel())[0]).all():
        return box(*map_frame.bounds)
    west, south, east, north = map_frame.lonlat_box
    return on_page(box(west + 1e-7, south, east - 1e-7, north), map_frame)
