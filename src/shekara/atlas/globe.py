"""Shapes of an atlas as the globe has them: valid, cut at 180°, and their attributes sound."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import NamedTuple

import numpy as np
import shapely
from numpy.typing import NDArray

from shekara.errors import Problem
from shekara.gate import each_by_itself
from shekara.geometry.antimeridian import Course

# Frames wider than 180° mean straight edges; positions this close make geodesics of them that
# enclose the same area to 1e-7.
STEP_DEG = 0.05
NUMBERS = ("accuracy_m", "resolution_m", "shift_m")  # of [quality], where a feature has its own
SAID = ("over-180", "round-a-pole", "wide-edges", "heights")  # remarks of the gate for a reader


class OnGlobe(NamedTuple):
    """Shapes of a file, what is wrong with them, and what must be said of them."""

    geometry: NDArray[np.object_]
    problems: tuple[Problem, ...]
    remarks: tuple[str, ...]


def on_globe(geometry: NDArray[np.object_], label: str) -> OnGlobe:
    """The shapes of a file as the gate has them, and a problem for each that it leaves out."""
    features = each_by_itself(geometry, label)
    shapes, courses = features.shapes()
    for index, ways in courses.items():
        if Course.WIDE in ways:
            shapes[index] = shapely.segmentize(shapes[index], STEP_DEG)
    problems = (_problem(index, why, label) for index, why in features.left_out.items())
    remarks = (f"{label}: {remark}" for remark in features.remarks if remark.kind in SAID)
    return OnGlobe(shapes, tuple(problems), tuple(remarks))


def _problem(index: int, why: str, label: str) -> Problem:
    rule, _, remedy = why.partition("; ")
    if rule.startswith("is not valid"):
        remedy = (
            "its boundary may not cross or touch itself: repair it, for example with "
            "shapely.make_valid, and look at what came out"
        )
    return Problem(label, f"features[{index}].geometry", "", rule, remedy)


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
