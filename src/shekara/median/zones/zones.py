"""Zones of the sea of every owner: what baselines, land and breadths make of it.

Terms are those of UNCLOS: internal waters (article 8), territorial sea (3), contiguous zone (33),
exclusive economic zone (55, 57), low-tide elevations (13), continental shelf (76). Between
neighbours the strict median line divides; up to the breadth of the territorial sea every island
counts (article 121), so that one without effect keeps its belt.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

import geopandas as gpd
import numpy as np
import pandas as pd

from shekara.errors import GeometryError, UsageError
from shekara.median.ellipsoid import Floats, Globe, globe
from shekara.median.limit.limit import rings_at
from shekara.median.shores.clusters import near_clusters
from shekara.median.shores.land import Land, read_land
from shekara.median.shores.prepared import Prepared, prepare
from shekara.median.shores.reading import lonlat
from shekara.median.shores.shores import Shores
from shekara.median.tables.tables import CRS
from shekara.median.trace.trace import trace_lines
from shekara.median.zones.arcs import Arc, Neighbours, arc_records, arc_table, near_finder
from shekara.median.zones.arrangement import Chart, chains
from shekara.median.zones.bays import bays
from shekara.median.zones.breadths import Breadths
from shekara.median.zones.internal import ClosingLine, internal_waters
from shekara.median.zones.reached import Medians, Reached, read_reached
from shekara.median.zones.tables import claim_overlaps, zone_table

# Lines run on beyond the outermost limit by this part and length, so that they cross it.
BEYOND, BEYOND_M = 1.001, 50.0


@dataclass(frozen=True)
class Zones:
    """Zones, the arcs that bound them, overlaps of claims and bays, each as a table on WGS 84."""

    zones: gpd.GeoDataFrame
    """owner, zone, from and to (metres from the baseline), area_m2; polygons."""
    arcs: gpd.GeoDataFrame
    """Each arc of an outer limit with its base point."""
    overlaps: gpd.GeoDataFrame
    """Where two owners' claims to one breadth overlap, were there no median line."""
    bays: gpd.GeoDataFrame
    """Closing lines that the semicircle test allows; proposals, not used."""
    owners: tuple[str, ...]
    ellipsoid: str
    edges: str
    remarks: tuple[str, ...] = ()


def zones(  # noqa: PLR0913 - each is an option of the user
    shores: gpd.GeoDataFrame,
    *,
    by: str,
    land: gpd.GeoDataFrame | None = None,
    baselines: gpd.GeoDataFrame | None = None,
    low_tide: gpd.GeoDataFrame | None = None,
    foot_of_slope: gpd.GeoDataFrame | None = None,
    effect: Mapping[str, float | str] | None = None,
    breadths: Breadths | None = None,
    tolerance_m: float = 1.0,
    ellipsoid: str = "WGS84",
    edges: str = "geodesic",
    ballpark: bool = False,
) -> Zones:
    """The maritime zones of every owner of shores.

    Parameters
    ----------
    shores
        Coasts and islands; polygons are land as well.
    by
        Column that names the owner of each feature.
    land
        Polygons of land, where shores are lines.
    baselines
        Closing and straight baselines, with the same column: what lies behind them is internal.
    low_tide
        Low-tide elevations, with the same column: base points where they lie within the
        territorial sea, else without effect.
    foot_of_slope
        Points at the foot of the continental slope, with the same column: within 60 M of them
        (Gardiner's formula) and 350 M of the baselines lies shelf beyond the economic zone.
    effect
        Islands without effect (none) by index, id or name: they keep the territorial sea only.
    breadths
        Breadths of the zones in metres; by default 12, 24 and 200 nautical miles.
    tolerance_m
        No chord strays farther from its arc or line; never above 1 m.
    ellipsoid, edges, ballpark
        As in `shekara.median.divide`.

    Raises
    ------
    UsageError
        A column, option or value that cannot be meant.
    GeometryError
        No land is known, or shores, land and baselines contradict each other.
    """
    _check(effect, tolerance_m)
    breadths = breadths or Breadths()
    earth, chord_m = globe(ellipsoid), min(tolerance_m, 1.0)
    make_ready = partial(
        prepare, globe=earth, edges=edges, tolerance_m=tolerance_m, ballpark=ballpark
    )
    ready = make_ready(shores, land, baselines, names=("shores", "land", "baselines"))
    more = make_ready(
        low_tide, None, foot_of_slope, names=("low-tide elevations", "", "foot of slope")
    )
    solid = _land_of(ready, earth)
    reached = read_reached(
        ready.shores, more.shores, ready.baselines, more.baselines, by, effect, breadths, earth
    )
    full = reached.full
    chart = Chart.about(earth, full.lon, full.lat, 1.01 * reached.farthest_m, solid)
    coast = [chart.line(xy) for polygon in solid.polygons for xy in chains([polygon])]
    rings, arcs = _limits(reached, breadths, solid, chord_m)
    closing = _closing(chart, ready.baselines, by, reached.owners)
    internal = internal_waters(chart, coast, closing, solid)
    medians = _medians(reached, breadths, chord_m, solid)
    edges_of_faces = [
        *coast,
        *(c.line for c in closing),
        *(chart.line(xy) for xy in (*rings, *medians.lines)),
    ]
    shapes = chart.faces(edges_of_faces)
    wet = shapes[~solid.contains(*chart.inside(shapes))] if len(shapes) else shapes
    table = zone_table(chart, wet, internal, reached, medians, breadths)
    return Zones(
        table,
        arcs,
        claim_overlaps(chart, wet, internal, reached, breadths),
        bays(_coasts(ready, by), by, earth),
        reached.owners,
        ellipsoid,
        edges,
        (*ready.remarks, *more.remarks, *reached.remarks, *internal.remarks),
    )


