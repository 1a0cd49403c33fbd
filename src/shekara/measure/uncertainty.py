"""How well lengths and areas are known whose vertices are known to so many metres."""

from __future__ import annotations

import math

import numpy as np
from pyproj import Geod

from shekara.measure.interval import COVERAGE, Interval
from shekara.measure.size import (
    WGS84,
    Edges,
    Floats,
    Geometries,
    area_m2,
    distances_m,
    edge_lengths_m,
    edges,
    length_m,
    turn_deg,
)


def length_interval(
    geometries: Geometries, accuracy_m: float, *, lower_bound: bool = False, on: Geod = WGS84
) -> Interval:
    """Total length and its interval, for vertices with a standard deviation of `accuracy_m`.

    A vertex moves the length by the change of direction there, so the deviation is
    s·sqrt(Σ|u(i+1) − u(i)|²) with unit vectors u along the edges and one for each free end; noise
    also makes a line longer by about s²/l for each edge of length l, which widens the interval
    downwards (never by more than the line's own length). A generalised line (`lower_bound`) has
    no upper end: detail that was left out can only make it longer.
    """
    found = edges(geometries)
    lengths = edge_lengths_m(found, on)
    total = float(length_m(geometries, on).sum())
    if not len(lengths) or total == 0:
        return Interval(total, total, math.inf if lower_bound else total)
    spread = accuracy_m * math.sqrt(_turning(found, lengths))
    real = lengths[lengths > 0]
    noise = float(np.minimum(accuracy_m**2 / real, real).sum()) if accuracy_m else 0.0
    low = max(0.0, total - COVERAGE * spread - noise)
    return Interval(total, low, math.inf if lower_bound else total + COVERAGE * spread)


def _turning(found: Edges, lengths: Floats) -> float:
    """Sum over vertices of the squared turn of the unit vector along the line; a free end is 1."""
    middle = np.radians((found.start[:, 1] + found.end[:, 1]) / 2)
    east = turn_deg(found) * np.cos(middle)
    north = found.end[:, 1] - found.start[:, 1]
    size = np.hypot(east, north)
    size[size == 0] = 1.0
    unit = np.column_stack([east / size, north / size])
    unit[lengths == 0] = 0.0
    joined = found.part[1:] == found.part[:-1]
    inner = float((((unit[1:] - unit[:-1]) ** 2).sum(axis=1) * joined).sum())
    firsts = np.flatnonzero(np.r_[True, ~joined])
    lasts = np.flatnonzero(np.r_[~joined, True])
    closed = (found.start[firsts] == found.end[lasts]).all(axis=1)
    seam = ((unit[firsts] - unit[lasts]) ** 2).sum(axis=1)
    return inner + float(np.where(closed, seam, 2.0).sum())


def area_deviation_m2(
    geometries: Geometries, accuracy_m: float, on: Geod = WGS84
) -> tuple[float, float]:
    """Two standard deviations of an area: independent vertices, and a common shift of the outline.

    The first is s/2·sqrt(Σ|P(i+1) − P(i−1)|²) over all vertices, from the shoelace formula; the
    second is s times the perimeter.
    """
    found = edges(geometries)
    perimeter = float(length_m(geometries, on).sum())
    total = 0.0
    order = np.flatnonzero(np.r_[True, found.part[1:] != found.part[:-1]])
    for start, stop in zip(order, np.r_[order[1:], len(found.part)], strict=True):
        ring = found.start[start:stop]
        before, after = np.roll(ring, 1, axis=0), np.roll(ring, -1, axis=0)
        total += float((distances_m(before, after, on) ** 2).sum())
    return accuracy_m / 2 * math.sqrt(total), accuracy_m * perimeter


def area_interval(geometries: Geometries, accuracy_m: float, on: Geod = WGS84) -> Interval:
    """Total area and its interval: the larger of the two deviations, twice, to either side."""
    total = float(area_m2(geometries, on).sum())
    half = COVERAGE * max(area_deviation_m2(geometries, accuracy_m, on)) if accuracy_m else 0.0
    return Interval(total, max(0.0, total - half), total + half)
