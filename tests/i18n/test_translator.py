"""Numbers, units and dates as readers of each language write them; words in all that ship."""

from __future__ import annotations

import datetime
import pickle
import re

import pytest

from shekara.i18n import (
    YEAR,
    Translator,
    built_in,
    direction,
    known_language,
    messages,
    own_name,
    plural_categories,
    plural_forms,
)
from shekara.i18n.translator import UNITS

NBSP = "\u00a0"
LANGUAGES = {"kk", "ru", "en", "de", "fr", "es", "tr", "uz", "zh", "ar"}


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


@pytest.mark.parametrize("lang", sorted(LANGUAGES))
def test_below_zero_stands_a_minus_and_no_hyphen(lang: str) -> None:
    assert Translator(lang).number(-33.9).strip("\u200e\u200f").startswith("\u2212")


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
    fi = Translator("fi", {"yes": "kyllä"})
    assert (fi.message("yes"), fi.message("no")) == ("kyllä", "no")
    assert Translator("ru", {"yes": "ага"}).message("yes") == "ага"


@pytest.mark.parametrize(
    ("lang", "number", "text"),
    [
        # CLDR, plural rules: English one for 1; Russian one for 21, few for 2, many for 5.
        ("en", 1, "1 more sign did"),
        ("en", 2, "2 more signs did"),
        ("ru", 21, "Ещё 21 знак не поместился"),
        ("ru", 3, "Ещё 3 знака не поместились"),
        ("ru", 11, "Ещё 11 знаков не поместились"),
        ("de-AT", 1, "1 weiteres Zeichen hatte"),
        ("kk", 1, "Тағы 1 белгі"),
    ],
)
def test_a_word_with_a_number_has_its_plural(lang: str, number: int, text: str) -> None:
    assert Translator(lang).message("sheet_legend_more", count=number).startswith(text)


def test_an_atlas_may_give_plurals_of_its_own() -> None:
    lt = Translator(
        "lt", {"report_shown": "{count} iš {total}", "report_shown@one": "{count}/{total}!"}
    )
    shown = [lt.message("report_shown", count=count, total=30) for count in (21, 11)]
    assert shown == ["21/30!", "11 iš 30"]  # CLDR: 21 is one, 11 is other in Lithuanian
    de = Translator("de", {"sheet_legend_more": "{count} fehlen"})
    assert de.message("sheet_legend_more", count=1) == "1 fehlen"


def test_a_region_has_the_words_of_its_language_and_a_script_its_own() -> None:
    assert Translator("pt-BR").text({"en": "a", "pt": "b"}) == "b"
    assert Translator("es-MX").missing() == ()
    lacking = Translator("uz-Cyrl").missing()
    signs = {f"{place}_{name}" for name in UNITS for place in ("unit", "sheet")}  # CLDR has them
    assert lacking == tuple(key for key in messages() if key not in signs)


def test_signs_of_units_come_from_cldr_where_nobody_wrote_them() -> None:
    # The short forms of the chart of Georgian (CLDR, units).
    assert [Translator("ka").unit(name) for name in ("km", "km2", "%")] == ["კმ", "კმ²", "%"]
    assert Translator("ka", {"unit_km2": "კვ. კმ"}).unit("km2") == "კვ. კმ"
    assert not {"unit_km", "unit_km2"} & set(Translator("ka").missing())


@pytest.mark.parametrize(
    ("lang", "value", "text"),
    [
        # CLDR, numbers: India's groups of two, Hebrew's mark before the sign of minus.
        ("hi", 1234567.89, "12,34,567.89"),
        ("bn", 12345, "12,345"),
        ("th", 1234567, "1,234,567"),
        ("he", -5.5, "\u200e\u22125.5"),
        ("fa", -5.5, "\u200e\u22125.5"),
        ("ka", -1234.5, "\u22121\u00a0234,5"),
    ],
)
def test_numbers_are_grouped_as_the_language_does(lang: str, value: float, text: str) -> None:
    assert Translator(lang).number(value) == text


def test_a_sign_of_a_unit_has_no_marks_of_direction_around_it() -> None:
    assert Translator("fa").quantity(7, "km2") == "7\u00a0km²"  # CLDR begins it with U+200E


def test_verdicts_differ_from_each_other_in_every_language() -> None:
    for lang in built_in():
        words = Translator(lang).messages("verdict_")
        assert len(set(words.values())) == len(words), lang


@pytest.mark.parametrize("lang", ["kk", "ru", "de", "fr", "es", "tr", "uz", "zh", "ar"])
def test_hardly_a_word_is_left_in_english(lang: str) -> None:
    table = messages()
    same = [key for key, words in table.items() if words[lang] == words["en"]]
    # km, N, {why} and the like, and words that two languages share.
    assert len(same) < 0.2 * len(table), same


@pytest.mark.parametrize(("lang", "letters"), [("zh", "一-鿿"), ("ar", "؀-ۿ"), ("ru", "а-яё")])
def test_words_are_in_the_letters_of_their_language(lang: str, letters: str) -> None:
    bare = {key: re.sub(r"{\w+}", "", words[lang]) for key, words in messages().items()}
    foreign = [key for key, text in bare.items() if re.search(r"\w{4}", text)
               and not re.search(f"[{letters}]", text.lower())]  # fmt: skip
    assert foreign == []


def test_forms_by_number_belong_to_words_and_fill_in_the_same() -> None:
    for lang, forms in plural_forms().items():
        for form, text in forms.items():
            key, _, category = form.partition("@")
            assert category in plural_categories(lang), form
            places = [set(re.findall(r"{(\w+)}", words)) for words in (text, messages()[key]["en"])]
            assert places[0] == places[1], form


def test_what_a_language_lacks_is_listed() -> None:
    assert Translator("ru").missing() == ()
    signs = {f"{place}_{name}" for name in UNITS for place in ("unit", "sheet")}
    everything = set(messages()) - signs
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


def test_ten_languages_have_every_word() -> None:
    # A red test names the words to write in languages/LANG.toml.
    lacking = {lang: Translator(lang).missing() for lang in LANGUAGES}
    assert {lang: words for lang, words in lacking.items() if words} == {}
    assert set(built_in()) == LANGUAGES
    for key, words in messages().items():
        for lang in LANGUAGES:
            places = [sorted(re.findall(r"{(\w+)}", words[code])) for code in (lang, "en")]
            assert places[0] == places[1], f"{lang}: {key}"
