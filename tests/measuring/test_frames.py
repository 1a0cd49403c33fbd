"""Areas and lengths of frames and bare shapes, against pyproj."""

from __future__ import annotations

import geopandas
import pytest
import shapely
from pyproj import Geod

import shekara
from shekara.errors import GeometryError, InputError, UsageError

WGS84 = Geod(ellps="WGS84")
FIELD = shapely.box(10, 50, 10.02, 50.01)
AREA, AROUND = (abs(value) for value in WGS84.geometry_area_perimeter(FIELD))


def test_a_frame_is_measured_in_its_own_system() -> None:
    table = geopandas.GeoDataFrame({"a": [1]}, geometry=[FIELD], crs=4326)
    for code in (4326, 32632, 3857):
        assert shekara.area_m2(table.to_crs(code))[0] == pytest.approx(AREA, rel=1e-7)
        assert shekara.length_m(table.geometry.to_crs(code))[0] == pytest.approx(AROUND, rel=1e-7)


def test_bare_positions_are_longitude_and_latitude_or_refused() -> None:
    assert shekara.area_m2([FIELD, shapely.Point(1, 2)]).tolist() == pytest.approx([AREA, 0])
    for far in (shapely.box(500_000, 5_540_000, 501_000, 5_541_000), shapely.Point(10, 91)):
        with pytest.raises(InputError, match="±180"):
            shekara.area_m2([far])
    assert shekara.area_m2([shapely.box(5e5, 5.54e6, 5.01e5, 5.541e6)], crs="EPSG:32632")[0] > 0


def test_an_unsound_shape_is_repaired_aloud_or_refused() -> None:
    bow = shapely.Polygon([(10, 50), (10.02, 50.01), (10.02, 50), (10, 50.01)])
    with pytest.warns(UserWarning, match="repaired"):
        assert shekara.area_m2([bow])[0] == pytest.approx(AREA / 2, rel=1e-3)
    outside = shapely.Polygon(FIELD.exterior, [shapely.box(11, 51, 12, 52).exterior])
    with pytest.raises(GeometryError, match="feature 0: is not valid"):
        shekara.area_m2([outside])


def test_a_frame_of_values_with_their_intervals() -> None:
    """The half width is two deviations, held against the error of a box worked by hand."""
    line = shapely.LineString([(10, 50), (10.02, 50)])
    table = geopandas.GeoDataFrame(
        geometry=[FIELD, line, shapely.Point(10, 50)], index=["field", "line", "point"], crs=4326
    )
    sizes = shekara.measure(table.to_crs(32632), accuracy_m=5)
    assert list(sizes.index) == ["field", "line", "point"]
    assert list(sizes["size"]) == ["area", "length", ""]
    assert list(sizes["unit"]) == ["m2", "m", ""]
    assert sizes["value"]["field"] == pytest.approx(AREA, rel=1e-6)
    assert sizes["low"]["field"] < AREA < sizes["high"]["field"]
    # A shift that all corners share moves an outline as a whole, and changes its area by nothing;
    # corners that err by themselves make it wider than no error and narrower than all outwards.
    half = (sizes["high"]["field"] - sizes["low"]["field"]) / 2
    assert 0 < half <= 2 * 5 * AROUND * 1.001
    assert sizes["value"].isna()["point"]
    unknown = shekara.measure(table)
    assert unknown[["low", "high"]].isna().all(axis=None)
    around = shekara.measure([FIELD], size="perimeter")
    assert (around["size"][0], around["value"][0]) == ("perimeter", pytest.approx(AROUND))


def test_a_size_may_have_a_unit() -> None:
    for size, metres in (("area_km2", 1e6), ("area_ha", 1e4), ("perimeter_M", 1852)):
        row = shekara.measure([FIELD], size, accuracy_m=5).loc[0]
        whole = AREA if size.startswith("area") else AROUND
        assert row["value"] * metres == pytest.approx(whole, rel=1e-7)
        assert row["low"] < row["value"] < row["high"]
        assert f"{row['size']}_{row['unit']}" == size
    with pytest.raises(UsageError, match="area_km2"):
        shekara.measure([FIELD], "area_km")


def test_a_frames_own_attributes_stand_beside_its_sizes() -> None:
    columns = {"name": ["west", "east"], "value": [7, 8]}
    table = geopandas.GeoDataFrame(columns, geometry=[FIELD, FIELD], crs=4326, index=[5, 5])
    sizes = shekara.measure(table, "area", accuracy_m=1)
    assert list(sizes) == ["name", "value", "low", "high", "unit", "size"]
    assert list(sizes.index) == [5, 5]
    assert list(sizes["name"]) == ["west", "east"]
    assert list(sizes["value"]) == pytest.approx([AREA, AREA])  # not the attribute of that name
    assert list(shekara.measure(table.geometry)) == ["value", "low", "high", "unit", "size"]
