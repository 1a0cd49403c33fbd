"""Measures against closed forms and other people's tables."""

from __future__ import annotations

import json
import math
from pathlib import Path

import geopandas
import numpy as np
import pytest
import shapely
from geographiclib.geodesic import Geodesic
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import CRS

from shekara import measuring
from shekara.errors import InputError
from shekara.measuring.files import measure_file
from shekara.measuring.paths import path_figures, paths

QUARTER_MERIDIAN_M = 10_001_965.729  # WGS 84, closed form by elliptic integral
EQUATOR_DEGREE_M = 111_319.4908  # a·π/180
ELLIPSOID_M2 = 510_065_621_724_088.5  # 2πa² + πb²/e·ln((1+e)/(1−e))


def test_a_meridian_quarter_has_its_published_length() -> None:
    line = shapely.LineString([(25, 0), (25, 30), (25, 90)])
    assert measuring.length_m([line])[0] == pytest.approx(QUARTER_MERIDIAN_M, abs=0.001)


def test_a_degree_of_the_equator_has_its_published_length() -> None:
    assert measuring.length_m([shapely.LineString([(7, 0), (8, 0)])])[0] == pytest.approx(
        EQUATOR_DEGREE_M, abs=1e-4
    )


def test_eight_octants_make_the_whole_ellipsoid() -> None:
    octants = [
        shapely.Polygon([(w, 0), (w + 90, 0), (w, s), (w, 0)])
        for w in (0, 90, -90, -180)
        for s in (90, -90)
    ]
    assert measuring.area_m2(octants).sum() == pytest.approx(ELLIPSOID_M2, rel=1e-12)


def test_a_hole_is_taken_away_however_it_is_wound() -> None:
    shell = [(0, 0), (4, 0), (4, 4), (0, 4)]
    hole = [(1, 1), (2, 1), (2, 2), (1, 2)]
    one = shapely.Polygon(shell, [hole])
    other = shapely.Polygon(shell, [hole[::-1]])
    full, cut = measuring.area_m2([shapely.Polygon(shell), shapely.Polygon(hole)])
    assert measuring.area_m2([one, other]) == pytest.approx([full - cut, full - cut], rel=1e-14)


def test_a_cut_along_the_antimeridian_is_no_boundary() -> None:
    east = shapely.Polygon([(179, 0), (180, 0), (180, 1), (179, 1)])
    west = shapely.Polygon([(-180, 0), (-179, 0), (-179, 1), (-180, 1)])
    whole = shapely.Polygon([(10, 0), (12, 0), (12, 1), (10, 1)])
    joined = shapely.MultiPolygon([east, west])
    # The parallel at 1° is cut in the middle: two geodesics in place of one, 0.6 m apart.
    assert measuring.length_m([joined])[0] == pytest.approx(measuring.length_m([whole])[0], abs=2.0)


def test_the_area_deviation_is_that_of_a_simulation() -> None:
    """1000 outlines with vertices moved by 30 m spread as the formula says, within 7 %."""
    rng = np.random.default_rng(20)
    angle = np.linspace(0, 2 * math.pi, 60, endpoint=False)
    ring = np.column_stack([30 + 0.5 * np.cos(angle), 10 + 0.3 * np.sin(angle)])
    metre = np.array([1 / (111_319 * math.cos(math.radians(10))), 1 / 110_600])
    areas = [
        measuring.area_m2([shapely.Polygon(ring + rng.normal(0, 30, ring.shape) * metre)])[0]
        for _ in range(1000)
    ]
    said, _ = measuring.area_deviation_m2([shapely.Polygon(ring)], 30.0)
    assert np.std(areas) == pytest.approx(said, rel=0.07)


def test_the_length_interval_covers_simulated_lines() -> None:
    """Of 400 noisy copies of a line about 19 in 20 have the true length in their interval."""
    rng = np.random.default_rng(7)
    place = np.linspace(0, 3, 40)
    line = np.column_stack([20 + place, 5 + 0.2 * np.sin(3 * place)])
    true = measuring.length_m([shapely.LineString(line)])[0]
    hits = 0
    for _ in range(400):
        noisy = line + rng.normal(0, 200, line.shape) / 111_000
        found = measuring.length_interval([shapely.LineString(noisy)], 200.0)
        hits += found.low <= true <= found.high
    assert 0.92 <= hits / 400 <= 1.0


