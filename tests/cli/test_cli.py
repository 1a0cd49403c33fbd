"""The command line as a user meets it: what it prints where, and how it ends."""

from __future__ import annotations

import errno
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from shekara import keys, starter
from shekara.terminal import faults_told
from tests.support.atlases import claim, feature, line, sound, write_layer
from tests.support.commands import run, signals_kept
from tests.support.patience import PROGRAM_S

ENV = {key: value for key, value in os.environ.items() if key != "SHEKARA_ATLAS"}


def started(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """A command as a process of its own, as a user starts it."""
    return subprocess.run(
        [sys.executable, "-m", "shekara.cli", *map(str, arguments)],
        capture_output=True,
        text=True,
        env=ENV,
        check=False,
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return sound(tmp_path / "atlas")


def test_help_names_every_command() -> None:
    done = started("--help")
    assert done.returncode == 0
    for name in (
        "build",
        "check",
        "measure",
        "median",
        "limit",
        "zones",
        "sheet",
        "claims",
        "list",
        "new",
        "derive",
    ):
        assert name in done.stdout


def test_check_prints_a_table_and_ends_with_0_as_recorded(folder: Path) -> None:
    done = started("check", folder)
    assert done.returncode == 0, done.stderr
    for part in ("road-length", "70.9", "holds", "towns"):  # 1° of the parallel at 50.5°
        assert part in done.stdout
    assert done.stderr == ""


def test_check_as_json_is_one_document(folder: Path) -> None:
    done = run("check", folder, "--json")
    record = json.loads(done.stdout)
    first = record["claims"][0]
    assert {"id", "layer", "verdict", "recorded", "measured", "low", "high", "unit", "reason"} <= (
        set(first)
    )
    assert (first["id"], first["verdict"], first["unit"]) == ("road-length", "holds", "km")
    assert first["low"] < first["measured"] < first["high"]


def test_check_ends_with_1_where_a_verdict_differs(folder: Path) -> None:
    write_layer(
        folder,
        "road",
        [feature(line([[10, 50.5], [11, 50.5]]), id="road")],
        claim("road-length", "length_km = { more_than = 100 }", "holds"),
    )
    done = started("check", folder)
    assert done.returncode == 1
    assert "road-length: fails, but recorded is holds" in done.stderr


def test_a_claim_that_fails_as_recorded_is_no_error(folder: Path) -> None:
    write_layer(
        folder,
        "road",
        [feature(line([[10, 50.5], [11, 50.5]]), id="road")],
        claim("road-length", "length_km = { more_than = 100 }", "fails"),
    )
    assert run("check", folder).returncode == 0


def test_the_atlas_can_be_named_by_a_variable(folder: Path, tmp_path: Path) -> None:
    done = run("check", "--json", env={"SHEKARA_ATLAS": str(folder)}, cwd=tmp_path)
    assert [one["id"] for one in json.loads(done.stdout)["claims"]] == ["road-length", "towns"]


def test_the_atlas_that_one_stands_in_is_meant(folder: Path) -> None:
    done = run("check", "--json", cwd=folder)
    assert [one["id"] for one in json.loads(done.stdout)["claims"]] == ["road-length", "towns"]


@pytest.mark.parametrize("command", ["check", "build", "list"])
def test_a_broken_atlas_ends_with_3_and_no_traceback(
    folder: Path, tmp_path: Path, command: str
) -> None:
    (folder / "geo" / "land.geojson").write_text("{")
    (folder / "layers" / "towns.toml").write_text("title = 3\n")
    before = sorted(tmp_path.rglob("*"))
    done = run(command, folder, cwd=tmp_path)
    assert done.returncode == 3
    assert "geo/land.geojson" in done.stderr
    assert "layers/towns.toml" in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""
    assert sorted(tmp_path.rglob("*")) == before


def test_wrong_usage_ends_with_2(folder: Path, tmp_path: Path) -> None:
    assert run("chekc").returncode == 2
    assert run("check", folder, "--no-such-option").returncode == 2
    done = run("build", folder, "--only", "al", "--out", tmp_path / "site")
    assert (done.returncode, "did you mean 'all'?" in done.stderr) == (2, True)
    done = run("build", folder, "--lang", "fr", "--out", tmp_path / "site")
    assert (done.returncode, "no language 'fr'" in done.stderr) == (2, True)
    assert not (tmp_path / "site").exists()


def test_a_build_never_replaces_what_it_did_not_make(folder: Path, tmp_path: Path) -> None:
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "letter.txt").write_text("keep me")
    done = run("build", folder, "--out", mine)
    assert (done.returncode, (mine / "letter.txt").read_text()) == (2, "keep me")


def test_measure_prints_sizes_of_any_file(folder: Path) -> None:
    done = run("measure", folder / "geo" / "land.geojson", "--json", "--accuracy", "100")
    one = json.loads(done.stdout)["features"][0]
    # 2·100 m of the perimeter to either side.
    assert one["area_m2_high"] - one["area_m2"] == pytest.approx(200 * one["perimeter_m"])
    done = run("measure", folder / "geo" / "land.geojson", folder / "geo" / "road.geojson")
    assert (done.returncode, "Land" in done.stdout, "Road" in done.stdout) == (0, True, True)
    assert run("measure", folder / "geo" / "none.geojson").returncode == 3


def test_list_shows_layers_and_maps(folder: Path) -> None:
    assert "towns" in run("list", folder).stdout
    record = json.loads(run("list", folder, "--json").stdout)
    assert [one["name"] for one in record["layers"]] == ["land", "road", "towns"]


def test_new_writes_an_atlas_that_checks(tmp_path: Path) -> None:
    own = tmp_path / "own"
    assert run("new", own).returncode == 0
    done = run("check", own)
    assert done.returncode == 0, done.stderr
    assert run("new", own).returncode == 2  # it is not empty any more


def test_a_closed_pipe_is_no_fault(folder: Path) -> None:
    first = subprocess.Popen(
        [sys.executable, "-m", "shekara.cli", "check", str(folder), "--json"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=ENV,
    )
    assert first.stdout is not None
    first.stdout.close()
    _, errors = first.communicate(timeout=PROGRAM_S)
    assert b"Traceback" not in errors


@pytest.mark.parametrize("closed", [">&-", "2>&-", "<&- >&- 2>&-"])
def test_a_closed_stream_is_nobodys(folder: Path, closed: str) -> None:
    """What is written to a file stays its own: none takes the number of a closed stream."""
    out = folder / "out.geojson"
    layer = folder / "geo" / "towns.geojson"
    words = ["limit", str(layer), "--distance", "1M", "--out", str(out)]
    done = subprocess.run(
        ["sh", "-c", f'exec "$@" {closed}', "sh", sys.executable, "-m", "shekara.cli", *words],
        capture_output=True,
        text=True,
        env=ENV,
        check=False,
    )
    assert "Traceback" not in done.stderr
    assert done.returncode == 0, done.stderr
    assert json.loads(out.read_text(encoding="utf-8"))["type"] == "FeatureCollection"


def test_no_memory_is_one_message(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended, signals_kept(), faults_told():
        raise MemoryError
    assert ended.value.code == 4
    assert "no memory is left" in capsys.readouterr().err


@pytest.mark.parametrize("there", [False, True])
def test_a_new_atlas_is_whole_or_not_at_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, there: bool
) -> None:
    def full_disk(folder: Path) -> None:
        assert (folder.parent / "geo").is_dir()
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(keys, "write_schemas", full_disk)
    folder = tmp_path / "own"
    if there:
        folder.mkdir()
    with pytest.raises(OSError, match="No space"):
        starter.write(folder)
    assert folder.exists() == there
    assert not there or not list(folder.iterdir())
