"""Halves, quarters, mixed numbers, shares, ratios and multiples in every language."""

from __future__ import annotations

import pytest

from shekara.texts import Candidate, candidates


def only(text: str, lang: str | None = None) -> Candidate:
    readings = candidates(text, lang)
    assert len(readings) == 1, [reading.text for reading in readings]
    return readings[0]


@pytest.mark.parametrize(
    ("phrase", "value", "unit", "relation"),
    [
        ("half a million people", 500_000, "people", "equals"),
        ("over six and a half thousand kilometres", 6500, "km", "more_than"),
        ("two and a half million km²", 2.5e6, "km2", "equals"),
        ("a quarter million dollars", 250_000, "USD", "equals"),
        ("three quarters of a billion tenge", 750e6, "KZT", "equals"),
        ("2¼ million hectares", 2.25e6, "ha", "equals"),
        ("3 million and a half people", 3.5e6, "people", "equals"),
        ("one billion and a quarter million people", 1_000_250_000, "people", "equals"),
        ("half a mile", 0.5, "mi", "equals"),
        ("a mile and a half", 1.5, "mi", "equals"),
        ("a 3/4 mile road", 0.75, "mi", "equals"),
        ("more than 10 1/2 miles of cable", 10.5, "mi", "more_than"),
        ("half a dozen villages", 6, "count", "equals"),
        ("half a per cent of it", 0.5, "percent", "equals"),
        ("полтора миллиона гектаров", 1.5e6, "ha", "equals"),
        ("полмиллиона человек", 500_000, "people", "equals"),
        ("до полумиллиона человек", 500_000, "people", "at_most"),
        ("семь с половиной тысяч километров", 7500, "km", "equals"),
        ("около полутора тысяч километров", 1500, "km", "about"),
        ("два с четвертью миллиона тонн", 2.25e6, "t", "equals"),
        ("четверть миллиона жителей", 250_000, "people", "equals"),
        ("полкилометра пути", 0.5, "km", "equals"),
        ("час с четвертью", 1.25, "hour", "equals"),
        ("двухкилометровый мост", 2, "km", "equals"),
        ("бір жарым миллион адам", 1.5e6, "people", "equals"),
        ("екі жарым мың шақырым жол", 2500, "km", "equals"),
        ("жарты миллион теңге", 500_000, "KZT", "equals"),
        ("жарым миллион теңге", 500_000, "KZT", "equals"),
        ("ширек шақырым жерде", 0.25, "km", "equals"),
    ],
)
def test_halves_and_quarters_multiply(phrase: str, value: float, unit: str, relation: str) -> None:
    """A part before a magnitude or a unit is a part of it; after a number it is added."""
    reading = only(phrase)
    assert (reading.value, reading.unit, reading.relation) == (value, unit, relation)


@pytest.mark.parametrize(
    ("phrase", "percent", "relation"),
    [
        ("a third of the land", 33.333, "equals"),
        ("more than half of it", 50, "more_than"),
        ("at least two-thirds of the length", 66.667, "at_least"),
        ("nearly four fifths of the basin", 80, "about"),
        ("one in five of them", 20, "equals"),
        ("two out of three farms", 66.667, "equals"),
        ("one worker in eight", 12.5, "equals"),
        ("треть населения", 33.333, "equals"),
        ("около трети площади", 33.333, "about"),
        ("более трёх четвертей площади", 75, "more_than"),
        ("каждый пятый житель", 20, "equals"),
        ("девять из десяти пуль", 90, "equals"),
        ("третью часть денег", 33.333, "equals"),
        ("не более чем на треть", 33.333, "at_most"),
        ("халықтың үштен бірі", 33.333, "equals"),
        ("жердің төрттен үш бөлігі", 75, "equals"),
        ("оның жартысынан астамы", 50, "more_than"),
        ("әрбір төртінші тұрғын", 25, "equals"),
        ("он оқтың тоғызы", 90, "equals"),
        ("бестен бірінен кем емес", 20, "at_least"),
    ],
)
def test_shares_are_shares(phrase: str, percent: float, relation: str) -> None:
    """A part of something is a share in percent, no count."""
    reading = only(phrase)
    assert (reading.value, reading.unit, reading.kind) == (percent, "percent", "share")
    assert reading.relation == relation


@pytest.mark.parametrize(
    ("phrase", "value", "unit", "relation"),
    [
        ("twice as long", 2, "fold", "equals"),
        ("five times as much", 5, "fold", "equals"),
        ("more than three times larger", 3, "fold", "more_than"),
        ("a threefold increase", 3, "fold", "equals"),
        ("a ratio of 3 to 1", 3, "ratio", "equals"),
        ("вдвое меньше", 2, "fold", "equals"),
        ("почти вчетверо больше", 4, "fold", "about"),
        ("не менее чем в 5 раз больше", 5, "fold", "at_least"),
        ("в полтора раза больше", 1.5, "fold", "equals"),
        ("в двадцать с лишним раз", 20, "fold", "more_than"),
        ("соотношение 3:1", 3, "ratio", "equals"),
        ("екі есе көп", 2, "fold", "equals"),
        ("жиырма есеге жуық үлкен", 20, "fold", "about"),
        ("бір жарым есе көп", 1.5, "fold", "equals"),
    ],
)
def test_multiples_are_ratios(phrase: str, value: float, unit: str, relation: str) -> None:
    """A multiple is a ratio, no count; its comparison is its own, not that of "more"."""
    reading = only(phrase)
    assert (reading.value, reading.unit, reading.kind) == (value, unit, "ratio")
    assert reading.relation == relation


@pytest.mark.parametrize(
    ("text", "kind"), [("it flew seven times", "count"), ("дважды горел", "count")]
)
def test_times_that_are_counted_are_no_multiple(text: str, kind: str) -> None:
    """How often something happened is a count."""
    assert only(text).kind == kind


@pytest.mark.parametrize(
    "text",
    [
        "in the second half of the year",
        "a third bridge was built",
        "во второй половине века",
        "ғасырдың екінші жартысында",
        "every third day",
        "a half-hearted attempt",
        "thousands of people came",
        "полдень и полночь",
        "діні бір халықтар",
        "one people among others",
    ],
)
def test_what_only_looks_like_a_part(text: str) -> None:
    """A half of a period, an ordinal, a vague plural and noon are no numbers."""
    assert [reading for reading in candidates(text) if reading.kind == "share"] == []
    assert [reading for reading in candidates(text) if reading.confidence != "low"] == []
