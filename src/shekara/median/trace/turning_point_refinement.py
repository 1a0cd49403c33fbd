"""The exact turning point: where the base point changes inside an interval of a line."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from shekara.median.ellipsoid import Bools, Floats, Ints
from shekara.median.solve.equidistance import (
    WeightedDistance,
    bases_of,
    meeting,
    on_normal,
    on_ray,
    onto,
)
from shekara.median.trace.handover import MEETING, NORMAL, RAY, classify_handovers
from shekara.median.trace.points import PROOF_M, SAME_M, TURN, LinePoints, join

# A turning point in a short interval is mended no farther than this from its middle.
MENDED_M = 100.0


# Rounds of asking which base point takes over first at the edge of a wedge.
WEDGES = 8


def exact_turning_points(
    weighted: WeightedDistance,
    rows: LinePoints,
    left: Ints,
    change: Bools,
    free: Bools,
    length: Floats,
) -> tuple[LinePoints, Bools]:
    """Turning points of intervals in which one base point changes, and which were found.

    Samples say nothing of the inside of a wedge, so the base points seen beyond it need not be
    those that take over at its edge: where others are nearer there, these are tried.
    """
    turns, solved, missed = _turning_points(weighted, rows, left, change, free, length)
    for _ in range(WEDGES):
        if not len(missed.interval):
            break
        at, seen = missed.interval, missed.nearest(weighted)
        after, before = rows.after.copy(), rows.before.copy()
        after[left[at[~missed.ahead]]] = seen[~missed.ahead]
        before[left[at[missed.ahead]] + 1] = seen[missed.ahead]
        tried = replace(rows, after=after, before=before)
        differs = after[left[at]] != before[left[at] + 1]
        more, good, next_missed = _turning_points(
            weighted, tried, left[at], differs, free[at], length[at]
        )
        place = np.concatenate([np.flatnonzero(solved), at[good]])
        order = np.argsort(place, kind="stable")
        turns = join([turns, more]).take(order)
        solved[at[good]] = True
        missed = replace(next_missed, interval=at[next_missed.interval])
    return turns, solved


@dataclass(frozen=True)
class _Missed:
    """Edges of wedges at which a shore is nearer than those that were said to take over."""

    interval: Ints
    lon: Floats
    lat: Floats
    ahead: Bools
    """Whether the wedge comes first and the base points beyond it after."""
    pair: Ints
    """The base points (n, 2) that were said to take over."""
    apex: Ints
    """The vertex of the terminus."""

    def nearest(self, weighted: WeightedDistance) -> Ints:
        """The elements (n, 2) of the same owners that are nearest there, but for the terminus."""
        owner = weighted.shores.owner_of(self.pair)
        seen = np.stack(
            [weighted.finders.nearest(side, self.lon, self.lat).element for side in owner.T], axis=1
        )
        terminus = element_places(weighted, self.apex)[:, None]
        return np.where(element_places(weighted, seen) == terminus, self.pair, seen)


def _turning_points(
    weighted: WeightedDistance,
    rows: LinePoints,
    left: Ints,
    change: Bools,
    free: Bools,
    length: Floats,
) -> tuple[LinePoints, Bools, _Missed]:
    """Turning points as the ends of the intervals tell, which were found, and missed edges."""
    shores = weighted.shores
    old, new = rows.after[left], rows.before[left + 1]
    # In a wedge both change at once, from the terminus to both neighbours.
    count = len(shores.lon)
    place = np.where((old < count) & (old >= 0), shores.place[np.clip(old, 0, count - 1)], -1)
    place_new = np.where((new < count) & (new >= 0), shores.place[np.clip(new, 0, count - 1)], -2)
    wedge = (
        free
        & change.all(axis=1)
        & (
            (place[:, 0] == place[:, 1]) & (place[:, 0] >= 0)
            | (place_new[:, 0] == place_new[:, 1]) & (place_new[:, 0] >= 0)
        )
    )
    solved = free & ((change.sum(axis=1) == 1) | wedge)
    pick = np.flatnonzero(solved)
    side = np.where(change[pick, 0], 0, 1)
    number = np.arange(len(pick))
    first, second = old[pick][number, side], new[pick][number, side]
    other = new[pick][number, 1 - side]
    in_wedge = wedge[pick]
    from_old = in_wedge & (place[pick, 0] == place[pick, 1]) & (place[pick, 0] >= 0)
    # Triple of the wedge: the terminus and both its successors (or predecessors).
    other = np.where(in_wedge & ~from_old, old[pick][number, 1 - side], other)
    lon, lat = weighted.globe.between(
        rows.lon[left[pick]],
        rows.lat[left[pick]],
        rows.lon[left[pick] + 1],
        rows.lat[left[pick] + 1],
        0.5,
    )
    wedge_vertex = np.where(from_old, old[pick][number, 1 - side], new[pick][number, 1 - side])
    how = classify_handovers(weighted, first, second, other, wedge_vertex, in_wedge, lon, lat)
    level, rest = np.zeros(len(pick)), np.zeros(len(pick))
    at = np.flatnonzero(how.way == NORMAL)
    lon[at], lat[at], level[at], rest[at] = on_normal(
        weighted, how.vertex[at], how.segment[at], how.other[at], lon[at], lat[at]
    )
    at = np.flatnonzero(how.way == RAY)
    lon[at], lat[at], level[at], rest[at] = on_ray(
        weighted, how.vertex[at], how.azimuth[at], how.near[at], how.other[at], how.far[at]
    )
    at = np.flatnonzero(how.way == MEETING)
    three = np.stack([first[at], second[at], other[at]], axis=1)
    lon[at], lat[at], level[at], rest[at] = meeting(weighted, three, lon[at], lat[at])
    # Round a convex corner the corner itself governs for a while: one step at a time.
    corner = how.corner >= 0
    old, new = old.copy(), new.copy()
    new[pick[corner], side[corner]] = how.corner[corner]
    # A segment whose foot has run to its end stands for the vertex there.
    for pair, column, use in (
        (old, side, how.way == MEETING),
        (new, side, how.way == MEETING),
        (old, 1 - side, ~in_wedge),
        (new, 1 - side, ~in_wedge),
    ):
        column_at = np.flatnonzero(use)
        given = pair[pick[column_at], column[column_at]]
        pair[pick[column_at], column[column_at]] = bases_of(
            weighted.shores, given, lon[column_at], lat[column_at]
        ).element
    best = weighted.nearest(lon, lat)[1]
    good = (rest < PROOF_M) & (best >= level - PROOF_M / weighted.weight.max())
    vertices = np.maximum(np.maximum(first, second), other) < count
    for end in (left[pick], left[pick] + 1):
        apart = weighted.globe.distance_m(lon, lat, rows.lon[end], rows.lat[end])
        # Three vertices meet in one point only; feet may meet in two, of which one is near. Where
        # a line turns sharply its samples are nearer to each other than to the turning point.
        good &= (apart <= 20 * length[pick] + SAME_M) | vertices
    bad = np.flatnonzero(in_wedge & (rest < PROOF_M) & ~good & (best < level))
    beyond = np.where(from_old[:, None], rows.before[left[pick] + 1], rows.after[left[pick]])
    missed = _Missed(pick[bad], lon[bad], lat[bad], from_old[bad], beyond[bad], wedge_vertex[bad])
    pick, lon, lat = pick[good], lon[good], lat[good]
    solved = np.zeros(len(left), dtype=bool)
    solved[pick] = True
    turns = LinePoints(
        rows.line[left[pick]],
        lon,
        lat,
        old[pick],
        new[pick],
        np.full(len(pick), TURN),
        np.full(len(pick), -1),
    )
    return turns, solved, missed


def compound(weighted: WeightedDistance, rows: LinePoints, left: Ints) -> LinePoints:
    """One turning point for an interval too short to be parted.

    Of the middle of the interval and the points at which three of its base points meet, the one
    that is best equidistant from all of them.
    """
    old, new = rows.after[left], rows.before[left + 1]
    lon, lat = weighted.globe.between(
        rows.lon[left], rows.lat[left], rows.lon[left + 1], rows.lat[left + 1], 0.5
    )
    elements = np.concatenate([old, new], axis=1)
    known = np.flatnonzero((elements >= 0).all(axis=1))
    if len(known):
        lon[known], lat[known] = _best_meeting(weighted, elements[known], lon[known], lat[known])
    return LinePoints(
        rows.line[left],
        lon,
        lat,
        old,
        new,
        np.full(len(left), TURN),
        np.full(len(left), -1),
    )


def _best_meeting(
    weighted: WeightedDistance, elements: Ints, lon: Floats, lat: Floats
) -> tuple[Floats, Floats]:
    """The points nearest to equidistance from four elements (n, 4), from first guesses."""
    place = element_places(weighted, elements)
    best = spread_m(weighted, elements, lon, lat)
    out_lon, out_lat = lon.copy(), lat.copy()
    for columns in ((0, 1, 2), (0, 1, 3), (0, 2, 3), (1, 2, 3)):
        at = np.array([len(set(row)) == 3 for row in place[:, columns].tolist()], dtype=bool)
        _keep_better(weighted, elements, best, (out_lon, out_lat), at, columns, (lon, lat))
    # Between the wedges of two termini the points of equal distance from both are a curve.
    two = np.array([len(set(row)) == 2 for row in place.tolist()], dtype=bool)
    _keep_better(weighted, elements, best, (out_lon, out_lat), two, (0, 2), (lon, lat))
    return out_lon, out_lat


def _keep_better(
    weighted: WeightedDistance,
    elements: Ints,
    best: Floats,
    out: tuple[Floats, Floats],
    use: Bools,
    columns: tuple[int, ...],
    guess: tuple[Floats, Floats],
) -> None:
    """Puts the meetings of some columns where they are better than what is there."""
    at = np.flatnonzero(use)
    if not len(at):
        return
    chosen = elements[at][:, columns]
    if len(columns) == 3:
        lon, lat, _, _ = meeting(weighted, chosen, guess[0][at], guess[1][at])
    else:
        lon, lat = onto(weighted, chosen[:, 0], chosen[:, 1], guess[0][at], guess[1][at])
    spread = spread_m(weighted, elements[at], lon, lat)
    near = weighted.globe.distance_m(lon, lat, guess[0][at], guess[1][at]) < MENDED_M
    better = (spread < best[at]) & near
    best[at[better]] = spread[better]
    out[0][at[better]], out[1][at[better]] = lon[better], lat[better]


def element_places(weighted: WeightedDistance, elements: Ints) -> Ints:
    """A number for each element, the same for vertices at one place."""
    shores, count = weighted.shores, len(weighted.shores.lon)
    inside = (elements >= 0) & (elements < count)
    return np.where(inside, shores.place[np.where(inside, elements, 0)], -2 - elements)


def spread_m(weighted: WeightedDistance, elements: Ints, lon: Floats, lat: Floats) -> Floats:
    """Greatest difference of the distances from elements (n, m), in metres."""
    level = [bases_of(weighted.shores, e, lon, lat).distance / weighted.of(e) for e in elements.T]
    return np.asarray(np.ptp(np.stack(level), axis=0))
