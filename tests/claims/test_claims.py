"""Every kind of claim against a value worked out by hand or by another rule."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from shekara import claims, site
from shekara.claims import KINDS, Verdict
from shekara.claims.relation import RELATIONS, Relation
from shekara.claims.statements import evaluate
from shekara.errors import AtlasError, InputError
from shekara.i18n import Translator
from shekara.measuring import WGS84, Interval
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

DEGREE_KM = 111.3194908  # of the equator: a·π/180
EXTENT = [-5.0, -5.0, 30.0, 55.0]


def check(folder: Path, features: list[dict[str, Any]], kind: str, **how: Any) -> Verdict:
    """The verdict on one claim about one layer."""
    more = how.pop("more", "")
    write_layer(folder, "it", features, more + claim("c", kind), **how)
    write_map(folder, "all", ["it"], EXTENT)
    found = site.load(folder)
    return claims.check(claims.claim_by_id(found, "c"), found)


def equator(km: float = 0.0, degrees: float = 1.0, lat: float = 0.0, **own: Any) -> dict[str, Any]:
    return feature(line([[0.0, lat], [degrees, lat]]), **own)


# Relations


@pytest.mark.parametrize(
    ("relation", "low", "high", "word"),
    [
        ({"more_than": 5}, 6, 7, "holds"),
        ({"more_than": 5}, 5, 7, "cannot tell"),
        ({"more_than": 5}, 3, 5, "fails"),
        ({"more_than": 5}, 6, math.inf, "holds"),
        ({"more_than": 5}, 4, math.inf, "cannot tell"),
        ({"less_than": 5}, 4, math.inf, "cannot tell"),
        ({"less_than": 5}, 6, math.inf, "fails"),
        ({"less_than": 5}, 3, 4, "holds"),
        ({"at_least": 5}, 5, 7, "holds"),
        ({"at_most": 5}, 5, 5, "holds"),
        ({"at_most": 5}, 5, 6, "cannot tell"),
        ({"between": [1, 2]}, 1, 2, "holds"),
        ({"between": [1, 2]}, 2.1, 3, "fails"),
        ({"equals": 4}, 4, 4, "holds"),
        ({"equals": 4}, 5, 5, "fails"),
        ({"equals": 3.8}, 3.76, 3.84, "holds"),
        ({"equals": 3.8}, 3.86, 3.9, "fails"),
        ({"equals": 3.8}, 3.7, 3.8, "cannot tell"),
        ({"equals": 100, "tolerance": 3}, 97, 103, "holds"),
        ({"equals": 100, "tolerance_percent": 1}, 98, 98.5, "fails"),
        ({"about": 100}, 95, 105, "holds"),
        ({"about": 100, "tolerance_percent": 1}, 95, 105, "cannot tell"),
    ],
)
def test_an_interval_decides_a_relation(
    relation: dict[str, Any], low: float, high: float, word: str
) -> None:
    assert Relation(**relation).outcome(Interval(low, low, high)) == word


@given(st.sampled_from(RELATIONS[:-1]), st.floats(-50, 50), st.floats(-50, 50), st.floats(0, 9))
def test_a_narrower_interval_never_overturns_a_verdict(
    name: str, stated: float, low: float, width: float
) -> None:
    """What holds or fails for an interval does so for each value in it."""
    relation = Relation.model_validate({name: stated})
    word = relation.outcome(Interval(low, low, low + width))
    for value in (low, low + width / 2, low + width):
        if word != "cannot tell":
            assert relation.outcome(Interval(value, value, value)) == word


# Sizes


@pytest.mark.parametrize(
    ("key", "factor"), [("length_km", 1), ("length_m", 1000), ("length_M", 1 / 1.852)]
)
def test_a_length_is_the_sum_of_geodesics(tmp_path: Path, key: str, factor: float) -> None:
    kind = f"{key} = {{ about = {2 * DEGREE_KM * factor} }}"
    found = check(tmp_path, [equator(), equator()], kind)
    interval = found.measurement.interval
    assert interval is not None
    assert interval.value == pytest.approx(2 * DEGREE_KM * factor, rel=1e-8)
    assert found.verdict == "holds"


def test_a_generalised_line_confirms_more_and_never_refutes_it(tmp_path: Path) -> None:
    for limit, word in ((100, "holds"), (120, "cannot tell")):
        kind = f"length_km = {{ more_than = {limit} }}"
        assert check(tmp_path, [equator()], kind, precision="generalised").verdict == word
    assert check(tmp_path, [equator()], "length_km = { more_than = 120 }").verdict == "fails"


def test_a_line_coarser_than_its_accuracy_is_generalised(tmp_path: Path) -> None:
    coarse = [equator(resolution_m=5000)]
    assert check(tmp_path, coarse, "length_km = { more_than = 120 }").verdict == "cannot tell"


def test_schematic_geometry_proves_nothing_about_its_size(tmp_path: Path) -> None:
    for kind in (
        "area_km2 = { more_than = 1 }",
        "perimeter_km = { more_than = 1 }",
        'share_percent = { measure = "area", at_most = 100 }',
    ):
        found = check(tmp_path, [feature(polygon(SQUARE))], kind, precision="schematic")
        assert found.verdict == "cannot tell"
        assert "schematic" in found.reason(Translator("en"))
        assert found.measurement.interval is not None  # it is still shown


@pytest.mark.parametrize(("key", "unit"), [("area_km2", 1e6), ("area_m2", 1), ("area_ha", 1e4)])
def test_an_area_is_geodesic_and_its_interval_a_shift_of_the_outline(
    tmp_path: Path, key: str, unit: float
) -> None:
    found = check(tmp_path, [feature(polygon(SQUARE))], f"{key} = {{ more_than = 1 }}")
    lon, lat = np.array(SQUARE).T
    area, perimeter = WGS84.polygon_area_perimeter(lon, lat)
    interval = found.measurement.interval
    assert interval is not None
    assert interval.value * unit == pytest.approx(area, rel=1e-12)
    assert (interval.high - interval.value) * unit == pytest.approx(2 * 10 * perimeter, rel=1e-9)


def test_a_perimeter_counts_every_ring(tmp_path: Path) -> None:
    found = check(tmp_path, [feature(polygon(SQUARE))], "perimeter_km = { about = 365 }")
    assert found.verdict == "holds"  # two meridian degrees at 50° (222.5 km), two parallels (142)


def test_a_count_is_exact_and_can_count_different_values(tmp_path: Path) -> None:
    places = [feature(point(i, 1), state="ab"[i % 2]) for i in range(5)]
    assert check(tmp_path, places, "count = { equals = 5 }").verdict == "holds"
    assert check(tmp_path, places, "count = { equals = 4 }").verdict == "fails"
    kind = 'count = { distinct = "state", equals = 2 }'
    assert check(tmp_path, places, kind).verdict == "holds"
    kind = 'count = { where = { state = ["a"] }, equals = 3 }'
    assert check(tmp_path, places, kind).verdict == "holds"


def test_a_sum_adds_documented_values_and_their_intervals(tmp_path: Path) -> None:
    places = [feature(None, v=10, v_low=9, v_high=12), feature(None, v=5), feature(None)]
    found = check(tmp_path, places, 'sum = { field = "v", unit = "ha", between = [14, 17] }')
    assert found.measurement.interval == Interval(15, 14, 17)
    assert (found.verdict, found.measurement.basis, found.measurement.unit) == (
        "holds",
        "documented",
        "ha",
    )


def test_a_value_is_one_attribute_of_one_feature(tmp_path: Path) -> None:
    places = [feature(None, k=1, v=3.25), feature(None, k=2, v=9)]
    kind = 'value = { field = "v", where = { k = 1 }, equals = 3.25 }'
    assert check(tmp_path, places, kind).verdict == "holds"
    with pytest.raises(InputError, match="narrow `where`"):
        check(tmp_path, places, 'value = { field = "v", equals = 3 }')


def test_a_share_of_a_documented_total_is_their_ratio(tmp_path: Path) -> None:
    places = [feature(None, k="a", v=104492), feature(None, k="t", v=2717300)]
    kind = (
        'share_percent = { field = "v", where = { k = "a" }, of_where = { k = "t" }, equals = 3.8 }'
    )
    found = check(tmp_path, places, kind)
    assert found.measurement.interval is not None
    assert found.measurement.interval.value == pytest.approx(3.845, abs=5e-4)  # by calculator
    assert found.verdict == "holds"
    kind = 'share_percent = { field = "v", where = { k = "a" }, of_value = 2669800, equals = 3.8 }'
    assert check(tmp_path, places, kind).verdict == "fails"  # 3.914


def test_a_share_of_length_follows_the_lines(tmp_path: Path) -> None:
    lines = [equator(k="a", degrees=1.0), equator(k="b", degrees=3.0)]
    kind = 'share_percent = { measure = "length", where = { k = "a" }, about = 25 }'
    found = check(tmp_path, lines, kind)
    assert found.measurement.interval is not None
    assert found.measurement.interval.value == pytest.approx(25, abs=1e-9)


@pytest.mark.parametrize("measure", ["", 'measure = "area", '])
def test_a_share_of_areas_needs_not_say_that_it_is_of_areas(tmp_path: Path, measure: str) -> None:
    # The same parallels, a degree wide and three: their areas are as 1 to 3 on any ellipsoid.
    cells = [
        feature(polygon([[0, 0], [1, 0], [1, 2], [0, 2], [0, 0]]), k="a"),
        feature(polygon([[1, 0], [4, 0], [4, 2], [1, 2], [1, 0]]), k="b"),
    ]
    kind = f'share_percent = {{ {measure}where = {{ k = "a" }}, about = 25 }}'
    share = check(tmp_path, cells, kind).measurement.interval
    assert share is not None
    assert share.value == pytest.approx(25, abs=0.05)  # edges between parallels are geodesics
    assert share.low <= 25 <= share.high or not share.known


def test_a_difference_is_in_percent_of_the_reference(tmp_path: Path) -> None:
    kind = (
        f'difference_percent = {{ measure = "length", reference = {DEGREE_KM * 2}, at_most = 51 }}'
    )
    found = check(tmp_path, [equator()], kind)
    assert found.measurement.interval is not None
    assert found.measurement.interval.value == pytest.approx(50, abs=1e-6)
    assert found.verdict == "holds"


# Places


def squares(gap: float) -> list[dict[str, Any]]:
    right = [[x + 1 + gap, y] for x, y in SQUARE]
    return [feature(polygon(SQUARE), k="a"), feature(polygon(right), k="b")]


def test_touching_is_having_points_in_common(tmp_path: Path) -> None:
    kind = 'touches = { where = { k = "a" }, with_where = { k = "b" } }'
    assert check(tmp_path, squares(0.0), kind).verdict == "holds"
    assert check(tmp_path, squares(0.1), kind).verdict == "fails"
    assert (
        check(tmp_path, squares(0.1), kind.replace("}, with", "}, expected = false, with")).verdict
        == "holds"
    )
    kind = 'touches = { where = { k = "a" }, equals = 1 }'
    assert check(tmp_path, squares(0.0), kind).verdict == "holds"
    assert check(tmp_path, squares(0.1), kind).verdict == "fails"


def two_layers(
    folder: Path,
    own: list[dict[str, Any]],
    other: list[dict[str, Any]],
    kind: str,
    accuracy: float = 10,
) -> Verdict:
    write_layer(folder, "other", other, accuracy=accuracy)
    return check(folder, own, kind, accuracy=accuracy)


def test_within_holds_inside_by_more_than_the_accuracy(tmp_path: Path) -> None:
    """0.01° of latitude is 1.1 km: inside for 10 m, open for 1 km (2·√2 km), outside beyond."""
    kind = 'within = { layer = "other" }'
    square = [feature(polygon(SQUARE))]
    near = [feature(point(10.5, 50.01))]
    assert two_layers(tmp_path, near, square, kind).verdict == "holds"
    assert two_layers(tmp_path, near, square, kind, accuracy=1000).verdict == "cannot tell"
    beyond = [feature(point(10.5, 49.0)), *near]
    assert two_layers(tmp_path, beyond, square, kind, accuracy=1000).verdict == "fails"


def test_within_a_hole_is_outside(tmp_path: Path) -> None:
    hole = [[10.4, 50.4], [10.6, 50.4], [10.6, 50.6], [10.4, 50.6], [10.4, 50.4]]
    ring = {"type": "Polygon", "coordinates": [SQUARE, hole]}
    kind = 'within = { layer = "other" }'
    found = two_layers(tmp_path, [feature(point(10.5, 50.5))], [feature(ring)], kind)
    assert found.verdict == "fails"


def test_a_distance_is_the_shortest_geodesic(tmp_path: Path) -> None:
    kind = 'distance_km = { to = "other", about = 222.64 }'
    found = two_layers(tmp_path, [feature(point(0, 0))], [feature(point(2, 0))], kind)
    assert found.measurement.interval is not None
    assert found.measurement.interval.value == pytest.approx(2 * DEGREE_KM, rel=1e-8)
    assert found.measurement.interval.high - found.measurement.interval.value == pytest.approx(
        2 * math.hypot(10, 10) / 1000
    )


def test_an_offset_is_the_mean_or_the_greatest_distance_along_a_line(tmp_path: Path) -> None:
    """A meridian's first 2° lie 0 to 221.15 km from the equator: half of that in the mean."""
    own = [feature(line([[10.0, 0.0], [10.0, 1.0], [10.0, 2.0]]))]
    base = [feature(line([[0.0, 0.0], [20.0, 0.0]]))]
    end = WGS84.inv(10, 0, 10, 2)[2] / 1000
    for statistic, value in (("max", end), ("mean", end / 2)):
        kind = f'offset_km = {{ to = "other", statistic = "{statistic}", more_than = 1 }}'
        found = two_layers(tmp_path, own, base, kind)
        assert found.measurement.interval is not None
        assert found.measurement.interval.value == pytest.approx(value, rel=1e-3)


