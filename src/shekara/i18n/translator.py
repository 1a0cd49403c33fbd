"""A language as a value: the program's words, texts of an atlas, numbers, units and dates in it.

Made once where a language is chosen, and handed on instead of a language code. Numbers, units
and dates come from CLDR by way of Babel.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from types import MappingProxyType

from babel.dates import format_date, format_skeleton
from babel.numbers import format_decimal
from babel.units import format_unit, get_unit_name

from shekara.i18n.catalogue import PLURAL, messages, plural_forms
from shekara.i18n.cldr import (
    FALLBACK,
    base_language,
    direction,
    locale,
    own_name,
    plural_category,
    territory_name,
)

YEAR = "year"  # as a unit: the number is a year
LEFT_TO_RIGHT = "\u200e"  # a mark without width: what follows runs so
AROUND_UNIT = f" \u00a0\u202f{LEFT_TO_RIGHT}\u200f"  # between a number and its unit, in CLDR

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


@dataclass(frozen=True)
class Translator:
    """One language.

    Attributes
    ----------
    lang
        Code of the language, as CLDR writes it: "kk", "pt-BR".
    own
        An atlas's own words by key; they come before the program's.

    Examples
    --------
    >>> en = Translator("en")
    >>> en.number(2724902.25), en.quantity(7, "km2"), en.message("yes")
    ('2,724,902.25', '7\\xa0km²', 'yes')
    """

    lang: str
    own: Mapping[str, str] = field(default_factory=dict, hash=False)

    def text(self, text: Mapping[str, str] | str) -> str:
        """A text of an atlas; else in English, else in its first language; "" when empty.

        A region takes its language's: pt-BR has pt.
        """
        if isinstance(text, str):
            return text
        for lang in dict.fromkeys((self.lang, base_language(self.lang))):
            if lang in text:
                return text[lang]
        return text.get(FALLBACK) or next(iter(text.values()), "")

    def message(self, key: str, /, **values: object) -> str:
        """One of the program's own words; ``{name}`` in it is replaced by the values given.

        A word with a ``{count}`` or ``{total}`` takes the form that CLDR's rules want for it.

        Raises
        ------
        KeyError
            There is no such word (a fault of the program, not of an atlas).

        Examples
        --------
        >>> de = Translator("de")
        >>> [de.message("sheet_legend_more", count=count)[:17] for count in (1, 2)]
        ['1 weiteres Zeiche', '2 weitere Zeichen']
        """
        number = values.get("count", values.get("total"))
        text = self._form(key, number) if isinstance(number, int) else ""
        text = text or self.own.get(key) or self.text(messages()[key])
        return text.format(**values) if values else text

    def _form(self, key: str, number: int) -> str:
        """The word's form for a number; "" where it has but one."""
        form = f"{key}{PLURAL}{plural_category(self.lang, number)}"
        if form in self.own:
            return self.own[form]
        if key in self.own:  # an atlas's own word comes before the program's forms of its own
            return ""
        return plural_forms().get(base_language(self.lang), {}).get(form, "")

    def messages(self, prefix: str = "") -> dict[str, str]:
        """Every word of the program whose key begins with `prefix`, by the rest of its key."""
        keys = (key for key in messages() if key.startswith(prefix))
        return {key.removeprefix(prefix): self.message(key) for key in keys}

    def missing(self) -> tuple[str, ...]:
        """Keys of the words that this language lacks, in their order; English stands for them.

        Signs of units that CLDR knows are not among them.
        """
        known = {f"{place}_{name}" for name in UNITS for place in ("unit", "sheet")}
        return tuple(key for key in messages() if key not in known and self.lacks(key))

    def lacks(self, key: str) -> bool:
        """Whether nobody has said a word of the program in this language."""
        languages = {self.lang, base_language(self.lang)}
        return key not in self.own and not languages & set(messages()[key])

    def number(self, value: float | Decimal, digits: int | None = None) -> str:
        """A number with its separators and exactly `digits` decimals (None: as needed).

        Below zero it has the sign of minus, not the hyphen that CLDR gives most languages.
        """
        whole = _whole_pattern(self.lang)
        decimals = "." + "0" * digits if digits else ""
        pattern = f"{whole}.######" if digits is None else f"{whole}{decimals}"
        text = format_decimal(value, format=pattern, locale=locale(self.lang))
        return _spaced(text.replace("-", self.minus))

    @property
    def separators(self) -> tuple[str, str]:
        """The signs before decimals and between thousands."""
        symbols = locale(self.lang).number_symbols["latn"]
        return symbols["decimal"], _spaced(symbols["group"])

    @property
    def groups(self) -> tuple[int, int]:
        """Digits in the last group and in those before it: 12,34,567 has 3 and 2."""
        last, before = locale(self.lang).decimal_formats[None].grouping
        return int(last), int(before)

    @property
    def minus(self) -> str:
        """The sign of minus, which stays before its number where lines run from right to left."""
        return f"{LEFT_TO_RIGHT}\u2212" if self.direction == "rtl" else "\u2212"

    def unit(self, name: str) -> str:
        """The short sign of a unit; units that nobody knows stay as written."""
        if name in ("%", "percent"):
            return "%"
        if name == YEAR:
            return ""
        key = f"unit_{name}"
        if key in messages() and not (name in UNITS and self.lacks(key)):
            return self.message(key)
        if name not in UNITS:
            return name
        sample = format_unit(1, UNITS[name], length="short", locale=locale(self.lang))
        return sample.replace("1", "", 1).strip(AROUND_UNIT)

    def unit_name(self, name: str) -> str:
        """The unit's long name, for a reader or a screen reader: square kilometres."""
        if name not in UNITS:
            return self.unit(name)
        return get_unit_name(UNITS[name], "long", locale(self.lang)) or self.unit(name)

    def quantity(self, value: float | Decimal, unit: str, digits: int | None = None) -> str:
        """A number and its unit, joined by a space that does not break."""
        if unit == YEAR:
            return year(value)
        sign = self.unit(unit) if unit else ""
        return self.number(value, digits) + (f"\u00a0{sign}" if sign else "")

    def day(self, value: datetime.date) -> str:
        """A date in the language's long form."""
        return _spaced(format_date(value, format="long", locale=locale(self.lang)))

    def month(self, value: datetime.date) -> str:
        """A month and its year in the language's long form."""
        return _spaced(format_skeleton("yMMMM", value, locale=locale(self.lang)))

    def territory(self, code: str) -> str:
        """A state by its ISO 3166 code, as CLDR calls it; the code where CLDR knows none."""
        return territory_name(self.lang, code)

    @property
    def name(self) -> str:
        """The language's name in itself."""
        return own_name(self.lang)

    @property
    def direction(self) -> str:
        """Which way its lines run: "ltr" or "rtl"."""
        return direction(self.lang)


ENGLISH = Translator(FALLBACK)


def year(value: float | Decimal) -> str:
    """A year: never with a separator of thousands."""
    return f"{value:.0f}"


def _whole_pattern(lang: str) -> str:
    """How CLDR groups the digits before the decimals: "#,##0", in India "#,##,##0"."""
    return str(locale(lang).decimal_formats[None].pattern).split(";")[0].split(".")[0]


def _spaced(text: str) -> str:
    """CLDR's narrow space as a common one that does not break: fewer fonts have the narrow."""
    return text.replace("\u202f", "\u00a0")
