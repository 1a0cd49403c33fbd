"""Newton's method for points at equal (or weighted) distance from given base points.

The gradient of the geodesic distance to a base point, or to the foot on a segment, is the unit
vector that points away from it (Karney 2011, arXiv:1102.1215, section 14), so every equation
here has its derivative for free.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from shekara.median.ellipsoid import Bools, Floats, Globe, Ints
from shekara.median.shores.shores import Shores
from shekara.median.solve.nearest import Base, Finders, feet

# Distances agree when they differ by less than this; PROJ's geodesics are good to 15 nm.
AGREE_M = 1e-7
# Ten micrometres will do where a line runs along the edge of a wedge.
TOUCH_M = 1e-5


def bases_of(shores: Shores, element: Ints, lon: Floats, lat: Floats) -> Base:
    """The base point that a given vertex or the inside of a given segment offers each point."""
    count = len(shores.lon)
    vertex = element < count
    v = np.where(vertex, element, 0)
    out, _, distance = shores.globe.inverse(lon, lat, shores.lon[v], shores.lat[v])
    zero = np.zeros(len(element))
    none = np.full(len(element), -1)
    base = Base(element, none, zero, shores.lon[v], shores.lat[v], distance, out)
    inside = np.flatnonzero(~vertex)
    if len(inside):
        segment = element[inside] - count
        along = shores.along_m(segment, lon[inside], lat[inside])
        part = feet(shores, segment, lon[inside], lat[inside], along)
        base = base.with_rows(inside, part)
    return base


@dataclass(frozen=True)
class WeightedDistance:
    """Weights of the owners: the line between A and B is where dA / wA = dB / wB."""

    finders: Finders
    weight: Floats

    @property
    def shores(self) -> Shores:
        """The shores that are divided."""
        return self.finders.sites.shores

    @property
    def globe(self) -> Globe:
        """The ellipsoid."""
        return self.finders.sites.shores.globe

    @property
    def equal(self) -> bool:
        """Whether all owners weigh the same."""
        return bool((self.weight == self.weight[0]).all())

    def of(self, element: Ints) -> Floats:
        """Weight of the owner of each element."""
        return self.weight[self.shores.owner_of(element)]

    def alike(self, first: Ints, second: Ints) -> Bools:
        """Whether the owners of two elements each weigh the same."""
        same: Bools = self.of(first) == self.of(second)
        return same

    def nearest(self, lon: Floats, lat: Floats) -> tuple[Ints, Floats]:
        """The owner with the least weighted distance at each point, and that distance."""
        if self.equal:
            base = self.finders.all.nearest(lon, lat)
            return self.shores.owner_of(base.element), base.distance / self.weight[0]
        best = np.full(len(lon), np.inf)
        owner = np.zeros(len(lon), dtype=np.int64)
        for number, finder in enumerate(self.finders.of):
            level = finder.distance_m(lon, lat) / self.weight[number]
            owner, best = np.where(level < best, number, owner), np.minimum(level, best)
        return owner, best


@dataclass(frozen=True)
class OnLine:
    """Points on the line of two owners and the base points on both sides."""

    lon: Floats
    lat: Floats
    a: Base
    b: Base
    good: Bools


def on_line(weighted: WeightedDistance, a: Ints, b: Ints, lon: Floats, lat: Floats) -> OnLine:
    """The points carried onto the line between owners a and b, along the steepest way."""
    lon, lat = lon.copy(), lat.copy()
    base_a, base_b = (weighted.finders.nearest(side, lon, lat) for side in (a, b))
    active = np.arange(len(lon))
    good = np.zeros(len(lon), dtype=bool)
    for _ in range(12):
        lon[active], lat[active] = onto(
            weighted, base_a.element[active], base_b.element[active], lon[active], lat[active]
        )
        for side, base in ((a, base_a), (b, base_b)):
            nearest = weighted.finders.nearest(side[active], lon[active], lat[active])
            if side is a:
                base_a = base.with_rows(active, nearest)
            else:
                base_b = base.with_rows(active, nearest)
        off = base_a.distance / weighted.weight[a] - base_b.distance / weighted.weight[b]
        apart = np.abs(off) * weighted.weight.max()
        # Where distances touch instead of crossing, agreement comes slowly.
        good = apart < TOUCH_M
        active = np.flatnonzero(apart >= AGREE_M)
        if not len(active):
            break
    return OnLine(lon, lat, base_a, base_b, good)


def onto(
    weighted: WeightedDistance, e1: Ints, e2: Ints, lon: Floats, lat: Floats
) -> tuple[Floats, Floats]:
    """The points carried onto the curve of equal level of two elements."""
    lon, lat = lon.copy(), lat.copy()
    w1, w2 = weighted.of(e1), weighted.of(e2)
    active = np.arange(len(lon))
    for _ in range(20):
        p, q = (bases_of(weighted.shores, e[active], lon[active], lat[active]) for e in (e1, e2))
        f = p.distance / w1[active] - q.distance / w2[active]
        slope = q.toward / w2[active, None] - p.toward / w1[active, None]
        steep = (slope**2).sum(axis=1)
        step = -slope * (f / np.maximum(steep, 1e-9))[:, None]
        step = _cap_step(step, np.maximum(p.distance, q.distance))
        moving = (np.abs(f) * np.minimum(w1, w2)[active] > AGREE_M / 10) & (steep > 1e-9)
        active, step = active[moving], step[moving]
        if not len(active):
            break
        lon[active], lat[active] = weighted.globe.move(
            lon[active], lat[active], step[:, 0], step[:, 1]
        )
    return lon, lat


def _cap_step(step: Floats, limit: Floats) -> Floats:
    size = np.linalg.norm(step, axis=1)
    scale = np.minimum(1, 0.7 * limit / np.maximum(size, 1e-12))
    out: Floats = step * scale[:, None]
    return out


def meeting(
    weighted: WeightedDistance, elements: Ints, lon: Floats, lat: Floats
) -> tuple[Floats, Floats, Floats, Floats]:
    """Points at equal level from three elements (n, 3): lon, lat, level and residual in metres."""
    if weighted.equal:
        lon, lat = _circumcentre_guess(weighted, elements, lon, lat)
    lon, lat = lon.copy(), lat.copy()
    level, rest = np.zeros(len(lon)), np.full(len(lon), np.inf)
    active = np.arange(len(lon))
    for _ in range(30):
        bases = [
            bases_of(weighted.shores, elements[active, column], lon[active], lat[active])
            for column in range(3)
        ]
        weight = [weighted.of(elements[active, column]) for column in range(3)]
        heights = np.stack([p.distance / w for p, w in zip(bases, weight, strict=True)])
        slopes = [-p.toward / w[:, None] for p, w in zip(bases, weight, strict=True)]
        level[active], rest[active] = heights.mean(axis=0), np.ptp(heights, axis=0)
        f = np.stack([heights[0] - heights[2], heights[1] - heights[2]], axis=1)
        jacobian = np.stack([slopes[0] - slopes[2], slopes[1] - slopes[2]], axis=1)
        step = _cap_step(-_solve_pairs(jacobian, f), np.max([p.distance for p in bases], axis=0))
        moving = np.linalg.norm(step, axis=1) > AGREE_M / 10
        active, step = active[moving], step[moving]
        if not len(active):
            break
        lon[active], lat[active] = weighted.globe.move(
            lon[active], lat[active], step[:, 0], step[:, 1]
        )
    return lon, lat, level, rest * weighted.weight.max()


def _circumcentre_guess(
    weighted: WeightedDistance, elements: Ints, lon: Floats, lat: Floats
) -> tuple[Floats, Floats]:
    """Better first guesses: circumcentres in the azimuthal equidistant plane (Karney 2011).

    Unlike Newton's method this comes home from far away; where it leads out of sight (three base
    points nearly in line) the guess stays as it was.
    """
    x, y = lon.copy(), lat.copy()
    size = np.zeros(len(lon))
    for _ in range(6):
        bases = [bases_of(weighted.shores, elements[:, column], x, y) for column in range(3)]
        p, q, r = (b.toward * b.distance[:, None] for b in bases)
        matrix = 2 * np.stack([q - p, r - p], axis=1)
        right = np.stack([(q**2 - p**2).sum(axis=1), (r**2 - p**2).sum(axis=1)], axis=1)
        step = _solve_pairs(matrix, right)
        size = np.linalg.norm(step, axis=1)
        step *= np.minimum(1, 5e6 / np.maximum(size, 1.0))[:, None]
        if size.max(initial=0) < 1.0:
            break
        x, y = weighted.globe.move(x, y, step[:, 0], step[:, 1])
    home = size < 1e5
    return np.where(home, x, lon), np.where(home, y, lat)


def _solve_pairs(m: Floats, f: Floats) -> Floats:
    """Solutions of 2 x 2 systems; where one is singular, the least step that helps."""
    det = m[:, 0, 0] * m[:, 1, 1] - m[:, 0, 1] * m[:, 1, 0]
    norm = (m**2).sum(axis=(1, 2))
    det = np.where(np.abs(det) < 1e-13 * norm + 1e-300, 1e-13 * norm + 1e-300, det)
    x = (m[:, 1, 1] * f[:, 0] - m[:, 0, 1] * f[:, 1]) / det
    y = (m[:, 0, 0] * f[:, 1] - m[:, 1, 0] * f[:, 0]) / det
    return np.stack([x, y], axis=1)


def on_normal(
    weighted: WeightedDistance, vertex: Ints, segment: Ints, other: Ints, lon: Floats, lat: Floats
) -> tuple[Floats, Floats, Floats, Floats]:
    """Points on the normal of a segment at its vertex, at equal level from an element.

    Here the foot on the segment becomes the vertex. The points given tell the side.
    """
    shores, globe = weighted.shores, weighted.globe
    v_lon, v_lat = shores.lon[vertex], shores.lat[vertex]
    far = np.where(shores.start[segment] == vertex, shores.end[segment], shores.start[segment])
    course, _, _ = globe.inverse(v_lon, v_lat, shores.lon[far], shores.lat[far])
    out, _, r = globe.inverse(v_lon, v_lat, lon, lat)
    side = np.where(np.sin(np.radians(out - course)) >= 0, 90.0, -90.0)
    return on_ray(weighted, vertex, course + side, vertex, other, r)


def on_ray(
    weighted: WeightedDistance, vertex: Ints, azimuth: Floats, near: Ints, other: Ints, r: Floats
) -> tuple[Floats, Floats, Floats, Floats]:
    """Points on geodesics from vertices, at equal level from two elements of which one is near.

    The near element is the vertex or touches it; the other's distance falls less than the
    near one's rises, so with equal weights the one root is found from any start.
    """
    shores, globe = weighted.shores, weighted.globe
    start_lon, start_lat = shores.lon[vertex], shores.lat[vertex]
    lon, lat = start_lon, start_lat
    w_n, w_o = weighted.of(near), weighted.of(other)
    rest, level = np.full(len(r), np.inf), np.zeros(len(r))
    for _ in range(40):
        lon, lat, back = globe.direct(start_lon, start_lat, azimuth, r)
        p, q = bases_of(shores, near, lon, lat), bases_of(shores, other, lon, lat)
        level = p.distance / w_n
        f = level - q.distance / w_o
        rest = np.abs(f)
        ahead = np.radians(back + 180)
        along = np.stack([np.sin(ahead), np.cos(ahead)], axis=1)
        slope = ((q.toward / w_o[:, None] - p.toward / w_n[:, None]) * along).sum(axis=1)
        step = np.clip(-f / np.maximum(slope, 1e-9), -0.7 * r - 1e-9, 0.7 * r + q.distance)
        small = np.abs(step) < AGREE_M / 10
        if small.all():
            break
        r = np.maximum(r + np.where(small, 0, step), 0)
    return lon, lat, level, rest * weighted.weight.max()


def at_reach(
    weighted: WeightedDistance, e1: Ints, e2: Ints, lon: Floats, lat: Floats, reach_m: float
) -> tuple[Floats, Floats]:
    """Points of the line between two elements at a given distance from the first."""
    lon, lat = lon.copy(), lat.copy()
    w1, w2 = weighted.of(e1), weighted.of(e2)
    for _ in range(30):
        p, q = (bases_of(weighted.shores, e, lon, lat) for e in (e1, e2))
        f = np.stack([p.distance / w1 - q.distance / w2, p.distance - reach_m], axis=1)
        jacobian = np.stack([q.toward / w2[:, None] - p.toward / w1[:, None], -p.toward], axis=1)
        step = _cap_step(-_solve_pairs(jacobian, f), np.maximum(p.distance, 1.0))
        lon, lat = weighted.globe.move(lon, lat, step[:, 0], step[:, 1])
        if np.abs(step).max(initial=0) < AGREE_M:
            break
    return lon, lat
