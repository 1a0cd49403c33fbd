"""Where bars, lines and axes of a chart stand, counted by hand."""

from __future__ import annotations

import json

import pytest

from tests.support.modules import run

PLACES = "x => ({a: 50, b: 150})[x]"
VALUES = "v => 100 - 10 * v"  # zero at 100, ten pixels a unit upwards


def boxes(series: list[dict[str, list[object]]], **look: bool) -> list[tuple[float, ...]]:
    """Start, end, side and thickness of each bar in bands of 100 pixels."""
    kind = {"stacked": False, "lying": False} | look
    given = f"{{at: {PLACES}, value: {VALUES}, band: 100, zero: 0, ...{json.dumps(kind)}}}"
    (rows,) = run("plot", f"plot.boxes({json.dumps(series)}, {given})")
    return [(row["start"], row["end"], row["side"], row["thick"]) for row in rows]


def test_stacked_bars_stand_on_each_other_above_zero_and_hang_below_it() -> None:
    series: list[dict[str, list[object]]] = [
        {"x": ["a", "b"], "y": [3, -1]}, {"x": ["a", "b"], "y": [2, -4]},
    ]  # fmt: skip
    assert boxes(series, stacked=True) == [
        (70, 100, 27, 46), (100, 110, 127, 46), (50, 70, 27, 46), (110, 150, 127, 46),
    ]  # fmt: skip


def test_bars_side_by_side_share_their_band() -> None:
    """76 of 100 pixels for two bars, around the middle; what is 0 or not known has none."""
    series: list[dict[str, list[object]]] = [
        {"x": ["a", "b"], "y": [1, None]}, {"x": ["b", "a"], "y": [0, 2]},
    ]  # fmt: skip
    assert boxes(series) == [(90, 100, 12, 38), (80, 100, 50, 38)]
    assert [thick for *_, thick in boxes(series, lying=True)] == [18, 18]


def test_what_bars_reach_together_is_summed_on_either_side_of_zero() -> None:
    series = [{"x": ["a", "b"], "y": [3, -1]}, {"x": ["b"], "y": [-4]}]
    (reached,) = run("plot", f'plot.sums({json.dumps(series)}, ["a", "b"])')
    assert reached == [3, 0, 0, -5]


def test_bars_of_things_stand_by_their_size() -> None:
    series = [{"x": ["a", "b", "c"], "y": [3, None, -9]}, {"x": ["b"], "y": [4]}]
    (order,) = run("plot", f'plot.ranked(["a", "b", "c", "d"], {json.dumps(series)})')
    assert order == ["b", "a", "c", "d"]


@pytest.mark.parametrize(
    ("values", "digits"),
    [
        ([12.5, 3.8, 20], 1),  # as they were written
        ([1, 2, 300], 0),
        ([0.123456, 0.5], 3),  # three figures of the largest
        ([1234.56, 7.5], 0),
        ([None, 0], 0),
    ],
)
def test_figures_have_the_decimals_of_their_data(values: list[float], digits: int) -> None:
    assert run("plot", f"plot.decimals({json.dumps(values)})") == [digits]


@pytest.mark.parametrize(
    ("value", "digits"),
    [(3.1, 1), (5, 0), (1234.5, 0), (12.345, 1), (0.00123, 4), (-0.5, 1), (3.14159, 2), (0, 0)],
)
def test_a_value_is_read_out_as_it_was_written(value: float, digits: int) -> None:
    assert run("plot", f"plot.exact({value})") == [digits]


def test_a_line_breaks_where_nothing_is_known() -> None:
    series = {"x": [0, 1, 2, 3], "y": [None, 1, None, 2]}
    (drawn,) = run("plot", f"plot.path({json.dumps(series)}, x => 10 * x, y => 5 - y)")
    assert drawn == "M10.0,4.0M30.0,3.0"
    series["y"] = [1, 1, None, 2]
    (drawn,) = run("plot", f"plot.path({json.dumps(series)}, x => 10 * x, y => 5 - y)")
    assert drawn == "M0.0,4.0L10.0,4.0M30.0,3.0"


@pytest.mark.parametrize(
    ("values", "look", "ends"),
    [
        ([10, 30], {}, [8.8, 31.2]),  # 6 % of air
        ([10, 30], {"zero": True}, [0, 31.8]),
        ([-10, 30], {"zero": True}, [-12.4, 32.4]),
        ([], {}, [0, 1.06]),  # something to draw
        ([2, 200], {"log": True}, [2 / 1.1, 220]),
        ([2, 200], {"log": True, "bars": True}, [1, 220]),
        ([-3, 0], {"log": True}, [1, 10]),  # no place for them
    ],
)
def test_an_axis_reaches_all_values(
    values: list[float], look: dict[str, bool], ends: list[float]
) -> None:
    (reached,) = run("scales", f"scales.reach({json.dumps(values)}, {json.dumps(look)})")
    assert reached == pytest.approx(ends)


def test_values_stand_along_an_axis_evenly_or_by_their_logarithm() -> None:
    even, decades, turned = run(
        "scales",
        "[0, 5, 10].map(scales.along([0, 10], [100, 200], false))",
        "[1, 10, 1000].map(scales.along([1, 1000], [0, 300], true))",
        "[0, 5, 10].map(scales.along([0, 10], [200, 100], false))",
    )
    assert even == [100, 150, 200]
    assert decades == pytest.approx([0, 100, 300])
    assert turned == [200, 150, 100]
