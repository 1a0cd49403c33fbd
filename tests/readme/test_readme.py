"""README keeps its word: every command in it is run, every name in it exists."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import geopandas
import pytest
import shapely
from typer.testing import CliRunner

import shekara
from shekara.claims import KINDS
from shekara.claims.relation import RELATIONS
from shekara.cli import app
from tests.support.atlases import SQUARE

README = Path(__file__).resolve().parents[2] / "README.md"
TEXT = README.read_text(encoding="utf-8")
COMMANDS = [
    line.split("#")[0].strip()
    for block in re.findall(r"```sh\n(.*?)```", TEXT, re.DOTALL)
    for line in block.splitlines()
    if line.startswith("shekara ")
]


PYTHON = re.findall(r"```python\n(.*?)```", TEXT, re.DOTALL)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the files that README's examples name."""
    folder = tmp_path_factory.mktemp("reader")
    square = shapely.Polygon(SQUARE)
    geopandas.GeoDataFrame(geometry=[square], crs=4326).to_file(folder / "parcels.gpkg")
    line = shapely.LineString([(10, 50), (11, 51)])
    geopandas.GeoDataFrame(geometry=[line], crs=4326).to_file(folder / "border.geojson")
    shores = [shapely.LineString([(10, 50), (10, 51)]), shapely.LineString([(11, 50), (11, 51)])]
    geopandas.GeoDataFrame({"owner": ["A", "B"]}, geometry=shores, crs=4326).to_file(
        folder / "shores.geojson"
    )
    geopandas.GeoDataFrame(geometry=[square], crs=4326).to_file(folder / "sea.geojson")
    coasts = [shapely.box(9, 50, 10, 51), shapely.box(11, 50, 12, 51)]
    geopandas.GeoDataFrame({"owner": ["A", "B"]}, geometry=coasts, crs=4326).to_file(
        folder / "coasts.geojson"
    )
    (folder / "text.txt").write_text("The border is more than 6,500 km long.\n", encoding="utf-8")
    return folder


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_runs(place: Path, command: str, monkeypatch: pytest.MonkeyPatch) -> None:
    words = shlex.split(command)[1:]
    if words == ["derive", "--check"]:
        words.append("cities")  # all layers are made again in tests/atlas
    monkeypatch.chdir(place)
    monkeypatch.delenv("SHEKARA_ATLAS", raising=False)
    done = CliRunner().invoke(app, words)
    assert done.exit_code == 0, (done.output, done.exception)


def test_the_commands_are_found() -> None:
    assert {command.split()[1] for command in COMMANDS} == {
        "check",
        "measure",
        "new",
        "add",
        "keys",
        "build",
        "list",
        "sheet",
        "median",
        "limit",
        "zones",
        "claims",
        "export",
        "derive",
    }


def test_every_kind_and_relation_is_named() -> None:
    families = {name.partition("_")[0] for name in KINDS}
    assert [family for family in families if family not in TEXT] == []
    assert [name for name in RELATIONS if name not in TEXT] == []


def test_it_is_short_and_its_pictures_are_there() -> None:
    assert len(TEXT.splitlines()) < 200
    pictures = re.findall(r"!\[[^\]]*\]\(([^)]+)\)", TEXT)
    assert pictures
    for picture in pictures:
        assert (README.parent / picture).is_file(), picture


def test_the_two_lines_are_each_one_line() -> None:
    for mark in ("build line", "test line"):
        block = TEXT.split(f"<!-- {mark} -->", 1)[1].split("```sh\n", 1)[1].split("```", 1)[0]
        assert len(block.strip().splitlines()) == 1


@pytest.mark.parametrize("block", PYTHON)
def test_every_line_of_python_runs(
    place: Path, block: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(place)
    shores = geopandas.read_file("shores.geojson")
    frame = geopandas.GeoDataFrame({"people": [5]}, geometry=[shapely.Polygon(SQUARE)], crs=4326)
    names = {"shekara": shekara, "frame": frame, "shores": shores}
    names["sea"] = geopandas.read_file("sea.geojson")
    exec(compile(block, "README.md", "exec"), names)
