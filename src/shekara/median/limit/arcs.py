"""Arcs put together: pieces of an outer limit joined into closed lines."""

from __future__ import annotations

import numpy as np
from scipy.spatial import cKDTree

from shekara.median.ellipsoid import Bools, Floats, Globe, Ints
from shekara.median.limit.gaps import trace_gaps
from shekara.median.limit.run import UNKNOWN, Run, joined
from shekara.median.solve.nearest import Finder

# Pieces whose ends lie this near (5 mm) meet.
JOIN_M = 5e-3


def bridges(
    finder: Finder, ends: Floats, xyz: Floats, free: Ints, r: float, tolerance_m: float
) -> list[list[int]]:
    """Free ends that belong together: an arc so short that no sample fell on it lies between.

    Both lie on that arc, so the chord is one of those that the tolerance allows; this is
    checked at its middle.
    """
    earth = finder.sites.shores.globe
    reach = 1.5 * float(np.sqrt(8 * r * tolerance_m))
    if len(free) < 2:
        return []
    pairs = free[cKDTree(xyz[free]).query_pairs(reach, output_type="ndarray")]
    first, second = ends[pairs[:, 0]], ends[pairs[:, 1]]
    lon, lat = earth.between(first[:, 0], first[:, 1], second[:, 0], second[:, 1], 0.5)
    good = np.abs(finder.nearest(lon, lat).distance - r) <= tolerance_m
    apart = np.linalg.norm(xyz[pairs[:, 0]] - xyz[pairs[:, 1]], axis=1)
    ranked = pairs[np.argsort(np.where(good, apart, np.inf), kind="stable")]
    return [list(p) for p in ranked[: int(good.sum())].tolist()]


def join_runs(finder: Finder, runs: list[Run], r: float, tolerance_m: float) -> list[Run]:
    """The runs put together where their ends meet."""
    if not runs:
        return []
    earth = finder.sites.shores.globe
    ends = np.array([[run.lon[side], run.lat[side]] for run in runs for side in (0, -1)])
    xyz = earth.geocentric(ends[:, 0], ends[:, 1])
    partner: dict[int, int] = {}
    pairs = cKDTree(xyz).query_pairs(JOIN_M, output_type="ndarray")
    apart = np.linalg.norm(xyz[pairs[:, 0]] - xyz[pairs[:, 1]], axis=1)
    for i, j in pairs[np.argsort(apart, kind="stable")].tolist():
        if i not in partner and j not in partner:
            partner[i], partner[j] = j, i
    free_ends = np.array([e for e in range(len(ends)) if e not in partner], dtype=np.int64)
    runs = list(runs)
    for i, j, way in trace_gaps(finder, runs, free_ends, r, tolerance_m):
        runs.append(Run(*way, np.full(len(way[0]), UNKNOWN)))
        last = 2 * len(runs) - 1
        partner.update({i: last - 1, last - 1: i, j: last, last: j})
    free_ends = free_ends[[e not in partner for e in free_ends.tolist()]]
    for i, j in bridges(finder, ends, xyz, free_ends, r, tolerance_m):
        itself = i // 2 == j // 2 and len(runs[i // 2].lon) < 4
        if i not in partner and j not in partner and not itself:
            partner[i], partner[j] = j, i
    out, used = [], np.zeros(len(runs), dtype=bool)
    free = [e for e in range(2 * len(runs)) if e not in partner]
    for begin in [*free, *range(0, 2 * len(runs), 2)]:
        if not used[begin // 2]:
            out += _cleaned(earth, *_walk(runs, partner, used, begin))
    return out


def _walk(runs: list[Run], partner: dict[int, int], used: Bools, begin: int) -> tuple[Run, bool]:
    """The runs that follow each other from one end, and whether they lead back to it.

    Ends are numbered by twice the run, plus one for its last; those passed are marked used.
    """
    passed: list[Run] = []
    end = begin
    while not used[end // 2]:
        used[end // 2] = True
        step = runs[end // 2]
        passed.append(step if end % 2 == 0 else step.reversed())
        end = partner.get(end ^ 1, -1)
        if end < 0:
            break
    return joined(passed), end == begin


def _cleaned(earth: Globe, run: Run, closed: bool) -> list[Run]:
    """The line without points at one place, closed exactly; none where nothing is left."""
    x, y = run.lon, run.lat
    apart = earth.distance_m(x, y, np.roll(x, 1), np.roll(y, 1)) > JOIN_M
    apart[0] = True
    x, y, element = x[apart], y[apart], run.element[apart]
    if closed:
        # Closed, with one point where both ends met.
        near = float(earth.geod.inv(x[-1], y[-1], x[0], y[0])[2]) <= JOIN_M
        x, y = (np.append(v[:-1] if near else v, v[0]) for v in (x, y))
        element = element if near else np.append(element, UNKNOWN)
        if len(x) < 4:
            return []
    return [Run(x, y, element)] if len(x) > 1 else []
