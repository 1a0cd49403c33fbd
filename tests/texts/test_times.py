"""Days of one month, months, decades, centuries, eras, two-digit years and spans."""

from __future__ import annotations

import pytest

from shekara.texts import Candidate, candidates


def only(text: str) -> Candidate:
    readings = candidates(text)
    assert len(readings) == 1, [reading.text for reading in readings]
    return readings[0]


@pytest.mark.parametrize(
    ("phrase", "low", "high"),
    [
        ("From 1 to 15 June 2020 it rained.", "2020-06-01", "2020-06-15"),
        ("С 1 по 15 июня 2020 года шёл дождь.", "2020-06-01", "2020-06-15"),
        ("1–15 July 2021.", "2021-07-01", "2021-07-15"),
        ("June 1–15, 2020", "2020-06-01", "2020-06-15"),
        ("2020 жылғы 1–15 маусым", "2020-06-01", "2020-06-15"),
        ("2020 жылғы 1–15 маусымда", "2020-06-01", "2020-06-15"),
        ("28 May – 3 June 2020", "2020-05-28", "2020-06-03"),
        ("с октября 1941 по март 1942 года", "1941-10", "1942-03"),
        ("2020 жылғы наурыз бен мамыр аралығында", "2020-03", "2020-05"),
        ("from March to May 2020", "2020-03", "2020-05"),
        ("in the 1970s", 1970, 1979),
        ("since the mid-1990s", 1990, 1999),
        ("к 1250-м годам", 1250, 1259),
        ("в 1970-х", 1970, 1979),
        ("1990-жылдардан бері", 1990, 1999),
        ("80-е годы XIX века", 1880, 1889),
        ("в 60-х годах XX века", 1960, 1969),
        ("XX ғасырдың 80-жылдары", 1980, 1989),
        ("the 80s of the 19th century", 1880, 1889),
        ("20-е годы прошлого века", 1920, 1929),
        ("1994–95", 1994, 1995),
        ("1473–74", 1473, 1474),
        ("between 1580 and 1610", 1580, 1610),
        ("490–480 BC", -490, -480),
        ("IV–III вв. до н. э.", -4, -3),
    ],
)
def test_spans(phrase: str, low: float | str, high: float | str) -> None:
    """A span has both its ends, days of one month share month and year."""
    reading = only(phrase)
    assert (reading.value, reading.value_high, reading.relation) == (low, high, "between")


def test_a_decade_beside_a_year_is_not_yet_to_come() -> None:
    """The 80s beside the year 2020 are those of the 20th century; the later ones are shown, too."""
    text = "The bridge was closed in June 2020. In the 80s it carried trams."
    decade = next(reading for reading in candidates(text) if reading.text.endswith("80s"))
    assert (decade.value, decade.value_high) == (1980, 1989)
    assert decade.confidence == "low"
    assert 2080 in decade.readings


@pytest.mark.parametrize(
    ("phrase", "value"),
    [
        ("в 1947-м", 1947),
        ("к 1943-му", 1943),
        ("by AD 750", 750),
        ("in 300 BC", -300),
        ("в 480 году до н. э.", -480),
        ("б.з.д. 480 жылы", -480),
        ("the 2nd century BC", -2),
        ("VII в. до н. э.", -7),
        ("б.з.д. VII ғасырда", -7),
        ("(пресса, 2002)", 2002),
    ],
)
def test_years_and_eras(phrase: str, value: int) -> None:
    """Years by their endings and eras; before our era they are negative."""
    assert only(phrase).value == value


@pytest.mark.parametrize(
    ("text", "low", "confidence"),
    [
        ("In the 19th century it grew, and in the 50s came the mills.", 1850, "medium"),
        ("Canals were dug in 1936. In the 50s came the mills.", 1950, "medium"),
        ("В 80-е годы построен канал.", 1980, "low"),
        ("80-жылдары арна салынды.", 1980, "low"),
    ],
)
def test_a_decade_takes_the_century_of_its_sentence(text: str, low: int, confidence: str) -> None:
    """Else that of its paragraph; where nothing says it, the reading is in doubt."""
    decade = candidates(text)[-1]
    if text.startswith(("В ", "80")):
        decade = candidates(text)[0]
        assert decade.readings == (1980, 1880)
        assert "century" in decade.note
    assert (decade.value, decade.value_high, decade.confidence) == (low, low + 9, confidence)


@pytest.mark.parametrize(
    "text",
    ["15 to 1 June 2020", "40–45 June 2020", "31 to 33 июня", "in the 80s he was old: 80 years"],
)
def test_impossible_spans_are_no_dates(text: str) -> None:
    """Days out of order or beyond the month make no span."""
    assert not [r for r in candidates(text) if r.kind == "date" and r.relation == "between"]


def test_years_of_age_are_no_decade() -> None:
    """Eighty years last; the eighties are a decade."""
    assert [(r.value, r.unit, r.kind) for r in candidates("80 жыл өмір сүрді")] == [
        (80, "year", "duration")
    ]
