"""Divisions in which islands have half effect or none."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from shapely.geometry.base import BaseGeometry

from shekara.median.antimeridian import polygon
from shekara.median.ellipsoid import Bools, Globe
from shekara.median.partition.halfway_line import cap, kept_rows, part_halfway
from shekara.median.partition.sectors import gap_remarks, sea_area_m2, sector_table
from shekara.median.shores.island_effect import effect_of
from shekara.median.shores.reading import read_shores
from shekara.median.shores.sea import Sea, read_sea
from shekara.median.shores.shores import Shores
from shekara.median.shores.sites import automatic_spacing_m, place_sites
from shekara.median.tables.doubtful import doubtful_table
from shekara.median.tables.result import Division
from shekara.median.tables.tables import merged_lines, point_table
from shekara.median.trace.points import TURN
from shekara.median.trace.rough_network import spread_m
from shekara.median.trace.trace import Trace, default_reach_m


def effective_shores(
    shores: gpd.GeoDataFrame,
    by: str,
    earth: Globe,
    baselines: gpd.GeoDataFrame | None,
    effect: Mapping[str, float | str] | None,
) -> tuple[Shores, Bools]:
    """The shores that have an effect, and which segments have half."""
    if not effect:
        read = read_shores(shores, by, earth, baselines)
        return read, np.zeros(len(read.start), dtype=bool)
    read_shores(shores, by, earth, baselines)  # refuses what cannot be read, by its row
    value = effect_of(shores, by, effect)
    kept = shores[value > 0]
    read = read_shores(kept, by, earth, baselines)
    part = np.append(value[value > 0], np.ones(0 if baselines is None else len(baselines)))
    half: Bools = part[read.feature] == 0.5
    return read, half


def open_sea(shores: Shores, reach_m: float | None) -> Sea:
    """A cap of water about the shores, as wide as lines may run."""
    sites = place_sites(shores, automatic_spacing_m(shores))
    reach = default_reach_m(sites) if reach_m is None else reach_m
    radius = spread_m(sites.lon, sites.lat, sites) / 2 + reach
    return read_sea(cap(shores.globe, sites.lon, sites.lat, radius), shores.globe)


def halfway_division(
    full: Trace, none: Trace, water: Sea, endless: bool, ellipsoid: str, tolerance_m: float
) -> Division:
    """The division half-way between those with and without some islands."""
    weighted, earth = full.weighted, full.weighted.globe
    result = part_halfway(full, none, water, tolerance_m)
    names = weighted.shores.owners
    owner_at: dict[tuple[float, float, float, float], int] = {}
    for part in result.parts:
        for ring in part.rings:
            for (a, b), (c, d) in pairwise(ring.tolist()):
                owner_at[a, b, c, d] = part.owner
    edges: dict[tuple[int, int], list[shapely.LineString]] = {}
    for (a, b, c, d), owner in owner_at.items():
        other = owner_at.get((c, d, a, b))
        if other is not None and owner < other:
            edges.setdefault((owner, other), []).append(shapely.LineString([(a, b), (c, d)]))
    places = {(x, y) for many in edges.values() for e in many for x, y in e.coords}
    rows = kept_rows(full, places)
    empty = np.zeros((0, 2), dtype=np.int64)
    tables = [point_table(full, rows, np.zeros(0), np.zeros(0), empty)]
    for half in result.halves:
        turns = np.flatnonzero(half.rows.kind == TURN)
        more = point_table(half, turns, np.zeros(0), np.zeros(0), empty)
        on = [(x, y) in places for x, y in zip(more.lon, more.lat, strict=True)]
        tables.append(more[on].assign(kind="half effect"))
    points = pd.concat([t for t in tables if len(t)] or tables[:1], ignore_index=True)
    points["number"] = np.arange(1, len(points) + 1)
    lines = merged_lines(full, edges, {})
    count = full.sites
    doubtful = pd.concat(
        [doubtful_table(trace, water) for trace in (full, none, *result.halves)], ignore_index=True
    )
    if endless:
        return Division(points, lines, None, names, None, ellipsoid, tolerance_m, count, doubtful)
    area = np.zeros(len(names))
    shapes: dict[int, list[BaseGeometry]] = {}
    for part in result.parts:
        own_m2 = [earth.area_m2(r[:-1, 0], r[:-1, 1]) for r in part.rings]
        area[part.owner] += own_m2[0] - sum(own_m2[1:])
        shape = polygon(earth, [(r[:, 0], r[:, 1]) for r in part.rings])
        shapes.setdefault(part.owner, []).extend(shapely.get_parts(shape))
    sea_m2 = sea_area_m2(water)
    remarks = gap_remarks(sea_m2, float(area.sum()))
    merged = {n: shapely.union_all(parts) for n, parts in shapes.items()}
    sectors = sector_table(names, area.tolist(), merged, sea_m2)
    return Division(
        points, lines, sectors, names, sea_m2, ellipsoid, tolerance_m, count, doubtful,
        remarks=remarks,
    )  # fmt: skip
