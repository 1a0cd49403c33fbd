"""Files read in batches: the same figures and bytes as read at once, in flat memory."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import geopandas
import numpy as np
import pytest
import shapely

from shekara import measuring
from shekara.errors import InputError
from shekara.gate import nulls, read, sources, streams
from shekara.measuring.files import measure_file
from tests.support.patience import PROGRAM_S

pytestmark = pytest.mark.long

FORMATS = ("gpkg", "fgb", "parquet", "geojsonl")


def parcels(count: int) -> geopandas.GeoDataFrame:
    """Small areas, a line, a bow tie, a ring over 180°, one of nothing and one with heights."""
    lon, lat = np.arange(count) % 100 * 1.0 - 60, np.arange(count) // 100 * 1.0 - 20
    shapes = list(shapely.box(lon, lat, lon + 0.5, lat + 0.4))
    shapes[3] = shapely.LineString([(0, 0), (3, 4), (5, 4)])
    shapes[7] = shapely.Polygon([(0, 0), (1, 1), (1, 0), (0, 1)])
    shapes[11] = shapely.Polygon([(179, 0), (-179, 0), (-179, 1), (179, 1)])
    shapes[13] = None
    shapes[count - 2] = shapely.LineString([(0, 0, 5), (1, 1, 900)])
    names = [f"Дорога {number}" for number in range(count)]
    return geopandas.GeoDataFrame({"name": names, "code": range(count)}, geometry=shapes, crs=4326)


def write(frame: geopandas.GeoDataFrame, path: Path) -> Path:
    if path.suffix == ".fgb":  # holds no mixture of both
        frame = frame.set_geometry(shapely.force_2d(frame.geometry.to_numpy()), crs=frame.crs)
    if path.suffix == ".parquet":
        frame.to_parquet(path)
    else:
        driver = {"geojsonl": "GeoJSONSeq", "fgb": "FlatGeobuf", "gpkg": "GPKG"}[path.suffix[1:]]
        # A FlatGeobuf file is sorted by place, but for one without an index.
        options = {"SPATIAL_INDEX": "NO"} if path.suffix == ".fgb" else {}
        frame.to_file(path, driver=driver, **options)
    return path


@pytest.fixture
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "MOST_ROWS", 7)


@pytest.mark.parametrize("ending", FORMATS)
def test_batches_give_what_the_whole_gives(
    tmp_path: Path, ending: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write(parcels(40), tmp_path / f"parcels.{ending}")
    at_once = measure_file(path, 5.0)
    monkeypatch.setattr(sources, "MOST_ROWS", 7)
    (stream,) = streams(path)
    assert len(list(stream)) == 6
    assert json.dumps(measure_file(path, 5.0)) == json.dumps(at_once)
    (features,) = read(path)  # by another way of reading, whole
    assert [record["name"] for record in at_once[0]["features"]] == list(features.names)
    areas = [record.get("area_m2", 0.0) for record in at_once[0]["features"]]
    assert areas == pytest.approx(measuring.area_m2(features.shapes()[0]), rel=1e-12)
    assert features.repaired == {7}
    kinds = {remark["kind"] for remark in at_once[0]["remarks"]}
    assert {"repaired", "over-180", "no-geometry"} <= kinds


@pytest.mark.usefixtures("small_batches")
def test_remarks_count_features_over_all_batches(tmp_path: Path) -> None:
    frame = parcels(40)
    frame.loc[[20, 33], "geometry"] = None
    path = write(frame, tmp_path / "gaps.gpkg")
    (record,) = measure_file(path)
    (nothing,) = [said for said in record["remarks"] if said["kind"] == "no-geometry"]
    assert nothing["features"] == [13, 20, 33]
    assert [feature["feature"] for feature in record["features"]] == list(range(40))


# Refused as a whole: what a batch holds is no reason to believe the rest.
@pytest.mark.usefixtures("small_batches")
@pytest.mark.parametrize(("first", "reason"), [(30, "swapped"), (5, None)])
def test_a_file_is_judged_when_all_of_it_was_read(
    tmp_path: Path, first: int, reason: str | None
) -> None:
    shapes = [shapely.Point(52, 5)] * 40
    shapes[-first:] = [shapely.Point(5, 95)] * first
    path = tmp_path / "points.gpkg"
    geopandas.GeoDataFrame(geometry=shapes, crs=4326).to_file(path)
    if reason is None:
        assert measure_file(path)[0]["left_out"] == first
    else:
        with pytest.raises(InputError, match=reason):
            measure_file(path)


# Expectations: EPSG's area of MGI is Austria and its neighbours; whole, no point is left out.
@pytest.mark.usefixtures("small_batches")
@pytest.mark.parametrize("swapped", [20, 40])
def test_whether_all_positions_are_swapped_is_asked_of_the_whole_file(
    tmp_path: Path, swapped: int
) -> None:
    shapes = [shapely.Point(16, 48)] * 40
    shapes[40 - swapped :] = [shapely.Point(48, 16)] * swapped
    path = tmp_path / "points.gpkg"
    geopandas.GeoDataFrame(geometry=shapes, crs=4326).to_file(path)
    if swapped < 40:
        (record,) = measure_file(path, crs="EPSG:4312")
        assert not record.get("left_out")
    else:
        with pytest.raises(InputError, match="latitude and longitude are swapped"):
            measure_file(path, crs="EPSG:4312")


@pytest.mark.usefixtures("small_batches")
def test_a_lost_geometry_of_a_line_is_named(tmp_path: Path) -> None:
    path = write(parcels(20), tmp_path / "lost.geojsonl")
    lines = path.read_text(encoding="utf-8").splitlines()
    broken = json.loads(lines[15])
    broken["geometry"] = {"type": "Polygon", "coordinates": [5]}
    lines[15] = json.dumps(broken)
    path.write_text("\n".join(lines), encoding="utf-8")
    (record,) = measure_file(path)
    assert "cannot be read" in record["features"][15]["left_out"]
    assert "left_out" not in record["features"][13]  # that one has none


@pytest.mark.parametrize("separator", ["", "\x1e"])
@pytest.mark.parametrize("broken", ["{bad", '{"type": "Feature", "prop', "5"])
def test_a_line_that_is_no_feature_is_not_passed_over(
    tmp_path: Path, broken: str, separator: str
) -> None:
    whole = write(parcels(20), tmp_path / "whole.geojsonl").read_text(encoding="utf-8")
    lines = [separator + line for line in whole.splitlines()]
    path = tmp_path / "broken.geojsonl"
    path.write_text("\n".join(["", *lines, ""]) if not separator else "\n".join(lines), "utf-8")
    assert len(measure_file(path)[0]["features"]) == 20
    lines[12] = separator + broken
    path.write_text("\n".join(lines), encoding="utf-8")
    for way in (measure_file, read):
        with pytest.raises(InputError, match="line 13 is no feature"):
            way(path)


@pytest.mark.usefixtures("small_batches")
def test_layers_of_a_geopackage_are_counted_on(tmp_path: Path) -> None:
    path = tmp_path / "two.gpkg"
    parcels(20).to_file(path, layer="old")
    parcels(16).to_file(path, layer="new")
    (record,) = measure_file(path)
    assert [feature["layer"] for feature in record["features"]] == ["old"] * 20 + ["new"] * 16
    assert record["features"][-1]["feature"] == 35
    assert "all layers are read: old, new" in {
        said["text"].split(";")[0] for said in record["remarks"]
    }


LIMITED = """
import resource, sys
from shekara.measuring.files import measure_to
class Nothing:
    def add(self, records): self.last = records[-1]
    def close(self): pass
