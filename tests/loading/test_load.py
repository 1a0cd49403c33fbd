"""Reading atlases: what is sound is read as it stands, what is broken is told whole."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from shekara import atlas, site
from shekara.errors import AtlasError, InputError
from tests.support.atlases import (
    SQUARE,
    claim,
    feature,
    line,
    point,
    polygon,
    sound,
    write_layer,
    write_map,
)


def problems(folder: Path) -> list[str]:
    with pytest.raises(AtlasError) as caught:
        site.load(folder)
    return [str(problem) for problem in caught.value.problems]


def one_problem(folder: Path, *parts: str) -> None:
    found = problems(folder)
    assert len(found) == 1, found
    for part in parts:
        assert part in found[0]


def edit(folder: Path, name: str, old: str, new: str) -> None:
    path = folder / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return sound(tmp_path / "an atlas")


def test_a_sound_atlas_is_read_as_it_stands(folder: Path) -> None:
    found = site.load(folder)
    assert list(found.layers) == ["land", "road", "towns"]
    assert [one.id for one in found.claims] == ["road-length", "towns"]
    assert found.languages == ("en",)
    assert len(found.layer("towns").frame) == 3
    assert found.layer("towns").frame.crs.to_epsg() == 4326


def test_the_atlas_named_by_the_variable_is_read_when_it_is_asked_for(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)  # which is no atlas
    monkeypatch.setenv("SHEKARA_ATLAS", str(folder))
    assert atlas.folder() == folder
    monkeypatch.delenv("SHEKARA_ATLAS")
    assert atlas.folder() == atlas.bundled()


def test_a_folder_that_is_no_atlas_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="shekara new"):
        site.load(tmp_path)


def test_an_unknown_key_is_answered_with_the_nearest_known_one(folder: Path) -> None:
    edit(folder, "layers/land.toml", "precision", "precission")
    (found,) = problems(folder)  # that `precision` is missing goes without saying
    assert "quality.precission" in found
    assert "did you mean 'precision'?" in found


@pytest.mark.parametrize("heading", ["[[chart]]", "[[graph]]", "[Diagram]"])
def test_a_table_by_another_name_is_answered_with_its_heading(folder: Path, heading: str) -> None:
    path = next(path for path in (folder / "maps").glob("*.toml") if path.stem != "index")
    path.write_text(f'{path.read_text()}\n{heading}\nlayer = "land"\nx = "area"\n')
    (told,) = problems(folder)
    assert "did you mean [[panel]]?" in told


def test_a_missing_geometry_file_is_named(folder: Path) -> None:
    (folder / "geo" / "land.geojson").unlink()
    one_problem(folder, "geo/land.geojson", "is missing")


def test_a_geometry_file_without_description_is_named(folder: Path) -> None:
    (folder / "layers" / "land.toml").unlink()
    assert any("has no layers/land.toml" in p for p in problems(folder))


def test_broken_json_is_named(folder: Path) -> None:
    (folder / "geo" / "land.geojson").write_text('{"type": "FeatureCollection", ')
    one_problem(folder, "geo/land.geojson", "is no JSON")


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("[]", "FeatureCollection"),
        ('{"type": "FeatureCollection"}', "features"),
        ('{"type": "FeatureCollection", "features": [1]}', "is no Feature"),
        ('{"type": "FeatureCollection", "features": [NaN]}', "is no Feature"),
    ],
)
def test_json_that_is_no_geojson_is_named(folder: Path, text: str, part: str) -> None:
    (folder / "geo" / "road.geojson").write_text(text)
    assert any(part in p and "geo/road.geojson" in p for p in problems(folder))


@pytest.mark.parametrize(
    "geometry",
    [
        {"type": "Circle", "coordinates": [1, 2]},
        {"type": "LineString", "coordinates": [1, 2]},
        {"type": "Polygon", "coordinates": [[[0, 0], [1, 1]]]},
        {"type": "Point", "coordinates": ["10", "50"]},
        {"type": "Point"},
        {"type": "LineString", "coordinates": []},
    ],
)
def test_geometry_that_is_none_is_named(folder: Path, geometry: object) -> None:
    write_layer(folder, "road", [feature(geometry, id="road")])
    one_problem(folder, "geo/road.geojson", "features[0].geometry")


def test_a_self_crossing_polygon_is_named_with_its_place(folder: Path) -> None:
    bow = [[10.0, 50.0], [11.0, 51.0], [11.0, 50.0], [10.0, 51.0], [10.0, 50.0]]
    write_layer(folder, "land", [feature(polygon(bow), id="land")])
    one_problem(folder, "geo/land.geojson", "self-intersection at 10.5 50.5", "make_valid")


def test_latitude_first_is_seen_where_it_leaves_the_globe(folder: Path) -> None:
    write_layer(
        folder, "towns", [feature(point(45, 120), id="x")], claim("towns", "count = { equals = 1 }")
    )
    one_problem(folder, "geo/towns.geojson", "longitude first", "[45, 120]")


def test_latitude_first_is_seen_where_it_misses_the_map(folder: Path) -> None:
    swapped = [feature(point(50.5, 10.2 + i / 10), id=str(i)) for i in range(3)]
    write_layer(folder, "towns", swapped, claim("towns", "count = { equals = 3 }"))
    one_problem(folder, "geo/towns.geojson", "longitude first")


def test_an_unknown_reference_system_is_named(folder: Path) -> None:
    path = folder / "geo" / "land.geojson"
    data = json.loads(path.read_text())
    data["crs"] = {"type": "name", "properties": {"name": "EPSG:28468"}}
    path.write_text(json.dumps(data))
    one_problem(folder, "geo/land.geojson", "crs", "EPSG:28468", "WGS 84")
    data["crs"]["properties"]["name"] = "urn:ogc:def:crs:OGC:1.3:CRS84"
    path.write_text(json.dumps(data))
    assert site.load(folder).layer("land").name == "land"


def test_text_in_place_of_a_number_is_named(folder: Path) -> None:
    edit(folder, "layers/land.toml", "accuracy_m = 10", 'accuracy_m = "ten"')
    one_problem(folder, "layers/land.toml", "quality.accuracy_m", "'ten'", "without quotation")


def test_text_in_place_of_a_number_in_an_attribute_is_named(folder: Path) -> None:
    more = '[time]\nfrom = "since"\n'
    write_layer(folder, "land", [feature(polygon(SQUARE), id="land", since="1990")], more)
    one_problem(folder, "geo/land.geojson", "since", "'1990'")


def test_a_claim_on_a_missing_layer_is_named(folder: Path) -> None:
    write_layer(
        folder,
        "road",
        [feature(line([[10, 50.5], [11, 50.5]]), id="road")],
        claim("inside", 'within = { layer = "lnd" }'),
    )
    one_problem(folder, "layers/road.toml", "claim inside.within.layer", "did you mean 'land'?")


def test_a_claim_with_text_for_its_number_is_named(folder: Path) -> None:
    edit(folder, "layers/road.toml", "more_than = 70", 'more_than = "70"')
    one_problem(folder, "claim road-length.length_km.more_than", "'70'")


def test_a_claim_of_no_kind_or_two_is_named(folder: Path) -> None:
    edit(folder, "layers/road.toml", "length_km", "lenght_km")
    one_problem(folder, "claim road-length.lenght_km", "did you mean 'length_km'?")
    edit(folder, "layers/road.toml", "lenght_km = { more_than = 70 }", "")
    one_problem(folder, "claim road-length", "exactly one key of its kind")


def test_a_claim_that_says_nothing_or_two_things_is_named(folder: Path) -> None:
    edit(folder, "layers/road.toml", "more_than = 70", "more_than = 70, less_than = 80")
    one_problem(folder, "claim road-length.length_km", "exactly one of")


def test_a_claim_on_a_missing_attribute_is_named(folder: Path) -> None:
    edit(folder, "layers/towns.toml", "equals = 3", 'where = { nane = "T0" }, equals = 3')
    one_problem(folder, "claim towns.count.where", "'nane'", "did you mean 'name'?")


def test_the_same_claim_twice_is_named(folder: Path) -> None:
    edit(folder, "layers/road.toml", "road-length", "towns")
    assert all("more than one claim" in p for p in problems(folder))


def test_a_map_that_names_what_is_not_there_is_told(folder: Path) -> None:
    write_map(folder, "all", ["lund", "towns"], [9, 49, 12, 52], ["towms"])
    found = problems(folder)
    assert any("'lund'" in p and "did you mean 'land'?" in p for p in found)
    assert any("'towms'" in p and "did you mean 'towns'?" in p for p in found)


def test_an_impossible_extent_is_named(folder: Path) -> None:
    write_map(folder, "all", ["land"], [9, 52, 12, 49])
    one_problem(folder, "maps/all.toml", "extent", "south < north")
    write_map(folder, "all", ["land"], [9, 49, 12])
    one_problem(folder, "maps/all.toml", "extent")


def test_an_unknown_projection_is_named(folder: Path) -> None:
    write_map(folder, "all", ["land"], [9, 49, 12, 52], more='projection = "albrs"\n')
    one_problem(folder, "maps/all.toml", "projection", "albrs")


def test_an_unknown_licence_is_named(folder: Path) -> None:
    edit(folder, "layers/land.toml", "CC0-1.0", "free of charge")
    one_problem(folder, "layers/land.toml", "source[0]", "license", "SPDX")


def test_a_colour_that_could_be_more_than_a_colour_is_refused(folder: Path) -> None:
    edit(
        folder,
        "layers/land.toml",
        "[quality]",
        '[style]\ncolor = "red;background:url(x)"\n[quality]',
    )
    one_problem(folder, "style.color", "#rrggbb")


def test_broken_toml_is_named_with_its_line(folder: Path) -> None:
    (folder / "maps" / "all.toml").write_text("title = \n")
    one_problem(folder, "maps/all.toml", "is no TOML", "line 1")


def test_bytes_that_are_no_utf8_are_named(folder: Path) -> None:
    (folder / "layers" / "land.toml").write_bytes(b'title = "\xff"')
    one_problem(folder, "layers/land.toml", "is no TOML")


def test_the_same_id_twice_is_named(folder: Path) -> None:
    write_layer(
        folder,
        "towns",
        [feature(point(10.2, 50.5), id="a")] * 2,
        claim("towns", "count = { equals = 2 }"),
    )
    one_problem(folder, "geo/towns.geojson", "'a'", "is there twice")


def test_everything_wrong_is_said_at_once(folder: Path) -> None:
    edit(folder, "layers/land.toml", "accuracy_m = 10", 'accuracy_m = "ten"')
    (folder / "geo" / "road.geojson").write_text("{")
    write_layer(
        folder,
        "towns",
        [feature(point(45, 120), id="x")],
        claim("towns", 'distance_km = { to = "sea", more_than = 1 }'),
    )
    write_map(folder, "all", ["land", "nowhere"], [9, 49, 12, 52])
    text = "\n".join(problems(folder))
    for part in ("'ten'", "is no JSON", "longitude first", "'sea'", "'nowhere'"):
        assert part in text
