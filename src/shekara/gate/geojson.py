"""GeoJSON text: the shape and attributes of every feature, or why its shape cannot be read."""

from __future__ import annotations

import gc
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from shekara.errors import InputError
from shekara.gate.gdal import RawLayer, chosen_layers
from shekara.gate.geojson_shapes import TYPES, Misread, shapes_of

WGS84 = "EPSG:4326"
# Names of WGS 84 that files of the former specification (2008) carry.
WGS84_NAMES = ("CRS84", "OGC:CRS84", "EPSG:4326", "EPSG::4326", "urn:ogc:def:crs:OGC:1.3:CRS84")


class Fault(NamedTuple):
    """Why something of a file cannot be read: where it stands, its value, the rule, the way out."""

    key: str
    value: str
    rule: str
    remedy: str

    def __str__(self) -> str:
        """One sentence, the same for all coordinates with one fault."""
        subject = "coordinates" if self.key.endswith("coordinates") else self.value
        head = f"{subject} {self.rule}".strip()
        return f"{head}; {self.remedy}" if self.remedy else head


class NotGeoJsonError(InputError):
    """A text that is no GeoJSON as a whole."""

    def __init__(self, fault: Fault) -> None:
        self.fault = fault
        super().__init__(f"{fault.key} {fault}".strip())


class Document(NamedTuple):
    """What a text of GeoJSON holds, feature by feature."""

    kind: str  # of the whole: FeatureCollection, Feature or a geometry
    name: str | None
    geometry: NDArray[np.object_]  # None where a feature has none, or where it cannot be read
    properties: tuple[Mapping[str, object], ...]
    faults: dict[int, Fault]  # of shapes that cannot be read
    attribute_faults: dict[int, Fault]  # of attributes that are none; the shape may be read
    crs: str | None  # the system that the file names; None where what it says names none
    stated: bool


def document(data: bytes, encoding: str = "utf-8") -> Document:
    """The features of a text of GeoJSON.

    Raises
    ------
    NotGeoJsonError
        It is no JSON, or no GeoJSON.
    """
    whole, kind = _whole_of(data, encoding)
    features = _features(whole, kind)
    drawn: list[object] = []
    properties: list[Mapping[str, object]] = []
    faults: dict[int, Fault] = {}
    attribute_faults: dict[int, Fault] = {}
    for index, feature in enumerate(features):
        if not isinstance(feature, dict) or feature.get("type") != "Feature":
            faults[index] = Fault("", "", "is no Feature", 'write "type": "Feature"')
            drawn.append(None)
            properties.append({})
            continue
        drawn.append(feature.get("geometry"))
        attributes = feature.get("properties") or {}
        if not isinstance(attributes, dict):
            value = _short(attributes)
            attribute_faults[index] = Fault("properties", value, "is no object", "write { … }")
            attributes = {}
        if "id" in feature and "id" not in attributes:
            attributes = {"id": feature["id"], **attributes}
        properties.append(attributes)
    geometry, misread = shapes_of(drawn)
    faults |= {index: _fault(drawn[index], why) for index, why in misread.items()}
    name = whole.get("name")
    crs, stated = _system(whole.get("crs"))
    return Document(
        kind, name if isinstance(name, str) and name else None, geometry, tuple(properties),
        dict(sorted(faults.items())), attribute_faults, crs, stated,
    )  # fmt: skip


def count(data: bytes) -> int:
    """How many features a text of GeoJSON holds, sound or not.

    Raises
    ------
    NotGeoJsonError
        See `document`.
    """
    return len(_features(*_whole_of(data, "utf-8")))


def read_geojson(path: Path, layer: str | None, encoding: str | None) -> RawLayer:
    """The layer of a file of GeoJSON, for the gate.

    Raises
    ------
    InputError
        It is no GeoJSON.
    UsageError
        It has no layer of that name.
    """
    try:
        whole = document(path.read_bytes(), encoding or "utf-8")
    except NotGeoJsonError as error:
        raise InputError(f"{path}: {error}") from error
    name = whole.name or path.stem
    chosen_layers([(name, "Unknown")], layer, "GeoJSON", str(path))
    faults = {index: str(fault) for index, fault in whole.faults.items()}
    attributes = _columns(whole.properties)
    return RawLayer(
        name, whole.geometry, faults, attributes, whole.crs, whole.stated, "utf-8", False
    )


