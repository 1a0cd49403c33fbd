"""Outer limits: the points at a given distance from the nearest baseline, arcs and parallels."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from shekara.errors import UsageError
from shekara.geometry.units import NAUTICAL_MILE_M
from shekara.median.antimeridian import line_string
from shekara.median.ellipsoid import Bools, Floats, Ints, globe
from shekara.median.limit.arcs import join_runs
from shekara.median.limit.outline import Samples, outline, plausible
from shekara.median.limit.run import Run
from shekara.median.shores.land import Land, read_land
from shekara.median.shores.prepared import prepare
from shekara.median.shores.reading import lonlat, read_shores
from shekara.median.shores.shores import Shores
from shekara.median.shores.sites import automatic_spacing_m, place_sites
from shekara.median.solve.equidistance import bases_of
from shekara.median.solve.nearest import Finder
from shekara.median.tables.tables import CRS

# A limit may lie this much too near (0.1 micrometre): ten times the noise of the geodesics.
# With more, an arc that is just hidden runs on beside the one that hides it (0.1 mm: 4 m at 12 M).
SEEN_M = 1e-7
# A coarser tolerance is not used for sampling: a chord would pass over whole inlets of the
# limit, and what is traced into them finds no way on.
SAMPLED_M = 1.0


def limit(  # noqa: PLR0913 - each is an option of the user
    shores: gpd.GeoDataFrame,
    distance_m: float,
    *,
    by: str | None = None,
    land: gpd.GeoDataFrame | None = None,
    tolerance_m: float = 1.0,
    ellipsoid: str = "WGS84",
    edges: str = "geodesic",
    ballpark: bool = False,
) -> gpd.GeoDataFrame:
    """The outer limit at a distance from baselines: the envelope of arcs, exact to the segment.

    Each point of the limit is ``distance_m`` from the nearest vertex or segment and no shore is
    nearer; chords between them stray no farther than ``tolerance_m`` or 1 m, whichever is
    less. Rings close; one that has no area within the tolerance is left out. Where shores are
    polygons, or ``land`` is given, the limit ends where it enters land; a border that two
    polygons share is no baseline.

    Parameters
    ----------
    shores
        Baselines, coasts, islands of any geometry kind.
    distance_m
        In metres; one nautical mile is 1852 m.
    by
        Column of owners, for one limit each; otherwise one for all.
    land
        Polygons that the limit does not enter.
    tolerance_m
        How far a chord may stray from its arc.
    ellipsoid, edges, ballpark
        As in `shekara.median.divide`.

    Returns
    -------
    GeoDataFrame
        owner, distance_m, length_m and the lines; what must be said stands in
        ``attrs["remarks"]``.

    Raises
    ------
    UsageError
        A distance, tolerance or column that cannot be meant.
    GeometryError
        Baselines that cannot be read.
    """
    if not (np.isfinite(distance_m) and 1.0 <= distance_m <= 5e6):
        raise UsageError(f"distance: {distance_m} m; give 1 m to 5000 km, such as 12M or 22.2km")
    if not (np.isfinite(tolerance_m) and tolerance_m >= 0.001):
        raise UsageError(f"tolerance: {tolerance_m} m; give a length of 0.001 m or more")
    earth, chord_m = globe(ellipsoid), min(tolerance_m, SAMPLED_M)
    ready = prepare(
        shores,
        land,
        None,
        earth,
        edges=edges,
        tolerance_m=tolerance_m,
        ballpark=ballpark,
        names=("shores", "land", ""),
    )
    table = lonlat(ready.shores, "shores")
    if by is None:
        table, by = table.assign(shekara_all="all"), "shekara_all"
    read = read_shores(table, by, earth)
    solid = read_land(table, earth, *([] if land is None else [ready.sea]))
    records, shapes = [], []
    for number, name in enumerate(read.owners):
        owned = read.of_owner(number)
        if not len(owned.start):
            continue
        lines, length = _envelope(owned, distance_m, chord_m, solid)
        if not lines:
            continue
        records.append(
            {
                "owner": name,
                "distance_m": distance_m,
                "distance_nmi": distance_m / NAUTICAL_MILE_M,
                "length_m": length,
                "length_nmi": length / NAUTICAL_MILE_M,
                "edges": edges,
            }
        )
        shapes.append(shapely.MultiLineString(lines) if len(lines) > 1 else lines[0])
    columns = ["owner", "distance_m", "distance_nmi", "length_m", "length_nmi", "edges"]
    out = gpd.GeoDataFrame(pd.DataFrame(records, columns=columns), geometry=shapes, crs=CRS)
    out.attrs["remarks"] = list(ready.remarks)
    return out


def rings_at(shores: Shores, distance_m: float, tolerance_m: float) -> list[Run]:
    """The lines of all points at a distance from the nearest shore."""
    sites = place_sites(shores, automatic_spacing_m(shores))
    finder = Finder(sites, np.arange(len(sites.lon)))
    samples = plausible(sites, outline(shores, distance_m, tolerance_m), distance_m)
    seen = finder.none_nearer(samples.element, samples.lon, samples.lat, distance_m - SEEN_M)
    runs = _runs(shores, finder, samples, seen, distance_m)
    return join_runs(finder, runs, distance_m, tolerance_m)


def _envelope(
    shores: Shores, distance_m: float, tolerance_m: float, solid: Land | None
) -> tuple[list[shapely.LineString], float]:
    lines, total = [], 0.0
    for run in rings_at(shores, distance_m, tolerance_m):
        shape = line_string(shores.globe, run.lon, run.lat)
        parts = (
            [shapely.get_coordinates(part) for part in shapely.get_parts(shape)]
            if solid is None
            else solid.without(shape)
        )
        for xy in parts:
            x, y = xy.T
            total += float(shores.globe.distance_m(x[:-1], y[:-1], x[1:], y[1:]).sum())
            lines.append(shapely.LineString(xy))
    return lines, total


def _runs(
    shores: Shores, finder: Finder, samples: Samples, seen: Bools, distance_m: float
) -> list[Run]:
    """Stretches of the outline that are seen, with exact corners where another arc begins."""
    same: Bools = np.append(samples.piece[1:] == samples.piece[:-1], False)
    leaves = same & seen & ~np.append(seen[1:], False)
    corner = np.flatnonzero(leaves | (same & ~seen & np.append(seen[1:], False)))
    inner = np.where(seen[corner], corner, corner + 1)
    outer = np.where(seen[corner], corner + 1, corner)
    blocked = finder.nearest(samples.lon[outer], samples.lat[outer]).element
    x, y, good = _corners(
        shores,
        finder,
        samples.element[inner],
        blocked,
        samples.lon[inner],
        samples.lat[inner],
        distance_m,
    )
    # Samples and the corners after some of them, in one row; a run ends with its piece, or where
    # it is seen no more.
    number = np.cumsum(~same | leaves) - (~same | leaves)
    shown = np.flatnonzero(seen)
    place = np.append(2 * shown, 2 * corner[good] + 1)
    order = np.argsort(place)
    run = np.append(number[shown], number[corner[good]])[order]
    lon = np.append(samples.lon[shown], x[good])[order]
    lat = np.append(samples.lat[shown], y[good])[order]
    element = samples.element[place[order] // 2]
    parts = np.split(np.arange(len(run)), np.flatnonzero(np.diff(run)) + 1)
    return [Run(lon[at], lat[at], element[at]) for at in parts if len(at) > 1]


def _corners(
    shores: Shores, finder: Finder, first: Ints, second: Ints, lon: Floats, lat: Floats, r: float
) -> tuple[Floats, Floats, Bools]:
    """Points at the distance from two elements each, no third being nearer."""
    second = second.copy()
    x, y = lon.copy(), lat.copy()
    good: Bools = np.zeros(len(lon), dtype=bool)
    for _ in range(6):
        at = np.flatnonzero(~good)
        if not len(at):
            break
        x[at], y[at], off = _meeting(shores, first[at], second[at], lon[at], lat[at], r)
        near = finder.nearest(x[at], y[at])
        good[at] = (near.distance >= r - SEEN_M) & (np.abs(off) < SEEN_M)
        second[at] = np.where(good[at], second[at], near.element)
    return x, y, good


def _meeting(
    shores: Shores, first: Ints, second: Ints, lon: Floats, lat: Floats, r: float
) -> tuple[Floats, Floats, Floats]:
    """Points at the distance from two elements each (Newton), and by how much they miss it."""
    x, y, off = lon.copy(), lat.copy(), np.zeros(len(lon))
    at = np.arange(len(lon))
    for _ in range(25):
        p, q = bases_of(shores, first[at], x[at], y[at]), bases_of(shores, second[at], x[at], y[at])
        f = np.stack([p.distance - r, q.distance - r], axis=1)
        u, w = p.toward, q.toward
        det = u[:, 0] * w[:, 1] - u[:, 1] * w[:, 0]
        det = np.where(np.abs(det) < 1e-12, 1e-12, det)
        east = (f[:, 0] * w[:, 1] - f[:, 1] * u[:, 1]) / det
        north = (f[:, 1] * u[:, 0] - f[:, 0] * w[:, 0]) / det
        size = np.hypot(east, north)
        scale = np.minimum(1, 0.2 * r / np.maximum(size, 1e-9))
        x[at], y[at] = shores.globe.move(x[at], y[at], east * scale, north * scale)
        off[at] = f[:, 0]
        at = at[size >= 1e-8]
        if not len(at):
            break
    return x, y, off
