"""Lines held piece by piece against other geometries, give or take the positions of both."""

from __future__ import annotations

import math
from functools import lru_cache
from statistics import NormalDist

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from shekara import measuring
from shekara.claims.margins import Margin
from shekara.geometry.arrays import Floats
from shekara.geometry.geocentric import geocentric_m
from shekara.geometry.nearest import arranged, nearest
from shekara.geometry.same import Same
from shekara.measuring import COVERAGE, WGS84, Interval, tail_of_extreme

Ints = NDArray[np.int64]
Geometries = NDArray[np.object_]

# Lines are held against each other in pieces of this length: short beside any corridor or offset
# that a map can show, and the error of a piece's middle is second order.
PIECE_M = 1000.0
PIECES_ACROSS = 20  # a corridor's width in pieces of a line: its share is right to 1 in 40 of that
QUANTILES = [NormalDist().inv_cdf((n + 0.5) / 40) for n in range(40)]  # equally likely moves
STRETCH_M = 200_000.0  # schematic lines are fixed at towns, which lie some 200 km apart
MEAN_SIZE = float(np.sqrt(2 / np.pi))  # of a normal error, its sign left out, in deviations


def mean_offset_m(lines: Geometries, others: Geometries, between: Margin | None) -> Interval:
    """The mean distance along lines, in metres.

    Errors that vertices have by themselves level out over a line; what all share does not. Close
    to the other line errors to either side add to the distance, by 0.8 of a deviation at most.
    """
    along = measuring.sample(lines, PIECE_M)
    away = measuring.distances_to_m(along.points, others)
    share = along.weight_m / along.weight_m.sum()
    value = float(share @ away)
    if between is None:
        return Interval.unknown(value)
    each = np.hypot(between.here_m, between.there_m)
    level = float(
        np.hypot(
            between.here_m * _evenness(along.points, lines, share),
            between.there_m * _evenness(along.points, others, share),
        )
    )
    folded = MEAN_SIZE * float(each) * float(share[away < COVERAGE * each].sum())
    whole = float(each) if between.shared_m is None else float(np.hypot(level, between.shared_m))
    low = value - max(COVERAGE * whole, folded + COVERAGE * level)
    if between.shared_m:
        low = value - folded - COVERAGE * whole
    near = _nearer_m(others, value, between.there_m)
    return Interval(value, max(0.0, low), value + near + COVERAGE * whole)


def _nearer_m(others: Geometries, away_m: float, deviation_m: float) -> float:
    """By how much a line of errors comes nearer: to any place the nearest of its vertices counts.

    Those that lie within one deviation of the nearest take a stretch of √(8 d s) at a distance d;
    of so many normal errors the largest is expected at Φ⁻¹((n − 3/8)/(n + 1/4)) (G. Blom, 1958).
    """
    lengths = measuring.edge_lengths_m(measuring.edges(others))
    if not len(lengths) or deviation_m == 0:
        return 0.0
    count = 1 + math.sqrt(8 * away_m * deviation_m) / float(lengths.mean())
    return max(0.0, NormalDist().inv_cdf((count - 0.375) / (count + 0.25))) * deviation_m


def greatest_offset_m(lines: Geometries, others: Geometries, between: Margin | None) -> Interval:
    """The greatest distance along lines, in metres.

    Of many places that lie far the one that errs outwards most is taken for the farthest.
    """
    along = measuring.sample(lines, PIECE_M)
    vertices = shapely.get_coordinates(lines)
    corners = measuring.distances_to_m(vertices, others)
    value = float(max(measuring.distances_to_m(along.points, others).max(), corners.max()))
    if between is None:
        return Interval.unknown(value)
    deviation = between.deviation_m
    count = int((corners >= value - 2 * COVERAGE * deviation).sum())
    low = value - tail_of_extreme(2 * count) * deviation
    return Interval(value, max(0.0, low), value + COVERAGE * deviation)


