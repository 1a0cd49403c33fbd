"""Links cut to the water: what lies on land, or outside the sea asked for, is not traced."""

from __future__ import annotations

from dataclasses import replace
from typing import Protocol

import numpy as np

from shekara.median.ellipsoid import Bools, Floats, Ints
from shekara.median.solve.equidistance import WeightedDistance
from shekara.median.trace.tripoints import Link, Tripoints

# The rough line errs by about one percent of its distance from the shores.
ROUGH = 0.03
# Nearer than this the water's edge always counts.
LEAST_MARGIN_M = 500.0


class Water(Protocol):
    """A part of the Earth's surface that knows which lines come near it."""

    def reached(self, u: Floats, after: Floats, margin_m: Floats) -> Bools:
        """Whether chords between unit vectors (n, 3) come within a margin of the water."""


def links_in_water(
    weighted: WeightedDistance, tripoints: Tripoints, links: list[Link], water: Water | None
) -> list[Link]:
    """The parts of links in the water or near it; a part ends beyond the water's edge."""
    if water is None or not links:
        return links
    chains = [_chain(weighted, tripoints, link) for link in links]
    sizes = np.array([len(c) for c in chains])
    u = np.concatenate(chains)
    line = np.repeat(np.arange(len(links)), sizes)
    lon, lat = weighted.globe.from_conformal(u)
    distance = weighted.finders.all.nearest(lon, lat).distance
    inner = np.flatnonzero(line[1:] == line[:-1])
    margin = ROUGH * np.maximum(distance[inner], distance[inner + 1]) + LEAST_MARGIN_M
    near = np.zeros(len(u), dtype=bool)
    near[inner] = water.reached(u[inner], u[inner + 1], margin)
    alone = np.flatnonzero(sizes[line] == 1)
    near[alone] = water.reached(u[alone], u[alone], ROUGH * distance[alone] + LEAST_MARGIN_M)
    out: list[Link] = []
    offset = np.concatenate([[0], np.cumsum(sizes)])
    for n, link in enumerate(links):
        wet = near[offset[n] : offset[n + 1]]
        out += _pieces(link, wet)
    return out


def _chain(weighted: WeightedDistance, tripoints: Tripoints, link: Link) -> Floats:
    """The samples of a link with the nodes at its ends."""
    ends = []
    for kind, ref in (link.start, link.end):
        if kind == "junction":
            at = tripoints.lon[[ref]], tripoints.lat[[ref]]
        elif kind == "terminus":
            vertex = next(iter(weighted.shores.termini[ref].values()))
            at = weighted.shores.lon[[vertex]], weighted.shores.lat[[vertex]]
        else:
            ends.append(link.u[:0])
            continue
        ends.append(weighted.globe.conformal(*at))
    loop = link.u[:1] if link.start[0] == "loop" else link.u[:0]
    return np.concatenate([ends[0], link.u, ends[1], loop])


def _pieces(link: Link, wet: Bools) -> list[Link]:
    """The runs of wet chords of one link; ``wet[i]`` is the chord from point i to the next."""
    chords = wet[:-1] if len(wet) > 1 else wet
    if chords.all():
        return [link]
    at = np.flatnonzero(chords)
    if not len(at):
        return []
    # Points of the chain that are samples: nodes at the ends are none.
    first = int(link.start[0] in ("junction", "terminus"))
    runs: list[Ints] = np.split(at, np.flatnonzero(np.diff(at) > 1) + 1)
    count, points = len(link.u), len(wet)
    out = []
    for run in runs:
        low, high = int(run[0]), int(run[-1]) + 1
        start = link.start if low == 0 and link.start[0] != "loop" else ("cut", -1)
        whole = high == points - 1 and link.start[0] != "loop"
        end = link.end if whole else ("cut", -1)
        u = link.u[max(low - first, 0) : min(high + 1 - first, count)]
        if link.start[0] == "loop" and high + 1 - first > count:
            u = np.concatenate([u, link.u[:1]])
        out.append(replace(link, u=u, start=start, end=end))
    return out
