"""The words that stand around a number, for one language or several at once.

Names of months, units and currencies and the separators come from CLDR by way of Babel; what CLDR
does not have stands in one file for each language, in number_words/.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from shekara.texts.names import currency_phrases, months, sign_phrases, unit_phrases
from shekara.texts.phrases import Morphology, Phrase, Phrases, Values, choices
from shekara.texts.tables import LISTS, PATTERNS, TomlValue, cases, languages, morphology, units

NEVER = "(?!)"


@dataclass(frozen=True)
class Dates:
    """Patterns of the words beside days, years, decades, centuries and eras."""

    months: tuple[tuple[str, int], ...]
    month: str
    capital: bool
    patterns: Mapping[str, str]
    decade_words: Values

    def __getitem__(self, name: str) -> str:
        return self.patterns.get(name, NEVER)


@dataclass(frozen=True, eq=False)
class Lexicon:
    """What may stand around a number in a text of one or several possible languages."""

    langs: tuple[str, ...]
    units: Phrases
    currencies: Phrases
    signs: Phrases
    magnitudes: Phrases
    magnitude_words: Mapping[str, int]
    short: Mapping[str, int]
    alone: frozenset[str]
    numerals: Values
    dozens: Values
    plus: Phrases
    parts: Values
    part_singular: frozenset[str]
    times: Values
    glued: tuple[tuple[str, float], ...]
    not_glued: tuple[str, ...]
    ordinals: Values
    multiples: Phrases
    before: Phrases
    after: Phrases
    units_before: Phrases
    or_equal: Phrases
    aspects_before: Phrases
    aspects_after: Phrases
    small: frozenset[str]
    lists: Mapping[str, frozenset[str]]
    patterns: Mapping[str, str]
    shares: tuple[re.Pattern[str], ...]
    share_words: Phrases
    intervals: tuple[Mapping[str, TomlValue], ...]
    lone: frozenset[int]
    units_after_ten: bool
    joins_tens: bool
    careful: bool
    dates: Dates

    def has(self, name: str, word: str) -> bool:
        """Whether a word stands in one of the lists: fill, negation, article."""
        return word.lower() in self.lists.get(name, frozenset())


def _joined(patterns: Iterable[str]) -> str:
    return "(?:" + ("|".join(dict.fromkeys(patterns)) or NEVER) + ")"


def _table(langs: tuple[str, ...], *path: str) -> list[tuple[str, TomlValue]]:
    """What each language has under a path of keys, where it has it."""
    result = []
    for lang in langs:
        value: TomlValue = languages()[lang]
        for key in path:
            value = value.get(key, {}) if isinstance(value, Mapping) else {}
        if value or value is False:
            result.append((lang, value))
    return result


def _strings(langs: tuple[str, ...], *path: str) -> list[str]:
    return [text for _, values in _table(langs, *path) for text in values]


def _entries(langs: tuple[str, ...], *path: str) -> list[Phrase]:
    """Phrases of a table {meaning: [phrases]} of each language."""
    return [
        Phrase(meaning, each.lstrip("?"), morphology(lang), sure=not each.startswith("?"))
        for lang, table in _table(langs, *path)
        for meaning, phrases in table.items()
        for phrase in phrases
        for each in choices(phrase)
    ]


def _after(langs: tuple[str, ...]) -> list[Phrase]:
    """Comparisons after a number: "-дан астам" asks for a case, which the meaning carries."""
    result = []
    for lang, table in _table(langs, "after"):
        endings = languages()[lang].get("case", {})
        for meaning, phrases in table.items():
            for each in (choice for phrase in phrases for choice in choices(phrase)):
                case, _, rest = each.removeprefix("-").partition(" ")
                if each.startswith("-") and case in endings:
                    entry = Phrase(f"{meaning}@{endings[case]}", "=" + rest, morphology(lang))
                else:
                    entry = Phrase(f"{meaning}@", each, morphology(lang))
                result.append(entry)
    return result


def _values(langs: tuple[str, ...], *path: str) -> Values:
    forms: dict[str, float] = {}
    fixed: set[str] = set()
    for _, table in _table(langs, *path):
        for alternatives, value in table.items():
            for form in alternatives.split("|"):
                forms.setdefault(form.removeprefix("="), value)
                if form.startswith("="):
                    fixed.add(form.removeprefix("="))
    endings = [table["numeral"] for _, table in _table(langs, "morphology") if "numeral" in table]
    compound = [lang for lang, table in _table(langs, "language") if table.get("compound")]
    joiners = tuple(word for lang in compound for word in _strings((lang,), "join", "words"))
    ending = _joined(endings) if endings else ""
    return Values(forms, frozenset(fixed), ending, joiners if compound else ())


def _phrase_values(langs: tuple[str, ...], *path: str) -> list[Phrase]:
    return [
        Phrase(str(value), "=" + form.removeprefix("="), morphology(lang))
        for lang, table in _table(langs, *path)
        for alternatives, value in table.items()
        for form in alternatives.split("|")
    ]


def _glued(langs: tuple[str, ...]) -> tuple[tuple[str, float], ...]:
    pairs = [
        (form, float(value))
        for name in ("prefix", "glued")
        for _, table in _table(langs, name)
        for forms, value in table.items()
        for form in forms.split("|")
    ]
    return tuple(sorted(pairs, key=lambda pair: -len(pair[0])))


def _any_of(forms: Iterable[str]) -> str:
    ordered = sorted(set(forms), key=lambda form: (-len(form), form))
    return _joined(re.escape(form) for form in ordered)


def _shares(
    langs: tuple[str, ...], numerals: Values, ordinals: Values
) -> tuple[re.Pattern[str], ...]:
    number = _any_of(numerals.forms)
    digits = rf"(?:{number}(?:[\s-]{number}){{0,3}}(?![\w-])|[1-9][0-9]{{0,2}}(?![\w.,]))"
    blanks = {
        "{n}": number,
        "{a}": rf"(?P<a>[1-9][0-9]{{0,2}}[.,][0-9]{{1,2}}(?![\w.,])|{digits})",
        "{b}": f"(?P<b>{digits})",
        "{o}": rf"(?P<o>{_any_of(ordinals.forms)})(?!\w)",
        "{w}": r"[^\W\d_]+",
    }
    result = []
    for pattern in _strings(langs, "share", "patterns"):
        for blank, filled in blanks.items():
            pattern = pattern.replace(blank, filled)
        result.append(re.compile(pattern + r"(?!\w)", re.IGNORECASE))
    return tuple(result)


def _dates(langs: tuple[str, ...]) -> Dates:
    names = tuple(
        (pattern, month) for lang in langs for pattern, month in months(lang, morphology(lang))
    )
    keys = {key for _, table in _table(langs, "date") for key in table}
    texts = {
        key: _joined(value for _, value in _table(langs, "date", key) if isinstance(value, str))
        for key in keys
    }
    prefixes = [word for _, words in _table(langs, "date", "prefix") for word in words]
    texts["prefix"] = _joined(prefixes)
    capital = any(table.get("capital_months") for _, table in _table(langs, "language"))
    ordered = sorted(dict(names), key=lambda pattern: (-len(pattern), pattern))
    return Dates(names, _joined(ordered), capital, texts, _values(langs, "date", "decade_words"))


@lru_cache(maxsize=32)
def lexicon(langs: tuple[str, ...], locales: tuple[str, ...] = ()) -> Lexicon:
    """The words of the languages in which a sentence may be written.

    `locales` are the codes of CLDR that say how its numbers are written, else the languages.
    """
    numerals, ordinals = _values(langs, "numeral"), _values(langs, "ordinal")
    magnitudes = _entries(langs, "magnitude")
    parts = _values(langs, "part")
    alternatives = [forms.split("|") for _, part in _table(langs, "part") for forms in part]
    patterns = {
        name: _joined(value for _, value in _table(langs, *path)) for name, path in PATTERNS.items()
    }
    patterns["change"] = _joined(_strings(langs, "change", "words"))
    label = "|".join(re.escape(word) for word in _strings(langs, "label", "words"))
    patterns["label"] = f"(?:{label or NEVER})"
    return Lexicon(
        langs=locales or langs,
        units=Phrases(
            [*_entries(langs, "unit"), *unit_phrases(langs, units(), cases(), morphology)]
        ),
        currencies=Phrases([*_entries(langs, "currency"), *currency_phrases(langs, morphology)]),
        signs=Phrases([*sign_phrases(langs), *_coin_signs(langs), *_entries(langs, "unit_prefix")]),
        magnitudes=Phrases(magnitudes),
        magnitude_words={each.text.strip("=.").lower(): int(each.meaning) for each in magnitudes},
        short={sign: power for _, table in _table(langs, "short") for sign, power in table.items()},
        alone=frozenset(
            [*_strings(langs, "alone", "forms"), *(each.text.lower() for each in magnitudes)]
        ),
        numerals=numerals,
        dozens=_values(langs, "join", "dozen"),
        plus=Phrases(_phrase_values(langs, "plus")),
        parts=parts,
        part_singular=frozenset(
            forms[0] for forms in alternatives if len(forms) > 1 and forms[0] not in forms[1:]
        ),
        times=_values(langs, "times"),
        glued=_glued(langs),
        not_glued=tuple(_strings(langs, "whole", "words")),
        ordinals=ordinals,
        multiples=Phrases(_phrase_values(langs, "multiple", "words")),
        before=Phrases(_entries(langs, "before")),
        after=Phrases(_after(langs)),
        units_before=Phrases(_entries(langs, "unit_before")),
        or_equal=Phrases(
            [
                Phrase("or_equal", each, Morphology())
                for each in _strings(langs, "negation", "or_equal")
            ]
        ),
        aspects_before=Phrases(_entries(langs, "aspect", "before")),
        aspects_after=Phrases(_entries(langs, "aspect", "after")),
        small=frozenset(_strings(langs, "language", "small")),
        lists={name: frozenset(_strings(langs, *path)) for name, path in LISTS.items()},
        patterns=patterns,
        shares=_shares(langs, numerals, ordinals),
        share_words=Phrases(_phrase_values(langs, "share", "words")),
        intervals=tuple(rule for _, rules in _table(langs, "interval") for rule in rules),
        lone=frozenset(part for _, values in _table(langs, "share", "lone") for part in values)
        | (frozenset(range(2, 5)) if not _table(langs, "share", "of") else frozenset()),
        units_after_ten=bool(_table(langs, "join", "units_after_ten")),
        careful=bool(_table(langs, "language", "careful")),
        joins_tens=bool(_table(langs, "join", "joins_tens")),
        dates=_dates(langs),
    )


def _coin_signs(langs: tuple[str, ...]) -> list[Phrase]:
    """Names of currencies that a language writes before the number, such as "c $"."""
    return [
        entry for entry in _entries(langs, "currency") if "$" in entry.text or entry.text == "=usd"
    ]
