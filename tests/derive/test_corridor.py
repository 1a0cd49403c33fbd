"""Corridors: their areas against closed forms, and nothing outside the ground."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import shapely

from shekara.derive.corridor import around
from shekara.measuring import WGS84, area_m2
from tests.derive.test_derive import Made, square

RADIUS_M = 6_371_007  # of the sphere with the area of the Earth


@pytest.mark.parametrize("width_km", [50, 200])
def test_round_a_meridian_the_area_is_a_band_and_two_half_discs(width_km: float) -> None:
    """On a sphere 2·L·R·sin(w/R) + 2πR²(1 − cos(w/R)); the ellipsoid differs by less than 0.3 %."""
    line = shapely.LineString([(60.0, 40.0), (60.0, 44.0), (60.0, 48.0)])
    length = WGS84.inv(60, 40, 60, 48)[2]
    width = width_km * 1000
    expected = 2 * length * RADIUS_M * math.sin(width / RADIUS_M)
    expected += 2 * math.pi * RADIUS_M**2 * (1 - math.cos(width / RADIUS_M))
    assert float(area_m2([around([line], width)])[0]) == pytest.approx(expected, rel=3e-3)


def test_the_edge_lies_at_the_distance() -> None:
    """Straight up from the middle of a line along the equator: 100 km within 20 m."""
    lon = np.linspace(10, 20, 101)
    area: Any = around([shapely.LineString(np.column_stack([lon, 0 * lon]))], 100_000)
    edge = WGS84.fwd(15.0, 0.0, 0.0, 100_000)
    assert shapely.contains_xy(area, edge[0], edge[1] - 0.0002)
    assert not shapely.contains_xy(area, edge[0], edge[1] + 0.0002)


def test_a_corridor_is_cut_to_its_ground(tmp_path: Path) -> None:
    atlas = Made(tmp_path)
    geo = atlas.atlas / "geo"
    geo.mkdir()
    road = {"type": "LineString", "coordinates": [[9.0, 0.5], [11.0, 0.5]]}
    for name, key, geometry in (
        ("road", "road", road),
        ("land", "near", {"type": "Polygon", "coordinates": square(10, 0)}),
    ):
        feature = {"type": "Feature", "properties": {"id": key}, "geometry": geometry}
        text = json.dumps({"type": "FeatureCollection", "features": [feature]})
        (geo / f"{name}.geojson").write_text(text, encoding="utf-8")
    atlas.layer(
        "corridor",
        'method = "corridors"\nlayer = "road"\ninside = "land"\nwithin_km = [20, 10]',
    )
    areas = atlas.features("corridor")
    assert list(areas) == ["within-20", "within-10"]
    for km in (10, 20):
        area = shapely.from_geojson(json.dumps(areas[f"within-{km}"]["geometry"]))
        # a degree of longitude and of latitude at the equator: 111.32 and 110.57 km
        assert float(area_m2([area])[0]) / 1e6 == pytest.approx(2 * km * 111.32, rel=2e-3)
        assert shapely.covers(shapely.box(10, 0, 11, 1), area)
