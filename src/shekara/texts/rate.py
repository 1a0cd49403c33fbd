"""Rates of a text: so much per something, after the quantity or before it."""

from __future__ import annotations

import re

from shekara.texts.lexicon import Lexicon
from shekara.texts.tables import kind_of

_SLASH = re.compile(r"\s?/\s?[^\W\d_]")


def rate_of(text: str, place: int, words: Lexicon) -> tuple[bool, bool]:
    """Whether the quantity is so much per something else, and whether that is a time."""
    slash = _SLASH.match(text, place)
    word = re.compile(rf"[\s-]{{1,3}}{words.patterns['rate']}[\s-]+", re.IGNORECASE).match(
        text, place
    )
    if not slash and not word:
        return False, False
    begin = slash.end() - 1 if slash else word.end() if word else place
    follows = re.compile(r"[^\W\d_]{2}").match(text, begin)
    unit = words.units.at(text, begin)
    rate = bool(slash) or unit is not None or (follows is not None and bool(words.lists["article"]))
    return rate, unit is not None and kind_of(unit.meaning) == "duration"


def rate_before(text: str, start: int, words: Lexicon) -> bool:
    """Whether so much per something is said before the quantity: «km² başına 110 kişi»."""
    before = rf"(?<!\w){words.patterns['rate_before']}[^.;0-9]{{0,3}}\Z"
    return re.search(before, text[max(0, start - 40) : start], re.IGNORECASE) is not None
