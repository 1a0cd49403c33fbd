"""The exact lines of all owners: rough network, junctions, turning points, curves, proof."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from shekara.errors import GeometryError
from shekara.median.ellipsoid import Bools, Floats, Ints
from shekara.median.shores.shores import Shores
from shekara.median.shores.sites import Sites, automatic_spacing_m, place_sites
from shekara.median.solve.equidistance import Levels, at_reach, bases_of
from shekara.median.solve.nearest import Finders
from shekara.median.trace.curves import Traced, trace
from shekara.median.trace.points import (
    JUNCTION,
    REACH,
    TERMINUS,
    TURN,
    Rows,
    joined,
    samples,
    straightened,
)
from shekara.median.trace.proof import rivals
from shekara.median.trace.rough_network import GRADE, rough_network, spread_m
from shekara.median.trace.termini import at_terminus
from shekara.median.trace.tripoints import Junctions, Link, proved
from shekara.median.trace.turning_points import turning
from shekara.median.trace.weighted_network import weighted_network

# 350 nautical miles, the farthest that a continental shelf can reach (UNCLOS, article 76(5)).
SHELF_M = 350 * 1852.0
# No turning point may err by more (1 mm).
UNSOUND_M = 1e-3
# Geodesics are unique, and distances smooth, up to a quarter of the way round and well beyond.
FARTHEST_M = 9_900_000.0


@dataclass(frozen=True)
class Survey:
    """Every line and turning point, in arrays."""

    levels: Levels
    owners: Ints
    """Owners (lines, 2) of each line."""
    rows: Rows
    traced: Traced
    junctions: Junctions
    sites: int
    reach_m: float


def survey(
    shores: Shores,
    weight: Floats,
    *,
    tolerance_m: float,
    spacing_m: float | None,
    reach_m: float | None,
    mask: Bools | None = None,
) -> Survey:
    """Lines between all owners of the shores, proved against every shore.

    A mask leaves only some segments; their numbers stay those of the whole.
    """
    automatic = automatic_spacing_m(shores)
    sites = place_sites(shores, automatic if spacing_m is None else spacing_m, mask)
    # Distances are exact to the segments whatever the sites, so the search keeps to few of them.
    search = sites if spacing_m is None else place_sites(shores, automatic, mask)
    reach = default_reach_m(sites) if reach_m is None else min(reach_m, FARTHEST_M)
    levels = Levels(Finders(search), weight)
    grade = GRADE
    for _ in range(4):
        network = (
            rough_network(sites, reach, grade) if levels.equal
            else weighted_network(levels, reach, grade / 6)
        )  # fmt: skip
        junctions, links = proved(levels, network)
        rows, owners = _rows(levels, junctions, links, reach)
        rows, wrong = turning(levels, owners, rows)
        rows, traced, doubtful = _proved_curves(levels, owners, rows, tolerance_m)
        doubtful = doubtful or bool((junctions.rival >= 0).any()) or unsound(levels, rows)
        if not len(wrong) and not doubtful:
            return Survey(levels, owners, rows, traced, junctions, len(sites.lon), reach)
        grade /= 3
    raise GeometryError(
        "shores: owners lie so close that their order along a line cannot be told; "
        "remove slivers between shores or give a smaller spacing"
    )


def unsound(levels: Levels, rows: Rows) -> bool:
    """Whether a turning point is not as far from all its base points, to a millimetre."""
    turn = np.flatnonzero(rows.kind == TURN)
    elements = np.concatenate([rows.before[turn], rows.after[turn]], axis=1)
    level = [
        bases_of(levels.shores, e, rows.lon[turn], rows.lat[turn]).distance / levels.of(e)
        for e in elements.T
    ]
    return bool(len(turn) and np.ptp(np.stack(level), axis=0).max() > UNSOUND_M)


def default_reach_m(sites: Sites) -> float:
    """Twice the extent of the shores, at least the reach of a continental shelf."""
    return float(np.clip(2 * spread_m(sites.lon, sites.lat, sites), SHELF_M, FARTHEST_M))


def _rows(
    levels: Levels, junctions: Junctions, links: list[Link], reach: float
) -> tuple[Rows, Ints]:
    """Rows of all links: node, samples on the line, node."""
    owners = np.array([(k.a, k.b) for k in links], dtype=np.int64).reshape(-1, 2)
    sizes = np.array([len(k.u) for k in links], dtype=np.int64)
    line = np.repeat(np.arange(len(links)), sizes)
    u = np.concatenate([k.u for k in links]) if len(links) else np.zeros((0, 3))
    lon, lat = levels.globe.from_conformal(u)
    rows, good = samples(levels, line, owners[line, 0], owners[line, 1], lon, lat)
    good &= levels.globe.distance_m(lon, lat, rows.lon, rows.lat) < 0.3 * reach
    far = bases_of(levels.shores, rows.before[:, 0], rows.lon, rows.lat).distance
    offset = np.concatenate([[0], np.cumsum(sizes)])
    parts = []
    for n, link in enumerate(links):
        inner = np.arange(offset[n], offset[n + 1])
        every = inner[good[inner]]
        own = rows.take(every)
        pieces = [own]
        if link.start[0] == "loop":
            pieces = [own, own.take(np.arange(min(1, len(own.line))))]
        else:
            ends = [
                _node(levels, junctions, n, owners[n], end, own, side, reach)
                for end, side in ((link.start, 0), (link.end, -1))
            ]
            # Rough samples beyond the reach have told the way; the exact end replaces them.
            cut = "reach" in (link.start[0], link.end[0])
            within = rows.take(every[far[every] <= reach]) if cut else own
            pieces = [ends[0], within, ends[1]]
        parts.append(joined(pieces))
    if not parts:
        return rows, owners
    return straightened(levels, joined(parts)), owners


def _node(
    levels: Levels, junctions: Junctions, n: int, owners: Ints, end: tuple[str, int],
    own: Rows, side: int, reach: float,
) -> Rows:  # fmt: skip
    """The row at one end of a line; none where too little of the line is left."""
    kind, ref = end
    line = np.array([n])
    if kind == "junction":
        order = [int(np.flatnonzero(junctions.owners[ref] == k)[0]) for k in owners]
        pair = junctions.elements[ref][order][None]
        return Rows(line, junctions.lon[[ref]], junctions.lat[[ref]], pair, pair,
                    np.array([JUNCTION]), np.array([ref]))  # fmt: skip
    if kind == "terminus":
        vertex = next(iter(levels.shores.termini[ref].values()))
        pair = np.full((1, 2), -1)
        if len(own.line):
            pair = at_terminus(levels, ref, owners, own.lon[side], own.lat[side])[None]
        return Rows(line, levels.shores.lon[[vertex]], levels.shores.lat[[vertex]], pair, pair,
                    np.array([TERMINUS]), np.array([ref]))  # fmt: skip
    if not len(own.line):
        return own
    last = own.take(np.array([side]))
    lon, lat, pair = last.lon, last.lat, last.before
    for _ in range(6):
        lon, lat = at_reach(levels, pair[:, 0], pair[:, 1], lon, lat, reach)
        found, good = samples(levels, line, owners[[0]], owners[[1]], lon, lat)
        if (found.before == pair).all():
            break
        pair = found.before
    if not good.all():
        return own.take(np.zeros(0, dtype=np.int64))
    return replace(found, kind=np.array([REACH]))


def _proved_curves(
    levels: Levels, owners: Ints, rows: Rows, tolerance_m: float
) -> tuple[Rows, Traced, bool]:
    """The traced lines; where another shore is nearer, the turning points there are added."""
    for attempt in range(10):
        traced = trace(levels, rows, tolerance_m)
        found = rivals(levels, owners, traced, len(rows.line))
        nearer = bool(found.nearer.any())
        # Rivals that only come near are looked at once.
        if not len(found.line) or (attempt > 0 and not nearer):
            return rows, traced, False
        sample, good = samples(
            levels, found.line, owners[found.line, 0], owners[found.line, 1], found.lon, found.lat
        )
        good &= levels.globe.distance_m(found.lon, found.lat, sample.lon, sample.lat) < found.step
        fuller = rows.merged(found.following[good], sample.take(good))
        more, wrong = turning(levels, owners, straightened(levels, fuller))
        if len(wrong):
            return rows, traced, True
        if int((more.kind == TURN).sum()) == int((rows.kind == TURN).sum()):
            return rows, traced, nearer
        rows = more
    return rows, trace(levels, rows, tolerance_m), True
