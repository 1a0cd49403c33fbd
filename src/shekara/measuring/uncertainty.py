"""How well lengths and areas are known whose vertices are known to so many metres.

Two errors are told apart. Each position errs by itself, east and north with a standard deviation
of `accuracy_m`. Beside that all positions of one drawing may share a displacement with a standard
deviation of `shift_m`: a datum that was not converted, or a shore that was drawn too far out
everywhere. Where nobody says how much is shared (`shift_m` is None), any part of `accuracy_m` may
be, and the interval holds the less favourable of both extremes.
"""

from __future__ import annotations

import math

import numpy as np
import shapely
from pyproj import Geod

from shekara.geometry.arrays import Floats
from shekara.measuring.deviations import (
    Course,
    Ends,
    area_deviations_m2,
    length_ends,
    outlines,
    ring_counts,
    turning,
)
from shekara.measuring.interval import COVERAGE, Interval
from shekara.measuring.size import (
    WGS84,
    Edges,
    Geometries,
    area_m2,
    edge_lengths_m,
    edges,
    length_m,
)
from shekara.measuring.uncut import closed, uncut


def length_interval(
    geometries: Geometries,
    accuracy_m: float | None,
    *,
    shift_m: float | None = None,
    lower_bound: bool = False,
    on: Geod = WGS84,
) -> Interval:
    """Total length (of areas: perimeter) and its interval; see `length_ends`.

    Parameters
    ----------
    geometries
        Lines or areas, longitude and latitude.
    accuracy_m
        Standard deviation of each position; None where nobody states it.
    shift_m
        Standard deviation of what all positions share; None where nobody states it.
    lower_bound
        Whether the lines leave out detail, which can only make them longer: then there is no
        upper end.
    on
        The ellipsoid.
    """
    total = float(length_m(geometries, on).sum())
    if accuracy_m is None:
        return Interval.unknown(total)
    drawn = edges(geometries)
    lengths = edge_lengths_m(drawn, on)
    if not len(lengths) or total == 0:
        return Interval(total, total, math.inf if lower_bound else total)
    whole = _surveyed(geometries, drawn, lengths, on)
    group = whole.drawn._replace(owner=np.zeros_like(whole.drawn.owner))
    course = Course(group, whole.lengths, turning(group, on, 1), whole.rings.sum(keepdims=True))
    ends = length_ends(course, np.array([total]), accuracy_m, shift_m, on)
    return Interval(total, float(ends.low[0]), math.inf if lower_bound else float(ends.high[0]))


def length_intervals(
    geometries: Geometries, totals: Floats, accuracy_m: float, on: Geod = WGS84
) -> Ends:
    """Intervals of the lengths of many geometries, of each by itself; see `length_ends`.

    Parameters
    ----------
    geometries : sequence of shapely geometries or None, (n,)
        Lines or areas, longitude and latitude.
    totals : ndarray, (n,)
        Their lengths, metres.
    accuracy_m : float
        Standard deviation of each position, any part of which may be shared.
    on : pyproj.Geod
        The ellipsoid.
    """
    drawn = edges(geometries)
    course = _surveyed(geometries, drawn, edge_lengths_m(drawn, on), on)
    return length_ends(course, totals, accuracy_m, None, on)


def _surveyed(geometries: Geometries, drawn: Edges, lengths: Floats, on: Geod) -> Course:
    """The course of each geometry through its own positions, those of cuts at 180° left aside."""
    count = len(geometries)
    is_ring = np.isin(shapely.get_type_id(np.array(list(geometries), dtype=object)), (3, 6, 7))
    through, rings = uncut(drawn, is_ring, on), ring_counts(geometries)
    if through is not drawn:
        lengths = edge_lengths_m(through, on)
        rings = np.where(is_ring, closed(through, count), rings)
    return Course(through, lengths, turning(through, on, count), rings)


def area_deviation_m2(
    geometries: Geometries, accuracy_m: float, on: Geod = WGS84
) -> tuple[float, float]:
    """Two standard deviations of a total area; see `area_deviations_m2`."""
    outline = _uncut_outlines(geometries, on)
    whole = outline._replace(owner=np.zeros_like(outline.owner))
    independent_m2, shared = area_deviations_m2(whole, accuracy_m, on, 1)
    return float(independent_m2[0]), float(shared[0])


def _uncut_outlines(geometries: Geometries, on: Geod) -> Edges:
    return uncut(outlines(geometries), np.ones(len(geometries), dtype=bool), on)


def area_intervals(
    geometries: Geometries, totals: Floats, accuracy_m: float, on: Geod = WGS84
) -> Ends:
    """Intervals of many areas, of each by itself, two deviations to either side.

    Parameters
    ----------
    geometries : sequence of shapely geometries or None, (n,)
        Areas, longitude and latitude.
    totals : ndarray, (n,)
        Their areas, square metres.
    accuracy_m : float
        Standard deviation of each position, any part of which may be shared.
    on : pyproj.Geod
        The ellipsoid.
    """
    outline = _uncut_outlines(geometries, on)
    half = COVERAGE * np.maximum(*area_deviations_m2(outline, accuracy_m, on, len(geometries)))
    return Ends(np.maximum(0.0, np.minimum(totals, totals - half)), totals + half)


def area_interval(
    geometries: Geometries,
    accuracy_m: float | None,
    on: Geod = WGS84,
    *,
    shift_m: float | None = None,
) -> Interval:
    """Total area and its interval, two deviations to either side.

    Parameters
    ----------
    geometries
        Areas, longitude and latitude.
    accuracy_m
        Standard deviation of each position; None where nobody states it.
    on
        The ellipsoid.
    shift_m
        Standard deviation of what all positions share; None where nobody states it.
    """
    total = float(area_m2(geometries, on).sum())
    if accuracy_m is None:
        return Interval.unknown(total)
    independent_m2, shared = area_deviation_m2(geometries, accuracy_m, on)
    if shift_m is None:
        half = COVERAGE * max(independent_m2, shared)
    else:
        half = COVERAGE * math.hypot(independent_m2, area_deviation_m2(geometries, shift_m, on)[1])
    return Interval(total, max(0.0, min(total, total - half)), total + half)
