"""Kinds of claims about the curve of a length over its resolution: Richardson's straight line.

A coast or a border has no length but one for each resolution e. L. F. Richardson found that
log L falls along a straight line over log e (The problem of contiguity, General Systems
Yearbook 6, 1961); B. Mandelbrot read a dimension D from its slope, L(e) = F·e^(1−D) (How long is
the coast of Britain?, doi:10.1126/science.156.3775.636).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Annotated, ClassVar

import numpy as np
import shapely
from numpy.typing import NDArray
from pydantic import Field

from shekara import measuring
from shekara.atlas import Atlas, Attributes, Layer
from shekara.atlas.files import Positive, Where
from shekara.claims.kind import Compared
from shekara.claims.measurement import Measurement, Reason
from shekara.claims.showing import Figure
from shekara.claims.sizes import Indexes, of_kind, schematic
from shekara.geometry.arrays import Floats
from shekara.geometry.geocentric import geocentric_m, lonlat_deg
from shekara.geometry.same import Same
from shekara.measuring import TAIL, WGS84, Interval, student_quantile

FEWEST = 3  # two points always lie on a straight line: the third can depart from it


class Dimension(Compared):
    """Richardson's dimension D of a line, from lengths at several resolutions.

    The lengths are those of the chosen lines, each at its own `resolution_m`; or, with
    `steps_km`, those that dividers of these openings walk along the chosen lines.
    """

    ATTRIBUTES: ClassVar[Attributes] = (("where", ""),)

    where: Where = {}
    steps_km: Annotated[list[Annotated[float, Field(gt=0)]], Field(min_length=FEWEST)] | None = None

    def figures(self, layer: Layer, atlas: Atlas) -> tuple[Figure, ...]:
        """The lines as dividers walk them, one for each opening."""
        lines = layer.geometry[of_kind(layer, layer.select(self.where), "length")]
        return tuple(
            Figure("walk", divider_walk(lines, step * 1000), step * 1000)
            for step in sorted(set(self.steps_km or ()))
        )

    def measurement(self, layer: Layer, atlas: Atlas) -> Measurement:
        """D of the chosen lines: 1 for a smooth one, more for a rougher one."""
        chosen, result = _fitted(layer, self)
        if result is None:
            return _too_few(self.UNIT)
        return _measurement(layer, chosen, result, result.dimension, self.UNIT)


class ResolutionAt(Dimension):
    """The resolution, in kilometres, at which Richardson's line reaches `length_km`."""

    UNIT = "km"

    length_km: Positive

    def measurement(self, layer: Layer, atlas: Atlas) -> Measurement:
        """Where the line has a stated length; finer lines are longer, coarser ones shorter."""
        chosen, result = _fitted(layer, self)
        if result is None or result.slope >= 0 or self.length_km == 0:
            return _too_few(self.UNIT)
        at = result.resolution_m(self.length_km * 1000).scaled(1 / 1000)
        return _measurement(layer, chosen, result, at, self.UNIT)


@dataclass(frozen=True)
class Fit:
    """A straight line log L = a + b·log e by least squares; lengths and resolutions in metres."""

    slope: float
    intercept: float
    scatter: float  # standard deviation of log L around the line, n − 2 degrees of freedom
    count: int
    middle: float  # mean of log e
    spread: float  # sum of squares of log e about its mean

    @property
    def reach(self) -> float:
        """Standard errors that hold as much as two deviations of a normal error: Student's t.

        Fourteen for three points, 4.5 for four: few points do not know their own scatter.
        """
        return student_quantile(self.count - 2, 1 - TAIL)

    @property
    def dimension(self) -> Interval:
        """D = 1 − b, as many standard errors to either side as hold 95 in 100."""
        half = self.reach * self.scatter / math.sqrt(self.spread)
        return Interval(1 - self.slope, 1 - self.slope - half, 1 - self.slope + half)

    def resolution_m(self, length_m: float) -> Interval:
        """The e at which the line has this length; its error by the delta method, in log e."""
        x = (math.log(length_m) - self.intercept) / self.slope
        part = 1 / self.count + (x - self.middle) ** 2 / self.spread
        half = self.reach * self.scatter / abs(self.slope) * math.sqrt(part)
        return Interval(math.exp(x), math.exp(x - half), math.exp(x + half))


def fit(resolutions_m: Floats, lengths_m: Floats) -> Fit:
    """Least squares through (log e, log L).

    >>> round(fit(np.array([1.0, 2.0, 4.0]), np.array([8.0, 4.0, 2.0])).slope, 12)
    -1.0
    """
    x, y = np.log(resolutions_m), np.log(lengths_m)
    middle = float(x.mean())
    spread = float(((x - middle) ** 2).sum())
    slope = float(((x - middle) * (y - y.mean())).sum() / spread)
    intercept = float(y.mean()) - slope * middle
    left = y - (intercept + slope * x)
    scatter = math.sqrt(float((left**2).sum()) / (len(x) - 2))
    return Fit(slope, intercept, scatter, len(x), middle, spread)


