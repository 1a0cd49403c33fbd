"""The hard rules for names on a map, checked on a sheet that is drawn: what breaks them, and where.

1 an area's name lies in its area, 2 a leader is short and touches nothing foreign, 3 a point's
name is nearer to its own marker than to another, 4 what the claims speak of is named, 5 no name
under a box or beyond the frame or on another, 6 names of a class have one size and one spacing,
8 a number and its unit are on one line. (7, that they are placed by optimisation, is no property
of a sheet.)
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import shapely
from shapely.geometry import LineString, Point
from shapely.geometry.base import BaseGeometry

from shekara.scene.model import Kind
from shekara.sheet.labels.candidates import Candidate
from shekara.sheet.labels.curves import letters_area
from shekara.sheet.labels.numbers import bears_value
from shekara.sheet.labels.occupancy import NEARER_MM
from shekara.sheet.labels.placement import Names, Placed
from shekara.sheet.labels.ranks import crowd_of, labelled_points
from shekara.sheet.labels.signs import is_sign, others_of
from shekara.sheet.map.drawn import Drawn
from shekara.sheet.map.projected import points_of
from shekara.sheet.paper.paper import POINT_MM, Box

LEAST_INSIDE = 0.95
LONGEST_LEADER_MM = 6.0
ROUNDING_MM = 0.02
SEEN_MM, SEEN_MM2 = 3.0, 4.0  # less of a line or an area than this is not seen
NUMBER_END = re.compile(r"\d$")
UNIT_START = re.compile(r"^(%|km|км|тыс\.|млн|млрд|мың|million|billion)")


@dataclass(frozen=True)
class Lettering:
    """What the rules look at: names, features and boxes of one map on the page, mm."""

    names: Names
    items: tuple[tuple[BaseGeometry, Drawn], ...]
    boxes: tuple[Box, ...]  # insets and labels of the graticule
    map_box: Box
    claimed: frozenset[str]
    elsewhere: frozenset[str] = frozenset()  # names that stand on an inset of the map

    @property
    def hidden(self) -> tuple[Box, ...]:
        """All boxes on the map, with that of the list of numbers."""
        key = self.names.key
        return self.boxes if key is None else (*self.boxes, key.box)


@dataclass(frozen=True)
class Violation:
    """A rule that a name breaks."""

    rule: int
    name: str
    detail: str


def violations(lettering: Lettering) -> list[Violation]:
    """All that breaks a rule, in the order of the rules."""
    rules = (_inside, _leaders, _nearer, _claimed, _thinned, _free, _classes, _units)
    return [item for rule in rules for item in rule(lettering)]


def _shape(box: Box) -> BaseGeometry:
    return shapely.box(box.x, box.y, box.right, box.top)


def _inside(lettering: Lettering) -> Iterator[Violation]:
    for placed in lettering.names.placed:
        if placed.name.item.layer.kind != "polygon" or placed.candidate.numbered:
            continue
        item, letters = placed.name.item, placed.candidate.letters
        box = _shape(placed.candidate.box)
        if any(letter.angle for letter in letters):  # the box of a slanted name is mostly empty
            box = letters_area(letters, placed.name.style.size_pt, placed.name.style.face)
        if is_sign(placed.name.shape, item, lettering.items):
            inside = box.within(placed.name.shape)
            if not inside and any(
                box.intersects(area) for area in others_of(item, lettering.items)
            ):
                yield Violation(1, placed.text, "a sign's name upon another area of its layer")
            continue
        share = box.intersection(placed.name.shape.buffer(0)).area / box.area
        if share < LEAST_INSIDE:
            yield Violation(1, placed.text, f"{share:.0%} of it in its area")


def _leader_of(placed: Placed) -> LineString | None:
    leader = placed.candidate.leader
    return None if leader is None else LineString([leader[:2], leader[2:]])


def _leaders(lettering: Lettering) -> Iterator[Violation]:
    markers = _markers(lettering)
    for placed in lettering.names.placed:
        line = _leader_of(placed)
        if line is None:
            continue
        if any(line.intersects(_shape(box)) for box in lettering.hidden):
            yield Violation(2, placed.text, "its leader runs under a box")
        if line.length > LONGEST_LEADER_MM:
            yield Violation(2, placed.text, f"a leader of {line.length:.1f} mm")
        subject = placed.name.item.feature.id
        for feature, point, half in markers:
            if feature != subject and line.distance(point) < half:
                yield Violation(2, placed.text, f"its leader touches the marker of {feature}")
        for other in lettering.names.placed:
            if other is not placed and line.intersects(_shape(other.candidate.box)):
                yield Violation(2, placed.text, f"its leader touches the name {other.text}")
            beside = _leader_of(other)
            if other is not placed and beside is not None and line.intersects(beside):
                yield Violation(2, placed.text, f"its leader touches that of {other.text}")


def _nearer(lettering: Lettering) -> Iterator[Violation]:
    markers = _markers(lettering)
    for placed in lettering.names.placed:
        if placed.name.item.layer.kind != "point":
            continue
        box, subject = _shape(placed.candidate.box), placed.name.item.feature.id
        mine = [
            box.distance(point) - half for feature, point, half in markers if feature == subject
        ]
        for feature, point, half in markers:
            gap = box.distance(point) - half
            if feature != subject and mine and gap < min(mine) + NEARER_MM - ROUNDING_MM:
                yield Violation(3, placed.text, f"as near to the marker of {feature}")


def _claimed(lettering: Lettering) -> Iterator[Violation]:
    said = {placed.text for placed in lettering.names.placed} | lettering.elsewhere
    hidden = shapely.union_all([_shape(box) for box in lettering.boxes])
    for shape, item in lettering.items:
        text = item.feature.label.strip()
        if item.feature.id not in lettering.claimed or not text or text in said:
            continue
        if bears_value(item):  # the state's name says what the claim speaks of
            continue
        seen = shape.difference(hidden)
        dimension = shapely.get_dimensions(shape)
        large = {0: not seen.is_empty, 1: seen.length > SEEN_MM, 2: seen.area > SEEN_MM2}
        if large.get(int(dimension), False):
            yield Violation(4, text, "a claim speaks of it and it has no name")


def _thinned(lettering: Lettering) -> Iterator[Violation]:
    """Markers that are drawn and have no name, though their feature has one."""
    drawn = labelled_points(lettering.items) - lettering.names.unnamed
    named = {placed.name.item.feature.id for placed in lettering.names.placed}
    bare = drawn - named - lettering.claimed - crowd_of(lettering.items)
    for _, item in lettering.items:
        text = item.feature.label.strip()
        if item.feature.id in bare and text not in lettering.elsewhere:
            yield Violation(4, text, "its marker is drawn without its name")


def _free(lettering: Lettering) -> Iterator[Violation]:
    placed = lettering.names.placed
    for place, item in enumerate(placed):
        box = item.candidate.box.shrink(ROUNDING_MM, ROUNDING_MM, ROUNDING_MM, ROUNDING_MM)
        if not lettering.map_box.holds(box):
            yield Violation(5, item.text, "beyond the frame")
        if any(box.meets(other) for other in lettering.hidden):
            yield Violation(5, item.text, "under a box")
        for other in placed[place + 1 :]:
            if box.meets(other.candidate.box):
                yield Violation(5, item.text, f"upon {other.text}")


def _classes(lettering: Lettering) -> Iterator[Violation]:
    styles: dict[tuple[str, Kind, bool, int], set[tuple[float, float]]] = {}
    for placed in lettering.names.placed:
        if not placed.candidate.numbered:
            item, style = placed.name.item, placed.name.style
            key = (item.layer.name, item.layer.kind, item.layer.basemap, item.feature.rank)
            styles.setdefault(key, set()).add((style.size_pt, style.spacing_em))
    for key, looks in styles.items():
        if len(looks) > 1:
            yield Violation(6, key[0], f"{len(looks)} sizes or spacings in one class")


def _units(lettering: Lettering) -> Iterator[Violation]:
    for placed in lettering.names.placed:
        if parted(placed.candidate):
            yield Violation(8, placed.text, "a number stands without its unit")


def parted(candidate: Candidate) -> bool:
    """Whether a line of a name ends with a number whose unit begins the next."""
    return any(
        NUMBER_END.search(first.text) and UNIT_START.search(second.text)
        for first, second in pairwise(candidate.lines)
    )


def _markers(lettering: Lettering) -> Sequence[tuple[str, Point, float]]:
    """Feature, place and radius of every marker that is drawn, mm."""
    return [
        (item.feature.id, point, item.style.size * POINT_MM / 2)
        for shape, item in lettering.items
        if item.layer.kind == "point" and item.feature.id not in lettering.names.unnamed
        for point in points_of(shape)
    ]