def test_a_corridor_holds_the_share_of_the_length(tmp_path: Path) -> None:
    """Of a meridian's first 2° (221.15 km) the corridor of 50 km holds 22.6 %."""
    own = [feature(line([[10.0, 0.0], [10.0, 2.0]]))]
    base = [feature(line([[0.0, 0.0], [20.0, 0.0]]))]
    kind = 'corridor_percent = { of = "other", within_km = 50, about = 22.6 }'
    found = two_layers(tmp_path, own, base, kind)
    assert found.measurement.interval is not None
    exact = 100 * 50 / (WGS84.inv(10, 0, 10, 2)[2] / 1000)
    assert found.measurement.interval.value == pytest.approx(exact, abs=0.5)  # pieces of 1 km
    wide = two_layers(tmp_path, own, base, kind, accuracy=5000).measurement.interval
    assert wide is not None
    assert wide.high - wide.low == pytest.approx(
        100 * 2 * 2 * math.hypot(5, 5) / (WGS84.inv(10, 0, 10, 2)[2] / 1000), abs=1
    )


def test_a_corridor_ratio_compares_with_the_area(tmp_path: Path) -> None:
    """Along the corridor's axis all length is inside: 1 over the area's share, 100 of 221 km."""
    base = [feature(line([[0.0, 0.0], [20.0, 0.0]]))]
    box = [[5.0, -1.0], [15.0, -1.0], [15.0, 1.0], [5.0, 1.0], [5.0, -1.0]]
    write_layer(tmp_path, "ground", [feature(polygon(box))])
    own = [feature(line([[6.0, 0.1], [14.0, 0.1]]))]
    kind = 'corridor_ratio = { of = "other", within_km = 50, beside = "ground", more_than = 2 }'
    found = two_layers(tmp_path, own, base, kind)
    assert found.measurement.interval is not None
    # 50 km is 0.4522° of meridian at the equator; rows of the grid lie every 0.022°.
    assert found.measurement.interval.value == pytest.approx(1 / 0.4522, rel=0.03)
    assert found.verdict == "holds"


