"""Anybody's file becomes a layer: another reference system, other encodings, names, sizes."""

from __future__ import annotations

import json
from pathlib import Path

import geopandas
import pytest
import shapely

from shekara import claims, intake, site
from shekara.errors import AtlasError, InputError, UsageError
from shekara.gate.wishes import WishWords
from shekara.intake.adding import decimals_for
from shekara.intake.naming import label_field, layer_name, title_of
from tests.support.atlases import feature, point, sound, write_map

pytestmark = pytest.mark.long


@pytest.fixture
def cantons(tmp_path: Path) -> Path:
    """Two squares of 10 km in the Swiss grid LV95 (EPSG:2056), beside Bern (2600000, 1200000)."""
    squares = [shapely.box(2600000 + e, 1200000, 2610000 + e, 1210000) for e in (0, 10000)]
    table = {"Name": ["Zürich", "Genève"], "area_km2": [100.0, 100.5], "since_year": [1351, 1815]}
    path = tmp_path / "Kantone_2024.shp"
    geopandas.GeoDataFrame(table, geometry=squares, crs="EPSG:2056").to_file(path, encoding="utf-8")
    return path


def test_a_shapefile_in_a_national_grid_becomes_a_layer(cantons: Path, tmp_path: Path) -> None:
    added = intake.add(cantons, tmp_path / "atlas", languages=("de", "en"), accuracy_m=5.0)
    assert (added.geo.name, added.features, added.decimals) == ("kantone-2024.geojson", 2, 6)
    collection = json.loads(added.geo.read_text(encoding="utf-8"))
    assert "crs" not in collection
    first = collection["features"][0]
    # The grid's origin lies at 46°57'08.66" N, 7°26'22.50" E (swisstopo), here to 1 cm.
    west, south = min(first["geometry"]["coordinates"][0], key=sum)
    assert (west, south) == pytest.approx((7.438637, 46.951083), abs=2e-5)
    assert first["properties"]["Name"] == "Zürich"
    assert first["properties"]["area_km2"] == 100


def test_the_layer_is_read_checked_and_drawn_at_once(cantons: Path, tmp_path: Path) -> None:
    folder = tmp_path / "atlas"
    intake.add(cantons, folder, languages=("de", "en"), accuracy_m=5.0)
    write_map(folder, "all", ["kantone-2024"], [7.0, 46.5, 8.0, 47.5], languages=("de", "en"))
    atlas = site.load(folder)
    layer = atlas.layers["kantone-2024"]
    assert layer.file.style.label == "Name"
    assert layer.file.field["area_km2"].unit == "km2"
    assert layer.file.field["since_year"].kind == "year"
    assert atlas.languages == ("de", "en")
    assert atlas.drafts == ("kantone-2024-count", "kantone-2024-size")
    assert claims.check_all(atlas) == ()


def test_a_draft_holds_once_it_is_taken_over(cantons: Path, tmp_path: Path) -> None:
    folder = tmp_path / "atlas"
    added = intake.add(cantons, folder, accuracy_m=5.0)
    text = added.layer.read_text(encoding="utf-8")
    # Two squares of 100 km² in a conformal grid whose scale is 1 at its origin.
    assert "area_km2 = { about = 200 }" in text
    taken = [line for line in text.splitlines() if not line.startswith("draft")]
    added.layer.write_text("\n".join(taken), encoding="utf-8")
    verdicts = {one.claim.id: one.verdict for one in claims.check_all(site.load(folder))}
    assert verdicts == {"kantone-2024-count": "holds", "kantone-2024-size": "holds"}


def test_nothing_is_overwritten(cantons: Path, tmp_path: Path) -> None:
    intake.add(cantons, tmp_path / "atlas", name="k")
    with pytest.raises(UsageError, match="--name"):
        intake.add(cantons, tmp_path / "atlas", name="k")


def test_a_file_too_large_for_a_page_is_refused_with_a_way_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shekara.intake.adding.LARGEST", 20_000)
    points = [shapely.Point(i / 1000, (i * 7 % 1000) / 1000) for i in range(200)]
    path = tmp_path / "many.gpkg"
    geopandas.GeoDataFrame({"note": ["x" * 60] * 200}, geometry=points, crs=4326).to_file(path)
    with pytest.raises(InputError, match="--simplify"):
        intake.add(path, tmp_path / "atlas")
    assert not (tmp_path / "atlas" / "geo").exists()