def test_a_generalised_line_has_no_upper_end() -> None:
    found = measuring.length_interval([shapely.LineString([(0, 0), (1, 0)])], 10, lower_bound=True)
    assert math.isinf(found.high)
    assert found.low < found.value


def test_the_shortest_distance_to_a_corner_is_the_geodesic() -> None:
    a, b = shapely.box(0, 0, 1, 1), shapely.box(5, 5, 6, 6)
    assert measuring.shortest_m([a], [b]) == pytest.approx(
        measuring.WGS84.inv(1, 1, 5, 5)[2], abs=0.001
    )


def test_the_distance_to_a_meridian_is_that_of_a_dense_search() -> None:
    at = (66.9, 48.0)
    lat = np.linspace(47, 49, 200_001)  # every metre
    brute = measuring.WGS84.inv(
        np.full(len(lat), at[0]), np.full(len(lat), at[1]), np.full(len(lat), 70.0), lat
    )[2].min()
    line = shapely.LineString([(70, 40), (70, 60)])
    assert measuring.shortest_m([shapely.Point(at)], [line]) == pytest.approx(brute, abs=0.01)
    assert measuring.distances_to_m(np.array([at]), [line])[0] == pytest.approx(brute, abs=0.5)


def test_a_threshold_parts_near_and_far_as_the_distances_do() -> None:
    """Between the thresholds distances are the same numbers, outside them on the same side."""
    random = np.random.default_rng(11)
    line = shapely.LineString([(60, 45), (61, 47), (66, 47.5), (66, 52)])
    points = np.column_stack([random.uniform(58, 68, 4000), random.uniform(44, 53, 4000)])
    exact = measuring.distances_to_m(points, [line])
    asked = measuring.distances_to_m(points, [line], least_m=40_000, most_m=90_000)
    between = (exact >= 40_000) & (exact <= 90_000)
    assert between.sum() > 500
    assert np.array_equal(asked[between], exact[between])
    assert np.array_equal(asked < 40_000, exact < 40_000)
    assert np.array_equal(asked > 90_000, exact > 90_000)


# Expectation: geographiclib's geodesics, by another author's program.
@pytest.mark.parametrize("length_m", [0.5, 300.0, 20_000.0, 49_000.0, 2_000_000.0])
def test_lengths_from_chords_are_karneys(length_m: float) -> None:
    random = np.random.default_rng(5)
    lon, lat = random.uniform(-180, 180, 40), np.r_[random.uniform(-89.9, 89.9, 38), 89.99, 0.0]
    end_lon, end_lat, _ = measuring.WGS84.fwd(lon, lat, random.uniform(0, 360, 40), [length_m] * 40)
    end_lon, end_lat = np.asarray(end_lon), np.asarray(end_lat)
    ends = np.stack([np.column_stack([lon, lat]), np.column_stack([end_lon, end_lat])], axis=1)
    ways = zip(lat, lon, end_lat, end_lon, strict=True)
    karney = [Geodesic.WGS84.Inverse(*way)["s12"] for way in ways]
    walked = path_figures(paths(np.asarray(shapely.linestrings(ends))), measuring.WGS84)
    assert walked.length == pytest.approx(karney, rel=2e-12, abs=5e-9)


def test_inside_an_area_the_distance_is_zero() -> None:
    assert measuring.distances_to_m(np.array([[0.5, 0.5]]), [shapely.box(0, 0, 1, 1)])[0] == 0.0


@settings(max_examples=30)
@given(
    st.floats(-170, 170),
    st.floats(-80, 80),
    st.floats(0.01, 5),
    st.floats(-4, 4),
    st.floats(50, 5000),
)
def test_samples_keep_the_length(lon: float, lat: float, dx: float, dy: float, step: float) -> None:
    line = shapely.LineString([(lon, lat), (lon + dx, max(-85, min(85, lat + dy)))])
    taken = measuring.sample([line], max(step, 500))
    assert taken.weight_m.sum() == pytest.approx(measuring.length_m([line])[0], rel=1e-9)