# Statements


def test_arithmetic_keeps_the_rounding_of_printed_numbers(tmp_path: Path) -> None:
    """104,492 km² at 3.8 % is a territory of 2.714 to 2.787 million km²."""
    kind = (
        'arithmetic = { expression = "part / share * 100", values = { part = 104492, '
        'share = 3.8 }, unit = "km2", between = [2714000, 2788000] }'
    )
    found = check(tmp_path, [feature(None)], kind)
    assert found.measurement.interval is not None
    assert found.measurement.interval.low == pytest.approx(104491.5 / 3.85 * 100)
    assert found.measurement.interval.high == pytest.approx(104492.5 / 3.75 * 100)
    assert found.verdict == "holds"


@given(
    st.lists(st.tuples(st.floats(-9, 9), st.floats(0, 3)), min_size=3, max_size=3),
    st.sampled_from(["a + b - c", "a * b * c", "-(a - b) * 2 + c", "a * (b + c)"]),
    st.floats(0, 1),
)
def test_arithmetic_holds_every_combination_of_its_values(
    ranges: list[tuple[float, float]], expression: str, share: float
) -> None:
    values = {n: Interval(x, x, x + w) for n, (x, w) in zip("abc", ranges, strict=True)}
    inside = {n: i.low + share * (i.high - i.low) for n, i in values.items()}
    found = evaluate(expression, values)
    exact = eval(expression, {}, inside)
    assert found.low - 1e-9 <= exact <= found.high + 1e-9


