"""What a length is: a height, a depth, a distance through the air, or a plain length."""

from __future__ import annotations

import re
from typing import cast

from shekara.texts.candidate import Kind
from shekara.texts.lexicon import Lexicon

_CLAUSE = re.compile(r"[.;:!?\n]\s")
# Another number and a comma: the word that told the aspect was that number's.
_ANOTHER = re.compile(r"[0-9][^,;]*[^0-9\s][^,;]*,\s")
_REACH = 80  # characters before a number in which the word that tells its aspect stands


def aspect(text: str, start: int, end: int, words: Lexicon) -> tuple[Kind, int]:
    """The kind of a length between two places by the words around, and the end with these words."""
    after = re.compile(r"[\s-]*").match(text, end)
    hit = words.aspects_after.at(text, after.end()) if after else None
    if hit:
        return cast(Kind, hit.meaning), end
    begin = max(0, start - _REACH)
    for stop in _CLAUSE.finditer(text, begin, start):
        begin = stop.end()
    nearest: tuple[int, str] | None = None
    for word in re.finditer(r"(?<!\w)[^\W\d_]+", text[begin:start]):
        before = words.aspects_before.at(text, begin + word.start())
        if before and before.end <= start and (nearest is None or before.end > nearest[0]):
            nearest = (before.end, before.meaning)
    if nearest is None or _ANOTHER.search(text, nearest[0], start):
        return "length", end
    return cast(Kind, nearest[1]), end
