"""The words that stand around a number in a text: units, magnitudes, comparisons, months.

Names of months, units and currencies and the separators come from CLDR by way of Babel; the few
words that CLDR does not have stand in lexicon.toml beside this module.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

from babel.dates import get_month_names
from babel.numbers import get_currency_name, get_currency_symbol, get_decimal_symbol
from babel.units import format_unit

from shekara.words import locale

LANGUAGES = ("kk", "ru", "en")

# A final consonant that becomes voiced before a vowel: қыркүйек, қыркүйегі.
_VOICED = {"к": "[кг]", "қ": "[қғ]", "п": "[пб]"}
# What falls off the base form before an ending.
_FALLS = re.compile(r"(?:ый|ий|ой|ая|яя|ое|ее|ые|ие|[аяоеьйыи])$")


@lru_cache(maxsize=1)
def tables() -> Mapping[str, Any]:
    """The tables of lexicon.toml."""
    return tomllib.loads(files(__package__).joinpath("lexicon.toml").read_text(encoding="utf-8"))


def _inflected(word: str, lang: str) -> str:
    """A pattern for one word and its endings."""
    if word.endswith("."):
        return re.escape(word[:-1]) + r"\.?"
    ending: str = tables()["ending"].get(lang, "")
    if len(word) < 3 or not word.isalpha() or not ending:
        return re.escape(word)
    if lang == "ru":
        stem = _FALLS.sub("", word)
        return re.escape(stem if len(stem) >= 3 else word) + ending
    if lang == "kk":
        return re.escape(word[:-1]) + _VOICED.get(word[-1], re.escape(word[-1])) + ending
    return re.escape(word) + ending


def _pattern(phrase: str, lang: str) -> str:
    """A pattern for a phrase: exact after "=", a sign as it stands, else with its endings."""
    exact = phrase.startswith("=") and len(phrase) > 1
    words = phrase.removeprefix("=").split() if exact else phrase.split()
    if exact:
        parts = [re.escape(word) for word in words]
    else:
        parts = [_inflected(word, lang) for word in words]
    gaps = [r"\s*" if word.endswith(".") else r"[\s-]+" for word in words[:-1]]
    whole = parts[0] + "".join(gap + part for gap, part in zip(gaps, parts[1:], strict=True))
    tail = r"(?!\w)" if words[-1][-1].isalnum() or words[-1][-1] == "." else ""
    # A sign such as "m" or "M" means what it means only in its own case.
    return f"(?-i:{whole}){tail}" if lang == "any" else whole + tail


class Phrases:
    """Phrases with their meaning, found at a place of a text or just before it."""

    def __init__(self, entries: Iterable[tuple[str, str, str]]):
        """Entries are (meaning, phrase, language)."""
        ordered = sorted(set(entries), key=lambda entry: (-len(entry[1]), entry))
        self._meanings = {f"p{place}": entry[0] for place, entry in enumerate(ordered)}
        alternatives = "|".join(
            f"(?P<p{place}>{_pattern(phrase, lang)})"
            for place, (_, phrase, lang) in enumerate(ordered)
        )
        self._at = re.compile(alternatives or r"(?!)", re.IGNORECASE)
        self._before = re.compile(rf"(?<!\w)(?:{alternatives or '(?!)'})\s*\Z", re.IGNORECASE)
        signs = [entry for entry in ordered if not entry[1].replace(" ", "").isalnum()]
        signs = [sign for sign in signs if sign[2] == "any"]
        self._sign_before = re.compile(
            "(?:" + ("|".join(re.escape(sign[1]) for sign in signs) or "(?!)") + r")\s?\Z"
        )
        self._signs = {sign[1]: sign[0] for sign in signs}

    def at(self, text: str, place: int) -> tuple[str, int] | None:
        """The meaning and the end of the longest phrase that begins at a place."""
        match = self._at.match(text, place)
        if match is None or match.lastgroup is None:
            return None
        return self._meanings[match.lastgroup], match.end()

    def before(self, text: str, first: int, place: int) -> tuple[str, int] | None:
        """The meaning and the begin of the phrase that ends at a place, not before `first`."""
        sign = self._sign_before.search(text, max(first, place - 6), place)
        if sign:
            return self._signs[sign.group().strip()], sign.start()
        match = self._before.search(text, max(first, place - 60), place)
        if match is None or match.lastgroup is None:
            return None
        return self._meanings[match.lastgroup], match.start()


@dataclass(frozen=True, eq=False)
class Lexicon:
    """What may stand around a number in a text of one or several possible languages."""

    langs: tuple[str, ...]
    units: Phrases
    currencies: Phrases
    magnitudes: Phrases
    magnitude_words: Mapping[str, int]
    before: Phrases
    after: Phrases
    numerals: Mapping[str, int]
    months: Mapping[str, int]
    small_words: frozenset[str]
    month: str
    year: str
    century: str
    suffix: str
    ordinal: str
    year_before: str
    people_before: str
    label: str
    intervals: tuple[Mapping[str, Any], ...]


def _cldr_units(name: str, lang: str) -> set[str]:
    lengths = ("long",) if name.startswith("duration") else ("long", "short")
    found = set()
    for length in lengths:
        for count in (1, 2, 5, 1.5):
            shown = format_unit(count, name, length=length, locale=locale(lang))  # type: ignore[arg-type]
            phrase = re.sub(r"[0-9][0-9.,]*", "", shown).strip()
            if len(phrase) >= 2:
                found.add(phrase)
    return found


def _units(langs: tuple[str, ...]) -> Iterable[tuple[str, str, str]]:
    for key, entry in tables()["unit"].items():
        for lang in ("any", *langs):
            yield from ((key, phrase, lang) for phrase in entry.get(lang, ()))
        for lang in langs if "cldr" in entry else ():
            yield from ((key, phrase, lang) for phrase in _cldr_units(entry["cldr"], lang))


def _currencies(langs: tuple[str, ...]) -> Iterable[tuple[str, str, str]]:
    for code, entry in tables()["currency"].items():
        for lang in ("any", *langs):
            yield from ((code, phrase, lang) for phrase in entry.get(lang, ()))
        for lang in langs:
            yield code, get_currency_symbol(code, locale=locale(lang)), "any"
            for count in (None, 1, 2, 5):
                name = get_currency_name(code, count=count, locale=locale(lang))
                yield code, name, lang


def _comparisons(side: str, langs: tuple[str, ...]) -> Iterable[tuple[str, str, str]]:
    for relation, entry in tables()[side].items():
        for lang in ("any", *langs):
            yield from ((relation, phrase, lang) for phrase in entry.get(lang, ()))


def _months(lang: str) -> dict[str, int]:
    """Patterns of month names, as written in running text, by their number."""
    found: dict[str, int] = {}
    for context in ("format", "stand-alone"):
        for width in ("wide", "abbreviated"):
            names = get_month_names(width, context=context, locale=locale(lang))
            for month, name in names.items():
                if width == "abbreviated":
                    found[re.escape(name.rstrip(".")) + r"\.?"] = month
                elif lang == "en":
                    found[re.escape(name)] = month
                else:
                    found[_inflected(name.lower(), lang)] = month
                    # The stem of a short name (май) is too short to be cut by rule.
                    stem = name.lower()[:-1] if len(name) == 3 else ""
                    if stem and lang == "ru":
                        found[re.escape(stem) + "(?:й|я|е|ю|ем)"] = month
    return found


def _joined(table: Mapping[str, Any], langs: tuple[str, ...]) -> str:
    patterns = [table[lang] for lang in langs if isinstance(table.get(lang), str)]
    return "(?:" + ("|".join(patterns) or "(?!)") + ")"


def _numerals(lang: str) -> Iterable[tuple[str, int]]:
    """Forms of the numerals; in kk also "more than three": the ablative of all but one."""
    cases = tables()["suffix"]["ablative"].strip("(?:)").split("|") if lang == "kk" else ()
    for forms, value in tables()["numeral"][lang].items():
        for form in forms.split("|"):
            yield form, value
            yield from ((form + case, value) for case in cases if value > 1)


@lru_cache(maxsize=16)
def lexicon(langs: tuple[str, ...]) -> Lexicon:
    """The words of the languages in which a sentence may be written."""
    data = tables()
    numerals = {form: value for lang in langs for form, value in _numerals(lang)}
    powers = [
        (power, phrase, lang)
        for power, entry in data["magnitude"].items()
        for lang in langs
        for phrase in entry.get(lang, ())
    ]
    months = {pattern: month for lang in langs for pattern, month in _months(lang).items()}
    month = "|".join(sorted(months, key=lambda pattern: (-len(pattern), pattern)))
    return Lexicon(
        langs=langs,
        units=Phrases(_units(langs)),
        currencies=Phrases(_currencies(langs)),
        magnitudes=Phrases(powers),
        magnitude_words={phrase.rstrip("."): int(power) for power, phrase, _ in powers},
        before=Phrases(_comparisons("before", langs)),
        after=Phrases(_comparisons("after", langs)),
        numerals=numerals,
        months=months,
        small_words=frozenset(word for lang in langs for word in data["function"][lang]),
        month=f"(?:{month or '(?!)'})",
        year=_joined(data["year"], langs),
        century=_joined(data["century"], langs),
        suffix=_joined(data["suffix"], langs),
        ordinal=_joined(data["ordinal_suffix"], langs),
        year_before=_joined(data["year"]["before"], langs),
        people_before=_joined(data["people_before"], langs),
        label="|".join(re.escape(word) for lang in langs for word in data["label"][lang]) or "(?!)",
        intervals=tuple(rule for lang in langs for rule in data["interval"][lang]),
    )


def decimal_sign(lang: str) -> str:
    """The decimal sign of a language in CLDR: a comma or a point."""
    return get_decimal_symbol(locale(lang))


def factor(unit: str) -> float:
    """How many metres, square metres or years one unit is (1 where it is a count or a share)."""
    return float(tables()["unit"].get(unit, {}).get("si", 1))


def kind_of(unit: str) -> str:
    """What a unit measures: length, area, share, money, count, population, duration, plain."""
    return "money" if unit in tables()["currency"] else str(tables()["unit"][unit]["kind"])
