"""GeoParquet in many parts, in a folder or at an address: the same figures as in one file."""

from __future__ import annotations

import json
from pathlib import Path

import fsspec
import geopandas
import numpy as np
import pyarrow.parquet
import pytest
import shapely
from typer.testing import CliRunner

from shekara.cli import app
from shekara.errors import InputError, UsageError
from shekara.gate import dataset, read, streams
from shekara.measuring.files import measure_file


def parcels(count: int = 60) -> geopandas.GeoDataFrame:
    lon, lat = np.arange(count) * 1.5 - 40, np.arange(count) % 7 * 3.0
    shapes = shapely.box(lon, lat, lon + 0.7, lat + 0.4)
    shapes[2] = shapely.Polygon([(0, 0), (1, 1), (1, 0), (0, 1)])
    names = [f"parcel {number}" for number in range(count)]
    return geopandas.GeoDataFrame({"name": names}, geometry=shapes, crs=4326)


def parted(frame: geopandas.GeoDataFrame, folder: Path, *, rows: int = 7) -> Path:
    """The frame in four files of several groups of rows each, in folders in hive's way."""
    for number, start in enumerate(range(0, len(frame), 16)):
        place = folder / f"country={['KZ', 'RU'][number // 2]}"
        place.mkdir(parents=True, exist_ok=True)
        some = frame.iloc[start : start + 16]
        some.to_parquet(place / f"part-{number}.parquet", row_group_size=rows)
    return folder


def figures(path: Path | str) -> str:
    (record,) = measure_file(path, 5.0)
    return json.dumps({**record, "file": ""})


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("whole") / "parcels.parquet"
    parcels().to_parquet(path)
    return path


def test_a_folder_of_parts_measures_what_one_file_does(whole: Path, tmp_path: Path) -> None:
    folder = parted(parcels(), tmp_path / "parts")
    (folder / "_metadata.parquet").write_text("no part of it")
    (folder / ".hidden").mkdir()
    (folder / ".hidden" / "x.parquet").write_text("nor this")
    assert figures(folder) == figures(whole)
    (stream,) = streams(folder)
    assert stream.count == 60
    assert len(stream.parts) == 4


def test_small_groups_of_rows_are_joined_and_large_ones_are_not(
    whole: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dataset, "PART_BYTES", 1)
    folder = parted(parcels(), tmp_path / "parts")
    (stream,) = streams(folder)
    assert [part.groups for part in stream.parts] == [(0,), (1,), (2,)] * 3 + [(0,), (1,)]
    assert figures(folder) == figures(whole)


def test_addresses_are_opened_by_fsspec(whole: Path, tmp_path: Path) -> None:
    memory = fsspec.filesystem("memory")
    folder = parted(parcels(), tmp_path / "parts")
    memory.put(str(folder), "/atlas-of-parcels", recursive=True)
    try:
        assert figures("memory://atlas-of-parcels") == figures(whole)
        assert figures(f"file://{whole}") == figures(whole)
        shown = CliRunner().invoke(app, ["measure", "memory://atlas-of-parcels", "--json"])
        assert shown.exit_code == 0
        assert json.loads(shown.stdout)["file"] == "memory://atlas-of-parcels"
    finally:
        memory.rm("/atlas-of-parcels", recursive=True)


def test_what_a_folder_is_called_names_its_features(tmp_path: Path) -> None:
    frame = parcels(4).drop(columns="name")
    for name in ("Nord%20See", "Ostsee"):
        place = tmp_path / "parts" / f"name={name}"
        place.mkdir(parents=True)
        frame.to_parquet(place / "a.parquet")
    (record,) = measure_file(tmp_path / "parts")
    named = [feature["name"] for feature in record["features"]]
    assert named == ["Nord See"] * 4 + ["Ostsee"] * 4


def test_parts_are_refused_by_their_names(tmp_path: Path) -> None:
    folder = parted(parcels(), tmp_path / "parts")
    other = folder / "country=KZ" / "z.parquet"
    parcels(3).to_crs(3857).to_parquet(other)
    with pytest.raises(InputError, match=r"z\.parquet: is in another reference system"):
        measure_file(folder)
    other.write_bytes(b"PAR1 and nothing else")
    with pytest.raises(InputError, match=r"z\.parquet: is a broken Parquet file"):
        measure_file(folder)
    table = pyarrow.table({"name": ["a"]})
    pyarrow.parquet.write_table(table, other)
    with pytest.raises(InputError, match=r"z\.parquet: is Parquet, but not GeoParquet"):
        measure_file(folder)


@pytest.mark.parametrize(
    ("address", "refusal", "message"),
    [
        ("memory://nowhere", InputError, "there is no .parquet file|cannot be read"),
        ("nonsense://x", UsageError, "no address that is known"),
        ("s3://", InputError, "there is no such file"),
    ],
)
def test_addresses_that_lead_nowhere(address: str, refusal: type[Exception], message: str) -> None:
    with pytest.raises(refusal, match=message):
        measure_file(address)


class Closed(fsspec.AbstractFileSystem):  # type: ignore[misc]  # fsspec has no types
    """A bucket that the reader may not see; its errors are of no kind that Python knows."""

    protocol = "closed"

    class RefusalError(Exception):
        """Such as a cloud's library has them."""

    def info(self, path: str, **words: object) -> dict[str, object]:
        raise self.RefusalError("no credentials\nwere found")


def test_a_bucket_that_refuses_is_one_message() -> None:
    fsspec.register_implementation("closed", Closed, clobber=True)
    shown = CliRunner().invoke(app, ["measure", "closed://bucket/parts"])
    assert isinstance(shown.exception, InputError)
    with pytest.raises(
        InputError, match=r"bucket/parts: cannot be read \(RefusalError: no cred"
    ) as told:
        measure_file("closed://bucket/parts")
    assert "\n" not in str(told.value)


def test_only_measure_takes_addresses(tmp_path: Path) -> None:
    """The rest of the program reads files: a name in an atlas opens nothing of the network."""
    memory = fsspec.filesystem("memory")
    memory.pipe("/one.parquet", b"PAR1")
    with pytest.raises(InputError, match="there is no such file"):
        read("memory://one.parquet")


def test_a_folder_without_parts_is_a_folder(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="is a folder; name a file in it"):
        measure_file(tmp_path)
