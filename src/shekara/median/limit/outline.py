"""Samples of an outer limit before it is known which are seen: arcs and parallels of shores."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.spatial import cKDTree

from shekara.median.ellipsoid import Bools, Floats, Ints
from shekara.median.shores.shores import Shores
from shekara.median.shores.sites import Sites

# Steps along the parallel of a segment: its sagitta against a chord stays below a metre.
# They are no longer than those along arcs, so that a shore that stands out between two
# samples cuts off no more than the tolerance.
PARALLEL_STEP_M = 3_000.0


@dataclass(frozen=True)
class Samples:
    """Points at the distance, in order along pieces; one piece per vertex cone or segment side."""

    piece: Ints
    element: Ints
    lon: Floats
    lat: Floats

    def __getitem__(self, index: Bools) -> Samples:
        return Samples(*(getattr(self, f)[index] for f in ("piece", "element", "lon", "lat")))


def outline(shores: Shores, distance_m: float, tolerance_m: float) -> Samples:
    """Arcs about vertices, between the normals of their segments, and parallels of segments."""
    vertex, low, high = _cones(shores)
    step = 2 * np.degrees(np.arccos(max(1 - 0.9 * tolerance_m / distance_m, -1)))
    cone, at, parts = _steps(np.maximum(np.ceil((high - low) / step), 2))
    azimuth = low[cone] + (high - low)[cone] * (at / parts)
    v = vertex[cone]

    parallel = min(PARALLEL_STEP_M, float(np.sqrt(7 * distance_m * tolerance_m)))
    segment = np.repeat(np.flatnonzero(shores.length > 0), 2)
    side, at, parts = _steps(np.maximum(np.ceil(shores.length[segment] / parallel), 2))
    s = segment[side]
    along = shores.length[s] * (at / parts)
    begin = shores.start[s]
    x, y, home = shores.globe.direct(shores.lon[begin], shores.lat[begin], shores.azimuth[s], along)
    forward = np.where(along > 0, home + 180, shores.azimuth[s])
    away = forward + np.where(side % 2 == 0, -90.0, 90.0)

    start = np.append(shores.lon[v], x), np.append(shores.lat[v], y)
    lon, lat, _ = shores.globe.direct(
        *start, np.append(azimuth, away), np.full(len(start[0]), distance_m)
    )
    piece = np.append(cone, len(vertex) + side)
    return Samples(piece, np.append(v, s + len(shores.lon)), lon, lat)


def plausible(sites: Sites, samples: Samples, distance_m: float) -> Samples:
    """Without samples that a site alone shows to be too near, save next to one that may be seen."""
    xyz = sites.shores.globe.geocentric(samples.lon, samples.lat)
    # A geodesic exceeds its chord by s³/24R²; the margin covers that twice.
    least = distance_m - (1.0 + 2 * distance_m**3 / 24 / 6.3e6**2)
    maybe: Bools = np.isinf(cKDTree(sites.xyz).query(xyz, distance_upper_bound=least)[0])
    return samples[maybe | np.append(maybe[1:], False) | np.append(False, maybe[:-1])]


def _cones(shores: Shores) -> tuple[Ints, Floats, Floats]:
    """Vertices with the azimuths between which no segment of theirs is nearer than they are."""
    long = np.flatnonzero(shores.length > 0)
    start, end = shores.start[long], shores.end[long]
    back = shores.globe.inverse(
        shores.lon[end], shores.lat[end], shores.lon[start], shores.lat[start]
    )[0]
    vertex, way = np.append(start, end), np.append(shores.azimuth[long], back) % 360
    order = np.lexsort((way, vertex))
    vertex, way = vertex[order], way[order]
    last = np.append(vertex[1:] != vertex[:-1], True)[: len(vertex)]
    first_way = way[np.searchsorted(vertex, vertex)]
    after = np.where(last, first_way + 360, np.append(way[1:], 0.0)[: len(way)])
    open_ = after - way > 180
    lone = np.setdiff1d(np.arange(len(shores.lon)), vertex)
    vertex = np.append(vertex[open_], lone)
    low = np.append(way[open_] + 90, np.zeros(len(lone)))
    high = np.append(after[open_] - 90, np.full(len(lone), 360.0))
    order = np.argsort(vertex, kind="stable")
    return vertex[order], low[order], high[order]


def _steps(parts: Floats) -> tuple[Ints, Ints, Ints]:
    """Rows of so many steps and one: for each the number of its piece, of its step, and of all."""
    count = parts.astype(np.int64) + 1
    piece = np.repeat(np.arange(len(count)), count)
    at = np.arange(len(piece)) - np.repeat(np.cumsum(count) - count, count)
    return piece, at, count[piece] - 1
