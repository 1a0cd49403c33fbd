"""What is said of the shapes of a source: left out, repaired, cut, wide, high."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import shapely

from shekara.gate import systems
from shekara.gate.model import Features, Kind, Remark
from shekara.geometry.antimeridian import Course

# Kinds of remarks on shapes, in the order in which they are said.
SHAPE_KINDS: tuple[Kind, ...] = (
    "axes", "left-out", "repaired", "no-geometry", "over-180", "round-a-pole", "wide-edges",
    "heights",
)  # fmt: skip
LONLAT_EPSG = 4326
Courses = Mapping[int, frozenset[Course]]


def shape_remarks(features: Features, repaired: Mapping[int, str], read: Courses) -> list[Remark]:
    """Remarks on what the shapes turned out to be."""
    remarks: list[Remark] = []
    for why, indexes in _grouped(features.left_out).items():
        remarks.append(Remark("left-out", f"left out: {why}", indexes))
    for why, indexes in _grouped({i: w.partition(" at ")[0] for i, w in repaired.items()}).items():
        rule = "every place with an odd number of rings around it counts"
        remarks.append(Remark("repaired", f"not valid ({why}): repaired, {rule}", indexes))
    nothing = shapely.is_missing(features.drawn) | shapely.is_empty(features.drawn)
    none = [i for i in np.flatnonzero(nothing).tolist() if i not in features.left_out]
    if none:
        remarks.append(Remark("no-geometry", "no geometry", tuple(none)))
    remarks += _course_remarks(read)
    if features.heights:
        text = "heights do not count: lengths and areas are those of the plan"
        remarks.append(Remark("heights", text, tuple(features.heights)))
    return remarks


def order_remarks(features: Features) -> list[Remark]:
    """What must be said where nothing but custom tells longitude from latitude.

    Of a format that names no order, in a system whose authority counts latitude first, if the
    positions would lie on the globe and in the system's area the other way round as well. WGS 84
    (EPSG:4326) is written longitude first by custom.
    """
    crs = features.crs
    first = crs.axis_info[0].direction if crs.is_geographic and crs.axis_info else ""
    if first != "north" or crs.to_epsg(min_confidence=70) == LONLAT_EPSG:
        return []
    swapped = shapely.transform(features.drawn, lambda lonlat: lonlat[:, ::-1])
    if systems.place(swapped, crs, named=False).strays.outside:
        return []
    text = (
        f"positions are read as longitude, latitude; {crs.name} itself has latitude first, and the "
        "other way round they would lie in its area too: look at them on a map, and write "
        "longitude first"
    )
    return [Remark("axes", text, tuple(np.flatnonzero(~shapely.is_missing(swapped)).tolist()))]


TEXTS: tuple[tuple[Course, Kind, str], ...] = (
    (Course.OVER, "over-180", "drawn over 180° uncut: cut there on reading (RFC 7946, 3.1.9)"),
    (Course.BEYOND, "over-180", "longitude beyond ±180°: whole turns are taken off"),
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
