"""Proof that no other shore is nearer anywhere along a line than those that govern it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from shekara.median.ellipsoid import Bools, Floats, Ints
from shekara.median.solve.equidistance import WeightedDistance, bases_of, onto
from shekara.median.trace.curves import Curves, draw_curves, same_place
from shekara.median.trace.line_parts import Part, join_lines, part_lines
from shekara.median.trace.points import PROOF_M, TURN, LinePoints, samples, straighten
from shekara.median.trace.turning_points import place_turning_points

# Points at which each interval between two vertices of a line is examined.
FRACTIONS = (0.25, 0.5, 0.75)
# Intervals of the proof are no longer than this part of the distance from the shores, unless the
# line itself has no vertex between.
PART = 0.05
# Rounds of putting in turning points that the proof finds missing.
ROUNDS = 10
# A turning point is false where another base point is nearer by more than this (1 mm); rounds of
# making such anew.
UNSOUND_M, FALSE_ROUNDS = 1e-3, 3


def prove_curves(
    weighted: WeightedDistance, owners: Ints, rows: LinePoints, tolerance_m: float
) -> Part:
    """The traced lines; where another shore is nearer, the turning points there are added.

    Lines without rivals are done; the others are drawn again. A rival that, looked at, changes
    nothing is not looked at again.
    """
    rows = _without_false_turns(weighted, owners, rows)
    curves = draw_curves(weighted, rows, tolerance_m)
    if not len(rows.line):
        return rows, curves
    finished: dict[int, Part] = {}
    for attempt in range(ROUNDS):
        places = rivals(weighted, owners, _thinned(weighted, curves), len(rows.line))
        # Rivals that only come near are looked at once.
        looked = places.nearer | (attempt == 0)
        sample, good = samples(
            weighted,
            places.line[looked],
            owners[places.line[looked], 0],
            owners[places.line[looked], 1],
            places.lon[looked],
            places.lat[looked],
        )
        away = weighted.globe.distance_m(
            places.lon[looked], places.lat[looked], sample.lon, sample.lat
        )
        good &= away < places.step[looked]
        good &= (sample.before != places.pair[looked]).any(axis=1)
        open_lines = np.unique(sample.line[good])
        numbers = np.unique(rows.line)
        parts = part_lines(rows, curves, numbers)
        finished.update({n: parts[n] for n in np.setdiff1d(numbers, open_lines).tolist()})
        if not len(open_lines):
            break
        fuller = rows.insert(places.following[looked][good], sample.take(good))
        fuller = fuller.take(np.isin(fuller.line, open_lines))
        more, _ = place_turning_points(weighted, owners, straighten(weighted, fuller))
        same = np.bincount(rows.line[rows.kind == TURN], minlength=len(owners)) == np.bincount(
            more.line[more.kind == TURN], minlength=len(owners)
        )
        finished.update({n: parts[n] for n in open_lines[same[open_lines]].tolist()})
        rows = more.take(~same[more.line])
        if not len(rows.line):
            break
        curves = draw_curves(weighted, rows, tolerance_m)
    else:
        finished.update(part_lines(rows, curves, np.unique(rows.line)))
    return join_lines(finished)


def _without_false_turns(weighted: WeightedDistance, owners: Ints, rows: LinePoints) -> LinePoints:
    """The rows, where turning points that another base point of the same owners denies are made
    anew.

    Between two samples a third base point may govern for a while; then the change from the first
    to the last, solved at once, lies off the line. A sample there tells of the third.
    """
    for _ in range(FALSE_ROUNDS):
        at = np.flatnonzero((rows.kind == TURN) & (rows.before >= 0).all(axis=1))
        line, lon, lat = rows.line[at], rows.lon[at], rows.lat[at]
        false: Bools = np.zeros(len(at), dtype=bool)
        for side in (0, 1):
            stated = bases_of(weighted.shores, rows.before[at, side], lon, lat).distance
            nearest = weighted.finders.nearest(owners[line, side], lon, lat).distance
            false |= nearest < stated - UNSOUND_M
        at = at[false]
        if not len(at):
            break
        pair = owners[rows.line[at]]
        sample, good = samples(
            weighted, rows.line[at], pair[:, 0], pair[:, 1], rows.lon[at], rows.lat[at]
        )
        keep = np.ones(len(rows.line), dtype=bool)
        keep[at[good]] = False
        fuller = rows.insert(at[good], sample.take(good))
        # Each sample stands before the row that it replaces.
        keep = np.insert(keep, at[good], True)
        fuller = fuller.take(keep)
        rows, _ = place_turning_points(weighted, owners, straighten(weighted, fuller))
    return rows


def _thinned(weighted: WeightedDistance, curves: Curves) -> Curves:
    """The curves with no more vertices than the proof needs, turning points and ends kept.

    Far from the shores a drawn line has many vertices between two turning points; a rival is
    found as surely from intervals that are short beside the distance of the base points.
    """
    count = len(curves.line)
    known = np.asarray((curves.pair >= 0).all(axis=1))
    far = np.zeros(count)
    e = curves.pair[known, 0]
    far[known] = bases_of(weighted.shores, e, curves.lon[known], curves.lat[known]).distance
    same = np.append(False, curves.line[1:] == curves.line[:-1])
    step = np.zeros(count)
    step[1:] = weighted.globe.distance_m(
        curves.lon[:-1], curves.lat[:-1], curves.lon[1:], curves.lat[1:]
    )
    last = np.append(~same[1:], True)
    keep = (curves.row >= 0) | ~same | last | ~known
    run = 0.0
    nexts = np.append(step[1:], 0.0)
    for n in np.flatnonzero(~keep | np.roll(~keep, 1)).tolist():
        run = step[n] if n == 0 or keep[n - 1] else run + step[n]
        if not keep[n] and run + nexts[n] > PART * far[n]:
            keep[n] = True
    at = np.flatnonzero(keep)
    return Curves(curves.line[at], curves.lon[at], curves.lat[at], curves.row[at], curves.pair[at])


@dataclass(frozen=True)
class Rivals:
    """Places where turning points may be missing."""

    line: Ints
    following: Ints
    """The row of the line that comes next."""
    lon: Floats
    lat: Floats
    step: Floats
    """Length in metres of the interval examined."""
    pair: Ints
    """Elements (n, 2) that govern the interval."""
    nearer: Bools
    """Whether the rival was seen nearer than the governing base point, not only near."""


def rivals(weighted: WeightedDistance, owners: Ints, traced: Curves, rows: int) -> Rivals:
    """Places on the lines where another base point of the same owners comes nearer, or may.

    A rival base point can only dip below the governing one between two examined points a step
    apart where it comes within step²/4d of it, for the difference of two distances bends no
    faster than 2/d. Such rivals are followed to their nearest approach.
    """
    at = np.flatnonzero(
        (traced.line[:-1] == traced.line[1:])
        & (traced.pair[:-1] >= 0).all(axis=1)
        & ~same_place(weighted, traced.pair[:-1])
    )
    fixed = np.where(traced.row >= 0, traced.row, rows)
    following = np.minimum.accumulate(fixed[::-1])[::-1]
    ahead, _, length = weighted.globe.inverse(
        traced.lon[at], traced.lat[at], traced.lon[at + 1], traced.lat[at + 1]
    )
    at, ahead, length = at[length > 0.01], ahead[length > 0.01], length[length > 0.01]
    if not len(at):
        return Rivals(at, at, ahead, ahead, ahead, traced.pair[at], ahead > 0)
    pair = traced.pair[at]
    spots = []
    for share in FRACTIONS:
        lon, lat, _ = weighted.globe.direct(traced.lon[at], traced.lat[at], ahead, length * share)
        spots.append(onto(weighted, pair[:, 0], pair[:, 1], lon, lat))
    count, interval = len(FRACTIONS), np.repeat(np.arange(len(at)), len(FRACTIONS))
    spot = np.tile(np.arange(count), len(at))
    lon = np.stack([s[0] for s in spots], axis=1)
    lat = np.stack([s[1] for s in spots], axis=1)
    line, step = traced.line[at], length / count
    picks: list[tuple[Ints, Floats, Bools]] = []
    for side in (0, 1):
        governing = bases_of(weighted.shores, pair[interval, side], lon.ravel(), lat.ravel())
        margin = step[interval] ** 2 / (4 * np.maximum(governing.distance, step[interval] / 2))
        owner = owners[line[interval], side]
        for number in np.unique(owner):
            rows_k = np.flatnonzero(owner == number)
            point, base = weighted.finders.of[int(number)].near(
                lon.ravel()[rows_k], lat.ravel()[rows_k], margin[rows_k]
            )
            point = rows_k[point]
            gap = base.distance - governing.distance[point]
            rival = (base.element != pair[interval[point], side]) & (gap <= margin[point])
            point, element, gap = point[rival], base.element[rival], gap[rival]
            nearer = gap < -PROOF_M
            picks.append(
                (
                    interval[point[nearer]],
                    np.asarray(FRACTIONS)[spot[point[nearer]]],
                    np.full(int(nearer.sum()), True),
                )
            )
            rest = ~nearer
            picks.append(
                _dips(
                    weighted,
                    element[rest],
                    pair[:, side],
                    interval[point[rest]],
                    spot[point[rest]],
                    lon,
                    lat,
                    margin[point[rest]],
                )
            )
    chosen = np.concatenate([p[0] for p in picks])
    fraction = np.concatenate([p[1] for p in picks])
    sure = np.concatenate([p[2] for p in picks])
    order = np.lexsort(np.stack([fraction, chosen]))
    chosen, fraction, sure = (np.asarray(x)[order] for x in (chosen, fraction, sure))
    first: Bools = np.ones(len(chosen), dtype=bool)
    first[1:] = (chosen[1:] != chosen[:-1]) | (np.diff(fraction) > 1e-3)
    chosen, fraction, sure = chosen[first], fraction[first], sure[first]
    out_lon, out_lat, _ = weighted.globe.direct(
        traced.lon[at[chosen]], traced.lat[at[chosen]], ahead[chosen], length[chosen] * fraction
    )
    return Rivals(
        line[chosen],
        following[at[chosen] + 1],
        out_lon,
        out_lat,
        length[chosen],
        pair[chosen],
        sure.astype(bool),
    )


def _dips(  # noqa: PLR0913 - columns side by side
    weighted: WeightedDistance,
    element: Ints,
    governs: Ints,
    interval: Ints,
    spot: Ints,
    lon: Floats,
    lat: Floats,
    margin: Floats,
) -> tuple[Ints, Floats, Bools]:
    """Intervals and fractions at which a rival comes nearest, if it comes near enough."""
    values = []
    for column in range(len(FRACTIONS)):
        x, y = lon[interval, column], lat[interval, column]
        values.append(
            bases_of(weighted.shores, element, x, y).distance
            - bases_of(weighted.shores, governs[interval], x, y).distance
        )
    low, mid, high = values
    bend, slope = low - 2 * mid + high, (high - low) / 2
    offset = np.where(bend > 1e-12, -slope / np.maximum(bend, 1e-12), np.inf)
    depth = mid - np.where(bend > 1e-12, slope**2 / np.maximum(2 * bend, 1e-12), 0)
    good: Bools = (np.abs(offset) < 2) & (depth < 0.1 * margin + PROOF_M) & (spot >= 0)
    return interval[good], 0.5 + 0.25 * offset[good], np.zeros(int(good.sum()), dtype=bool)
