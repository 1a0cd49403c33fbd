"""The division of a sea, or of open water, among the owners of its shores."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import geopandas as gpd
import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from shekara.errors import GeometryError, UsageError
from shekara.geometry.units import NAUTICAL_MILE_M
from shekara.median.ellipsoid import Floats, globe
from shekara.median.partition.divided_sea import divided_sea
from shekara.median.partition.half_effect import effective_shores, halfway_division, open_sea
from shekara.median.partition.open_water import open_water
from shekara.median.shores.crossings import refuse_crossings
from shekara.median.shores.datum import second_decimals
from shekara.median.shores.given import SeaTable
from shekara.median.shores.land import read_land
from shekara.median.shores.prepared import prepare
from shekara.median.shores.sea import Sea, read_sea
from shekara.median.shores.shores import Shores
from shekara.median.tables.doubtful import doubt_text, with_marks
from shekara.median.tables.result import Division
from shekara.median.tables.simplify import simplify_line
from shekara.median.tables.tables import in_degrees
from shekara.median.trace.trace import trace_lines


def divide(  # noqa: PLR0913 - each is an option of the user
    shores: gpd.GeoDataFrame,
    *,
    by: str,
    sea: SeaTable | BaseGeometry | None = None,
    tolerance_m: float = 1.0,
    weight: Mapping[str, float] | None = None,
    effect: Mapping[str, float | str] | None = None,
    baselines: gpd.GeoDataFrame | None = None,
    spacing_m: float | None = None,
    reach_m: float | None = None,
    simplify_m: float | None = None,
    ellipsoid: str = "WGS84",
    edges: str = "geodesic",
    ballpark: bool = False,
    strict: bool = False,
) -> Division:
    """Divides the water between the owners of the shores by strict equidistance.

    Stretches that cannot be proved are returned as they stand and told in ``doubtful``.

    Parameters
    ----------
    shores
        Geometry of any kind and reference system; every vertex and edge is shore.
    by
        Column that names the owner of each feature.
    sea
        Polygon(s) of the water; without it lines run on as far as ``reach_m``, and where shores
        are polygons, not across them.
    tolerance_m
        No chord of a line strays farther from the true curve.
    weight
        Weight of owners (others 1): an equiratio line has d1 / w1 = d2 / w2.
    effect
        Effect of islands by index, id or name: none, half or full (0, 0.5, 1). Half effect is
        the line half-way between those of full and of no effect.
    baselines
        Closing lines, with the same column; their edges are geodesics.
    spacing_m
        Greatest distance between sites along the shores; chosen when not given, and of no
        influence on the result beyond a micrometre.
    reach_m
        Without a sea: distance from the shores at which lines end. By default twice the extent
        of the shores, at least 350 nautical miles.
    simplify_m
        Also simplify the lines within this tolerance, exchanging equal areas; points and sectors
        stay exact.
    ellipsoid
        Name of an ellipsoid that PROJ knows.
    edges
        What edges of shores, sea and baselines are: geodesic, loxodrome or lonlat (straight in
        longitude and latitude, as RFC 7946 has it).
    ballpark
        Allow a transformation to WGS 84 that leaves the datum as it is.
    strict
        Refuse doubtful stretches instead of marking them.

    Raises
    ------
    UsageError
        A column, option or value that cannot be meant.
    GeometryError
        Shores or a sea that cannot be divided; with ``strict``, a stretch that is not proved.
    """
    _check(tolerance_m, spacing_m, reach_m, sea)
    earth = globe(ellipsoid)
    ready = prepare(
        shores,
        sea,
        baselines,
        earth,
        edges=edges,
        tolerance_m=tolerance_m,
        ballpark=ballpark,
    )
    shores, sea, baselines = ready.shores, ready.sea, ready.baselines
    read, half = effective_shores(shores, by, earth, baselines, effect)
    if len(read.owners) < 2:
        raise GeometryError(
            f"shores: {by} names one owner only, {read.owners[0]!r}; a line needs two or more"
        )
    _refuse_too_few_shores(read)
    refuse_crossings(read)
    water = None if sea is None else read_sea(sea, earth)
    weights = _weights(read.owners, weight)
    if water is None and half.any():
        water = open_sea(read, reach_m)
    if water is not None:
        reach_m = _sea_reach_m(read, water)
    land = read_land(shores, earth) if water is None else None
    trace = trace_lines(
        read,
        weights,
        tolerance_m=tolerance_m,
        spacing_m=spacing_m,
        reach_m=reach_m,
        water=land if water is None else water,
    )
    if half.any() and water is not None:
        none = trace_lines(
            read,
            weights,
            tolerance_m=tolerance_m,
            spacing_m=spacing_m,
            reach_m=trace.reach_m,
            mask=~half,
            water=water,
        )
        result = halfway_division(trace, none, water, sea is None, ellipsoid, tolerance_m)
    elif water is None:
        result = open_water(trace, land, ellipsoid, tolerance_m)
    else:
        result = divided_sea(trace, water, ellipsoid, tolerance_m)
    if strict:
        refuse_doubts(result.doubtful, result.remarks)
    points, lines = with_marks(result.points, result.lines, result.doubtful)
    result = replace(
        result,
        points=in_degrees(points.assign(edges=edges), second_decimals(ready.accuracy_m)),
        lines=lines.assign(edges=edges),
        edges=edges,
        datum=ready.shifts,
        remarks=(*ready.remarks, *result.remarks),
        weighted=trace.weighted,
    )
    return result if simplify_m is None else _with_simple_lines(result, simplify_m)


def _refuse_too_few_shores(shores: Shores) -> None:
    """Owners may have no shore, as countries inside others; two at least must have one."""
    owned = set(np.unique(shores.owner).tolist())
    if len(owned) < 2:
        dry = [name for number, name in enumerate(shores.owners) if number not in owned]
        raise GeometryError(
            f"shores: every edge of {', '.join(dry)} is shared with another polygon, so that only "
            f"{shores.owners[owned.pop()]} has a shore; a line needs two (does a polygon stand "
            "twice, with two owners?)"
        )


def refuse_doubts(doubtful: gpd.GeoDataFrame, faults: Sequence[str] = ()) -> None:
    """Refuse doubtful stretches by place, owners and size, and sectors that leave gaps."""
    if len(doubtful) or faults:
        texts = "; ".join([*map(doubt_text, doubtful.itertuples()), *faults])
        raise GeometryError(f"median: {texts}; without strict they are marked")


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
    return replace(result, lines=lines, exact=result.lines)


def _check(
    tolerance_m: float,
    spacing_m: float | None,
    reach_m: float | None,
    sea: SeaTable | BaseGeometry | None,
) -> None:
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
