"""Rings and lines that run over 180° or round a pole: unrolled, and cut as RFC 7946 asks.

Every room that must know what a ring over the antimeridian means asks here, so that no two of
them can differ. The form in which the program keeps shapes is the one of RFC 7946, section 3.1.9:
longitudes within ±180°, shapes cut at ±180°, shapes round a pole carried along ±180° to that
pole. Cuts and carried edges are seams, not boundary: see `shekara.geometry.seams`.

What a ring means, where an edge jumps by more than 180° of longitude:

- its longitudes run on the short way; if they then come back a whole turn off, the ring goes
  round the pole that is nearer to it;
- unless it is a shape of a few positions drawn as a wide frame (a band of latitude, a box around
  the world, a box 200° wide): then its edges run straight, the long way. RFC 7946 tells the two
  apart by the order of positions (section 3.1.6, counterclockwise).
"""

from __future__ import annotations

from enum import Enum
from typing import NamedTuple

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import Geod
from shapely.geometry.base import BaseGeometry

from shekara.geometry.arrays import Floats
from shekara.geometry.folding import fold, fold_line, with_crossings
from shekara.geometry.longitudes import unroll, whole_turns, wrap

# A coast has more positions; a frame drawn by hand or by a program has fewer.
FRAME_POSITIONS = 16
# A frame wound the RFC way is still taken for a narrow shape over 180° wound the other way, where
# the wide reading would be this many times longer for its height than the narrow one.
SLENDER = 8.0
# Longitudes beyond one further turn mean something else than a shape over the antimeridian.
FARTHEST_DEG = 540.0


class Course(Enum):
    """What was found out about a ring or line."""

    PLAIN = "within ±180° as it stands"
    OVER = "runs over 180° uncut"
    ROUND_A_POLE = "runs round a pole uncut"
    BEYOND = "is a point beyond ±180°"
    WIDE = "has edges wider than 180°, which run straight"


class Frames(NamedTuple):
    """How frames wider than 180° are told from shapes over 180°."""

    clockwise: bool
    possible: bool


class Reading(NamedTuple):
    """A shape as the globe has it: cut at 180°, and how it had been drawn."""

    geometry: BaseGeometry  # shapely geometry, longitudes within ±180
    courses: frozenset[Course] = frozenset()  # never PLAIN
    fault: str = ""  # why a polygon was not valid once its longitudes ran on; then it is repaired


def jumps(geometries: NDArray[np.object_]) -> NDArray[np.bool_]:
    """Which geometries need a reading: an edge over more than 180°, or longitudes beyond ±180."""
    needs = np.zeros(len(geometries), dtype=bool)
    west, _, east, _ = shapely.bounds(geometries).T  # known to each geometry: no walk
    needs[(west < -180.0) | (east > 180.0)] = True
    wide = np.flatnonzero(east - west > 180.0)
    lon = shapely.get_coordinates(geometries[wide])[:, 0]
    ends = np.cumsum(shapely.get_num_coordinates(geometries[wide]))
    # Also between parts of one geometry: too many candidates cost time, not truth.
    far = np.flatnonzero(np.abs(np.diff(lon)) > 180.0)
    owner = np.searchsorted(ends, far, "right")
    needs[wide[owner[owner == np.searchsorted(ends, far + 1, "right")]]] = True
    return needs


