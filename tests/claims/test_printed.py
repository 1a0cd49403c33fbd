"""Numbers of an atlas are known to half a unit of the last digit that was written."""

from __future__ import annotations

from pathlib import Path

import pytest

from shekara import claims, site
from shekara.claims import Verdict
from shekara.errors import AtlasError
from shekara.i18n import Translator
from tests.support.atlases import claim, feature, write_layer, write_map


def verdict(folder: Path, kind: str) -> Verdict:
    write_layer(folder, "it", [feature(None)], claim("c", kind))
    write_map(folder, "all", ["it"], [0.0, 0.0, 1.0, 1.0])
    atlas = site.load(folder)
    return claims.check(claims.claim_by_id(atlas, "c"), atlas)


@pytest.mark.parametrize(
    ("measured", "stated", "word"),
    [
        ("0.3", "0.00005", "fails"),
        ("0.3", "5e-05", "fails"),
        ("[0.00004501, 0.00005499]", "5e-05", "holds"),
        ("[0.0000449, 0.000055]", "5e-05", "cannot tell"),
        ("[0.96e-7, 1.04e-7]", "1e-7", "holds"),
        ("3e-7", "1e-7", "fails"),
        ("[3.76, 3.84]", "3.8", "holds"),
        ("[3.76, 3.84]", "3.80", "cannot tell"),
        ("[3.796, 3.804]", "3.80", "holds"),
        ("[99.6, 100.4]", "100", "holds"),
        ("[99.6, 100.4]", "100.0", "cannot tell"),
        ("[2.66e6, 2.74e6]", "2.7e6", "holds"),
        ("[2.66e6, 2.74e6]", "2700000", "cannot tell"),
        ("[999.6, 1000.4]", "1_000", "holds"),
    ],
)
def test_equals_means_the_digits_that_were_written(
    tmp_path: Path, measured: str, stated: str, word: str
) -> None:
    """Rounding to the last digit of `stated`, by hand."""
    kind = f'arithmetic = {{ expression = "a", values = {{ a = {measured} }}, equals = {stated} }}'
    assert verdict(tmp_path, kind).verdict == word


@pytest.mark.parametrize(
    ("value", "low", "high"),
    [
        ("3.80", 3.795, 3.805),
        ("5e-05", 4.5e-05, 5.5e-05),
        ("1e-7", 0.5e-7, 1.5e-7),
        ("2.7e6", 2.65e6, 2.75e6),
        ("104492", 104491.5, 104492.5),
    ],
)
def test_a_value_of_arithmetic_is_known_to_its_last_digit(
    tmp_path: Path, value: str, low: float, high: float
) -> None:
    kind = f'arithmetic = {{ expression = "a", values = {{ a = {value} }}, more_than = 0 }}'
    interval = verdict(tmp_path, kind).measurement.interval
    assert interval is not None
    assert (interval.low, interval.high) == (low, high)


def test_what_is_claimed_is_shown_with_its_digits(tmp_path: Path) -> None:
    for stated, shown in (("3.80", "3.80"), ("1e-7", "0.0000001"), ("2.7e6", "2,700,000")):
        kind = f'arithmetic = {{ expression = "1", values = {{}}, less_than = {stated} }}'
        assert verdict(tmp_path, kind).claimed_text(Translator("en")) == f"<\u00a0{shown}"


@pytest.mark.parametrize(
    ("value", "relation", "measured", "interval"),
    [
        # a share of whole millions, allowed to differ by 0.3: 5.25288, 5.25187 to 5.25388
        ("[5.25187, 5.25389]", "equals = 5.2, tolerance = 0.3", "5.25", ""),
        ("55138633", "about = 55000000, tolerance = 1000000", "55,100,000", ""),
        # 2.37 billion within a tenth; half the interval of 149.5 has its second figure at ten
        ("[2990, 3289]", "about = 2370, tolerance_percent = 10", "3,140", "2,990–3,290"),
        # only a limit is claimed: what four figures of the source allow
        ("[4001.4345, 4012.5625]", "less_than = 4800", "4,007", "4,001–4,013"),
    ],
)
def test_no_more_is_printed_than_decides(
    tmp_path: Path, value: str, relation: str, measured: str, interval: str
) -> None:
    """A tenth of what is allowed, two figures of half the interval; rounded by hand."""
    kind = f'arithmetic = {{ expression = "a", values = {{ a = {value} }}, {relation} }}'
    found, say = verdict(tmp_path, kind), Translator("en")
    assert (found.measured_text(say), found.interval_text(say)) == (measured, interval)
    record = found.record()
    assert (record["measured_text"], record["interval_text"]) == (measured, interval)


def test_a_figure_that_is_quoted_stays_as_it_was_written(tmp_path: Path) -> None:
    value = claim("c", 'value = { field = "length_km", more_than = 6500 }')
    write_layer(tmp_path, "it", [feature(None, length_km=7598.6)], value)
    write_map(tmp_path, "all", ["it"], [0.0, 0.0, 1.0, 1.0])
    atlas = site.load(tmp_path)
    found = claims.check(claims.claim_by_id(atlas, "c"), atlas)
    assert found.measured_text(Translator("en")) == "7,598.6"


def test_the_middle_of_some_years_is_no_year(tmp_path: Path) -> None:
    kind = (
        'arithmetic = { expression = "y", values = { y = [2003, 2008] }, unit = "year", '
        "equals = 2007, tolerance = 0.5 }"
    )
    found, say = verdict(tmp_path, kind), Translator("en")
    assert (found.measured_text(say), found.interval_text(say)) == ("", "2003–2008")


@pytest.mark.parametrize("stated", ["nan", "inf", "-inf", '"3"', "true", "1e999"])
def test_what_is_no_number_is_refused_with_its_place(tmp_path: Path, stated: str) -> None:
    kind = f'arithmetic = {{ expression = "1", values = {{}}, equals = {stated} }}'
    with pytest.raises(AtlasError, match=r"claim c\.arithmetic\.equals") as caught:
        verdict(tmp_path, kind)
    assert str(caught.value).startswith("1 problem in the atlas")
