"""An atlas made in memory is saved as a folder, and is the same when it is read again."""

from __future__ import annotations

from pathlib import Path

import geopandas
import pytest
import shapely

import shekara
from shekara import site, starter
from shekara.atlas import Atlas
from shekara.errors import AtlasError, UsageError


def same(first: Atlas, second: Atlas) -> None:
    assert second.index.title == first.index.title
    assert second.languages == first.languages
    assert list(second.maps) == list(first.maps)
    for name, item in first.maps.items():
        assert second.maps[name].file == item.file
    for name, layer in first.layers.items():
        again = second.layers[name]
        assert again.file.model_copy(update={"claim": []}) == layer.file.model_copy(
            update={"claim": []}
        )
        assert list(again.properties) == list(layer.properties)
        assert all(a.equals(b) for a, b in zip(again.geometry, layer.geometry, strict=True))
    claims = {claim.id: claim for claim in second.claims}
    for claim in first.claims:
        assert claims[claim.id].asks == claim.asks
        assert claims[claim.id].table.model_dump(exclude={claim.kind}) == claim.table.model_dump(
            exclude={claim.kind}
        )


@pytest.fixture(scope="module")
def composed() -> Atlas:
    field = geopandas.GeoDataFrame(
        {"id": ["a", "b"], "people": [10, None], "since": [1990.5, 2000.0]},
        geometry=[shapely.box(10, 50, 10.5, 51), shapely.box(10.5, 50, 11, 51)],
        crs="EPSG:4326",
    ).to_crs("EPSG:32632")
    share = {
        "id": "share",
        "says": {"en": "It is 3.80 percent.", "de": "Es sind 3,80 Prozent."},
        "difference_percent": {"measure": "area", "reference": 7598.6, "at_most": 9},
        "verdict": "holds",
    }
    layers = {"field": {"title": {"en": "Field", "de": "Feld"}, "claim": [share]}}
    title = {"en": "Fields", "de": "Felder"}
    return shekara.atlas_from(
        {"field": field}, layers=layers, title=title, accuracy_m=5, languages=["en", "de"]
    )


def test_an_atlas_made_in_memory_is_the_same_from_its_folder(
    composed: Atlas, tmp_path: Path
) -> None:
    composed.save(tmp_path / "atlas")
    read = site.load(tmp_path / "atlas")
    same(composed, read)
    first, second = (shekara.check_all(atlas)[0] for atlas in (composed, read))
    assert (first.verdict, first.measurement) == (second.verdict, second.measurement)
    composed.save(tmp_path / "atlas")  # a second time replaces the first


def test_the_small_atlas_is_the_same_after_saving(tmp_path: Path) -> None:
    starter.write(tmp_path / "given")
    given = site.load(tmp_path / "given")
    given.save(tmp_path / "saved")
    same(given, site.load(tmp_path / "saved"))


def test_another_folder_is_left_alone(composed: Atlas, tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("mine")
    with pytest.raises(UsageError):
        composed.save(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]


def test_what_is_wrong_is_named_as_in_files() -> None:
    frame = geopandas.GeoDataFrame(geometry=[shapely.Point(10, 50)], crs=4326)
    with pytest.raises(AtlasError, match=r"layers/towns\.toml: titel"):
        shekara.atlas_from({"towns": frame}, layers={"towns": {"titel": "Towns"}})
    with pytest.raises(AtlasError, match=r"maps/one\.toml: layers = 'town'"):
        shekara.atlas_from({"towns": frame}, maps={"one": {"title": "One", "layers": ["town"]}})


def test_what_a_notebook_prints_is_short(composed: Atlas) -> None:
    assert repr(composed) == "<Atlas 'Fields': 1 layer, 1 map, 1 claim; en de>"
    assert repr(composed.layers["field"]) == "<Layer field: 2 features (Polygon)>"
    assert repr(composed.claims[0]) == "<Claim share of field: difference_percent, holds>"
    assert repr(composed.maps["map"]) == "<Map map: field>"
    assert repr(shekara.check_all(composed)[0]).startswith("<Verdict share: holds")
