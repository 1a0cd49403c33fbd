"""What holds for any shores: found by trying many."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pytest
import shapely
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from pyproj import Geod

from shekara.median import divide

pytestmark = pytest.mark.long

GEOD = Geod(ellps="WGS84")
SEA = shapely.box(18, 53, 24, 58)
FEW = settings(
    max_examples=20, deadline=None, derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)  # fmt: skip
# On a grid of about 700 m: places may be near each other, but not a hair's breadth.
PLACE = st.tuples(st.integers(1700, 2500), st.integers(5200, 5900))
PLACES = st.lists(PLACE, min_size=3, max_size=14, unique=True)


def shores(places: list[tuple[int, int]], names: str, turn: int = 0) -> gpd.GeoDataFrame:
    """Points whose owners come round in turn, from some name on."""
    count = len(names)
    return gpd.GeoDataFrame(
        {"state": [names[(n + turn) % count] for n in range(len(places))]},
        geometry=[shapely.Point(x / 100, y / 100) for x, y in places], crs=4326,
    )  # fmt: skip


def levels(table: gpd.GeoDataFrame, x: float, y: float) -> dict[str, float]:
    """Distance to the nearest point of each owner, by PROJ."""
    n = np.ones(len(table))
    d = GEOD.inv(n * x, n * y, table.geometry.x.to_numpy(), table.geometry.y.to_numpy())[2]
    return {k: float(d[table.state.to_numpy() == k].min()) for k in set(table.state)}


@FEW
@given(PLACES)
def test_every_point_is_equidistant(places: list[tuple[int, int]]) -> None:
    # Expectation: at each vertex of a line its owners are as far to 1 µm and no other is nearer.
    table = shores(places, "ABC")
    result = divide(table, by="state", sea=SEA)
    for row in result.lines.itertuples():
        for x, y in shapely.get_coordinates(row.geometry)[::3]:
            found = levels(table, x, y)
            assert abs(found[row.owner_a] - found[row.owner_b]) < 1e-6
            assert min(found.values()) > found[row.owner_a] - 1e-6
    for row in result.points.itertuples():
        nearest = min(levels(table, row.lon, row.lat).values())
        assert row.distance_m == pytest.approx(nearest, abs=1e-6)


@FEW
@given(PLACES)
def test_sectors_tile_the_sea(places: list[tuple[int, int]]) -> None:
    # Expectation: areas add up to the sea to 1e-9, and each place of a grid has its owner.
    table = shores(places, "ABCD")
    result = divide(table, by="state", sea=SEA)
    assert result.sectors is not None
    sea_m2 = abs(GEOD.geometry_area_perimeter(SEA)[0])
    parts = [
        abs(GEOD.geometry_area_perimeter(shapely.orient_polygons(s))[0])
        for s in result.sectors.geometry
    ]
    assert sum(parts) == pytest.approx(sea_m2, rel=1e-9)
    by_owner = dict(zip(result.sectors.owner, result.sectors.geometry, strict=True))
    for x in np.linspace(18.3, 23.7, 6):
        for y in np.linspace(53.3, 57.7, 6):
            found = levels(table, x, y)
            first, second = sorted(found, key=lambda k: found[k])[:2]
            # Lines are drawn to 1 m.
            if found[second] - found[first] > 5:
                assert by_owner[first].covers(shapely.Point(x, y))


@FEW
@given(PLACES, st.permutations("ABC"))
def test_permuting_owners_changes_nothing(places: list[tuple[int, int]], order: list[str]) -> None:
    # Expectation: other names for the same owners give the same points.
    one = divide(shores(places, "ABC"), by="state", sea=SEA)
    two = divide(shores(places, "".join(order)), by="state", sea=SEA)
    assert len(one.points) == len(two.points)
    assume(len(one.points))
    for here, there in ((one, two), (two, one)):
        tree = shapely.STRtree(there.points.geometry.to_numpy())
        match = there.points.iloc[tree.nearest(here.points.geometry.to_numpy())]
        off = GEOD.inv(here.points.lon, here.points.lat, match.lon, match.lat)[2]
        assert np.max(off, initial=0) < 1e-3
    assert one.lines.length_m.sum() == pytest.approx(two.lines.length_m.sum(), abs=0.1)


@FEW
@given(PLACES, st.floats(-179, 179))
def test_longitude_is_only_a_name(places: list[tuple[int, int]], turn: float) -> None:
    # Expectation: turning the Earth under the shores changes no length, over 180° too. The reach
    # holds the half of every distance that the places can have.
    table = shores(places, "AB")
    turned = table.copy()
    turned["geometry"] = gpd.points_from_xy(table.geometry.x + turn, table.geometry.y, crs=4326)
    one, two = (divide(t, by="state", reach_m=6e5) for t in (table, turned))
    assert len(one.points) == len(two.points)
    assert one.lines.length_m.sum() == pytest.approx(two.lines.length_m.sum(), rel=1e-6)


@settings(FEW, max_examples=8)
@given(st.lists(PLACE, min_size=2, max_size=5, unique=True), st.floats(0.5, 2.0))
def test_weighted_points_keep_the_ratio(places: list[tuple[int, int]], weight: float) -> None:
    # Expectation: d1 / w1 = d2 / w2 at each vertex of an equiratio line.
    assume(abs(weight - 1) > 0.02)
    table = shores(places, "AB")
    result = divide(table, by="state", sea=SEA, weight={"A": weight})
    for shape in result.lines.geometry:
        for x, y in shapely.get_coordinates(shape)[::5]:
            found = levels(table, x, y)
            assert found["A"] / weight == pytest.approx(found["B"], abs=1e-5)
