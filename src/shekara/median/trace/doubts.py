"""Doubts: stretches of a line that are not proved, each with its place, size and reason."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from shekara.median.ellipsoid import Bools, Floats, Ints
from shekara.median.solve.equidistance import WeightedDistance, bases_of
from shekara.median.trace.curves import Curves
from shekara.median.trace.points import JUNCTION, TERMINUS, TURN, LinePoints
from shekara.median.trace.tripoints import Tripoints

# No point of a line may err by more (1 mm); what does is doubtful.
UNSOUND_M = 1e-3
OTHER_OWNER = "another owner is nearer"
OTHER_BASE = "another base point of the same owners is nearer"
NOT_LEVEL = "its base points are not equally far"


@dataclass(frozen=True)
class Doubt:
    """A stretch of one line between two proved points of it."""

    line: int
    owners: tuple[int, int]
    lon: Floats
    lat: Floats
    """The stretch in order; its worst place is ``worst``."""
    worst: int
    size_m: float
    """By how much distances contradict the line there."""
    reason: str

    @property
    def place(self) -> tuple[float, float]:
        """Longitude and latitude of the worst point."""
        return float(self.lon[self.worst]), float(self.lat[self.worst])


def find_doubts(
    weighted: WeightedDistance,
    owners: Ints,
    rows: LinePoints,
    curves: Curves,
    tripoints: Tripoints,
) -> list[Doubt]:
    """Every stretch where a base point is nearer than those that govern, by a millimetre or more.

    Each vertex of each line is held against all shores, and each turning point and tripoint
    against the base points that it is said to be equidistant from.
    """
    if not len(curves.line):
        return []
    size, nearest = _excess_m(weighted, curves)
    uneven = _uneven_m(weighted, rows, curves, tripoints)
    worst = np.maximum(size, uneven)
    out = []
    for stretch in _stretches(curves.line, worst > UNSOUND_M):
        peak = int(np.argmax(worst[stretch]))
        vertex = int(stretch[peak])
        pair = owners[curves.line[vertex]]
        if size[vertex] < uneven[vertex]:
            reason = NOT_LEVEL
        elif nearest[vertex] in pair:
            reason = OTHER_BASE
        else:
            reason = OTHER_OWNER
        out.append(
            Doubt(
                int(curves.line[vertex]),
                (int(pair[0]), int(pair[1])),
                curves.lon[stretch],
                curves.lat[stretch],
                peak,
                float(worst[vertex]),
                reason,
            )
        )
    return out


def _excess_m(weighted: WeightedDistance, curves: Curves) -> tuple[Floats, Ints]:
    """By how much another base point is nearer at each vertex, and whose it is."""
    owner, best = weighted.nearest(curves.lon, curves.lat)
    follows = curves.line == np.append(curves.line[1:], -1)
    # The last vertex of a line has no pair of its own; that before it governs there too.
    pair = np.where(follows[:, None], curves.pair, np.roll(curves.pair, 1, axis=0))
    known: Bools = np.asarray((pair >= 0).all(axis=1))
    level = np.zeros((len(curves.line), 2))
    for side in (0, 1):
        e = pair[known, side]
        base = bases_of(weighted.shores, e, curves.lon[known], curves.lat[known])
        level[known, side] = base.distance / weighted.of(e)
    high = np.where(known, level.max(axis=1), best)
    return (high - best) * weighted.weight.max(), owner


def _uneven_m(
    weighted: WeightedDistance, rows: LinePoints, curves: Curves, tripoints: Tripoints
) -> Floats:
    """How unequal the distances to the base points of turning points and tripoints are."""
    out = np.zeros(len(curves.line))
    kind = np.where(curves.row >= 0, rows.kind[curves.row], TERMINUS)
    at = np.flatnonzero(kind == TURN)
    if len(at):
        row = curves.row[at]
        elements = np.concatenate([rows.before[row], rows.after[row]], axis=1)
        level = np.stack(
            [
                bases_of(weighted.shores, e, rows.lon[row], rows.lat[row]).distance / weighted.of(e)
                for e in elements.T
            ]
        )
        out[at] = np.ptp(level, axis=0) * weighted.weight.max()
    at = np.flatnonzero(kind == JUNCTION)
    if len(at):
        out[at] = tripoints.residual[rows.place[curves.row[at]]]
    return out


def _stretches(line: Ints, bad: Bools) -> list[Ints]:
    """Vertices of each run of bad ones, with the good neighbours on the same line."""
    at = np.flatnonzero(bad)
    if not len(at):
        return []
    breaks = np.flatnonzero((np.diff(at) > 1) | (line[at[1:]] != line[at[:-1]])) + 1
    out = []
    for run in np.split(at, breaks):
        low, high = int(run[0]), int(run[-1])
        low -= low > 0 and line[low - 1] == line[low]
        high += high + 1 < len(line) and line[high + 1] == line[high]
        out.append(np.arange(low, high + 1))
    return out
