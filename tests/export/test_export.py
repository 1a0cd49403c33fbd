"""What leaves the atlas is opened by GDAL and read by a parser of XML, and says what went in."""

from __future__ import annotations

import json
import sqlite3
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import pyogrio
import pytest
import shapely

from shekara import export, site
from shekara.atlas import Atlas
from shekara.errors import UsageError
from shekara.export.rules import literal
from shekara.export.tables import scene_of, tables_of
from tests.support.atlases import feature, line, point, polygon, write_layer, write_map

SQUARE = [[10.0, 50.0], [11.0, 50.0], [11.0, 51.0], [10.0, 51.0], [10.0, 50.0]]
STYLE = """
[field.people]
title = { en = "People" }

[style]
color = "#102030"
by = "kind"
size_by = "people"
size = 20
label = "name"

[[style.class]]
value = ["city", "town's"]
title = { en = "Large" }
color = "#ff8000"

[[style.class]]
value = "village"
"""


@pytest.fixture(scope="module")
def atlas(tmp_path_factory: pytest.TempPathFactory) -> Atlas:
    folder = tmp_path_factory.mktemp("atlas")
    towns = [
        feature(point(10.1, 50.1), id="a", name="Ayr", kind="city", people=400, fid=7),
        feature(point(10.2, 50.2), id="b", name="Bo'ness", kind="town's", people=100, tags=["x"]),
        feature(point(10.3, 50.3), id="c", name="Crail", kind="village", people=None),
        feature(point(10.4, 50.4), id="d", name="Dun", kind="other", people=1, tags=["y", 2]),
    ]
    write_layer(folder, "towns", towns, STYLE)
    mixed = [
        feature(polygon(SQUARE), id="land", name="Land", height=2.5),
        feature(line([[10, 50.5], [11, 50.5]]), id="road", name="Road", height="low"),
    ]
    style = '[style]\ncolor = "#004488"\nhatch = "/"\nwidth = 2\ndash = [4, 1]\narrow = true\n'
    write_layer(folder, "mixed", mixed, style)
    layers = '["mixed", { layer = "towns", where = { kind = ["city", "village"] } }]'
    write_map(folder, "one", [], [9.5, 49.5, 11.5, 51.5])
    path = folder / "maps" / "one.toml"
    path.write_text(path.read_text().replace("layers = []", f"layers = {layers}"))
    return site.load(folder)


