"""The program's own words: messages/*.toml, one table per key with one string per language."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files
from types import MappingProxyType


@lru_cache(maxsize=1)
def messages() -> Mapping[str, Mapping[str, str]]:
    """Every word of the program by key, then by language."""
    tables: dict[str, Mapping[str, str]] = {}
    for entry in sorted(files(__package__).joinpath("messages").iterdir(), key=lambda e: e.name):
        if entry.name.endswith(".toml"):
            tables.update(tomllib.loads(entry.read_text(encoding="utf-8")))
    return MappingProxyType(tables)


@lru_cache(maxsize=1)
def built_in() -> tuple[str, ...]:
    """The languages that every word of the program has."""
    tables = list(messages().values())
    return tuple(lang for lang in tables[0] if all(lang in table for table in tables))
