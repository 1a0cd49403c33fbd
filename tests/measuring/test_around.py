"""Corridors and nearest places that are drawn: held against geodesics and closed forms."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from pyproj import Geod

from shekara.measuring.around import around, nearest_lines, shortest_line

GEOD = Geod(ellps="WGS84")


def shapes(*texts: str) -> np.ndarray:
    return np.array([shapely.from_wkt(text) for text in texts], dtype=object)


def away_m(ring: np.ndarray, lon: float, lat: float) -> np.ndarray:
    there = np.full(len(ring), lon), np.full(len(ring), lat)
    return np.asarray(GEOD.inv(ring[:, 0], ring[:, 1], *there)[2])


@pytest.mark.parametrize("lat", [0.0, 48.0, -72.0])
def test_the_ground_around_a_point_is_a_geodesic_circle(lat: float) -> None:
    circle = around(shapes(f"POINT(67 {lat})"), 50_000)
    assert away_m(shapely.get_coordinates(circle), 67, lat) == pytest.approx(50_000, rel=1e-9)


def test_a_corridor_along_the_equator_has_its_width_on_both_sides() -> None:
    """A degree of latitude at the equator is 110.574 km (WGS 84)."""
    corridor = around(shapes("LINESTRING(0 0, 30 0)"), 110_574)
    _, south, _, north = corridor.bounds
    assert (south, north) == pytest.approx((-1, 1), rel=2e-3)
    assert corridor.contains(shapely.Point(15, 0.98))
    assert not corridor.contains(shapely.Point(15, 1.02))
    assert len(shapely.get_parts(corridor)) == 1  # stretches overlap: no gap between them


def test_a_corridor_over_the_antimeridian_runs_on_past_180() -> None:
    corridor = around(shapes("LINESTRING(179 10, 181 10)"), 50_000)
    assert corridor.is_valid
    assert corridor.bounds[0] < 179 < 181 < corridor.bounds[2]
    assert corridor.bounds[2] - corridor.bounds[0] < 4


def test_a_stretch_around_a_pole_is_left_out() -> None:
    assert around(shapes("POINT(10 89.9)"), 50_000).is_empty


def test_an_area_belongs_to_the_ground_around_it() -> None:
    ground = around(shapes("POLYGON((0 0, 4 0, 4 4, 0 4, 0 0))"), 10_000)
    assert ground.contains(shapely.Point(2, 2))
    assert ground.bounds[1] == pytest.approx(-10 / 110.574, rel=2e-3)


def test_the_nearest_place_of_a_meridian_lies_on_the_equator_for_a_place_on_it() -> None:
    (line,) = nearest_lines(np.array([1.0, 0.0]), shapes("LINESTRING(0 -5, 0 5)"))
    assert shapely.get_coordinates(line).ravel() == pytest.approx([1, 0, 0, 0], abs=1e-6)


def test_the_shortest_way_between_two_lines_has_its_ends_on_both() -> None:
    """Lines along the equator and a meridian: nearest from the end of one to the other."""
    a, b = shapes("LINESTRING(1 0, 20 0)"), shapes("LINESTRING(0 -9, 0 9)")
    ends = shapely.get_coordinates(shortest_line(a, b))
    assert sorted(ends[:, 0]) == pytest.approx([0, 1], abs=1e-6)
    assert ends[:, 1] == pytest.approx([0, 0], abs=1e-5)
