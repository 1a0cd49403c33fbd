"""Gaps of an outer limit: between two open ends the curve is followed along its arcs."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from shekara.median.ellipsoid import Floats, Ints
from shekara.median.limit.run import Run
from shekara.median.solve.equidistance import bases_of
from shekara.median.solve.nearest import Base, Finder

# A point is on the limit if no shore is nearer than the distance by more than this (0.1
# micrometre): ten times the noise of the geodesics, a thousandth of what is promised.
TOUCH_M = 1e-7
# Elements this close to the distance meet in a corner (10 micrometres).
MEET_M = 1e-5
# An open end is reached where it lies this near (1 mm) to the arc that is followed.
REACHED_M = 1e-3
# Where another shore takes over within a step: so many parts, the first hidden one again, and so
# on; 400 m in 9 rounds of 16 parts come down to the last digit of a coordinate.
PARTS, ROUNDS = 16, 9
# A way of so few points is not followed again from its other end.
SHORT = 4
# A gap of more steps is none: whole limits are sampled, gaps lie between samples.
STEPS = 2_000


@dataclass(frozen=True)
class Ends:
    """Open ends of runs: where they are and on which side of the way out the shore lies."""

    number: Ints
    lon: Floats
    lat: Floats
    side: Floats


def open_ends(finder: Finder, runs: list[Run], number: Ints) -> Ends:
    """The ends of these numbers; end 2n is the first, 2n + 1 the last point of run n."""
    earth = finder.sites.shores.globe
    pick = [(0, 1) if e % 2 == 0 else (-1, -2) for e in number.tolist()]
    rows = [runs[e // 2] for e in number.tolist()]
    x, x0 = (np.array([r.lon[p[n]] for r, p in zip(rows, pick, strict=True)]) for n in (0, 1))
    y, y0 = (np.array([r.lat[p[n]] for r, p in zip(rows, pick, strict=True)]) for n in (0, 1))
    mid = earth.between(x0, y0, x, y, 0.5)
    ahead = np.radians(earth.inverse(*mid, x, y)[0])
    toward = finder.nearest(*mid).toward
    cross = np.sin(ahead) * toward[:, 1] - np.cos(ahead) * toward[:, 0]
    return Ends(number, x, y, np.where(cross >= 0, 1.0, -1.0))


@dataclass(frozen=True)
class Tracer:
    """Follows the curve at a distance r from the nearest shore, which stays on one side."""

    finder: Finder
    r: float
    step_m: float

    def _ahead(self, element: Ints, lon: Floats, lat: Floats, side: float, h: Floats) -> Base:
        """Points on the curves of single elements; the base's place is the point's."""
        earth, shores = self.finder.sites.shores.globe, self.finder.sites.shores
        u = bases_of(shores, element, lon, lat).toward
        x, y = earth.move(lon, lat, side * h * u[:, 1], -side * h * u[:, 0])
        for _ in range(4):
            base = bases_of(shores, element, x, y)
            off = base.distance - self.r
            x, y = earth.move(x, y, off * base.toward[:, 0], off * base.toward[:, 1])
        return Base(element, base.segment, base.along, x, y, base.distance, base.azimuth)

    def _element(self, lon: float, lat: float, side: float) -> int:
        """Of the elements that meet at a point, the one along which the limit goes on."""
        x, y = np.array([lon]), np.array([lat])
        base = self.finder.near(x, y, MEET_M)[1]
        base = base[base.distance <= base.distance.min() + MEET_M]
        element = np.unique(base.element)
        n = len(element)
        at = self._ahead(element, np.repeat(x, n), np.repeat(y, n), side, np.full(n, REACHED_M))
        return int(element[np.argmax(self.finder.nearest(at.lon, at.lat).distance)])

    def _advanced(self, element: int, x: float, y: float, side: float) -> tuple[float, float, bool]:
        """The farthest point within a step on the curve of an element; is it a corner?"""
        low, high = 0.0, self.step_m
        best, corner = (x, y), False
        repeated = np.full(PARTS, element)
        for _ in range(ROUNDS):
            h = np.linspace(low, high, PARTS + 1)[1:]
            at = self._ahead(repeated, np.full(PARTS, x), np.full(PARTS, y), side, h)
            hidden = self.finder.nearest(at.lon, at.lat).distance < self.r - TOUCH_M
            first = int(np.argmax(hidden)) if hidden.any() else PARTS
            if first:
                best = float(at.lon[first - 1]), float(at.lat[first - 1])
            if first == PARTS:
                break
            corner = True
            low, high = low if first == 0 else float(h[first - 1]), float(h[first])
        return *best, corner

    def trace(self, start: int, ends: Ends, xyz: Floats) -> tuple[int, list[tuple[float, float]]]:
        """The way from one open end to the next, and which that is (-1 if none is met).

        Each step is a tangent on the circle or parallel of one element, brought back to the
        distance from it; where another shore hides its end, bisection finds the corner.
        """
        earth = self.finder.sites.shores.globe
        x, y, side = float(ends.lon[start]), float(ends.lat[start]), float(ends.side[start])
        path = [(x, y)]
        element, still = self._element(x, y, side), 0
        for _ in range(STEPS):
            x1, y1, corner = self._advanced(element, x, y, side)
            a, b = earth.geocentric(np.array([x, x1]), np.array([y, y1]))
            length = float(np.linalg.norm(b - a))
            best, least = -1, np.inf
            around = np.linalg.norm(xyz - a, axis=1) <= length + REACHED_M
            for other in np.flatnonzero(around & (ends.side != side)).tolist():
                along = float((xyz[other] - a) @ (b - a)) / max(length, 1e-12)
                if not -REACHED_M <= along <= length + REACHED_M or along >= least:
                    continue
                governing = np.array([element])
                at = bases_of(
                    self.finder.sites.shores, governing, ends.lon[[other]], ends.lat[[other]]
                )
                if abs(float(at.distance[0]) - self.r) <= REACHED_M:
                    best, least = other, along
            if best >= 0:
                path.append((float(ends.lon[best]), float(ends.lat[best])))
                return best, path
            still = still + 1 if length < MEET_M else 0
            if still > 3:
                break
            if length >= MEET_M:
                path.append((x1, y1))
            x, y = x1, y1
            if corner:
                element = self._element(x, y, side)
        return -1, path


def trace_gaps(
    finder: Finder, runs: list[Run], number: Ints, r: float, tolerance_m: float
) -> list[tuple[int, int, tuple[Floats, Floats]]]:
    """The missing runs between open ends: the two ends that each joins, and its points."""
    if len(number) < 2:
        return []
    ends = open_ends(finder, runs, number)
    xyz = finder.sites.shores.globe.geocentric(ends.lon, ends.lat)
    tracer = Tracer(finder, r, min(float(np.sqrt(7 * r * tolerance_m)), 0.3 * r))
    ways: list[tuple[int, int, list[tuple[float, float]]]] = []
    met: set[int] = set()
    for begin in range(len(number)):
        if begin in met:
            continue
        other, path = tracer.trace(begin, ends, xyz)
        ways.append((begin, other, path))
        # The way back over one or two arcs would be the same.
        if other >= 0 and len(path) <= SHORT:
            met.add(other)
    done: set[int] = set()
    out = []
    # The shortest first: a gap is followed from both of its ends, and they agree.
    for start, other, path in sorted(ways, key=lambda row: len(row[2])):
        if other < 0 or start in done or other in done:
            continue
        done |= {start, other}
        way = np.array(path)
        out.append((int(number[start]), int(number[other]), (way[:, 0], way[:, 1])))
    return out
