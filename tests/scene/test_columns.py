"""Attributes as numbers for charts and as text for readers."""

from __future__ import annotations

from pathlib import Path

import pytest

from shekara import measuring, site
from shekara.atlas import Layer
from shekara.i18n import Translator
from shekara.scene.columns import (
    column,
    feature_name,
    known_decimals,
    measured,
    shown,
    title,
    with_unit,
)
from tests.support import lake_atlas

EN, RU = Translator("en"), Translator("ru")


@pytest.fixture(scope="module")
def layers(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Layer]:
    atlas = site.load(lake_atlas.write(Path(tmp_path_factory.mktemp("columns") / "atlas")))
    return dict(atlas.layers)


def test_a_name_is_that_of_the_language_else_any_else_english() -> None:
    names = {"name": "Plain", "name_ru": "Имя", "name_en": "English"}
    assert [feature_name(names, say) for say in (EN, RU)] == ["English", "Имя"]
    assert feature_name({"name": "Plain"}, RU) == "Plain"
    assert feature_name({"name_en": "English"}, RU) == "English"
    assert feature_name({"id": 3}, RU) == ""


def test_measured_columns_are_measured_on_the_ellipsoid(layers: dict[str, Layer]) -> None:
    # One degree of the parallel 50.5: N cos φ π/180 with N = a/√(1 − e² sin² φ) of WGS 84 is
    # 70,949.5 m; the edge is a geodesic, shorter by s·Δλ² sin² φ/24 = 0.5 m.
    length = measured(layers["roads"], "measured_length_km", 0)
    assert length == pytest.approx(70.949, abs=0.0005)
    assert column(layers["roads"], "measured_length_km", [0]) == [length]
    assert shown(layers["roads"], "measured_length_km", length, EN) == "70.9\u00a0km"


def test_of_a_measured_number_only_what_is_known_is_told(layers: dict[str, Layer]) -> None:
    """Two figures of half the interval, as for a claim about the feature."""
    line = layers["roads"]
    length = measured(line, "measured_length_km", 0)
    assert shown(line, "measured_length_km", length, EN, 0) == "71\u00a0km"
    assert shown(line, "measured_length_km", 12345.6, EN, -2) == "12,300\u00a0km"
    whole = measuring.length_interval([line.geometry[0]], line.quality(0, "accuracy_m"))
    assert known_decimals(line, "measured_length_km", 0) == whole.scaled(1e-3).places
    assert known_decimals(line, "name", 0) is None


def test_a_value_is_written_as_its_field_says(layers: dict[str, Layer]) -> None:
    towns = layers["towns"]
    assert shown(towns, "people", 1234.56, EN) == "1,234.6\u00a0t"
    assert shown(towns, "people", 1234.56, RU) == "1\u00a0234,6\u00a0t"
    assert shown(towns, "founded", 1800, EN) == "1800"
    assert shown(towns, "kind", "port", RU) == "Порт"
    assert shown(towns, "kind", ["port", "mine"], EN) == "Port, Mine"
    assert shown(towns, "guess", True, EN) == "yes"


def test_the_axis_of_a_chart_has_its_unit(layers: dict[str, Layer]) -> None:
    assert title(layers["towns"], "people", EN, unit=True) == "People, t"
    assert title(layers["towns"], "people", EN) == "People"
    assert title(layers["towns"], "name", EN) == ""
    assert with_unit("Change, %", "%") == "Change, %"
    assert with_unit("Length (km)", "km") == "Length (km)"
    assert with_unit("Cream", "m") == "Cream, m"
    assert title(layers["roads"], "measured_length_km", EN, unit=True) == "measured length km, km"


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("1998-07-06", "July 6, 1998"),
        ("1998-07", "July 1998"),
        ("1998-02-31", "1998-02-31"),
        ("1998", "1998"),
        ("0000-05", "0000-05"),
        ("0534-05", "0534-05"),  # the number of something
        ("2009-10", "2009-10"),  # a season
    ],
)
def test_a_date_of_the_calendar_is_written_as_the_language_does(
    layers: dict[str, Layer], value: str, said: str
) -> None:
    """English (CLDR, long form): month, day, year."""
    assert shown(layers["roads"], "day", value, EN) == said
