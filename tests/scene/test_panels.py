"""Charts beside a map: values summed by place and series, estimates, references, words."""

from __future__ import annotations

from pathlib import Path

import pytest

from shekara import site
from shekara.scene import Panel, resolve
from tests.support import lake_atlas


@pytest.fixture(scope="module")
def panels(tmp_path_factory: pytest.TempPathFactory) -> tuple[Panel, ...]:
    atlas = site.load(lake_atlas.write(Path(tmp_path_factory.mktemp("panels") / "atlas")))
    return resolve(atlas, "all", "en").panels


def test_values_of_one_place_are_summed(panels: tuple[Panel, ...]) -> None:
    (series,) = panels[0].series
    # Ports have 100 and 4, the mine 25, the inn 0.
    assert series.x == ("Port", "Mine", "inn")
    assert series.y == (104.0, 25.0, 0.0)


def test_a_sum_with_an_estimate_in_it_is_estimated(panels: tuple[Panel, ...]) -> None:
    assert panels[0].series[0].estimated == (True, False, False)


def test_a_chart_has_titles_axes_references_and_a_note(panels: tuple[Panel, ...]) -> None:
    bars = panels[0]
    assert (bars.kind, bars.title, bars.x_title, bars.y_title) == (
        "bars", "People by kind", "Kind", "People, t",
    )  # fmt: skip
    assert (bars.x_log, bars.y_log, bars.y_zero, bars.note) == (False, True, True, "Counted once.")
    (reference,) = bars.references
    assert (reference.value, reference.title, reference.axis) == (10.0, "ten", "y")


def test_a_line_has_a_series_for_each_value_of_its_field(panels: tuple[Panel, ...]) -> None:
    lines = {series.title: (series.x, series.y) for series in panels[1].series}
    assert lines == {
        "Port": ((1800.0, 1900.0), (100.0, 4.0)),
        "Mine": ((1850.0,), (25.0,)),
        "inn": ((1950.0,), (0.0,)),
    }
    assert panels[1].series[0].labels == ("Aa", "Cc")
    assert panels[1].series[0].style.color == "#0000aa"  # the class's own


def test_bars_at_one_place_are_told_apart_by_their_series(panels: tuple[Panel, ...]) -> None:
    """Years of a chart by kind: the year alone does not say whose the value is."""
    assert "the least 0 (1950; inn), the most 100 (1800; Port)" in panels[1].alt


def test_a_chart_in_words_says_how_many_the_least_and_the_most(panels: tuple[Panel, ...]) -> None:
    assert panels[0].alt == (
        "Chart “People by kind”: 3 values (People, t); the least 0 (inn), the most 104 (Port)."
    )
