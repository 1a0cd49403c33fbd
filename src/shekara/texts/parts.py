"""Parts of a whole in words, and numbers that are written together with what they count."""

from __future__ import annotations

import re
from decimal import Decimal

from shekara.texts.lexicon import Lexicon
from shekara.texts.numeral import SPACE, Number, is_whole, literal
from shekara.texts.spelled import WORD, exact, opens_word, spelled

GAP = re.compile(rf"(?:{SPACE}|\n)*(?:[-‑](?=[^\W\d_]))?")
_JOINT = re.compile(rf"{SPACE}?[-‑]{SPACE}?|(?:{SPACE}|\n)+")


# More parts than these are rather "a hundred and three quarters" than 103/4.
_PARTS = 100


_WHOLE_WORD = 3  # letters of a unit that is written together with its number


def gap(text: str, place: int) -> int:
    """The place after spaces, and after a hyphen that joins a word."""
    match = GAP.match(text, place)
    return match.end() if match else place


def _part_word(text: str, place: int, words: Lexicon) -> tuple[int, int, str] | None:
    """The name of a part at a place: its denominator, its end, its form."""
    match = re.compile(r"[^\W\d_]+(?: [^\W\d_]+)?").match(text, place)
    if match is None:
        return None
    both, single = match.group().lower(), match.group().split(" ")[0].lower()
    for form in dict.fromkeys((both, single)):
        value = words.parts.value(form)
        if value is not None:
            return int(value), place + len(form), form
    return None


def part_at(text: str, place: int, words: Lexicon) -> Number | None:
    """Parts of a whole in words: half, a third, two thirds, три четверти, жартысы, 3 quarters."""
    if not opens_word(text, place):
        return None
    word = WORD.match(text, place)
    if word and (value := words.times.value(word.group())) is not None:
        return Number(place, word.end(), (exact(value),), spelled=True, part=1)
    if lone := _part_word(text, place, words):
        denominator, end, form = lone
        many = form not in words.part_singular and form.endswith("s")
        alone = not many and (denominator in words.lone or " " in form)
        if not alone and not _magnitude_follows(text, end, words):
            return None
        share = Decimal(1) / denominator
        return Number(place, end, (share,), spelled=True, part=1, sure=denominator in words.lone)
    article = bool(word) and words.has("article", word.group() if word else "")
    number = None if article else (spelled(text, place, words) or literal(text, place, words.langs))
    if not article and (number is None or number.value is None or not is_whole(number.value)):
        return None
    end = word.end() if article and word else (number.end if number else place)
    joint = _JOINT.match(text, end)
    hit = _part_word(text, joint.end(), words) if joint else None
    if hit is None:
        return None
    denominator, end, form = hit
    count = number.value if number and number.value is not None else Decimal(1)
    if abs(count) >= _PARTS:
        return None
    if abs(count) != 1 and form in words.part_singular:
        return None
    single = 1 if article else 2
    return Number(place, end, (count / denominator,), spelled=True, part=single)


def of_ordinal(text: str, place: int, words: Lexicon) -> bool:
    """Whether a word before a part says which half it is: "the second half of the century"."""
    before = re.compile(r"(?P<word>\w+)\s+\Z").search(text, max(0, place - 24), place)
    return before is not None and words.has("not_half", before["word"])


def _magnitude_follows(text: str, end: int, words: Lexicon) -> bool:
    return words.magnitudes.at(text, gap(text, end)) is not None


def glued_at(text: str, place: int, words: Lexicon) -> Number | None:
    """A number written together with its unit or magnitude: полмиллиона, двухкилометровый."""
    if not words.glued or not opens_word(text, place):
        return None
    lowered = text[place : place + 24].lower()
    if lowered.startswith(words.not_glued):
        return None
    for form, value in words.glued:
        end = place + len(form)
        hit = None
        if lowered.startswith(form):
            hit = words.magnitudes.at(text, end) or words.units.at(text, end)
        if hit and hit.end - end >= _WHOLE_WORD:
            return Number(place, end, (exact(value),), spelled=True, mantissa=exact(value))
    return None
