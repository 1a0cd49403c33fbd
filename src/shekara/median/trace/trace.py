"""The exact lines of all owners: rough network, tripoints, turning points, curves, proof."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from shekara.errors import GeometryError
from shekara.geometry.units import NAUTICAL_MILE_M
from shekara.median.ellipsoid import Bools, Floats, Ints
from shekara.median.shores.shores import Shores
from shekara.median.shores.sites import Sites, automatic_spacing_m, place_sites
from shekara.median.solve.equidistance import WeightedDistance
from shekara.median.solve.nearest import Finders
from shekara.median.trace.curves import Curves
from shekara.median.trace.doubts import Doubt, find_doubts
from shekara.median.trace.focus import FINE_M, Focus
from shekara.median.trace.line_order import order_links
from shekara.median.trace.line_store import LineStore
from shekara.median.trace.link_points import link_points
from shekara.median.trace.points import LinePoints
from shekara.median.trace.proof import prove_curves
from shekara.median.trace.rough_network import rough_network, spread_m
from shekara.median.trace.tripoints import Tripoints, prove_tripoints
from shekara.median.trace.turning_points import place_turning_points
from shekara.median.trace.water import Water, links_in_water
from shekara.median.trace.weighted_network import weighted_network

# 350 nautical miles, the farthest that a continental shelf can reach (UNCLOS, article 76(5)).
SHELF_M = 350 * NAUTICAL_MILE_M
# Geodesics are unique, and distances smooth, up to a quarter of the way round and well beyond.
FARTHEST_M = 9_900_000.0
# Looks at doubtful places, each with ten times finer samples.
LOOKS = 4


@dataclass(frozen=True)
class Trace:
    """Every line and turning point, in arrays, and what of them is not proved."""

    weighted: WeightedDistance
    owners: Ints
    """Owners (lines, 2) of each line."""
    rows: LinePoints
    traced: Curves
    junctions: Tripoints
    sites: int
    reach_m: float
    doubts: tuple[Doubt, ...] = ()


def trace_lines(
    shores: Shores,
    weight: Floats,
    *,
    tolerance_m: float,
    spacing_m: float | None,
    reach_m: float | None,
    mask: Bools | None = None,
    water: Water | None = None,
) -> Trace:
    """Lines between all owners of the shores, proved against every shore.

    Where the proof fails, the shores that matter there are sampled more finely and the lines
    there traced anew; the rest is kept. What stays unproved is told as a doubt. A mask leaves
    only some segments (their numbers stay those of the whole); outside the water nothing is
    traced.
    """
    automatic = automatic_spacing_m(shores)
    sites = place_sites(shores, automatic if spacing_m is None else spacing_m, mask)
    # Distances are exact to the segments whatever the sites, so the search keeps to few of them.
    search = sites if spacing_m is None else place_sites(shores, automatic, mask)
    reach = default_reach_m(sites) if reach_m is None else min(reach_m, FARTHEST_M)
    weighted = WeightedDistance(Finders(search), weight)
    focus: Focus | None = None
    store = LineStore()
    best: Trace | None = None
    for look in range(LOOKS):
        network = (
            rough_network(sites, reach, weighted.finders, focus=focus)
            if weighted.equal
            else weighted_network(weighted, reach, focus=focus)
        )
        tripoints, links = prove_tripoints(weighted, network)
        if not links:
            _refuse_nothing(weighted, reach, water)
        links = order_links(weighted, tripoints, links_in_water(weighted, links, water))
        kept, todo = store.split(weighted, tripoints, links)
        rows, owners = link_points(weighted, tripoints, [links[n] for n in todo], reach)
        rows, _ = place_turning_points(weighted, owners, rows)
        rows, curves = prove_curves(weighted, owners, rows, tolerance_m)
        # Lines kept from an earlier look were beyond doubt then, against the same shores.
        doubts = [
            replace(doubt, line=todo[doubt.line])
            for doubt in find_doubts(weighted, owners, rows, curves, tripoints)
            if water is None or _in_water(weighted, doubt, water)
        ]
        all_owners = np.array([(x.a, x.b) for x in links], dtype=np.int64).reshape(-1, 2)
        rows, curves = store.join(kept, todo, rows, curves)
        store = store.remember(rows, curves, {d.line for d in doubts}, len(links))
        trace = Trace(
            weighted, all_owners, rows, curves, tripoints, len(sites.lon), reach, tuple(doubts)
        )
        if best is None or _extent(trace) < _extent(best):
            best = trace
        if not doubts:
            break
        focus = _focus(weighted, doubts, focus, look)
    assert best is not None
    return best


def _refuse_nothing(weighted: WeightedDistance, reach_m: float, water: Water | None) -> None:
    """Without a sea, owners so far apart that no line lies within the reach are a mistake."""
    if water is None:
        names = " and ".join(weighted.shores.owners[:2])
        raise GeometryError(
            f"shores: no place within {reach_m / 1000:.0f} km is as far from two owners ({names}); "
            "give a greater reach, or shores that are nearer to each other"
        )


def _in_water(weighted: WeightedDistance, doubt: Doubt, water: Water) -> bool:
    """Whether any of a doubtful stretch lies in the water, or no farther off than it is large."""
    u = weighted.globe.conformal(doubt.lon, doubt.lat)
    start, end = (u[:-1], u[1:]) if len(u) > 1 else (u, u)
    return bool(water.reached(start, end, np.full(len(start), doubt.size_m)).any())


def _extent(trace: Trace) -> float:
    """What a trace leaves in doubt: the sum of the sizes."""
    return sum(d.size_m for d in trace.doubts)


def _focus(
    weighted: WeightedDistance, doubts: list[Doubt], before: Focus | None, look: int
) -> Focus:
    """The places of all doubts so far, the new ones with finer samples."""
    ends = [
        weighted.globe.distance_m(
            d.lon[[0, -1]], d.lat[[0, -1]], *(np.full(2, x) for x in d.place)
        ).max()
        for d in doubts
    ]
    place = np.array([d.place for d in doubts])
    fresh = Focus(
        place[:, 0],
        place[:, 1],
        np.clip(ends, 50.0, 20_000.0),
        np.full(len(doubts), FINE_M / 10**look),
    )
    if before is None:
        return fresh
    return Focus(
        np.append(before.lon, fresh.lon),
        np.append(before.lat, fresh.lat),
        np.append(before.radius_m, fresh.radius_m),
        np.append(before.fine_m, fresh.fine_m),
    )


def default_reach_m(sites: Sites) -> float:
    """Twice the extent of the shores, at least the reach of a continental shelf."""
    return float(np.clip(2 * spread_m(sites.lon, sites.lat, sites), SHELF_M, FARTHEST_M))
