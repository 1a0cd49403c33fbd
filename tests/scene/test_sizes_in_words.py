"""The legend of sizes says of what they are, in no class's colour; charts call classes by title."""

from __future__ import annotations

from dataclasses import replace

import pytest

from shekara import site
from shekara.scene import Scene, resolve
from shekara.sheet.symbols.palette import distinguish_styles
from tests.support.atlases import feature, line, write_layer, write_map

STYLE = """
[style]
width = 6
width_by = "value"
arrow = true
by = "kind"
[[style.class]]
value = "sea"
title = { en = "By sea" }
color = "#0072b2"
dash = "dashed"
[[style.class]]
value = "land"
title = { en = "By land" }
color = "#d55e00"
[field.value]
title = { en = "Passengers, million" }
"""
CHART = """
[[panel]]
kind = "bars"
title = { en = "Passengers" }
layer = "flows"
x = "name"
y = "value"
by = "kind"
"""


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Scene:
    folder = tmp_path_factory.mktemp("sizes") / "atlas"
    flows = [
        feature(line([[10, 50], [11, 51 + n]]), id=kind, name=kind, kind=kind, value=100 - 60 * n)
        for n, kind in enumerate(("sea", "land"))
    ]
    write_layer(folder, "flows", flows, STYLE)
    write_map(folder, "all", ["flows"], [9.5, 49.5, 11.5, 52.5], more=CHART)
    return resolve(site.load(folder), "all", "en")


def test_sizes_beside_classes_are_grey_and_plain_under_their_quantity(scene: Scene) -> None:
    titles = [entry.title for entry in scene.legend]
    assert titles == ["flows en", "By sea", "By land", "Passengers, million", "100", "50", "10"]
    assert [entry.heading for entry in scene.legend] == [True, False, False, True, *[False] * 3]
    looks = {(entry.style.color, entry.style.dash) for entry in scene.legend[4:]}
    assert len(looks) == 1
    assert looks.isdisjoint({("#0072b2", scene.legend[1].style.dash), ("#d55e00", ())})


def test_sizes_take_no_part_in_telling_classes_apart(scene: Scene) -> None:
    """As signs like others the grey lines would get dashes, or give dashes to the classes."""
    styles = distinguish_styles(scene.legend)
    assert [style.dash for style in styles] == [entry.style.dash for entry in scene.legend]
    plain = [replace(entry, measure=False) for entry in scene.legend]
    assert distinguish_styles(plain) != styles


def test_the_series_of_a_chart_are_called_as_the_classes_are(scene: Scene) -> None:
    """The field has no words for its values: the titles of the classes are theirs."""
    assert [series.title for series in scene.panels[0].series] == ["By sea", "By land"]


def test_the_width_of_a_line_stands_for_an_amount(scene: Scene) -> None:
    assert [item.amount for item in scene.layers[0].features] == ["100", "40"]