def _check(effect: Mapping[str, float | str] | None, tolerance_m: float) -> None:
    if not (np.isfinite(tolerance_m) and tolerance_m >= 0.001):
        raise UsageError(f"tolerance: {tolerance_m} m; give a length of 0.001 m or more")
    for name, value in (effect or {}).items():
        if value in (0.5, "half"):
            raise UsageError(
                f"effect: half effect of {name!r}: zones know none and full; for half effect "
                "divide the sea with it (shekara median)"
            )


def _land_of(ready: Prepared, earth: Globe) -> Land:
    more = [] if ready.sea is None else [ready.sea]
    solid = read_land(ready.shores, earth, *more)
    if solid is None:
        raise GeometryError(
            "zones: no land is known; give shores as polygons, or polygons of land with --land"
        )
    return solid


def _coasts(ready: Prepared, by: str) -> gpd.GeoDataFrame:
    """Polygons with an owner."""
    frames = [
        gpd.GeoDataFrame({by: table[by].to_numpy()}, geometry=table.geometry.to_numpy(), crs=CRS)
        for table in (ready.shores, ready.sea)
        if isinstance(table, gpd.GeoDataFrame) and by in table.columns
    ]
    return gpd.GeoDataFrame(pd.concat(frames, ignore_index=True), geometry="geometry", crs=CRS)


def _closing(
    chart: Chart, baselines: gpd.GeoDataFrame | None, by: str, owners: tuple[str, ...]
) -> list[ClosingLine]:
    if baselines is None:
        return []
    table = lonlat(baselines, "baselines")
    return [
        ClosingLine(owners.index(str(owner).strip()), xy, chart.line(xy))
        for owner, shape in zip(table[by], table.geometry, strict=True)
        for xy in chains([shape])
    ]


def _limits(
    reached: Reached, breadths: Breadths, solid: Land, chord_m: float
) -> tuple[list[Floats], gpd.GeoDataFrame]:
    """The lines at every breadth from every owner's baselines, and their arcs."""
    rings: list[Floats] = []
    records: list[Arc] = []
    for limit in breadths.limits(reached.has_slope):
        finders = reached.finders(limit.every_island)
        shores = reached.full if limit.every_island else reached.effective
        rivals = near_finder(finders, limit.metres)
        for number in range(len(reached.owners)):
            if limit.shelf and not reached.has_slope_of(number):
                continue
            owned = shores.of_owner(number)
            if not len(owned.start):
                continue  # landlocked: all its edges are borders
            runs = rings_at(owned, limit.metres, chord_m)
            rings += [run.lonlat for run in runs]
            neighbours = Neighbours(finders, rivals, number, owned, limit.metres)
            for run in runs:
                records += arc_records(neighbours, limit.name, run, solid)
    for number in range(len(reached.owners)):
        rings += [run.lonlat for run in reached.slope_rings(number, breadths, chord_m)]
    return rings, arc_table(records)


def _medians(reached: Reached, breadths: Breadths, chord_m: float, solid: Land) -> Medians:
    """The median lines between owners, as far as the outermost limit and a little beyond."""
    if len(reached.owners) < 2:
        return Medians()
    traced = partial(_traced, chord_m=chord_m, solid=solid)
    if reached.effective is reached.full:
        lines = traced(reached.full, reached.farthest_m)
        return Medians(lines, lines)
    full = traced(reached.full, breadths.territorial_m)
    if reached.farthest_m <= breadths.territorial_m:
        return Medians(full)
    return Medians(full, traced(reached.effective, reached.farthest_m))


def _traced(shores: Shores, metres: float, *, chord_m: float, solid: Land) -> tuple[Floats, ...]:
    """The median lines between the owners of shores, as far as a breadth and a little beyond."""
    lines: list[Floats] = []
    reach_m = metres * BEYOND + BEYOND_M
    for near in near_clusters(shores, reach_m):
        traced = trace_lines(
            near, np.ones(len(near.owners)), tolerance_m=chord_m, spacing_m=None,
            reach_m=reach_m, water=solid,
        ).traced  # fmt: skip
        for line in np.unique(traced.line).tolist():
            at = np.flatnonzero(traced.line == line)
            if len(at) > 1:
                lines.append(np.column_stack([traced.lon[at], traced.lat[at]]))
    return tuple(lines)