def test_neighbours_keep_one_line_when_detail_is_left_out(tmp_path: Path) -> None:
    wiggle = [(0.0, i / 100 + 0.0) if i % 2 else (0.001, i / 100) for i in range(101)]
    west = shapely.Polygon([(-1, 0), *wiggle, (-1, 1)])
    east = shapely.Polygon([(1, 0), *wiggle, (1, 1)])
    path = tmp_path / "two.gpkg"
    geopandas.GeoDataFrame({"name": ["w", "e"]}, geometry=[west, east], crs=4326).to_file(path)
    added = intake.add(path, tmp_path / "atlas", simplify_m=500.0)
    shapes = shapely.from_geojson(added.geo.read_text(encoding="utf-8"))
    first, second = shapely.get_parts(shapes)
    assert shapely.get_num_coordinates(first) < 40  # of 103
    assert shapely.intersection(first, second).area < 1e-12
    assert shapely.coverage_is_valid([first, second])


@pytest.mark.parametrize(
    ("columns", "label"),
    [
        ({"TERYT": ["02", "04"], "JPT_NAZWA": ["łódzkie", "śląskie"]}, "JPT_NAZWA"),
        ({"NAME_0": ["Italia", "Italia"], "NAME_1": ["Lazio", "Umbria"]}, "NAME_1"),
        ({"iso": ["KAZ", "UZB"], "land": ["Lesotho", "Togo"]}, "land"),
        ({"code": ["A-1", "A-2"], "省": ["北京", "上海"]}, "省"),
        ({"kind": ["road", "road"], "shapeName": ["B 1", "B 2"]}, "shapeName"),
        ({"code": ["A1", "A2"]}, "code"),
        ({"people": [1, 2], "kind": ["road", "road"]}, None),
        ({"names": [1, 2], "note": ["Fen", None]}, None),
    ],
)
def test_a_feature_is_called_by_words_rather_than_by_codes(
    columns: dict[str, list[object]], label: str | None
) -> None:
    shapes = [shapely.Point(0, 0), shapely.Point(1, 1)]
    assert label_field(geopandas.GeoDataFrame(columns, geometry=shapes, crs=4326)) == label


def test_a_layer_of_a_file_of_several_is_called_by_its_own_name(tmp_path: Path) -> None:
    path = tmp_path / "polska.gpkg"
    for name in ("Rzeki_główne", "MIASTA"):
        frame = geopandas.GeoDataFrame({"n": [1]}, geometry=[shapely.Point(20, 50)], crs=4326)
        frame.to_file(path, layer=name)
    added = intake.add(path, tmp_path / "atlas", layer="Rzeki_główne", languages=("pl",))
    text = added.layer.read_text(encoding="utf-8")
    assert (added.geo.name, added.features) == ("rzeki-glowne.geojson", 1)
    assert text.startswith('title = { pl = "Rzeki główne" }')
    assert title_of("MIASTA") == "Miasta"


def test_a_language_that_the_program_does_not_speak_gets_a_file_of_words(tmp_path: Path) -> None:
    path = tmp_path / "p.gpkg"
    geopandas.GeoDataFrame({"n": [1]}, geometry=[shapely.Point(20, 50)], crs=4326).to_file(path)
    intake.add(path, tmp_path / "atlas", languages=("pl", "en"))
    words = tmp_path / "atlas" / "words"
    assert [each.name for each in words.iterdir()] == ["pl.toml"]
    assert "(one, few, many)" in (words / "pl.toml").read_text(encoding="utf-8")  # CLDR, Polish
    assert "yes" in site.load(tmp_path / "atlas").translator("pl").missing()  # not yet translated


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Łódź", "lodz"),
        ("Straße", "strasse"),
        ("Ærø", "aero"),
        ("Kantone_2024 (Zürich)", "kantone-2024-zurich"),
        ("--A b--", "a-b"),
        ("9", "9"),
    ],
)
def test_names_of_layers_are_letters_digits_hyphens(text: str, name: str) -> None:
    assert layer_name(text) == name


def test_a_name_without_any_letter_is_asked_for() -> None:
    with pytest.raises(UsageError, match="--name"):
        layer_name("Қазақ"[:0] + "…")


@pytest.mark.parametrize(("accuracy", "decimals"), [(0.01, 7), (5, 6), (50, 5), (1000, 4)])
def test_a_tenth_of_the_accuracy_is_kept(accuracy: float, decimals: int) -> None:
    # 10^-n degrees times 111 km must be no more than a tenth of the accuracy, 1 cm at the finest.
    assert decimals_for(accuracy) == decimals


def test_a_shapefile_among_the_layers_is_met_with_the_way_in(cantons: Path, tmp_path: Path) -> None:
    folder = sound(tmp_path / "atlas")
    cantons.rename(folder / "geo" / "cantons.shp")
    with pytest.raises(AtlasError, match=r"shekara add \S+cantons.shp --atlas"):
        site.load(folder)


