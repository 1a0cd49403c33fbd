"""Links as line points: exact nodes at both ends, rough samples carried onto the line between."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from shekara.median.ellipsoid import Bools, Floats, Ints
from shekara.median.solve.equidistance import WeightedDistance, at_reach, bases_of
from shekara.median.trace.points import (
    JUNCTION,
    REACH,
    TERMINUS,
    LinePoints,
    join,
    samples,
    straighten,
)
from shekara.median.trace.termini import at_terminus
from shekara.median.trace.tripoints import Link, Tripoints

# Of lines with so many rough samples or more, one in so many is carried onto the line first.
LONG, STRIDE = 32, 8


def link_points(
    weighted: WeightedDistance, tripoints: Tripoints, links: list[Link], reach: float
) -> tuple[LinePoints, Ints]:
    """The points of all links, node, samples on the line, node; and the owners of each link."""
    owners = np.array([(link.a, link.b) for link in links], dtype=np.int64).reshape(-1, 2)
    rows, good, moved = _carried(weighted, owners, links)
    sizes = np.bincount(rows.line, minlength=len(links))
    good &= moved < 0.3 * reach
    far = bases_of(weighted.shores, rows.before[:, 0], rows.lon, rows.lat).distance
    good[_ends_of_cuts(links, sizes)] = True
    offset = np.concatenate([[0], np.cumsum(sizes)])
    parts = []
    for n, link in enumerate(links):
        inner = np.arange(offset[n], offset[n + 1])
        every = inner[good[inner]]
        on_curve = rows.take(every)
        if link.start[0] == "loop":
            parts.append(join([on_curve, on_curve.take(np.arange(min(1, len(on_curve.line))))]))
            continue
        ends = [
            _node(weighted, tripoints, n, owners[n], end, on_curve, side, reach)
            for end, side in ((link.start, 0), (link.end, -1))
        ]
        # Rough samples beyond the reach have told the way; the exact end replaces them.
        short = "reach" in (link.start[0], link.end[0])
        within = rows.take(every[far[every] <= reach]) if short else on_curve
        parts.append(join([ends[0], within, ends[1]]))
    if not parts:
        return rows, owners
    return straighten(weighted, join(parts)), owners


def _carried(
    weighted: WeightedDistance, owners: Ints, links: list[Link]
) -> tuple[LinePoints, Bools, Floats]:
    """Rough samples on their lines, whether they lie there, and how far they were carried.

    Of long lines every eighth is carried first: between two that have the same base points the
    rest say nothing more, and what they may have missed the proof finds.
    """
    sizes = np.array([len(link.u) for link in links], dtype=np.int64)
    line = np.repeat(np.arange(len(links)), sizes)
    u = np.concatenate([link.u for link in links]) if len(links) else np.zeros((0, 3))
    lon, lat = weighted.globe.from_conformal(u)

    def carry(at: Ints) -> tuple[LinePoints, Bools, Floats]:
        pair = owners[line[at]]
        rows, good = samples(weighted, line[at], pair[:, 0], pair[:, 1], lon[at], lat[at])
        return rows, good, weighted.globe.distance_m(lon[at], lat[at], rows.lon, rows.lat)

    number = np.arange(len(line)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    chosen: Bools = (number % STRIDE == 0) | (number == sizes[line] - 1)
    chosen |= sizes[line] < LONG
    first = np.flatnonzero(chosen)
    rows, good, moved = carry(first)
    alike = (rows.before[1:] == rows.before[:-1]).all(axis=1) & good[1:] & good[:-1]
    alike &= rows.line[1:] == rows.line[:-1]
    # Each sample that waits lies between two that do not.
    waits = np.flatnonzero(~chosen)
    rest = waits[~alike[np.searchsorted(first, waits) - 1]]
    if not len(rest):
        return rows, good, moved
    more = carry(rest)
    order = np.argsort(np.concatenate([first, rest]), kind="stable")
    return (
        join([rows, more[0]]).take(order),
        np.concatenate([good, more[1]])[order],
        np.concatenate([moved, more[2]])[order],
    )


def _ends_of_cuts(links: list[Link], sizes: Ints) -> Ints:
    """The samples at which links were cut outside the water: they stay as they are."""
    last = np.cumsum(sizes) - 1
    first = last - sizes + 1
    cut_first = [bool(n) and link.start[0] == "cut" for n, link in zip(sizes, links, strict=True)]
    cut_last = [bool(n) and link.end[0] == "cut" for n, link in zip(sizes, links, strict=True)]
    return np.concatenate([first[cut_first], last[cut_last]]).astype(np.int64)


def _node(  # noqa: PLR0913 - columns side by side
    weighted: WeightedDistance,
    tripoints: Tripoints,
    n: int,
    owners: Ints,
    end: tuple[str, int],
    inner: LinePoints,
    side: int,
    reach: float,
) -> LinePoints:
    """The point at one end of a line; none where too little of the line is left."""
    kind, ref = end
    line = np.array([n])
    if kind == "junction":
        order = [int(np.flatnonzero(tripoints.owners[ref] == owner)[0]) for owner in owners]
        pair = tripoints.elements[ref][order][None]
        return LinePoints(
            line,
            tripoints.lon[[ref]],
            tripoints.lat[[ref]],
            pair,
            pair,
            np.array([JUNCTION]),
            np.array([ref]),
        )
    if kind == "terminus":
        vertex = next(iter(weighted.shores.termini[ref].values()))
        pair = np.full((1, 2), -1)
        if len(inner.line):
            pair = at_terminus(weighted, ref, owners, inner.lon[side], inner.lat[side])[None]
        return LinePoints(
            line,
            weighted.shores.lon[[vertex]],
            weighted.shores.lat[[vertex]],
            pair,
            pair,
            np.array([TERMINUS]),
            np.array([ref]),
        )
    if kind == "cut" or not len(inner.line):
        return inner.take(np.zeros(0, dtype=np.int64))
    return _end_at_reach(weighted, line, owners, inner, side, reach)


def _end_at_reach(
    weighted: WeightedDistance,
    line: Ints,
    owners: Ints,
    inner: LinePoints,
    side: int,
    reach: float,
) -> LinePoints:
    last = inner.take(np.array([side]))
    lon, lat, pair = last.lon, last.lat, last.before
    for _ in range(6):
        lon, lat = at_reach(weighted, pair[:, 0], pair[:, 1], lon, lat, reach)
        outermost, good = samples(weighted, line, owners[[0]], owners[[1]], lon, lat)
        if (outermost.before == pair).all():
            break
        pair = outermost.before
    kept: Bools = good
    if not kept.all():
        return inner.take(np.zeros(0, dtype=np.int64))
    return replace(outermost, kind=np.array([REACH]))
