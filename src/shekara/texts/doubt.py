"""What is left over beside a reading, a number word, a negation, a unit, puts it in doubt."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from shekara.texts.lexicon import Lexicon
from shekara.texts.reading import Reading

_WORDS_BESIDE = 2  # on either side
_TOKEN = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?|[^\w\s]|[0-9]+")
_HOURS = re.compile(r"[0-9]\s?(?:h|hrs?|ч|сағ)\.?\s?\Z")
_STOP = set('.,;:!?()«»"“”[]—–')


def _beside(text: str, first: int, last: int, backwards: bool) -> list[tuple[str, int]]:
    """The words next to a reading within its clause, the nearest first, with their places."""
    tokens = [(match.group(), match.start()) for match in _TOKEN.finditer(text, first, last)]
    result: list[tuple[str, int]] = []
    for token, place in reversed(tokens) if backwards else tokens:
        if token in _STOP or len(result) == _WORDS_BESIDE:
            break
        result.append((token, place))
    return result


def number_word(text: str, word: str, place: int, words: Lexicon) -> bool:
    """Whether a word belongs to the vocabulary of numbers, with "and" glued before it or not."""
    for prefix in words.lists["number_prefix"]:
        if word.startswith(prefix) and len(word) > 3:
            length = len(prefix)
            if number_word(text, word[length:], place + length, words):
                return True
    value = words.numerals.value(word)
    if value is not None:
        return value > 1
    lowered = word.lower()
    return (
        words.parts.value(word) is not None
        or words.times.value(word) is not None
        or words.has("few", word)
        or (words.magnitudes.at(text, place) is not None and lowered not in ("mil", "m"))
    )


def left_over(text: str, first: int, last: int, reading: Reading, words: Lexicon) -> str:
    """The word beside a reading that it should have taken, or "", between two places."""
    before = _beside(text, first, reading.start, backwards=True)
    after = _beside(text, reading.end, last, backwards=False)
    for distance, (word, place) in enumerate(before):
        if distance == 0 and number_word(text, word, place, words):
            return word
        if words.has("negation", word) or re.search(r"n['’]t$", word.lower()):
            return word
    for distance, (word, place) in enumerate(after):
        number = distance == 0 and number_word(text, word, place, words)
        if number and (place == reading.end or reading.kind not in ("date", "year")):
            return word
        if distance == 0 and _unit_like(text, reading, place, words):
            return word
    return ""


def _unit_like(text: str, reading: Reading, place: int, words: Lexicon) -> bool:
    """Whether what follows directly looks like a unit that was not read."""
    if reading.kind in ("date", "year"):
        return False
    glued = place == reading.end and text[place].isalpha() and text[place - 1].isalnum()
    hit = words.units.at(text, place)
    if hit is None or hit.end - place < 2:
        return glued
    return glued or reading.bare


def _runs_on(text: str, low: Reading, high: Reading, words: Lexicon) -> bool:
    """Whether two numbers stand so close that they may be parts of one: "3 hundred and 21 yuan"."""
    between = text[low.end : high.start].strip().lower()
    joined = not between or between in ("-", "−") or words.has("join", between)
    timed = {low.kind, high.kind} & {"date", "year"}
    part = (
        not between and high.kind == "share" and not re.search("[0-9]", text[high.start : high.end])
    )
    return joined and not timed and low.high is None and (high.bare or low.bare or part)


def _otherwise(text: str, first: int, last: int, reading: Reading, words: Lexicon) -> list[str]:
    """Why a reading may mean something else, by the words around it."""
    before, after = text[max(first, reading.start - 40) : reading.start], text[reading.end : last]
    result = []
    if reading.unit == "mi" and _has(words.patterns["sea"], text[first:last]):
        result.append("a mile of the land or of the sea: the text does not say which")
    if reading.unit in ("m", "ft") and _HOURS.search(before):
        result.append("minutes after hours")
    if reading.unit == "hour" and (
        _has(rf"(?<!\w){words.patterns['clock']}\s+\Z", before)
        or _has(rf"\A\s+{words.patterns['clock_after']}", after)
    ):
        result.append("a time of the day")
    one_year = reading.kind == "year" and reading.high is None
    plural = rf"{words.patterns['years']}\Z"
    if one_year and float(reading.value or 0) % 10 == 0 and _has(plural, _written(text, reading)):
        result.append("a year, or the decade that begins with it")
    if reading.high is not None or reading.unit == "century":
        led = rf"(?<!\w){words.patterns['time_part']}(?:[\s-]+\w{{1,3}}){{0,2}}[\s-]*\Z"
        inside = rf"\A(?:the )?{words.patterns['time_part']}(?!\w)"
        behind = rf"\A\s+(?:\w+\s+)?{words.patterns['time_part_after']}"
        if reading.kind in ("date", "year") and (
            _has(led, before) or _has(inside, text[reading.start :]) or _has(behind, after)
        ):
            result.append("a part of that time")
    return result


def _written(text: str, reading: Reading) -> str:
    return text[reading.start : reading.end]


def _has(pattern: str, text: str) -> bool:
    return re.search(pattern, text, re.IGNORECASE) is not None


def unread(reading: Reading) -> Reading:
    """A reading of a sentence whose words are not known: a bare number may be of millions."""
    doubtful = replace(reading, confidence="low")
    if reading.unit not in ("", "count") or not isinstance(reading.value, float):
        return doubtful
    note = "the words beside it are not read: it may be so many thousands or millions"
    readings = reading.readings or (reading.value,)
    return replace(doubtful, value=None, high=None, readings=readings, note=note)


def doubted(
    text: str, first: int, last: int, readings: Sequence[Reading], words: Lexicon
) -> list[Reading]:
    """The readings of a sentence, each with less confidence where something is left beside it."""
    result = []
    for place, reading in enumerate(readings):
        begin = readings[place - 1].end if place else first
        end = readings[place + 1].start if place + 1 < len(readings) else last
        word = left_over(text, begin, end, reading, words)
        near = [readings[at] for at in (place - 1, place + 1) if 0 <= at < len(readings)]
        for other in near:
            pair = (other, reading) if other.start < reading.start else (reading, other)
            word = word or (text[other.start : other.end] if _runs_on(text, *pair, words) else "")
        doubts = [f"left beside it: {word}"] if word else []
        doubts = doubts or _otherwise(text, first, last, reading, words)
        reading = reading.doubted("; ".join(doubts)) if doubts else reading
        if word and words.careful and isinstance(reading.value, float):
            # Rather no value than a part of a number.
            meant = reading.readings or (reading.value,)
            reading = replace(reading, value=None, high=None, readings=meant)
        result.append(reading)
    return result
