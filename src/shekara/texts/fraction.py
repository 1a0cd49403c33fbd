"""Fractions of a text: 2/3, "two thirds", «үштен бірі», as shares in percent."""

from __future__ import annotations

import re
from functools import lru_cache

from shekara.texts.dates import Reading
from shekara.texts.lexicon import Lexicon, tables

_DIGITS = re.compile(r"(?P<a>[1-9][0-9]?)\s?/\s?(?P<b>[1-9][0-9]?)(?![0-9/])")


@lru_cache(maxsize=16)
def _worded(words: Lexicon) -> tuple[re.Pattern[str], ...]:
    whole = "|".join(sorted(words.numerals, key=lambda form: (-len(form), form))) or "(?!)"
    parts = _parts(words)
    names = "|".join(sorted(parts, key=lambda form: (-len(form), form))) or "(?!)"
    ablative = tables()["suffix"]["ablative"]
    return (
        re.compile(rf"(?P<a>{whole})[\s-](?P<b>{names})s?(?!\w)", re.IGNORECASE),
        re.compile(rf"(?P<b>(?:{whole}){ablative}?)\s(?P<a>{whole})(?:сі|сы|і|ы)[а-яәі]*", re.I),
    )


def _parts(words: Lexicon) -> dict[str, int]:
    return {
        name: value
        for lang in words.langs
        for name, value in tables()["fraction"].get(lang, {}).items()
    }


def fraction_at(text: str, place: int, words: Lexicon) -> Reading | None:
    """The fraction at a place, less than one, as a share in percent."""
    if match := _DIGITS.match(text, place):
        return _share(match, int(match["a"]), int(match["b"]))
    named, of = _worded(words)
    if match := named.match(text, place):
        return _share(match, words.numerals[match["a"].lower()], _parts(words)[match["b"].lower()])
    if match := of.match(text, place):
        low, high = match["a"].lower(), match["b"].lower()
        # Only the ablative makes "of three, one"; without it two numbers stand side by side.
        if high in words.numerals and re.search(rf"{tables()['suffix']['ablative']}$", high):
            return _share(match, words.numerals[low], words.numerals[high])
    return None


def _share(match: re.Match[str], part: int, whole: int) -> Reading | None:
    if not 0 < part < whole:
        return None
    return Reading(
        *match.span(),
        "share",
        round(100 * part / whole, 3),
        "percent",
        "medium",
        note=f"a fraction: {part}/{whole}",
    )
