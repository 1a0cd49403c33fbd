"""One line from a GeoDataFrame to a page, a figure, a verdict."""

from __future__ import annotations

import inspect
import pydoc
from typing import Any

import geopandas
import numpy as np
import pandas
import pytest
import shapely
from matplotlib.text import Text
from pyproj import Geod

import shekara
from shekara.errors import GeometryError, UsageError
from shekara.notebook import atlas_of
from shekara.notebook.keywords import LookWords
from shekara.scene import resolve


@pytest.fixture(scope="module")
def cells() -> geopandas.GeoDataFrame:
    """Ten squares of 10 km in the Swiss grid, numbered from 0."""
    squares = [shapely.box(2600000 + 1e4 * i, 1200000, 2610000 + 1e4 * i, 1210000)
               for i in range(10)]  # fmt: skip
    table = {"name": [f"c{i}" for i in range(10)], "people": list(range(10))}
    return geopandas.GeoDataFrame(table, geometry=squares, crs="EPSG:2056")


def test_quantiles_have_as_many_features_each(cells: geopandas.GeoDataFrame) -> None:
    scene = resolve(atlas_of(cells, column="people", unit="%"), "map", "en")
    fills = [feature.style.fill for feature in scene.layers[0].features]
    assert [fills.count(fill) for fill in dict.fromkeys(fills)] == [2, 2, 2, 2, 2]
    # Quantiles of 0 … 9 by fifths (linear interpolation): 1.8, 3.6, 5.4, 7.2, 9.
    titles = [line.title for line in scene.legend]
    assert titles == ["people, %", "0–1", "2–3", "4–5", "6–7", "8–9"]


def test_texts_are_categories_and_a_number_scheme_of_them_is_refused(
    cells: geopandas.GeoDataFrame,
) -> None:
    few = cells.assign(kind=["a", "b"] * 5)
    scene = resolve(atlas_of(few, column="kind"), "map", "en")
    assert [line.title for line in scene.legend if not line.heading] == ["a", "b"]
    with pytest.raises(UsageError, match=r"'a' in features\[0\].*needs them.*categories"):
        atlas_of(few, column="kind", scheme="quantiles")


@pytest.mark.parametrize(
    ("wishes", "message"),
    [
        ({"k": 11}, "k = 11.*10 different values.*write k = 10"),
        ({"breaks": [5, 2]}, "do not rise: 5 stands before 2"),
        ({"ramp": "virdis"}, "did you mean 'viridis'.*PuOr.*okabe_ito"),
        ({"centre": 4, "ramp": "Blues"}, "two sides: BrBG"),
        ({"popup": ["peple"]}, "did you mean 'people'"),
        ({"scheme": "quantile"}, "'quantiles', 'natural_breaks'"),
    ],
)
def test_what_cannot_be_classed_is_answered_with_the_way_out(
    cells: geopandas.GeoDataFrame, wishes: dict[str, object], message: str
) -> None:
    with pytest.raises(UsageError, match=message):
        atlas_of(cells, column="people", **wishes)  # type: ignore[arg-type]


def test_a_column_without_values_is_refused(cells: geopandas.GeoDataFrame) -> None:
    with pytest.raises(UsageError, match=r"'nothing'.*no value in any of the 10 features"):
        atlas_of(cells.assign(nothing=None), column="nothing")


def test_a_popup_has_the_columns_that_were_asked_for(cells: geopandas.GeoDataFrame) -> None:
    def rows(**wishes: object) -> list[tuple[str, str]]:
        scene = resolve(atlas_of(cells, column="people", **wishes), "map", "en")  # type: ignore[arg-type]
        return [(row.title, row.value) for row in scene.layers[0].features[3].rows]

    assert rows() == [("people", "3"), ("name", "c3")]
    assert rows(popup="name") == [("name", "c3")]
    assert rows(popup=False) == []


def test_a_claim_about_a_frame(cells: geopandas.GeoDataFrame) -> None:
    # Ten squares of 100 km² in a conformal grid whose scale is 1 near its origin.
    verdict = shekara.check(cells, "area_km2", about=1000, accuracy_m=5)
    assert verdict.verdict == "holds"
    with pytest.raises(UsageError, match="did you mean 'area_km2'"):
        shekara.check(cells, "area_km", about=1000)


