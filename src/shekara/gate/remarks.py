"""What is said of the shapes of a source: left out, repaired, cut, wide, high."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from shekara.gate.model import Features, Remark
from shekara.geometry.antimeridian import Course

Courses = Mapping[int, frozenset[Course]]


def shape_remarks(features: Features, repaired: Mapping[int, str], read: Courses) -> list[Remark]:
    """Remarks on what the shapes turned out to be."""
    remarks: list[Remark] = []
    for why, indexes in _grouped(features.left_out).items():
        remarks.append(Remark("left-out", f"left out: {why}", indexes))
    for why, indexes in _grouped({i: w.partition(" at ")[0] for i, w in repaired.items()}).items():
        rule = "every place with an odd number of rings around it counts"
        remarks.append(Remark("repaired", f"not valid ({why}): repaired, {rule}", indexes))
    none = [
        i for i, shape in enumerate(features.drawn)
        if (shape is None or shape.is_empty) and i not in features.left_out
    ]  # fmt: skip
    if none:
        remarks.append(Remark("no-geometry", "no geometry", tuple(none)))
    remarks += _course_remarks(read)
    if features.heights:
        text = "heights do not count: lengths and areas are those of the plan"
        remarks.append(Remark("heights", text, tuple(features.heights)))
    return remarks


TEXTS: tuple[tuple[Course, Any, str], ...] = (
    (Course.OVER, "over-180", "drawn over 180° uncut: cut there on reading (RFC 7946, 3.1.9)"),
    (Course.ROUND_A_POLE, "round-a-pole", "drawn round a pole uncut: holds the nearer pole"),
    (
        Course.WIDE, "wide-edges",
        "edges over 180° wide or all round: taken straight in longitude and latitude",
    ),
)  # fmt: skip


def _course_remarks(read: Courses) -> list[Remark]:
    courses: dict[Course, list[int]] = {}
    for index, ways in read.items():
        for course in ways:
            courses.setdefault(course, []).append(index)
    return [
        Remark(kind, text, tuple(courses[course]))
        for course, kind, text in TEXTS
        if course in courses
    ]


def _grouped(faults: Mapping[int, str]) -> dict[str, tuple[int, ...]]:
    groups: dict[str, list[int]] = {}
    for index, why in faults.items():
        groups.setdefault(why, []).append(index)
    return {why: tuple(indexes) for why, indexes in groups.items()}