def length_share_percent(
    lines: Geometries,
    others: Geometries,
    width_m: float,
    between: Margin | None,
    *,
    clip: BaseGeometry | None = None,
    schematic: bool = False,
) -> Interval | None:
    """Share of a length within a distance, in percent; None where none of it lies in `clip`.

    Stretches of a line err to one side or the other, each by itself: around each vertex of the
    line or of the other one, or over 200 km of schematic lines. The share of every stretch has a
    mean and a variance over normal displacements. Disturbed once more, the share moves by as much
    as the errors have moved it already; the interval is two deviations around the share without
    that, and holds the share as drawn. Where the lines may share a displacement it also holds the
    shares of corridors that are wider or narrower by two deviations.
    """
    area = Same([] if clip is None else [clip])
    return _length_share(Same(lines), Same(others), width_m, between, area, schematic)


@lru_cache(maxsize=16)  # a ratio asks what a share has asked before it
def _length_share(
    subject: Same, rest: Same, width_m: float, between: Margin | None, clip: Same, schematic: bool
) -> Interval | None:
    lines, others = (np.array(side.geometries, dtype=object) for side in (subject, rest))
    along = measuring.sample(lines, width_m / PIECES_ACROSS)
    for area in clip.geometries:
        here = shapely.contains_xy(area, along.points[:, 0], along.points[:, 1])
        along = measuring.Sample(along.points[here], along.weight_m[here], along.owner[here])
    if not len(along.points):
        return None
    share = along.weight_m / along.weight_m.sum()
    shared = each = 0.0
    if between is not None:
        shared = between.deviation_m if between.shared_m is None else between.shared_m
        each = float(np.hypot(between.here_m, between.there_m))
    reach = max(QUANTILES[-1] * each, COVERAGE * shared) + 1.0
    away = measuring.distances_to_m(
        along.points, others, least_m=width_m - reach, most_m=width_m + reach
    )
    value = float(share[away <= width_m].sum())
    if between is None:
        return Interval.unknown(100 * value)
    partitions = (
        [_stretches(along)]
        if schematic
        else [_nearest(along.points, lines), _nearest(along.points, others)]
    )
    moved_lines = [_moved(share, away, width_m, each, stretch) for stretch in partitions]
    expected, half = moved_lines[0][0], COVERAGE * max(deviation for _, deviation in moved_lines)
    ends = [value, 2 * value - expected - half, 2 * value - expected + half]
    if not schematic:
        ends += [
            float(share[away <= width_m + side * COVERAGE * shared].sum()) for side in (-1.0, 1.0)
        ]
    return Interval(100 * value, 100 * max(0.0, min(ends)), 100 * min(1.0, max(ends)))


def _moved(
    share: Floats, away: Floats, width_m: float, deviation_m: float, stretch: Ints
) -> tuple[float, float]:
    """Mean and standard deviation of the share within a width, stretches moved each by itself."""
    weight = np.bincount(stretch, share)
    real = np.where(weight > 0, weight, 1.0)
    inside = np.stack(
        [
            np.bincount(stretch, share * (away + move * deviation_m <= width_m)) / real
            for move in QUANTILES
        ]
    )
    mean = float((weight * inside.mean(axis=0)).sum())
    return mean, float(np.sqrt((weight**2 * inside.var(axis=0)).sum()))


def _stretches(along: measuring.Sample) -> Ints:
    """A number for every stretch of a schematic line whose positions err together."""
    far = np.cumsum(along.weight_m)
    key = along.owner * 10**6 + (far // STRETCH_M).astype(np.int64)
    return np.unique(key, return_inverse=True)[1].astype(np.int64)


def _nearest(points: Floats, geometries: Geometries) -> Ints:
    """The nearest vertex of geometries to each position, by number."""
    vertices = shapely.get_coordinates(geometries)
    there = geocentric_m(vertices[:, 0], vertices[:, 1], WGS84)
    near = nearest(geocentric_m(points[:, 0], points[:, 1], WGS84), arranged(there, there), slack=0)
    number = np.full(len(points), len(vertices), dtype=np.int64)
    np.minimum.at(number, near.position, near.piece)
    return number


def _evenness(points: Floats, geometries: Geometries, share: Floats) -> float:
    """By how much errors of vertices level out in a mean along a line: 1 for one vertex."""
    return float(np.linalg.norm(np.bincount(_nearest(points, geometries), share)))
