"""Numbers, units and dates as readers of each language write them; words in all three."""

from __future__ import annotations

import datetime

import pytest

from shekara import words

NBSP = "\u00a0"


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("kk", f"2{NBSP}724{NBSP}902,25"),
        ("ru", f"2{NBSP}724{NBSP}902,25"),
        ("en", "2,724,902.25"),
        ("de", "2.724.902,25"),
    ],
)
def test_a_number_has_the_separators_of_its_language(lang: str, text: str) -> None:
    assert words.number(2724902.25, lang) == text


@pytest.mark.parametrize(
    ("lang", "text"), [("kk", "км²"), ("ru", "км²"), ("en", "km²"), ("fi", "km²")]
)
def test_a_unit_has_the_sign_of_its_language(lang: str, text: str) -> None:
    assert words.quantity(7, "km2", lang) == f"7{NBSP}{text}"


def test_a_unit_that_nobody_knows_stays_as_it_is() -> None:
    assert words.quantity(2, "barrels", "ru") == f"2{NBSP}barrels"


def test_a_year_has_no_separator() -> None:
    assert words.quantity(1998, words.YEAR, "en") == "1998"


def test_digits_are_kept() -> None:
    assert words.number(3, "en", 2) == "3.00"


@pytest.mark.parametrize(
    ("lang", "text"),
    [("ru", f"6 июля 1998{NBSP}г."), ("en", "July 6, 1998"), ("kk", f"1998{NBSP}ж. 6 шілде")],
)
def test_a_date_is_written_out(lang: str, text: str) -> None:
    assert words.day(datetime.date(1998, 7, 6), lang) == text


def test_a_text_falls_back_to_english_and_then_to_what_there_is() -> None:
    assert words.say({"en": "a", "ru": "б"}, "kk") == "a"
    assert words.say({"fi": "c"}, "kk") == "c"
    assert words.say("d", "kk") == "d"
    assert words.say({}, "kk") == ""


def test_a_word_takes_its_values() -> None:
    assert words.word("reason_documented", "en", by="a treaty") == "By a document: a treaty."
    with pytest.raises(KeyError):
        words.word("no such word", "en")


def test_languages_are_those_of_cldr() -> None:
    assert [words.known_language(code) for code in ("kk", "pt-BR", "zz1", "")] == [
        True,
        True,
        False,
        False,
    ]
