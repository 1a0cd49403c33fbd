"""A file is replaced whole or not at all, whatever stands in the way."""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path

import geopandas as gpd
import pytest
import shapely

from shekara.errors import StorageError, UsageError
from shekara.median.tables.files import write_table
from shekara.storage import new_file, write_file

posix = pytest.mark.skipif(sys.platform == "win32", reason="POSIX rights and devices")
TABLE = gpd.GeoDataFrame(
    {"owner": ["=1+1", "-2"], "lon": [-1.5, 2.0]},
    geometry=[shapely.Point(1, 2), shapely.Point(3, 4)],
    crs="EPSG:4326",
)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_text_is_written_as_it_is(tmp_path: Path) -> None:
    write_file(tmp_path / "a.txt", "one\r\ntwo\nТри")
    assert (tmp_path / "a.txt").read_bytes() == "one\r\ntwo\nТри".encode()
    assert names(tmp_path) == ["a.txt"]


def test_an_error_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("old")

    def half() -> None:
        with new_file(path) as temporary:
            temporary.write_text("ne")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        half()
    assert path.read_text() == "old"
    assert names(tmp_path) == ["a.txt"]


@posix
@pytest.mark.parametrize(("umask", "mode"), [(0o022, 0o644), (0o077, 0o600), (0o002, 0o664)])
def test_a_new_file_has_the_rights_of_the_umask(tmp_path: Path, umask: int, mode: int) -> None:
    before = os.umask(umask)
    try:
        write_file(tmp_path / "a.txt", "x")
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "a.txt").stat().st_mode) == mode


@posix
def test_an_old_file_keeps_its_rights(tmp_path: Path) -> None:
    (tmp_path / "a.txt").touch()
    (tmp_path / "a.txt").chmod(0o640)
    write_file(tmp_path / "a.txt", "x")
    assert stat.S_IMODE((tmp_path / "a.txt").stat().st_mode) == 0o640


@posix
def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "real" / "a.txt").write_text("old")
    (tmp_path / "link.txt").symlink_to("real/a.txt")
    write_file(tmp_path / "link.txt", "new")
    assert (tmp_path / "link.txt").is_symlink()
    assert (tmp_path / "real" / "a.txt").read_text() == "new"


@posix
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="Linux only")
def test_a_full_device_is_told_and_stays_a_device() -> None:
    with pytest.raises(StorageError, match=r"^/dev/full: No space left on device; free"):
        write_file(Path("/dev/full"), "x")
    assert Path("/dev/full").is_char_device()


def test_a_folder_and_a_missing_folder_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="is a folder; name a file"):
        write_file(tmp_path, "x")
    with pytest.raises(UsageError, match="does not exist; create it first"):
        write_file(tmp_path / "no" / "a.txt", "x")


def test_what_a_killed_run_left_is_swept_and_what_a_living_one_has_is_not(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    dead = tmp_path / ".a.txt.shekara-0123456789ab"
    dead.mkdir()
    (dead / "a.txt").write_text("half")
    other = tmp_path / ".b.txt.shekara-0123456789ab"
    other.mkdir()
    with new_file(path) as first:
        first.write_text("first")
        assert not dead.exists()
        write_file(path, "second")
        assert first.exists()
    assert path.read_text() == "first"
    assert names(tmp_path) == [other.name, "a.txt"]


@pytest.mark.parametrize("ending", ["gpkg", "fgb"])
def test_formats_of_gdal_are_written_by_their_own_name(tmp_path: Path, ending: str) -> None:
    import pyogrio

    path = tmp_path / f"lines.{ending}"
    write_table(TABLE, path)
    assert pyogrio.list_layers(path)[0, 0] == "lines"
    assert len(pyogrio.read_dataframe(path)) == 2
    assert names(tmp_path) == [path.name]


def test_a_flatgeobuf_has_the_same_bytes_each_time(tmp_path: Path) -> None:
    write_table(TABLE, tmp_path / "lines.fgb")
    first = (tmp_path / "lines.fgb").read_bytes()
    write_table(TABLE, tmp_path / "lines.fgb")
    assert (tmp_path / "lines.fgb").read_bytes() == first


def test_a_table_of_text_and_numbers_has_no_formula_but_keeps_its_numbers(tmp_path: Path) -> None:
    write_table(TABLE, tmp_path / "t.csv")
    rows = (tmp_path / "t.csv").read_text(encoding="utf-8").splitlines()
    assert rows == ["owner,lon", "'=1+1,-1.50000000000", "'-2,2.00000000000"]


def test_a_long_name_is_no_hindrance(tmp_path: Path) -> None:
    path = tmp_path / ("я" * 120 + ".txt")  # 244 bytes
    write_file(path, "x")
    assert path.read_text() == "x"


@pytest.mark.parametrize("name", ["a b.txt", "a'\"b.txt", "a\nb.txt", "*[a].txt", "-x.txt"])
@posix
def test_any_name_is_a_name(tmp_path: Path, name: str) -> None:
    write_file(tmp_path / name, "x")
    assert names(tmp_path) == [name]
