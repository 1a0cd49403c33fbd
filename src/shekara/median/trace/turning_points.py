"""Turning points: where, along a line between two owners, another base point takes over.

A walk starts from rough samples of each line, carries them onto the line, and halves every
interval whose ends are governed by different base points until one exact equation tells where
the change happens. A change counts only when no other shore is nearer there.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from shekara.median.ellipsoid import Bools, Ints
from shekara.median.solve.equidistance import WeightedDistance
from shekara.median.trace.points import SAME_M, TERMINUS, TURN, LinePoints, join, samples
from shekara.median.trace.termini import alike_lines, as_wedge, without_wedges
from shekara.median.trace.turning_point_refinement import compound, exact_turning_points


def place_turning_points(
    weighted: WeightedDistance, owners: Ints, rows: LinePoints
) -> tuple[LinePoints, Ints]:
    """The rows with every turning point put in; owners (lines, 2) of each line.

    Also returns lines on which a third owner turned up (their topology is wrong).
    """
    suspicious: list[int] = []
    rows = without_wedges(weighted, owners, rows)
    for attempt in range(60):
        left = np.flatnonzero(rows.line[:-1] == rows.line[1:])
        change = rows.after[left] != rows.before[left + 1]
        left = left[_open(weighted, rows, left, change)]
        if not len(left):
            break
        change = rows.after[left] != rows.before[left + 1]
        length = weighted.globe.distance_m(
            rows.lon[left], rows.lat[left], rows.lon[left + 1], rows.lat[left + 1]
        )
        free = (rows.after[left] >= 0).all(axis=1) & (rows.before[left + 1] >= 0).all(axis=1)
        tiny = free & ((length < SAME_M * 4.0 ** max(0, attempt - 16)) | (attempt == 59))
        turns, solved = exact_turning_points(weighted, rows, left, change, free & ~tiny, length)
        both = np.flatnonzero(tiny)
        position, parts = [left[solved] + 1], [turns]
        if len(both):
            parts.append(compound(weighted, rows, left[both]))
            position.append(left[both] + 1)
        rest = left[~tiny & ~np.isin(left, left[solved])]
        if len(rest):
            middle, good = _middle_samples(weighted, owners, rows, rest)
            parts.append(middle.take(good))
            position.append(rest[good] + 1)
            # At the edge of a wedge the two distances touch instead of crossing: no sample.
            edge = (
                ~good
                & (
                    (rows.kind[rest] == TERMINUS) & (rows.after[rest] < 0).any(axis=1)
                    | (rows.kind[rest + 1] == TERMINUS) & (rows.before[rest + 1] < 0).any(axis=1)
                )
                & alike_lines(weighted, owners)[rows.line[rest]]
            )
            rows = as_wedge(weighted, owners, rows, rest[edge])
            # A third owner inside: accept the interval as it is; the caller is told.
            bad = rest[~good & ~edge]
            suspicious += rows.line[bad].tolist()
            if len(bad):
                parts.append(compound(weighted, rows, bad))
                position.append(bad + 1)
        rows = rows.insert(np.concatenate(position), join(parts))
        rows = without_wedges(weighted, owners, rows)
    rows = _merge_twins(weighted, rows)
    return rows, np.unique(np.array(suspicious, dtype=np.int64))


def _merge_twins(weighted: WeightedDistance, rows: LinePoints) -> LinePoints:
    """Turning points at one place as one; those that undo each other as none."""
    while len(rows.line) > 1:
        apart = weighted.globe.distance_m(rows.lon[:-1], rows.lat[:-1], rows.lon[1:], rows.lat[1:])
        twin = (rows.kind[:-1] == TURN) & (rows.kind[1:] == TURN) & (apart < SAME_M)
        twin &= rows.line[:-1] == rows.line[1:]
        at = np.flatnonzero(twin)
        if not len(at):
            break
        # One pair at a time where three or more stand together.
        at = at[np.append(True, np.diff(at) > 1)]
        after = rows.after.copy()
        after[at] = rows.after[at + 1]
        keep = np.ones(len(rows.line), dtype=bool)
        keep[at + 1] = False
        keep[at] = (rows.before[at] != after[at]).any(axis=1)
        rows = replace(rows, after=after).take(keep)
    return rows


def _open(weighted: WeightedDistance, rows: LinePoints, left: Ints, change: Bools) -> Bools:
    """Intervals whose ends are governed differently; a terminus suits its own segments."""
    out: Bools = np.asarray(change.any(axis=1))
    for end, other, side in ((left, left + 1, "before"), (left + 1, left, "after")):
        for interval in np.flatnonzero(out & (rows.kind[end] == TERMINUS)):
            governs = rows.after if side == "before" else rows.before
            if (governs[end[interval]] >= 0).all():
                continue
            pair = getattr(rows, side)[other[interval]]
            if (pair < 0).any() or _springs_from(weighted, int(rows.place[end[interval]]), pair):
                out[interval] = False
    return out


def _springs_from(weighted: WeightedDistance, place: int, pair: Ints) -> bool:
    """Whether both elements touch a place, and not both are that place itself."""
    shores, count = weighted.shores, len(weighted.shores.lon)
    at_place = 0
    for element in pair.tolist():
        if element < count:
            if shores.place[element] != place:
                return False
            at_place += 1
        elif place not in (shores.place[v] for v in shores.touching(element - count)):
            return False
    return at_place < 2


def _middle_samples(
    weighted: WeightedDistance, owners: Ints, rows: LinePoints, left: Ints
) -> tuple[LinePoints, Bools]:
    """A sample inside each interval; nearer to a terminus, for lines begin there narrowly."""
    fraction = np.full(len(left), 0.5)
    fraction[rows.kind[left] == TERMINUS] = 0.2
    fraction[rows.kind[left + 1] == TERMINUS] = 0.8
    lon, lat = weighted.globe.between(
        rows.lon[left], rows.lat[left], rows.lon[left + 1], rows.lat[left + 1], fraction
    )
    line = rows.line[left]
    return samples(weighted, line, owners[line, 0], owners[line, 1], lon, lat)
