"""A comparison belongs to its own number, with its negation and in every case."""

from __future__ import annotations

import pytest

from shekara.texts import candidates


def relations(text: str) -> list[tuple[object, str]]:
    return [(reading.value, reading.relation) for reading in candidates(text)]


@pytest.mark.parametrize(
    ("phrase", "relation"),
    [
        ("at least 5 km", "at_least"),
        ("at most 5 km", "at_most"),
        ("more than 5 km", "more_than"),
        ("less than 5 km", "less_than"),
        ("about 5 km", "about"),
        ("some 5 km", "about"),
        ("nearly 5 km", "about"),
        ("over 5 km", "more_than"),
        ("up to 5 km", "at_most"),
        ("no more than 5 km", "at_most"),
        ("not more than 5 km", "at_most"),
        ("no less than 5 km", "at_least"),
        ("no fewer than 5 km", "at_least"),
        ("does not exceed 5 km", "at_most"),
        ("it never exceeds 5 km", "at_most"),
        ("it isn't more than 5 km", "at_most"),
        ("it does not rise above 5 km", "at_most"),
        ("it isn't below 5 km", "at_least"),
        ("less than or equal to 5 km", "at_most"),
        ("greater than or equal to 5 km", "at_least"),
        ("5 km or greater", "at_least"),
        ("5 km or less", "at_most"),
        ("exactly 5 km", "equals"),
        ("не более чем на 5 км", "at_most"),
        ("не более чем 5 км", "at_most"),
        ("не менее чем в 5 км", "at_least"),
        ("не превышает 5 км", "at_most"),
        ("более чем на 5 км", "more_than"),
        ("примерно на 5 км", "about"),
        ("приблизительно в 5 км", "about"),
        ("менее чем за 5 км", "less_than"),
        ("длиннее 5 км", "more_than"),
        ("не далее 5 км", "at_most"),
        ("within a radius of 5 km", "at_most"),
        ("в радиусе 5 км", "at_most"),
        ("5 км радиуста", "at_most"),
        ("5 с лишним километров", "more_than"),
        ("5 км-ден астам", "more_than"),
        ("5 шақырымнан кем емес", "at_least"),
        ("5 шақырымнан артық емес", "at_most"),
        ("5 шақырымға жуық", "about"),
        ("5 шақырымға дейін", "at_most"),
        ("5 шақырымнан кем", "less_than"),
        ("5 шақырымнан аспайды", "at_most"),
        ("5 шақырымға жетпейді", "less_than"),
        ("5 шақырымнан артық ауытқымайды", "at_most"),
        ("кемінде 5 шақырым", "at_least"),
        ("шамамен 5 шақырым", "about"),
        ("5 шақырымдай", "about"),
    ],
)
def test_one_number(phrase: str, relation: str) -> None:
    """Each word of comparison means what it means, turned round by its negation."""
    assert relations(phrase) == [(5, relation)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The road is no more than 12 km and more than 194 km of it is paved.",
            [(12, "at_most"), (194, "more_than")],
        ),
        ("It is no more than 12 and more than 194 km.", [(12, "at_most"), (194, "more_than")]),
        ("Less than 1 % and more than 99.9 % of it.", [(1, "less_than"), (99.9, "more_than")]),
        ("The score is 200 or greater than 190 km.", [(200, "equals"), (190, "more_than")]),
        ("5 km and more than 6 ha", [(5, "equals"), (6, "more_than")]),
        ("не менее 5 км и 6 га", [(5, "at_least"), (6, "equals")]),
        ("5 км-ден астам, 6 гектар", [(5, "more_than"), (6, "equals")]),
        ("in the village live 50 people, over the hill 3 km away", [(50, "equals"), (3, "equals")]),
    ],
)
def test_two_numbers(text: str, expected: list[tuple[float, str]]) -> None:
    """No number takes the comparison of the next."""
    assert relations(text) == expected


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("more than 20 and at most 35 km", 20, 35),
        ("at most 100 and at least 20 apples", 20, 100),
        ("between 5 and 7 km", 5, 7),
        ("от двух до трёх километров", 2, 3),
        ("два-три километра", 2, 3),
        ("5 пен 7 шақырым аралығында", 5, 7),
        ("eight to 10 feet", 8, 10),
        ("8- to 16-meter", 8, 16),
        ("5k-20k miles", 5000, 20000),
        ("above one quarter and below a half", 25, 50),
    ],
)
def test_both_bounds_make_an_interval(text: str, low: float, high: float) -> None:
    """Two bounds of one number are one interval."""
    (reading,) = candidates(text)
    assert (reading.value, reading.value_high, reading.relation) == (low, high, "between")


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("The number fell from 487 to 458.", [487, 458]),
        ("Inflation fell from 20.3 to 9.8 percent.", [20.3, 9.8]),
        ("Цена упала с 34,6 до 11,5 тенге.", [34.6, 11.5]),
        ("Баға 34,6 теңгеден 11,5 теңгеге дейін төмендеді.", [34.6, 11.5]),
        ("Exports rose from 5 to 9 km.", [5, 9]),
    ],
)
def test_a_change_is_no_bound(text: str, values: list[float]) -> None:
    """Where something changed, both ends are numbers of their own and neither is a bound."""
    assert relations(text) == [(value, "equals") for value in values]


def test_a_far_negation_is_doubted() -> None:
    """A negation that is not next to the comparison lowers the confidence."""
    near, far = candidates("it is not more than 5 km. It was not known to be over 6 km.")
    assert (near.relation, near.confidence) == ("at_most", "high")
    assert far.confidence != "high"
    assert "not" in far.note


@pytest.mark.parametrize(
    ("text", "value", "rounding"),
    [
        ("Exports fell from 3.4 to 2.9 billion dollars.", 3.4e9, 5e7),
        ("Output rose from 12 to 15 thousand tonnes.", 12000, 500),
        ("Output rose from 900 to 1.2 thousand tonnes.", 900, 0.5),
        ("The balance fell from 5 to -3 billion dollars.", 5e9, 5e8),
        ("It changed from 2.9 to -3.4 million tonnes.", 2.9e6, 5e4),
        ("Сальдо упало с 5 до −3 млрд долларов.", 5e9, 5e8),
        ("Площадь сократилась с 68 до 10 тыс. кв. км.", 68000, 500),
        ("Экспорт 3,4-тен 2,9 миллиард долларға дейін төмендеді.", 3.4e9, 5e7),
    ],
)
def test_both_ends_of_a_change_have_a_like_magnitude(
    text: str, value: float, rounding: float
) -> None:
    begin = candidates(text)[0]
    assert (begin.value, begin.rounding, begin.confidence) == (value, rounding, "medium")


def test_an_interval_over_many_magnitudes_is_doubted() -> None:
    (reading,) = candidates("Between 500 and 2 million people live there.")
    assert (reading.value, reading.value_high, reading.confidence) == (500, 2e6, "medium")