def test_straight_edges_differ_from_geodesics_as_known() -> None:
    """At 49° N a 10° edge along the parallel differs by 530 m in length and 12 km in place."""
    edge = shapely.LineString([(60, 49), (70, 49)])
    straight = measuring.length_m(measuring.straight_edges([edge]))[0]
    assert straight - measuring.length_m([edge])[0] == pytest.approx(530, abs=10)
    assert measuring.edge_departure_m([edge]) == pytest.approx(12_000, rel=0.03)


def test_a_file_is_measured_on_its_own_ellipsoid(tmp_path: Path) -> None:
    """A degree of the equator is a·π/180 on the ellipsoid of each datum: 1.9 m apart."""
    line = shapely.LineString([(0, 0), (1, 0)])
    lengths = {}
    for code in (4326, 4284):
        path = tmp_path / f"{code}.gpkg"
        geopandas.GeoDataFrame(geometry=[line], crs=code).to_file(path)
        (record,) = measure_file(path, crs=f"EPSG:{code}")  # named: far from where it is used
        lengths[code] = record["features"][0]["length_m"]
    assert lengths[4326] == pytest.approx(6378137 * math.pi / 180, abs=1e-6)
    assert lengths[4284] == pytest.approx(6378245 * math.pi / 180, abs=1e-6)


def test_a_projected_file_gives_the_geodesic_area(tmp_path: Path) -> None:
    """In EPSG:3857 a square at 60° N is four times too large on paper, and right when measured."""
    square = geopandas.GeoDataFrame(
        {"name": ["a"]}, geometry=[shapely.box(10, 60, 10.1, 60.1)], crs=4326
    )
    path = tmp_path / "web.gpkg"
    square.to_crs(3857).to_file(path)
    found = measure_file(path, 5.0)[0]["features"][0]
    assert found["area_m2"] == pytest.approx(measuring.area_m2(list(square.geometry))[0], rel=1e-6)
    low, high = found["area_m2_low"], found["area_m2_high"]
    assert low is not None
    assert high is not None
    assert low < found["area_m2"] < high


def test_every_kind_of_geometry_has_its_measures(tmp_path: Path) -> None:
    features = [
        ("Point", [0, 0]),
        ("LineString", [[0, 0], [1, 0]]),
        ("Polygon", [[[0, 0], [1, 0], [1, 1], [0, 0]]]),
        ("MultiPoint", [[0, 0], [1, 1]]),
    ]
    path = tmp_path / "all.geojson"
    path.write_text(
        json.dumps(
            {
                "type": "FeatureCollection",
                "features": [
                    {"type": "Feature", "properties": {}, "geometry": {"type": t, "coordinates": c}}
                    for t, c in features
                ]
                + [{"type": "Feature", "properties": {}, "geometry": None}],
            }
        )
    )
    found = measure_file(path)[0]["features"]
    assert [set(one) - {"feature", "name", "type"} != set() for one in found] == [
        False,
        True,
        True,
        False,
        False,
    ]
    assert {"area_m2", "perimeter_m"} <= set(found[2])


def test_a_file_without_reference_system_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "bare.shp"
    geopandas.GeoDataFrame(geometry=[shapely.Point(1, 2)], crs=4326).to_file(path)
    path.with_suffix(".prj").unlink()
    with pytest.raises(InputError, match="coordinate reference system"):
        measure_file(path)


def test_a_file_that_is_none_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "text.geojson"
    path.write_text("no map")
    with pytest.raises(InputError, match="no format that is read"):
        measure_file(path)
    with pytest.raises(InputError, match="no such file"):
        measure_file(tmp_path / "none.geojson")


def test_an_unknown_reference_system_is_refused() -> None:
    with pytest.raises(InputError, match="unknown coordinate reference system"):
        measuring.geod("EPSG:999999")
    assert measuring.geod(CRS.from_epsg(4326)).a == 6378137.0
