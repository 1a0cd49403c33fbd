"""A map of the world: the Earth is whole where it fits; boxes stack beside one another."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from shekara.scene.model import Projection
from shekara.sheet.map.frame import MapFrame, cuts_the_earth, fit, with_whole_earth
from shekara.sheet.marginalia.magnitude import Magnitude
from shekara.sheet.marginalia.stacks import stacks
from shekara.sheet.paper.paper import Box
from tests.support.sheet_scenes import scene

EQUAL_EARTH = Projection("+proj=eqearth +lon_0=20 +datum=WGS84 +units=m", "", "", True, False)
# Šavrič, Patterson and Jenny (2018): the equator is 2 * 2.7066297 radii long.
EQUATOR_M = 2 * 2.7066297 * 6371007.18


def world(wide: float, high: float) -> MapFrame:
    """A window at 1:140 million whose middle lies beside that of the Earth."""
    frame = fit(EQUAL_EARTH, (-150.0, -60.0, 150.0, 75.0), Box(0, 0, wide, high))
    return replace(frame, mm_per_m=1000 / 140e6, x=frame.x - 3e6)


def test_an_earth_that_fits_is_not_cut() -> None:
    frame = world(300, 160)
    assert cuts_the_earth(frame)
    whole = with_whole_earth(frame, 2.0)
    assert not cuts_the_earth(whole)
    left, _, right, _ = whole.bounds
    room = right - left - EQUATOR_M
    assert room > 0
    assert -left == pytest.approx(EQUATOR_M / 2 + room - 2.0 * 140e3, rel=2e-3)


def test_an_earth_that_does_not_fit_stays_where_it_is() -> None:
    frame = replace(world(200, 100), y=1e6)
    moved = with_whole_earth(frame, 2.0)
    assert moved.x == frame.x
    assert cuts_the_earth(moved)


def test_a_window_within_the_earth_cuts_nothing() -> None:
    assert not cuts_the_earth(world(60, 40))


SIZES = [(1, 60.0, 50.0), (1, 60.0, 50.0), (1, 50.0, 40.0)]


def test_a_box_without_room_upon_its_stack_stands_beside_it() -> None:
    page = Box(10, 10, 200, 110)
    corners = ("top left",) * 3
    assert stacks(SIZES, corners, page, 2.0) is None
    boxes = stacks(SIZES, corners, page, 2.0, beside=True)
    assert boxes == [Box(10, 70, 60, 50), Box(10, 10, 60, 50), Box(72, 80, 50, 40)]


def test_a_stack_that_nearly_reaches_the_other_side_reaches_it() -> None:
    """A strip of map of 8 mm beneath a box of 50 mm says nothing; one of 28 mm may."""
    corners = ("top left",) * 2
    assert stacks(SIZES[:2], corners, Box(0, 0, 200, 110), 2.0) == [
        Box(0, 60, 60, 50),
        Box(0, 0, 60, 50),
    ]
    assert stacks(SIZES[:2], corners, Box(0, 0, 200, 130), 2.0) == [
        Box(0, 80, 60, 50),
        Box(0, 28, 60, 50),
    ]


def test_a_box_stays_where_another_one_stands_between_it_and_the_side() -> None:
    sizes = [(1, 60.0, 50.0), (1, 60.0, 50.0), (1, 40.0, 6.0)]
    corners = ("top left", "top left", "bottom left")
    boxes = stacks(sizes, corners, Box(0, 0, 200, 111), 2.0)
    assert boxes == [Box(0, 61, 60, 50), Box(0, 9, 60, 50), Box(0, 0, 40, 6)]


@pytest.mark.parametrize(
    ("values", "texts"),
    [
        ([5.0, 5.08, 12.5, None], ["5.00", "5.08", "12.50", "no data"]),
        ([5.0, 8.0, 12.5], ["5.0", "8.0", "12.5"]),  # no decimals that the data do not have
        ([5.0, 8.0, 120.0], ["5", "8", "120"]),
        ([402.123, 26.341], ["402.1", "26.3"]),
        ([1923.4, 70.83, 0.514], ["1,923.4", "70.8", "0.5"]),
        ([21.3188, 0.0672], ["21.32", "0.07"]),
        ([2.0, 0.001, 0.0], ["2.000", "0.001", "0.000"]),  # what is not zero does not read as zero
        ([-120.3, 4.0], ["\u2212120.3", "4.0"]),
    ],
)
def test_values_of_a_chart_have_decimals_all_or_none(values: list[float], texts: list[str]) -> None:
    assert Magnitude(1.0, "", scene("en").say).numbers(values) == texts


def test_the_middle_of_the_earth_is_where_its_meridian_is() -> None:
    whole = with_whole_earth(world(300, 160), 2.0)
    assert math.isclose(whole.meridian, 20.0)
