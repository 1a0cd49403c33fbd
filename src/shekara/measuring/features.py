"""Length, perimeter and area of many features at once, each with its interval."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import Geod
from shapely.geometry.base import BaseGeometry

from shekara.gate import EdgeKind, Features
from shekara.geometry.antimeridian import Course, jumps
from shekara.geometry.arrays import Floats, Shapes
from shekara.geometry.seams import seam_shares
from shekara.measuring.record import HIGH, LOW, QUANTITIES, STRAIGHT, FeatureRecord
from shekara.measuring.size import (
    WGS84,
    Edges,
    area_m2,
    departures_of,
    edge_lengths_m,
    edges,
    quick_lengths_m,
    turn_deg,
)
from shekara.measuring.straight import straight_area_m2, straight_edge_lengths_m
from shekara.measuring.straight_deviations import straight_area_intervals, straight_length_intervals
from shekara.measuring.uncertainty import area_intervals, length_intervals

# Where an edge straight in longitude and latitude lies nearer to its geodesic than this, both
# readings of a shape are the same figure.
SAME_M = 0.05
SAME_SHARE = 1e-6  # and so are figures that differ by less than this share
# By shapely's numbers of types; number -1, no geometry, is the last.
TYPES = (
    "Point", "LineString", "LinearRing", "Polygon", "MultiPoint", "MultiLineString",
    "MultiPolygon", "GeometryCollection", None,
)  # fmt: skip

Column = NDArray[np.float64]
Sides = tuple[tuple[Shapes, Edges], ...]  # lines and areas, each with its edges


@dataclass(frozen=True)
class Figures:
    """Figures of features by one reading of their edges; NaN where a feature has no such.

    `low` and `high` are None where no accuracy is stated.
    """

    value: Mapping[str, Column]
    low: Mapping[str, Column] | None = None
    high: Mapping[str, Column] | None = None

    def put(self, places: NDArray[np.int64], others: Figures) -> None:
        """Take the figures of some features from another reading."""
        for mine, theirs in (
            (self.value, others.value), (self.low, others.low), (self.high, others.high),
        ):  # fmt: skip
            if mine is not None and theirs is not None:
                for name in QUANTITIES:
                    mine[name][places] = theirs[name]


@dataclass(frozen=True)
class Measured:
    """Records of some features for JSON, and what is to be said of them together."""

    records: list[FeatureRecord]
    departure_m: float  # how far, at most, a straight edge lies from its geodesic
    differ: list[int]  # features whose figures hang on what their edges are


def measured(features: Features, edge_kind: EdgeKind | None = None) -> Measured:
    """Length, perimeter and area of features, with their intervals; see `measure_file`."""
    kind: EdgeKind = edge_kind or "geodesic"
    shapes, courses = features.shapes(kind)
    wide = np.array(sorted(i for i, ways in courses.items() if Course.WIDE in ways), dtype=np.int64)
    lines, areas = _by_dimension(shapes)
    sides = tuple((which, edges(which)) for which in (lines, areas))
    on, accuracy_m = features.ellipsoid, features.accuracy_m
    chosen = _figures(lines, areas, sides, on, kind, accuracy_m)
    straight = np.full(len(shapes), kind == "straight")
    if len(wide) and kind == "geodesic":  # all round the globe there is no geodesic
        straight[wide] = True
        chosen.put(wide, _figures_of(shapes[wide], on, "straight", accuracy_m))
    departure, longer = np.zeros(len(shapes)), np.zeros(len(shapes))
    for _, drawn in sides:
        np.maximum.at(departure, drawn.owner, departures_of(drawn))
        longer += np.bincount(drawn.owner, _longer_m(drawn), minlength=len(shapes))
    other: dict[int, dict[str, float]] = {}
    if edge_kind is None:
        other = _other_reading(features, departure, longer, chosen, straight)
    records = _records(features, _kinds(shapes), chosen, other, straight)
    return Measured(records, float(departure.max(initial=0.0)), sorted(other))


def _kinds(shapes: Shapes) -> list[str | None]:
    """What each shape is called in GeoJSON; None where there is none."""
    missing = shapely.is_missing(shapes) | shapely.is_empty(shapes)
    return [TYPES[n] for n in np.where(missing, -1, shapely.get_type_id(shapes)).tolist()]


def _by_dimension(shapes: Shapes) -> tuple[Shapes, Shapes]:
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


def _figures_of(shapes: Shapes, on: Geod, kind: EdgeKind, accuracy_m: float | None) -> Figures:
    lines, areas = _by_dimension(shapes)
    sides = tuple((which, edges(which)) for which in (lines, areas))
    return _figures(lines, areas, sides, on, kind, accuracy_m)


def _figures(
    lines: Shapes, areas: Shapes, sides: Sides, on: Geod, kind: EdgeKind,
    accuracy_m: float | None,
) -> Figures:  # fmt: skip
    """Figures of shapes whose lines and areas, with the edges of both, are given."""
    bare = kind == "straight"
    length, perimeter = (_lengths(which, drawn, on, bare=bare) for which, drawn in sides)
    area = straight_area_m2(areas, on) if bare else area_m2(areas, on)
    value = {
        "length_m": np.where(shapely.is_missing(lines), np.nan, length),
        "perimeter_m": np.where(shapely.is_missing(areas), np.nan, perimeter),
        "area_m2": np.where(shapely.is_missing(areas), np.nan, area),
    }
    if accuracy_m is None:
        return Figures(value)
    around = straight_length_intervals if bare else length_intervals
    around_area = straight_area_intervals if bare else area_intervals
    ends = {
        "length_m": around(lines, length, accuracy_m, on),
        "perimeter_m": around(areas, perimeter, accuracy_m, on),
        "area_m2": around_area(areas, area, accuracy_m, on),
    }
    return Figures(
        value,
        {name: end.low for name, end in ends.items()},
        {name: end.high for name, end in ends.items()},
    )


def _lengths(shapes: Shapes, drawn: Edges, on: Geod, *, bare: bool) -> Floats:
    """Lengths of lines or perimeters, without seams."""
    is_ring = np.isin(shapely.get_type_id(shapes), (3, 6))
    weight = 1.0 - seam_shares(drawn.owner, drawn.start, drawn.end, is_ring[drawn.owner])
    lengths = straight_edge_lengths_m(drawn, on) if bare else quick_lengths_m(drawn, on)
    return np.bincount(drawn.owner, weight * lengths, minlength=len(shapes)).astype(float)


def _other_reading(
    features: Features, departure: Floats, longer: Floats, chosen: Figures,
    straight: NDArray[np.bool_],
) -> dict[int, dict[str, float]]:  # fmt: skip
    """What features with long edges measure with straight edges, where that is another figure.

    `longer` is by how much, at most, straight edges are longer: most features need no second
    length.
    """
    far = np.flatnonzero((departure > SAME_M) & ~straight)
    others: dict[int, dict[str, float]] = {}
    if not len(far):
        return others
    shapes = features.straightened(far)
    long = np.fmax(chosen.value["length_m"], chosen.value["perimeter_m"])[far]
    bent = (2 * longer[far] > SAME_SHARE * long) | jumps(features.drawn[far])
    lines, areas = _by_dimension(shapes)
    on = features.ellipsoid
    columns = {
        "length_m": _lengths(lines[bent], edges(lines[bent]), on, bare=True),
        "perimeter_m": _lengths(areas[bent], edges(areas[bent]), on, bare=True),
        "area_m2": straight_area_m2(areas, on),
    }
    for name, there in columns.items():
        places = far if name == "area_m2" else far[bent]
        here = chosen.value[name][places]
        differs = np.abs(there - here) > SAME_SHARE * np.abs(here)
        for place, value in zip(places[differs].tolist(), there[differs].tolist(), strict=True):
            others.setdefault(place, {})[name] = value
    return others


def _longer_m(drawn: Edges) -> Floats:
    """By how much a straight edge is longer than its geodesic: 8d²/3l, d being its sagitta."""
    turn = np.radians(turn_deg(drawn))
    middle = np.radians((drawn.start[:, 1] + drawn.end[:, 1]) / 2)
    return np.asarray(
        WGS84.a * np.abs(turn) ** 3 * np.sin(middle) ** 2 * np.abs(np.cos(middle)) / 24
    )


def _records(
    features: Features, kinds: list[str | None], chosen: Figures,
    other: Mapping[int, Mapping[str, float]], straight: NDArray[np.bool_],
) -> list[FeatureRecord]:  # fmt: skip
    """Every feature for JSON."""
    columns = [(name, chosen.value[name].tolist(), *_ends(chosen, name)) for name in QUANTITIES]
    bent = straight.tolist()
    records = []
    for index, (name, kind) in enumerate(zip(features.names, kinds, strict=True)):
        record: FeatureRecord = {"feature": index, "name": name, "type": kind}
        records.append(record)
        if index in features.left_out:
            record["left_out"] = features.left_out[index]
            continue
        if kind is None:
            continue
        if index in features.repaired:
            record["repaired"] = True
        if bent[index]:
            record["edges"] = "straight"
        for quantity, values, lows, highs in columns:
            value = values[index]
            if value == value:  # no NaN: it has such a size
                low, high = lows[index], highs[index]
                if index in other and quantity in other[index]:
                    there = other[index][quantity]
                    record[STRAIGHT[quantity]] = there
                    low, high = _holding(there, value, low, high)
                record[quantity] = value
                record[LOW[quantity]], record[HIGH[quantity]] = low, high
        if index in features.heights:
            slope = _slope_m(features.heights[index], features.ellipsoid)
            record["length_along_slope_m"] = slope
    return records


def _ends(chosen: Figures, name: str) -> tuple[list[float | None], list[float | None]]:
    if chosen.low is None or chosen.high is None:
        nothing: list[float | None] = [None] * len(chosen.value[name])
        return nothing, nothing
    return chosen.low[name].tolist(), chosen.high[name].tolist()


def _holding(
    there: float, value: float, low: float | None, high: float | None
) -> tuple[float | None, float | None]:
    """The ends of an interval that holds both readings of a shape."""
    if low is None or high is None or low <= there <= high:
        return low, high
    return min(low, there - (value - low)), max(high, there + (high - value))


def _slope_m(shape: BaseGeometry, on: Geod) -> float:
    """Length along the slope: each edge the hypotenuse of its geodesic and its rise."""
    drawn = edges([shapely.force_2d(shape)])
    plan = edge_lengths_m(drawn, on)
    rise: list[float] = []
    for part in simple_parts(shape):
        rings = [part.exterior, *part.interiors] if isinstance(part, shapely.Polygon) else [part]
        for ring in rings:
            if part.geom_type != "Point":
                rise += np.diff(shapely.get_coordinates(ring, include_z=True)[:, 2]).tolist()
    return float(np.hypot(plan, rise).sum()) if len(rise) == len(plan) else float(plan.sum())
