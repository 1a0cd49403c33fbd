"""Charts beside a map, and flows on it: what the data say is what is drawn."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from matplotlib.text import Text
from shapely.geometry import LineString

from shekara import sheet
from shekara.scene.model import Panel, Series, Style
from shekara.sheet.map.frame import fit
from shekara.sheet.marginalia.bars import LyingBars, Row, lies, rows_of, written
from shekara.sheet.marginalia.frame import cell_labels
from shekara.sheet.marginalia.magnitude import Magnitude
from shekara.sheet.marginalia.plot import draw_series, gathered, set_labels, set_scales
from shekara.sheet.paper.fonts import line_mm
from shekara.sheet.paper.paper import Box, read_size
from shekara.sheet.symbols.arrows import arrow
from tests.support.sheet_reading import drawn, map_axes
from tests.support.sheet_scenes import panels, scene

pytestmark = pytest.mark.long


def chart(panel: Panel, lang: str = "en") -> Any:
    figure = drawn(sheet.figure(replace(scene(lang, panel_count=0), panels=(panel,))))
    return next(ax for ax in figure.axes if str(ax.get_label()).startswith("panel"))


def test_bars_are_as_high_as_the_data_and_a_gap_is_no_bar() -> None:
    panel = panels("en", 2)[1]
    heights = sorted(bar.get_height() for bar in chart(panel).patches)
    assert heights == sorted(value for value in panel.series[0].y if value is not None)


def test_estimates_are_hatched_and_hollow() -> None:
    bars = chart(panels("en", 2)[1]).patches
    hatched = [bar for bar in bars if bar.get_hatch()]
    assert [bar.get_height() for bar in hatched] == [21]
    assert to_hex(hatched[0].get_facecolor()) == "#ffffff"


def test_stacked_bars_stand_on_one_another() -> None:
    bars = chart(panels("en", 3)[2]).patches
    tops = sorted({round(bar.get_y() + bar.get_height()) for bar in bars})
    # 100, 120, 90 in the north and 50, 40, 60 upon it.
    assert tops == [90, 100, 120, 150, 160]


def test_a_reference_line_stands_at_its_value_and_is_named() -> None:
    ax = chart(panels("en", 1)[0])
    levels = [line for line in ax.lines if len(set(np.ravel(line.get_ydata()))) == 1]
    assert 3000 in [line.get_ydata()[0] for line in levels]
    assert "3 000" in [item.get_text() for item in ax.artists + ax.texts if hasattr(item, "halo")]


def test_years_have_no_separator_and_numbers_that_of_the_language() -> None:
    years = [item.get_text() for item in chart(panels("ru", 2)[1], "ru").get_xticklabels()]
    assert "1990" in years
    numbers = [item.get_text() for item in chart(panels("ru", 1)[0], "ru").get_yticklabels()]
    assert "3\u00a0000" in numbers


def test_every_category_is_named_however_long_the_names() -> None:
    names = tuple(f"Union of the states of region {place}" for place in "ABCDEF")
    series = Series("", names, (1, 2, 3, 4, 5, 6), Style(color="#0072b2", fill="#0072b2"))
    panel = Panel("bars", "Unions", "", "people", (series,))
    words = " ".join(item.get_text() for item in texts_of(panel))
    assert all(words.count(f"region {place}") == 1 for place in "ABCDEF")


@pytest.mark.parametrize("count", [12, 16])
def test_many_categories_are_named_in_full_on_small_paper(count: int) -> None:
    """They lie, each in a row; of more than twenty the largest stand here."""
    names = tuple(f"District {letter}" for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"[:count])
    series = Series("", names, tuple(range(1, count + 1)), Style(color="#0072b2", fill="#0072b2"))
    panel = Panel("bars", "Districts", "", "people", (series,))
    whole = replace(scene("en", panel_count=0, claim_count=1), panels=(panel,))
    figure = drawn(sheet.figure(whole, size="A5"))
    printed = [item.get_text() for item in figure.findobj(Text)]
    assert set(names) <= set(printed)


def texts_of(panel: Panel) -> list[Any]:
    figure = sheet.figure(replace(scene("en", panel_count=0), panels=(panel,)))
    return [item for item in figure.get_children() if hasattr(item, "halo")]


def test_rows_of_lying_bars_are_sorted_as_long_as_their_values_and_say_them() -> None:
    style = Style(color="#0072b2", fill="#0072b2")
    series = Series("", ("small", "large", "none"), (2e6, 5e7, None), style)
    texts = texts_of(Panel("bars", "Unions", "", "people", (series,)))
    at = {item.get_text(): item.get_position()[1] for item in texts}
    assert at["large"] > at["small"] > at["none"]
    assert {"people (million)", "50", "2", "no data"} <= set(at)
    bars = [
        item
        for item in texts[0].get_figure(root=True).get_children()
        if hasattr(item, "get_width") and to_hex(item.get_edgecolor()) == style.color
    ]
    long, short = sorted((bar.get_width() for bar in bars), reverse=True)[:2]
    assert long / short == pytest.approx(25)


def test_bars_below_zero_lie_to_its_other_side_last_and_say_their_values() -> None:
    style = Style(color="#0072b2", fill="#0072b2")
    series = Series("", ("loss", "gain", "none"), (-10.0, 20.0, None), style)
    panel = Panel("bars", "Change", "", "%", (series,))
    assert lies(panel)
    assert [row.name for row in rows_of(panel)[0]] == ["gain", "loss", "none"]
    texts = {item.get_text(): item for item in texts_of(panel)}
    assert "20" in texts
    bars = [
        item
        for item in texts["20"].get_figure(root=True).get_children()
        if hasattr(item, "get_width") and to_hex(item.get_edgecolor()) == style.color
    ]
    gain, loss = sorted(bars, key=lambda bar: -bar.get_width())[:2]
    assert gain.get_width() / loss.get_width() == pytest.approx(2)
    assert loss.get_x() + loss.get_width() == pytest.approx(gain.get_x())
    (said,) = [item for text, item in texts.items() if text.endswith("10")]
    assert said.get_position()[0] < loss.get_x()


def test_series_that_look_alike_get_a_hatch_each() -> None:
    same = Style(color="#0072b2", fill="#0072b2")
    series = tuple(Series(name, ("x", "y"), (1, 2), same) for name in "ABCD")
    hatches = [bar.get_hatch() or "" for bar in chart(Panel("bars", "t", "", "", series)).patches]
    assert len(set(hatches)) == 4


def test_a_shaft_and_a_head_make_the_whole_of_a_flow() -> None:
    line = LineString([(0, 0), (50, 0)])
    shaft, head = arrow(line, 6)
    # The tip is the line's end; 6 pt are 2.117 mm, a head of 1.7 times that.
    assert head.bounds[2] == 50
    assert head.bounds[2] - head.bounds[0] == pytest.approx(1.7 * 6 * 25.4 / 72)
    assert shaft.coords[0] == (0, 0)
    assert head.bounds[0] < shaft.length < 50


def test_a_short_flow_keeps_its_direction_and_its_length() -> None:
    shaft, head = arrow(LineString([(0, 0), (0, 1)]), 9)
    assert head.bounds[3] == 1
    assert shaft.length < 1
    assert head.bounds[1] >= 0


def test_a_flow_points_to_where_it_goes() -> None:
    one = scene()
    ax: Any = map_axes(sheet.figure(one))
    flow = next(layer for layer in one.layers if layer.name == "trade").features[0]
    color = flow.style.color
    heads = [
        item
        for item in ax.patches
        if to_hex(item.get_facecolor()) == color and item.get_alpha() is not None
    ]
    (head,) = [item for item in heads if len(item.get_path().vertices) == 4]
    import cartopy.crs as ccrs

    assert isinstance(flow.geometry, LineString)
    x, y = flow.geometry.coords[-1]
    end = ax.projection.transform_point(x, y, ccrs.Geodetic())
    gap = np.hypot(*(head.get_path().vertices - np.array(end)).T).min()
    assert gap < 2000  # metres on a map of 1:6 500 000: a third of a millimetre


def test_of_many_stacked_series_the_smallest_are_drawn_as_one() -> None:
    # Expectation: by hand: 8 series of 1 to 8 at two places; 8, 7, 6 and 5 stay, 1 to 4 make 10.
    series = tuple(
        Series(f"s{n}", ("1990", "1991"), (float(n), None if n == 4 else float(n)), Style())
        for n in range(1, 9)
    )
    whole = replace(panels("en", 3)[2], series=series)
    drawn_series = gathered(whole, scene("en").say).series
    assert [item.title for item in drawn_series] == ["s5", "s6", "s7", "s8", "4 others"]
    assert drawn_series[-1].y == (10.0, 6.0)
    few = replace(whole, series=series[:5])
    assert gathered(few, scene("en").say) == few
    beside = replace(whole, kind="bars")
    assert gathered(beside, scene("en").say) == beside


def test_letters_of_the_index_stand_outside_the_neatline() -> None:
    page = read_size("A4").lying()
    frame = fit(scene("en").projection, scene("en").extent, Box(9, 20, page.width - 18, 150))
    letters = cell_labels(frame, page)
    assert {label.text for label in letters} >= {"A", "B", "1", "2"}
    assert not any(label.box.meets(frame.box) for label in letters)
    narrow = read_size("85x85mm")
    assert cell_labels(fit(frame.projection, scene("en").extent, Box(3, 3, 79, 60)), narrow) == []


def test_each_series_of_bars_has_its_own_decimals() -> None:
    """Published to one decimal, computed to two: neither says more than it knows."""
    pairs = [(12.5, 12.72), (8.7, 8.86), (0.3, None)]
    rows = [Row("x", pair, (Style(), Style()), (False, False)) for pair in pairs]
    texts = written(rows, Magnitude(1.0, "", scene("en").say))
    assert texts == [("12.5", "12.72"), ("8.7", "8.86"), ("0.3", "no data")]


def test_a_bar_has_the_look_of_its_class() -> None:
    red, blue = Style(color="#aa0000"), Style(color="#0000aa")
    series = Series("Share", ("A", "B"), (1.0, 2.0), Style(), looks=(red, blue))
    rows, key = rows_of(Panel("bars", "", "", "", (series,)))
    assert [(row.name, row.styles) for row in rows] == [("B", (blue,)), ("A", (red,))]
    assert not key


def test_of_many_bars_the_largest_stand_and_the_rest_are_counted() -> None:
    """42 names under an axis of a small chart would lie upon each other."""
    names = tuple(f"Place {n}" for n in range(42))
    series = Series("People", names, tuple(float(n) for n in range(42)), Style())
    panel = Panel("bars", "People", "", "", (series,))
    assert lies(panel)
    assert [row.name for row in rows_of(panel)[0]] == [f"Place {n}" for n in range(41, 21, -1)]
    chart = LyingBars(panel, scene("en").say)
    assert chart.note == "Further rows without room: 22; see the web map."
    assert (
        LyingBars(
            replace(panel, series=(replace(series, x=names[:9], y=(1.0,) * 9),)), scene("en").say
        ).note
        == ""
    )


def test_upright_names_stand_a_line_apart() -> None:
    """60 names beneath 50 mm: each fourth one has the 2.8 mm of its line."""
    names = tuple(f"Place {n}" for n in range(60))
    panel = Panel("stacked", "", "", "", (Series("A", names, (1.0,) * 60, Style()),))
    ax = Figure(figsize=(5, 3)).add_axes((0, 0, 1, 1))
    draw_series(ax, panel, 1.0)
    set_scales(ax, panel, scene("en").say)
    set_labels(ax, panel, Box(0, 0, 50, 30), 60.0, 6.5)
    shown = [label.get_text() for label in ax.get_xticklabels()]
    assert shown[:3] == ["Place 0", "Place 4", "Place 8"]
    assert line_mm(6.5) <= 50 / 60 * 4