def test_a_wrong_column_is_answered_with_the_nearest(cells: geopandas.GeoDataFrame) -> None:
    with pytest.raises(UsageError, match="did you mean 'people'"):
        shekara.explore(cells, "peple")


def test_a_page_needs_no_network(cells: geopandas.GeoDataFrame) -> None:
    page = shekara.explore(cells, "people", title="People").get_root().render()
    assert "<title>People" in page
    assert 'src="http' not in page


def test_a_figure_has_the_title_and_the_classes(cells: geopandas.GeoDataFrame) -> None:
    drawn = shekara.figure(cells, "people", title="People")
    words = {text.get_text() for text in drawn.findobj(Text) if isinstance(text, Text)}
    assert {"People", "8–9"} <= words


@pytest.mark.parametrize(
    ("named", "lang"),
    [("de_DE.UTF-8", "de"), ("kk_KZ", "kk"), ("C.UTF-8", "en"), ("ka_GE.UTF-8", "en"), ("", "en")],
)
def test_a_page_is_in_the_readers_language(
    cells: geopandas.GeoDataFrame, monkeypatch: pytest.MonkeyPatch, named: str, lang: str
) -> None:
    monkeypatch.delenv("LC_MESSAGES", raising=False)
    monkeypatch.setenv("LC_ALL", named)
    monkeypatch.setenv("LANG", "")
    assert atlas_of(cells).languages == (lang,)
    assert atlas_of(cells, lang="fr").languages == ("fr",)


def test_a_page_says_what_is_on_it(cells: geopandas.GeoDataFrame) -> None:
    page = shekara.explore(cells, "people", title="People", lang="de")
    assert repr(page) == "<shekara page 'People': 1 layer with 10 features, 0 claims; de>"


def test_help_shows_every_wish_by_name() -> None:
    """explore and figure hand their wishes on to atlas_of, which alone has them as parameters."""
    wishes = ["scheme", "k", "breaks", "ramp", "centre", "popup", "title", "unit", "source", "lang"]
    wishes += ["facet", "facet_columns", "facet_values"]
    full = inspect.signature(atlas_of).parameters
    assert [name for name in full if name not in ("frame", "column", "accuracy_m")] == wishes
    for function, first in ((shekara.explore, ["frame"]), (shekara.figure, ["drawn"])):
        shown = inspect.signature(function).parameters
        size = ["size"] if "size" in shown else []
        assert list(shown) == [*first, "column", *size, *wishes]
    assert {name: full[name].annotation for name in wishes} == {
        name: hint.__forward_arg__ for name, hint in LookWords.__annotations__.items()
    }
    assert "breaks: 'Iterable[float] | None' = None" in pydoc.render_doc(shekara.explore)


def test_a_wish_that_nobody_knows_is_refused(cells: geopandas.GeoDataFrame) -> None:
    with pytest.raises(TypeError, match="unexpected keyword argument 'colour'"):
        shekara.explore(cells, colour="red")  # type: ignore[call-arg]


def test_one_map_for_each_value_of_a_column(cells: geopandas.GeoDataFrame) -> None:
    years = cells.assign(year=[1990, 2020] * 5)
    drawn = shekara.figure(years, "people", facet="year", facet_columns=2)
    maps = [axes for axes in drawn.axes if axes.get_label() == "map"]
    assert len(maps) == 2
    words = [text.get_text() for text in drawn.findobj(Text) if isinstance(text, Text)]
    assert {"1990", "2020"} <= set(words)  # years have no separator of thousands
    scene = resolve(atlas_of(years, column="people", facet="year"), "map", "en")
    # The even ones are of 1990: that small map is without the odd ones.
    assert [small.title for small in scene.small_maps] == ["1990", "2020"]
    assert [len(small.without) for small in scene.small_maps] == [5, 5]


@pytest.mark.parametrize(
    ("facet", "columns", "said"),
    [
        ("yeer", None, "did you mean 'year'"),
        ("one", None, "has 1 values on this map, and small maps are 2 to 12"),
        ("year", 0, "facet_columns = 0"),
        (None, 2, "name facet"),
    ],
)
def test_small_maps_that_cannot_be_are_refused(
    cells: geopandas.GeoDataFrame, facet: str | None, columns: int | None, said: str
) -> None:
    table = cells.assign(year=[1990, 2020] * 5, one=1)
    with pytest.raises(UsageError, match=said):
        shekara.figure(table, facet=facet, facet_columns=columns)