def _whole_of(data: bytes, encoding: str) -> tuple[Mapping[str, object], str]:
    """The object that a text is, and its type."""
    whole = _parsed(data, encoding)
    kind = whole.get("type") if isinstance(whole, dict) else None
    if not isinstance(whole, dict) or not isinstance(kind, str):
        value = repr(kind) if isinstance(whole, dict) else type(whole).__name__
        raise NotGeoJsonError(Fault("type", value, "is no GeoJSON", "give a FeatureCollection"))
    return whole, kind


def _parsed(data: bytes, encoding: str) -> object:
    from pydantic_core import from_json  # a seventh of the time of the library's own parser

    try:
        text = data.removeprefix(b"\xef\xbb\xbf")
        if encoding != "utf-8":
            text = text.decode(encoding).encode("utf-8")
        with _collector_at_rest():
            try:
                return from_json(text)
            except ValueError:  # half letters pass there; and it says better what is wrong
                return json.loads(text.decode("utf-8"))
    except UnicodeDecodeError as error:
        rule = f"is not in {encoding} (byte {error.start})"
        raise NotGeoJsonError(
            Fault("", "", rule, "save it as UTF-8, or give --encoding")
        ) from error
    except (ValueError, RecursionError) as error:
        fault = Fault("", "", f"is no JSON ({error})", "write it anew as GeoJSON (RFC 7946), UTF-8")
        raise NotGeoJsonError(fault) from error


@contextmanager
def _collector_at_rest() -> Iterator[None]:
    """Millions of lists are made and none is garbage: looking for some takes most of the time."""
    active = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if active:
            gc.enable()


def _features(whole: Mapping[str, object], kind: str) -> Sequence[object]:
    if kind == "FeatureCollection":
        features = whole.get("features")
        if not isinstance(features, list):
            fault = Fault("features", _short(features), "is no list", "write a list of features")
            raise NotGeoJsonError(fault)
        return features
    if kind == "Feature":
        return [whole]
    if kind in (*TYPES, "GeometryCollection"):
        return [{"type": "Feature", "properties": {}, "geometry": whole}]
    raise NotGeoJsonError(Fault("type", repr(kind), "is no GeoJSON", "give a FeatureCollection"))


def _system(crs: object) -> tuple[str | None, bool]:
    """The system that a file names, and whether it is another than the format's own."""
    if crs is None:
        return WGS84, False
    properties = crs.get("properties") if isinstance(crs, dict) else None
    name = properties.get("name") if isinstance(properties, dict) else None
    if not isinstance(name, str):
        return None, True
    if name.endswith(WGS84_NAMES):
        return WGS84, False
    coded = re.fullmatch(r"(?:urn:ogc:def:crs:)?EPSG:(?:[\d.]*:)?(\d+)", name, re.IGNORECASE)
    return (f"EPSG:{coded[1]}" if coded else name), True


def _fault(geometry: object, why: Misread) -> Fault:
    if not why.kind:
        kind = geometry.get("type") if isinstance(geometry, dict) else geometry
        remedy = f"use {', '.join(TYPES)} or null"
        return Fault("geometry", _short(kind), "is no geometry of GeoJSON", remedy)
    coordinates = geometry.get("coordinates") if isinstance(geometry, dict) else None
    return Fault("geometry.coordinates", _short(coordinates), why.rule, why.remedy)


def _short(value: object) -> str:
    try:
        text = json.dumps(value, ensure_ascii=False) if not isinstance(value, str) else repr(value)
    except (RecursionError, ValueError):
        text = type(value).__name__
    text = text.encode("utf-8", "replace").decode()
    return text if len(text) <= 40 else text[:37] + "..."


def _columns(rows: Sequence[Mapping[str, object]]) -> dict[str, NDArray[np.object_]]:
    """Attributes column by column; None where a feature has none; lists and objects as text."""
    columns: dict[str, NDArray[np.object_]] = {}
    for key in dict.fromkeys(key for row in rows for key in row):
        column = np.empty(len(rows), dtype=object)
        column[:] = [_cell(row.get(key)) for row in rows]
        columns[_whole(key)] = column
    return columns


def _cell(value: object) -> object:
    if isinstance(value, list | dict):
        return _whole(json.dumps(value, ensure_ascii=False))
    return _whole(value) if isinstance(value, str) else value


def _whole(text: str) -> str:
    """Text without half letters, which no file can hold."""
    if text.isascii():
        return text
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
