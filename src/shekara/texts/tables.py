"""The data files of this room: languages, units, names of units in every case."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files
from typing import Any

from babel import Locale
from babel.numbers import get_decimal_symbol

from shekara.texts.phrases import Morphology

ROOM = files(__package__)
LANGUAGES = ROOM.joinpath("languages")


@lru_cache(maxsize=1)
def languages() -> Mapping[str, Mapping[str, Any]]:
    """The tables of every language by its code: one for each file in languages/."""
    return {
        entry.name.removesuffix(".toml"): tomllib.loads(entry.read_text(encoding="utf-8"))
        for entry in sorted(LANGUAGES.iterdir(), key=lambda entry: entry.name)
        if entry.name.endswith(".toml")
    }


@lru_cache(maxsize=1)
def units() -> Mapping[str, Any]:
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
