"""Shares, ratios and multiples: a third of, one in five, үштен бірі, вдвое, a mile and a half."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from typing import cast

from shekara.texts.aspect import aspect
from shekara.texts.candidate import Confidence, Kind
from shekara.texts.lexicon import Lexicon
from shekara.texts.measure import comparison_after
from shekara.texts.numeral import Number, fraction
from shekara.texts.parts import GAP, gap, of_ordinal, part_at
from shekara.texts.reading import Reading
from shekara.texts.spelled import WORD, opens_word, spelled
from shekara.texts.tables import kind_of, units

# Orders of magnitude beyond which "one in N" is no share that people speak of.
_SMALLEST = 1000


def _share(span: tuple[int, int], value: Decimal, note: str, text: str, words: Lexicon) -> Reading:
    percent = round(float(100 * value), 3)
    reading = Reading(*span, "share", percent, "percent", "medium", note=note, span=span)
    if after := comparison_after(text, span[1], words):
        return replace(reading, relation=after[0], end=after[1])  # type: ignore[arg-type]
    return reading


def _value(word: str, words: Lexicon) -> Decimal | None:
    if re.fullmatch(r"[0-9]+(?:[.,][0-9]{1,2})?", word):
        return Decimal(word.replace(",", "."))
    if (value := words.numerals.value(word)) is not None:
        return Decimal(str(value))
    number = spelled(word, 0, words)
    return number.value if number and number.end == len(word) else None


def _worded(text: str, place: int, words: Lexicon) -> Reading | None:
    """One in five, two out of three, every fifth, үштен бірі, девять из десяти."""
    if not opens_word(text, place):
        return None
    for pattern in words.shares:
        match = pattern.match(text, place)
        if match is None:
            continue
        parts = match.groupdict()
        if parts.get("o"):
            whole = words.ordinals.value(parts["o"])
            if whole is None or whole < 2 or _is_interval(text, match, words):
                continue
            value, note = 1 / Decimal(str(whole)), f"one in {int(whole)}"
        else:
            part, all_of = (_value(parts.get(name) or "", words) for name in ("a", "b"))
            if part is None or all_of is None or not 0 < part < all_of <= _SMALLEST:
                continue
            unit = words.units.at(text, gap(text, match.end()))
            if unit and kind_of(unit.meaning) != "population":
                continue  # 3 in 10 km, but 8 out of 10 people
            value, note = part / all_of, f"{part} in {all_of}"
        return _share(match.span(), value, note, text, words)
    return None


def _is_interval(text: str, match: re.Match[str], words: Lexicon) -> bool:
    """Whether "every third" counts time ("every third day") or stands alone ("every second")."""
    begin = gap(text, match.end())
    follows = WORD.match(text, begin)
    unit = words.units.at(text, begin)
    timed = unit is not None and units().get(unit.meaning, {}).get("kind") == "duration"
    alone = follows is None and units().get(_unit_inside(text, match, words), {}) != {}
    return timed or alone


def _unit_inside(text: str, match: re.Match[str], words: Lexicon) -> str:
    hit = words.units.at(text, match.start("o"))
    return hit.meaning if hit else ""


def _part(text: str, place: int, led: bool, words: Lexicon) -> Number | None:
    """The part of a whole at a place that is a share, not a number of something."""
    if text[place].isdigit() or not text[place].isalpha():
        number = fraction(text, place)
        return number if number and number.readings[0] < 1 else None
    number = part_at(text, place, words)
    if number is None or not number.sure:
        return None
    if of_ordinal(text, place, words):
        return None
    if (
        text[number.end : number.end + 1] in "-‑"
        and text[number.end + 1 : number.end + 2].isalpha()
    ):
        return None
    return number if number.part > 1 or led or _is_whole(text, number, words) else None


def _is_whole(text: str, number: Number, words: Lexicon) -> bool:
    """Whether one part stands for a share: "a third of", not "a third bridge"."""
    if not words.lists.get("article"):
        return True
    follows = WORD.match(text, gap(text, number.end))
    if follows is None or not GAP.match(text, number.end):
        return True
    word = follows.group().lower()
    halves = number.readings[0] == Decimal("0.5")
    return halves or word in words.small or words.has("of", word)


def share_at(text: str, place: int, led: bool, words: Lexicon) -> Reading | None:
    """The share at a place, in percent.

    `led` says that a word of comparison stands before it.
    """
    if worded := _worded(text, place, words):
        return worded
    if hit := words.share_words.at(text, place) if opens_word(text, place) else None:
        value = Decimal(hit.meaning) / 100
        return _share((place, hit.end), value, f"{text[place : hit.end]}", text, words)
    number = _part(text, place, led, words)
    if number is None or number.value is None or not 0 < number.value < 1:
        return None
    note = f"a part of something: {text[place : number.end]}"
    return _share((place, number.end), number.value, " ".join(note.split()), text, words)


def ratio_at(text: str, place: int, first: int, words: Lexicon) -> Reading | None:
    """A ratio of two numbers: 3:1, "a ratio of three to one", «в соотношении 2 к 1»."""
    if not opens_word(text, place):
        return None
    spelled_out = r"[^\W\d_]+"
    number = r"[0-9]{1,4}(?:[.,][0-9]{1,2})?(?!\w)"
    link = rf"(?:\s?:\s?|\s?{words.patterns['ratio_link']}\s)"
    match = re.compile(rf"(?P<a>{number}|{spelled_out}){link}(?P<b>{number}|{spelled_out})").match(
        text, place
    )
    colon = match is not None and ":" in match.group()
    around = text[max(first, place - 40) : (match.end() if match else place) + 20]
    named = re.search(words.patterns["ratio"], around, re.IGNORECASE) is not None
    if match is None or not (
        named or (colon and re.search(r"[0-9]\s?:\s?[0-9](?![0-9])", match.group()))
    ):
        return None
    part, whole = (_value(match[name].replace(",", "."), words) for name in ("a", "b"))
    if part is None or whole is None or not whole or not part:
        return None
    value, note = round(float(part / whole), 6), f"{match['a']} to {match['b']}"
    confidence: Confidence = "medium" if named else "low"
    return Reading(*match.span(), "ratio", value, "ratio", confidence, note=note, span=match.span())


def multiple_at(text: str, place: int, words: Lexicon) -> Reading | None:
    """A multiple in one word: twice as much, threefold, вдвое, doubled."""
    hit = words.multiples.at(text, place) if opens_word(text, place) else None
    if hit is None:
        return None
    word = text[place : hit.end].lower()
    after = re.compile(rf"\s+{words.patterns['multiple_after']}", re.IGNORECASE)
    counts = re.fullmatch(words.patterns["times_only"], word) or (
        re.fullmatch(words.patterns["only_times"], word) and not after.match(text, hit.end)
    )
    value = float(hit.meaning)
    if counts:
        return Reading(place, hit.end, "count", value, "count", "low", span=(place, hit.end))
    return Reading(place, hit.end, "ratio", value, "fold", "medium", span=(place, hit.end))


def as_multiple(text: str, reading: Reading, words: Lexicon) -> Reading:
    """A number of times that is a multiple: "five times as much", «в 5 раз больше»."""
    if reading.unit != "count" or not reading.times or reading.span is None:
        return reading
    after = re.compile(rf"\s+{words.patterns['multiple_after']}", re.IGNORECASE)
    # «в пять-шесть раз»: the word stands before the first of two numbers.
    before = re.compile(
        rf"(?<!\w){words.patterns['multiple_before']}\s+(?:[\w.,]+\s?[-–]\s?)?\Z", re.IGNORECASE
    )
    start = reading.span[0]
    if after.match(text, reading.end) or before.search(text, max(0, start - 20), start):
        return replace(reading, kind="ratio", unit="fold")
    return reading


def half_more_at(text: str, place: int, words: Lexicon) -> Reading | None:
    """A unit with a part more: "a mile and a half", «час с четвертью»."""
    word = re.compile(r"[^\W\d_]+").match(text, place)
    article = word is not None and words.has("article", word.group())
    if word is None or not opens_word(text, place):
        return None
    begin = gap(text, word.end()) if article else place
    unit = words.units.at(text, begin)
    more = words.plus.at(text, gap(text, unit.end)) if unit else None
    if unit is None or more is None or (words.lists["article"] and not article):
        return None
    value = 1 + float(more.meaning)
    kind = cast(Kind, kind_of(unit.meaning))
    if kind == "length":
        kind, _ = aspect(text, place, more.end, words)
    span = (place, more.end)
    return Reading(*span, kind, value, unit.meaning, "medium", span=span)
