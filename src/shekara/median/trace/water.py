"""Links cut to the water: what lies on land, or outside the sea asked for, is not traced."""

from __future__ import annotations

from dataclasses import replace
from typing import Protocol

import numpy as np

from shekara.median.ellipsoid import Bools, Floats, unit
from shekara.median.solve.equidistance import WeightedDistance
from shekara.median.trace.tripoints import Link

# The rough line errs by about one percent of its distance from the shores.
ROUGH = 0.03
# Nearer than this the water's edge always counts.
LEAST_MARGIN_M = 500.0
# Long arcs are looked at in pieces (50 km bend 50 m in a plane), so many at most.
PIECE_M, MOST = 50_000.0, 400


class Water(Protocol):
    """A part of the Earth's surface that knows which lines come near it."""

    def reached(self, u: Floats, after: Floats, margin_m: Floats) -> Bools:
        """Whether chords between unit vectors (n, 3) come within a margin of the water."""


def links_in_water(
    weighted: WeightedDistance, links: list[Link], water: Water | None
) -> list[Link]:
    """The parts of links in the water or near it; a part ends beyond the water's edge."""
    if water is None or not links:
        return links
    sizes = np.array([len(link.u) for link in links])
    before, at, after = (
        np.concatenate([x if len(x) else np.zeros((0, 3)) for x in part])
        for part in (
            [link.path[:, 0] for link in links],
            [link.u for link in links],
            [link.path[:, 1] for link in links],
        )
    )
    near_before = _near(weighted, water, before, at)
    near_after = _near(weighted, water, at, after)
    out: list[Link] = []
    offset = np.concatenate([[0], np.cumsum(sizes)])
    for n, link in enumerate(links):
        rows = slice(offset[n], offset[n + 1])
        out += _pieces(link, near_before[rows], near_after[rows])
    return out


def _near(weighted: WeightedDistance, water: Water, start: Floats, end: Floats) -> Bools:
    """Which arcs of great circles come near the water."""
    length = np.linalg.norm(end - start, axis=1) * weighted.globe.radius
    count = np.minimum(np.ceil(length / PIECE_M), MOST).astype(np.int64)
    count = np.maximum(count, 1)
    arc = np.repeat(np.arange(len(start)), count)
    step = np.arange(len(arc)) - np.repeat(np.cumsum(count) - count, count)
    u, v = (
        unit(start[arc] * (1 - t)[:, None] + end[arc] * t[:, None])
        for t in (step / count[arc], (step + 1) / count[arc])
    )
    lon, lat = weighted.globe.from_conformal(unit(u + v))
    distance = weighted.finders.all.about_m(lon, lat)
    wet = water.reached(u, v, ROUGH * distance + LEAST_MARGIN_M)
    out = np.zeros(len(start), dtype=bool)
    out[arc[wet]] = True
    return out


def _pieces(link: Link, before: Bools, after: Bools) -> list[Link]:
    """The runs of wet sections of one link, between its samples and from them to its ends.

    ``before`` and ``after`` tell of each sample whether the line is wet on either side of it.
    """
    count = len(link.u)
    if not count:
        return [link]
    loop = link.start[0] == "loop"
    # Sections: from the start to the first sample, from each sample to the next, to the end.
    wet = np.concatenate([before[:1], after[:-1] | before[1:], after[-1:]])
    # The way from a land terminus to the first sample has no corners that could be asked.
    wet[0] |= link.start[0] == "terminus"
    wet[-1] |= link.end[0] == "terminus"
    if loop:
        wet[0] = wet[-1] = after[-1] | before[0]
    if wet.all():
        return [link]
    at = np.flatnonzero(wet)
    if not len(at):
        return []
    out = []
    for run in np.split(at, np.flatnonzero(np.diff(at) > 1) + 1):
        low, high = int(run[0]), int(run[-1])
        start = link.start if low == 0 and not loop else ("cut", -1)
        end = link.end if high == count and not loop else ("cut", -1)
        chosen = np.arange(max(low - 1, 0), min(high, count - 1) + 1)
        if loop and high == count:
            chosen = np.append(chosen, 0)
        out.append(replace(link, u=link.u[chosen], path=link.path[chosen], start=start, end=end))
    return out
