"""Quantities of a text: an amount with its unit, or what a bare number counts."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import cast

from shekara.texts.amount import after_part, amount_at
from shekara.texts.aspect import aspect
from shekara.texts.candidate import Confidence, Kind, Relation
from shekara.texts.dates import bare_year
from shekara.texts.doubt import number_word
from shekara.texts.lexicon import Lexicon
from shekara.texts.measure import (
    Measured,
    comparison_after,
    measured,
    millions_after,
    smaller_part,
    unit_at,
)
from shekara.texts.numeral import SPACE, THREE_DECIMALS, Number, is_whole, literal
from shekara.texts.parts import gap, of_ordinal
from shekara.texts.rate import rate_before, rate_of
from shekara.texts.reading import Reading
from shekara.texts.tables import kind_of, units

_THING = re.compile(rf"(?:{SPACE}|\n)+(?P<word>[^\W\d_][\w’'-]*)")
_COUNTED_AFTER = re.compile(r"(?P<word>[^\W\d_][\w’'-]*)")
_MINUS = re.compile(r"(?<![^\s(<>=~])[-−]\Z|\A\s*[-−]\s\Z")
_PLUS_MINUS = re.compile(r"\s*(?:±|\+/[-−])\s*")
# Kinds of which a part is rather a share of all than a part of one: "a quarter of people".
_COUNTED = ("population", "count", "share", "ratio")


@dataclass(frozen=True)
class _Sort:
    """What sort of number it is, where it ends, how sure that is, and a comparison inside."""

    kind: Kind
    unit: str
    end: int
    confidence: Confidence
    relation: str = ""
    note: str = ""


def _thing(text: str, place: int, words: Lexicon) -> int | None:
    """The end of the word for a counted thing that follows; None where none does."""
    link = re.compile(rf"\s+{words.patterns['unit_link']}", re.IGNORECASE).match(text, place)
    match = _THING.match(text, place) if link is None else _COUNTED_AFTER.match(text, link.end())
    word = match["word"] if match else ""
    if words.has("label", word):
        return None
    plain = word.lower() not in words.small and not words.has("negation", word)
    uncased = bool(word) and word[0].lower() == word[0].upper()
    fits = (uncased or (len(word) >= 3 and word[0].islower())) and plain
    fits = fits and not re.search(words.patterns["verb"], word)
    fits = fits and not any(
        re.fullmatch(rule["link"], word) for rule in words.intervals if rule.get("link")
    )
    if match and words.careful and number_word(text, word, match.start("word"), words):
        return None
    fits = fits and not words.before.at(text, match.start("word") if match else place)
    return match.end() if match and fits else None


def _half_unit(text: str, number: Number, words: Lexicon) -> tuple[Decimal | None, int]:
    """Half a unit of the last digit written, or what stands after ±; and the end of that."""
    given = _PLUS_MINUS.match(text, number.end)
    tolerance = literal(text, given.end(), words.langs) if given else None
    if tolerance and tolerance.value is not None:
        return tolerance.value, tolerance.end
    return number.half_unit, number.end


def _is_code(text: str, number: Number, words: Lexicon) -> bool:
    """Whether the digits belong to a name (ASEAN-10): a hyphen joins them to a word."""
    ahead = re.compile(r"(?<![^\W_])(?P<word>[^\W\d_][^\W_]*)[-‑]\Z").search(
        text, max(0, number.start - 24), number.start
    )
    return ahead is not None and not re.fullmatch(words.dates["prefix"], ahead["word"].lower())


def _bare(text: str, number: Number, end: int, ending: bool, words: Lexicon) -> _Sort | None:
    """What a number with no unit is: a year, a count; None where it is no number at all."""
    value = number.value if number.value is not None else Decimal(0)
    if text[end : end + 1].isalpha():
        return None
    relation, begin = comparison_after(text, end, words) or ("", end)
    counts = is_whole(value) and not (ending and not relation)
    thing = _thing(text, begin, words) if counts else None
    if bare_year(text, number.start, end, float(value), thing is not None, words):
        return _Sort("year", "year", end, "medium")
    named = re.compile(rf"(?<!\w){words.patterns['people']}\s*[-–—:]?\s*\Z", re.IGNORECASE)
    if named.search(text, max(0, number.start - 40), number.start):
        return _Sort("population", "people", end, "medium")
    if thing and end - number.start == 4 and 1500 <= value <= 2100:
        return _Sort("count", "count", thing, "low", relation, "or a year")
    if thing and not (number.spelled and value <= 1):
        return _Sort("count", "count", thing, "low" if number.spelled else "medium", relation)
    return _Sort("plain", "", end, "low")


def _sort(text: str, number: Number, unit: Measured, ending: bool, words: Lexicon) -> _Sort | None:
    """What sort of number it is by its unit, or else by the words around it."""
    if not number.spelled and _is_code(text, number, words):
        return None
    if not unit.unit:
        return _bare(text, number, unit.end, ending, words)
    kind = cast(Kind, kind_of(unit.unit))
    value = number.value
    if number.spelled and kind == "count" and value is not None and value <= 1:
        return None  # "one time" is rather an adverb than a number
    confidence: Confidence = "medium" if number.spelled or not unit.sure else "high"
    end = unit.end
    if unit.unit == "deg" and _is_temperature(text, number.start, end, words):
        return _Sort("temperature", "degC", end, "medium", unit.relation, "degrees of temperature")
    if kind == "length":
        kind, end = aspect(text, number.start, end, words)
    return _Sort(kind, unit.unit, end, confidence, unit.relation, unit.note)


def _is_temperature(text: str, start: int, end: int, words: Lexicon) -> bool:
    around = re.split(r"[.;!?]\s", text[max(0, start - 60) : start])[-1] + text[end : end + 20]
    return re.search(words.patterns["temperature"], around, re.IGNORECASE) is not None


def _signed(text: str, start: int, first: int) -> tuple[int, int, str]:
    """The start with a minus before it, the sign, and a note where it may be a dash."""
    match = _MINUS.search(text, 0 if start < 4 else max(first, start - 2), start)
    if match is None:
        return start, 1, ""
    dash = text[match.start()] == "-" and match.start() > first
    return match.start(), -1, "a minus, or a dash before the number" if dash else ""


def _ordinal(text: str, number: Number, words: Lexicon) -> tuple[int, bool]:
    """The end of an ending joined to digits, and whether it makes them an ordinal number."""
    if number.spelled:
        return number.end, False
    dates = words.dates
    match = re.compile(
        rf"[-‑]?(?:(?P<case>{dates['case_suffix']})|{dates['ordinal_suffix']})(?!\w)"
    ).match(text, number.end)
    if match and match.group() == "." and not text[match.end() :].strip():
        return number.end, False  # the full stop of the sentence
    if match is None or (unit_at(text, number.end, words) and match.group()[0] not in "-‑"):
        return number.end, False
    return match.end(), match["case"] is None


def _as_part(text: str, number: Number, words: Lexicon) -> Measured | None:
    """The unit of which a number is a part (half a mile); None where it is a share of something."""
    begin = after_part(text, number, words)
    if begin == number.end and text[begin : begin + 1] == "-":
        begin += 1
    unit = measured(text, begin, "", words)
    if not unit.unit or (kind_of(unit.unit) in _COUNTED and unit.unit != "percent"):
        return None
    return unit


def quantity_at(
    text: str, place: int, first: int, words: Lexicon, led: bool = False
) -> Reading | None:
    """The quantity at a place of a sentence that begins at `first`; None where there is none.

    `led` says that a word of comparison stands before it. A share ("a third of") is not read here.
    """
    coin = words.signs.at(text, place)
    currency, begin = ("", place)
    scale = ""
    if coin:
        currency, _, scale = coin.meaning.partition(" ")
        begin = gap(text, coin.end)
    if coin and text[begin : begin + 1] in ("-", "−"):
        begin += 1
    if begin >= len(text) or (coin and not (text[begin].isdigit() or currency in units())):
        return None
    number = amount_at(text, begin, words, led)
    if number is None or (
        not number.part and number.value == 1 and number.spelled and _pronoun(text, number, words)
    ):
        return None
    start, sign, dash = _signed(text, place, first) if not number.spelled else (place, 1, "")
    if coin and text[begin - 1] in "-−":
        sign = -1
    end, ordinal = _ordinal(text, number, words)
    ending = end > number.end
    half, end_of_half = _half_unit(text, replace(number, end=end), words)
    end = max(end, end_of_half)
    if number.part:
        unit = None if of_ordinal(text, place, words) else _as_part(text, number, words)
        if unit is None:
            return None
    else:
        unit = measured(text, end, currency, words, number.value)
        unit = replace(unit, power=unit.power + int(scale or 0))
        unit = millions_after(text, unit, words)
    sort = _sort(text, number, unit, ending, words)
    if sort is None:
        return None
    counted = number.spelled and number.value == 1 and sort.kind in ("population", "count")
    if counted and not (led or unit.relation or comparison_after(text, sort.end, words)):
        return None  # "one" before people is rather an article than a number
    return _reading(text, start, number, unit, sort, (sign, half, dash, ordinal), words)


def _pronoun(text: str, number: Number, words: Lexicon) -> bool:
    """Whether "one" is a pronoun or an article: where no unit follows it."""
    return unit_at(text, number.end, words) is None


def _reading(
    text: str,
    start: int,
    number: Number,
    unit: Measured,
    sort: _Sort,
    signs: tuple[int, Decimal | None, str, bool],
    words: Lexicon,
) -> Reading:
    sign, half, dash, ordinal = signs
    scale = Decimal(10) ** unit.power
    values = [reading * sign * scale for reading in number.readings]
    kind, end, confidence = sort.kind, sort.end, sort.confidence
    if len(values) == 1 and (more := smaller_part(text, end, sort.unit, words)):
        values, end, half = [values[0] + more[0]], more[1], None
        if kind == "money" and confidence == "high":
            confidence = "medium"
    rate, timed = rate_of(text, end, words) if sort.unit else (False, False)
    rate = rate or rate_before(text, start, words)
    if rate and not timed and kind in ("population", "count", "area", "length", "share"):
        kind = "plain"
    notes = [number.note, dash, sort.note, "an ordinal number" if ordinal else ""]
    if kind == "population" and len(values) == 1 and not is_whole(values[0]):
        notes.append("people in parts")
    notes.append("a rate: so much per something" if rate else "")
    era = re.compile(rf"\s*{words.dates['before_era']}(?!\w)").match(text, end)
    notes.append("counted before our era" if sort.unit == "year" and era else "")
    if kind == "temperature" and re.search(r"[-−–]\s\Z", text[max(0, start - 2) : start]):
        notes.append("a dash or a minus before it")
    if confidence == "high" and any(notes):
        confidence = "medium"
    relation = unit.relation or sort.relation
    if after := comparison_after(text, end, words):
        relation, end = relation or after[0], after[1]
    about = re.search(rf"{words.patterns['about']}\Z", text[start:end])
    if _PLUS_MINUS.match(text, number.end) or (about and not relation):
        relation = "about"
    single = len(values) == 1
    result = Reading(
        start=start,
        end=end,
        kind=kind,
        value=(int(values[0]) if kind == "year" else float(values[0])) if single else None,
        unit=sort.unit,
        confidence=confidence if single else "low",
        relation=cast(Relation, relation or "equals"),
        readings=_every(values, number),
        note="; ".join(note for note in notes if note),
        mantissa=float(number.mantissa) if number.mantissa is not None else None,
        rounding=float(abs(half * scale)) if half and single and kind != "year" else None,
        span=(start, end),
        times=unit.unit == "count",
    )
    return _letter(result, unit, float(scale)) if unit.other and single else result


def _every(values: list[Decimal], number: Number) -> tuple[float, ...]:
    """Every value that a number may have, the likelier first; () where there is one alone."""
    if number.note == THREE_DECIMALS:
        values = [values[0], 1000 * values[0]]
    return tuple(map(float, values)) if len(values) > 1 else ()


def _letter(reading: Reading, unit: Measured, scale: float) -> Reading:
    """A reading whose letter is a million or a unit: both, the likelier first."""
    value = reading.value
    assert isinstance(value, (int, float))
    note = f"a letter for {scale:,.0f}, or {unit.other}: the text does not say which"
    return replace(
        reading.doubted(note, 2),
        readings=(value, value / scale),
        reading_units=(reading.unit, unit.other),
    )
