"""Straight edges beside their geodesics: areas and distances against other ways to find them."""

from __future__ import annotations

import math

import numpy as np
import pytest
import shapely
from geographiclib.geodesic import Geodesic

from shekara import measuring
from shekara.measuring import departures
from shekara.measuring.paths import path_figures, paths
from shekara.measuring.size import WGS84
from shekara.measuring.straight import straight_area_m2

GLOBE = Geodesic.WGS84


def ring_m2(points: np.ndarray) -> float:
    polygon = GLOBE.Polygon()
    for lon, lat in points:
        polygon.AddPoint(lat, lon)
    return abs(float(polygon.Compute()[2]))


# Expectation: geographiclib's area of geodesics, and the closed form of straight ones.
@pytest.mark.parametrize("lat", [0.3, 21.0, -44.0, 63.0, 84.0])
@pytest.mark.parametrize("size_deg", [0.01, 0.3, 3.0])
def test_areas_of_both_readings_lie_no_farther_apart_than_said(lat: float, size_deg: float) -> None:
    random = np.random.default_rng(1)
    for _ in range(20):
        corners = random.uniform(-0.5, 0.5, (3, 2)) * size_deg
        corners[:, 1] = lat + corners[:, 1] * math.cos(math.radians(lat))
        shape = np.array([shapely.Polygon(corners)], dtype=object)
        apart = abs(ring_m2(corners) - float(straight_area_m2(shape)[0]))
        (bound,) = path_figures(paths(shape), WGS84).apart
        assert apart <= bound * (1 + 1e-9) + 0.01  # m², of rounding


def test_what_is_left_out_is_known_with_room() -> None:
    """The third order of an edge's area: what it leaves out is at most half of what is allowed."""
    random = np.random.default_rng(2)
    worst = 0.0
    for _ in range(300):
        lat, toward = math.radians(random.uniform(-84, 84)), random.uniform(0.05, 3.1)
        size = 10 ** random.uniform(-2, -1)
        rise, turn = size * math.cos(toward) * math.cos(lat), size * math.sin(toward)
        low, high = np.degrees([lat - rise / 2, lat + rise / 2])
        bow = GLOBE.Inverse(low, 0.0, high, math.degrees(turn), Geodesic.AREA)["S12"]
        east = math.degrees(turn)
        foot = shapely.Polygon([(0, 0), (east, 0), (east, high), (0, low)])
        side = math.copysign(1.0, lat)
        straight = side * float(straight_area_m2([foot])[0])
        shape = [shapely.LineString([(0, low), (east, high)])]
        (bound,) = path_figures(paths(np.array(shape, dtype=object)), WGS84).apart
        ends = shapely.get_coordinates(shape)
        (between,) = departures.betweens_m2(ends[:1], ends[1:], WGS84)
        allowed = bound - abs(between)
        if math.isfinite(allowed) and abs(low) < 89 and low * high > 0:
            worst = max(worst, (abs(bow - straight - between) - 1.0) / allowed)
    assert 0.05 < worst < 0.5


# Expectation: the greatest distance of geographiclib's points from the straight edge.
@pytest.mark.parametrize(
    "ends",
    [[(0, 49), (2, 49)], [(0, 40), (0.5, 44)], [(10, -60), (9.7, -58)], [(0, 20), (1, 21)]],
)
def test_how_far_a_straight_edge_lies_off(ends: list[tuple[float, float]]) -> None:
    (west, south), (east, north) = ends
    way = GLOBE.InverseLine(south, west, north, east)
    most = 0.0
    for share in np.linspace(0, 1, 41):
        place = way.Position(share * way.s13)
        straight = [
            (west + t * (east - west), south + t * (north - south))
            for t in np.linspace(max(0, share - 0.03), min(1, share + 0.03), 121)
        ]
        most = max(
            most,
            min(
                GLOBE.Inverse(place["lat2"], place["lon2"], lat, lon)["s12"]
                for lon, lat in straight
            ),
        )
    said = measuring.edge_departure_m([shapely.LineString(ends)])
    assert said == pytest.approx(most, rel=0.02)