def test_small_maps_of_the_values_that_were_chosen(cells: geopandas.GeoDataFrame) -> None:
    years = cells.assign(year=np.array([1990, 2000, 2010, 2020, 2030] * 2))
    chosen = atlas_of(years, facet="year", facet_values=np.array([2030, 1990]))
    assert [small.title for small in resolve(chosen, "map", "en").small_maps] == ["2030", "1990"]
    for values, said in (([1990, 2031], "facet_values = 2031"), ([1990], "facet_values")):
        with pytest.raises(UsageError, match=said):
            atlas_of(years, facet="year", facet_values=values)
    with pytest.raises(UsageError, match=r"facet_values .* name facet, too"):
        atlas_of(years, facet_values=[1990, 2000])


@pytest.mark.parametrize(
    ("name", "value"),
    [
        *(("k", value) for value in (0, 2.5, "a")),
        *(("breaks", value) for value in ("abc", 5, [], ["a"])),
        *(("ramp", value) for value in (5, "viridiss", ["red", "blue"])),
        *(("title", 5), ("unit", 5), ("source", 5), ("lang", 5), ("lang", "xx"), ("centre", "x")),
        *(("popup", ["peple"]), ("column", "peple"), ("facet", "peple"), ("accuracy_m", -1)),
        *(("scheme", "Quantile"), ("facet_columns", 3), ("facet_values", ["a", "b"])),
    ],
)
def test_a_wrong_wish_is_answered_by_its_name(
    cells: geopandas.GeoDataFrame, name: str, value: object
) -> None:
    said = "'peple'" if "peple" in str(value) else rf"\b{name}\b"
    with pytest.raises(UsageError, match=said) as told:
        atlas_of(cells, **{"column": "people", name: value})  # type: ignore[arg-type]
    assert "'id'" not in str(told.value)  # the frame has no such column


def test_numbers_of_numpy_are_numbers(cells: geopandas.GeoDataFrame) -> None:
    k: Any = np.int64(3)
    accuracy_m: Any = np.float32(2)
    style = atlas_of(cells, column="people", k=k, accuracy_m=accuracy_m).layers["data"].file.style
    assert style.k == 3
    table = atlas_of(cells, column="people", breaks=np.array([20, 50])).layers["data"].file.style
    assert table.breaks == [20, 50]


def test_columns_of_several_levels_are_called_by_all_of_them() -> None:
    pairs = pandas.DataFrame({("people", 1990): [1.0, 2.0], ("people", 2020): [3.0, 4.0]})
    squares = [shapely.box(0, 0, 1, 1), shapely.box(1, 0, 2, 1)]
    table = geopandas.GeoDataFrame(pairs, geometry=squares, crs=4326)
    atlas = atlas_of(table, column=("people", 2020))  # type: ignore[arg-type]
    assert atlas.index.title == "people 2020"
    assert [row["people 2020"] for row in atlas.layers["data"].properties] == [3, 4]


def test_a_claim_names_only_what_is_there(cells: geopandas.GeoDataFrame) -> None:
    with pytest.raises(UsageError, match=r"field = 'peple'.*did you mean 'people'"):
        shekara.check(cells, "sum", field="peple", equals=1)
    with pytest.raises(UsageError, match="layer = 'x': names no layer"):
        shekara.check(cells, "within", layer="x")


def test_a_map_is_called_by_its_column_unless_it_has_a_title(cells: geopandas.GeoDataFrame) -> None:
    assert atlas_of(cells, column="people").index.title == "people"
    assert atlas_of(cells, lang="de").index.title == "Karte"


