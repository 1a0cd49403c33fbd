"""One line from a GeoDataFrame to a page, a figure, a verdict."""

from __future__ import annotations

import geopandas
import pytest
import shapely
from matplotlib.text import Text

import shekara
from shekara.errors import UsageError
from shekara.notebook import atlas_of
from shekara.notebook.classes import classed
from shekara.scene import resolve


@pytest.fixture(scope="module")
def cells() -> geopandas.GeoDataFrame:
    """Ten squares of 10 km in the Swiss grid, numbered from 0."""
    squares = [shapely.box(2600000 + 1e4 * i, 1200000, 2610000 + 1e4 * i, 1210000)
               for i in range(10)]  # fmt: skip
    table = {"name": [f"c{i}" for i in range(10)], "people": list(range(10))}
    return geopandas.GeoDataFrame(table, geometry=squares, crs="EPSG:2056")


def test_quantiles_have_as_many_features_each(cells: geopandas.GeoDataFrame) -> None:
    scene = resolve(atlas_of(cells, column="people", k=5), "map", "en")
    colors = [feature.style.color for feature in scene.layers[0].features]
    assert [colors.count(color) for color in dict.fromkeys(colors)] == [2, 2, 2, 2, 2]
    # Quantiles of 0 … 9 by fifths (linear interpolation): 1.8, 3.6, 5.4, 7.2, 9.
    titles = [line.title for line in scene.legend if not line.heading]
    assert titles == ["0–1.8", "1.8–3.6", "3.6–5.4", "5.4–7.2", "7.2–9"]


def test_equal_intervals_and_a_value_that_is_missing() -> None:
    names, classes = classed([0, 5, 10, None], "equal_interval", 2, "en")
    assert names == ["0–5", "0–5", "5–10", ""]
    assert [one.value for one in classes] == ["0–5", "5–10", ""]


def test_texts_are_told_apart() -> None:
    names, classes = classed(["a", "b", "a"], "quantiles", 5, "en")
    assert names == ["a", "b", "a"]
    assert len({one.color for one in classes}) == 2


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
    assert {"People", "7.2–9"} <= words