@pytest.mark.parametrize("expression", ["__import__('os')", "a ** b", "a.b", "[1]", "a +", "f(1)"])
def test_arithmetic_takes_nothing_but_arithmetic(tmp_path: Path, expression: str) -> None:
    kind = f'arithmetic = {{ expression = "{expression}", values = {{ a = 1.0 }}, equals = 1 }}'
    with pytest.raises(AtlasError, match="expression"):
        check(tmp_path, [feature(None)], kind)


def test_a_document_decides_and_can_contradict(tmp_path: Path) -> None:
    kind = 'documented = { by = "Treaty of 1999", date = 1999-01-31 }'
    assert check(tmp_path, [feature(None)], kind).verdict == "documented"
    kind = 'documented = { by = "Treaty of 1999", confirms = false }'
    found = check(tmp_path, [feature(None)], kind)
    assert found.verdict == "fails"
    assert "Treaty of 1999" in found.reason(Translator("en"))


def test_an_opinion_is_not_checkable_and_says_why(tmp_path: Path) -> None:
    found = check(tmp_path, [feature(None)], 'not_checkable = { why = "a forecast" }')
    assert (found.verdict, found.reason(Translator("en"))) == ("not checkable", "a forecast")


@pytest.mark.parametrize(
    ("measured", "word"), [(105.0, "holds"), (105.5, "fails"), (94.5, "fails")]
)
def test_about_means_one_part_in_twenty(measured: float, word: str) -> None:
    relation = Relation.model_validate({"about": 100})
    assert relation.outcome(Interval(measured, measured, measured)) == word


