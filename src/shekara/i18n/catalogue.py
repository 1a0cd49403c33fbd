"""The program's own words: kk_ru_en/*.toml by word, by_language/*.toml by language.

kk_ru_en/ has the words with which the program grew, a table per key. Every further language is one
file of by_language/, a line per key. There, ``"key@one"`` is the form of a word for a number of
CLDR's plural category.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from functools import lru_cache
from importlib.resources import files
from types import MappingProxyType

PLURAL = "@"  # between a word's key and the plural category of a form of it


@lru_cache(maxsize=1)
def messages() -> Mapping[str, Mapping[str, str]]:
    """Every word of the program by key, then by language."""
    tables: dict[str, dict[str, str]] = {}
    for _, table in _tables("kk_ru_en"):
        for key, words in table.items():
            if isinstance(words, Mapping):
                tables[key] = dict(words)
    for lang, table in _tables("by_language"):
        for key, text in table.items():
            if PLURAL not in key:
                tables[key][lang] = str(text)
    return MappingProxyType(tables)


@lru_cache(maxsize=1)
def plural_forms() -> Mapping[str, Mapping[str, str]]:
    """Forms of words that depend on a number: by language, then by ``key@category``."""
    return MappingProxyType(
        {
            lang: {key: str(text) for key, text in table.items() if PLURAL in key}
            for lang, table in _tables("by_language")
        }
    )


@lru_cache(maxsize=1)
def built_in() -> tuple[str, ...]:
    """The languages that every word of the program has."""
    tables = list(messages().values())
    return tuple(lang for lang in tables[0] if all(lang in table for table in tables))


def _tables(folder: str) -> Iterator[tuple[str, Mapping[str, Mapping[str, str] | str]]]:
    """The TOML files of a folder beside this one, by name, each with its stem."""
    entries = files(__package__).joinpath(folder).iterdir()
    for entry in sorted(entries, key=lambda entry: entry.name):
        if entry.name.endswith(".toml"):
            yield entry.name.removesuffix(".toml"), tomllib.loads(entry.read_text(encoding="utf-8"))
