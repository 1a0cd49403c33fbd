"""GeoJSON files of an atlas: strict reading, with every fault found and placed."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from shekara.atlas.globe import attribute_problems, on_globe
from shekara.atlas.properties import property_faults
from shekara.errors import Problem

TYPES = ("Point", "MultiPoint", "LineString", "MultiLineString", "Polygon", "MultiPolygon")
WGS84_NAMES = ("CRS84", "OGC:CRS84", "EPSG:4326", "EPSG::4326", "urn:ogc:def:crs:OGC:1.3:CRS84")
SHOWN = 3  # faults of one kind that are listed singly; the rest are counted


class Features(NamedTuple):
    """What a file holds: one mapping of attributes for each geometry, and what must be said."""

    geometry: NDArray[np.object_]
    properties: tuple[Mapping[str, object], ...]
    remarks: tuple[str, ...] = ()


def read(path: Path, label: str, problems: list[Problem]) -> Features:
    """Geometries and properties of a file, in its order; faults go to `problems`.

    The arrays are empty when the file cannot be used at all.
    """
    nothing = Features(np.empty(0, dtype=object), ())
    try:
        data = json.loads(path.read_text(encoding="utf-8"), parse_constant=_no_constant)
    except OSError as error:
        problems.append(
            Problem(label, "", "", f"cannot be read ({error.strerror})", "add the file")
        )
        return nothing
    except (ValueError, RecursionError) as error:
        rule = f"is no JSON ({error})"
        problems.append(Problem(label, "", "", rule, "write it anew as GeoJSON (RFC 7946), UTF-8"))
        return nothing
    features = _feature_list(data, label, problems)
    if features is None:
        return nothing
    _check_crs(data, label, problems)
    return _features(features, label, problems)


def _no_constant(name: str) -> float:
    raise ValueError(f"{name} is not allowed in JSON")


def _feature_list(data: object, label: str, problems: list[Problem]) -> list[Any] | None:
    kind = data.get("type") if isinstance(data, dict) else type(data).__name__
    if not isinstance(data, dict) or kind != "FeatureCollection":
        remedy = "an atlas takes a FeatureCollection with a list of features"
        problems.append(Problem(label, "type", repr(kind), "is no FeatureCollection", remedy))
        return None
    features = data.get("features")
    if not isinstance(features, list):
        remedy = "write a list of features"
        problems.append(Problem(label, "features", repr(features), "is no list", remedy))
        return None
    return features


def _check_crs(data: Mapping[str, object], label: str, problems: list[Problem]) -> None:
    if data.get("crs") is None:
        return
    crs = data["crs"]
    properties = crs.get("properties") if isinstance(crs, dict) else None
    name = str(properties.get("name")) if isinstance(properties, dict) else repr(crs)
    if not name.endswith(WGS84_NAMES):
        rule = "GeoJSON is in WGS 84, longitude and latitude (RFC 7946, section 4)"
        remedy = "convert it, for example with ogr2ogr -t_srs EPSG:4326 -lco RFC7946=YES"
        problems.append(Problem(label, "crs", name, rule, remedy))


def _features(features: list[Any], label: str, problems: list[Problem]) -> Features:
    geometry = np.empty(len(features), dtype=object)
    properties: list[Mapping[str, object]] = []
    faults: list[Problem] = []
    for index, feature in enumerate(features):
        place = f"features[{index}]"
        if not isinstance(feature, dict) or feature.get("type") != "Feature":
            faults.append(Problem(label, place, "", "is no Feature", 'write "type": "Feature"'))
            properties.append({})
            continue
        geometry[index] = _geometry(feature.get("geometry"), label, place, faults)
        attributes = feature.get("properties") or {}
        if not isinstance(attributes, dict):
            faults.append(
                Problem(label, f"{place}.properties", repr(attributes), "is no object", "")
            )
            attributes = {}
        if "id" in feature and "id" not in attributes:
            attributes = {"id": feature["id"], **attributes}
        properties.append(attributes)
    return on_one_globe(geometry, properties, label, problems, faults)


def on_one_globe(
    geometry: NDArray[np.object_],
    properties: list[Mapping[str, object]],
    label: str,
    problems: list[Problem],
    before: Iterable[Problem] = (),
) -> Features:
    """Features that were read, in WGS 84: held to the rules of an atlas, faults to `problems`."""
    faults = list(before)
    globe = on_globe(geometry, label)
    faults.extend(globe.problems)
    for index, attributes in enumerate(properties):
        faults.extend(property_faults(attributes, label, f"features[{index}]"))
    faults.extend(attribute_problems(tuple(properties), label))
    faults.extend(_twice(properties, label))
    problems.extend(_shortened(faults, label))
    return Features(globe.geometry, tuple(properties), globe.remarks)


def _geometry(data: object, label: str, place: str, faults: list[Problem]) -> Any:
    if data is None:
        return None
    key = f"{place}.geometry"
    kind = data.get("type") if isinstance(data, dict) else None
    if not isinstance(data, dict) or kind not in TYPES:
        faults.append(
            Problem(
                label,
                key,
                repr(kind),
                "is no geometry that an atlas takes",
                "use " + ", ".join(TYPES) + " or null",
            )
        )
        return None
    try:
        _only_numbers(data["coordinates"])
        shape = _shape(kind, data)
    except (
        ValueError,
        TypeError,
        AttributeError,
        KeyError,
        IndexError,
        OverflowError,
        RecursionError,
        shapely.GEOSException,
    ):
        faults.append(
            Problem(
                label,
                f"{key}.coordinates",
                _short(data.get("coordinates")),
                f"are no coordinates of a {kind}",
                "lists of [longitude, latitude]; a ring has at least four positions",
            )
        )
        return None
    if shape.is_empty:
        faults.append(Problem(label, f"{key}.coordinates", "[]", "is empty", "use null instead"))
        return None
    points = shapely.get_coordinates(shape)
    outside = ~((np.abs(points[:, 0]) <= 180.0) & (np.abs(points[:, 1]) <= 90.0))
    if outside.any():
        lon, lat = points[np.flatnonzero(outside)[0]]
        swapped = abs(lon) <= 90.0 and abs(lat) <= 180.0
        remedy = (
            "it looks like latitude, longitude: GeoJSON wants longitude first"
            if swapped
            else "give longitude within ±180 and latitude within ±90, in degrees"
        )
        faults.append(
            Problem(
                label, f"{key}.coordinates", f"[{lon:g}, {lat:g}]", "lies outside the globe", remedy
            )
        )
        return None
    return shape


def _only_numbers(data: object) -> None:
    """shapely turns "10" into 10: an atlas that has text for a number is told so."""
    if isinstance(data, list) and data and isinstance(data[0], list):
        inner = data[0]
        if inner and not isinstance(inner[0], list):  # a list of positions: all in one go
            if not {type(number) for number in chain.from_iterable(data)} <= {int, float}:
                raise TypeError("positions are lists of numbers")
            return
        for part in data:
            _only_numbers(part)
    elif not isinstance(data, list) or not all(type(number) in (int, float) for number in data):
        raise TypeError("positions are lists of numbers")


def _shape(kind: str, data: Mapping[str, object]) -> BaseGeometry:
    """A geometry of two dimensions; lines and areas from arrays, which is ten times as fast."""
    builders: Mapping[str, Callable[[list[object]], BaseGeometry]] = {
        "LineString": _line,
        "Polygon": _polygon,
        "MultiLineString": lambda lines: _single(
            shapely.multilinestrings([_line(line) for line in lines])
        ),
        "MultiPolygon": lambda areas: _single(
            shapely.multipolygons([_polygon(area) for area in areas])
        ),
    }
    build = builders.get(kind)
    numbers = data["coordinates"]
    if build is not None and isinstance(numbers, list) and numbers:
        with suppress(ValueError, IndexError, TypeError):  # shapely says better what is wrong
            return build(numbers)
    return shapely.force_2d(shape(dict(data)))


def _line(positions: object) -> BaseGeometry:
    return _single(shapely.linestrings(np.array(positions, dtype=float)[:, :2]))


def _polygon(rings: object) -> BaseGeometry:
    if not isinstance(rings, list):
        raise TypeError("rings are a list")
    closed = [_single(shapely.linearrings(np.array(r, dtype=float)[:, :2])) for r in rings]
    holes = np.array(closed[1:], dtype=object) if closed[1:] else None
    return _single(shapely.polygons(np.asarray(closed[0], dtype=object), holes))


def _single(built: object) -> BaseGeometry:
    """What shapely built of one geometry's positions: one geometry, no array of them."""
    if not isinstance(built, BaseGeometry):
        raise TypeError("positions of one geometry")
    return built


def _twice(properties: list[Mapping[str, object]], label: str) -> Iterator[Problem]:
    seen: set[object] = set()
    for index, attributes in enumerate(properties):
        key = attributes.get("id")
        if key is None:
            continue
        if not isinstance(key, str | int):
            yield Problem(
                label,
                f"features[{index}].properties.id",
                repr(key),
                "is neither text nor a whole number",
                "",
            )
        elif key in seen:
            yield Problem(
                label,
                f"features[{index}].properties.id",
                repr(key),
                "is there twice",
                "give every feature an id of its own",
            )
        else:
            seen.add(key)


def _shortened(faults: list[Problem], label: str) -> Iterator[Problem]:
    count: dict[str, int] = {}
    for fault in faults:
        count[fault.rule] = count.get(fault.rule, 0) + 1
        if count[fault.rule] <= SHOWN:
            yield fault
    for rule, times in count.items():
        if times > SHOWN:
            yield Problem(label, "features", f"{times - SHOWN} more", rule, "")


def _short(value: object) -> str:
    try:
        text = json.dumps(value)
    except (RecursionError, ValueError):
        text = type(value).__name__
    return text if len(text) <= 40 else text[:37] + "..."
