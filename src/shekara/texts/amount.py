"""Amounts: a number with its halves and quarters and its powers of ten, in digits or words."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from shekara.texts.lexicon import Lexicon
from shekara.texts.numeral import SPACE, VULGAR, Number, fraction, is_whole, literal
from shekara.texts.parts import gap, glued_at, part_at
from shekara.texts.spelled import WORD, exact, magnitude_at, opens_word, spelled
from shekara.texts.tables import decimal_sign

_SPACES = re.compile(rf"(?:{SPACE}|\n)+")


def _dozen(text: str, place: int, words: Lexicon) -> tuple[Decimal, int] | None:
    match = WORD.match(text, place)
    value = words.dozens.value(match.group()) if match else None
    return (exact(value), match.end()) if match and value is not None else None


def _point_first(text: str, place: int, words: Lexicon) -> Number | None:
    """A decimal number without its zero: .5"""
    ahead = text[place - 1 : place]
    if text[place] != "." or not (ahead.isspace() or ahead in ("", *"(<>=$")):
        return None
    match = re.compile(r"[0-9]+(?![.,]?[0-9])").match(text, place + 1)
    digits = match.group() if match else ""
    if not digits or not any(decimal_sign(lang) == "." for lang in words.langs):
        return None
    value = Decimal(f"0.{digits}")
    half = Decimal(5).scaleb(-len(digits) - 1)
    note = "a decimal point without a zero"
    return Number(place, place + 1 + len(digits), (value,), note, mantissa=value, half_unit=half)


def _base(text: str, place: int, words: Lexicon, led: bool) -> Number | None:
    """The number at a place before anything multiplies it."""
    sign = text[place]
    if sign.isdigit() or sign in VULGAR:
        return (
            fraction(text, place)
            or part_at(text, place, words)
            or literal(text, place, words.langs)
        )
    if sign == ".":
        return _point_first(text, place, words)
    number = (
        part_at(text, place, words) or glued_at(text, place, words) or spelled(text, place, words)
    )
    return number or _dozen_alone(text, place, words) or _magnitude_alone(text, place, words, led)


def _dozen_alone(text: str, place: int, words: Lexicon) -> Number | None:
    """ "A dozen": the word with an article, or alone where the language has none."""
    if not opens_word(text, place):
        return None
    word = WORD.match(text, place)
    article = word is not None and words.has("article", word.group())
    begin = gap(text, word.end()) if word and article else place
    dozen = _dozen(text, begin, words)
    if dozen is None or (words.lists.get("article") and not article):
        return None
    return Number(place, dozen[1], (dozen[0],), spelled=True, mantissa=dozen[0])


def _magnitude_alone(text: str, place: int, words: Lexicon, led: bool) -> Number | None:
    """A magnitude that counts by itself: «мың шақырым», «более тысячи человек»."""
    if not opens_word(text, place):
        return None
    hit = words.magnitudes.at(text, place)
    if hit is None or not (led or text[place : hit.end].lower() in words.alone):
        return None
    value = Decimal(10) ** int(hit.meaning)
    return Number(place, hit.end, (value,), spelled=True, power=int(hit.meaning))


def _plus(text: str, number: Number, words: Lexicon) -> Number:
    """A number with the part that is added to it: two and a half, семь с половиной, екі жарым.

    After a magnitude the part is one of it: "three million and a half".
    """
    scale = Decimal(10) ** number.power
    if number.value is None or not is_whole(number.value / scale) or number.part:
        return number
    begin = gap(text, number.end)
    value: Decimal | None = None
    end = begin
    if hit := words.plus.at(text, begin):
        value, end = Decimal(hit.meaning), hit.end
    else:
        word = WORD.match(text, begin)
        if word and words.has("join", word.group()):
            part = part_at(text, gap(text, word.end()), words)
            if part and part.readings[0] < 1 and part.part:
                value, end = part.readings[0], part.end
    if value is None:
        return number
    if number.power:
        smaller = magnitude_at(text, gap(text, end), words)
        if smaller and smaller.power < number.power:
            scale, end = Decimal(10) ** smaller.power, smaller.end
    total = number.value + (value * scale).copy_sign(number.value)
    mantissa = None if number.power else total
    return replace(
        number, end=end, readings=(total,), mantissa=mantissa, half_unit=None, spelled=True
    )


def _multiplied(text: str, number: Number, words: Lexicon) -> Number:
    """A number times the dozens and magnitudes that follow it, and what smaller ones add."""
    begin = gap(text, number.end)
    if number.part:
        between = _between(text, begin, words)
        if magnitude_at(text, between, words) or _dozen(text, between, words):
            begin = between
    if dozen := _dozen(text, begin, words):
        values = tuple(reading * dozen[0] for reading in number.readings)
        return replace(number, end=dozen[1], readings=values, mantissa=None, part=0)
    magnitude = magnitude_at(text, begin, words)
    hundred = _hundreds(text, begin, number, words)
    if magnitude is None:
        return _multiplied(text, hundred, words) if hundred else number
    scale = Decimal(10) ** magnitude.power
    note = f"misspelt for {magnitude.meant}" if magnitude.meant else number.note
    scaled = replace(
        number,
        end=magnitude.end,
        readings=tuple(reading * scale for reading in number.readings),
        mantissa=number.mantissa,
        power=number.power + magnitude.power,
        part=0,
        note=note,
        half_unit=number.half_unit * scale if number.half_unit is not None else None,
    )
    return scaled if magnitude.meant else _with_smaller(text, scaled, magnitude.power, words)


def _hundreds(text: str, begin: int, number: Number, words: Lexicon) -> Number | None:
    """ "3 hundred": digits before the word for a hundred."""
    word = WORD.match(text, begin)
    if number.spelled or number.value is None or not word:
        return None
    if words.numerals.value(word.group()) != 100:
        return None
    value, end = number.value * 100, word.end()
    join = WORD.match(text, gap(text, end))
    if join and words.has("join", join.group()):
        rest = literal(text, gap(text, join.end()), words.langs)
        if rest and rest.value is not None and 0 < rest.value < 100 and is_whole(rest.value):
            value, end = value + rest.value, rest.end
    return replace(number, end=end, readings=(value,), mantissa=None, half_unit=None)


def _between(text: str, begin: int, words: Lexicon) -> int:
    """After "of a" or "a" between a part and what it is a part of."""
    for phrase in sorted(words.lists.get("between", ()), key=len, reverse=True):
        match = re.compile(rf"{re.escape(phrase)}\s+", re.IGNORECASE).match(text, begin)
        if match:
            return match.end()
    return begin


def after_part(text: str, number: Number, words: Lexicon) -> int:
    """Where the unit of a part begins: "a quarter of a mile"."""
    return _between(text, gap(text, number.end), words) if number.part else number.end


def _with_smaller(text: str, number: Number, power: int, words: Lexicon) -> Number:
    """What smaller magnitudes add: «1 млн 200 тыс.», "2 мың 700"."""
    while number.value is not None and number.power:
        spaces = _SPACES.match(text, number.end)
        more = literal(text, spaces.end(), words.langs) if spaces else None
        if more is None or more.value is None or more.end - more.start > 3:
            break
        smaller = magnitude_at(text, gap(text, more.end), words)
        if (
            smaller is None
            and power == 3
            and more.end - more.start == 3
            and (words.units.at(text, gap(text, more.end)) is not None)
        ):
            value = number.value + more.value
            return replace(number, end=more.end, readings=(value,), mantissa=None)
        if smaller is None or smaller.meant or not 0 < smaller.power < power:
            break
        power = smaller.power
        value = number.value + more.value * Decimal(10) ** power
        half = Decimal(10) ** power / 2
        number = replace(number, end=smaller.end, readings=(value,), mantissa=None, half_unit=half)
    return number


def amount_at(text: str, place: int, words: Lexicon, led: bool = False) -> Number | None:
    """The amount at a place, `led` where a word of comparison stands before it; or None.

    >>> from shekara.texts.lexicon import lexicon
    >>> amount_at("two and a half million", 0, lexicon(("en",))).readings
    (Decimal('2500000.0'),)
    """
    word = WORD.match(text, place)
    if word and words.has("minus", word.group()) and opens_word(text, place):
        begin = gap(text, word.end())
        number = amount_at(text, begin, words) if text[begin : begin + 1].isdigit() else None
        if number:
            negative = tuple(-reading for reading in number.readings)
            return replace(number, start=place, readings=negative, mantissa=None)
    base = _base(text, place, words, led)
    if base is None:
        return None
    number = base if base.power else _multiplied(text, _plus(text, base, words), words)
    return _plus(text, number, words) if number.power else number