@pytest.fixture(scope="module")
def package(atlas: Atlas, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("out")
    files = export.export(atlas, out)
    assert {path.name for path in files} == {"atlas.gpkg", "one.qgs", "sources.txt"}
    return out


def test_a_geopackage_holds_every_feature_and_value(package: Path) -> None:
    path = package / "atlas.gpkg"
    layers = {str(name) for name, _ in pyogrio.list_layers(path)}
    assert layers == {"towns", "mixed-polygon", "mixed-line", "layer_styles"}
    towns = pyogrio.read_dataframe(path, layer="towns", fid_as_index=True)
    assert towns.crs.to_epsg() == 4326
    assert list(towns.index) == [1, 2, 3, 4]
    assert list(towns["name"]) == ["Ayr", "Bo'ness", "Crail", "Dun"]
    assert towns["people"].fillna(-1).tolist() == [400, 100, -1, 1]
    assert towns["fid_"].fillna(-1).tolist() == [7, -1, -1, -1]  # the atlas's own, not the table's
    assert json.loads(towns["tags"].iloc[3]) == ["y", 2]
    assert towns.geometry.iloc[1].equals(shapely.Point(10.2, 50.2))
    area = pyogrio.read_dataframe(path, layer="mixed-polygon")
    assert area.geometry.iloc[0].equals(shapely.Polygon(SQUARE))
    assert area["height"].iloc[0] == 2.5
    assert pyogrio.read_dataframe(path, layer="mixed-line")["height"].iloc[0] == "low"


def test_qgis_finds_the_style_of_each_table(package: Path) -> None:
    with sqlite3.connect(package / "atlas.gpkg") as database:
        rows = dict(
            database.execute(
                "select f_table_name, styleQML from layer_styles where useAsDefault = 1"
            ).fetchall()
        )
    assert set(rows) == {"towns", "mixed-polygon", "mixed-line"}
    root = ElementTree.fromstring(rows["towns"].partition("\n")[2])
    rules = {rule.get("label"): rule.get("filter") for rule in root.iter("rule")}
    assert rules == {
        "Large": "\"kind\" IN ('city', 'town''s')",
        "village": "\"kind\" IN ('village')",
        "other": "\"kind\" IN ('other')",
    }
    size = next(option.get("value") for option in root.iter("Option")
                if option.get("name") == "expression")  # fmt: skip
    # The area of a circle is as its value: 20 points for 400 are 1 for one, and 3 at least.
    assert size == 'if("people" IS NULL, 6, max(3, 1 * sqrt(max(0, "people"))))'
    text = root.find("labeling/settings/text-style")
    assert text is not None
    assert text.get("fieldName") == '"name"'
    aliases = {alias.get("field"): alias.get("name") for alias in root.iter("alias")}
    assert aliases["people"] == "People"


def test_signs_have_colours_dashes_hatches_and_heads(package: Path) -> None:
    with sqlite3.connect(package / "atlas.gpkg") as database:
        rows = dict(database.execute("select f_table_name, styleQML from layer_styles").fetchall())

    def signs(table: str) -> list[tuple[str | None, dict[str | None, str | None]]]:
        root = ElementTree.fromstring(rows[table].partition("\n")[2])
        named = [
            (layer.get("class"), layer.findall("Option/Option")) for layer in root.iter("layer")
        ]
        return [(name, {o.get("name"): o.get("value") for o in some}) for name, some in named]

    area = signs("mixed-polygon")
    assert [name for name, _ in area] == ["SimpleFill", "SimpleFill", "SimpleLine"]
    assert area[0][1]["color"] == "0,68,136,64"  # a quarter: areas let the ground through
    assert area[1][1]["style"] == "b_diagonal"
    road = signs("mixed-line")
    assert [name for name, _ in road] == ["SimpleLine", "MarkerLine", "SimpleMarker"]
    assert (road[0][1]["customdash"], road[0][1]["line_width"]) == ("4;1", "2")
    assert road[2][1]["name"] == "filled_arrowhead"


def test_a_project_shows_the_map_in_its_order_projection_and_choice(package: Path) -> None:
    root = ElementTree.parse(package / "one.qgs").getroot()
    sources = {layer.findtext("layername"): layer.findtext("datasource")
               for layer in root.iter("maplayer")}  # fmt: skip
    tree = [layer.get("name") for layer in root.iter("layer-tree-layer")]
    assert tree == ["towns en", "mixed en", "mixed en"]  # top to bottom
    assert sources["towns en"] == (
        "./atlas.gpkg|layername=towns|subset=\"kind\" IN ('city', 'village')"
    )
    assert "+proj=aea" in (root.findtext("projectCrs/spatialrefsys/proj4") or "")
    extent = {side: float(root.findtext(f"mapcanvas/extent/{side}") or "nan")
              for side in ("xmin", "ymin", "xmax", "ymax")}  # fmt: skip
    # Two degrees of the parallel of 49.5°, where the map is widest: 2 · 72.4 km.
    assert extent["xmax"] - extent["xmin"] == pytest.approx(144_800, rel=0.01)
    assert extent["xmax"] == pytest.approx(-extent["xmin"], rel=1e-6)


def test_the_same_atlas_gives_the_same_bytes(atlas: Atlas, package: Path, tmp_path: Path) -> None:
    export.export(atlas, tmp_path)
    for name in ("atlas.gpkg", "one.qgs", "sources.txt"):
        assert (tmp_path / name).read_bytes() == (package / name).read_bytes()


def test_parquet_kml_and_shapefiles_open(atlas: Atlas, tmp_path: Path) -> None:
    import geopandas

    for format_ in ("parquet", "kml", "shp"):
        export.export(atlas, tmp_path, layers=["towns"], format_=format_)
    table = geopandas.read_parquet(tmp_path / "towns.parquet")
    assert (list(table["name"]), table.crs.to_epsg()) == (["Ayr", "Bo'ness", "Crail", "Dun"], 4326)
    placemarks = pyogrio.read_dataframe(tmp_path / "towns.kml")
    assert list(placemarks["Name"]) == ["Ayr", "Bo'ness", "Crail", "Dun"]
    assert placemarks.geometry.iloc[0].x == pytest.approx(10.1)
    kml = (tmp_path / "towns.kml").read_text()
    assert "<color>ff0080ff</color>" in kml  # alpha, blue, green, red of #ff8000
    with zipfile.ZipFile(tmp_path / "towns.shp.zip") as archive:
        assert any(name.endswith(".prj") for name in archive.namelist())
    shapes = pyogrio.read_dataframe(f"/vsizip/{tmp_path / 'towns.shp.zip'}")
    assert list(shapes["people"].fillna(-1)) == [400, 100, -1, 1]
    assert "CC0-1.0" in (tmp_path / "sources.txt").read_text()


@pytest.mark.parametrize(
    ("wish", "said"),
    [
        ({"format_": "dwg"}, "gpkg, parquet"),
        ({"layers": ["town"]}, "towns"),
        ({"maps": ["on"]}, "one"),
        ({"maps": ["one"], "layers": ["towns"]}, "needs mixed"),
        ({"lang": "fr"}, "no language"),
    ],
)
def test_what_is_not_there_is_refused_and_nothing_written(
    atlas: Atlas, tmp_path: Path, wish: dict[str, object], said: str
) -> None:
    with pytest.raises(UsageError, match=said):
        export.export(atlas, tmp_path / "out", **wish)  # type: ignore[arg-type]
    assert not (tmp_path / "out").exists()


def test_ranges_of_numbers_are_conditions_of_ranges(tmp_path: Path) -> None:
    classes = "".join(
        f'\n[[style.class]]\nvalue = {list(range(low, low + 10))}\ncolor = "#0000{low:02x}"\n'
        for low in (10, 20)
    )
    areas = [feature(point(10 + i / 100, 50), id=str(i), score=10 + i) for i in range(20)]
    write_layer(tmp_path, "areas", areas, f'[style]\nby = "score"\n{classes}')
    atlas = site.load(tmp_path)
    scene = scene_of(atlas, ["areas"], "en")
    from shekara.export.rules import rules_of

    (table,) = tables_of(scene, atlas)
    rules = rules_of(table, scene, ["id", "score"])
    assert [rule.condition for rule in rules] == [
        '"score" >= 10 AND "score" <= 19',
        '"score" >= 20 AND "score" <= 29',
    ]


def test_texts_in_conditions_cannot_end_them() -> None:
    assert literal("a'b\\") == "'a''b\\\\'"


def test_no_program_takes_a_text_for_markup_or_an_expression(tmp_path: Path) -> None:
    evil = "[% env('HOME') %] <img src=x onerror=a()>]]>&lt;b&gt; \x1b"
    column = 'x"); DROP TABLE t; --<img src=x>'
    write_layer(
        tmp_path / "atlas", "t",
        [feature(point(10, 50), id=n, name=evil, kind=evil + n, **{column: n}) for n in "ab"],
        f"[field.kind]\ntitle = {json.dumps(evil)}\n"
        f'[style]\nby = "kind"\nlabel = "name"\n[[style.class]]\nvalue = {json.dumps(evil + "a")}\n'
        f'color = "#ff8000"\ntitle = {json.dumps(evil)}\n',
    )  # fmt: skip
    path = tmp_path / "atlas" / "layers" / "t.toml"
    path.write_text(f"about = {json.dumps(evil)}\n" + path.read_text())
    write_map(tmp_path / "atlas", "m", ["t"], [9, 49, 11, 51])
    atlas = site.load(tmp_path / "atlas")
    export.export(atlas, tmp_path)
    export.export(atlas, tmp_path, layers=["t"], format_="kml")
    with sqlite3.connect(tmp_path / "atlas.gpkg") as package:
        quoted = column.replace('"', '""')
        assert package.execute(f'SELECT "{quoted}" FROM t').fetchall() == [("a",), ("b",)]
        about = [text for (text,) in package.execute("SELECT description FROM gpkg_contents")]
        styles = [style for (style,) in package.execute("SELECT styleQML FROM layer_styles")]
    package.close()
    documents = [
        *styles, (tmp_path / "m.qgs").read_text("utf-8"), (tmp_path / "t.kml").read_text("utf-8"),
    ]  # fmt: skip
    assert len(documents) == 3
    assert any("[ % env" in text and "< img" in text for text in about)
    assert not any("[%" in text or "<img" in text for text in about)
    for document in documents:
        root = ElementTree.fromstring(document)
        shown = [
            text
            for element in root.iter()
            for key, text in [("", element.text or ""), *element.items()]
            if key not in ("filter", "field", "fieldName") and element.tag != "datasource"
        ]
        assert any("[ % env" in text and "< img" in text for text in shown)
        assert not any("[%" in text or "<img" in text for text in shown)
