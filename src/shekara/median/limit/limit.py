"""Outer limits: the points at a given distance from the nearest baseline, arcs and parallels."""

from __future__ import annotations

from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from scipy.spatial import cKDTree

from shekara.errors import UsageError
from shekara.geometry.units import NAUTICAL_MILE_M
from shekara.median.antimeridian import line_string
from shekara.median.ellipsoid import Bools, Floats, Ints, globe
from shekara.median.limit.arcs import join_runs
from shekara.median.shores.land import Land, read_land
from shekara.median.shores.prepared import prepare
from shekara.median.shores.reading import lonlat, read_shores
from shekara.median.shores.shores import Shores
from shekara.median.shores.sites import Sites, automatic_spacing_m, place_sites
from shekara.median.solve.equidistance import bases_of
from shekara.median.solve.nearest import Finder
from shekara.median.tables.tables import CRS

# A limit may lie this much too near (0.1 micrometre): ten times the noise of the geodesics.
# With more, an arc that is just hidden runs on beside the one that hides it (0.1 mm: 4 m at 12 M).
SEEN_M = 1e-7
# Steps along the parallel of a segment: its sagitta against a chord stays below a metre.
# They are no longer than those along arcs, so that a shore that stands out between two
# samples cuts off no more than the tolerance.
PARALLEL_STEP_M = 3_000.0
# A coarser tolerance is not used for sampling: a chord would pass over whole inlets of the
# limit, and what is traced into them finds no way on.
SAMPLED_M = 1.0


@dataclass(frozen=True)
class _Samples:
    """Points at the distance, in order along pieces; one piece per vertex cone or segment side."""

    piece: Ints
    element: Ints
    lon: Floats
    lat: Floats


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


def rings_at(shores: Shores, distance_m: float, tolerance_m: float) -> list[tuple[Floats, Floats]]:
    """The lines of all points at a distance from the nearest shore, as longitudes and latitudes."""
    sites = place_sites(shores, automatic_spacing_m(shores))
    finder = Finder(sites, np.arange(len(sites.lon)))
    samples = _outline(shores, distance_m, tolerance_m)
    samples = _plausible(sites, samples, distance_m)
    seen = finder.none_nearer(samples.element, samples.lon, samples.lat, distance_m - SEEN_M)
    runs = _runs(shores, finder, samples, seen, distance_m)
    return join_runs(finder, runs, distance_m, tolerance_m)


def _envelope(
    shores: Shores, distance_m: float, tolerance_m: float, solid: Land | None
) -> tuple[list[shapely.LineString], float]:
    lines, total = [], 0.0
    for lon, lat in rings_at(shores, distance_m, tolerance_m):
        shape = line_string(shores.globe, lon, lat)
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


def _outline(shores: Shores, distance_m: float, tolerance_m: float) -> _Samples:
    """Arcs about vertices, between the normals of their segments, and parallels of segments."""
    step = 2 * np.degrees(np.arccos(max(1 - 0.9 * tolerance_m / distance_m, -1)))
    parallel = min(PARALLEL_STEP_M, float(np.sqrt(7 * distance_m * tolerance_m)))
    back = shores.globe.inverse(
        shores.lon[shores.end],
        shores.lat[shores.end],
        shores.lon[shores.start],
        shores.lat[shores.start],
    )[0]
    bearings: dict[int, list[float]] = {}
    for s in np.flatnonzero(shores.length > 0).tolist():
        bearings.setdefault(int(shores.start[s]), []).append(float(shores.azimuth[s]))
        bearings.setdefault(int(shores.end[s]), []).append(float(back[s]))
    lon0, lat0, azimuth, piece, element = [], [], [], [], []
    count = 0
    for v in range(len(shores.lon)):
        ways = sorted(b % 360 for b in bearings.get(v, []))
        cones = [(0.0, 360.0)] if not ways else []
        for low_way, high_way in zip(ways, [*ways[1:], *(w + 360 for w in ways[:1])], strict=True):
            if high_way - low_way > 180:
                cones.append((low_way + 90, high_way - 90))
        for low, high in cones:
            angles = np.linspace(low, high, max(int(np.ceil((high - low) / step)), 2) + 1)
            lon0.append(np.full(len(angles), shores.lon[v]))
            lat0.append(np.full(len(angles), shores.lat[v]))
            azimuth.append(angles)
            piece.append(np.full(len(angles), count))
            element.append(np.full(len(angles), v))
            count += 1
    for s in np.flatnonzero(shores.length > 0).tolist():
        n = max(int(np.ceil(shores.length[s] / parallel)), 2)
        along = np.linspace(0, shores.length[s], n + 1)
        v = shores.start[s]
        full = np.full(n + 1, shores.lon[v]), np.full(n + 1, shores.lat[v])
        x, y, home = shores.globe.direct(*full, np.full(n + 1, shores.azimuth[s]), along)
        forward = np.where(along > 0, home + 180, shores.azimuth[s])
        for side in (-90.0, 90.0):
            lon0.append(x)
            lat0.append(y)
            azimuth.append(forward + side)
            piece.append(np.full(n + 1, count))
            element.append(np.full(n + 1, s + len(shores.lon)))
            count += 1
    start = np.concatenate(lon0), np.concatenate(lat0)
    lon, lat, _ = shores.globe.direct(
        *start, np.concatenate(azimuth), np.full(len(start[0]), distance_m)
    )
    return _Samples(np.concatenate(piece), np.concatenate(element), lon, lat)


