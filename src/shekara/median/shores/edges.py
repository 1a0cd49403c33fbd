"""Edges: the curve between two vertices of a shore, a sea or a straight baseline.

Files seldom say it: RFC 7946 draws edges straight in longitude and latitude, decrees on straight
baselines mean loxodromes (straight on a Mercator chart) or geodesics. At 49° N the first differs
from the last by 12 m over a degree and by 12 km over ten.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

import geopandas as gpd
import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry, BaseMultipartGeometry

from shekara.errors import UsageError
from shekara.geometry.arrays import Shapes
from shekara.geometry.longitudes import short_way
from shekara.median.ellipsoid import Bools, Floats, Globe
from shekara.median.shores.given import Given, SeaTable

Curve = Callable[[Floats, Floats, Floats], Floats]  # places between two ends, at parts of the way
KINDS = ("geodesic", "loxodrome", "lonlat")
# Bent edges become geodesic pieces that stray no farther (2 cm).
BENT_M = 0.02
# Pieces of one edge at most: half the globe at a sagitta of centimetres.
MOST = 20_000


@dataclass(frozen=True)
class Parting:
    """The place at which two readings of the edges lie farthest apart."""

    lon: float
    lat: float
    apart_m: float


def bend_edges(table: Given, kind: str, globe: Globe) -> Given:
    """The table, its edges replaced by geodesic pieces that follow the kind of curve asked for.

    Raises
    ------
    UsageError
        There is no such kind.
    """
    if kind not in KINDS:
        raise UsageError(f"edges: {kind!r}; give geodesic, loxodrome or lonlat")
    if kind == "geodesic" or not isinstance(table, (gpd.GeoDataFrame, gpd.GeoSeries)):
        return table
    curve = _loxodrome(globe) if kind == "loxodrome" else _straight

    def bend(shape: BaseGeometry | None) -> BaseGeometry | None:
        return None if shape is None else _bend_shape(shape, curve, globe)

    bent = [bend(shape) for shape in table.geometry]
    result: Given = (
        gpd.GeoSeries(bent, index=table.index, crs=table.crs)
        if isinstance(table, gpd.GeoSeries)
        else table.set_geometry(bent, crs=table.crs)
    )
    return result


def parting(table: SeaTable, globe: Globe) -> Parting | None:
    """Where geodesic edges part most from edges straight in longitude and latitude."""
    shapes = np.asarray(table.geometry.array if hasattr(table, "geometry") else table.array)
    shapes = shapes[[s is not None and not s.is_empty for s in shapes]]
    xy, part = shapely.get_coordinates(_chains(shapes), return_index=True)
    # What is no number is refused where the shores are read.
    known: Bools = np.asarray(np.isfinite(xy).all(axis=1))
    at = np.flatnonzero((part[1:] == part[:-1]) & known[1:] & known[:-1])
    if not len(at):
        return None
    a, b = xy[at], xy[at + 1]
    step = short_way(b[:, 0] - a[:, 0])
    lon, lat = globe.between(a[:, 0], a[:, 1], b[:, 0], b[:, 1], 0.5)
    apart = globe.distance_m(lon, lat, a[:, 0] + step / 2, (a[:, 1] + b[:, 1]) / 2)
    # At a pole longitudes say nothing about the edge.
    apart[np.maximum(np.abs(a[:, 1]), np.abs(b[:, 1])) > 89.9] = 0
    worst = int(np.argmax(apart))
    return Parting(float(lon[worst]), float(lat[worst]), float(apart[worst]))


def _chains(shapes: Shapes) -> Shapes:
    out = []
    for shape in shapely.get_parts(shapely.get_parts(shapes)):
        if shape.geom_type == "Polygon":
            out += [shape.exterior, *shape.interiors]
        elif shape.geom_type in ("LineString", "LinearRing"):
            out.append(shape)
    return np.array(out, dtype=object)


def _bend_shape(shape: BaseGeometry, curve: Curve, globe: Globe) -> BaseGeometry:
    if isinstance(shape, shapely.Point | shapely.MultiPoint) or shape.is_empty:
        return shape
    if isinstance(shape, shapely.LineString):  # rings are lines, too
        return type(shape)(_bend_chain(shapely.get_coordinates(shape), curve, globe))
    if isinstance(shape, shapely.Polygon):
        rings = [shape.exterior, *shape.interiors]
        bent = [_bend_chain(shapely.get_coordinates(r), curve, globe) for r in rings]
        return shapely.Polygon(bent[0], bent[1:])
    assert isinstance(shape, BaseMultipartGeometry)
    parts = [_bend_shape(part, curve, globe) for part in shape.geoms]
    if isinstance(shape, shapely.MultiLineString):
        return shapely.MultiLineString([p for p in parts if isinstance(p, shapely.LineString)])
    if isinstance(shape, shapely.MultiPolygon):
        return shapely.MultiPolygon([p for p in parts if isinstance(p, shapely.Polygon)])
    return shapely.GeometryCollection(parts)


def _bend_chain(xy: Floats, curve: Curve, globe: Globe) -> Floats:
    """The chain with points between; an edge gives the same points from either end."""
    out = [xy[:1]]
    for a, b in pairwise(xy):
        swap = (b[0], b[1]) < (a[0], a[1])
        first, last = (b, a) if swap else (a, b)
        pieces = _pieces(first, last, curve, globe)
        inner = curve(first, last, np.arange(1, pieces) / pieces)
        out += [inner[::-1] if swap else inner, b[None]]
    return np.concatenate(out)


def _pieces(a: Floats, b: Floats, curve: Curve, globe: Globe) -> int:
    """How many pieces keep the chords within the limit: a sagitta falls with the square."""
    pieces = 1
    for _ in range(4):
        ends = curve(a, b, np.linspace(0, 1, pieces + 1))
        middle = curve(a, b, (np.arange(pieces) + 0.5) / pieces)
        lon, lat = globe.between(ends[:-1, 0], ends[:-1, 1], ends[1:, 0], ends[1:, 1], 0.5)
        stray = float(globe.distance_m(lon, lat, middle[:, 0], middle[:, 1]).max())
        if stray <= BENT_M or pieces >= MOST:
            break
        pieces = min(MOST, int(np.ceil(pieces * np.sqrt(stray / BENT_M) * 1.1)))
    return pieces


def _straight(a: Floats, b: Floats, t: Floats) -> Floats:
    step = short_way(float(b[0] - a[0]))
    return np.column_stack([a[0] + step * t, a[1] + (b[1] - a[1]) * t])


def _loxodrome(globe: Globe) -> Curve:
    """Points of a loxodrome at parts of its way, by the isometric latitude (Snyder 1987, 7-7)."""
    e = float(np.sqrt(globe.geod.es))

    def isometric(lat: Floats) -> Floats:
        sine = np.sin(np.radians(lat))
        return np.arctanh(sine) - e * np.arctanh(e * sine)

    def curve(a: Floats, b: Floats, t: Floats) -> Floats:
        step = short_way(float(b[0] - a[0]))
        lat = a[1] + (b[1] - a[1]) * t
        q0, q1 = isometric(a[1]), isometric(b[1])
        if abs(b[1] - a[1]) < 1e-9 or not np.isfinite([q0, q1]).all():
            return np.column_stack([a[0] + step * t, lat])
        return np.column_stack([a[0] + step * (isometric(lat) - q0) / (q1 - q0), lat])

    return curve