small, *large = sys.argv[1:]
measure_to(small, None, lambda layers: Nothing())  # libraries are loaded
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
for path in large:
    measure_to(path, None, lambda layers: Nothing())
    print((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024)
"""


# 1.2 million vertices: read at once they take more than 130 MB.
def test_memory_stays_flat(tmp_path: Path) -> None:
    turn = np.linspace(0, 2 * np.pi, 12_000)
    shapes = [shapely.Polygon(np.column_stack([np.cos(turn), np.sin(turn)]))] * 100
    frame = geopandas.GeoDataFrame({"name": ["a"] * 100}, geometry=shapes, crs=4326)
    files = [write(frame[:1], tmp_path / "small.parquet")]
    files += [write(frame, tmp_path / f"large.{ending}") for ending in ("parquet", "fgb")]
    run = subprocess.run(
        [sys.executable, "-c", LIMITED, *map(str, files)],
        capture_output=True, text=True, check=True, timeout=PROGRAM_S,
    )  # fmt: skip
    assert max(map(int, run.stdout.split())) < 60


def test_a_large_geojson_tells_nothing_from_what_is_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sources, "MOST_ROWS", 7)
    monkeypatch.setattr(sources, "WHOLE_BYTES", 1000)
    monkeypatch.setattr(nulls, "WINDOW_BYTES", 300)  # so that words fall on its edges
    ring = [[0, 0], [1, 0], [1, 1], [0, 0]]
    shapes: list[object] = [{"type": "Polygon", "coordinates": [ring]}] * 30
    shapes[9] = shapes[20] = None
    shapes[25] = {"type": "Point", "coordinates": [1]}
    features = [
        {"type": "Feature", "properties": {"name": '"geometry": null'}, "geometry": shape}
        for shape in shapes
    ]
    path = tmp_path / "large.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    (measured,) = measure_file(path)
    left_out = [record["feature"] for record in measured["features"] if "left_out" in record]
    assert left_out == [25]
    nothing = [
        remark["features"] for remark in measured["remarks"] if remark["kind"] == "no-geometry"
    ]
    assert nothing == [[9, 20]]
