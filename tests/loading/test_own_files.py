"""A layer may stay in its own file: any format, any system, the features that it chooses."""

from __future__ import annotations

from pathlib import Path

import geopandas
import pytest
import shapely

from shekara import site
from shekara.atlas import Layer
from shekara.errors import AtlasError
from tests.support.atlases import write_layer

# Swiss grid: the old observatory of Berne lies at 2 600 000, 1 200 000, which swisstopo gives as
# 7° 26′ 19.08″ E, 46° 57′ 3.90″ N on WGS 84 (Formulas and constants, 2016, page 2).
BERNE = (7 + 26 / 60 + 19.08 / 3600, 46 + 57 / 60 + 3.90 / 3600)
AREAS = 'file = "data/swiss.gpkg"\nlayer = "areas"'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_layer(tmp_path, "cantons", [])
    (tmp_path / "geo" / "cantons.geojson").unlink()
    (tmp_path / "data").mkdir()
    squares = [shapely.box(2.6e6 + x, 1.2e6, 2.6e6 + x + 1000, 1.201e6) for x in (0, 1000, 2000)]
    frame = geopandas.GeoDataFrame(
        {
            "name": ["Ä", "B", "C"],
            "kind": ["canton", "canton", "lake"],
            "people": [10.0, 20.0, None],
        },
        geometry=squares,
        crs="EPSG:2056",
    )  # fmt: skip
    frame.to_file(tmp_path / "data" / "swiss.gpkg", layer="areas")
    frame.head(1).to_file(tmp_path / "data" / "swiss.gpkg", layer="other")
    return tmp_path


def describe(folder: Path, keys: str) -> None:
    path = folder / "layers" / "cantons.toml"
    path.write_text(keys + path.read_text())


def opened(folder: Path, keys: str) -> Layer:
    describe(folder, keys)
    return site.load(folder).layers["cantons"]


def faults(folder: Path, keys: str) -> list[str]:
    describe(folder, keys)
    with pytest.raises(AtlasError) as error:
        site.load(folder)
    return [str(problem) for problem in error.value.problems]


def test_a_geopackage_in_a_national_grid_is_a_layer(folder: Path) -> None:
    layer = opened(
        folder, 'file = "data/swiss.gpkg"\nlayer = "areas"\nwhere = { kind = "canton" }\n'
    )
    assert [row["name"] for row in layer.properties] == ["Ä", "B"]
    assert [row["people"] for row in layer.properties] == [10, 20]
    west, south, _, _ = layer.geometry[0].bounds
    assert (west, south) == pytest.approx(BERNE, abs=2e-5)  # 2 m: the shift has seven parameters
    assert layer.data == "data/swiss.gpkg"


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        ('file = "data/none.gpkg"', "there is no such file"),
        ('file = "../swiss.gpkg"', "leaves the atlas"),
        ('file = "data/swiss.gpkg"', "choose one with"),
        ('file = "data/swiss.gpkg"\nlayer = "area"', "area"),
        (f'{AREAS}\nwhere = {{ kind = "sea" }}', "chooses no feature"),
        ('crs = "EPSG:2056"', "is of a layer with `file`"),
    ],
)  # fmt: skip
def test_what_is_wrong_names_the_layer_and_the_key(folder: Path, keys: str, said: str) -> None:
    if said == "choose one with":  # two systems in one file
        frame = geopandas.GeoDataFrame(geometry=[shapely.Point(7, 47)], crs=4326)
        frame.to_file(folder / "data" / "swiss.gpkg", layer="third")
    messages = faults(folder, keys + "\n")
    assert any(said in message for message in messages)
    assert all("layers/cantons.toml" in m or "geo/cantons.geojson" in m for m in messages)
    assert not any(str(folder) in message for message in messages)


def test_a_feature_that_means_nothing_is_a_fault(folder: Path) -> None:
    ring = shapely.Polygon([(7, 46), (8, 46), (8, 47)], [[(9, 46), (9.1, 46), (9.1, 46.1)]])
    frame = geopandas.GeoDataFrame(geometry=[ring], crs=4326)
    frame.to_file(folder / "data" / "bad.gpkg")
    (message,) = faults(folder, 'file = "data/bad.gpkg"\n')
    assert message.startswith("data/bad.gpkg: features[0].geometry")


@pytest.mark.parametrize("name", ["cantons.shp", "Cantons.GPKG"])
def test_other_formats_in_geo_are_met_with_the_way_in(folder: Path, name: str) -> None:
    (folder / "geo" / name).write_bytes(b"")
    messages = faults(folder, f"{AREAS}\n")
    assert f"shekara add {folder}/geo/{name} --atlas {folder}" in messages[0]
