"""The exact lines of all owners: rough network, junctions, turning points, curves, proof."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from shekara.errors import GeometryError
from shekara.median.ellipsoid import Bools, Floats, Ints
from shekara.median.shores.shores import Shores
from shekara.median.shores.sites import Sites, automatic_spacing_m, place_sites
from shekara.median.solve.equidistance import WeightedDistance, at_reach, bases_of
from shekara.median.solve.nearest import Finders
from shekara.median.trace.curves import Curves, draw_curves
from shekara.median.trace.points import (
    JUNCTION,
    REACH,
    TERMINUS,
    TURN,
    LinePoints,
    join,
    samples,
    straighten,
)
from shekara.median.trace.proof import rivals
from shekara.median.trace.rough_network import GRADE, rough_network, spread_m
from shekara.median.trace.termini import at_terminus
from shekara.median.trace.tripoints import Link, Tripoints, prove_tripoints
from shekara.median.trace.turning_points import place_turning_points
from shekara.median.trace.weighted_network import weighted_network

# 350 nautical miles, the farthest that a continental shelf can reach (UNCLOS, article 76(5)).
SHELF_M = 350 * 1852.0
# No turning point may err by more (1 mm).
UNSOUND_M = 1e-3
# Geodesics are unique, and distances smooth, up to a quarter of the way round and well beyond.
FARTHEST_M = 9_900_000.0


@dataclass(frozen=True)
class Trace:
    """Every line and turning point, in arrays."""

    weighted: WeightedDistance
    owners: Ints
    """Owners (lines, 2) of each line."""
    rows: LinePoints
    traced: Curves
    junctions: Tripoints
    sites: int
    reach_m: float


def trace_lines(
    shores: Shores,
    weight: Floats,
    *,
    tolerance_m: float,
    spacing_m: float | None,
    reach_m: float | None,
    mask: Bools | None = None,
) -> Trace:
    """Lines between all owners of the shores, proved against every shore.

    A mask leaves only some segments; their numbers stay those of the whole.
    """
    automatic = automatic_spacing_m(shores)
    sites = place_sites(shores, automatic if spacing_m is None else spacing_m, mask)
    # Distances are exact to the segments whatever the sites, so the search keeps to few of them.
    search = sites if spacing_m is None else place_sites(shores, automatic, mask)
    reach = default_reach_m(sites) if reach_m is None else min(reach_m, FARTHEST_M)
    weighted = WeightedDistance(Finders(search), weight)
    grade = GRADE
    for _ in range(4):
        network = (
            rough_network(sites, reach, grade)
            if weighted.equal
            else weighted_network(weighted, reach, grade / 6)
        )
        junctions, links = prove_tripoints(weighted, network)
        rows, owners = _rows(weighted, junctions, links, reach)
        rows, wrong = place_turning_points(weighted, owners, rows)
        rows, traced, doubtful = _prove_curves(weighted, owners, rows, tolerance_m)
        doubtful = doubtful or bool((junctions.rival >= 0).any()) or unsound(weighted, rows)
        if not len(wrong) and not doubtful:
            return Trace(weighted, owners, rows, traced, junctions, len(sites.lon), reach)
        grade /= 3
    raise GeometryError(
        "shores: owners lie so close that their order along a line cannot be told; "
        "remove slivers between shores or give a smaller spacing"
    )


def unsound(weighted: WeightedDistance, rows: LinePoints) -> bool:
    """Whether a turning point is not as far from all its base points, to a millimetre."""
    turn = np.flatnonzero(rows.kind == TURN)
    elements = np.concatenate([rows.before[turn], rows.after[turn]], axis=1)
    level = [
        bases_of(weighted.shores, e, rows.lon[turn], rows.lat[turn]).distance / weighted.of(e)
        for e in elements.T
    ]
    return bool(len(turn) and np.ptp(np.stack(level), axis=0).max() > UNSOUND_M)


def default_reach_m(sites: Sites) -> float:
    """Twice the extent of the shores, at least the reach of a continental shelf."""
    return float(np.clip(2 * spread_m(sites.lon, sites.lat, sites), SHELF_M, FARTHEST_M))


def _rows(
    weighted: WeightedDistance, junctions: Tripoints, links: list[Link], reach: float
) -> tuple[LinePoints, Ints]:
    """Rows of all links: node, samples on the line, node."""
    owners = np.array([(between.a, between.b) for between in links], dtype=np.int64).reshape(-1, 2)
    sizes = np.array([len(between.u) for between in links], dtype=np.int64)
    line = np.repeat(np.arange(len(links)), sizes)
    u = np.concatenate([between.u for between in links]) if len(links) else np.zeros((0, 3))
    lon, lat = weighted.globe.from_conformal(u)
    rows, good = samples(weighted, line, owners[line, 0], owners[line, 1], lon, lat)
    good &= weighted.globe.distance_m(lon, lat, rows.lon, rows.lat) < 0.3 * reach
    far = bases_of(weighted.shores, rows.before[:, 0], rows.lon, rows.lat).distance
    offset = np.concatenate([[0], np.cumsum(sizes)])
    parts = []
    for n, link in enumerate(links):
        inner = np.arange(offset[n], offset[n + 1])
        every = inner[good[inner]]
        on_curve = rows.take(every)
        pieces = [on_curve]
        if link.start[0] == "loop":
            pieces = [on_curve, on_curve.take(np.arange(min(1, len(on_curve.line))))]
        else:
            ends = [
                _node(weighted, junctions, n, owners[n], end, on_curve, side, reach)
                for end, side in ((link.start, 0), (link.end, -1))
            ]
            # Rough samples beyond the reach have told the way; the exact end replaces them.
            cut = "reach" in (link.start[0], link.end[0])
            within = rows.take(every[far[every] <= reach]) if cut else on_curve
            pieces = [ends[0], within, ends[1]]
        parts.append(join(pieces))
    if not parts:
        return rows, owners
    return straighten(weighted, join(parts)), owners


def _node(
    weighted: WeightedDistance,
    junctions: Tripoints,
    n: int,
    owners: Ints,
    end: tuple[str, int],
    inner: LinePoints,
    side: int,
    reach: float,
) -> LinePoints:
    """The row at one end of a line; none where too little of the line is left."""
    kind, ref = end
    line = np.array([n])
    if kind == "junction":
        order = [int(np.flatnonzero(junctions.owners[ref] == owner)[0]) for owner in owners]
        pair = junctions.elements[ref][order][None]
        return LinePoints(
            line,
            junctions.lon[[ref]],
            junctions.lat[[ref]],
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
    if not len(inner.line):
        return inner
    last = inner.take(np.array([side]))
    lon, lat, pair = last.lon, last.lat, last.before
    for _ in range(6):
        lon, lat = at_reach(weighted, pair[:, 0], pair[:, 1], lon, lat, reach)
        outermost, good = samples(weighted, line, owners[[0]], owners[[1]], lon, lat)
        if (outermost.before == pair).all():
            break
        pair = outermost.before
    if not good.all():
        return inner.take(np.zeros(0, dtype=np.int64))
    return replace(outermost, kind=np.array([REACH]))


def _prove_curves(
    weighted: WeightedDistance, owners: Ints, rows: LinePoints, tolerance_m: float
) -> tuple[LinePoints, Curves, bool]:
    """The traced lines; where another shore is nearer, the turning points there are added."""
    for attempt in range(10):
        traced = draw_curves(weighted, rows, tolerance_m)
        places = rivals(weighted, owners, traced, len(rows.line))
        nearer = bool(places.nearer.any())
        # Rivals that only come near are looked at once.
        if not len(places.line) or (attempt > 0 and not nearer):
            return rows, traced, False
        sample, good = samples(
            weighted,
            places.line,
            owners[places.line, 0],
            owners[places.line, 1],
            places.lon,
            places.lat,
        )
        good &= (
            weighted.globe.distance_m(places.lon, places.lat, sample.lon, sample.lat) < places.step
        )
        fuller = rows.insert(places.following[good], sample.take(good))
        more, wrong = place_turning_points(weighted, owners, straighten(weighted, fuller))
        if len(wrong):
            return rows, traced, True
        if int((more.kind == TURN).sum()) == int((rows.kind == TURN).sum()):
            return rows, traced, nearer
        rows = more
    return rows, draw_curves(weighted, rows, tolerance_m), True
