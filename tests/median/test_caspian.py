"""The bundled lake and its five states: exact against every segment, steady under any change."""

from __future__ import annotations

from pathlib import Path

import geopandas as gpd
import numpy as np
import pytest
import shapely
from pyproj import Geod

from shekara.median import Division, divide

pytestmark = pytest.mark.long

GEOD = Geod(ellps="WGS84")
FILE = Path(__file__).parents[2] / "geo" / "caspian-sea.geojson"


def caspian() -> tuple[gpd.GeoDataFrame, gpd.GeoDataFrame]:
    """Shores of the five states, islands among them, and the water."""
    table = gpd.read_file(FILE)
    return table[table.kind == "shore"], table[table.kind == "sea"]


@pytest.fixture(scope="module")
def divided() -> Division:
    shores, sea = caspian()
    return divide(shores, by="owner", sea=sea)


def edges(shores: gpd.GeoDataFrame) -> tuple[np.ndarray, np.ndarray]:
    """All segments (n, 4) and the owner of each."""
    out, owner = [], []
    for name, shape in zip(shores.owner, shores.geometry, strict=True):
        for part in shapely.get_parts(shape):
            xy = shapely.get_coordinates(part)
            out.append(np.column_stack([xy[:-1], xy[1:]]))
            owner += [name] * (len(xy) - 1)
    return np.concatenate(out), np.array(owner)


def nearest_m(segments: np.ndarray, lon: float, lat: float) -> np.ndarray:
    """Distance from a point to each segment, by golden section between its ends, with PROJ."""
    n = len(segments)
    course, _, length = GEOD.inv(*segments.T)
    low, high = np.zeros(n), np.asarray(length)
    here = np.full(n, lon), np.full(n, lat)

    def distance(t: np.ndarray) -> np.ndarray:
        x, y, _ = GEOD.fwd(segments[:, 0], segments[:, 1], course, t)
        return np.asarray(GEOD.inv(*here, x, y)[2])

    ratio = (np.sqrt(5) - 1) / 2
    for _ in range(32):
        one, two = high - ratio * (high - low), low + ratio * (high - low)
        left = distance(one) < distance(two)
        high, low = np.where(left, two, high), np.where(left, low, one)
    ends = np.minimum(distance(np.zeros(n)), distance(np.asarray(length)))
    least: np.ndarray = np.minimum(ends, distance((low + high) / 2))
    return least


def test_vertices_by_brute_force(divided: Division) -> None:
    # Expectation: at 500 vertices both shores are as far to 1 mm, and no shore is nearer.
    segments, owner = edges(caspian()[0])
    rng = np.random.default_rng(5)
    places = [
        (row.owner_a, row.owner_b, x, y)
        for row in divided.lines.itertuples()
        for x, y in shapely.get_coordinates(row.geometry)
    ]
    for k in rng.choice(len(places), min(500, len(places)), replace=False):
        a, b, x, y = places[k]
        # Segments surely farther than the nearest need no search.
        ends = GEOD.inv(np.full(len(segments), x), np.full(len(segments), y), *segments[:, :2].T)[2]
        length = np.asarray(GEOD.inv(*segments.T)[2])
        reach = np.asarray(ends) - length < ends[owner == a].min() + 1
        reach |= np.asarray(ends) - length < ends[owner == b].min() + 1
        found = nearest_m(segments[reach], x, y)
        one, two = (found[owner[reach] == k].min() for k in (a, b))
        assert abs(one - two) < 1e-3
        assert found.min() > one - 1e-3


@pytest.mark.parametrize("change", ["finer", "finest", "renumbered", "reversed"])
def test_nothing_moves(divided: Division, change: str) -> None:
    # Expectation: halved densification, other owner names, reversed shores: all within 1 mm.
    shores, sea = caspian()
    spacing = {"finer": 300.0, "finest": 150.0}.get(change)
    if change == "renumbered":
        names = dict(zip(sorted(shores.owner.unique()), "zyxwv", strict=True))
        shores = shores.assign(owner=shores.owner.map(names))
    elif change == "reversed":
        shores = shores.set_geometry(shores.geometry.reverse())
    other = divide(shores, by="owner", sea=sea, spacing_m=spacing)
    for one, two in ((divided, other), (other, divided)):
        tree = shapely.STRtree(two.points.geometry.to_numpy())
        match = tree.nearest(one.points.geometry.to_numpy())
        there = two.points.iloc[match]
        off = GEOD.inv(one.points.lon, one.points.lat, there.lon, there.lat)[2]
        assert np.max(off) < 1e-3


def test_the_sea_is_shared_out(divided: Division) -> None:
    # Expectation: PROJ's areas of the sectors add up to that of the sea; five states, three
    # junctions, five land termini.
    _, sea = caspian()
    assert divided.sectors is not None
    sea_m2 = abs(GEOD.geometry_area_perimeter(shapely.orient_polygons(sea.geometry.iloc[0]))[0])
    parts = [
        abs(GEOD.geometry_area_perimeter(shapely.orient_polygons(s))[0])
        for s in divided.sectors.geometry
    ]
    assert sum(parts) == pytest.approx(sea_m2, rel=1e-9)
    assert divided.owners == ("AZE", "IRN", "KAZ", "RUS", "TKM")
    kinds = divided.points.kind.value_counts()
    assert kinds["junction"] == 3
    assert kinds["terminus"] == 5
