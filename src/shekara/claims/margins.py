"""How far the places of two drawings may lie from where they are drawn, beside each other."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from shekara import measuring
from shekara.atlas import Layer
from shekara.atlas.model import Metres
from shekara.claims.measurement import Reason
from shekara.claims.sizes import Indexes
from shekara.geometry import relations
from shekara.geometry.longitudes import wrap
from shekara.geometry.same import Same
from shekara.geometry.seams import outline
from shekara.measuring import COVERAGE, ONE_PLACE, Interval, tail_of_extreme
from shekara.measuring.near import SMALL_RADIUS_M

Geometries = NDArray[np.object_]
# Positions along a line between which the depth of an overlap is looked for, in metres.
STEP_M = 2000.0
FARTHEST = 9.0  # deviations; the extreme of a billion errors stays below seven
FAR_FROM_180, FAR_FROM_POLES = 170.0, 85.0  # degrees


@dataclass(frozen=True)
class Margin:
    """Standard deviations, in metres, of where one place lies beside another.

    `here_m` and `there_m` are what each place errs by itself. `shared_m` is what the places of
    one drawing have in common and those of the other have not: 0 within one drawing, None where
    nobody states it.
    """

    here_m: float
    there_m: float
    shared_m: float | None

    @property
    def deviation_m(self) -> float:
        """Of the distance of one place from another."""
        return math.hypot(self.here_m, self.there_m, self.shared_m or 0.0)


def margin(layer: Layer, indexes: Indexes, other: Layer, rest: Indexes) -> Margin | None:
    """Of the least accurate of the features; None where one of them states no accuracy."""
    here, there = _worst(layer, indexes, "accuracy_m"), _worst(other, rest, "accuracy_m")
    if here is None or there is None:
        return None
    if layer is other:  # what its positions share does not move them beside each other
        return Margin(here, there, 0.0)
    shifts = _worst(layer, indexes, "shift_m"), _worst(other, rest, "shift_m")
    known = None if None in shifts else math.hypot(*(shift or 0.0 for shift in shifts))
    return Margin(here, there, known)


def not_stated(layer: Layer, indexes: Indexes, other: Layer, rest: Indexes) -> Reason | None:
    """The reason why nothing is known: whose accuracy nobody states."""
    for item, chosen in ((layer, indexes), (other, rest)):
        if _worst(item, chosen, "accuracy_m") is None:
            return accuracy_not_stated(item)
    return None


def accuracy_not_stated(layer: Layer) -> Reason:
    """A layer, by its title, does not say how accurate it is."""
    title = layer.file.title
    return Reason("reason_accuracy_not_stated", {"layer": title})


def _worst(layer: Layer, chosen: Indexes, key: Metres) -> float | None:
    values = [layer.quality(int(index), key) for index in chosen]
    known = [value for value in values if value is not None]
    return float(max(known, default=0.0)) if len(known) == len(values) else None


def apart_m(geometries: Geometries, rest: Geometries, between: Margin | None) -> Interval:
    """The shortest distance of two sets of geometries, in metres, and how well it is known.

    Two places that are drawn far apart are two deviations to either side of that. Across the
    distance the errors of both only add, on average by s²/2d; closer than 2.45 deviations they
    may be one place. Where many places lie nearest, the nearest of them errs towards the other
    side: the distance may be larger by the extreme of so many errors. Shapes that overlap are
    apart by nothing as long as they overlap by more than two deviations.
    """
    gap = 0.0 if meet(geometries, rest) else measuring.shortest_m(geometries, rest)
    if between is None:
        return Interval.unknown(gap)
    deviation = between.deviation_m
    if deviation == 0 or (gap == 0 and drawn_together(geometries, rest)):
        return Interval(gap, gap, gap)
    if gap == 0:
        return Interval(0.0, 0.0, max(0.0, COVERAGE * deviation - depth_m(geometries, rest)))
    low = gap - COVERAGE * deviation - deviation**2 / (2 * gap)
    near = gap + COVERAGE * deviation
    count = sum(
        _within(shapely.get_coordinates(a), b, near)
        for a, b in ((geometries, rest), (rest, geometries))
    )
    return Interval(
        gap,
        0.0 if gap <= ONE_PLACE * deviation else max(0.0, low),
        gap + tail_of_extreme(count // 2) * deviation,
    )


def _within(points: NDArray[np.float64], geometries: Geometries, most_m: float) -> int:
    """How many positions lie within a distance."""
    away = measuring.distances_to_m(points, geometries, least_m=most_m, most_m=most_m)
    return int((away <= most_m).sum())


def contact(
    geometries: Geometries, other: BaseGeometry, between: Margin | None
) -> tuple[bool, bool]:
    """Whether geometries surely touch another one, and whether they may."""
    rest = np.array([other], dtype=object)
    if drawn_together(geometries, rest):
        return True, True
    if between is None:
        return False, True
    reach = ONE_PLACE * between.deviation_m
    if _least_apart_m(geometries, other) > reach or _plainly_apart(geometries, other, reach):
        return False, False
    if meet(geometries, rest):
        deep = COVERAGE * between.deviation_m
        return deep == 0 or depth_m(geometries, rest, enough_m=deep) > deep, True
    if reach == 0 or measuring.farther_than(geometries, rest, reach):
        return False, False
    return False, measuring.shortest_m(geometries, rest) <= reach


def _least_apart_m(geometries: Geometries, other: BaseGeometry) -> float:
    """No two places are closer than the boxes around both, on a sphere that is a little small."""
    boxes = shapely.bounds(geometries)
    west, south, east, north = other.bounds
    up = np.maximum(boxes[:, 1] - north, south - boxes[:, 3])
    turn = np.minimum((boxes[:, 0] - east) % 360, (west - boxes[:, 2]) % 360)
    overlap = (boxes[:, 0] <= east) & (west <= boxes[:, 2])
    aside = np.where(overlap, 0.0, np.minimum(turn, 90.0))
    widest = np.maximum(np.abs(boxes[:, [1, 3]]).max(axis=1), max(abs(south), abs(north)))
    across = np.arcsin(np.cos(np.radians(widest)) * np.sin(np.radians(aside)))
    return float(SMALL_RADIUS_M * np.maximum(np.radians(np.maximum(up, 0)), across).min())


def _plainly_apart(geometries: Geometries, other: BaseGeometry, reach_m: float) -> bool:
    """Whether longitude and latitude say so; they do not where a way leads over 180° or a pole."""
    west, south, east, north = other.bounds
    if west < -FAR_FROM_180 or east > FAR_FROM_180 or max(-south, north) > FAR_FROM_POLES:
        return False
    widest = math.cos(math.radians(min(89.0, max(-south, north) + 1.0)))
    degrees = math.degrees(reach_m / (widest * SMALL_RADIUS_M))
    shapely.prepare(other)
    return degrees < 1.0 and not shapely.dwithin(other, geometries, degrees).any()


def meet(geometries: Geometries, rest: Geometries) -> bool:
    """Whether any of them have a point in common, over 180° and at the poles too."""
    return any(relations.meet(part, other) for part in geometries for other in rest)


def drawn_together(geometries: Geometries, rest: Geometries) -> bool:
    """Whether two drawings use one and the same position, as neighbours of one drawing do.

    Errors do not make two positions equal in every digit: whoever drew them meant one place.
    """
    here, there = (_complex(shapely.get_coordinates(item)) for item in (geometries, rest))
    if _among(here, there).any():
        return True
    return any(bool(shapely.touches(geometries, other).any()) for other in rest)


def _complex(points: NDArray[np.float64]) -> NDArray[np.complex128]:
    """Positions as single numbers, equal where both are one place of the globe."""
    lon = np.where(np.abs(points[:, 1]) >= 90.0, 0.0, wrap(points[:, 0]))
    return np.asarray(lon + 1j * points[:, 1])


def _among(here: NDArray[np.complex128], there: NDArray[np.complex128]) -> NDArray[np.bool_]:
    """Which positions are also others; only those in the common frame are sorted to be compared."""
    among = np.zeros(len(here), dtype=bool)
    if len(here) and len(there):
        inside = np.flatnonzero(_in_frame(here, there))
        among[inside] = np.isin(here[inside], there[_in_frame(there, here)])
    return among


def _in_frame(points: NDArray[np.complex128], of: NDArray[np.complex128]) -> NDArray[np.bool_]:
    lon, lat = points.real, points.imag
    west, east, south, north = of.real.min(), of.real.max(), of.imag.min(), of.imag.max()
    return np.asarray((lon >= west) & (lon <= east) & (lat >= south) & (lat <= north))


def depth_m(geometries: Geometries, rest: Geometries, enough_m: float = math.inf) -> float:
    """How deep, in metres, the deepest place of one lies inside the other, or behind a crossing.

    Who asks only whether that is more than `enough_m` gets some number above it, sooner.
    """
    deepest, least_m = 0.0, enough_m if math.isfinite(enough_m) else 0.0
    for item, other in ((geometries, rest), (rest, geometries)):
        areas = other[np.isin(shapely.get_type_id(other), (3, 6))]
        if not len(areas):
            continue
        area = joined(Same(areas))
        points = measuring.sample(item, STEP_M).points
        points = np.concatenate([shapely.get_coordinates(item), points])
        points = points[shapely.contains_xy(area, points[:, 0], points[:, 1])]
        if len(points):
            ring = [outline(area)]
            away = measuring.distances_to_m(points, ring, least_m=least_m, most_m=enough_m)
            deepest = max(deepest, float(away.max()))
        if deepest > enough_m:
            return deepest
    return max(deepest, _crossing_m(_lines(geometries), _lines(rest)))


@lru_cache(maxsize=16)  # claims ask the same areas again and again
def joined(areas: Same) -> BaseGeometry:
    """Areas as one, prepared to be asked what lies in it."""
    single = len(areas.geometries) == 1
    area = areas.geometries[0] if single else shapely.union_all(list(areas.geometries))
    shapely.prepare(area)
    return area


def _lines(geometries: Geometries) -> list[BaseGeometry]:
    parts = shapely.get_parts(geometries)
    return list(parts[shapely.get_type_id(parts) == 1])


def _crossing_m(subject: list[BaseGeometry], rest: list[BaseGeometry]) -> float:
    """How far two lines go on beyond the place where they cross: the shortest of the four arms."""
    deepest = 0.0
    for a in subject:
        for b in rest:
            for place in shapely.get_parts(shapely.intersection(a, b)):
                if place.geom_type == "Point":
                    arms = [*_arms(a, place, b), *_arms(b, place, a)]
                    deepest = max(deepest, min(arms))
    return deepest


def _arms(line: BaseGeometry, place: shapely.Point, other: BaseGeometry) -> list[float]:
    """How far from the other line each of both ends of a line comes, in metres."""
    from shapely.ops import substring

    if not isinstance(line, shapely.LineString):
        raise TypeError(f"arms of a {line.geom_type}")
    at = line.project(place)
    arms = [substring(line, 0, at), substring(line, at, line.length)]
    return [
        float(measuring.distances_to_m(shapely.get_coordinates(arm), [other]).max()) for arm in arms
    ]


def inside(geometry: BaseGeometry, area: BaseGeometry, between: Margin | None) -> bool | None:
    """Inside by more than positions err, outside by more, or left open (None).

    Vertices on the outline itself, which both drawings then share, are inside. The area's edges
    are taken as straight: `measuring.along_geodesics` is asked once by who asks for many shapes.
    """
    if between is None:
        return None
    points = shapely.get_coordinates(geometry)
    within = relations.holds(area, points)
    single = shapely.get_dimensions(geometry) == 0
    covered = bool(within.all()) if single else relations.covers(area, geometry)
    if between.deviation_m == 0:
        return covered
    bounds = outline(area)
    if bounds.is_empty:  # the whole globe
        return True
    far = FARTHEST * between.deviation_m
    away = measuring.distances_to_m(points, [bounds], most_m=far) / between.deviation_m
    drawn_on = _among(_complex(points), _complex(shapely.get_coordinates(area)))
    if covered and (drawn_on | (away > COVERAGE)).all():
        return True
    # Of many vertices near the outline some err by more than two deviations.
    close = int((away <= 2 * COVERAGE).sum())
    if (~within & (away > tail_of_extreme(close))).any():
        return False
    return None
