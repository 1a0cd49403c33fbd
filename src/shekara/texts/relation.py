"""Words of comparison before a number, what turns them round and what adds equality."""

from __future__ import annotations

import re
from dataclasses import dataclass

from shekara.texts.candidate import Relation
from shekara.texts.lexicon import Lexicon
from shekara.texts.reading import OPPOSITE
from shekara.texts.spelled import WORD

_WITH_EQUALITY: dict[str, Relation] = {"more_than": "at_least", "less_than": "at_most"}
_FILLERS = 3  # words that may stand between a comparison and its number
_SIGNS = re.compile(r"(?P<sign>[<>=≤≥~≈∼±]|⩽|⩾)\s?(?P<second>[=<>])?\s*")
_SIGN_MEANS: dict[str, Relation] = {
    ">": "more_than", "<": "less_than", "≥": "at_least", "≤": "at_most", "⩾": "at_least",
    "⩽": "at_most", "=": "equals", "~": "about", "≈": "about", "∼": "about", "±": "about",
    ">=": "at_least", "<=": "at_most",
}  # fmt: skip


@dataclass(frozen=True)
class Lead:
    """A comparison that stands before a number: where it begins, where its words end."""

    relation: Relation
    start: int
    end: int
    note: str = ""  # why it is in doubt


def _negations(text: str, first: int, start: int, words: Lexicon) -> tuple[int, int] | None:
    """A negation before a place in its clause: how many words lie between, and its begin."""
    clause = re.split(r"[,;:()]|\s[–—-]\s", text[first:start])[-1]
    begin = start - len(clause)
    before = list(re.finditer(r"[^\W\d_]+(?:['’][^\W\d_]+)?", clause))
    for distance, match in enumerate(reversed(before[-4:])):
        word = match.group().lower()
        if words.has("negation", word) or re.search(r"n['’]t$", word):
            return distance, begin + match.start()
    return None


def lead_at(text: str, place: int, first: int, words: Lexicon) -> Lead | None:
    """The comparison at a place of a sentence that begins at `first`; None where there is none."""
    if sign := _SIGNS.match(text, place):
        meaning = _SIGN_MEANS.get(sign["sign"] + (sign["second"] or ""))
        if meaning is None:
            return Lead("equals", place, sign.end(), f"{sign.group().strip()} is no comparison")
        return Lead(meaning, place, sign.end())
    if place and (text[place - 1].isalnum() or text[place - 1] == "_"):
        return None
    hit = words.before.at(text, place)
    elided = hit is not None and text[hit.end - 1] in "'’"  # plus d'un million
    if hit is None or not (elided or re.match(r"[\s~$€£¥₸₽(]", text[hit.end : hit.end + 1] or "x")):
        return None
    relation: Relation = hit.meaning  # type: ignore[assignment]
    start, note = place, ""
    negation = _negations(text, first, place, words)
    if negation:
        distance, begin = negation
        relation = OPPOSITE[relation]
        word = text[begin : begin + 12].split()[0]
        if distance == 0:
            start = begin
        if distance > 2 or relation in ("about", "equals"):
            note = f"a negation before it: {word}"
        elif distance:
            note = f"turned round by a negation before it: {word}"
    return Lead(relation, start, hit.end, note)


def fillers(text: str, place: int, words: Lexicon) -> list[int]:
    """Places where the number of a comparison may begin: at once, or after a few small words."""
    places, end = [], place
    for _ in range(_FILLERS + 1):
        spaces = re.compile(r"\s*").match(text, end)
        begin = spaces.end() if spaces else end
        places.append(begin)
        word = WORD.match(text, begin)
        if word is None or not words.has("fill", word.group()):
            break
        end = word.end()
    return places


def combined(before: Lead, after: Relation) -> tuple[Relation, str]:
    """The relation of a number with words on both sides, and a note where they disagree."""
    if after in ("equals", before.relation) or before.relation == "equals":
        return (before.relation if after == "equals" else after), ""
    if before.relation == "about":
        return after, ""
    if after == "about":
        return before.relation, ""
    return before.relation, "two comparisons that disagree"


def equality(text: str, end: int, relation: Relation, words: Lexicon) -> tuple[Relation, int]:
    """A relation with the words that add equality after its number: "or equal to it"."""
    spaces = re.compile(r"\s+").match(text, end)
    hit = words.or_equal.at(text, spaces.end()) if spaces else None
    if hit is None or re.match(r"\s+[0-9]", text[hit.end :]):
        return relation, end
    return _WITH_EQUALITY.get(relation, relation), hit.end
