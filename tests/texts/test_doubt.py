"""What is left over beside a reading lowers its confidence and is shown."""

from __future__ import annotations

import pytest

from shekara.texts import candidates


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("several 5 km stretches", "several"),
        ("hundreds 5 km", "hundreds"),
        ("it is not 5 km", "not"),
        ("никогда 5 км", "никогда"),
        ("не 5 км", "не"),
        ("бірнеше 5 км", "бірнеше"),
        ("5 km half", "half"),
        ("75 dollars hundred", "hundred"),
        ("3 hundred and 2 thousand 5 km", "3 hundred"),
    ],
)
def test_left_over(text: str, left: str) -> None:
    """A number word or a negation beside a reading keeps it from being high."""
    readings = candidates(text)
    assert readings
    assert all(reading.confidence != "high" for reading in readings), text
    assert any("left beside it" in reading.note for reading in readings)


@pytest.mark.parametrize(
    "text",
    [
        "it is 5 km long",
        "the 5 km of road",
        "дорога длиной 5 км",
        "жолдың ұзындығы 5 км",
        "between 5 and 7 km",
        "5 km and 7 ha",
        "in 1998 some 5 km were built",
        "1991 жылы 5 км жол салынды",
    ],
)
def test_nothing_left(text: str) -> None:
    """A reading with nothing over keeps its confidence."""
    with_unit = [reading for reading in candidates(text) if reading.unit in ("km", "ha")]
    assert with_unit
    assert all(reading.confidence == "high" for reading in with_unit)


@pytest.mark.parametrize(
    "text",
    [
        "scp-173m",
        "24703 m212",
        "at 2 pm",
        "takeaway until 11pm",
        "2 in april",
        "article 5 km",
        "3 USD50 cards",
        "8x2^10 bits",
        "5 hundred and 21 yuan 7",
    ],
)
def test_never_high(text: str) -> None:
    """Codes, times and what can be read in several ways never say high."""
    readings = [r for r in candidates(text) if r.text != "1,234 km"]
    assert [r for r in readings if r.confidence == "high"] == []