def test_a_new_atlas_can_be_drawn_at_once(cantons: Path, tmp_path: Path) -> None:
    folder = tmp_path / "swiss"
    added = intake.add(cantons, folder, languages=("ka", "en"), accuracy_m=5.0)
    assert {path.name for path in added.begun} == {"index.toml", "kantone-2024.toml", "ka.toml"}
    atlas = site.load(folder)
    assert atlas.languages == ("ka", "en")
    west, south, east, north = atlas.map("kantone-2024").file.extent
    assert west < 7.43864 < east < 7.8
    assert south < 46.95108 < north < 47.1
    again = intake.add(cantons, folder, name="again")
    assert again.begun == ()
    assert 'ka = "Again"' in again.layer.read_text(encoding="utf-8")  # the languages of the atlas


def test_an_atlas_without_a_map_is_told_to_write_one(cantons: Path, tmp_path: Path) -> None:
    added = intake.add(cantons, tmp_path / "swiss", accuracy_m=5.0)
    for path in added.begun:
        path.unlink()
    with pytest.raises(InputError, match=r"no map to draw; .* layers = \[\"kantone-2024\"\]"):
        site.build(site.load(tmp_path / "swiss"), tmp_path / "site", workers=1)
    assert not (tmp_path / "site").exists()


def test_features_left_out_are_counted_with_the_way_in(tmp_path: Path) -> None:
    # 18.5° E lies 9.5° from the middle of zone 32 (EPSG: 6° to 12° E), where many still use it.
    places = geopandas.GeoSeries([shapely.Point(lon, 43) for lon in (7, 9, 18.5)], crs=4326)
    path = tmp_path / "wells.gpkg"
    geopandas.GeoDataFrame({"name": list("abc")}, geometry=places.to_crs(32632)).to_file(path)
    added = intake.add(path, tmp_path / "first")
    assert (added.features, added.left_out) == (2, 1)
    assert any("EPSG:32632" in remark for remark in added.remarks)
    assert intake.add(path, tmp_path / "second", crs="EPSG:32632").left_out == 0


def test_a_collection_is_taken_apart_by_kind(tmp_path: Path) -> None:
    both = shapely.GeometryCollection([shapely.box(10, 50, 11, 51), shapely.Point(12, 50)])
    path = tmp_path / "both.gpkg"
    geopandas.GeoDataFrame({"name": ["a"]}, geometry=[both], crs=4326).to_file(path)
    added = intake.add(path, tmp_path / "atlas")
    types = [shape.geom_type for shape in site.load(tmp_path / "atlas").layers["both"].geometry]
    assert (added.features, added.left_out, types) == (2, 0, ["MultiPolygon", "MultiPoint"])
    assert any("taken apart" in remark for remark in added.remarks)


def test_what_is_added_up_stands_once_for_a_collection_and_no_id_twice(tmp_path: Path) -> None:
    both = shapely.GeometryCollection([shapely.box(10, 50, 11, 51), shapely.Point(12, 50)])
    table = {"id": ["x1", "x1-2"], "name": ["a", "b"], "people": [5, 7], "year": [1990, 2000]}
    path = tmp_path / "both.geojson"
    shapes = [both, shapely.Point(13, 50)]
    geopandas.GeoDataFrame(table, geometry=shapes, crs=4326).to_file(path)
    intake.add(path, tmp_path / "atlas")
    rows = site.load(tmp_path / "atlas").layers["both"].properties
    assert [row["id"] for row in rows] == ["x1", "x1-3", "x1-2"]
    assert [row["name"] for row in rows] == ["a", "a", "b"]
    assert [row["year"] for row in rows] == [1990, 1990, 2000]
    assert [row.get("people") for row in rows] == [5, None, 7]


@pytest.mark.parametrize("wishes", [{}, {"where": "name='b'"}])
def test_a_file_without_features_is_refused(tmp_path: Path, wishes: WishWords) -> None:
    path = tmp_path / "none.geojson"
    features = [] if not wishes else [feature(point(10, 50), name="a")]
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    with pytest.raises(InputError, match=r"none\.geojson"):
        intake.add(path, tmp_path / "atlas", **wishes)
    assert not (tmp_path / "atlas").exists()


def test_columns_without_any_value_or_name_are_no_fields(tmp_path: Path) -> None:
    path = tmp_path / "some.geojson"
    only = feature(point(10, 50), name="a", nothing=None, **{"": "x"})
    path.write_text(json.dumps({"type": "FeatureCollection", "features": [only]}))
    intake.add(path, tmp_path / "atlas")
    assert list(site.load(tmp_path / "atlas").layers["some"].file.field) == ["name"]


def test_a_language_that_nobody_knows_is_refused(cantons: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="'xx'"):
        intake.add(cantons, tmp_path / "atlas", languages=("en", "xx"))
    assert not (tmp_path / "atlas").exists()