def test_a_statement_that_nobody_held_against_its_evidence_says_which(tmp_path: Path) -> None:
    found = check(tmp_path, [feature(None)], 'not_checked = { why = "a census of 2021" }')
    assert found.verdict == "not checked"
    assert "a census of 2021" in found.reason(Translator("en"))


# Several sources


def test_several_sources_are_measured_each_and_must_agree(tmp_path: Path) -> None:
    lines = [equator(source="fine"), equator(source="coarse", degrees=0.5, precision="generalised")]
    kind = 'length_km = { each = "source", more_than = 100 }'
    found = check(tmp_path, lines, kind)
    assert [(one.name, one.verdict) for one in found.sources] == [
        ("fine", "holds"),
        ("coarse", "cannot tell"),
    ]
    assert found.verdict == "holds"
    short = equator(source="other", degrees=0.5)
    against = check(tmp_path, [*lines, short], kind)
    assert against.verdict == "cannot tell"
    assert "contradict" in against.reason(Translator("en"))


def test_nothing_chosen_is_cannot_tell(tmp_path: Path) -> None:
    kind = 'length_km = { where = { k = "none" }, more_than = 1 }'
    assert check(tmp_path, [equator(k="a")], kind).verdict == "cannot tell"


def test_every_kind_is_tried() -> None:
    tests = Path(__file__).parent.glob("test_*.py")
    text = "".join(path.read_text(encoding="utf-8") for path in tests)
    assert [kind for kind in KINDS if kind not in text] == []


def test_a_verdict_as_json_has_the_promised_keys(tmp_path: Path) -> None:
    record = check(tmp_path, [equator()], "length_km = { more_than = 100 }").record()
    assert {"id", "layer", "verdict", "recorded", "measured", "low", "high", "unit", "reason"} <= (
        set(record)
    )
    assert record["claimed"] == ">\u00a0100\u00a0km"
