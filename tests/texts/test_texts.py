"""Numbers of Kazakh, Russian and English phrases are found with value, unit and relation."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from shekara.errors import InputError, UsageError
from shekara.texts import Candidate, candidates, claims_command

NBSP, NARROW, THIN = "\u00a0", "\u202f", "\u2009"


def only(text: str, lang: str | None = None) -> Candidate:
    readings = candidates(text, lang)
    assert len(readings) == 1, [candidate.text for candidate in readings]
    return readings[0]


@pytest.mark.parametrize(
    ("phrase", "value", "unit", "relation", "kind"),
    [
        ("6,5 мың шақырымнан астам", 6500, "km", "more_than", "length"),
        ("6,5 мыңнан астам шақырым", 6500, "km", "more_than", "length"),
        ("104492 шаршы шақырым", 104492, "km2", "equals", "area"),
        ("104492 шаршы шақырымды алып", 104492, "km2", "equals", "area"),
        ("шамамен 20 мың гектарға жуық жер", 20000, "ha", "about", "area"),
        ("2,37 миллиард долларды", 2.37e9, "USD", "equals", "money"),
        ("4,8 миллиард АҚШ доллары", 4.8e9, "USD", "equals", "money"),
        ("500 млн теңгеден артық", 5e8, "KZT", "more_than", "money"),
        ("аумақтың 3,8%-ы", 3.8, "percent", "equals", "share"),
        ("аумақтың 12,5 пайызын", 12.5, "percent", "equals", "share"),
        ("148 рет", 148, "count", "equals", "count"),
        ("2,37-ден астам", 2.37, "", "more_than", "plain"),
        ("55 милион халық", 5.5e7, "people", "equals", "population"),
        ("кемінде 300 адам", 300, "people", "at_least", "population"),
        ("300 адамнан кем емес", 300, "people", "at_least", "population"),
        ("10 км-ге дейін", 10, "km", "at_most", "length"),
        ("Үш ғасыр", 3, "century", "equals", "duration"),
        ("он жылдық", 10, "year", "equals", "duration"),
        ("15 жылдан астам", 15, "year", "more_than", "duration"),
        ("алты мың бес жүз шақырым", 6500, "km", "equals", "length"),
        ("більше 5 км", 5, "km", "equals", "length"),  # Ukrainian: signs only
        ("более 6,5 тыс. км", 6500, "km", "more_than", "length"),
        ("более чем на 15 процентов", 15, "percent", "more_than", "share"),
        ("около 2,7 млн кв. км", 2.7e6, "km2", "about", "area"),
        ("не менее 5 полигонов", 5, "count", "at_least", "count"),
        ("не более 40 миль", 40, "mi", "at_most", "length"),
        ("до 12 морских миль", 12, "M", "at_most", "length"),
        ("2,37 млрд долл.", 2.37e9, "USD", "equals", "money"),
        ("1 млн 200 тыс. человек", 1.2e6, "people", "equals", "population"),
        ("сто сорок восемь раз", 148, "count", "equals", "count"),
        ("свыше трёхсот километров", 300, "km", "more_than", "length"),
        ("about 2.7 million km²", 2.7e6, "km2", "about", "area"),
        ("2.7×10⁶ km²", 2.7e6, "km2", "equals", "area"),
        ("more than 6,500 km of the coast", 6500, "km", "more_than", "length"),
        ("a border of over 6,500 kilometres", 6500, "km", "more_than", "length"),
        ("the 6,500-km border", 6500, "km", "equals", "length"),
        ("less than 40 square miles", 40, "mi2", "less_than", "area"),
        ("up to 200 nautical miles", 200, "M", "at_most", "length"),
        ("US$2.37bn", 2.37e9, "USD", "equals", "money"),
        ("some 55 million people", 5.5e7, "people", "about", "population"),
        ("at least three hundred and twelve years", 312, "year", "at_least", "duration"),
        ("148 times or more", 148, "count", "at_least", "count"),
        ("3.8 per cent of the territory", 3.8, "percent", "equals", "share"),
        ("≈ 27,5 га", 27.5, "ha", "about", "area"),
        (">6500 км", 6500, "km", "more_than", "length"),
        ("a level of −28 m", -28, "m", "equals", "length"),
    ],
)
def test_phrase(phrase: str, value: float, unit: str, relation: str, kind: str) -> None:
    """A phrase of a few words gives its number in our unit with its word of comparison."""
    reading = only(phrase)
    assert (reading.value, reading.unit, reading.relation, reading.kind) == (
        value,
        unit,
        relation,
        kind,
    )


@pytest.mark.parametrize(
    ("phrase", "value", "high", "kind"),
    [
        ("1998-07-06", "1998-07-06", None, "date"),
        ("06.07.1998", "1998-07-06", None, "date"),
        ("6 July 1998", "1998-07-06", None, "date"),
        ("July 6, 1998", "1998-07-06", None, "date"),
        ("the 6th of July 1998", "1998-07-06", None, "date"),
        ("6 июля 1998 г.", "1998-07-06", None, "date"),
        ("20 мая 1998 года", "1998-05-20", None, "date"),
        ("1998 ж. 6 шілде", "1998-07-06", None, "date"),
        ("1998 жылғы 20 мамырда", "1998-05-20", None, "date"),
        ("1997 жылдың қыркүйегіндегі", "1997-09", None, "date"),
        ("в сентябре 1997 года", "1997-09", None, "date"),
        ("in September 1997", "1997-09", None, "date"),
        ("1992 жыл мен 1998 жылдың 20 мамыры аралығында", "1992", "1998-05-20", "date"),
        ("с 1 января 1992 г. по 20 мая 1998 г.", "1992-01-01", "1998-05-20", "date"),
        ("between 1992 and 20 May 1998", "1992", "1998-05-20", "date"),
        ("1992 жылғы шарт", 1992, None, "year"),
        ("в 1998 году", 1998, None, "year"),
        ("in 1998", 1998, None, "year"),
        ("с 1992 по 1998 год", 1992, 1998, "year"),
        ("1994–1997 жж.", 1994, 1997, "year"),
        ("1997/98", 1997, 1998, "year"),
        ("2007 жылдарға қарай", 2007, None, "year"),
        ("the 1990s", 1990, 1999, "year"),
        ("в 1990-е годы", 1990, 1999, "year"),
        ("XXI ғасыр", 21, None, "date"),
        ("ХХІ ғасырда", 21, None, "date"),  # typed in Cyrillic letters
        ("XIX век", 19, None, "date"),
        ("XX–XXI вв.", 20, 21, "date"),
        ("20th century", 20, None, "date"),
        ("the twenty-first century", 21, None, "date"),
        ("жиырма бірінші ғасырда", 21, None, "date"),
        ("в двадцатом веке", 20, None, "date"),
        ("12–15 %", 12, 15, "share"),
        ("от 12 до 15 %", 12, 15, "share"),
        ("between 12 and 15 per cent", 12, 15, "share"),
        ("from 5 to 10 km", 5, 10, "length"),
        ("5-ден 10 км-ге дейін", 5, 10, "length"),
        ("12 мен 15 пайыз аралығында", 12, 15, "share"),
        ("2.71–2.79 million km²", 2.71e6, 2.79e6, "area"),
        ("from 500 to 1,000 km in the north of it", 500, 1000, "length"),
    ],
)
def test_dates_and_intervals(
    phrase: str, value: float | str, high: float | str | None, kind: str
) -> None:
    """A date is ISO 8601 as far as the text says it; an interval has both its ends."""
    reading = only(phrase)
    assert (reading.value, reading.value_high, reading.kind) == (value, high, kind)
    assert (reading.relation == "between") == (high is not None)


@pytest.mark.parametrize("gap", [" ", NBSP, NARROW, THIN])
def test_thousands_by_any_space(gap: str) -> None:
    """Every space that parts thousands in print parts them here."""
    assert only(f"2{gap}724{gap}902,25 км²").value == 2724902.25


@pytest.mark.parametrize("lang", ["kk", "ru", "en", None])
@pytest.mark.parametrize("literal", ["2724902,25", "2724902.25", "2,724,902.25", "2.724.902,25"])
def test_decimals_stay_decimals(literal: str, lang: str | None) -> None:
    """Two digits after the last sign are decimals in every language."""
    assert only(f"{literal} km²", lang).value == 2724902.25


@pytest.mark.parametrize(
    ("phrase", "lang", "value"),
    [
        ("1,234 km", "en", 1234),
        ("1,234 km", "ru", 1.234),
        ("1,234 km", "kk", 1.234),
        ("1.234 km", "en", 1.234),
        ("the length of it is 1,234 km", None, 1234),
        ("длина составляет 1,234 км", None, 1.234),
    ],
)
def test_one_separator_by_language(phrase: str, lang: str | None, value: float) -> None:
    """One comma or point before three digits means what the language means by it."""
    assert only(phrase, lang).value == value


@pytest.mark.parametrize(
    ("phrase", "lang", "readings"),
    [
        ("1,234", None, (1.234, 1234.0)),
        ("1,234 km", None, (1.234, 1234.0)),
        ("1.234 км", "ru", (1.234, 1234.0)),
        ("Strekning i km 1.234", None, (1.234, 1234.0)),
        ("07/06/1998", None, ("1998-06-07", "1998-07-06")),
        ("12,34,5 km", "en", ()),
    ],
)
def test_ambiguous(phrase: str, lang: str | None, readings: tuple[object, ...]) -> None:
    """What can be read in two ways has no value, both readings, and a note."""
    reading = only(phrase, lang)
    assert reading.ambiguous
    assert (reading.value, reading.readings, reading.confidence) == (None, readings, "low")
    assert reading.note


@pytest.mark.parametrize(
    "text",
    [
        "сөз /3/ сөз",
        "as was shown [3, 5] and (4)",
        "NIIP-5, G20, COVID-19 and H2O",
        "at 12:30, at a scale of 1:10 000 000",
        "46°13',3 N",
        "see https://example.org/2024/05 for it",
        "он сказал, что это так",
        "бір-біріне көмек",
        "IV",
        "it may march on",
        "",
    ],
)
def test_no_numbers_of_the_text(text: str) -> None:
    """Footnote marks, codes, times, scales, positions and pronouns are no candidates."""
    assert candidates(text) == ()


def test_footnote_after_a_sum() -> None:
    """A footnote mark after a sum neither changes nor joins it."""
    assert [
        reading.value for reading in candidates("1996 жылы 4,8 миллиард долларға жетті /3/.")
    ] == [
        1996,
        4.8e9,
    ]


def test_place() -> None:
    """Place and paragraph point at the phrase; paragraphs are parted by blank lines."""
    text = "Бірінші жол.\nЕкінші жол.\n\nБұл ұзындығы 12 км жол.\n\nIt is 5 km of the road.\n"
    first, second = candidates(text)
    assert (first.line, first.column, first.paragraph, first.lang) == (4, 14, 2, "kk")
    assert (second.line, second.column, second.paragraph, second.lang) == (6, 7, 3, "en")
    assert text[first.start : first.end] == first.text == "12 км"


def test_lines_are_paragraphs_without_blank_lines() -> None:
    """Where no line is blank, each line is a paragraph."""
    assert [reading.paragraph for reading in candidates("5 km\n6 km\n7 km")] == [1, 2, 3]


def test_misspelling_is_reported() -> None:
    """A magnitude with a letter too few is read, with a note and less confidence."""
    reading = only("55 милион халық")
    assert "миллион" in reading.note
    assert reading.confidence == "medium"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2/3 экспорта через порт", [(66.667, "percent")]),
        ("two-thirds of the length", [(66.667, "percent")]),
        ("үштен екісі теңізде", [(66.667, "percent")]),
        ("3½ years", [(3.5, "year")]),
        ("2 мың 700 шақырым", [(2700, "km")]),
        ("30-дан астам келісім жасалды", [(30, "count")]),
        ("мыңнан астам шақырым", [(1000, "km")]),
        ("a population of 20.3 million", [(20.3e6, "people")]),
        ("население – 18,6 млн", [(18.6e6, "people")]),
        ("see Table 3 and article 5 of the treaty", []),
        ("call +7 727 250 12 34 about it", []),
        ("10 км и 20 км", [(10, "km"), (20, "km")]),
        ("in 1991 more than 20 km and 5 ha", [(1991, "year"), (20, "km"), (5, "ha")]),
        ("5 zillion of the people", [(5, "count")]),
        ("12 миллионер тұрады", [(12, "count")]),
        ("9" * 50, [(None, "")]),
    ],
)
def test_other_ways_to_write(text: str, expected: list[tuple[float | None, str]]) -> None:
    """Fractions, mixed numbers, counted things and labels are told apart."""
    assert [(each.value, each.unit) for each in candidates(text)] == expected


def test_from_one_size_to_another() -> None:
    """After "from", «до» is where a change ended, and a note says that it could be "up to"."""
    first, second = candidates("площадь сократилась с 10,4 млн га до 9,6 млн га")
    assert (first.value, second.value) == (10.4e6, 9.6e6)
    assert second.relation == "equals"
    assert "up to" in second.note


def test_rate_is_no_population() -> None:
    """People per area are no number of people."""
    assert only("6 people per km²").kind == "plain"


def test_unknown_language() -> None:
    """A language that is not read is refused with the ones that are."""
    with pytest.raises(UsageError, match="de, en, es, fr"):
        candidates("5 km", "it")


def test_file(tmp_path: Path) -> None:
    """A file gives drafts and one JSON document; й typed as two characters is й."""
    path = tmp_path / "text.txt"
    path.write_text("\ufeffШекара ұзындығы 6,5 мың км, ай сайын 3 пай\u0438\u0306ыз.", "utf-8")
    drafts, document = claims_command(path)
    assert "length_km" in drafts
    assert json.loads(json.dumps(document))["candidates"][0]["value"] == 6500


@pytest.mark.parametrize("content", [None, b"\xff\xfe5\x00", "шекара 5 км".encode("cp1251"), b"\0"])
def test_unreadable_file(tmp_path: Path, content: bytes | None) -> None:
    """What is missing or no UTF-8 text is refused by name."""
    path = tmp_path / "essay.txt"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(InputError, match=r"essay\.txt"):
        claims_command(path)


def test_folder_is_no_file(tmp_path: Path) -> None:
    """A folder is refused."""
    with pytest.raises(InputError):
        claims_command(tmp_path)
