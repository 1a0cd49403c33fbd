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
from numpy.typing import NDArray
from pyproj import Geod

from shekara.geometry.geocentric import geocentric_m
from shekara.measuring.interval import COVERAGE, Interval
from shekara.measuring.size import (
    WGS84,
    Edges,
    Floats,
    Geometries,
    area_m2,
    edge_lengths_m,
    edges,
    length_m,
)

# Between vertices closer than this many deviations nobody can tell a line from its noise: an edge
# of length l is drawn longer by s²/l to first order, which is a ninth of it at 3 s, and more below.
CLOSEST = 3.0
NEIGHBOURS = 9  # edges over which the distance of vertices is averaged, noise being part of each
STRIDE = 8.0  # deviations; noise lengthens an edge of that length by a sixty-fourth


def length_interval(
    geometries: Geometries,
    accuracy_m: float | None,
    *,
    shift_m: float | None = None,
    lower_bound: bool = False,
    on: Geod = WGS84,
) -> Interval:
    """Total length (of areas: perimeter) and its interval.

    A vertex moves the length by the change of direction there, so the deviation is
    s·sqrt(Σ|u(i+1) − u(i)|²) with unit vectors u along the edges and one for each free end.
    Noise also makes a line longer by about s²/l for each edge of length l: the true length is
    looked for lower by that much. Where vertices lie closer than three deviations, the lower end
    is that of the line through fewer of them. A displacement b of a whole outline moves its
    length by 2πb. A generalised line (`lower_bound`) has no upper end: detail that was left out
    can only make it longer.

    Parameters
    ----------
    geometries
        Lines or areas, longitude and latitude.
    accuracy_m
        Standard deviation of each position; None where nobody states it.
    shift_m
        Standard deviation of what all positions share; None where nobody states it.
    lower_bound
        Whether the lines leave out detail.
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
    independent_m = accuracy_m * math.sqrt(_turning(drawn, on))
    shared = (accuracy_m if shift_m is None else shift_m) * _winding(geometries)
    deviation = max(independent_m, shared) if shift_m is None else math.hypot(independent_m, shared)
    noise = _noise_m(lengths, accuracy_m)
    low = _fewer_vertices_m(drawn, lengths, accuracy_m, on) if accuracy_m else total
    high = total - (noise if shift_m is not None else 0.0) + COVERAGE * deviation
    return Interval(
        total,
        max(0.0, min(total, min(total - noise, low) - COVERAGE * deviation)),
        math.inf if lower_bound else max(total, high),
    )


def _noise_m(lengths: Floats, accuracy_m: float) -> float:
    """By how much independent errors make edges longer, never more than they are long."""
    real = lengths[lengths > 0]
    return float(np.minimum(accuracy_m**2 / real, real).sum()) if accuracy_m else 0.0


def _fewer_vertices_m(drawn: Edges, lengths: Floats, accuracy_m: float, on: Geod) -> float:
    """Length without noise, of lines through fewer vertices where these lie too close."""
    window = np.ones(min(NEIGHBOURS, len(lengths)))
    near = np.convolve(lengths, window, "same") / np.convolve(np.ones(len(lengths)), window, "same")
    dense = near < CLOSEST * accuracy_m
    if not dense.any():
        return float(lengths.sum()) - _noise_m(lengths, accuracy_m)
    stretch = np.floor((np.cumsum(lengths) - lengths) / (STRIDE * accuracy_m))
    joined = (drawn.part[1:] == drawn.part[:-1]) & (stretch[1:] == stretch[:-1])
    kept = np.flatnonzero(np.r_[True, ~(joined & dense[1:] & dense[:-1])])
    last = np.r_[kept[1:], len(lengths)] - 1
    fewer = Edges(drawn.owner[kept], drawn.part[kept], drawn.start[kept], drawn.end[last])
    apart = edge_lengths_m(fewer, on)
    return float(apart.sum()) - _noise_m(apart, accuracy_m)


def _winding(geometries: Geometries) -> float:
    """How many metres of outline one metre of displacement adds: 2π for each ring."""
    parts = shapely.get_parts(np.array(list(geometries), dtype=object))
    areas = parts[shapely.get_type_id(parts) == 3]
    return 2 * math.pi * float((1 + shapely.get_num_interior_rings(areas)).sum())


def _turning(drawn: Edges, on: Geod) -> float:
    """Sum over vertices of the squared turn of the unit vector along the line; a free end is 1."""
    way = _geocentric_m(drawn.end, on) - _geocentric_m(drawn.start, on)
    size = np.linalg.norm(way, axis=1)
    unit = way / np.where(size > 0, size, 1.0)[:, None]
    joined = drawn.part[1:] == drawn.part[:-1]
    inner = float((((unit[1:] - unit[:-1]) ** 2).sum(axis=1) * joined).sum())
    firsts = np.flatnonzero(np.r_[True, ~joined])
    lasts = np.flatnonzero(np.r_[~joined, True])
    closed = (drawn.start[firsts] == drawn.end[lasts]).all(axis=1)
    seam = ((unit[firsts] - unit[lasts]) ** 2).sum(axis=1)
    return inner + float(np.where(closed, seam, 2.0).sum())


def area_deviation_m2(
    geometries: Geometries, accuracy_m: float, on: Geod = WGS84
) -> tuple[float, float]:
    """Two standard deviations of an area: independent vertices, and a common shift of the outline.

    The first is s/2·sqrt(Σ|P(i+1) − P(i−1)|²) over all vertices, from the shoelace formula; the
    second is s times the perimeter. A vertex that several areas share moves all of them: what one
    gains there another loses, so an edge between two of them counts for nothing.
    """
    outline = _outline(geometries)
    if not len(outline.start):
        return 0.0, 0.0
    start, end = _geocentric_m(outline.start, on), _geocentric_m(outline.end, on)
    place, number = np.unique(
        np.concatenate([_key(outline.start), _key(outline.end)]), return_inverse=True
    )
    here, there = number[: len(start)], number[len(start) :]
    moved = np.zeros((len(place), 3))
    at = np.zeros((len(place), 3))
    at[here], at[there] = start, end
    for axis in range(3):
        moved[:, axis] = np.bincount(here, end[:, axis], len(place))
        moved[:, axis] -= np.bincount(there, start[:, axis], len(place))
    up = at / np.linalg.norm(at, axis=1)[:, None]
    flat = moved - (moved * up).sum(axis=1)[:, None] * up
    low, high = np.minimum(here, there), np.maximum(here, there)
    pair = low.astype(np.int64) * len(place) + high
    _, first, edge = np.unique(pair, return_index=True, return_inverse=True)
    balance = np.abs(np.bincount(edge, np.where(here < there, 1.0, -1.0)))
    lengths = edge_lengths_m(outline, on)[first]
    perimeter = float((balance * lengths).sum())
    return accuracy_m / 2 * float(np.sqrt((flat**2).sum())), accuracy_m * perimeter


def _geocentric_m(points: Floats, on: Geod) -> Floats:
    return geocentric_m(points[:, 0], points[:, 1], on)


def _outline(geometries: Geometries) -> Edges:
    """Edges of all areas, shells counter-clockwise and holes clockwise."""
    parts, owner = shapely.get_parts(np.array(list(geometries), dtype=object), return_index=True)
    areas = shapely.get_type_id(parts) == 3
    turned = shapely.orient_polygons(parts[areas])
    edge_table = edges(turned)
    return edge_table._replace(owner=owner[areas][edge_table.owner]) if len(turned) else edge_table


def _key(points: Floats) -> NDArray[np.uint64]:
    """A number for each position, the same for positions that are equal to a millimetre."""
    lon = np.round((points[:, 0] % 360.0) * 1e8).astype(np.int64) % 36_000_000_000
    lat = np.round((points[:, 1] + 90.0) * 1e8).astype(np.int64)
    lon[(lat <= 0) | (lat >= 18_000_000_000)] = 0  # a pole has every longitude
    # Longitudes take 36 bits and latitudes 35: together too many, so that they are mixed.
    return lon.astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15) + lat.astype(np.uint64)


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
