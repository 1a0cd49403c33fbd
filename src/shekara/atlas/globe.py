"""Shapes of an atlas as the globe has them: valid, cut at 180°, and their attributes sound."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import NamedTuple

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import Geod

from shekara.errors import Problem
from shekara.geometry.antimeridian import Course, Reading, jumps, read

WGS84 = Geod(ellps="WGS84")
# Frames wider than 180° mean straight edges; positions this close make geodesics of them that
# enclose the same area to 1e-7.
STEP_DEG = 0.05
NUMBERS = ("accuracy_m", "resolution_m", "shift_m")  # of [quality], where a feature has its own
SAID = {
    Course.OVER: "drawn over 180° uncut: cut there on reading (RFC 7946, section 3.1.9)",
    Course.ROUND_A_POLE: "drawn round a pole uncut: holds the nearer pole",
    Course.WIDE: "edges over 180° wide or all round: taken straight in longitude and latitude",
}


class OnGlobe(NamedTuple):
    """Shapes of a file, what is wrong with them, and what must be said of them."""

    geometry: NDArray[np.object_]
    problems: tuple[Problem, ...]
    remarks: tuple[str, ...]


def on_globe(geometry: NDArray[np.object_], label: str) -> OnGlobe:
    """The shapes of a file with rings over 180° cut, and a problem for each that is not valid."""
    shapes = geometry.copy()
    readings = {int(i): read(geometry[i], WGS84) for i in np.flatnonzero(jumps(geometry))}
    for index, reading in readings.items():
        wide = Course.WIDE in reading.courses
        shapes[index] = shapely.segmentize(reading.geometry, STEP_DEG) if wide else reading.geometry
    return OnGlobe(
        shapes, tuple(_invalid(geometry, readings, label)), tuple(_remarks(readings, label))
    )


def _invalid(
    geometry: NDArray[np.object_], readings: Mapping[int, Reading], label: str
) -> Iterator[Problem]:
    present = ~shapely.is_missing(geometry)
    for index in np.flatnonzero(~shapely.is_valid(geometry) & present).tolist():
        if index not in readings:
            yield _not_valid(index, str(shapely.is_valid_reason(geometry[index])), label)
    for index, reading in readings.items():
        if reading.fault:
            yield _not_valid(index, reading.fault, label)


def _not_valid(index: int, reason: str, label: str) -> Problem:
    return Problem(
        label,
        f"features[{index}].geometry",
        reason,
        "is no valid polygon",
        "its boundary may not cross or touch itself: repair it, for example with "
        "shapely.make_valid, and look at what came out",
    )


def _remarks(readings: Mapping[int, Reading], label: str) -> Iterator[str]:
    for course, text in SAID.items():
        indexes = [index for index, reading in readings.items() if course in reading.courses]
        if indexes:
            more = f" and {len(indexes) - 3} more" if len(indexes) > 3 else ""
            yield f"{label}: features {', '.join(map(str, indexes[:3]))}{more}: {text}"


def attribute_problems(
    properties: tuple[Mapping[str, object], ...], label: str
) -> Iterator[Problem]:
    """Attributes that no part of the program can use: half letters, deviations below nothing."""
    for index, attributes in enumerate(properties):
        for key, value in attributes.items():
            place = f"features[{index}].properties.{_whole(str(key))}"
            if not _is_text(key) or (isinstance(value, str) and not _is_text(value)):
                rule = "holds half a letter (a surrogate without its other half)"
                yield Problem(label, place, _whole(repr(value)), rule, "write the text anew, UTF-8")
            elif key in NUMBERS and value is not None and not _is_deviation(value):
                rule, remedy = "is no number of metres from 0 on", "correct it, or leave it out"
                yield Problem(label, place, repr(value), rule, remedy)


def _is_text(value: object) -> bool:
    try:
        str(value).encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _whole(text: str) -> str:
    return text.encode("utf-8", "replace").decode("utf-8")


def _is_deviation(value: object) -> bool:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    return math.isfinite(value) and value >= 0
