"""The worked example of a delimitation: every command of its README runs, every option is used."""

from __future__ import annotations

import inspect
import re
import shlex
from pathlib import Path

import geopandas as gpd
import pytest
from typer.testing import CliRunner

from shekara.cli import COMMANDS, app

pytestmark = pytest.mark.long

# How files are read is the same for every command, and shown in the program's README.
READING = {"crs", "layer", "encoding", "ballpark", "file"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that the command writes."""
    goal = tmp_path_factory.mktemp("new") / "gulf"
    done = CliRunner().invoke(app, ["new", "--delimitation", str(goal)])
    assert done.exit_code == 0, done.stderr
    return goal


def commands(folder: Path) -> list[list[str]]:
    text = (folder / "README.md").read_text(encoding="utf-8")
    lines = re.findall(r"^shekara .+$", text, flags=re.MULTILINE)
    return [shlex.split(line)[1:] for line in lines]


def test_every_command_runs_and_leaves_its_files(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Expectation: exit 0; every file that a command names is there afterwards; the sectors tile the
    # sea; the closing line that the bay has is among those proposed.
    monkeypatch.chdir(folder)
    for command in commands(folder):
        done = CliRunner().invoke(app, command)
        assert done.exit_code == 0, (command, done.stderr, done.exception)
        for word in command:
            if re.fullmatch(r"[\w/-]+\.(csv|geojson|gpkg|kml|html)", word):
                assert (folder / word).is_file(), word
    sectors = gpd.read_file(folder / "sectors.geojson")
    assert sectors["share"].sum() == pytest.approx(1, abs=1e-9)
    bays = gpd.read_file(folder / "bays.geojson")
    mouth = gpd.read_file(folder / "geo" / "baselines.geojson").geometry.iloc[0]
    assert any(bay.equals(mouth) for bay in bays.geometry)
    zones = gpd.read_file(folder / "zones.gpkg")
    assert set(zones.owner) == {"Ardan", "Belmar", "Corvia"}
    assert "outer continental shelf" in set(zones.zone)


def test_every_option_is_used(folder: Path) -> None:
    # Expectation: the options are those of the commands' functions.
    used: dict[str, set[str]] = {}
    for name, *words in commands(folder):
        used.setdefault(name, set()).update(
            word[2:].replace("-", "_") for word in words if word.startswith("--")
        )
    for name in ("median", "zones", "limit"):
        options = {key.rstrip("_") for key in inspect.signature(COMMANDS[name]).parameters}
        assert options - READING == used[name], name