def test_a_frame_of_all_kinds_of_shapes_is_drawn() -> None:
    square, far = shapely.box(10, 50, 11, 51), shapely.Point(12, 50)
    both = shapely.GeometryCollection([shapely.GeometryCollection([square]), far])
    shapes = [square.exterior, both, None, shapely.GeometryCollection(), far]
    table = geopandas.GeoDataFrame({2020: [1, 2, 3, 4, 5]}, geometry=shapes, crs=4326)
    scene = resolve(atlas_of(table, column=2020), "map", "en")  # type: ignore[arg-type]
    kinds = {layer.kind: len(layer.features) for layer in scene.layers}
    assert kinds == {"polygon": 1, "line": 1, "point": 2}
    assert len(atlas_of(table.geometry).layers["data"].geometry) == 5 + 1


@pytest.mark.parametrize(
    ("given", "wishes", "error", "said"),
    [
        (pandas.DataFrame({"v": [1]}), {}, UsageError, "a DataFrame has no shapes"),
        (geopandas.GeoDataFrame({"v": [1]}), {}, UsageError, "geometry column"),
        (geopandas.GeoSeries([None], crs=4326), {}, GeometryError, "nothing to draw"),
        (geopandas.GeoSeries([shapely.Point(1, 2)], crs=4326), {"lang": "xx"}, UsageError, "xx"),
        (
            geopandas.GeoSeries([shapely.Point(1, 2)], crs=4326),
            {"column": pandas.Series([1])},
            UsageError,
            "no name of a column",
        ),
    ],
)
def test_what_cannot_be_drawn_is_answered_with_the_way_out(
    given: geopandas.GeoDataFrame, wishes: dict[str, str], error: type[Exception], said: str
) -> None:
    with pytest.raises(error, match=said):
        atlas_of(given, **wishes)  # type: ignore[arg-type]


def test_a_collection_is_never_counted_as_several_features() -> None:
    both = shapely.GeometryCollection([shapely.box(10, 50, 11, 51), shapely.Point(12, 50)])
    table = geopandas.GeoDataFrame({"n": [5, 7]}, geometry=[both, shapely.Point(1, 2)], crs=4326)
    for kind, claimed in (("count", {"equals": 2}), ("sum", {"field": "n", "equals": 12})):
        with pytest.raises(UsageError, match="row 0 is a collection"):
            shekara.check(table, kind, **claimed)
        parts = table.explode(ignore_index=True)
        chosen = parts[parts.index != 1]  # without the point of the first
        assert shekara.check(chosen, kind, **claimed).verdict == "holds"
    with pytest.raises(UsageError, match="frame 'towns': row 0"):
        shekara.atlas_from({"towns": table})
    # The square alone, 50 to 51° N and 1° wide: PROJ's Geod.geometry_area_perimeter, WGS 84.
    area = abs(Geod(ellps="WGS84").geometry_area_perimeter(shapely.box(10, 50, 11, 51))[0]) / 1e6
    checked = shekara.check(table, "area_km2", about=round(area), accuracy_m=5)
    assert checked.verdict == "holds"


def test_a_column_may_be_called_by_any_number(cells: geopandas.GeoDataFrame) -> None:
    years = cells.rename(columns={"people": 2020})
    wanted = np.int64(2020)
    assert atlas_of(years, column=wanted).index.title == "2020"  # type: ignore[arg-type]
    for popup in (wanted, [2020, "name"], years.columns[1:2]):
        atlas = atlas_of(years, popup=popup)  # type: ignore[arg-type]
        assert next(iter(atlas.layers["data"].file.field)) == "2020"


@pytest.mark.parametrize("second", ["2020", 2020])
def test_columns_of_the_same_text_are_refused(second: object) -> None:
    table = pandas.DataFrame([[1, 9]], columns=pandas.Index([2020, second], dtype=object))
    frame = geopandas.GeoDataFrame(table, geometry=[shapely.Point(1, 2)], crs=4326)
    with pytest.raises(UsageError, match="2 columns '2020'"):
        atlas_of(frame)
    with pytest.raises(UsageError, match="2 columns '2020'"):
        shekara.atlas_from({"x": frame})


@pytest.mark.parametrize("claimed", [{"aboot": 1}, {}, {"about": 1, "equals": 1}])
def test_a_claim_that_says_nothing_measurable_is_refused(
    cells: geopandas.GeoDataFrame, claimed: dict[str, float]
) -> None:
    with pytest.raises(UsageError, match="the call"):
        shekara.check(cells, "area_km2", **claimed)
