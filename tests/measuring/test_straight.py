"""Straight edges against closed forms, and against geodesics through a great many positions."""

from __future__ import annotations

import math

import numpy as np
import pytest
import shapely
from pyproj import Geod

from shekara.measuring.deviations import outlines
from shekara.measuring.size import edges
from shekara.measuring.straight import straight_area_m2, straight_length_m
from shekara.measuring.straight_deviations import (
    _area_pull,
    _length_pull,
    _pull,
    _squares,
    straight_area_intervals,
    straight_length_intervals,
)

WGS84 = Geod(ellps="WGS84")


def zone_m2(south: float, north: float, width_deg: float, on: Geod = WGS84) -> float:
    """The area between two parallels and two meridians (Snyder 1987, equation 3-12)."""
    e = math.sqrt(on.es)

    def under(lat: float) -> float:
        s = math.sin(math.radians(lat))
        return s / (1 - on.es * s * s) + (math.atanh(e * s) / e if e else s)

    width = math.radians(width_deg)
    return width * on.a**2 * (1 - on.es) / 2 * (under(north) - under(south))


@pytest.mark.parametrize(
    "corners", [(-180, 45, 180, 55), (-180, -90, 180, 90), (-100, 40, 100, 70), (50, -51, 80, 41)]
)
def test_boxes_have_the_area_between_their_parallels(
    corners: tuple[float, float, float, float],
) -> None:
    west, south, east, north = corners
    area = straight_area_m2([shapely.box(west, south, east, north)])[0]
    assert area == pytest.approx(zone_m2(south, north, east - west), rel=1e-13)


def test_a_sphere_has_its_own_area() -> None:
    ball = Geod(a=6371007.181, b=6371007.181)
    area = straight_area_m2([shapely.box(-180, -90, 180, 90)], ball)[0]
    assert area == pytest.approx(4 * math.pi * 6371007.181**2, rel=1e-13)


def test_any_shape_is_the_limit_of_geodesics() -> None:
    shape = shapely.Polygon(
        [(10, 40), (30, 35), (34, 60), (20, 72), (5, 55)], [[(15, 50), (25, 48), (22, 60)]]
    )
    fine = shapely.segmentize(shape, 0.01)
    area, _ = WGS84.geometry_area_perimeter(shapely.orient_polygons(fine))
    length = sum(WGS84.geometry_length(ring) for ring in shapely.get_rings(fine))
    assert straight_area_m2([shape])[0] == pytest.approx(abs(area), rel=1e-8)
    assert straight_length_m([shape])[0] == pytest.approx(length, rel=1e-8)


def test_the_perimeter_of_a_band_is_two_parallels() -> None:
    def parallel(lat: float) -> float:
        s = math.sin(math.radians(lat))
        return 2 * math.pi * WGS84.a * math.cos(math.radians(lat)) / math.sqrt(1 - WGS84.es * s * s)

    length = straight_length_m([shapely.box(-180, 45, 180, 55)])[0]
    assert length == pytest.approx(parallel(45) + parallel(55), rel=1e-12)
    meridian = straight_length_m([shapely.LineString([(7, 0), (7, 90)])])[0]
    assert meridian == pytest.approx(10_001_965.729, abs=0.001)  # the published quarter


def test_points_and_nothing_have_no_size() -> None:
    nothing: list[shapely.Point] = []
    assert straight_area_m2(nothing).shape == straight_length_m(nothing).shape == (0,)
    assert np.array_equal(straight_area_m2([shapely.Point(1, 2)]), [0.0])
    assert np.array_equal(straight_length_m([shapely.Point(1, 2)]), [0.0])


# Expectation: the spread of 400 drawings whose positions were moved, measured each.
@pytest.mark.parametrize("kind", ["length", "area"])
def test_half_widths_of_straight_edges_are_those_of_a_simulation(kind: str) -> None:
    random = np.random.default_rng(8)
    ring = np.array([(5.0, 60.0), (31.0, 62.0), (29.0, 71.0), (12.0, 68.0)])
    metre = np.array([1.0, 1.0]) / 111_195.0
    scale = np.column_stack([1 / np.cos(np.radians(ring[:, 1])), np.ones(4)])
    drawn = [
        shapely.Polygon(ring + random.normal(0, 300, ring.shape) * metre * scale)
        for _ in range(400)
    ]
    shape = np.array([shapely.Polygon(ring)])
    measure, around = (
        (straight_length_m, straight_length_intervals)
        if kind == "length"
        else (straight_area_m2, straight_area_intervals)
    )
    spread = float(np.std(measure(drawn)))
    total = measure(shape)
    # Any part of an error may be shared: 2π for a ring, the perimeter for an area, is the larger.
    shared = 2 * np.pi if kind == "length" else float(straight_length_m(shape)[0])
    said = float((around(shape, total, 300.0).high - total)[0]) / 2
    assert said == pytest.approx(300 * shared, rel=1e-6)
    edges_ = edges(shape) if kind == "length" else outlines(shape)
    rule = _length_pull if kind == "length" else _area_pull
    alone = 300 * float(np.sqrt(_squares(edges_, _pull(edges_, WGS84, rule), 1))[0])
    assert alone == pytest.approx(spread, rel=0.1)
