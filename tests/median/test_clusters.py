"""Shores of neighbours are divided cluster by cluster: places told by brute force with PROJ."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pytest
import shapely
from pyproj import Geod

from shekara.median import Breadths, zones
from shekara.median.ellipsoid import globe
from shekara.median.shores import clusters
from shekara.median.shores.clusters import near_clusters
from shekara.median.shores.reading import read_shores

GEOD = Geod(ellps="WGS84")
MILE = 1852.0


def islets(seed: int, count: int) -> gpd.GeoDataFrame:
    """Squares of 3 km for four owners, in three archipelagos far from each other."""
    random = np.random.default_rng(seed)
    middle = np.array([(0.0, 0.0), (9.0, 1.0), (178.9, -20.0)])[np.arange(count) % 3]
    cells = random.permutation(9)[: (count + 2) // 3]
    at = middle + 0.25 * np.column_stack(divmod(cells[np.arange(count) // 3], 3))
    shapes = [shapely.box(x, y, x + 0.03, y + 0.03) for x, y in at]
    owners = np.array(list("ABCD"))[random.integers(0, 4, count)]
    return gpd.GeoDataFrame({"owner": owners}, geometry=shapes, crs=4326)


def test_only_shores_within_twice_the_reach_of_a_foreign_one_are_kept() -> None:
    # Expectation: along the equator a degree is 111.3 km; the reach is 40 km, so that shores
    # farther than 80 km from a foreign one do not matter; cells add 0.68 times the reach at most.
    places: dict[str, list[tuple[float, float]]] = {
        "A": [(0, 0), (2, 0), (50, 0)],
        "B": [(0.5, 0), (51.2, 0), (-40, 0)],
        "C": [(50.5, 0)],
    }
    rows = [(name, shapely.Point(p)) for name, points in places.items() for p in points]
    table = gpd.GeoDataFrame(
        {"owner": [r[0] for r in rows]}, geometry=[r[1] for r in rows], crs=4326
    )
    near = near_clusters(read_shores(table, "owner", globe()), 40_000.0)
    kept = sorted(
        (x, shore.owners[o])
        for shore in near
        for x, o in zip(shore.lon, shore.vertex_owner, strict=True)
    )
    assert kept == [(0.0, "A"), (0.5, "B"), (50.0, "A"), (50.5, "C"), (51.2, "B")]


def test_places_between_archipelagos_belong_to_the_nearest(monkeypatch: pytest.MonkeyPatch) -> None:
    # Expectation: a place at sea within 12 M belongs to the owner of the nearest shore, by PROJ's
    # geodesics to points 150 m apart along the shores; places on the verge are not asked.
    monkeypatch.setattr(clusters, "FEW", 1)
    table = islets(5, 15)
    made = zones(table, by="owner", breadths=Breadths(contiguous_m=None, economic_m=None))
    rim = shapely.get_coordinates(shapely.segmentize(table.geometry.to_numpy(), 0.0015))
    owner = np.repeat(
        table.owner.to_numpy(),
        shapely.get_num_coordinates(shapely.segmentize(table.geometry.to_numpy(), 0.0015)),
    )
    random = np.random.default_rng(6)
    corner = np.array([(-0.3, -0.3), (8.7, 0.7), (178.6, -20.3)])[np.arange(150) % 3]
    asked = 0
    for lon, lat in corner + random.random((150, 2)) * 1.2:
        lon = (lon + 180) % 360 - 180
        away = np.asarray(
            GEOD.inv(np.full(len(rim), lon), np.full(len(rim), lat), rim[:, 0], rim[:, 1])[2]
        )
        of = {name: float(away[owner == name].min()) for name in "ABCD"}
        first, second = sorted(of, key=of.__getitem__)[:2]
        at = shapely.Point(lon, lat)
        verge = of[second] - of[first] < 10 or abs(of[first] - 12 * MILE) < 10
        if verge or table.contains(at).any():
            continue
        asked += 1
        holders = made.zones.owner[made.zones.contains(at)].tolist()
        assert holders == ([first] if of[first] < 12 * MILE else []), (lon, lat)
    assert asked > 90
