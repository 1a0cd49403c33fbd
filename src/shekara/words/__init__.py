"""The program's own words, and numbers, units and dates, in the reader's language.

The words stand in the TOML files beside this module, one table per key with one string per
language; numbers, units and dates come from CLDR by way of Babel.
"""

from __future__ import annotations

import datetime
import tomllib
from collections.abc import Mapping
from decimal import Decimal
from functools import lru_cache
from importlib.resources import files
from types import MappingProxyType

from babel import Locale, UnknownLocaleError
from babel.dates import format_date
from babel.numbers import format_decimal
from babel.units import format_unit, get_unit_name

FALLBACK = "en"
YEAR = "year"  # as a unit: the number is a year

# What an atlas writes (left) and what CLDR calls it (right).
UNITS = MappingProxyType(
    {
        "m": "length-meter",
        "km": "length-kilometer",
        "km2": "area-square-kilometer",
        "km²": "area-square-kilometer",
        "m2": "area-square-meter",
        "m²": "area-square-meter",
        "ha": "area-hectare",
        "M": "length-nautical-mile",
        "deg": "angle-degree",
    }
)


@lru_cache(maxsize=1)
def _tables() -> Mapping[str, Mapping[str, str]]:
    tables: dict[str, Mapping[str, str]] = {}
    for entry in sorted(files(__name__).iterdir(), key=lambda item: item.name):
        if entry.name.endswith(".toml"):
            tables.update(tomllib.loads(entry.read_text(encoding="utf-8")))
    return MappingProxyType(tables)


@lru_cache(maxsize=64)
def locale(lang: str) -> Locale:
    """The CLDR locale of a language code; English where CLDR does not know the code."""
    try:
        return Locale.parse(lang.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        return Locale.parse(FALLBACK)


def known_language(lang: str) -> bool:
    """Whether CLDR knows this language code."""
    try:
        Locale.parse(lang.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        return False
    return True


def say(text: Mapping[str, str] | str, lang: str) -> str:
    """The text in one language; else in English, else in the first that it has; "" when empty."""
    if isinstance(text, str):
        return text
    if lang in text:
        return text[lang]
    return text.get(FALLBACK) or next(iter(text.values()), "")


def word(key: str, lang: str, **values: object) -> str:
    """One of the program's own words; ``{name}`` in it is replaced by the values given.

    Raises:
        KeyError: no file of words has the key (a fault of the program, not of an atlas).
    """
    text = say(_tables()[key], lang)
    return text.format(**values) if values else text


def words(lang: str) -> dict[str, str]:
    """Every word of the program in one language, by key."""
    return {key: say(table, lang) for key, table in _tables().items()}


def number(value: float | Decimal, lang: str, digits: int | None = None) -> str:
    """A number with the language's separators and exactly `digits` decimals (None: as needed)."""
    pattern = "#,##0.######" if digits is None else "#,##0" + ("." + "0" * digits if digits else "")
    return _spaced(format_decimal(value, format=pattern, locale=locale(lang)))


def _spaced(text: str) -> str:
    """CLDR's narrow space as a common one that does not break: fewer fonts have the narrow."""
    return text.replace("\u202f", "\u00a0")


def year(value: float | Decimal) -> str:
    """A year: never with a separator of thousands."""
    return f"{value:.0f}"


def unit(name: str, lang: str) -> str:
    """The short sign of a unit in a language; units that nobody knows stay as written."""
    if name in ("%", "percent"):
        return "%"
    if name == YEAR:
        return ""
    key = f"unit_{name}"
    if key in _tables():
        return word(key, lang)
    if name not in UNITS:
        return name
    sample = format_unit(1, UNITS[name], length="short", locale=locale(lang))
    return sample.replace("1", "", 1).strip().strip("\u00a0")


def unit_name(name: str, lang: str) -> str:
    """The unit's long name, for a reader or a screen reader: square kilometres."""
    if name not in UNITS:
        return unit(name, lang)
    return get_unit_name(UNITS[name], length="long", locale=locale(lang)) or unit(name, lang)


def quantity(value: float | Decimal, unit_: str, lang: str, digits: int | None = None) -> str:
    """A number and its unit, joined by a space that does not break."""
    if unit_ == YEAR:
        return year(value)
    sign = unit(unit_, lang) if unit_ else ""
    return number(value, lang, digits) + (f"\u00a0{sign}" if sign else "")


def day(value: datetime.date, lang: str) -> str:
    """A date in the language's long form."""
    return _spaced(format_date(value, format="long", locale=locale(lang)))
