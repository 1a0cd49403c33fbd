"""The rules for names: a sheet keeps them, and each of them catches what breaks it."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

import pytest
import shapely

from shekara import sheet
from shekara.sheet.labels.candidates import Candidate
from shekara.sheet.labels.placement import Placed
from shekara.sheet.labels.rules import Lettering, violations
from shekara.sheet.labels.signs import SIGN_MM
from shekara.sheet.paper.paper import Box
from tests.support.sheet_scenes import crowded, scene


@lru_cache(maxsize=4)
def lettering(size: str = "A4") -> Lettering:
    lettered = sheet.figure(scene("en"), size=size, frame=not size.endswith("mm")).lettering
    assert isinstance(lettered, Lettering)
    return lettered


def rules(changed: Lettering) -> set[int]:
    return {item.rule for item in violations(changed)}


def _large(placed: Placed) -> bool:
    """Whether a name is no sign's: it is a point's, or its area is larger than a sign."""
    left, bottom, right, top = placed.name.shape.bounds
    point = placed.name.item.layer.kind == "point"
    return point or max(right - left, top - bottom) > SIGN_MM


def with_place(kind: str, **change: object) -> Lettering:
    """The sheet with the first name of a kind of feature in another place."""
    whole = lettering()
    names = list(whole.names.placed)
    at = next(
        i for i, item in enumerate(names) if item.name.item.layer.kind == kind and _large(item)
    )
    moved: Candidate = replace(names[at].candidate, **change)  # type: ignore[arg-type]
    names[at] = Placed(names[at].name, moved)
    return replace(whole, names=replace(whole.names, placed=tuple(names)))


@pytest.mark.parametrize("size", ["A4", "85mm"])
def test_a_sheet_keeps_the_rules(size: str) -> None:
    assert violations(lettering(size)) == []


def test_a_crowded_sheet_keeps_the_rules() -> None:
    lettered = sheet.figure(crowded("ru")).lettering
    assert isinstance(lettered, Lettering)
    assert violations(lettered) == []


def test_a_name_out_of_its_area_is_caught() -> None:
    assert 1 in rules(with_place("polygon", box=Box(-100.0, -100.0, 20.0, 3.0)))


def test_a_long_leader_is_caught() -> None:
    assert 2 in rules(with_place("point", leader=(10.0, 10.0, 17.0, 10.0)))


def test_crossing_leaders_and_one_under_a_box_are_caught() -> None:
    whole = lettering()
    first, second, *_ = [
        item for item in whole.names.placed if item.name.item.layer.kind == "point"
    ]
    away = Box(-50, -50, 1, 1)
    crossing = [
        Placed(item.name, replace(item.candidate, box=away, leader=leader))
        for item, leader in ((first, (90, 90, 93, 93)), (second, (90, 93, 93, 90)))
    ]
    alone = replace(whole, items=(), names=replace(whole.names, placed=tuple(crossing[:1])))
    assert 2 not in rules(alone)
    assert 2 in rules(replace(alone, names=replace(alone.names, placed=tuple(crossing))))
    assert 2 in rules(replace(alone, boxes=(Box(91, 91, 5, 5),)))


def test_a_marker_without_its_name_is_caught() -> None:
    whole = lettering()
    town = next(item for item in whole.names.placed if item.name.item.layer.kind == "point")
    rest = tuple(item for item in whole.names.placed if item.text != town.text)
    names = replace(whole.names, placed=rest)
    drawn = replace(whole, names=names, claimed=frozenset())
    feature = town.name.item.feature.id
    assert 4 in rules(drawn)
    gone = replace(names, unnamed=names.unnamed | {feature})
    assert 4 not in rules(replace(drawn, names=gone))


def test_a_name_at_another_marker_is_caught() -> None:
    whole = lettering()
    points = [
        (shape, item)
        for shape, item in whole.items
        if item.layer.kind == "point" and shape.area == 0
    ]
    first = next(item for item in whole.names.placed if item.name.item.layer.kind == "point")
    other = next(
        shapely.get_parts(shape)[0]
        for shape, item in points
        if item.feature.id != first.name.item.feature.id
    )
    box = first.candidate.box
    assert 3 in rules(with_place("point", box=Box(other.x + 1, other.y, box.width, box.height)))


def test_a_claimed_feature_without_a_name_is_caught() -> None:
    whole = lettering()
    taken = whole.names.placed[0]
    rest = tuple(item for item in whole.names.placed if item.text != taken.text)
    without = replace(whole, names=replace(whole.names, placed=rest))
    claimed = frozenset({taken.name.item.feature.id})
    assert 4 not in rules(replace(whole, claimed=claimed))
    assert 4 in rules(replace(without, claimed=claimed))


def test_a_name_under_a_box_or_beyond_the_frame_is_caught() -> None:
    whole = lettering()
    box = whole.names.placed[0].candidate.box
    assert 5 in rules(replace(whole, boxes=(*whole.boxes, box)))
    assert 5 in rules(with_place("point", box=Box(-50, -50, 10, 3)))


def test_two_sizes_in_one_class_are_caught() -> None:
    whole = lettering()
    first = whole.names.placed[0]
    larger = replace(first.name, style=replace(first.name.style, size_pt=20.0))
    twice = (*whole.names.placed, Placed(larger, first.candidate))
    assert 6 in rules(replace(whole, names=replace(whole.names, placed=twice)))


def test_a_number_parted_from_its_unit_is_caught() -> None:
    place = next(item for item in lettering().names.placed if item.candidate.lines)
    (line, *_) = place.candidate.lines
    parted = (replace(line, text="over 6 500"), replace(line, text="km of border"))
    names = replace(
        lettering().names,
        placed=(Placed(place.name, replace(place.candidate, lines=parted)),),
    )
    assert 8 in rules(replace(lettering(), names=names))
