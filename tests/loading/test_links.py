"""Links of an atlas: no file of the machine is read through one, and none is written."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import geopandas
import matplotlib
import pytest
import shapely
from PIL import Image

from shekara import site
from shekara.errors import AtlasError, InputError
from shekara.intake import add
from tests.support.atlases import feature, point, write_layer, write_map

pytestmark = pytest.mark.skipif(os.name == "nt", reason="links need rights there")

SOURCE = 'source = { name = "s", license = "CC0-1.0", date = 2020 }\n'
INDEX = 'title = "All"\nlanguages = ["en"]\n'
OWN = """title = "Own"
file = "data/own.shp"
[[source]]
name = "s"
license = "CC0-1.0"
date = 2020
[quality]
precision = "mapped"
"""


@pytest.fixture
def outside(tmp_path: Path) -> Path:
    """Files of the machine that are no business of an atlas, each readable as what it is."""
    folder = tmp_path / "outside"
    folder.mkdir()
    Image.new("RGB", (8, 8)).save(folder / "picture.png")
    (folder / "logo.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 4">'
        '<rect width="1" height="1"/></svg>'
    )
    font = Path(matplotlib.get_data_path(), "fonts", "ttf", "DejaVuSans.ttf")
    (folder / "font.ttf").write_bytes(font.read_bytes())
    (folder / "words.toml").write_text('secret = "word"\n')
    frame = geopandas.GeoDataFrame({"id": ["a"]}, geometry=[shapely.Point(10, 50)], crs=4326)
    frame.to_file(folder / "own.shp")
    return folder


@pytest.fixture
def atlas(tmp_path: Path) -> Path:
    folder = tmp_path / "atlas"
    write_layer(folder, "towns", [feature(point(10, 50), id="a")])
    write_map(folder, "all", ["towns"], [9, 49, 11, 51])
    (folder / "maps" / "index.toml").write_text(INDEX)
    site.load(folder)  # sound, but for what each test adds
    return folder


def linked(atlas: Path, outside: Path, name: str, target: str) -> None:
    (atlas / name).parent.mkdir(exist_ok=True)
    (atlas / name).symlink_to(outside / target)


def logo(atlas: Path, outside: Path) -> str:
    linked(atlas, outside, "maps/logo.svg", "logo.svg")
    (atlas / "maps" / "index.toml").write_text(
        f'{INDEX}[logo]\nfile = "logo.svg"\ntitle = "x"\n{SOURCE}'
    )
    return "maps/logo.svg"


def relief(atlas: Path, outside: Path) -> str:
    linked(atlas, outside, "geo/relief.png", "picture.png")
    (atlas / "maps" / "index.toml").write_text(
        f'{INDEX}[relief]\nfile = "relief.png"\nbounds = [0, 0, 1, 1]\n{SOURCE}'
    )
    return "geo/relief.png"


def backdrop(atlas: Path, outside: Path) -> str:
    linked(atlas, outside, "geo/old.png", "picture.png")
    with (atlas / "maps" / "all.toml").open("a") as file:
        file.write(f'[backdrop]\nfile = "old.png"\nbounds = [9, 49, 11, 51]\n{SOURCE}')
    return "geo/old.png"


def font(atlas: Path, outside: Path) -> str:
    linked(atlas, outside, "maps/font.ttf", "font.ttf")
    (atlas / "maps" / "index.toml").write_text(f'{INDEX}fonts = ["font.ttf"]\n')
    return "maps/font.ttf"


def words(atlas: Path, outside: Path) -> str:
    linked(atlas, outside, "words/en.toml", "words.toml")
    return "words/en.toml"


def layer(atlas: Path, outside: Path) -> str:
    linked(atlas, outside, "layers/own.toml", "words.toml")
    return "layers/own.toml"


def shapefile(ending: str) -> Callable[[Path, Path], str]:
    def prepare(atlas: Path, outside: Path) -> str:
        (atlas / "layers" / "own.toml").write_text(OWN)
        (atlas / "data").mkdir()
        for file in outside.glob("own.*"):
            if file.suffix == ending:
                linked(atlas, outside, f"data/{file.name}", file.name)
            else:
                (atlas / "data" / file.name).write_bytes(file.read_bytes())
        return f"data/own{ending}"

    return prepare


@pytest.mark.parametrize(
    "prepare",
    [logo, relief, backdrop, font, words, layer, *map(shapefile, (".shp", ".dbf", ".prj"))],
    ids=["logo", "relief", "backdrop", "font", "words", "layer", "shp", "dbf", "prj"],
)
def test_no_file_is_read_through_a_link(
    atlas: Path, outside: Path, prepare: Callable[[Path, Path], str]
) -> None:
    name = prepare(atlas, outside)
    with pytest.raises(AtlasError) as told:
        site.load(atlas)
    lines = [line for line in str(told.value).splitlines() if "leaves the atlas" in line]
    assert len(lines) == 1
    assert name in lines[0]
    assert "secret" not in str(told.value)


def test_a_link_within_the_atlas_is_followed(atlas: Path, outside: Path) -> None:
    name = logo(atlas, outside)
    (atlas / name).unlink()
    (atlas / "maps" / "real.svg").write_bytes((outside / "logo.svg").read_bytes())
    (atlas / name).symlink_to("real.svg")
    assert site.load(atlas).index.logo is not None


@pytest.mark.parametrize("part", ["geo", "layers", "maps", "words"])
def test_nothing_is_written_through_a_link(outside: Path, tmp_path: Path, part: str) -> None:
    """An atlas from elsewhere, into which a layer is taken."""
    folder = tmp_path / "new"
    folder.mkdir()
    (folder / part).symlink_to(outside)
    before = sorted(outside.iterdir())
    with pytest.raises(InputError, match="leaves the atlas"):
        add(outside / "own.shp", folder, languages=("pl",))
    assert not [path for path in folder.iterdir() if path.name != part]
    assert sorted(outside.iterdir()) == before
