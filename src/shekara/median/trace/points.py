"""Rows: points in order along the lines, each with the base points that govern before and after."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np

from shekara.median.ellipsoid import Bools, Floats, Ints
from shekara.median.solve.equidistance import WeightedDistance, bases_of, on_line

SAMPLE, TURN, JUNCTION, TERMINUS, REACH = range(5)
# Shores nearer than the governing base points by less than this are no objection (10 µm).
PROOF_M = 1e-5
# Below this part of their distance from the shores rough samples may come in the wrong order.
DISORDER = 0.005
# Changes closer together than this are one turning point with several base points (0.1 mm).
SAME_M = 1e-4


@dataclass(frozen=True)
class LinePoints:
    """Points in order along many lines; lines follow one another."""

    line: Ints
    lon: Floats
    lat: Floats
    before: Ints
    """Elements (n, 2) that govern just before each point, owner a then owner b."""
    after: Ints
    """Elements (n, 2) that govern just after."""
    kind: Ints
    place: Ints
    """Junction number or place of a land terminus, else -1."""

    def take(self, index: Ints | Bools) -> LinePoints:
        """Some of the rows."""
        return LinePoints(*(getattr(self, f.name)[index] for f in fields(self)))

    def insert(self, position: Ints, other: LinePoints) -> LinePoints:
        """The other rows put in before the given positions."""
        return LinePoints(
            *(
                np.insert(getattr(self, f.name), position, getattr(other, f.name), axis=0)
                for f in fields(self)
            )
        )


def join(parts: list[LinePoints]) -> LinePoints:
    """Rows one after another."""
    return LinePoints(
        *(np.concatenate([getattr(p, f.name) for p in parts]) for f in fields(LinePoints))
    )


def samples(
    weighted: WeightedDistance, line: Ints, a: Ints, b: Ints, lon: Floats, lat: Floats
) -> tuple[LinePoints, Bools]:
    """Rows on the lines a-b near given points, and which of them truly lie there.

    A row is not good where a third owner is nearer or where the way to the line was lost.
    """
    points = on_line(weighted, a, b, lon, lat)
    pair = np.stack([points.a.element, points.b.element], axis=1)
    level = points.a.distance / weighted.weight[a]
    best = weighted.nearest(points.lon, points.lat)[1]
    good = points.good & (best >= level - PROOF_M / weighted.weight.max())
    count = len(line)
    rows = LinePoints(
        line,
        points.lon,
        points.lat,
        pair,
        pair,
        np.full(count, SAMPLE),
        np.full(count, -1),
    )
    return rows, good


def straighten(weighted: WeightedDistance, rows: LinePoints) -> LinePoints:
    """The rows without samples at which the line would turn back on itself.

    Rough samples nearer to each other than the flattening times their distance from the shores
    may come in the wrong order; real corners of a line have longer sides.
    """
    for _ in range(6):
        lon, lat = rows.lon, rows.lat
        if len(lon) < 3:
            return rows
        out, back, length = weighted.globe.inverse(lon[:-1], lat[:-1], lon[1:], lat[1:])
        turn = np.cos(np.radians(out[1:] - (back[:-1] + 180)))
        inner = (rows.line[1:-1] == rows.line[:-2]) & (rows.line[1:-1] == rows.line[2:])
        element = np.maximum(rows.before[1:-1, 0], 0)
        far = bases_of(weighted.shores, element, lon[1:-1], lat[1:-1]).distance
        side = np.minimum(length[1:], length[:-1])
        sharp = ((turn < -0.5) & (side < DISORDER * far)) | (side < SAME_M)
        bad = np.zeros(len(lon), dtype=bool)
        bad[1:-1] = inner & sharp & (rows.kind[1:-1] == SAMPLE)
        # Of neighbours that both look wrong, one goes at a time.
        bad[1:] &= ~bad[:-1]
        if not bad.any():
            return rows
        rows = rows.take(~bad)
    return rows
