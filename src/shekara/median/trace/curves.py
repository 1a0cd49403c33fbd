"""Lines: enough points between turning points that no chord leaves the true curve."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from shekara.geometry.longitudes import short_way, wrap
from shekara.median.ellipsoid import Bools, Floats, Ints
from shekara.median.solve.equidistance import WeightedDistance, bases_of, onto
from shekara.median.trace.points import SAMPLE, LinePoints

# A chord never strays farther than this part of its distance from the shores, whatever the
# tolerance, so that a line in a narrow channel cannot touch land.
NARROW = 0.05
# No interval is halved more often than this: a millionth of its length remains.
DEPTH = 20


@dataclass(frozen=True)
class Curves:
    """Points of all lines in order; row is the row of a turning point or node, or -1."""

    line: Ints
    lon: Floats
    lat: Floats
    row: Ints
    pair: Ints
    """Elements (n, 2) that govern from this point on to the next."""


def draw_curves(weighted: WeightedDistance, rows: LinePoints, tolerance_m: float) -> Curves:
    """The lines through the rows; samples are used only where a line bends far from its chord."""
    kept = np.flatnonzero(_anchors(weighted, rows))
    rows = rows.take(kept)
    line, lon, lat = rows.line.copy(), rows.lon.copy(), rows.lat.copy()
    unknown: Bools = np.asarray((rows.after < 0).any(axis=1))
    pair = np.where(unknown[:, None], -1, rows.after)
    follows = np.append(line[1:] == line[:-1], False)
    following = np.roll(rows.before, -1, axis=0)
    pair = np.where(unknown[:, None], following, pair)
    row = np.where(rows.kind == SAMPLE, -1, kept)
    straight: Bools = same_place(weighted, pair) | np.asarray((pair < 0).any(axis=1))
    todo = follows & ~straight
    for _ in range(DEPTH):
        at = np.flatnonzero(todo)
        if not len(at):
            break
        mid_lon, mid_lat, bent = _bend(weighted, lon, lat, pair, at, tolerance_m)
        at, mid_lon, mid_lat = at[bent], mid_lon[bent], mid_lat[bent]
        todo = np.zeros(len(line), dtype=bool)
        todo[at] = True
        where = at + 1
        line = np.insert(line, where, line[at])
        lon, lat = np.insert(lon, where, mid_lon), np.insert(lat, where, mid_lat)
        row = np.insert(row, where, -1)
        pair = np.insert(pair, where, pair[at], axis=0)
        todo = np.insert(todo, where, True)
    return Curves(line, wrap(lon), lat, row, pair)


def same_place(weighted: WeightedDistance, pair: Ints) -> Bools:
    """Whether both elements are the same land terminus: there the line is straight."""
    shores, count = weighted.shores, len(weighted.shores.lon)
    vertex: Bools = np.asarray(((pair < count) & (pair >= 0)).all(axis=1))
    safe = np.where(vertex[:, None], pair, 0)
    same: Bools = shores.place[safe[:, 0]] == shores.place[safe[:, 1]]
    return vertex & same & weighted.alike(safe[:, 0], safe[:, 1])


def _bend(
    weighted: WeightedDistance, lon: Floats, lat: Floats, pair: Ints, at: Ints, tolerance_m: float
) -> tuple[Floats, Floats, Bools]:
    """Point of the curve half-way along each interval, and whether the chord strays."""
    globe = weighted.globe
    lon1, lat1, lon2, lat2 = lon[at], lat[at], lon[at + 1], lat[at + 1]
    ahead, _, length = globe.inverse(lon1, lat1, lon2, lat2)
    x, y, _ = globe.direct(lon1, lat1, ahead, length * 0.5)
    mid_lon, mid_lat = onto(weighted, pair[at, 0], pair[at, 1], x, y)
    stray = globe.distance_m(x, y, mid_lon, mid_lat)
    # A drawn chord is straight in longitude and latitude, not geodesic.
    step = short_way(lon2 - lon1)
    drawn = globe.distance_m(lon1 + step / 2, (lat1 + lat2) / 2, mid_lon, mid_lat)
    # At a pole longitudes say nothing about the chord.
    polar = np.maximum(np.abs(lat1), np.abs(lat2)) > 89.9
    stray = np.maximum(stray, np.where(polar, 0, drawn))
    near = bases_of(weighted.shores, pair[at, 0], mid_lon, mid_lat)
    allowed = np.minimum(tolerance_m, np.maximum(NARROW * near.distance, 1e-3))
    # Where the middle says that a chord serves, a curve shaped like an S may still stray.
    calm = np.flatnonzero(stray <= allowed)
    for fraction in (0.25, 0.75):
        x, y, _ = globe.direct(lon1[calm], lat1[calm], ahead[calm], length[calm] * fraction)
        cx, cy = onto(weighted, pair[at[calm], 0], pair[at[calm], 1], x, y)
        stray[calm] = np.maximum(stray[calm], globe.distance_m(x, y, cx, cy))
    return mid_lon, mid_lat, stray > allowed


def _anchors(weighted: WeightedDistance, rows: LinePoints) -> Bools:
    """The fixed rows, and of the samples those that keep a long bend or a closed line open."""
    fixed = rows.kind != SAMPLE
    first = np.append(True, rows.line[1:] != rows.line[:-1])
    last = np.append(first[1:], True)
    keep: Bools = fixed | first | last
    globe = weighted.globe
    at = np.flatnonzero(keep)
    for left, right in zip(at[:-1].tolist(), at[1:].tolist(), strict=True):
        inside = np.arange(left + 1, right)
        if not len(inside) or rows.line[left] != rows.line[right]:
            continue
        count = len(inside)
        ends = [
            globe.distance_m(
                np.full(count, rows.lon[end]),
                np.full(count, rows.lat[end]),
                rows.lon[inside],
                rows.lat[inside],
            )
            for end in (left, right)
        ]
        ends_at = (rows.lon[left], rows.lat[left], rows.lon[right], rows.lat[right])
        chord = float(globe.geod.inv(*ends_at)[2])
        if float((ends[0] + ends[1]).max()) > 1.1 * chord + 1e-3:
            keep[inside[np.linspace(0, count - 1, min(count, 7)).astype(np.int64)]] = True
    return keep
