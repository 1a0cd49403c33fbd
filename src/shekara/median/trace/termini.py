"""Wedges: the water off a headland terminus that is nearest to that one place for both owners."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from shekara.median.ellipsoid import Bools, Ints
from shekara.median.solve.equidistance import WeightedDistance, onto
from shekara.median.trace.points import SAMPLE, TERMINUS, TURN, LinePoints


def without_wedges(weighted: WeightedDistance, owners: Ints, rows: LinePoints) -> LinePoints:
    """At a headland terminus the place itself is nearest for both owners in a whole wedge.

    Samples inside the wedge say nothing; the line crosses it straight, from the terminus to the
    point where base points of both owners beside the terminus take over at once.
    """
    if not (rows.kind == TERMINUS).any():
        return rows
    shores, count = weighted.shores, len(weighted.shores.lon)
    pair = np.where(rows.before < count, rows.before, 0)
    here = np.where((rows.before >= 0) & (rows.before < count), shores.place[pair], -1)
    drop = np.zeros(len(rows.lon), dtype=bool)
    ends, after, before = [], rows.after.copy(), rows.before.copy()
    lon, lat = rows.lon.copy(), rows.lat.copy()
    # Lines follow one another: the rows of each are a slice.
    breaks = np.flatnonzero(rows.line[1:] != rows.line[:-1]) + 1
    begins, stops = np.append(0, breaks), np.append(breaks, len(rows.line))
    for end in np.flatnonzero((rows.kind == TERMINUS) & alike_lines(weighted, owners)[rows.line]):
        number = int(np.searchsorted(begins, end, side="right")) - 1
        begin, stop = int(begins[number]), int(stops[number])
        mine, first = slice(begin, stop), end + 1 < stop
        # Beyond the far edge of the wedge nothing counts that lies nearer to the terminus.
        out_of = (rows.before if first else rows.after)[mine]
        shared = weighted.shores.termini[int(rows.place[end])]
        here_too = [shared[int(owner)] for owner in owners[rows.line[end]]]
        edge = begin + np.flatnonzero((rows.kind[mine] == TURN) & (out_of == here_too).all(axis=1))
        if len(edge):
            drop[end + 1 : edge[-1]] |= first
            drop[edge[0] + 1 : end] |= not first
        at = begin + np.flatnonzero(
            (rows.kind[mine] == SAMPLE) & (here[mine] == rows.place[end]).any(axis=1) & ~drop[mine]
        )
        if not len(at):
            continue
        pair = (rows.after if first else rows.before)[end]
        if (pair >= count).all():
            # No wedge: the coast is so straight here that the terminus seems as near as the feet
            # beside it. The feet govern.
            before[at] = after[at] = pair
            lon[at], lat[at] = onto(weighted, before[at, 0], before[at, 1], lon[at], lat[at])
            continue
        # The sample farthest from the terminus stays: the wedge reaches at least so far.
        last = at[-1] if first else at[0]
        beyond = np.arange(end + 1, last) if first else np.arange(last + 1, end)
        drop[beyond[rows.kind[beyond] == SAMPLE]] = True
        after[last] = before[last] = here_too
        ends.append(end if first else end - 1)
    rows = replace(rows, after=after, before=before, lon=lon, lat=lat)
    return as_wedge(weighted, owners, rows, np.array(ends, dtype=np.int64)).take(~drop)


def alike_lines(weighted: WeightedDistance, owners: Ints) -> Bools:
    """Which lines run between two owners of the same weight; only these have wedges."""
    same: Bools = weighted.weight[owners[:, 0]] == weighted.weight[owners[:, 1]]
    return same


def as_wedge(weighted: WeightedDistance, owners: Ints, rows: LinePoints, left: Ints) -> LinePoints:
    """The rows, where intervals that a terminus begins or ends start in its wedge."""
    after, before = rows.after.copy(), rows.before.copy()
    for interval in left.tolist():
        for end, column in ((interval, after), (interval + 1, before)):
            if rows.kind[end] == TERMINUS and (column[end] < 0).any():
                here = weighted.shores.termini[int(rows.place[end])]
                column[end] = [here[int(owner)] for owner in owners[rows.line[end]]]
    return replace(rows, after=after, before=before)


def at_terminus(
    weighted: WeightedDistance, place: int, owners: Ints, lon: float, lat: float
) -> Ints:
    """The elements (2,) that govern a line where it leaves a terminus towards a point.

    They are the two shore segments between which the line runs, when these open to less than a
    straight angle; otherwise, in a wedge, the terminus itself for both. -1 where weights decide.
    """
    shores, count = weighted.shores, len(weighted.shores.lon)
    vertices = shores.termini[place]
    pair = np.array([vertices[int(number)] for number in owners])
    if weighted.weight[owners[0]] != weighted.weight[owners[1]]:
        return np.full(2, -1)
    at = np.flatnonzero(np.isin(shores.start, pair) | np.isin(shores.end, pair))
    at = at[shores.length[at] > 0]
    v = pair[0]
    far = np.where(np.isin(shores.start[at], pair), shores.end[at], shores.start[at])
    here = np.full(len(at), shores.lon[v]), np.full(len(at), shores.lat[v])
    bearing = weighted.globe.inverse(*here, shores.lon[far], shores.lat[far])[0]
    way = weighted.globe.geod.inv(shores.lon[v], shores.lat[v], lon, lat)[0]
    turn = np.mod(bearing - way, 360)
    right, left = int(np.argmin(turn)), int(np.argmax(turn))
    sides = {int(shores.owner[at[number]]): int(at[number]) for number in (right, left)}
    if set(sides) != {int(number) for number in owners}:
        return np.full(2, -1)
    opening = turn[right] + 360 - turn[left]
    if opening >= 180:
        return pair
    return np.array([sides[int(number)] + count for number in owners])
