"""Length, perimeter and area of many features at once, each with its interval."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import Geod
from shapely.geometry.base import BaseGeometry

from shekara.gate import EdgeKind, Features
from shekara.geometry.antimeridian import Course
from shekara.geometry.arrays import Shapes
from shekara.measuring.deviations import Ends
from shekara.measuring.paths import by_dimension, simple_parts
from shekara.measuring.record import HIGH, LOW, QUANTITIES, STRAIGHT, FeatureRecord
from shekara.measuring.size import edge_lengths_m, edges
from shekara.measuring.straight import straight_area_m2, straight_length_m
from shekara.measuring.straight_deviations import straight_area_intervals, straight_length_intervals
from shekara.measuring.uncertainty import area_intervals, length_intervals
from shekara.measuring.walk import Walked, walk

# Where an edge straight in longitude and latitude lies nearer to its geodesic than this, both
# readings of a shape are the same figure.
SAME_M = 0.05
SAME_SHARE = 1e-6  # and so are figures that differ by less than this share
SURELY = 2  # differences known to first order are taken so many times
# By shapely's numbers of types; number -1, no geometry, is the last.
TYPES = (
    "Point", "LineString", "LinearRing", "Polygon", "MultiPoint", "MultiLineString",
    "MultiPolygon", "GeometryCollection", None,
)  # fmt: skip

Column = NDArray[np.float64]


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
    on, accuracy_m = features.ellipsoid, features.accuracy_m
    walked = walk(shapes, on)
    straight = np.full(len(shapes), kind == "straight")
    if kind == "straight":
        chosen = _straight_figures(shapes, on, accuracy_m)
    else:
        chosen = _geodesic_figures(shapes, walked, on, accuracy_m)
        wide = np.array(sorted(i for i, ways in courses.items() if Course.WIDE in ways), np.int64)
        if len(wide):  # all round the globe there is no geodesic
            straight[wide] = True
            chosen.put(wide, _straight_figures(shapes[wide], on, accuracy_m))
    other: dict[int, dict[str, float]] = {}
    if edge_kind is None:
        other = _other_reading(features, walked, chosen, straight)
    records = _records(features, _kinds(shapes), chosen, other, straight)
    return Measured(records, float(walked.departure.max(initial=0.0)), sorted(other))


def _kinds(shapes: Shapes) -> list[str | None]:
    """What each shape is called in GeoJSON; None where there is none."""
    missing = shapely.is_missing(shapes) | shapely.is_empty(shapes)
    return [TYPES[n] for n in np.where(missing, -1, shapely.get_type_id(shapes)).tolist()]


def _geodesic_figures(
    shapes: Shapes, walked: Walked, on: Geod, accuracy_m: float | None
) -> Figures:
    value = {
        "length_m": np.where(walked.has_line, walked.length, np.nan),
        "perimeter_m": np.where(walked.has_area, walked.perimeter, np.nan),
        "area_m2": np.where(walked.has_area, walked.area, np.nan),
    }
    if accuracy_m is None:
        return Figures(value)
    lines, areas = by_dimension(shapes)
    return _with_ends(
        value,
        length_intervals(lines, walked.length, accuracy_m, on),
        length_intervals(areas, walked.perimeter, accuracy_m, on),
        area_intervals(areas, walked.area, accuracy_m, on),
    )


def _straight_figures(shapes: Shapes, on: Geod, accuracy_m: float | None) -> Figures:
    lines, areas = by_dimension(shapes)
    length, perimeter = straight_length_m(lines, on), straight_length_m(areas, on)
    area = straight_area_m2(areas, on)
    value = {
        "length_m": np.where(shapely.is_missing(lines), np.nan, length),
        "perimeter_m": np.where(shapely.is_missing(areas), np.nan, perimeter),
        "area_m2": np.where(shapely.is_missing(areas), np.nan, area),
    }
    if accuracy_m is None:
        return Figures(value)
    return _with_ends(
        value,
        straight_length_intervals(lines, length, accuracy_m, on),
        straight_length_intervals(areas, perimeter, accuracy_m, on),
        straight_area_intervals(areas, area, accuracy_m, on),
    )


def _with_ends(value: Mapping[str, Column], *ends: Ends) -> Figures:
    """Figures with their intervals, in the same order."""
    return Figures(
        value,
        {name: end.low for name, end in zip(value, ends, strict=True)},
        {name: end.high for name, end in zip(value, ends, strict=True)},
    )


def _other_reading(
    features: Features, walked: Walked, chosen: Figures, straight: NDArray[np.bool_]
) -> dict[int, dict[str, float]]:
    """What features with long edges measure with straight edges, where that is another figure.

    Most need no second measurement: what their walk says of it is enough.
    """
    far = np.flatnonzero((walked.departure > SAME_M) & ~straight)
    others: dict[int, dict[str, float]] = {}
    if not len(far):
        return others
    cut = features.jumping[far] | walked.rim[far]
    long = np.fmax(chosen.value["length_m"], chosen.value["perimeter_m"])[far]
    bent = far[cut | (SURELY * walked.longer[far] > SAME_SHARE * long)]
    # A comparison with NaN, of what has no area, is false.
    wider = far[cut | (SURELY * walked.apart[far] > SAME_SHARE * chosen.value["area_m2"][far])]
    places = np.union1d(bent, wider)
    shapes = features.straightened(places)
    lines, areas = by_dimension(shapes)
    on = features.ellipsoid
    bends, widens = np.isin(places, bent), np.isin(places, wider)
    columns = {
        "length_m": (bends, straight_length_m(lines[bends], on)),
        "perimeter_m": (bends, straight_length_m(areas[bends], on)),
        "area_m2": (widens, straight_area_m2(areas[widens], on)),
    }
    for name, (asked, there) in columns.items():
        here = chosen.value[name][places[asked]]
        differs = np.abs(there - here) > SAME_SHARE * np.abs(here)
        for place, value in zip(
            places[asked][differs].tolist(), there[differs].tolist(), strict=True
        ):
            others.setdefault(place, {})[name] = value
    return others


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
