"""Seams at 180°: what is boundary and what only a cut."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from pyproj import Geod

from shekara.geometry.relations import holds, meet
from shekara.geometry.seams import outline, seam_shares

WGS84 = Geod(ellps="WGS84")
EAST = shapely.Polygon([(175, 65), (180, 65), (180, 68), (175, 68)])
WEST = shapely.Polygon([(-180, 65), (-175, 65), (-175, 68), (-180, 68)])
WANDERING = shapely.Polygon([(-180, 65), (-175, 65), (-175, 68), (-180, 68), (-179.9998, 66.5)])


def length_km(lines: shapely.Geometry) -> float:
    return float(WGS84.geometry_length(lines)) / 1000


@pytest.mark.parametrize("west", [WEST, WANDERING])
def test_the_two_sides_of_a_cut_are_no_boundary(west: shapely.Polygon) -> None:
    outer = outline(shapely.MultiPolygon([EAST, west]))
    around = shapely.LineString([(180, 65), (175, 65), (175, 68), (180, 68)])
    beyond = shapely.LineString([(-180, 65), (-175, 65), (-175, 68), (-180, 68)])
    assert length_km(outer) == pytest.approx(length_km(around) + length_km(beyond), rel=1e-9)


def test_a_border_that_lies_on_180_is_a_border() -> None:
    assert length_km(outline(EAST)) == pytest.approx(length_km(EAST.exterior), rel=1e-12)
    higher = shapely.Polygon([(-180, 67), (-175, 67), (-175, 70), (-180, 70)])
    both = shapely.MultiPolygon([EAST, higher])
    # the parts meet between 67 and 68: the rest of either side is border
    whole = length_km(EAST.exterior) + length_km(higher.exterior)
    seam = length_km(shapely.LineString([(180, 67), (180, 68)]))
    assert length_km(outline(both)) == pytest.approx(whole - 2 * seam, rel=1e-6)


def test_shares_of_edges() -> None:
    start = np.array([[180.0, 65], [-180, 66], [10, 90], [0, 0]])
    end = np.array([[180.0, 69], [-180, 67], [100, 90], [1, 1]])
    owner = np.zeros(4, dtype=np.int64)
    assert seam_shares(owner, start, end).tolist() == [0.25, 1, 1, 0]
    apart = np.array([0, 1, 2, 3])
    assert seam_shares(apart, start, end).tolist() == [0, 0, 1, 0]


def test_neighbours_along_180_and_at_a_pole_meet() -> None:
    assert meet(EAST, WEST)
    assert not meet(EAST, shapely.Polygon([(-179.9, 65), (-175, 65), (-175, 68), (-179.9, 68)]))
    sector = shapely.Polygon([(0, 80), (40, 80), (40, 90), (0, 90)])
    assert meet(sector, shapely.Point(-120, 90))
    assert not meet(sector, shapely.Point(-120, -90))
    assert meet(EAST, shapely.Point(-180, 66))
    assert not meet(EAST, shapely.Point(-180, 60))


def test_positions_at_180_and_at_poles_are_held() -> None:
    at = np.array([[-180.0, 66], [180, 66], [177, 66], [-177, 66]])
    assert holds(EAST, at).tolist() == [True, True, True, False]
    cap = shapely.Polygon([(-180, 70), (180, 70), (180, 90), (-180, 90)])
    assert holds(cap, np.array([[123.0, 90], [0, -90], [0, 71]])).tolist() == [True, False, True]
    sector = shapely.Polygon([(0, 80), (40, 80), (40, 90), (0, 90)])
    assert holds(sector, np.array([[-120.0, 90], [-120, -90]])).tolist() == [True, False]
