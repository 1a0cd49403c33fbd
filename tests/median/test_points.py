"""Points at equal distance from three base points, against published tables and closed forms."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pytest
import shapely
from pyproj import Geod

from shekara.errors import GeometryError
from shekara.median import divide, equidistant_point

GEOD = Geod(ellps="WGS84")
# Kastrisios and Tsoulos 2018, doi:10.1080/13658816.2018.1434890, table 1.
ATLANTIC = [
    (-52.74333374, 47.6131179),
    (-45.41640089, 61.16259683),
    (-25.69698822, 37.74333165),
]
ATLANTIC_CENTRE = (-32.95976129, 49.92362131)


def owners(points: list[tuple[float, float]]) -> gpd.GeoDataFrame:
    """One owner per point."""
    return gpd.GeoDataFrame(
        {"state": [chr(65 + n) for n in range(len(points))]},
        geometry=[shapely.Point(p) for p in points], crs=4326,
    )  # fmt: skip


def test_three_points_around_a_sea() -> None:
    # Expectation: the figures of an independent trial to the last digit that it gives.
    found = equidistant_point([(50.37, 40.33), (52.70, 42.70), (52.85, 39.45)])
    assert found.lon == pytest.approx(52.328865760090, abs=5e-13)
    assert found.lat == pytest.approx(41.062551366627, abs=5e-13)
    assert found.distance_m == pytest.approx(184462.94866, abs=6e-6)
    assert found.residual_m < 1e-8


def test_published_table_of_the_atlantic() -> None:
    # Expectation: the published point within 15 mm, equidistant to a micrometre.
    found = equidistant_point(ATLANTIC)
    off = GEOD.inv(found.lon, found.lat, *ATLANTIC_CENTRE)[2]
    assert off < 0.015
    assert found.residual_m < 1e-6


def test_the_division_finds_the_same_junction() -> None:
    # Expectation: dividing the three points gives the published point as its only junction.
    result = divide(owners(ATLANTIC), by="state")
    junction = result.points[result.points.kind == "junction"]
    assert len(junction) == 1
    row = junction.iloc[0]
    assert GEOD.inv(row.lon, row.lat, *ATLANTIC_CENTRE)[2] < 0.015
    assert row.residual_m < 1e-6
    assert row.owners == "A | B | C"
    bases = sorted((row[f"base{n}_lon"], row[f"base{n}_lat"]) for n in (1, 2, 3))
    assert bases == sorted(ATLANTIC)


def test_a_start_a_continent_away_is_no_obstacle() -> None:
    # Expectation: the three distances agree for far and obtuse triangles, by PROJ itself.
    for points in (
        [(-70.0, 10.0), (0.0, 60.0), (40.0, -20.0)],
        [(170.0, 50.0), (-170.0, 52.0), (179.0, 30.0)],
        [(0.0, 80.0), (120.0, 82.0), (-120.0, 78.0)],
        [(10.0, 0.0), (12.0, 0.5), (14.0, 0.3)],
    ):
        found = equidistant_point(points)
        distance = [GEOD.inv(found.lon, found.lat, x, y)[2] for x, y in points]
        assert np.ptp(distance) < 1e-6


def test_pole_from_one_parallel() -> None:
    # Expectation: by symmetry the pole, at the length of the meridian arc from 70 to 90 degrees.
    found = equidistant_point([(0.0, 70.0), (100.0, 70.0), (-130.0, 70.0)])
    assert found.lat == pytest.approx(90.0, abs=1e-9)
    assert found.distance_m == pytest.approx(GEOD.inv(0, 70, 0, 90)[2], abs=1e-6)


@pytest.mark.parametrize(
    "points",
    [
        [(0.0, 0.0), (0.0, 0.0), (1.0, 1.0)],
        [(0.0, 0.0), (1.0, 0.0), (2.0, 0.0)],
        [(0.0, 0.0), (1.0, 1.0)],
        [(0.0, 95.0), (1.0, 1.0), (2.0, 0.0)],
    ],
)
def test_no_triangle_is_a_clear_error(points: list[tuple[float, float]]) -> None:
    # Expectation: an error that says what base points are needed.
    with pytest.raises(GeometryError, match="base points"):
        equidistant_point(points)


def test_two_points_have_the_bisector() -> None:
    # Expectation: on the equator's two sides the line is the equator, which is its own geodesic.
    result = divide(owners([(20.0, 1.0), (20.0, -1.0)]), by="state")
    xy = shapely.get_coordinates(result.lines.geometry.iloc[0])
    assert np.abs(xy[:, 1]).max() < 1e-9
    assert set(result.points.kind) == {"terminus"}


def test_many_points_agree_with_brute_force() -> None:
    # Expectation: at every turning point no base point is nearer than those reported.
    rng = np.random.default_rng(7)
    points = np.column_stack([rng.uniform(-8, 8, 60), rng.uniform(50, 60, 60)])
    table = gpd.GeoDataFrame(
        {"state": rng.choice(list("ABCDE"), 60)}, geometry=gpd.points_from_xy(*points.T), crs=4326
    )
    result = divide(table, by="state")
    assert len(result.points) > 40
    for row in result.points.itertuples():
        distance = GEOD.inv(np.full(60, row.lon), np.full(60, row.lat), *points.T)[2]
        assert distance.min() == pytest.approx(row.distance_m, abs=1e-6)
        order = np.sort(distance)
        if row.kind != "terminus":
            assert order[2] - order[0] < 1e-6
            assert order[3] - order[0] == pytest.approx(row.gap_m, abs=1e-6)
