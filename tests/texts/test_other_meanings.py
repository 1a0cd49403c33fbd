"""What may mean something else says so, with its readings in order; sums share their magnitude."""

from __future__ import annotations

import pytest

from shekara.texts import Candidate, candidates


def only(text: str, lang: str) -> Candidate:
    (reading,) = candidates(text, lang)
    return reading


@pytest.mark.parametrize(
    ("text", "lang", "low", "high", "unit"),
    [
        ("It cost $3-4 billion.", "en", 3e9, 4e9, "USD"),
        ("It cost $3 to 4 billion.", "en", 3e9, 4e9, "USD"),
        ("It cost €3–4m.", "en", 3e6, 4e6, "EUR"),
        ("It cost US$280-300 million.", "en", 2.8e8, 3e8, "USD"),
        ("Он стоил $3–4 млрд.", "ru", 3e9, 4e9, "USD"),
        ("Ол 3–4 млрд доллар тұрды.", "kk", 3e9, 4e9, "USD"),
    ],
)
def test_a_coin_that_stands_once_belongs_to_both_ends(
    text: str, lang: str, low: float, high: float, unit: str
) -> None:
    reading = only(text, lang)
    assert (reading.value, reading.value_high, reading.unit) == (low, high, unit)


@pytest.mark.parametrize(
    ("text", "lang", "percent"),
    [
        ("8 out of 10 people agree.", "en", 80),
        ("8.5 out of 10 people agree.", "en", 85),
        ("Eight out of ten people agree.", "en", 80),
        ("Согласны 8 из 10 жителей.", "ru", 80),
        ("Согласны 8,5 из 10 человек.", "ru", 85),
    ],
)
def test_people_of_people_are_a_share(text: str, lang: str, percent: float) -> None:
    reading = only(text, lang)
    assert (reading.value, reading.unit) == (percent, "percent")


def test_three_in_a_length_is_no_share() -> None:
    assert [reading.unit for reading in candidates("There are 3 in 10 km.", "en")] == ["", "km"]


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("It takes 15.000 km².", "en"),
        ("It takes 1.500 km.", "en"),
        ("Он занимает 15,000 км².", "ru"),
        ("Ол 15,000 км² алып жатыр.", "kk"),
        ("There are 15.345 people.", "en"),
        ("A 12-mile zone was declared.", "en"),
        ("Зона в 200 миль.", "ru"),
        ("Аймақ 12 миль.", "kk"),
        ("It lasted 1h 20m.", "en"),
        ("It was built in the early 1980s.", "en"),
        ("It was built at the end of the 19th century.", "en"),
        ("Построен в конце 1980-х.", "ru"),
        ("Построен в начале XX века.", "ru"),
        ("Ол ХХ ғасырдың басында салынды.", "kk"),
        ("Ол 1980-жылдардың соңында салынды.", "kk"),
    ],
)
def test_what_may_mean_something_else_is_not_certain(text: str, lang: str) -> None:
    reading = candidates(text, lang)[-1]
    assert reading.confidence != "high"
    assert reading.note


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("The road is 12 miles long.", "en"),
        ("It takes 15.3 km².", "en"),
        ("It takes 15,000 km².", "en"),
        ("It is 20 m high.", "en"),
        ("It was built in the 1980s.", "en"),
        ("It was built in the 19th century.", "en"),
        ("Построен в 1980-х годах.", "ru"),
        ("Ол 1980-жылдары салынды.", "kk"),
    ],
)
def test_what_means_one_thing_stays_certain(text: str, lang: str) -> None:
    assert only(text, lang).confidence == "high"


def test_both_readings_of_three_decimals_are_given_in_order() -> None:
    assert only("It takes 15.000 km².", "en").readings == (15, 15000)


def test_years_in_short_may_be_a_decade() -> None:
    assert only("1990 жж. салынды.", "kk").confidence == "medium"
    assert only("Построен в 1990 гг.", "ru").confidence == "medium"
    assert candidates("1920 және 1930 жж. салынды.", "kk")[-1].value_high is None
    span = only("1980–1990 жж. салынды.", "kk")
    assert (span.value, span.value_high) == (1980, 1990)


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("Население 1,5–2 млн человек.", "ru"),
        ("Халқы 1,5–2 млн адам.", "kk"),
        ("A population of 1.5–2 million.", "en"),
    ],
)
def test_a_population_named_before_shares_its_magnitude(text: str, lang: str) -> None:
    reading = only(text, lang)
    assert (reading.value, reading.value_high, reading.unit) == (1.5e6, 2e6, "people")
    assert reading.note == ""


def test_hours_of_the_clock_are_no_duration() -> None:
    assert only("Взорван в 7 часов утра.", "ru").confidence == "medium"
    assert only("Ехали 7 часов.", "ru").confidence == "high"


@pytest.mark.parametrize(
    ("text", "lang"),
    [("a 22-kiloton device", "en"), ("22 килотонны", "ru"), ("22 килотонна заряд", "kk")],
)
def test_kilotonnes_by_their_name(text: str, lang: str) -> None:
    reading = only(text, lang)
    assert (reading.value, reading.unit) == (22, "kt")
