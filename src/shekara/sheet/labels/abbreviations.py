"""Names of places with their common words abbreviated: "Lake" is "L.", «область» is «обл.»."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources


@cache
def _table() -> dict[str, str]:
    text = resources.files(__package__).joinpath("abbreviations.toml").read_text(encoding="utf-8")
    return {word: str(short) for word, short in tomllib.loads(text).items()}


def abbreviated(name: str) -> str:
    """The name with what maps abbreviate; "" where it has no such word.

    A name that is nothing but such words stays whole: "Region" is no "Reg.".

    >>> abbreviated("Western Province"), abbreviated("Lake Superior"), abbreviated("Harbour")
    ('Western Prov.', 'L. Superior', '')
    """
    words = name.split(" ")
    short = [_shorter(word) for word in words]
    changed = sum(a != b for a, b in zip(words, short, strict=True))
    return " ".join(short) if 0 < changed < len(words) else ""


def _shorter(word: str) -> str:
    short = _table().get(word.casefold())
    if short is None:
        return word
    if word.isupper():
        return short.upper()
    return short[0].upper() + short[1:] if word[0].isupper() else short
