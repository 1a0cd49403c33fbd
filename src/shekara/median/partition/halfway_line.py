"""Half effect: the line half-way between the lines that an island's full and no effect give.

This is how state practice gives half effect (the Channel arbitration of 1977; Beazley 1979,
"Half-effect applied to equidistance lines", International Hydrographic Review 56(1); IHO S-51).
Half-way is taken strictly: every point of the line is as far from the one line as from the other.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import geopandas as gpd
import numpy as np
import shapely
from scipy.spatial import cKDTree

from shekara.median.ellipsoid import Floats, Globe, Ints
from shekara.median.partition.clip import Clipped, clip, with_crossings
from shekara.median.partition.gained import (
    FULL,
    NONE,
    bounding_lines,
    refuse_enclave,
    rings_lonlat,
    sides_of,
    touching_groups,
)
from shekara.median.partition.sectors import Face, faces, owners_of
from shekara.median.shores.reading import read_shores
from shekara.median.shores.sea import Sea, read_sea
from shekara.median.tables.tables import CRS
from shekara.median.trace.curves import Curves, draw_curves
from shekara.median.trace.points import JUNCTION, SAMPLE, TURN, LinePoints
from shekara.median.trace.trace import Trace, trace_lines

# The two lines are one where they come so near (1 mm).
SAME_LINE_M = 1e-3


@dataclass(frozen=True)
class Part:
    """A piece of sea with its owner: rings of longitude and latitude, shell first, closed."""

    owner: int
    rings: tuple[Floats, ...]


@dataclass(frozen=True)
class Halfway:
    """The sea with islands at half effect, and the surveys of the half-way lines."""

    parts: list[Part]
    halves: list[Trace]


def part_halfway(full: Trace, none: Trace, sea: Sea, tolerance_m: float) -> Halfway:
    """The sea parted half-way between two divisions of it."""
    none = _with_departures(full, none, tolerance_m)
    both = _together(full.traced, _snap(full, none.traced), len(full.owners))
    cut = clip(full.weighted, both, sea)
    cut = with_crossings(sea, cut)
    pieces = faces(sea, cut, noded=True)
    of_full, of_none = (owners_of(s.weighted, sea, pieces) for s in (full, none))
    parts = [
        Part(int(owner_full), rings_lonlat(cut, face))
        for face, owner_full, other in zip(pieces, of_full, of_none, strict=True)
        if owner_full == other
    ]
    halves: list[Trace] = []
    for owner in np.unique(of_full[of_full != of_none]):
        gained = np.flatnonzero((of_full == owner) & (of_none != owner))
        for group in touching_groups(pieces, gained):
            refuse_enclave(full, sea, cut, pieces, of_full, group)
            split, traces = _split(sea, cut, pieces, of_full, of_none, group, tolerance_m)
            parts += split
            halves += traces
    return Halfway(parts, halves)


def _with_departures(full: Trace, none: Trace, tolerance_m: float) -> Trace:
    """The survey without islands, with a vertex wherever the line with islands departs."""
    rows, globe = none.rows, full.weighted.globe
    kinds = np.flatnonzero(np.isin(full.rows.kind, (TURN, JUNCTION)))
    for r in kinds.tolist():
        here = {int(e) for e in (*full.rows.before[r], *full.rows.after[r]) if e >= 0}
        if full.rows.kind[r] == JUNCTION:
            here = set(full.junctions.elements[full.rows.place[r]].tolist())
        inner = rows.line[:-1] == rows.line[1:]
        fits = np.array([set(pair) <= here and min(pair) >= 0 for pair in rows.after[:-1].tolist()])
        at = np.flatnonzero(inner & fits)
        if not len(at):
            continue
        lon, lat = full.rows.lon[r], full.rows.lat[r]
        here_twice = np.full(len(at), lon), np.full(len(at), lat)
        near = globe.distance_m(*here_twice, rows.lon[at], rows.lat[at])
        far = globe.distance_m(*here_twice, rows.lon[at + 1], rows.lat[at + 1])
        long = globe.distance_m(rows.lon[at], rows.lat[at], rows.lon[at + 1], rows.lat[at + 1])
        best = int(np.argmin(near + far - long))
        if min(near[best], far[best]) < SAME_LINE_M or near[best] + far[best] > 1.5 * long[best]:
            continue
        gap = int(at[best])
        pair = rows.after[[gap]]
        departure = LinePoints(
            rows.line[[gap]],
            np.array([lon]),
            np.array([lat]),
            pair,
            pair,
            np.array([TURN]),
            np.array([-1]),
        )
        rows = rows.insert(np.array([gap + 1]), departure)
    return replace(none, rows=rows, traced=draw_curves(none.weighted, rows, tolerance_m))


def _snap(full: Trace, traced: Curves) -> Curves:
    globe = full.weighted.globe
    tree = cKDTree(globe.geocentric(full.traced.lon, full.traced.lat))
    apart, node = tree.query(globe.geocentric(traced.lon, traced.lat))
    near = np.asarray(apart) < SAME_LINE_M
    lon, lat = traced.lon.copy(), traced.lat.copy()
    at = np.asarray(node)[near]
    lon[near], lat[near] = full.traced.lon[at], full.traced.lat[at]
    return replace(traced, lon=lon, lat=lat)


def _together(first: Curves, second: Curves, lines: int) -> Curves:
    return Curves(
        np.concatenate([first.line, second.line + lines]),
        np.concatenate([first.lon, second.lon]),
        np.concatenate([first.lat, second.lat]),
        np.concatenate([first.row, np.full(len(second.row), -1)]),
        np.concatenate([first.pair, second.pair]),
    )


def _split(
    sea: Sea,
    cut: Clipped,
    pieces: list[Face],
    of_full: Ints,
    of_none: Ints,
    group: list[int],
    tolerance_m: float,
) -> tuple[list[Part], list[Trace]]:
    """One gained stretch of sea, parted half-way between the two lines that bound it."""
    owner = int(of_full[group[0]])
    every = sides_of(pieces, range(len(pieces)))
    sides = sides_of(pieces, group)
    lines = bounding_lines(cut, sides, every, of_full, group)
    table = gpd.GeoDataFrame(
        {"line": [FULL, NONE]},
        geometry=[shapely.MultiLineString(lines[node]) for node in (FULL, NONE)],
        crs=CRS,
    )
    region = _region(sea, cut, pieces, group)
    edges = read_shores(table, "line", sea.globe)
    trace = trace_lines(
        edges,
        np.ones(2),
        tolerance_m=tolerance_m,
        spacing_m=None,
        reach_m=float(2 * region.radius_m + 1000.0),
    )
    inner = clip(trace.weighted, trace.traced, region)
    split = faces(region, inner)
    keep = owners_of(trace.weighted, region, split)
    parts = []
    name = trace.weighted.shores.owners
    for face, node in zip(split, keep.tolist(), strict=True):
        rings = rings_lonlat(inner, face)
        if name[node] == NONE:
            parts.append(Part(owner, rings))
            continue
        others = sorted({int(of_none[n]) for n in group})
        parts += (
            [Part(others[0], rings)]
            if len(others) == 1
            else _shared(cut, pieces, of_none, group, rings)
        )
    return parts, [trace]


def _region(sea: Sea, cut: Clipped, pieces: list[Face], group: list[int]) -> Sea:
    shapes = [shapely.Polygon(r[0], r[1:]) for r in (rings_lonlat(cut, pieces[n]) for n in group)]
    return read_sea(gpd.GeoSeries(shapes, crs=CRS), sea.globe)


def _shared(
    cut: Clipped,
    pieces: list[Face],
    of_none: Ints,
    group: list[int],
    rings: tuple[Floats, ...],
) -> list[Part]:
    """What is given back to several owners, parted by the line of no effect."""
    given = shapely.Polygon(rings[0], rings[1:])
    out = []
    for n in group:
        rings_without = rings_lonlat(cut, pieces[n])
        for part in shapely.get_parts(
            given.intersection(shapely.Polygon(rings_without[0], rings_without[1:]))
        ):
            if part.geom_type == "Polygon" and not part.is_empty:
                coords = [shapely.get_coordinates(r) for r in (part.exterior, *part.interiors)]
                out.append(Part(int(of_none[n]), tuple(coords)))
    return out


def cap(globe: Globe, lon: Floats, lat: Floats, radius_m: float) -> shapely.Polygon:
    """A polygon about places, for divisions without a sea."""
    u = globe.conformal(lon, lat).mean(axis=0)
    x, y = globe.from_conformal((u / np.linalg.norm(u))[None])
    azimuth = np.linspace(0, 360, 361)[:-1]
    full = np.full(360, x[0]), np.full(360, y[0])
    edge_lon, edge_lat, _ = globe.direct(*full, azimuth, np.full(360, radius_m))
    return shapely.Polygon(np.column_stack([edge_lon, edge_lat]))


def kept_rows(full: Trace, places: set[tuple[float, float]]) -> Ints:
    """Rows of the survey that lie on lines through given places."""
    at = [
        r
        for v, r in enumerate(full.traced.row.tolist())
        if r >= 0
        and (full.traced.lon[v], full.traced.lat[v]) in places
        and full.rows.kind[r] != SAMPLE
    ]
    return np.array(at, dtype=np.int64)
