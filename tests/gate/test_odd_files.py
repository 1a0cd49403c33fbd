"""A folder of odd files: formats, systems, faults; each gives the right figure or one message."""

from __future__ import annotations

import json
import math
import warnings
import zipfile
from pathlib import Path

import geopandas
import numpy as np
import pytest
import shapely
from typer.testing import CliRunner

from shekara.cli import app
from shekara.errors import InputError
from shekara.gate import read, read_one
from shekara.measuring.files import measure_file
from tests.gate.odd_files import (
    CASES,
    FIELD,
    FIELD_KM2,
    ROAD_KM,
    Case,
    box,
    geojson,
    zipped_letters,
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("odd")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for case in CASES:
            case.write(made / case.name)
    return made


def test_there_are_more_than_fifty() -> None:
    assert len({case.name for case in CASES}) == len(CASES) >= 50


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_file_gives_its_figure_or_one_message(folder: Path, case: Case) -> None:
    path = folder / case.name
    if case.refused is not None:
        with pytest.raises(InputError, match=case.refused) as refusal:
            measure_file(path, **case.asked)
        assert str(path) in str(refusal.value)
        assert "ogr2ogr" not in str(refusal.value)
        return
    (record,) = measure_file(path, **case.asked)
    last = record["features"][-1]
    if case.area_km2 is not None:
        assert last["area_m2"] / 1e6 == pytest.approx(case.area_km2, rel=case.rel)
    if case.length_km is not None:
        assert last["length_m"] / 1e3 == pytest.approx(case.length_km, rel=case.rel)
    if case.called is not None:
        assert last["name"] == case.called
    if case.remark is not None:
        assert case.remark in {remark["kind"] for remark in record["remarks"]}
    faults = [feature["left_out"] for feature in record["features"] if "left_out" in feature]
    assert len(faults) == record["left_out"] == (case.left_out is not None)
    if case.left_out is not None:
        assert case.left_out in faults[0]
    json.dumps(record, allow_nan=False)


def test_the_whole_folder_is_measured_without_a_traceback(folder: Path) -> None:
    files = [str(folder / case.name) for case in CASES if case.name != "nowhere.geojson"]
    run = CliRunner().invoke(app, ["measure", *files, "--json"])
    assert run.exit_code == 3
    assert isinstance(run.exception, SystemExit)
    assert "Traceback" not in run.output
    assert "Warning" not in run.stderr
    records = json.loads(run.stdout)
    refused = sum(case.refused is not None or bool(case.asked) for case in CASES)
    assert len(records) >= len(CASES) - refused


def test_heights_are_told_along_the_slope(folder: Path) -> None:
    (record,) = measure_file(folder / "steep.geojson")
    slope = record["features"][0]["length_along_slope_m"]
    assert slope == pytest.approx(math.hypot(ROAD_KM * 1000, 1000), rel=1e-9)


def test_figures_without_stated_accuracy_have_no_interval(folder: Path) -> None:
    (bare,) = measure_file(folder / "plain.geojson")
    assert bare["features"][0]["area_m2_low"] is None
    assert bare["accuracy_m"] is None
    (stated,) = measure_file(folder / "plain.geojson", 5.0)
    feature = stated["features"][0]
    low, high = feature["area_m2_low"], feature["area_m2_high"]
    assert low is not None
    assert high is not None
    assert low < feature["area_m2"] < high


# Expectation: 2,579,669.487 km² straight (closed form), geodesics 2,546,278.106 (geographiclib).
def test_an_interval_holds_both_kinds_of_edges_until_one_is_chosen(tmp_path: Path) -> None:
    path = tmp_path / "box.geojson"
    geojson(box(50.0001, 41.0001, 80.0001, 51.0001))(path)
    (both,) = measure_file(path, 30.0)
    feature = both["features"][0]
    assert feature["area_m2"] / 1e6 == pytest.approx(2_546_278.106, abs=0.001)
    low, high = feature["area_m2_low"], feature["area_m2_high"]
    assert low is not None
    assert high is not None
    assert low / 1e6 < 2_546_278 < 2_579_669 < high / 1e6
    (chosen,) = measure_file(path, 30.0, edges="straight")
    feature = chosen["features"][0]
    assert feature["area_m2"] / 1e6 == pytest.approx(2_579_669.487, abs=0.001)
    assert feature["area_m2_low"] is not None
    assert feature["area_m2_low"] / 1e6 > 2_579_000


# Expectation: EPSG's axis orders and areas of use. MGI is Austria's: swapped, Vienna is in Yemen.
@pytest.mark.parametrize(
    ("head", "row", "crs", "said"),
    [
        ("name,wkt", "a,POINT (51.1 71.4)", "EPSG:4284", True),
        ("name,wkt", "a,SRID=4284;POINT (71.4 51.1)", None, True),
        ("name,wkt", "a,POINT (16.4 48.2)", "EPSG:4312", False),
        ("name,wkt", "a,POINT (71.4 51.1)", "EPSG:4326", False),
        ("name,wkt", "a,POINT (4500000 5500000)", "EPSG:28404", False),
        ("name,lon,lat", "a,71.4,51.1", "EPSG:4284", False),
    ],
)
def test_an_order_that_nothing_tells_is_said(
    tmp_path: Path, head: str, row: str, crs: str | None, said: bool
) -> None:
    path = tmp_path / "places.csv"
    path.write_text(f"{head}\n{row}\n", encoding="utf-8")
    (record,) = measure_file(path, crs=crs)
    texts = [remark["text"] for remark in record["remarks"] if remark["kind"] == "axes"]
    assert len(texts) == said
    assert all("longitude, latitude" in text for text in texts)


# Expectation: Vienna lies at 48.2 N 16.4 E; EPSG's area of MGI is Austria and its neighbours.
def test_swapped_positions_are_refused_though_the_reader_named_their_system(tmp_path: Path) -> None:
    path = tmp_path / "vienna.geojson"
    geojson(shapely.geometry.mapping(shapely.Point(48.2, 16.4)))(path)
    with pytest.raises(InputError, match="latitude and longitude are swapped"):
        measure_file(path, crs="EPSG:4312")
    geojson(shapely.geometry.mapping(shapely.Point(16.4, 48.2)))(path)
    assert measure_file(path, crs="EPSG:4312")


# Expectation: latitudes end at the poles; rows are counted as a spreadsheet shows them.
def test_a_latitude_beyond_the_pole_is_told_with_its_row(tmp_path: Path) -> None:
    path = tmp_path / "wells.csv"
    path.write_text("name,latitude,longitude\na,50,10\n\nb,95,11\nc,-91,12\nd,52,13\n", "utf-8")
    features = read_one(path)
    assert features.left_out == {
        1: "row 4: latitude 95 lies outside −90…90",
        2: "row 5: latitude -91 lies outside −90…90",
    }
    path.write_text("name,latitude,longitude\na,120,40\nb,121,41\n", "utf-8")
    with pytest.raises(InputError, match=r"row 2: latitude 120 .* may be swapped"):
        read_one(path)
    path.write_text("name,latitude,longitude\na,5800000,500000\n", "utf-8")
    with pytest.raises(InputError, match=r"look like metres"):
        read_one(path)
    assert read_one(path, crs="EPSG:25832").left_out == {}


def test_no_number_that_is_none_comes_out(tmp_path: Path) -> None:
    points = np.array([[10.0, 50.0], [11.0, np.nan]])
    broken = shapely.set_coordinates(shapely.LineString([(0, 0), (1, 1)]), points)
    path = tmp_path / "nan.gpkg"
    table = geopandas.GeoDataFrame(
        {"name": ["broken", "sound"]}, geometry=[broken, FIELD], crs=4326
    )
    table.to_file(path)
    (record,) = measure_file(path)
    assert "no number" in record["features"][0]["left_out"]
    assert record["features"][1]["area_m2"] / 1e6 == pytest.approx(FIELD_KM2)


# Expectation: pyproj's own way from the file's system to WGS 84.
def test_a_frame_of_a_datum_in_grads_is_brought_to_wgs84(folder: Path) -> None:
    for name in ("epsg27572.gpkg", "epsg4807.gpkg", "epsg32632.gpkg"):
        there = geopandas.read_file(folder / name).to_crs(4326).geometry[0]
        here = read_one(folder / name).frame().to_crs(4326).geometry[0]
        assert shapely.get_coordinates(here) == pytest.approx(shapely.get_coordinates(there))


def test_damaged_zips_are_one_message_or_read(tmp_path: Path) -> None:
    """One bit after the other turned: a checksum, a name, a length, a reference system."""
    whole, damaged = tmp_path / "whole.zip", tmp_path / "damaged.zip"
    zipped_letters(whole)
    data, random = whole.read_bytes(), np.random.default_rng(3)
    told = []
    for _ in range(60):
        broken = bytearray(data)
        for at in random.integers(0, len(data), 3):
            broken[at] ^= 1 << int(random.integers(8))
        damaged.write_bytes(broken)
        try:
            read(damaged)
        except InputError as error:
            told.append(str(error))
    assert len(told) > 30
    assert not any("\n" in message for message in told)


def test_a_zip_says_what_it_holds_beside_its_shapefiles(tmp_path: Path) -> None:
    zipped_letters(tmp_path / "a.zip")
    with zipfile.ZipFile(tmp_path / "a.zip", "a") as archive:
        archive.writestr("other/b.geojson", "{}")
        archive.writestr("note.txt", "no shapes")
    (features,) = read(tmp_path / "a.zip")
    (remark,) = [remark for remark in features.remarks if remark.kind == "layers"]
    assert "the zip also holds other/b.geojson, not read here" in remark.text
    measured = CliRunner().invoke(app, ["measure", str(tmp_path / "a.zip")])
    assert "other/b.geojson" in " ".join(measured.output.split())
