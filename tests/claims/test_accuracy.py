"""What a layer does not say of its accuracy nobody knows: no interval, no verdict by measure."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from shekara import claims, report, site
from shekara.claims import Verdict
from shekara.errors import AtlasError, InputError
from shekara.i18n import Translator
from shekara.measuring import Interval
from tests.support.atlases import (
    SQUARE,
    claim,
    feature,
    line,
    point,
    polygon,
    write_layer,
    write_map,
)

UNSAID = "accuracy_m = 10\n"
LINES = [
    feature(line([[10.0, 50.2], [10.9, 50.2]]), k="a"),
    feature(line([[10.0, 50.4], [10.9, 50.4]]), k="b"),
]


def check(
    folder: Path, features: list[dict[str, Any]], kind: str, quality: str = "", said: bool = True
) -> Verdict:
    write_layer(folder, "land", [feature(polygon(SQUARE), id="land", name_en="Landia")])
    write_layer(folder, "it", features, quality + claim("c", kind))
    if not said:
        path = folder / "layers" / "it.toml"
        path.write_text(path.read_text(encoding="utf-8").replace(UNSAID, ""), encoding="utf-8")
    write_map(folder, "all", ["it", "land"], [9.0, 49.0, 12.0, 52.0])
    atlas = site.load(folder)
    return claims.check(claims.claim_by_id(atlas, "c"), atlas)


@pytest.mark.parametrize(
    ("features", "kind"),
    [
        (LINES, "length_km = { more_than = 1 }"),
        ([feature(polygon(SQUARE))], "area_km2 = { more_than = 1 }"),
        ([feature(polygon(SQUARE))], "perimeter_km = { more_than = 1 }"),
        (LINES, 'share_percent = { measure = "length", where = { k = "a" }, at_most = 99 }'),
        (LINES, 'difference_percent = { measure = "length", reference = 1, more_than = 1 }'),
        ([feature(point(10.5, 50.5))], 'within = { layer = "land" }'),
        ([feature(point(20.5, 50.5))], 'touches = { layer = "land", expected = false }'),
        ([feature(point(20.5, 50.5))], 'distance_km = { to = "land", more_than = 1 }'),
        (LINES, 'offset_km = { to = "land", less_than = 1 }'),
        (LINES, 'corridor_percent = { of = "land", within_km = 50, more_than = 50 }'),
        (LINES, 'corridor_ratio = { of = "land", within_km = 9, beside = "land", at_least = 0.5 }'),
    ],
)
def test_without_stated_accuracy_no_measure_decides(
    tmp_path: Path, features: list[dict[str, Any]], kind: str
) -> None:
    """Each would hold by far with 10 m; nobody said 10 m."""
    assert check(tmp_path / "said", features, kind).verdict == "holds"
    unsaid = check(tmp_path / "unsaid", features, kind, said=False)
    assert unsaid.verdict == "cannot tell"
    assert "it en" in unsaid.reason(Translator("en"))  # the layer by its title
    assert "accurate" in unsaid.reason(Translator("en"))
    interval = unsaid.measurement.interval
    if interval is not None and unsaid.measurement.basis != "counted":
        assert not interval.known
        assert unsaid.interval_text(Translator("en")) == "accuracy not stated"
    record = unsaid.record()
    if unsaid.measurement.basis != "counted":
        assert (record["low"], record["high"], record["lower_bound"]) == (None, None, False)


def test_the_report_of_an_unstated_accuracy_is_json_and_says_so(tmp_path: Path) -> None:
    unsaid = check(tmp_path, LINES, "length_km = { more_than = 1 }", said=False)
    atlas = site.load(tmp_path)
    text = report.json_text(atlas, [unsaid])
    assert json.loads(text)["claims"][0]["measured"] == pytest.approx(128.6, rel=0.01)
    assert [row[3] for row in report.table([unsaid], Translator("en"))] == ["accuracy not stated"]


def test_counts_and_documented_figures_need_no_accuracy(tmp_path: Path) -> None:
    assert check(tmp_path, LINES, "count = { equals = 2 }", said=False).verdict == "holds"
    numbers = [feature(None, v=3), feature(None, v=4)]
    kind = 'sum = { field = "v", equals = 7 }'
    assert check(tmp_path, numbers, kind, said=False).verdict == "holds"


def test_neighbours_that_share_vertices_touch_at_any_accuracy(tmp_path: Path) -> None:
    right = [[x + 1, y] for x, y in SQUARE]
    squares = [feature(polygon(SQUARE), k="a"), feature(polygon(right), k="b")]
    kind = 'touches = { where = { k = "a" }, with_where = { k = "b" } }'
    assert check(tmp_path, squares, kind, said=False).verdict == "holds"


def test_places_of_one_layer_err_each_by_itself(tmp_path: Path) -> None:
    """5 km one sigma each: √2·5 km, twice, to either side of a distance (and d = 69 to 71 km)."""
    towns = [feature(point(10.0, 50.0), k="a"), feature(point(11.0, 50.0), k="b")]
    kind = 'distance_km = { where = { k = "a" }, to = "it", to_where = { k = "b" }, about = 71.7 }'
    found = check(tmp_path, towns, kind, said=True).measurement.interval
    assert found is not None
    assert found.high - found.value == pytest.approx(2 * 2**0.5 * 0.010, rel=1e-6)
    assert found.value - found.low == pytest.approx(2 * 2**0.5 * 0.010, rel=1e-3)


def test_what_both_places_share_does_not_move_them_apart(tmp_path: Path) -> None:
    towns = [feature(point(10.0, 50.0), k="a"), feature(point(11.0, 50.0), k="b")]
    kind = 'distance_km = { where = { k = "a" }, to = "it", to_where = { k = "b" }, about = 71.7 }'
    alone = check(tmp_path / "a", towns, kind, "shift_m = 0\n").measurement.interval
    shared = check(tmp_path / "b", towns, kind, "shift_m = 5000\n").measurement.interval
    assert alone == shared


def test_parts_left_out_make_a_lower_bound(tmp_path: Path) -> None:
    for quality, own in (("lower_bound = true\n", {}), ("", {"lower_bound": True})):
        lines = [feature(line([[10.0, 50.2], [10.9, 50.2]]), **own)]
        for stated, word in ((60, "holds"), (70, "cannot tell")):
            kind = f"length_km = {{ more_than = {stated} }}"
            found = check(tmp_path, lines, kind, quality)
            assert found.verdict == word
            assert "left out" in found.reason(Translator("en"))
            assert found.interval_text(Translator("en")).startswith("≥")


@pytest.mark.parametrize("key", ["accuracy_m", "shift_m", "resolution_m"])
def test_negative_accuracies_are_refused(tmp_path: Path, key: str) -> None:
    lines = [feature(line([[10.0, 50.2], [10.9, 50.2]]), **{key: -5})]
    with pytest.raises(AtlasError, match=rf"features\[0\]\.properties\.{key} = -5"):
        check(tmp_path, lines, "length_km = { more_than = 1 }")
    if key != "accuracy_m":
        with pytest.raises(AtlasError, match=rf"quality\.{key}"):
            check(tmp_path, LINES, "length_km = { more_than = 1 }", f"{key} = -5\n")


def test_an_end_that_is_null_is_not_given(tmp_path: Path) -> None:
    towns = [feature(None, v=8400, v_low=None, v_high=9000), feature(None, v=10000)]
    found = check(tmp_path, towns, 'sum = { field = "v", about = 18400 }')
    assert found.measurement.interval == Interval(18400, 18400, 19000)


def test_a_figure_outside_its_own_interval_is_refused(tmp_path: Path) -> None:
    towns = [feature(None, v=8400, v_low=8500)]
    with pytest.raises(InputError, match="outside its own interval"):
        check(tmp_path, towns, 'sum = { field = "v", about = 8400 }')


@pytest.mark.parametrize(
    ("found", "value", "low", "high", "places"),
    [
        (Interval(6504.2, 782.4, 12226.0), 6500.0, 800.0, 12200.0, -2),
        (Interval(2720783.0, 2693109.0, 2748457.0), 2721000.0, 2693000.0, 2748000.0, -3),
        (Interval(28.433, 14.29, 42.58), 28.0, 14.0, 43.0, 0),
        (Interval(0.00005, 0.0000455, 0.0000545), 0.00005, 0.0000455, 0.0000545, 7),
    ],
)
def test_two_figures_of_half_the_interval_are_printed(
    found: Interval, value: float, low: float, high: float, places: int
) -> None:
    """Half widths of 5,722, 27,674, 14.1 and 0.0000045, rounded by hand."""
    assert found.places == places
    shown = found.rounded()
    assert (shown.value, shown.low, shown.high) == pytest.approx((value, low, high))