def _too_few(unit: str) -> Measurement:
    return Measurement(unit, method="method_richardson", undecided=Reason("reason_too_few_lines"))


def _measurement(
    layer: Layer, chosen: Indexes, fitted: Fit, interval: Interval, unit: str
) -> Measurement:
    values = {
        "count": fitted.count,
        "scatter": 100 * fitted.scatter,
        "covers": round(100 * (1 - 2 * TAIL)),
    }
    return Measurement(
        unit=unit,
        interval=interval,
        basis="computed",
        features=tuple(layer.feature_id(int(i)) for i in chosen),
        method="method_richardson",
        undecided=schematic(layer, chosen),
        remarks=(Reason("reason_richardson", values),),
    )


def _fitted(layer: Layer, params: Dimension) -> tuple[Indexes, Fit | None]:
    chosen = of_kind(layer, layer.select(params.where), "length")
    if not len(chosen):
        return chosen, None
    if params.steps_km is not None:
        steps = np.array(sorted(set(params.steps_km))) * 1000
        lengths = np.array([divider_length_m(layer.geometry[chosen], step) for step in steps])
    else:
        lengths_by_resolution: dict[float, float] = {}
        for index in chosen:
            resolution = layer.quality(int(index), "resolution_m")
            if resolution:
                length = float(measuring.length_m([layer.geometry[index]])[0])
                lengths_by_resolution[float(resolution)] = (
                    lengths_by_resolution.get(float(resolution), 0.0) + length
                )
        steps, lengths = (
            np.array(list(lengths_by_resolution)),
            np.array(list(lengths_by_resolution.values())),
        )
    if len(steps) < FEWEST or not (lengths > 0).all():
        return chosen, None
    return chosen, fit(steps, lengths)


def divider_length_m(lines: NDArray[np.object_], step_m: float) -> float:
    """Length of lines as dividers opened to `step_m` walk it, the rest at the end added.

    Each step goes to the first point along the line that lies `step_m` away, straight through
    the Earth, as edges do here: over 10 km that is 1 mm shorter than along it, over 100 km 1 m.
    """
    return _walked_m(Same(lines), step_m)


@lru_cache(maxsize=64)  # claims ask the same lines again and again
def _walked_m(lines: Same, step_m: float) -> float:
    parts = shapely.get_parts(list(lines.geometries))
    walks = (_walk(_positions(line), step_m) for line in parts)
    return sum(float(np.linalg.norm(np.diff(walk, axis=0), axis=1).sum()) for walk in walks)


def divider_walk(lines: NDArray[np.object_], step_m: float) -> shapely.MultiLineString:
    """The steps of the dividers as lines, lon lat."""
    walks = (_walk(_positions(line), step_m) for line in shapely.get_parts(lines))
    return shapely.MultiLineString([lonlat_deg(walk, WGS84) for walk in walks])


def _positions(line: shapely.LineString) -> Floats:
    """Vertices in metres from the centre of the Earth, (n, 3)."""
    lonlat = shapely.get_coordinates(line)
    return geocentric_m(lonlat[:, 0], lonlat[:, 1], WGS84)


def _walk(points: Floats, step_m: float) -> Floats:
    """Where the dividers stand one after the other; the last step is what is left."""
    places: list[list[float]] = points.tolist()  # plain numbers: each step hangs on the last
    x, y, z = places[0]
    stands, behind, square = [(x, y, z)], 0, step_m * step_m
    place = 1
    while place < len(places):
        a, b, c = places[place]
        if (a - x) ** 2 + (b - y) ** 2 + (c - z) ** 2 < square:
            place += 1
            continue
        start = (x, y, z) if place - 1 == behind else places[place - 1]
        x, y, z = _crossing((x, y, z), start, places[place], step_m)
        behind = place - 1
        stands.append((x, y, z))
    return np.array([*stands, places[-1]])


def _crossing(
    centre: Sequence[float], start: Sequence[float], end: Sequence[float], radius: float
) -> tuple[float, float, float]:
    """Where the straight piece from `start` (inside) to `end` (outside) leaves a ball."""
    wx, wy, wz = end[0] - start[0], end[1] - start[1], end[2] - start[2]
    ox, oy, oz = start[0] - centre[0], start[1] - centre[1], start[2] - centre[2]
    a = wx * wx + wy * wy + wz * wz
    b = ox * wx + oy * wy + oz * wz
    c = ox * ox + oy * oy + oz * oz - radius * radius
    part = min(1.0, (-b + math.sqrt(max(0.0, b * b - a * c))) / a)
    return start[0] + part * wx, start[1] + part * wy, start[2] + part * wz
