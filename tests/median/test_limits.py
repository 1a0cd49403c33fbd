"""Outer limits of ragged coasts: rings close, and every vertex is exact to the segment."""

from __future__ import annotations

from pathlib import Path

import geopandas as gpd
import numpy as np
import pytest
import shapely
from pyproj import Geod

from shekara.median import limit

pytestmark = pytest.mark.long

GEOD = Geod(ellps="WGS84")
SHORE = Path(__file__).parents[2] / "geo" / "caspian-sea.geojson"


def least_m(lines: list[np.ndarray], xy: np.ndarray, reach_m: float) -> np.ndarray:
    """The least distance to geodesic segments by golden sections with PROJ alone."""
    a, b = (np.concatenate([c[s] for c in lines]) for s in (slice(None, -1), slice(1, None)))
    ahead, _, length = GEOD.inv(*a.T, *b.T)
    golden = (np.sqrt(5) - 1) / 2
    out = []
    for lon, lat in xy:
        n = np.ones(len(a))
        near = np.minimum(GEOD.inv(lon * n, lat * n, *a.T)[2], GEOD.inv(lon * n, lat * n, *b.T)[2])
        use = near <= reach_m + length
        start, course = a[use], ahead[use]
        low, high = np.zeros(use.sum()), length[use].copy()

        def off(
            along: np.ndarray,
            start: np.ndarray = start,
            course: np.ndarray = course,
            lon: float = lon,
            lat: float = lat,
        ) -> np.ndarray:
            x, y, _ = GEOD.fwd(start[:, 0], start[:, 1], course, along)
            return np.asarray(GEOD.inv(x, y, np.full(len(x), lon), np.full(len(x), lat))[2])

        for _ in range(45):
            one, two = high - golden * (high - low), low + golden * (high - low)
            left = off(one) < off(two)
            low, high = np.where(left, low, one), np.where(left, two, high)
        # The ends of a segment too, which a search within it only comes near to.
        out.append(min(near.min(), off((low + high) / 2).min()))
    return np.array(out)


def coast(seed: int, lon: float, lat: float) -> gpd.GeoDataFrame:
    """A ragged ring of about 100 km radius with rocks and reefs around it."""
    rng = np.random.default_rng(seed)
    n = 400
    rough = sum(np.convolve(rng.normal(size=n), np.ones(m), "same") for m in (1, 3, 9, 27))
    far = 100e3 * (1 + 0.3 * rough / np.abs(rough).max())
    x, y, _ = GEOD.fwd(np.full(n, lon), np.full(n, lat), np.arange(n) * 360 / n, far)
    shapes: list[shapely.Geometry] = [
        shapely.LineString(np.c_[np.append(x, x[0]), np.append(y, y[0])])
    ]
    for k in range(12):
        x1, y1, _ = GEOD.fwd(lon, lat, rng.uniform(0, 360), rng.uniform(30e3, 180e3))
        reef = np.c_[x1 + rng.uniform(-0.03, 0.03, 5), y1 + rng.uniform(-0.03, 0.03, 5)]
        shapes.append(shapely.Point(x1, y1) if k % 2 else shapely.LineString(reef))
    return gpd.GeoDataFrame(geometry=shapes, crs=4326)


def verify(shores: gpd.GeoDataFrame, distance_m: float, sample: int) -> None:
    found = limit(shores, distance_m)
    rings = shapely.get_parts(found.geometry.to_numpy())
    assert len(rings) > 0
    assert all(ring.is_ring for ring in rings)
    xy = shapely.get_coordinates(rings)
    some = xy[np.random.default_rng(0).choice(len(xy), sample, replace=False)]
    parts = shapely.get_parts(shores.geometry.to_numpy())
    # A lone point counts as a segment without length.
    lines = [
        np.repeat(c, 2, axis=0) if len(c) == 1 else c for c in map(shapely.get_coordinates, parts)
    ]
    assert np.abs(least_m(lines, some, distance_m + 1) - distance_m).max() < 1e-5


@pytest.mark.parametrize("miles", [3, 12, 24])
def test_limit_of_a_real_shore_is_closed_and_exact(miles: int) -> None:
    # Expectation: closed rings without self-crossings; vertices at the distance by brute force.
    table = gpd.read_file(SHORE)
    verify(table[table.kind == "shore"], miles * 1852.0, 60)


@pytest.mark.parametrize(
    ("seed", "lon", "lat", "miles"),
    [(1, 0, 0, 5), (2, 20, 45, 12), (3, 50, 60, 24), (4, -70, -70, 12), (5, 100, 30, 2)],
)
def test_limit_of_a_ragged_coast_is_closed_and_exact(
    seed: int, lon: float, lat: float, miles: int
) -> None:
    # Expectation: as above, for a seeded coast that no program has seen.
    verify(coast(seed, lon, lat), miles * 1852.0, 60)