def _plausible(sites: Sites, samples: _Samples, distance_m: float) -> _Samples:
    """Without samples that a site alone shows to be too near, save next to one that may be seen."""
    xyz = sites.shores.globe.geocentric(samples.lon, samples.lat)
    chord = cKDTree(sites.xyz).query(xyz)[0]
    # A geodesic exceeds its chord by s³/24R²; the margin covers that twice.
    margin = 1.0 + 2 * distance_m**3 / 24 / 6.3e6**2
    maybe: Bools = np.asarray(chord >= distance_m - margin)
    keep = maybe | np.append(maybe[1:], False) | np.append(False, maybe[:-1])
    return _Samples(*(getattr(samples, f)[keep] for f in ("piece", "element", "lon", "lat")))


def _runs(
    shores: Shores, finder: Finder, samples: _Samples, seen: Bools, distance_m: float
) -> list[tuple[Floats, Floats]]:
    """Stretches of the outline that are seen, with exact corners where another arc begins."""
    same: Bools = np.append(samples.piece[1:] == samples.piece[:-1], False)
    corner = np.flatnonzero(same & (seen != np.append(seen[1:], False)))
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
    at = {int(c): at_corner for at_corner, c in enumerate(corner.tolist()) if good[at_corner]}
    runs: list[tuple[Floats, Floats]] = []
    lon: list[float] = []
    lat: list[float] = []
    for n in range(len(samples.piece)):
        if seen[n]:
            lon.append(float(samples.lon[n]))
            lat.append(float(samples.lat[n]))
        if n in at:
            lon.append(float(x[at[n]]))
            lat.append(float(y[at[n]]))
        if (not same[n] or (n in at and seen[n])) and lon:
            if len(lon) > 1:
                runs.append((np.array(lon), np.array(lat)))
            lon, lat = [], []
    return runs


def _corners(
    shores: Shores, finder: Finder, first: Ints, second: Ints, lon: Floats, lat: Floats, r: float
) -> tuple[Floats, Floats, Bools]:
    """Points at the distance from two elements each, no third being nearer (Newton)."""
    second = second.copy()
    x, y = lon.copy(), lat.copy()
    good: Bools = np.zeros(len(lon), dtype=bool)
    for _ in range(6):
        if not len(lon):
            break
        x, y = np.where(good, x, lon), np.where(good, y, lat)
        for _ in range(25):
            p, q = bases_of(shores, first, x, y), bases_of(shores, second, x, y)
            f = np.stack([p.distance - r, q.distance - r], axis=1)
            u, w = p.toward, q.toward
            det = u[:, 0] * w[:, 1] - u[:, 1] * w[:, 0]
            det = np.where(np.abs(det) < 1e-12, 1e-12, det)
            east = (f[:, 0] * w[:, 1] - f[:, 1] * u[:, 1]) / det
            north = (f[:, 1] * u[:, 0] - f[:, 0] * w[:, 0]) / det
            size = np.hypot(east, north)
            scale = np.minimum(1, 0.2 * r / np.maximum(size, 1e-9))
            x, y = shores.globe.move(x, y, east * scale, north * scale)
            if size.max(initial=0) < 1e-8:
                break
        near = finder.nearest(x, y)
        good = (near.distance >= r - SEEN_M) & (np.abs(p.distance - r) < SEEN_M)
        if good.all():
            break
        second = np.where(good, second, near.element)
    return x, y, good
