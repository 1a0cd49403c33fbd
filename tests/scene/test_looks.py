"""How features are drawn: classes, circles by area, widths by value, round values, dashes."""

from __future__ import annotations

import math
from pathlib import Path

import pytest

from shekara import site
from shekara.atlas.files import ValueLook
from shekara.scene import Style, resolve
from shekara.scene.legend import round_values
from shekara.scene.looks import DASHES, DEFAULT_COLOURS, looks
from tests.support import lake_atlas


@pytest.fixture(scope="module")
def styles(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Style]:
    atlas = site.load(lake_atlas.write(Path(tmp_path_factory.mktemp("looks") / "atlas")))
    scene = resolve(atlas, "all", "en")
    return {f.id: f.style for layer in scene.layers for f in layer.features}


def test_a_circles_area_is_proportional_to_its_value(styles: dict[str, Style]) -> None:
    # 20 points across for 100; a quarter of the value has half the diameter.
    assert styles["towns/a"].size == 20.0
    assert styles["towns/b"].size == 10.0
    assert styles["towns/c"].size == 4.0
    assert styles["towns/d"].size == 3.0  # nothing is still to be seen


def test_a_flows_width_is_proportional_to_its_value(styles: dict[str, Style]) -> None:
    widths = [styles[f"roads/{name}"].width for name in ("wide", "narrow", "track")]
    assert widths == [8.0, 2.0, 0.5]  # 0.02 points could not be seen: the thinnest is 0.5


def test_classes_change_what_they_name_and_keep_the_rest(styles: dict[str, Style]) -> None:
    assert (styles["towns/a"].color, styles["towns/a"].marker) == ("#0000aa", "circle")
    assert (styles["towns/b"].color, styles["towns/b"].marker) == ("#aa0000", "square")
    assert styles["towns/d"].color == "#112233"


def test_points_are_filled_areas_are_glazed_lines_are_empty(styles: dict[str, Style]) -> None:
    assert (styles["towns/a"].fill, styles["towns/a"].fill_opacity) == ("#0000aa", 1.0)
    assert (styles["lakes/lake"].fill, styles["lakes/lake"].fill_opacity) == ("#0072b2", 0.25)
    assert styles["roads/wide"].fill is None


def test_dashes_have_names(styles: dict[str, Style]) -> None:
    assert styles["roads/wide"].dash == (6.0, 3.0)
    assert DASHES["solid"] == ()
    assert len(set(DASHES.values())) == 4


@pytest.mark.parametrize(
    ("largest", "values"),
    [
        (61, [50, 20, 5]),
        (100, [100, 50, 10]),
        (800, [500, 200, 50]),
        (2.4, [2, 1, 0.2]),
        (0.7, [0.5, 0.2, 0.05]),
        (1_900_000, [1e6, 5e5, 1e5]),
    ],
)
def test_the_values_of_a_legend_are_round(largest: float, values: list[float]) -> None:
    assert [math.isclose(a, b) for a, b in zip(round_values(largest), values, strict=True)] == (
        [True] * 3
    )


def test_a_layer_without_colour_takes_the_next_safe_one(tmp_path: Path) -> None:
    atlas = site.load(lake_atlas.write(tmp_path / "atlas"))
    layer = atlas.layers["towns-2"]
    colors = [looks(layer, ValueLook(), "point", place, [0]).base.color for place in (0, 1, 7)]
    assert colors == ["#0072b2", "#e69f00", DEFAULT_COLOURS[0]]
