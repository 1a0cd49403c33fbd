"""Lines and rings of many shapes walked once: lengths, areas, and what straight edges would do.

Every edge is looked at once, a few thousand at a time, so that what it needs of its ends (one
sine and one cosine) stays in the processor's cache.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import Geod
from shapely.geometry.base import BaseGeometry

from shekara.geometry.arrays import Floats, Shapes
from shekara.measuring import departures
from shekara.measuring.areas import (
    RADIAN,
    SMALLEST,
    Course,
    Latitudes,
    Under,
    latitudes,
    path_sums,
    sums_m2,
    turns_deg,
    under_m2,
)

Ints = NDArray[np.int64]

SHORT_M = 50_000.0  # an edge up to which its chord tells its length
CHUNK = 1 << 13  # edges worked on at a time
LINES, POLYGON = (1, 2), 3  # shapely's numbers of types


class Paths(NamedTuple):
    """Lines and rings of shapes, one after the other.

    `offsets` says where each begins in `points` (n, 2), longitude and latitude in degrees; `owner`
    whose it is; `sign` is 1 for shells, −1 for holes and 0 for lines.
    """

    points: Floats
    offsets: Ints
    owner: Ints
    sign: Floats


class Sums(NamedTuple):
    """Of each line or ring; metres and square metres."""

    length: Floats
    area: Floats  # of rings, without sign; 0 for lines
    departure: Floats  # how far, at most, a straight edge lies from its geodesic
    apart: Floats  # how much a ring of straight edges holds more or less, at most
    longer: Floats  # how much longer straight edges are, to first order


def paths(shapes: Shapes) -> Paths:
    """The lines of shapes, then their rings, however deep in collections they lie.

    Parameters
    ----------
    shapes : ndarray of shapely geometries or None, (n,)
        Longitude and latitude, degrees; points have no path.
    """
    parts, owner = shapes, np.arange(len(shapes))
    kinds = shapely.get_type_id(parts)
    while (kinds > POLYGON).any():
        parts, place = shapely.get_parts(parts, return_index=True)
        owner, kinds = owner[place], shapely.get_type_id(parts)
    empty = shapely.is_empty(parts)
    lines = np.isin(kinds, LINES) & ~empty
    areas = (kinds == POLYGON) & ~empty
    points, offsets = np.empty((0, 2)), np.zeros(1, dtype=np.int64)
    owners, sign = owner[lines], np.zeros(int(lines.sum()))
    if lines.any():
        points, line = shapely.get_coordinates(parts[lines], return_index=True)
        offsets = np.concatenate([[0], np.cumsum(np.bincount(line, minlength=len(owners)))])
    if areas.any():
        _, ring_points, (ring_offsets, polygons) = shapely.to_ragged_array(
            parts[areas], include_z=False
        )
        signs = np.full(len(ring_offsets) - 1, -1.0)
        signs[polygons[:-1]] = 1.0
        rings = np.repeat(owner[areas], np.diff(polygons))
        offsets = np.concatenate([offsets, ring_offsets[1:] + len(points)])
        points = np.concatenate([points, ring_points]) if len(points) else ring_points
        owners, sign = np.concatenate([owners, rings]), np.concatenate([sign, signs])
    return Paths(points, offsets.astype(np.int64), owners.astype(np.int64), sign)


def by_dimension(shapes: Shapes) -> tuple[Shapes, Shapes]:
    """The lines and the areas of each shape; None where it has none."""
    kinds = shapely.get_type_id(shapes)
    lines, areas = shapes.copy(), shapes.copy()
    lines[~np.isin(kinds, (1, 2, 5))] = None
    areas[~np.isin(kinds, (3, 6))] = None
    for index in np.flatnonzero(kinds == 7):
        parts = list(simple_parts(shapes[index]))
        strings = [part for part in parts if isinstance(part, shapely.LineString)]
        lines[index] = shapely.MultiLineString(strings) if strings else None
        polygons = [part for part in parts if isinstance(part, shapely.Polygon)]
        areas[index] = shapely.MultiPolygon(polygons) if polygons else None
    empty = shapely.is_empty(shapes)
    lines[empty], areas[empty] = None, None
    return lines, areas


def simple_parts(shape: BaseGeometry) -> Iterator[BaseGeometry]:
    """The points, lines and polygons that a shape is made of, however deep they lie."""
    for part in shapely.get_parts(shape):
        if part.geom_type in ("Point", "LineString", "LinearRing", "Polygon"):
            yield part
        else:
            yield from simple_parts(part)


def path_figures(walked: Paths, on: Geod) -> Sums:
    """Lengths and areas of paths of geodesics, and bounds of what straight edges change."""
    count = len(walked.owner)
    if not count:
        return Sums(*(np.zeros(count) for _ in Sums._fields))
    lon, lat = np.ascontiguousarray(walked.points.T)
    offsets = walked.offsets
    course = Course(lon, lat, turns_deg(lon))
    step = _steps(course, on)
    joints = offsets[1:-1] - 1
    for column in step:
        column[joints] = 0.0
    _mend_long(walked.points, step, on)
    apart = np.abs(path_sums(step.between, offsets)) + path_sums(step.doubt, offsets)
    departure = np.maximum.reduceat(step.sagitta, offsets[:-1])
    area = np.zeros(count)
    rings = np.flatnonzero(walked.sign)
    if len(rings):  # they stand behind the lines
        first = int(offsets[rings[0]])
        of_rings = Course(*(column[first:] for column in course))
        under = Under(step.area[first:], step.short[first:])
        area[rings] = sums_m2(of_rings, offsets[rings[0] :] - first, under, on)
    return Sums(
        path_sums(step.length, offsets), area, departure, apart, path_sums(step.longer, offsets)
    )


class _Steps(NamedTuple):
    """Of every step from a position to the next, joints between paths among them."""

    length: Floats
    between: Floats  # area between the geodesic and the straight edge
    doubt: Floats  # by how much that may be wrong
    sagitta: Floats
    longer: Floats
    area: Floats  # between the edge and the equator
    short: NDArray[np.bool_]  # whether that is right


def _steps(course: Course, on: Geod) -> _Steps:
    count = len(course.turn)
    columns = np.empty((6, count))
    length, between, doubt, sagitta, longer, area = columns
    short = np.empty(count, dtype=bool)
    steps = _Steps(length, between, doubt, sagitta, longer, area, short)
    for first in range(0, count, CHUNK):
        part = slice(first, min(first + CHUNK, count))
        some = _some_steps(course.lat[part.start : part.stop + 1], course.turn[part], on)
        for column, values in zip(steps, some, strict=True):
            column[part] = values
    return steps


def _some_steps(lat: Floats, turn_deg: Floats, on: Geod) -> _Steps:
    ends = latitudes(lat * RADIAN, on)
    turn, rise_deg = turn_deg * RADIAN, lat[1:] - lat[:-1]
    rise = rise_deg * RADIAN
    area, short = under_m2(turn_deg, rise_deg, ends, on)
    length = _arcs_m(turn, ends, on)
    slant = departures.slants(ends.sin, ends.cos, ends.inverse, on)
    middle = departures.Slants(*((side[1:] + side[:-1]) * 0.5 for side in slant))
    between = departures.between_m2(turn, rise, middle)
    sagitta, longer = departures.apart_m(between, length)
    doubt = _left_out(np.abs(between), turn, rise, ends.cos)
    return _Steps(length, between, doubt, sagitta, longer, area, short)


def _left_out(between: Floats, turn: Floats, rise: Floats, cos: Floats) -> Floats:
    """How much of an area between both readings may be left out; infinite where it is unknown."""
    size = _widest(turn) ** 2 + (_widest(rise) / max(float(cos.min()), SMALLEST)) ** 2
    if size <= departures.LARGEST:  # one number for all of them
        return between * (departures.LEFT_OUT * size)
    least = np.maximum(np.minimum(cos[1:], cos[:-1]), SMALLEST)
    each = turn * turn + rise * rise / (least * least)
    known = between * (departures.LEFT_OUT * each)
    return np.where(each <= departures.LARGEST, known, np.inf)


def _widest(steps: Floats) -> float:
    return max(float(steps.max()), -float(steps.min()))


def _mend_long(points: Floats, step: _Steps, on: Geod) -> None:
    """Long edges anew: their lengths by PROJ, and by the middle of each how they lie."""
    long = np.flatnonzero(~(step.length <= SHORT_M) | ~np.isfinite(step.doubt))
    if not len(long):
        return
    start, end = points[long], points[long + 1]
    step.length[long] = on.inv(start[:, 0], start[:, 1], end[:, 0], end[:, 1])[2]
    step.between[long] = departures.betweens_m2(start, end, on)
    aside = departures.apart_m(step.between[long], step.length[long])
    step.sagitta[long], step.longer[long] = aside


def _arcs_m(turn: Floats, ends: Latitudes, on: Geod) -> Floats:
    """Lengths of short geodesics by their chords c, of the curvature κ = cos²α/M + sin²α/N.

    s = c (1 + κ²c²/24 + 3κ⁴c⁴/640). With z the height over the equator's plane, cos²α is Δz²/c²
    nearly enough, and 1/M − 1/N = e'² cos² φ/N.
    """
    across = on.a * ends.inverse
    radius = across * ends.cos
    high = across * ends.sin
    lift = (high[1:] - high[:-1]) * (1 - on.es)
    lift *= lift
    turn2 = np.minimum(turn * turn, 1.0)  # wider is long, and mended
    wide = turn2 * (1 - turn2 * (1 - turn2 * (1 - turn2 * (1 / 56)) * (1 / 30)) * (1 / 12))
    square = radius[1:] - radius[:-1]  # wide is 4 sin²(Δλ/2)
    square *= square
    square += lift
    square += radius[1:] * radius[:-1] * wide
    north = on.es / (1 - on.es) * lift
    share = north / np.where(square > 0, square, 1.0)
    mean = across[1:] + across[:-1]
    bend = (square + north * (2 + share)) * 4 / (mean * mean)
    return np.asarray(np.sqrt(square) * (1 + bend * (1 + bend * (9 / 80)) * (1 / 24)))
