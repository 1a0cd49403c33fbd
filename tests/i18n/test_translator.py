"""Numbers, units and dates as readers of each language write them; words in all that ship."""

from __future__ import annotations

import datetime
import pickle

import pytest

from shekara.i18n import (
    YEAR,
    Translator,
    built_in,
    direction,
    known_language,
    messages,
    own_name,
)

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
    assert Translator(lang).number(2724902.25) == text


@pytest.mark.parametrize(
    ("lang", "text"), [("kk", "км²"), ("ru", "км²"), ("en", "km²"), ("fi", "km²")]
)
def test_a_unit_has_the_sign_of_its_language(lang: str, text: str) -> None:
    assert Translator(lang).quantity(7, "km2") == f"7{NBSP}{text}"


def test_a_unit_that_nobody_knows_stays_as_it_is() -> None:
    assert Translator("ru").quantity(2, "barrels") == f"2{NBSP}barrels"


def test_a_unit_has_a_name_for_a_screen_reader() -> None:
    assert Translator("en").unit_name("km2") == "square kilometers"
    assert Translator("de").unit_name("barrels") == "barrels"


def test_a_year_has_no_separator() -> None:
    assert Translator("en").quantity(1998, YEAR) == "1998"


def test_digits_are_kept() -> None:
    assert Translator("en").number(3, 2) == "3.00"


@pytest.mark.parametrize(
    ("lang", "signs"), [("en", (".", ",")), ("ru", (",", NBSP)), ("de", (",", "."))]
)
def test_the_signs_of_numbers_for_programs_of_a_page(lang: str, signs: tuple[str, str]) -> None:
    assert Translator(lang).separators == signs


@pytest.mark.parametrize(
    ("lang", "text"),
    [("ru", f"6 июля 1998{NBSP}г."), ("en", "July 6, 1998"), ("kk", f"1998{NBSP}ж. 6 шілде")],
)
def test_a_date_is_written_out(lang: str, text: str) -> None:
    assert Translator(lang).day(datetime.date(1998, 7, 6)) == text


def test_a_text_falls_back_to_english_and_then_to_what_there_is() -> None:
    kk = Translator("kk")
    assert kk.text({"en": "a", "ru": "б"}) == "a"
    assert kk.text({"fi": "c"}) == "c"
    assert kk.text("d") == "d"
    assert kk.text({}) == ""


def test_a_word_takes_its_values() -> None:
    en = Translator("en")
    assert en.message("reason_documented", by="a treaty") == "By a document: a treaty."
    with pytest.raises(KeyError):
        en.message("no such word")


def test_an_atlas_puts_its_own_words_first() -> None:
    de = Translator("de", {"yes": "jawohl"})
    assert (de.message("yes"), de.message("no")) == ("jawohl", "no")
    assert Translator("ru", {"yes": "ага"}).message("yes") == "ага"


def test_what_a_language_lacks_is_listed() -> None:
    assert Translator("ru").missing() == ()
    everything = set(messages())
    assert set(Translator("ka").missing()) == everything
    assert set(Translator("ka", {"yes": "დიახ"}).missing()) == everything - {"yes"}


def test_words_of_one_room_come_without_their_prefix() -> None:
    own = Translator("en").messages("verdict_")
    assert own["cannot_tell"] == "cannot tell"
    assert all(not key.startswith("verdict_") for key in own)


def test_a_translator_can_be_sent_to_another_process() -> None:
    de = Translator("de", {"yes": "ja"})
    assert pickle.loads(pickle.dumps(de)) == de


def test_languages_are_those_of_cldr() -> None:
    known = [known_language(code) for code in ("kk", "pt-BR", "zz1", "")]
    assert known == [True, True, False, False]


def test_a_language_calls_itself_by_its_own_name() -> None:
    assert [own_name(code) for code in ("ru", "de", "ka")] == ["Русский", "Deutsch", "ქართული"]


def test_arabic_and_hebrew_run_from_right_to_left() -> None:
    ways = [direction(code) for code in ("ar", "he", "ka", "zh")]
    assert ways == ["rtl", "rtl", "ltr", "ltr"]


def test_three_languages_are_built_in() -> None:
    assert {"kk", "ru", "en"} <= set(built_in())
