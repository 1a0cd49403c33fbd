"""The division of a sea, or of open water, among the owners of its shores."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import geopandas as gpd
import numpy as np
import shapely

from shekara.errors import GeometryError, UsageError
from shekara.median.ellipsoid import Floats, Ints, globe
from shekara.median.partition.clip import clip
from shekara.median.partition.half_effect import effective_shores, halfway_division, open_sea
from shekara.median.partition.sectors import (
    faces,
    owners_of,
    refuse_gaps,
    sea_area_m2,
    sector_shapes,
)
from shekara.median.shores.crossings import refuse_crossings
from shekara.median.shores.sea import Sea, read_sea
from shekara.median.shores.shores import Shores, lonlat
from shekara.median.tables.result import Division
from shekara.median.tables.simplify import simplify_line
from shekara.median.tables.tables import CRS, NAUTICAL_MILE_M, line_table, point_table
from shekara.median.trace.points import SAMPLE, TURN
from shekara.median.trace.trace import Trace, trace_lines


def divide(
    shores: gpd.GeoDataFrame,
    *,
    by: str,
    sea: Any = None,
    tolerance_m: float = 1.0,
    weight: Mapping[str, float] | None = None,
    effect: Mapping[str, float | str] | None = None,
    baselines: gpd.GeoDataFrame | None = None,
    spacing_m: float | None = None,
    reach_m: float | None = None,
    simplify_m: float | None = None,
    ellipsoid: str = "WGS84",
) -> Division:
    """Divides the water between the owners of the shores by strict equidistance.

    Args:
        shores: Geometry of any kind and reference system; every vertex and edge is shore.
        by: Column that names the owner of each feature.
        sea: Polygon(s) of the water; without it lines run on as far as ``reach_m``.
        tolerance_m: No chord of a line strays farther from the true curve.
        weight: Weight of owners (others 1): an equiratio line has d1 / w1 = d2 / w2.
        effect: Effect of islands by index, id or name: none, half or full (0, 0.5, 1). Half
            effect is the line half-way between those of full and of no effect.
        baselines: Closing lines, with the same column; their edges are geodesics.
        spacing_m: Greatest distance between sites along the shores; chosen when not given, and
            of no influence on the result beyond a micrometre.
        reach_m: Without a sea: distance from the shores at which lines end. By default twice the
            extent of the shores, at least 350 nautical miles.
        simplify_m: Also simplify the lines within this tolerance, exchanging equal areas; points
            and sectors stay exact.
        ellipsoid: Name of an ellipsoid that PROJ knows.

    Raises:
        UsageError: A column, option or value that cannot be meant.
        GeometryError: Shores or a sea that cannot be divided.
    """
    _check(tolerance_m, spacing_m, reach_m, sea)
    earth = globe(ellipsoid)
    read, half = effective_shores(shores, by, earth, baselines, effect)
    if len(read.owners) < 2:
        raise GeometryError(
            f"shores: {by} names one owner only, {read.owners[0]!r}; a line needs two or more"
        )
    refuse_crossings(read)
    water = None if sea is None else read_sea(sea, earth)
    weights = _weights(read.owners, weight)
    if water is None and half.any():
        water = open_sea(read, reach_m)
    if water is not None:
        reach_m = _sea_reach_m(read, water)
    trace = trace_lines(
        read, weights, tolerance_m=tolerance_m, spacing_m=spacing_m, reach_m=reach_m
    )
    if half.any() and water is not None:
        none = trace_lines(
            read,
            weights,
            tolerance_m=tolerance_m,
            spacing_m=spacing_m,
            reach_m=trace.reach_m,
            mask=~half,
        )
        result = halfway_division(trace, none, water, sea is None, ellipsoid, tolerance_m)
    elif water is None:
        result = _open_water(trace, shores, ellipsoid, tolerance_m)
    else:
        result = _divided_sea(trace, water, ellipsoid, tolerance_m)
    return result if simplify_m is None else _with_simple_lines(result, simplify_m)


def _with_simple_lines(result: Division, simplify_m: float) -> Division:
    """The same division, its lines simplified and measured anew."""
    geod = globe(result.ellipsoid).geod
    lines = result.lines.copy()
    shapes = []
    for shape in lines.geometry:
        parts = [
            simplify_line(part, simplify_m, ellipsoid=result.ellipsoid)
            for part in shapely.get_parts(shape)
        ]
        shapes.append(shapely.MultiLineString(parts) if len(parts) > 1 else parts[0])
    lines["geometry"] = shapes
    lines["length_m"] = [geod.geometry_length(shape) for shape in shapes]
    lines["length_nmi"] = lines["length_m"] / NAUTICAL_MILE_M
    return replace(result, lines=lines)


def _check(tolerance_m: float, spacing_m: float | None, reach_m: float | None, sea: Any) -> None:
    for name, value in (("tolerance", tolerance_m), ("spacing", spacing_m), ("reach", reach_m)):
        if value is not None and not (np.isfinite(value) and value >= 0.001):
            raise UsageError(f"{name}: {value} m; give a length of 0.001 m or more")
    if reach_m is not None and sea is not None:
        raise UsageError("reach: a sea ends the lines already; give a sea or a reach, not both")


def _weights(owners: tuple[str, ...], weight: Mapping[str, float] | None) -> Floats:
    out: Floats = np.ones(len(owners))
    for name, value in (weight or {}).items():
        if name not in owners:
            raise UsageError(f"weight: no owner {name!r}; owners: {', '.join(owners)}")
        if not (np.isfinite(value) and 0.01 <= value <= 100):
            raise UsageError(f"weight: {name} = {value}; give a number between 0.01 and 100")
        out[owners.index(name)] = value
    # Only ratios count; the greatest weight is one, so that levels are metres of its owner.
    scaled: Floats = out / out.max()
    return scaled


def _sea_reach_m(shores: Shores, sea: Sea) -> float:
    """No point of the sea is farther than this from every shore."""
    lon, lat = sea.globe.from_conformal(sea.plane.centre[None])
    many = len(shores.lon)
    nearest = sea.globe.distance_m(
        np.full(many, lon[0]), np.full(many, lat[0]), shores.lon, shores.lat
    ).min()
    return float(nearest + 2 * sea.radius_m)


def _divided_sea(trace: Trace, sea: Sea, ellipsoid: str, tolerance_m: float) -> Division:
    weighted = trace.weighted
    cut = clip(weighted, trace.traced, sea)
    parts = faces(sea, cut)
    sea_m2 = sea_area_m2(sea)
    refuse_gaps(sea_m2, sum(face.area_m2 for face in parts))
    owner = owners_of(weighted, sea, parts)
    shapes = sector_shapes(sea, cut, parts, owner)
    names = weighted.shores.owners
    area = [
        sum(f.area_m2 for f, holder in zip(parts, owner, strict=True) if holder == n)
        for n in range(len(names))
    ]
    sectors = gpd.GeoDataFrame(
        {"owner": names, "area_m2": area, "share": [a / sea_m2 for a in area]},
        geometry=[shapes.get(n, shapely.Polygon()) for n in range(len(names))],
        crs=CRS,
    )
    used = np.unique(np.concatenate(cut.pieces)) if cut.pieces else np.zeros(0, dtype=np.int64)
    vertex = cut.vertex[used]
    rows = _rows_at(trace, vertex[vertex >= 0], {trace.owners[n].tobytes() for n in cut.line})
    edge = cut.ends[(cut.pair[cut.ends] >= 0).all(axis=1)]
    points = point_table(trace, rows, cut.lon[edge], cut.lat[edge], cut.pair[edge])
    pieces = [(int(n), cut.lon[p], cut.lat[p]) for n, p in zip(cut.line, cut.pieces, strict=True)]
    lines = line_table(trace, pieces, _counts(trace, rows))
    return Division(
        points,
        lines,
        sectors,
        names,
        sea_m2,
        ellipsoid,
        tolerance_m,
        trace.sites,
    )


def _rows_at(trace: Trace, vertices: Ints, pairs: set[bytes]) -> Ints:
    """Rows of the survey at vertices of the lines, of every line that passes the same place."""
    traced = trace.traced
    place = {(traced.lon[v], traced.lat[v]) for v in vertices.tolist()}
    at = [
        r
        for v, r in enumerate(traced.row.tolist())
        if r >= 0
        and (traced.lon[v], traced.lat[v]) in place
        and trace.owners[traced.line[v]].tobytes() in pairs
    ]
    return np.array(at, dtype=np.int64)


def _counts(trace: Trace, rows: Ints) -> dict[tuple[int, int], int]:
    out: dict[tuple[int, int], int] = {}
    for r in rows.tolist():
        if trace.rows.kind[r] == TURN:
            a, b = (int(number) for number in trace.owners[trace.rows.line[r]])
            out[a, b] = out.get((a, b), 0) + 1
    return out


def _open_water(
    trace: Trace, shores: gpd.GeoDataFrame, ellipsoid: str, tolerance_m: float
) -> Division:
    traced = trace.traced
    wet = _wet_lines(trace, shores)
    pieces = []
    for n in wet.tolist():
        vertices = np.flatnonzero(traced.line == n)
        if len(vertices) > 1:
            pieces.append((n, traced.lon[vertices], traced.lat[vertices]))
    kept = np.isin(traced.line, wet) & (traced.row >= 0)
    rows = traced.row[kept]
    rows = rows[trace.rows.kind[rows] != SAMPLE]
    none = np.zeros(0)
    points = point_table(trace, rows, none, none, np.zeros((0, 2), dtype=np.int64))
    lines = line_table(trace, pieces, _counts(trace, rows))
    return Division(
        points,
        lines,
        None,
        trace.weighted.shores.owners,
        None,
        ellipsoid,
        tolerance_m,
        trace.sites,
    )


def _wet_lines(trace: Trace, shores: gpd.GeoDataFrame) -> Ints:
    """Lines that do not run across land, where shores are given as polygons of land."""
    traced = trace.traced
    lines = np.unique(traced.line)
    table = lonlat(shores, "shores")
    land = [g for g in table.geometry if g.geom_type in ("Polygon", "MultiPolygon")]
    if not land:
        return lines
    tree = shapely.STRtree(land)
    dry = []
    for n in lines.tolist():
        vertices = np.flatnonzero(traced.line == n)
        middle = vertices[len(vertices) // 2]
        lon, lat = trace.weighted.globe.between(
            traced.lon[[middle - 1]],
            traced.lat[[middle - 1]],
            traced.lon[[middle]],
            traced.lat[[middle]],
            0.5,
        )
        if len(tree.query(shapely.Point(lon[0], lat[0]), predicate="within")):
            dry.append(n)
    return np.setdiff1d(lines, dry)
