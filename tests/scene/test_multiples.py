"""Small maps side by side: what each shows of the map, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from shekara import site
from shekara.errors import InputError
from shekara.scene import Scene, resolve
from shekara.scene.multiples import part
from tests.support.years_atlas import FIELD, YEARS, years_atlas


def shown(scene: Scene) -> dict[str, set[str]]:
    """Names of the roads on each small map, by its title."""
    return {
        small.title: {feature.name for feature in part(scene, small).layers[1].features}
        for small in scene.small_maps
    }


def test_a_year_shows_what_was_there_then(tmp_path: Path) -> None:
    scene = resolve(site.load(years_atlas(tmp_path, YEARS)), "all", "en")
    # A road is there from the start of its first year to the end of its last.
    assert shown(scene) == {
        "1960": {"old", "track"}, "1975": {"old", "long"}, "1990": {"long", "new"},
    }  # fmt: skip
    assert [small.year for small in scene.small_maps] == [1960, 1975, 1990]
    assert scene.small_maps[0].alt == "1960: land en (1); roads en (2)"
    whole = part(scene, scene.small_maps[0])
    assert (whole.extent, whole.legend) == (scene.extent, scene.legend)
    assert [feature.name for feature in whole.layers[0].features] == ["Land"]


@pytest.mark.parametrize(
    ("lang", "named"), [("en", {"gravel", "Paved"}), ("de", {"gravel", "Asphalt"})]
)
def test_a_value_shows_the_features_that_have_it(
    tmp_path: Path, lang: str, named: set[str]
) -> None:
    scene = resolve(site.load(years_atlas(tmp_path, FIELD)), "all", lang)
    seen = shown(scene)
    assert set(seen) == named
    assert seen.pop("gravel") == {"old"}
    assert list(seen.values()) == [{"long", "new"}]
    assert {small.year for small in scene.small_maps} == {None}


def test_values_stand_in_the_order_that_is_written(tmp_path: Path) -> None:
    folder = years_atlas(tmp_path, FIELD + 'values = ["paved", "gravel"]\n')
    titles = [small.title for small in resolve(site.load(folder), "all", "en").small_maps]
    assert titles == ["Paved", "gravel"]


def test_a_layer_that_is_shown_twice_is_asked_twice(tmp_path: Path) -> None:
    folder = years_atlas(tmp_path, FIELD)
    file = folder / "maps" / "all.toml"
    file.write_text(file.read_text().replace('"roads"]', '"roads", "roads"]'))
    scene = resolve(site.load(folder), "all", "en")
    gravel = part(scene, scene.small_maps[0])
    assert [[f.name for f in layer.features] for layer in gravel.layers[1:]] == [["old"], ["old"]]


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ("years = [1960]", ("multiples.years", "2")),
        (f"years = {list(range(1960, 1973))}", ("multiples.years", "12")),
        ('years = [1960, "1990"]', ("multiples.years", "1990")),
        ("years = [1960, 1990.5]", ("multiples.years", "1990.5")),
        ("years = [1960, 1960]", ("multiples.years", "1960", "there twice")),
        ("columns = 2", ("has neither years nor field", 'of = "LAYER"')),
        ('years = [1960, 1990]\nfield = "surface"', ("has both years and field",)),
        ('years = [1960, 1990]\nof = "roads"', ("multiples.of", "belongs to field")),
        ('field = "surface"', ("multiples.field", 'of = "LAYER"', "roads")),
        ('field = "surface"\nof = "raods"', ("multiples.of", "did you mean 'roads'")),
        ('field = "surfase"\nof = "roads"', ("multiples.field", "did you mean 'surface'")),
        ('field = "surface"\nof = "land"', ("multiples.field", "no attribute")),
        ('field = "until"\nof = "roads"\nvalues = [1975, 1976]', ("multiples.values", "1976")),
        ('field = "name"\nof = "land"', ("has 1 values on this map", "2 to 12")),
        ('years = [1960, 1990]\ncolumns = 0', ("multiples.columns", "0")),
        ('years = [1960, 1990]\ncolums = 2', ("multiples.colums", "columns")),
        ("years = [1960, 1990]\n[sheet]\nyear = 1970", ("sheet.year", "delete one of the two")),
    ],
)  # fmt: skip
def test_small_maps_that_cannot_be_are_refused(
    tmp_path: Path, table: str, said: tuple[str, ...]
) -> None:
    with pytest.raises(InputError) as refused:
        site.load(years_atlas(tmp_path, f"\n[multiples]\n{table}\n"))
    for words in ("maps/all.toml", *said):
        assert words in str(refused.value)


def test_years_of_a_map_that_has_none_are_refused(tmp_path: Path) -> None:
    folder = years_atlas(tmp_path, YEARS)
    file = folder / "layers" / "roads.toml"
    file.write_text(file.read_text().replace('[time]\nfrom = "since"\nto = "until"\n', ""))
    with pytest.raises(InputError, match="no layer of it has years"):
        site.load(folder)
