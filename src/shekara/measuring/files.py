"""Measuring the features of any vector file, on the ellipsoid of its own reference system."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import Geod

from shekara.gate import EdgeKind, Features, Remark, read
from shekara.geometry.antimeridian import Course
from shekara.measuring.size import Floats, area_m2, departures_m, edge_lengths_m, edges, length_m
from shekara.measuring.straight import straight_area_m2, straight_length_m
from shekara.measuring.uncertainty import area_interval, length_interval

# Where an edge straight in longitude and latitude lies nearer to its geodesic than this, both
# readings of a shape are the same figure.
SAME_M = 0.05
SAME_SHARE = 1e-6  # and so are figures that differ by less than this share
# By shapely's numbers of types.
TYPES = (
    "Point", "LineString", "LinearRing", "Polygon", "MultiPoint", "MultiLineString",
    "MultiPolygon", "GeometryCollection",
)  # fmt: skip
QUANTITIES = ("length_m", "perimeter_m", "area_m2")


@dataclass(frozen=True)
class Sizes:
    """Figures of all features by one reading of their edges; NaN where a feature has no such."""

    length_m: Floats
    perimeter_m: Floats
    area_m2: Floats


def measure_file(
    path: Path | str,
    accuracy_m: float | None = None,
    *,
    edges: EdgeKind | None = None,
    **wishes: Any,
) -> list[dict[str, Any]]:
    """Length, perimeter and area of every feature of a file, each with its interval.

    Parameters
    ----------
    path : Path or str
        A file that `shekara.gate.read` takes, which `wishes` go to.
    accuracy_m : float, optional
        Standard deviation of its positions, metres; without it nothing is known of how true the
        figures are, and there are no intervals.
    edges : "geodesic" or "straight", optional
        What edges are; where this is not chosen they are geodesics, and where the other reading
        differs by more than the interval, the interval holds both.

    Returns
    -------
    list of dict
        One JSON object for each reference system in the file, mostly one: "file", "crs",
        "ellipsoid", "accuracy_m", "edges", "remarks", "features" …; lengths in metres, areas in
        square metres, intervals of two standard deviations.

    Raises
    ------
    InputError
        The file cannot be read, names no reference system, or lies outside it.
    UsageError
        A wish that cannot be fulfilled.
    """
    parts = read(path, accuracy_m=accuracy_m, **wishes)
    return [measure_features(features, edges) for features in parts]


def measure_features(features: Features, edges: EdgeKind | None = None) -> dict[str, Any]:
    """The same for features that are at hand."""
    kind: EdgeKind = edges or "geodesic"
    shapes, courses = features.shapes(kind)
    wide = sorted(i for i, ways in courses.items() if Course.WIDE in ways)
    bent = set(wide) if kind == "geodesic" else set(range(len(features)))  # edges are straight
    chosen = _sizes(shapes, features.ellipsoid, kind)
    if wide and kind == "geodesic":
        chosen = _with(chosen, wide, _sizes(shapes[wide], features.ellipsoid, "straight"))
    departure = departures_m(shapes)
    other = _other_reading(features, departure, chosen, wide) if edges is None else {}
    figures = [getattr(chosen, name).tolist() for name in QUANTITIES]
    kinds = _kinds(shapes)
    records = [
        _record(
            features,
            index,
            shapes[index],
            kinds[index],
            sizes,
            other.get(index, {}),
            straight=index in bent,
        )
        for index, sizes in enumerate(zip(*figures, strict=True))
    ]
    if len(set(features.layer)) > 1:
        for record, layer in zip(records, features.layer, strict=True):
            record["layer"] = layer
    on = features.ellipsoid
    remarks = [*features.remarks, *_edge_remarks(records, sorted(other))]
    return {
        "file": features.source,
        "crs": features.crs.to_string(),
        "crs_name": features.crs.name,
        "ellipsoid": {
            "a": on.a,
            "flattening": on.f,
            "inverse_flattening": 1 / on.f if on.f else None,
        },
        "accuracy_m": features.accuracy_m,
        "accuracy_stated": features.accuracy_m is not None,
        "edges": "straight in longitude and latitude" if kind == "straight" else "geodesic",
        "edges_chosen": edges is not None,
        "edge_departure_m": float(departure.max(initial=0.0)),
        "left_out": len(features.left_out),
        "remarks": [remark.record() for remark in remarks],
        "features": records,
    }


def _kinds(shapes: NDArray[Any]) -> list[str | None]:
    """What each shape is called in GeoJSON; None where there is none."""
    missing = shapely.is_missing(shapes) | shapely.is_empty(shapes)
    names = (*TYPES, None)  # number -1, no geometry, is the last
    numbers = np.where(missing, -1, shapely.get_type_id(shapes)).tolist()
    return [names[number] for number in numbers]


def _sizes(shapes: NDArray[Any], on: Geod, kind: EdgeKind) -> Sizes:
    lines, areas = _by_dimension(shapes)
    length, area = (
        (straight_length_m, straight_area_m2) if kind == "straight" else (length_m, area_m2)
    )
    return Sizes(
        _where(lines, length(lines, on)),
        _where(areas, length(areas, on)),
        _where(areas, area(areas, on)),
    )


def _where(shapes: NDArray[Any], values: Floats) -> Floats:
    return np.where(shapely.is_missing(shapes), np.nan, values)


def _with(sizes: Sizes, places: list[int], others: Sizes) -> Sizes:
    columns = {name: getattr(sizes, name).copy() for name in QUANTITIES}
    for name, values in columns.items():
        values[places] = getattr(others, name)
    return Sizes(**columns)


def _by_dimension(shapes: NDArray[Any]) -> tuple[NDArray[Any], NDArray[Any]]:
    """The lines and the areas of each shape; None where it has none."""
    kinds = shapely.get_type_id(shapes)
    lines, areas = shapes.copy(), shapes.copy()
    lines[~np.isin(kinds, (1, 2, 5))] = None
    areas[~np.isin(kinds, (3, 6))] = None
    for index in np.flatnonzero(kinds == 7):
        parts = list(_simple(shapes[index]))
        chosen_parts = [part for part in parts if part.geom_type in ("LineString", "LinearRing")]
        lines[index] = shapely.MultiLineString(chosen_parts) if chosen_parts else None
        chosen_parts = [part for part in parts if part.geom_type == "Polygon"]
        areas[index] = shapely.MultiPolygon(chosen_parts) if chosen_parts else None
    empty = shapely.is_empty(shapes)
    lines[empty], areas[empty] = None, None
    return lines, areas


def _simple(shape: Any) -> Any:
    for part in shapely.get_parts(shape):
        if part.geom_type in ("Point", "LineString", "LinearRing", "Polygon"):
            yield part
        else:
            yield from _simple(part)


def _other_reading(
    features: Features, departure: Floats, chosen: Sizes, wide: list[int]
) -> dict[int, dict[str, float]]:
    """What features with long edges measure with straight edges, where that is another figure."""
    far = np.flatnonzero(departure > SAME_M)
    far = far[~np.isin(far, wide)]
    if not len(far):
        return {}
    cut, _ = features.chosen(far).shapes("straight")
    straight = _sizes(cut, features.ellipsoid, "straight")
    others: dict[int, dict[str, float]] = {}
    for name in QUANTITIES:
        here, there = getattr(chosen, name)[far], getattr(straight, name)
        for place in np.flatnonzero(np.abs(there - here) > SAME_SHARE * np.abs(here)):
            others.setdefault(int(far[place]), {})[name] = float(there[place])
    return others


def _record(
    features: Features, index: int, shape: Any, kind: str | None, sizes: Sequence[float],
    other: Mapping[str, float], *, straight: bool,
) -> dict[str, Any]:  # fmt: skip
    """One feature for JSON."""
    record: dict[str, Any] = {"feature": index, "name": features.names[index]}
    record["type"] = kind
    if index in features.left_out:
        return {**record, "left_out": features.left_out[index]}
    if record["type"] is None:
        return record
    if index in features.repaired:
        record["repaired"] = True
    if straight:
        record["edges"] = "straight"
    for name, value in zip(QUANTITIES, sizes, strict=True):
        if value != value:  # NaN: it has no such size
            continue
        low, high = _ends(features, name, shape, value, straight)
        if name in other:
            record[f"{name}_straight"] = other[name]
            if low is not None and high is not None and not low <= other[name] <= high:
                low, high = (
                    min(low, other[name] - (value - low)),
                    max(high, other[name] + (high - value)),
                )
        record[name], record[f"{name}_low"], record[f"{name}_high"] = value, low, high
    if index in features.heights:
        record["length_along_slope_m"] = _slope_m(features.heights[index], features.ellipsoid)
    return record


def _ends(
    features: Features, name: str, shape: Any, value: float, straight: bool
) -> tuple[float | None, float | None]:
    """The interval of a figure, None where no accuracy is stated."""
    if features.accuracy_m is None:
        return None, None
    lines, areas = _by_dimension(np.array([shape], dtype=object))
    # Positions err alike whatever lies between them: the half-widths are those of geodesics.
    if name == "area_m2":
        around = area_interval(areas, features.accuracy_m, features.ellipsoid)
    else:
        around = length_interval(
            lines if name == "length_m" else areas, features.accuracy_m, on=features.ellipsoid
        )
    if not straight:
        return around.low, around.high
    return max(0.0, value - (around.value - around.low)), value + (around.high - around.value)


def _slope_m(shape: Any, on: Geod) -> float:
    """Length along the slope: each edge the hypotenuse of its geodesic and its rise."""
    drawn = edges([shapely.force_2d(shape)])
    plan = edge_lengths_m(drawn, on)
    rise: list[float] = []
    for part in _simple(shape):
        rings = [part.exterior, *part.interiors] if part.geom_type == "Polygon" else [part]
        for ring in rings:
            if part.geom_type != "Point":
                rise += np.diff(shapely.get_coordinates(ring, include_z=True)[:, 2]).tolist()
    return float(np.hypot(plan, rise).sum()) if len(rise) == len(plan) else float(plan.sum())


def _edge_remarks(records: list[dict[str, Any]], differ: list[int]) -> list[Remark]:
    """Which features' figures hang on what their edges are."""
    if not differ:
        return []
    text = (
        "edges are taken as geodesics; straight in longitude and latitude they give other figures"
    )
    first = records[differ[0]]
    name = next(name for name in reversed(QUANTITIES) if f"{name}_straight" in first)
    scale, unit = (1e6, "km²") if name == "area_m2" else (1e3, "km")
    example = f"{first[name] / scale:,.3f} and {first[f'{name}_straight'] / scale:,.3f} {unit}"
    return [Remark("edges", f"{text} ({example}); choose with --edges", tuple(differ))]
