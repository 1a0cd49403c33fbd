"""Intervals of what is cut at 180°: the globe turned about its axis changes none of them."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest
import shapely
from shapely.geometry.base import BaseGeometry

from shekara.geometry import antimeridian
from shekara.measuring import WGS84, area_interval, length_interval
from shekara.measuring.files import measure_file
from shekara.measuring.straight import straight_area_m2, straight_length_m
from shekara.measuring.straight_deviations import straight_area_intervals, straight_length_intervals

TURNS = (0.0, 170.0, 173.5, 180.0, -179.5)
BOX = shapely.Polygon([(0, -5), (20, -4), (20, 5), (9, 7), (0, 5)], [[(4, 0), (4, 2), (14, 2)]])
ZIGZAG = shapely.LineString([(0, 50), (3, 51), (6.5, 50), (9, 52), (30, 50)])

LOOP = shapely.LineString([(-4, 0), (6, 8), (6, 0), (-4, 6), (-3, -2), (9, 3)])  # crosses itself


def turned(shape: BaseGeometry, by: float) -> BaseGeometry:
    """The shape farther east, as the gate cuts it."""
    moved = shapely.transform(shape, lambda xy: xy + np.array([by, 0.0]))
    return antimeridian.read(moved, WGS84).geometry


@pytest.mark.parametrize("turn", TURNS)
@pytest.mark.parametrize("shift", [None, 0.0, 100.0])
def test_a_turned_globe_leaves_intervals_as_they_are(turn: float, shift: float | None) -> None:
    for measure, shape in (
        (length_interval, BOX), (area_interval, BOX), (length_interval, ZIGZAG),
        (length_interval, LOOP),
    ):  # fmt: skip
        here = turned(shape, turn)
        there = measure([here], 500.0, shift_m=shift)
        due = measure([shape], 500.0, shift_m=shift)
        assert there.value == pytest.approx(due.value, rel=1e-9)
        width = there.high - there.low
        assert width == pytest.approx(due.high - due.low, rel=1e-6)


@pytest.mark.parametrize("turn", TURNS)
def test_so_it_is_with_edges_straight_in_longitude_and_latitude(turn: float) -> None:
    for intervals, sizes, shape in (
        (straight_length_intervals, straight_length_m, BOX),
        (straight_area_intervals, straight_area_m2, BOX),
        (straight_length_intervals, straight_length_m, ZIGZAG),
    ):
        moved = shapely.transform(shape, lambda xy: xy + np.array([turn, 0.0]))
        here = [antimeridian.read(moved, None).geometry]
        there = intervals(here, sizes(here), 500.0)
        due = intervals([shape], sizes([shape]), 500.0)
        assert there.high - there.low == pytest.approx(due.high - due.low, rel=1e-6)


# Expectation: a displacement b of the outline of a cap lengthens it by 2πb: 4πs for two deviations.
def test_a_cap_round_a_pole_is_one_ring() -> None:
    ring = [(lon, 70.0) for lon in range(-175, 180, 10)]
    cap = antimeridian.read(shapely.Polygon(ring)).geometry
    interval = length_interval([cap], 100.0)
    assert interval.high - interval.value == pytest.approx(4 * math.pi * 100.0, rel=1e-9)
    flat = shapely.get_coordinates(cap)
    assert np.abs(flat[:, 0]).max() == 180.0


# Expectation: the area of WGS 84; nothing bounds it.
def test_the_whole_globe_has_no_outline(tmp_path: Path) -> None:
    path = tmp_path / "world.geojson"
    path.write_text(shapely.to_geojson(shapely.box(-180, -90, 180, 90)))
    ((world,),) = (record["features"] for record in measure_file(path, accuracy_m=100.0))
    assert world["area_m2"] / 1e6 == pytest.approx(510_065_621.724, abs=0.001)
    assert world["perimeter_m_low"] == world["perimeter_m_high"] == 0.0