def read(
    geometry: BaseGeometry, on: Geod | None = None, *, clockwise: bool = False, frames: bool = True
) -> Reading:
    """A shape cut at 180°, as its rings mean it.

    Parameters
    ----------
    geometry : shapely geometry
        Longitude and latitude in degrees, longitudes within ±540.
    on : pyproj.Geod, optional
        Edges are geodesics of this ellipsoid and are cut where those cross 180°; without it they
        are straight in longitude and latitude.
    clockwise : bool
        Shells are wound clockwise, as Shapefiles have them, instead of the RFC 7946 way.
    frames : bool
        A ring of a few positions may be a frame wider than 180°; one whose positions come from a
        plane about a pole is never.

    Returns
    -------
    Reading
        Parts that were cut stay one (multi-part) geometry. Polygons that are not valid are repaired
        by `shapely.make_valid`, and `fault` says why.
    """
    if geometry.is_empty:
        return Reading(geometry)
    kind = geometry.geom_type
    if kind in ("Point", "MultiPoint"):
        return Reading(shapely.transform(geometry, _wrapped_points), frozenset({Course.BEYOND}))
    if isinstance(geometry, shapely.Polygon):
        return _read_polygon(geometry, on, Frames(clockwise, frames))
    if kind in ("LineString", "LinearRing"):
        return _read_line(geometry, on)
    drawn = shapely.get_parts(geometry)
    odd = jumps(drawn) | ~shapely.is_valid(drawn)
    parts = [
        read(part, on, clockwise=clockwise, frames=frames) if is_odd else Reading(part)
        for part, is_odd in zip(drawn, odd, strict=True)
    ]
    return Reading(
        _gathered(kind, [part.geometry for part in parts]),
        frozenset[Course]().union(*(part.courses for part in parts)),
        next((part.fault for part in parts if part.fault), ""),
    )


def _gathered(kind: str, parts: list[BaseGeometry]) -> BaseGeometry:
    if kind == "GeometryCollection":
        return shapely.GeometryCollection(parts)
    single = [piece for part in parts for piece in shapely.get_parts(part)]
    return (
        shapely.MultiPolygon(single) if kind == "MultiPolygon" else shapely.MultiLineString(single)
    )


def _wrapped_points(xy: Floats) -> Floats:
    lon = xy[:, 0]
    return np.column_stack([np.where(np.abs(lon) > 180.0, wrap(lon), lon), xy[:, 1]])


def _read_line(line: BaseGeometry, on: Geod | None) -> Reading:
    xy = shapely.get_coordinates(line)
    over = np.abs(np.diff(xy[:, 0])).max(initial=0.0) > 180.0
    if not over and np.abs(xy[:, 0]).max() <= 180.0:
        return Reading(line)
    lon = unroll(xy[:, 0])
    crosses = lon.min() < -180.0 or lon.max() > 180.0
    cut = fold_line(with_crossings(np.column_stack([lon, xy[:, 1]]), on))
    return Reading(cut, frozenset([Course.OVER] if crosses else []))


def _read_polygon(polygon: shapely.Polygon, on: Geod | None, frames: Frames) -> Reading:
    rings = [shapely.get_coordinates(ring) for ring in (polygon.exterior, *polygon.interiors)]
    shell, course = _read_ring(rings[0], on, frames)
    west, east = shell[:, 0].min(), shell[:, 0].max()
    holes = []
    for ring in rings[1:]:
        hole, _ = _read_ring(ring, on, frames)
        middle = (hole[:, 0].min() + hole[:, 0].max()) / 2
        hole[:, 0] += whole_turns(middle, (west + east) / 2)
        holes.append(with_crossings(hole, on))
    whole: BaseGeometry = shapely.Polygon(with_crossings(shell, on), holes)
    fault = ""
    if not whole.is_valid:
        fault = str(shapely.is_valid_reason(whole))
        parts = shapely.get_parts(shapely.get_parts(shapely.make_valid(whole)))
        whole = shapely.MultiPolygon([part for part in parts if part.geom_type == "Polygon"])
    courses = frozenset() if course is Course.PLAIN else frozenset([course])
    return Reading(fold(whole), courses, fault)


def _jumps(ring: Floats) -> NDArray[np.bool_]:
    """Edges over more than 180° of longitude, but for those that run along a pole."""
    at_pole = (np.abs(ring[:-1, 1]) >= 90.0) & (ring[:-1, 1] == ring[1:, 1])
    return np.asarray((np.abs(np.diff(ring[:, 0])) > 180.0) & ~at_pole)


