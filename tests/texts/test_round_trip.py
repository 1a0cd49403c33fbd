"""What other tools write, Babel in digits and num2words in words, is read back equal."""

from __future__ import annotations

import datetime
import re
from decimal import Decimal
from itertools import pairwise

import pytest
from babel import Locale
from babel.dates import format_date
from babel.numbers import format_compact_decimal, format_decimal
from babel.units import format_unit
from hypothesis import given
from hypothesis import strategies as st
from num2words import num2words  # type: ignore[import-untyped]

from shekara.texts import candidates

pytestmark = pytest.mark.long

SENTENCES = {
    "kk": "Бұл жолдың ұзындығы {} болды.",
    "ru": "Это составляет {} и не больше того.",
    "en": "The whole of it is {} and that was measured.",
}
# CLDR's name of a unit, and ours.
UNITS = {
    "length-kilometer": "km",
    "area-square-kilometer": "km2",
    "area-hectare": "ha",
    "concentr-percent": "percent",
    "length-meter": "m",
}
LANGS = st.sampled_from(sorted(SENTENCES))
NUMBERS = st.decimals(min_value=0, max_value=10**12, places=2)
# num2words calls the language by the code of the country.
SPEAKERS = {"kk": "kz", "ru": "ru", "en": "en"}


@given(number=NUMBERS, lang=LANGS, grouped=st.booleans(), told=st.booleans())
def test_decimals(number: Decimal, lang: str, grouped: bool, told: bool) -> None:
    """A number as Babel writes it, in a sentence of the language, is that number."""
    shown = format_decimal(number, "#,##0.00", Locale.parse(lang), group_separator=grouped)
    readings = candidates(SENTENCES[lang].format(shown + " km"), lang if told else None)
    assert [(each.value, each.unit) for each in readings] == [(float(number), "km")]


@given(number=NUMBERS, lang=LANGS, unit=st.sampled_from(sorted(UNITS)), long=st.booleans())
def test_units(number: Decimal, lang: str, unit: str, long: bool) -> None:
    """A quantity as Babel writes it has its value and our name of the unit."""
    length = "long" if long else "short"
    shown = format_unit(number, unit, length, locale=Locale.parse(lang))  # type: ignore[arg-type]
    (reading,) = candidates(SENTENCES[lang].format(shown))
    assert reading.unit == UNITS[unit]
    assert reading.value == pytest.approx(float(number), abs=0.0005)  # Babel prints 3 decimals


@given(number=st.integers(min_value=1, max_value=999), power=st.sampled_from([3, 6, 9, 12]))
@pytest.mark.parametrize("lang", sorted(SENTENCES))
def test_magnitudes(number: int, power: int, lang: str) -> None:
    """Thousands to trillions as Babel writes them have all their zeros."""
    exact = number * 10**power
    shown = format_compact_decimal(exact, format_type="long", locale=Locale.parse(lang))
    (reading,) = candidates(SENTENCES[lang].format(f"{shown} km²"))
    assert (reading.value, reading.unit) == (exact, "km2")


@given(
    day=st.dates(min_value=datetime.date(1000, 1, 1), max_value=datetime.date(2199, 12, 31)),
    lang=LANGS,
)
def test_dates(day: datetime.date, lang: str) -> None:
    """A date in CLDR's long form is that day."""
    shown = format_date(day, format="long", locale=Locale.parse(lang))
    (reading,) = candidates(SENTENCES[lang].format(shown))
    assert reading.value == day.isoformat()


@given(number=st.integers(min_value=1, max_value=999_999), lang=LANGS)
def test_number_words(number: int, lang: str) -> None:
    """A number that num2words writes out is that number."""
    shown = num2words(number, lang=SPEAKERS[lang]).replace(",", "")
    (reading,) = candidates(SENTENCES[lang].format(f"{shown} km"))
    assert (reading.value, reading.unit) == (number, "km")


@given(st.text(alphabet="0123456789.,'’ \u00a0\u202f-–/%()[]$km²мңжыгтXVI\n", max_size=40))
def test_any_digits(text: str) -> None:
    """Whatever is typed, a candidate is a place of the text and no decimals become thousands."""
    for reading in candidates(text):
        assert text[reading.start : reading.end] == reading.text
        assert reading.ambiguous or reading.value is not None
        for literal in re.finditer(r"(?<![0-9.,'’ \u00a0\u202f])[0-9]+[.,][0-9]+", reading.text):
            tail = re.split("[.,]", literal.group())[1]
            if len(tail) != 3 and literal.end() == len(reading.text):
                glued = float(re.sub("[.,]", "", literal.group()))
                assert glued == 0 or glued != reading.value


@given(st.text(max_size=60))
def test_any_text(text: str) -> None:
    """Any text at all is read without an error, in order and without overlaps."""
    readings = candidates(text)
    assert all(before.end <= after.start for before, after in pairwise(readings))
