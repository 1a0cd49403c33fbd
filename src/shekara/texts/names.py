"""Names of units, currencies and months in a language, as CLDR has them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache

from babel import Locale
from babel.dates import get_month_names
from babel.numbers import get_currency_name, get_currency_symbol
from babel.units import format_unit

from shekara.texts.phrases import Morphology, Phrase
from shekara.texts.tables import TomlValue

# Signs that people write beside those of CLDR.
_SIGNS = {
    "USD": ("US$", "U.S.$", "US $", "$"),
    "EUR": ("€",),
    "GBP": ("£",),
    "KZT": ("₸",),
    "RUB": ("₽",),
    "CNY": ("CN¥",),
    "JPY": ("¥", "JP¥"),
    "INR": ("₹",),
    "CAD": ("C$", "CA$"),
    "AUD": ("A$",),
    "HKD": ("HK$",),
    "NZD": ("NZ$",),
    "TRY": ("₺",),
    "UAH": ("₴",),
    "GEL": ("₾",),
    "ILS": ("₪",),
    "KRW": ("₩",),
    "VND": ("₫",),
    "NGN": ("₦",),
    "PHP": ("₱",),
    "CRC": ("₡",),
    "LAK": ("₭",),
    "AZN": ("₼",),
    "AMD": ("֏",),
    "MNT": ("₮",),
}
# Codes of CLDR that are no money that people count, and codes that are words.
_NO_MONEY = re.compile(r"X[A-Z]{2}")
_WORDS = re.compile(r"CUP|TOP|ALL|MAD|TRY|LAK|PEN|SOS|BAM|BAD|SIT|CHE|MOP|GEL")


@lru_cache(maxsize=64)
def unit_names(name: str, lang: str) -> tuple[str, ...]:
    """Long and short names of a unit of CLDR, in the plurals that a language has."""
    lengths = ("long",) if name.startswith(("duration", "temperature-k")) else ("long", "short")
    names: dict[str, None] = {}
    for length in lengths:
        for count in (1, 2, 5, 1.5):
            try:
                shown = format_unit(count, name, length=length, locale=Locale.parse(lang))  # type: ignore[arg-type]
            except ValueError:  # a unit that this version of CLDR does not know
                continue
            phrase = re.sub(r"[0-9][0-9.,]*", "", shown).strip()
            if len(phrase) >= 3 or (length == "long" and len(phrase) >= 2):
                names[phrase] = None
    return tuple(names)


def names_of_units(units: Mapping[str, TomlValue], lang: str) -> Iterator[str]:
    """Names of all units in a language."""
    for unit in units.values():
        if "cldr" in unit:
            yield from unit_names(unit["cldr"], lang)


def unit_phrases(
    langs: tuple[str, ...],
    units: Mapping[str, TomlValue],
    cases: Mapping[str, Mapping[str, list[str]]],
    morphology: Callable[[str], Morphology],
) -> Iterator[Phrase]:
    """Signs of the units and their names in the languages."""
    for code, unit in units.items():
        for sign in unit.get("signs", ()):
            yield Phrase(code, sign.lstrip("?"), sure=not sign.startswith("?"))
        for sign, power in unit.get("power", {}).items():
            yield Phrase(f"{code} {power}", sign)
        for lang in langs if "cldr" in unit else ():
            for name in unit_names(unit["cldr"], lang):
                yield Phrase(code, name, morphology(lang))
            for name in cases.get(lang, {}).get(unit["cldr"], ()):
                yield Phrase(code, "=" + name, morphology(lang))


@lru_cache(maxsize=8)
def _currency_names(lang: str) -> tuple[tuple[str, str], ...]:
    locale = Locale.parse(lang)
    pairs: dict[tuple[str, str], None] = {}
    for code in sorted(locale.currencies):
        if _NO_MONEY.fullmatch(code):
            continue
        for count in (None, 1, 2, 5):
            name = get_currency_name(code, count=count, locale=locale)
            if name != code and "(" not in name:
                pairs[code, name] = None
    return tuple(pairs)


def currency_phrases(
    langs: tuple[str, ...], morphology: Callable[[str], Morphology]
) -> Iterator[Phrase]:
    """Signs, codes and names of the currencies of CLDR in the languages."""
    yield from sign_phrases(langs)
    for lang in langs:
        for code, name in _currency_names(lang):
            yield Phrase(code, name, morphology(lang))


def sign_phrases(langs: tuple[str, ...]) -> Iterator[Phrase]:
    """Signs and codes of currencies, which may stand before a number."""
    for code, signs in _SIGNS.items():
        yield from (Phrase(code, sign) for sign in signs)
    for lang in langs:
        locale = Locale.parse(lang)
        for code in sorted(locale.currencies):
            if _NO_MONEY.fullmatch(code):
                continue
            if not _WORDS.fullmatch(code):
                yield Phrase(code, code, glued=True)
                yield Phrase(code, f"{code}$", Morphology())
                yield Phrase(f"{code} 6", f"M{code}", glued=True)
            symbol = get_currency_symbol(code, locale=locale)
            if not symbol.isalpha() or len(symbol) > 2:
                yield Phrase(code, symbol)


def months(lang: str, morphology: Morphology) -> Iterator[tuple[str, int]]:
    """Patterns of the names of months, as written in running text, with their numbers."""
    for context in ("format", "stand-alone"):
        for width in ("wide", "abbreviated"):
            names = get_month_names(width, context=context, locale=Locale.parse(lang))
            for month, name in names.items():
                if width == "abbreviated":
                    yield re.escape(name.rstrip(".")) + r"\.?", month
                elif morphology.short and len(name) == 3:
                    # The stem of a short name (май) is too short to be cut by rule.
                    yield re.escape(name.lower()[:-1]) + morphology.short, month
                elif morphology.drop or morphology.voiced:
                    stem, rest = morphology.stem(name.lower())
                    yield re.escape(stem) + rest, month
                else:
                    yield re.escape(name), month
