"""GeoJSON files of an atlas: read through the gate, with every fault found and placed."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

import numpy as np
import shapely
from numpy.typing import NDArray

from shekara.atlas.globe import attribute_problems, on_globe
from shekara.atlas.properties import property_faults
from shekara.errors import Problem
from shekara.gate.geojson import WGS84, Document, Fault, NotGeoJsonError, document

SHOWN = 3  # faults of one kind that are listed singly; the rest are counted
REMEMBERED = 64  # files whose shapes are kept, by what they hold


class Features(NamedTuple):
    """What a file holds: one mapping of attributes for each geometry, and what must be said."""

    geometry: NDArray[np.object_]
    properties: tuple[Mapping[str, object], ...]
    remarks: tuple[str, ...] = ()


_READ: dict[tuple[str, bytes], tuple[Features, tuple[Problem, ...]]] = {}


def read(path: Path, label: str, problems: list[Problem]) -> Features:
    """Geometries and properties of a file, in its order; faults go to `problems`.

    The arrays are empty when the file cannot be used at all. A file that has not changed is not
    read again: a preview reads its atlas at each save.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        problems.append(
            Problem(label, "", "", f"cannot be read ({error.strerror})", "add the file")
        )
        return Features(np.empty(0, dtype=object), ())
    key = (label, hashlib.blake2b(content).digest())
    if key not in _READ:
        if len(_READ) >= REMEMBERED:
            _READ.pop(next(iter(_READ)))
        faults: list[Problem] = []
        _READ[key] = _read(content, path, label, faults), tuple(faults)
    features, known = _READ[key]
    problems.extend(known)
    return features


def _read(content: bytes, path: Path, label: str, problems: list[Problem]) -> Features:
    nothing = Features(np.empty(0, dtype=object), ())
    try:
        whole = document(content)
    except NotGeoJsonError as error:
        problems.append(Problem(label, *error.fault))
        return nothing
    if whole.kind != "FeatureCollection":
        remedy = "an atlas takes a FeatureCollection with a list of features"
        problems.append(Problem(label, "type", repr(whole.kind), "is no FeatureCollection", remedy))
        return nothing
    if whole.crs != WGS84:
        rule = "GeoJSON is in WGS 84, longitude and latitude (RFC 7946, section 4)"
        remedy = (
            f"take it in with: shekara add {path.name}, which converts it; or move it to data/ and "
            f'name it in the layer: file = "data/{path.name}"'
        )
        problems.append(Problem(label, "crs", whole.crs or "", rule, remedy))
        return nothing
    faults = list(_faults(whole, label))
    return on_one_globe(whole.geometry, whole.properties, label, problems, faults)


def _faults(whole: Document, label: str) -> Iterator[Problem]:
    """What the gate could not read, and what an atlas does not take."""

    def problem(index: int, fault: Fault) -> Problem:
        place = f"features[{index}]" + (f".{fault.key}" if fault.key else "")
        return Problem(label, place, fault.value, fault.rule, fault.remedy)

    for index, fault in (*whole.faults.items(), *whole.attribute_faults.items()):
        yield problem(index, fault)
    kinds, there = shapely.get_type_id(whole.geometry), ~shapely.is_missing(whole.geometry)
    collection = shapely.GeometryType.GEOMETRYCOLLECTION
    for index in np.flatnonzero(kinds == collection).tolist():
        remedy = "give its parts as features of their own"
        fault = Fault("geometry", "GeometryCollection", "is not taken by an atlas", remedy)
        yield problem(index, fault)
    for index in np.flatnonzero(there & shapely.is_empty(whole.geometry)).tolist():
        yield problem(index, Fault("geometry.coordinates", "[]", "is empty", "use null instead"))


def on_one_globe(
    geometry: NDArray[np.object_],
    properties: Iterable[Mapping[str, object]],
    label: str,
    problems: list[Problem],
    before: Iterable[Problem] = (),
) -> Features:
    """Features that were read, in WGS 84: held to the rules of an atlas, faults to `problems`."""
    faults, rows = list(before), tuple(properties)
    globe = on_globe(geometry, label)
    faults.extend(globe.problems)
    for index, attributes in enumerate(rows):
        faults.extend(property_faults(attributes, label, f"features[{index}]"))
    faults.extend(attribute_problems(rows, label))
    faults.extend(_twice(rows, label))
    problems.extend(_shortened(faults, label))
    return Features(globe.geometry, rows, globe.remarks)


def _twice(properties: tuple[Mapping[str, object], ...], label: str) -> Iterator[Problem]:
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
        kind = re.sub(r"[-\d.,\[\] ]*\d[-\d.,\[\] ]*", " … ", fault.rule)  # places differ
        count[kind] = count.get(kind, 0) + 1
        if count[kind] <= SHOWN:
            yield fault
    for rule, times in count.items():
        if times > SHOWN:
            yield Problem(label, "features", f"{times - SHOWN} more", rule, "")
