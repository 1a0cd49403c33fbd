"""Which things are surely farther apart than a distance."""

from __future__ import annotations

import pytest
import shapely

from shekara.measuring.near import farther_than

BOX = shapely.box(0, 0, 1, 1)


@pytest.mark.parametrize("pair", [("e", "b"), ("b", "e"), ("e", "e")])
def test_what_is_empty_is_near_to_nothing(pair: tuple[str, str]) -> None:
    here, there = ([shapely.Polygon() if name == "e" else BOX] for name in pair)
    assert farther_than(here, there, 10.0)


# Expectation: a degree of longitude at the equator is 111.3 km.
@pytest.mark.parametrize(("reach_m", "sure"), [(90e3, True), (120e3, False)])
def test_boxes_a_degree_apart(reach_m: float, sure: bool) -> None:
    assert farther_than([BOX], [shapely.box(2, 0, 3, 1)], reach_m) is sure