def _read_ring(ring: Floats, on: Geod | None, frames: Frames) -> tuple[Floats, Course]:
    """A ring whose longitudes run on, closed along the pole that it goes round."""
    jump = _jumps(ring)
    if not jump.any():
        if np.abs(ring[:, 0]).max() > 180.0:
            return ring.copy(), Course.OVER
        return _with_waypoints(ring), Course.WIDE if _is_world(ring) else Course.PLAIN
    short = np.column_stack([unroll(ring[:, 0]), ring[:, 1]])
    if _is_wide(ring, short, jump, frames):
        return _with_waypoints(ring), Course.WIDE
    if abs(short[-1, 0] - short[0, 0]) > 180.0:
        return _with_waypoints(_closed_at_pole(with_crossings(short, on))), Course.ROUND_A_POLE
    return short, Course.OVER


def _is_world(ring: Floats) -> bool:
    """Whether a ring runs along both poles: what it holds is told by its straight edges only."""
    whole = (np.abs(np.diff(ring[:, 0])) > 180.0) & (np.abs(ring[1:, 1]) >= 90.0)
    return len(set(ring[1:, 1][whole])) == 2


def _is_wide(ring: Floats, short: Floats, jump: NDArray[np.bool_], frames: Frames) -> bool:
    """Whether a ring with jumps means its edges the long way, straight."""
    if not shapely.is_valid(shapely.Polygon(ring)):
        return False
    whole = (np.abs(np.diff(ring[:, 0])) >= 360.0 - 1e-9) & (ring[:-1, 1] == ring[1:, 1])
    if (whole == jump).all():
        return True  # along whole parallels
    round_a_pole = abs(short[-1, 0] - short[0, 0]) > 180.0
    if round_a_pole or not frames.possible or len(ring) > FRAME_POSITIONS + 1:
        return False
    if shapely.LinearRing(ring).is_ccw is frames.clockwise:
        return False
    return _slenderness(ring) <= SLENDER * _slenderness(short)


def _slenderness(ring: Floats) -> float:
    """How many times longer than high, or higher than long, a ring is."""
    wide, high = np.ptp(ring[:, 0]), np.ptp(ring[:, 1])
    return float(max(wide, high) / max(min(wide, high), 1e-12))


def _with_waypoints(ring: Floats) -> Floats:
    """Positions put into edges over more than 180°, so that no formula takes the short way."""
    step = np.abs(np.diff(ring[:, 0]))
    if step.max(initial=0.0) <= 180.0:
        return ring.copy()
    count = np.where(step > 180.0, np.ceil(step / 90.0), 1).astype(int)
    index = np.repeat(np.arange(len(step)), count)
    share = (np.arange(len(index)) - np.repeat(np.cumsum(count) - count, count)) / count[index]
    between = ring[index] + share[:, None] * (ring[index + 1] - ring[index])
    return np.vstack([between, ring[-1:]])


def _closed_at_pole(ring: Floats) -> Floats:
    """A ring that comes back a turn off, carried along ±180° to the pole on its side.

    It is opened at its most poleward position on the antimeridian, so that the way to the pole
    crosses nothing. Where the ring lies on both sides of the equator, the smaller of the two
    parts of the globe is meant.
    """
    step = np.abs(np.diff(ring[:, 0]))
    sine = np.sin(np.radians(ring[:, 1]))  # the area between a parallel and the equator
    pole = 90.0 if float((step * (sine[1:] + sine[:-1])).sum()) >= 0 else -90.0
    turned = np.array([ring[-1, 0] - ring[0, 0], 0.0])
    body = ring[:-1]
    at = np.flatnonzero(np.abs(np.mod(body[:, 0], 360.0) - 180.0) < 1e-12)
    first = int(at[np.argmax(body[at, 1] * np.sign(pole))])
    path = np.vstack([body[first:], body[:first] + turned, body[first] + turned])
    path[:, 0] -= (path[0, 0] + path[-1, 0]) / 2  # from one side of 180° to the other
    return np.vstack([path, [path[-1, 0], pole], [path[0, 0], pole], path[:1]])
