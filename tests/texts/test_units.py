"""Units in every case and glued, sums with scale words, letters with two meanings, heights."""

from __future__ import annotations

import pytest

from shekara.texts import candidates
from shekara.texts.names import unit_names
from shekara.texts.tables import cases


def first(text: str) -> tuple[object, str, str]:
    reading = candidates(text)[0]
    return reading.value, reading.unit, reading.confidence


@pytest.mark.parametrize(
    ("phrase", "value", "unit"),
    [
        ("5 metres of it", 5, "m"),
        ("5 cm of it", 5, "cm"),
        ("24 ft high", 24, "ft"),
        ("it is 2 in thick", 2, "in"),
        ("5 ft 2 in", 62 / 12, "ft"),
        ("12 nautical miles", 12, "M"),
        ("до 12 морских миль", 12, "M"),
        ("over 100 acres of it", 100, "acre"),
        ("40 ha of it", 40, "ha"),
        ("5 sq km of it", 5, "km2"),
        ("5 sq. km of it", 5, "km2"),
        ("357.4тыс.кв.км", 357_400, "km2"),
        ("12,5 тыс.га", 12_500, "ha"),
        ("12 тыс.км", 12_000, "km"),
        ("2,7 млн.кв.км", 2.7e6, "km2"),
        ("500 куб. м воды", 500, "m3"),
        ("53.2 bcm of gas", 53.2e9, "m3"),
        ("450,000 t of steel", 450_000, "t"),
        ("1.4m barrels of it", 1.4e6, "bbl"),
        ("15 percentage points", 15, "pp"),
        ("−20 °C in winter", -20, "degC"),
        ("114 degrees Fahrenheit", 114, "degF"),
        ("$78.7bn of it", 78.7e9, "USD"),
        ("US$4.20 of it", 4.2, "USD"),
        ("€10M of it", 10e6, "EUR"),
        ("USD 200 of it", 200, "USD"),
        ("75 USD million of it", 75e6, "USD"),
        ("1,2 трлн тенге", 1.2e12, "KZT"),
        ("3 млрд руб.", 3e9, "RUB"),
        ("7 млн еуро", 7e6, "EUR"),
        ("5 dollars 50 cents", 5.5, "USD"),
        ("20 (kg)", 20, "kg"),
        ("188 miles an hour", 188, "mi/h"),
        ("10km/hr", 10, "km/h"),
        ("с пятью километрами", 5, "km"),
        ("в трёх километрах", 3, "km"),
        ("к двум гектарам", 2, "ha"),
        ("53 текше метрге", 53, "m3"),
        ("120 мм-ге", 120, "mm"),
    ],
)
def test_unit(phrase: str, value: float, unit: str) -> None:
    """The unit is read in any case, glued or parted, with its scale."""
    assert first(phrase)[:2] == (pytest.approx(value), unit)


@pytest.mark.parametrize(
    ("phrase", "value", "unit", "confidence"),
    [
        ("27m people", 27e6, "people", "high"),
        ("1.5m hectares", 1.5e6, "ha", "high"),
        ("27m long", 27, "m", "high"),
        ("27m", 27, "m", "high"),
        ("27m workers", 27e6, "count", "low"),
        ("12 M from the coast", 12, "M", "medium"),
        ("12-мильная зона", 12, "M", "medium"),
        ("361 million pounds", 361e6, "GBP", "medium"),
        ("a load of 60 pounds", 60, "lb", "medium"),
    ],
)
def test_by_what_it_counts(phrase: str, value: float, unit: str, confidence: str) -> None:
    """A letter or a name with two meanings is told by what it counts, else it is in doubt."""
    assert first(phrase) == (value, unit, confidence)


def test_both_meanings_of_a_letter_are_shown_in_order() -> None:
    """Millions of something counted, or metres."""
    (reading,) = candidates("27m workers")
    assert reading.ambiguous
    assert (reading.readings, reading.reading_units) == ((27e6, 27.0), ("count", "m"))


@pytest.mark.parametrize(
    ("phrase", "kind"),
    [
        ("a depth of 668 m", "depth"),
        ("200 feet deep", "depth"),
        ("the summit stands at 7,439 m", "height"),
        ("45 m high", "height"),
        ("1,606 m above the sea", "height"),
        ("178 km apart", "distance"),
        ("as the crow flies it is 178 km", "distance"),
        ("182 km long", "length"),
        ("60 km wide", "length"),
        ("на высоте 342 м", "height"),
        ("глубиной до 900 м", "depth"),
        ("605 километров по прямой", "distance"),
        ("длиной 458 км", "length"),
        ("342 метр биіктікте", "height"),
        ("тереңдігі 300 метр", "depth"),
        ("тура сызықпен 605 километр", "distance"),
        ("ұзындығы 154 шақырым", "length"),
        ("a depth of 12 m, a length of 5 km", "depth"),
    ],
)
def test_heights_depths_and_distances(phrase: str, kind: str) -> None:
    """What a length is, is told by the words beside it."""
    assert candidates(phrase)[0].kind == kind


def test_the_next_number_has_an_aspect_of_its_own() -> None:
    """A word that tells what a length is does not reach over the next number."""
    text = "the depth is 12 m, and 5 km of pipe were laid"
    assert [reading.kind for reading in candidates(text)] == ["depth", "length"]


@pytest.mark.parametrize("lang", sorted(cases()))
def test_every_case_of_cldr_is_read(lang: str) -> None:
    """Names of lengths and areas in every case that CLDR has for a language."""
    for unit, code in (("length-kilometer", "km"), ("area-hectare", "ha"), ("mass-tonne", "t")):
        forms = cases()[lang][unit]
        assert len(forms) >= 2
        for form in forms:
            assert candidates(f"5 {form}", lang)[0].unit == code, form


def test_babel_has_the_nominative_alone() -> None:
    """Why cases/ is there: Babel's names of a unit lack its other cases."""
    for form in ("километрами", "километрах", "километру"):
        assert form in cases()["ru"]["length-kilometer"]
        assert form not in unit_names("length-kilometer", "ru")


@pytest.mark.parametrize(
    ("phrase", "unit"),
    [("7 т. р.", "RUB"), ("100 г золота", "g"), ("2 жүз мың адам", "people"), ("9.58 s", "s")],
)
def test_abbreviations_with_two_meanings(phrase: str, unit: str) -> None:
    """Thousand roubles are no tonnes, grams no years."""
    assert candidates(phrase)[0].unit == unit
