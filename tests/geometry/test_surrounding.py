"""The box around shapes: as narrow as the globe allows, also over the antimeridian."""

from __future__ import annotations

import pytest
import shapely
from shapely.geometry.base import BaseGeometry

from shekara.geometry.surrounding import WORLD, box_around


def test_a_country_lies_in_its_box_with_a_margin() -> None:
    # A hundred degrees by ten: 6 % to either side are 6 and 0.6 degrees.
    assert box_around([shapely.box(-50, 10, 50, 20)]) == [-56.0, 9.4, 56.0, 20.6]


@pytest.mark.parametrize(
    "shapes",
    [
        [shapely.box(170, -20, 180, -10), shapely.box(-180, -20, -170, -10)],
        [
            shapely.MultiPolygon(
                [shapely.box(170, -20, 180, -10), shapely.box(-180, -20, -170, -10)]
            )
        ],
        [shapely.box(170, -20, 190, -10)],  # longitudes that run on
        [shapely.box(-190, -20, -170, -10)],
    ],
)
def test_islands_on_both_sides_of_180_are_neighbours(shapes: list[BaseGeometry]) -> None:
    assert box_around(shapes) == [168.8, -20.6, -168.8, -9.4]


def test_what_goes_round_the_globe_takes_the_globe() -> None:
    around = [shapely.Point(lon, 0) for lon in range(-180, 180, 10)]
    assert box_around(around)[::2] == [-180.0, 180.0]
    assert box_around([shapely.box(-180, -90, 180, -60)]) == [-180.0, -90.0, 180.0, -58.2]
    assert box_around([]) == WORLD
    assert box_around([None, shapely.Polygon()]) == WORLD


def test_one_place_has_a_neighbourhood() -> None:
    west, south, east, north = box_around([shapely.Point(7.0, 47.0), shapely.Point(7.0, 47.0)])
    assert 0 < 7.0 - west < 0.01
    assert 0 < east - 7.0 < 0.01
    assert south < 47.0 < north
