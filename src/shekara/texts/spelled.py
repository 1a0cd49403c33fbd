"""Numbers in words: «үш», «сто сорок восемь», "three hundred and twelve", „dreihundertzwölf“."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from shekara.spelling import closest
from shekara.texts.lexicon import Lexicon
from shekara.texts.numeral import Number, is_whole
from shekara.texts.tables import kind_of

WORD = re.compile(r"[^\W\d_]+")
_STEP = re.compile(r"(?:[ \u00a0\n]+|[ ]?[-‑][ ]?)?(?P<word>[^\W\d_]+)")
# One wrong letter in seven keeps a ratio of 12/14; a shorter word or two letters do not.
_MEASURES = ("share", "length", "area")
_NEARLY = 0.85


class Piece(NamedTuple):
    """A number word: its value or its power of ten or neither, where it ends."""

    word: str
    value: Decimal | None
    power: int
    end: int
    joins: bool = False


def exact(value: float) -> Decimal:
    """A value of a table as a decimal number."""
    return Decimal(str(value))


def opens_word(text: str, place: int) -> bool:
    """Whether a place is the begin of a word that is not joined to what stands before it."""
    return not place or not (text[place - 1].isalnum() or text[place - 1] in "-‑_")


@lru_cache(maxsize=4096)
def _compound(words: Lexicon, word: str) -> tuple[str, ...]:
    """The number words of which a word is written together; () where it is not of such words."""
    if not word:
        return ()
    pieces = [*words.numerals.forms, *words.numerals.compound, *words.magnitude_words]
    pieces += [entry.strip("=") for entry in _plus_words(words)]
    for piece in sorted(pieces, key=len, reverse=True):
        if word == piece:
            return (piece,)
        if word.startswith(piece):
            rest = _compound(words, word[len(piece) :])
            if rest:
                return (piece, *rest)
    return ()


def _plus_words(words: Lexicon) -> list[str]:
    return [key for key in words.plus.keys if " " not in key]


def _pieces(text: str, place: int, words: Lexicon) -> Iterator[list[Piece]]:
    """The number words from a place on, those of one written word together."""
    end = place
    while match := _STEP.match(text, end):
        word, begin = match["word"].lower(), match.start("word")
        if several := words.numerals.of_several_words.match(text, begin):
            word = several.group().lower()
            yield [Piece(word, exact(words.numerals.forms[word]), 0, several.end())]
            end = several.end()
            continue
        value = words.numerals.value(word)
        power = words.magnitudes.at(text, begin)
        joins = words.has("join", word)
        if value is not None or power or joins:
            final = power.end if power and value is None else match.end()
            number = exact(value) if value is not None else None
            yield [Piece(word, number, int(power.meaning) if power else 0, final, joins)]
            end = final
            continue
        parts = _compound(words, word) if words.numerals.compound else ()
        if not parts:
            return
        pieces, at = [], begin
        for part in parts:
            at += len(part)
            number_of = words.numerals.value(part)
            pieces.append(
                Piece(
                    part,
                    exact(number_of) if number_of is not None else None,
                    words.magnitude_words.get(part, 0),
                    at,
                    part in words.numerals.compound,
                )
            )
        yield pieces
        end = match.end()


def _adds(total: Decimal, value: Decimal, after_join: bool, words: Lexicon) -> Decimal | None:
    """The number below a thousand that a further word makes; None where it begins another."""
    if value == 0 or not is_whole(value):
        return value if total == 0 else None
    if value == 100:
        return (total or Decimal(1)) * 100 if total < 100 else None
    if after_join and words.numerals.compound and 0 < total % 100 < 10 <= value < 100:
        return total + value  # "one and twenty"
    room = 1000 if value > 100 else 100 if value >= 10 else 10
    # Only a language that says "ten five" for fifteen lets a unit follow ten.
    closed = value < 10 and total % 100 == 10 and not words.units_after_ten
    return None if total % room or closed else total + value


def spelled(text: str, place: int, words: Lexicon) -> Number | None:
    """The number in words at a place; with "a hundred" and "minus five"."""
    if not (opens_word(text, place) or _after_numeral(text, place, words)):
        return None
    begin, sign, article = _opening(text, place, words)
    total, part, floor = Decimal(0), Decimal(0), 10**15
    joined, complete = False, False
    best: Number | None = None
    for pieces in _pieces(text, begin, words):
        for piece in pieces:
            if piece.value is not None:
                if joined and _part_follows(text, piece.end, words):
                    return best  # "two million and one half"
                grown = _adds(part, piece.value, joined, words)
                if grown is None or (article and not complete and piece.value != 100):
                    return best
                part, complete, joined = grown, True, False
                value = sign * (total + part)
                best = Number(place, piece.end, (value,), spelled=True, mantissa=value)
            elif (
                piece.power
                and (part or article or (not total and words.has("one_thousand", piece.word)))
                and 10**piece.power < floor
            ):
                floor = 10**piece.power
                mantissa = sign * (part or Decimal(1)) if total == 0 else None
                total, part = total + (part or 1) * floor, Decimal(0)
                joined, complete = False, True
                best = Number(
                    place, piece.end, (sign * total,), spelled=True, mantissa=mantissa,
                    power=piece.power,
                )  # fmt: skip
            elif piece.joins and complete and _may_join(part, words):
                joined = True
            else:
                return best
        if best is None and not joined:
            return None
    if best is None and article:
        return _article_counts(text, place, begin, words)
    return _pointed(text, best, words) if best else None


def _article_counts(text: str, place: int, begin: int, words: Lexicon) -> Number | None:
    """An article that is a number where a unit of measure follows: "un pour cent"."""
    word = WORD.match(text, place)
    value = words.numerals.value(word.group()) if word else None
    unit = words.units.at(text, begin)
    if word is None or value is None or not unit or kind_of(unit.meaning) not in _MEASURES:
        return None
    return Number(place, word.end(), (exact(value),), spelled=True, mantissa=exact(value))


def _may_join(part: Decimal, words: Lexicon) -> bool:
    """Whether a number goes on after "and": a hundred and one, treinta y dos."""
    tens = words.joins_tens and part % 100 >= 20 and not part % 10
    return part >= 100 or not part or bool(words.numerals.compound) or tens


def _after_numeral(text: str, place: int, words: Lexicon) -> bool:
    """Whether a hyphen joins a number word to another number: «два-три»."""
    before = re.compile(r"(?P<word>[^\W\d_]+)[-‑–]\Z").search(text, max(0, place - 20), place)
    return before is not None and words.numerals.value(before["word"]) is not None


def _part_follows(text: str, end: int, words: Lexicon) -> bool:
    match = _STEP.match(text, end)
    return match is not None and words.parts.value(match["word"]) is not None


def _opening(text: str, place: int, words: Lexicon) -> tuple[int, int, bool]:
    """Where the number words begin after "minus" and an article, and the sign."""
    begin, sign, article = place, 1, False
    match = WORD.match(text, begin)
    if match and words.has("minus", match.group()):
        sign, begin = -1, _next_word(text, match.end())
        match = WORD.match(text, begin)
    if match and words.has("article", match.group()):
        article, begin = True, _next_word(text, match.end())
    return begin, sign, article


def _next_word(text: str, place: int) -> int:
    match = re.compile(r"[ \u00a0\n]+").match(text, place)
    return match.end() if match else place


def _pointed(text: str, number: Number, words: Lexicon) -> Number:
    """A number with decimals in words: "five point five"."""
    match = _STEP.match(text, number.end)
    if not match or not words.has("point", match["word"]) or number.value is None:
        return number
    digits, end = "", match.end()
    while step := _STEP.match(text, end):
        value = words.numerals.value(step["word"])
        if value is None:
            break
        digits, end = digits + str(int(value)), step.end()
    if not digits:
        return number
    total = number.value + Decimal(f"0.{digits}").copy_sign(number.value)
    return Number(number.start, end, (total,), spelled=True, mantissa=total)


class Magnitude(NamedTuple):
    """A power of ten in words: the power, its end, the word meant where it is misspelt."""

    power: int
    end: int
    meant: str = ""


def magnitude_at(text: str, place: int, words: Lexicon) -> Magnitude | None:
    """The magnitude at a place: thousand, млн, миллиард; with a letter wrong it is reported."""
    if hit := words.magnitudes.at(text, place):
        return Magnitude(int(hit.meaning), hit.end)
    match = re.compile(r"[^\W\d_]{6,}").match(text, place)
    if match is None or words.units.at(text, place):
        return None
    word = match.group().lower()
    known = [
        right
        for right in words.magnitude_words
        if len(right) >= 6 and right[0] == word[0] and abs(len(right) - len(word)) <= 1
    ]
    near = closest(word, known, likeness=_NEARLY)
    return Magnitude(words.magnitude_words[near], match.end(), near) if near else None
