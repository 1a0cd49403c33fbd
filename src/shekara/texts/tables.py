"""The data files of this room: languages, units, names of units in every case."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import lru_cache
from importlib.resources import files
from typing import Any, TypeAlias

from babel import Locale
from babel.numbers import get_decimal_symbol

from shekara.texts.phrases import Morphology

ROOM = files(__package__)
NUMBER_WORDS = ROOM.joinpath("number_words")

# Decimals that are no thousands: 12,5 and 3.75.
_DECIMALS = re.compile(r"(?<![0-9.,])[0-9]+([.,])[0-9]{1,2}(?![0-9.,]?[0-9])")
# Lists of words that a lexicon holds, and where they stand in the file of a language.
LISTS = {
    "join": ("join", "words"),
    "article": ("join", "article"),
    "list": ("join", "list"),
    "the": ("join", "the"),
    "point": ("join", "point"),
    "minus": ("join", "minus"),
    "between": ("join", "between"),
    "number_prefix": ("join", "prefix"),
    "one_thousand": ("join", "one_thousand"),
    "fill": ("fill", "words"),
    "negation": ("negation", "words"),
    "few": ("negation", "few"),
    "of": ("share", "of"),
    "not_half": ("share", "not_half"),
    "label": ("label", "words"),
}
# Patterns likewise.
PATTERNS = {
    "money": ("money", "words"),
    "people": ("people", "before"),
    "multiple_after": ("multiple", "after"),
    "multiple_before": ("multiple", "before"),
    "times_only": ("multiple", "times_only"),
    "only_times": ("multiple", "only_times"),
    "verb": ("language", "verb"),
    "ratio": ("ratio", "words"),
    "rate": ("rate", "words"),
    "rate_before": ("rate", "before"),
    "about": ("morphology", "about"),
    "unit_link": ("join", "unit_link"),
    "until": ("change", "until"),
    "temperature": ("temperature", "words"),
    "negated_verb": ("negation", "verb"),
    "ratio_link": ("ratio", "link"),
    "years": ("date", "plural"),
    "time_part": ("time_part", "words"),
    "time_part_after": ("time_part", "after"),
    "sea": ("sea", "words"),
    "clock": ("clock", "before"),
    "clock_after": ("clock", "after"),
}


# Any: each table of number_words/ has a shape of its own, which its reader knows (`lexicon`).
TomlValue: TypeAlias = Any


@lru_cache(maxsize=1)
def languages() -> Mapping[str, Mapping[str, TomlValue]]:
    """The tables of every language by its code: one for each file in number_words/."""
    return {
        entry.name.removesuffix(".toml"): tomllib.loads(entry.read_text(encoding="utf-8"))
        for entry in sorted(NUMBER_WORDS.iterdir(), key=lambda entry: entry.name)
        if entry.name.endswith(".toml")
    }


@lru_cache(maxsize=1)
def units() -> Mapping[str, TomlValue]:
    """The table of units, by their codes."""
    return tomllib.loads(ROOM.joinpath("units.toml").read_text(encoding="utf-8"))


@lru_cache(maxsize=1)
def cases() -> Mapping[str, Mapping[str, list[str]]]:
    """Names of units in every case, by language, for the languages whose CLDR has cases."""
    folder = ROOM.joinpath("cases")
    return {
        entry.name.removesuffix(".toml"): tomllib.loads(entry.read_text(encoding="utf-8"))
        for entry in folder.iterdir()
        if entry.name.endswith(".toml")
    }


def morphology(lang: str) -> Morphology:
    """How the words of a language take endings."""
    table = languages()[lang].get("morphology", {})
    voiced = tuple(sorted(table.get("voiced", {}).items()))
    return Morphology(
        table.get("ending", ""),
        table.get("drop", ""),
        voiced,
        table.get("short", ""),
        table.get("shortest", 3),
    )


def locales(langs: tuple[str, ...], text: str) -> tuple[str, ...]:
    """The codes of CLDR by which the numbers of a text in some languages are read.

    Where countries of one language part thousands differently, the decimals of the text say which
    of them is meant; where it has none, every one is.
    """
    names = [languages()[lang]["language"].get("locales", (lang,)) for lang in langs]
    if all(len(each) == 1 for each in names):
        return tuple(each[0] for each in names)
    signs = {match[1] for match in _DECIMALS.finditer(text)}
    result: list[str] = []
    for each in names:
        meant = [name for name in each if decimal_sign(name) in signs]
        result += meant if len(signs) == 1 and meant else each
    return tuple(dict.fromkeys(result))


def decimal_sign(lang: str) -> str:
    """The decimal sign of a language in CLDR: a comma or a point."""
    return get_decimal_symbol(Locale.parse(lang))


def groups_by_point(lang: str) -> bool | None:
    """Whether a language parts thousands by the sign that is not its decimal one; None: never."""
    sign = Locale.parse(lang).number_symbols["latn"]["group"]
    return sign in ".,"


def factor(unit: str) -> float:
    """How many metres, square metres or years one unit is (1 where it is a count or a share)."""
    return float(units().get(unit, {}).get("si", 1))


def kind_of(unit: str) -> str:
    """What a unit measures: length, area, share, money, mass, volume, duration, plain and so on."""
    return str(units()[unit]["kind"]) if unit in units() else "money"


def strings(value: TomlValue) -> Iterator[str]:
    """Every text of a table, and the names of its keys that are phrases."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            yield from strings(inner)
            yield from (key,) if isinstance(inner, (int, float)) else ()
    elif isinstance(value, list):
        for inner in value:
            yield from strings(inner)
