"""Quantities of a text: a number with its magnitude, its unit and its words of comparison."""

from __future__ import annotations

import difflib
import re
from dataclasses import replace
from decimal import Decimal
from typing import NamedTuple, cast

from shekara.texts.candidate import Confidence, Kind, Relation
from shekara.texts.dates import Reading, bare_year
from shekara.texts.lexicon import Lexicon, kind_of
from shekara.texts.numeral import SPACE, Number, literal, spelled

_GAP = re.compile(rf"(?:{SPACE}|\n)*(?:[-‑](?=[^\W\d_]))?")
_THING = re.compile(rf"(?:{SPACE}|\n)+(?P<word>[^\W\d_][\w-]*)")
_RATE = re.compile(r"\s?/\s?[^\W\d_]|\s+per\s+[^\W\d_]")
_EACH = re.compile(r"\s+на\s+(?:один\s+|1\s+)?")
_MINUS = re.compile(r"(?<![^\s(])[-−]\Z")
# 10 to a power, as in 2.7×10⁶.
_POWER = re.compile(r"\s?[×x·]\s?10(?:\^(?P<plain>[0-9]{1,2})|(?P<raised>[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,2}))")
_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_PLUS_MINUS = re.compile(r"\s*(?:±|\+/[-−])\s*")
# One letter for a magnitude is read only after the sign of a currency: alone it may be metres.
_SHORT = re.compile(r"\s?(?P<sign>bn|m|k|b|M|K|B)(?!\w)")
_SHORT_POWER = {"bn": 9, "b": 9, "B": 9, "m": 6, "M": 6, "k": 3, "K": 3}
# One wrong letter in seven keeps a ratio of 12/14; a shorter word or two letters do not.
_NEARLY = 0.85


class _Scaled(NamedTuple):
    """A number after its magnitude: its readings, its end, the number before the magnitude."""

    readings: tuple[Decimal, ...]
    end: int
    mantissa: Decimal | None
    factor: Decimal
    note: str


class _Measured(NamedTuple):
    """What is measured: unit ("" where none), its end, the word of comparison inside."""

    unit: str
    end: int
    relation: str


class _Sort(NamedTuple):
    """What sort of number it is, where it ends, how sure that is, and a comparison inside."""

    kind: Kind
    unit: str
    end: int
    confidence: Confidence
    relation: str = ""


def _gap(text: str, place: int) -> int:
    match = _GAP.match(text, place)
    return match.end() if match else place


def _misspelt(text: str, place: int, words: Lexicon) -> tuple[int, int, str] | None:
    """A magnitude with a letter wrong: its power, its end, the word as it should be."""
    match = re.compile(r"[^\W\d_]{6,}").match(text, place)
    if match is None:
        return None
    word = match.group().lower()
    known = [
        right
        for right in words.magnitude_words
        if len(right) >= 6 and right[0] == word[0] and abs(len(right) - len(word)) <= 1
    ]
    near = difflib.get_close_matches(word, known, 1, _NEARLY)
    return (words.magnitude_words[near[0]], match.end(), near[0]) if near else None


def _magnitude(text: str, place: int, words: Lexicon, money: bool) -> tuple[int, int, str]:
    """Power of ten, end and note of the magnitude at a place (0 where there is none)."""
    if power := _POWER.match(text, place):
        return int(power["plain"] or power["raised"].translate(_RAISED)), power.end(), ""
    begin = _gap(text, place)
    if found := words.magnitudes.at(text, begin):
        return int(found[0]), found[1], ""
    if money and (short := _SHORT.match(text, place)):
        return _SHORT_POWER[short["sign"]], short.end(), ""
    wrong = _misspelt(text, begin, words)
    if wrong and not words.units.at(text, begin):
        return wrong[0], wrong[1], f"misspelt for {wrong[2]}"
    return 0, place, ""


def _half_unit(text: str, number: Number, end: int, words: Lexicon) -> tuple[Decimal | None, int]:
    """Half a unit of the last digit written, or what stands after ±; and the end of that."""
    given = _PLUS_MINUS.match(text, end)
    tolerance = literal(text, given.end(), words.langs) if given else None
    if tolerance and len(tolerance.readings) == 1:
        return tolerance.readings[0], tolerance.end
    if number.spelled or len(number.readings) != 1:
        return None, end
    exponent = number.readings[0].as_tuple().exponent
    return Decimal(5).scaleb(int(exponent) - 1), end


def _scaled(text: str, number: Number, end: int, money: bool, words: Lexicon) -> _Scaled:
    """The number times its magnitude, and what smaller ones add: «1 млн 200 тыс.»."""
    power, far, note = _magnitude(text, end, words, money)
    mantissa = number.mantissa or (number.readings[0] if len(number.readings) == 1 else None)
    if not power:
        return _Scaled(number.readings, end, mantissa, Decimal(1), "")
    values = tuple(reading * 10**power for reading in number.readings)
    while not note and len(values) == 1:
        more = literal(text, _gap(text, far), words.langs)
        if more is None or len(more.readings) != 1 or more.end - more.start > 3:
            break
        if power == 3 and more.end - more.start == 3 and _unit(text, more.end, words):
            values, far = (values[0] + more.readings[0],), more.end
            break
        smaller, further, wrong = _magnitude(text, more.end, words, money=False)
        if wrong or not 0 < smaller < power:
            break
        values, far, power = (values[0] + more.readings[0] * 10**smaller,), further, smaller
        mantissa = None
    return _Scaled(values, far, mantissa, Decimal(10) ** power, note)


def _unit(text: str, place: int, words: Lexicon) -> tuple[str, int] | None:
    """The unit or currency at a place and its end, with an ending joined by a hyphen."""
    begin = _gap(text, place)
    found = [hit for hit in (words.units.at(text, begin), words.currencies.at(text, begin)) if hit]
    if not found:
        return None
    name, end = max(found, key=lambda hit: hit[1])
    ending = re.compile(rf"[-‑]{words.suffix}(?!\w)").match(text, end)
    return name, ending.end() if ending else end


def _after(text: str, place: int, words: Lexicon) -> tuple[str, int] | None:
    match = re.compile(rf"{SPACE}*").match(text, place)
    return words.after.at(text, match.end() if match else place)


def _measured(text: str, end: int, currency: str, words: Lexicon) -> _Measured:
    """The unit after a number, and the word of comparison that may stand before it."""
    relation, begin = "", end
    between = _after(text, end, words)
    if between and _unit(text, between[1], words):
        relation, begin = between
    unit = _unit(text, begin, words)
    if unit is None:
        return _Measured(currency, end, "")
    if currency and unit[0] != currency:
        return _Measured(currency, end, "")
    return _Measured(unit[0], unit[1], relation)


def _thing(text: str, place: int, words: Lexicon) -> int | None:
    """The end of the word for a counted thing that follows; None where none does."""
    match = _THING.match(text, place)
    word = match["word"] if match else ""
    fits = len(word) >= 3 and word[0].islower() and word not in words.small_words
    return match.end() if match and fits else None


def _is_rate(text: str, place: int, words: Lexicon) -> bool:
    """Whether the quantity is so much per unit of something else."""
    each = _EACH.match(text, place)
    per_unit = each is not None and words.units.at(text, each.end()) is not None
    return per_unit or _RATE.match(text, place) is not None


def _magnitude_alone(text: str, place: int, words: Lexicon) -> Number | None:
    """A magnitude that counts by itself: «мың шақырым», "a million people"."""
    if place and (text[place - 1].isalnum() or text[place - 1] in "-‑_"):
        return None
    found = words.magnitudes.at(text, place)
    if not found:
        return None
    compared = _after(text, found[1], words)
    base = text[place : found[1]].lower() in words.magnitude_words
    if not (compared or base) or not _unit(text, compared[1] if compared else found[1], words):
        return None
    return Number(place, found[1], (Decimal(10) ** int(found[0]),), spelled=True)


def _pointed(text: str, place: int, words: Lexicon) -> Number | None:
    """The number in digits at a place; with no reading where only ".5" stands there."""
    number = literal(text, place, words.langs)
    if number and re.compile(r"(?<![^\s(])[.,]\Z").search(text, max(0, place - 2), place):
        return replace(number, readings=(), note="a full stop or a comma before the digits")
    return number


def _is_code(text: str, number: Number) -> bool:
    """Whether the digits belong to a name (ASEAN-10): a hyphen joins them to a word."""
    joined = re.compile(r"\w[-‑]\Z").search(text, max(0, number.start - 2), number.start)
    return joined is not None and not text[number.start - 2].isdigit()


def _bare(text: str, number: Number, end: int, ordinal: bool, words: Lexicon) -> _Sort | None:
    """What a number with no unit is: a year, a count; None where it is no number at all."""
    if text[end : end + 1].isalpha() or _is_code(text, number):
        return None
    value = number.readings[0] if number.readings else Decimal(0)
    if bare_year(text, number.start, end, float(value), words):
        return _Sort("year", "year", end, "medium")
    named = re.compile(rf"(?<!\w){words.people_before}\s*[-–—:]?\s*\Z", re.IGNORECASE)
    if named.search(text, max(0, number.start - 40), number.start):
        return _Sort("population", "people", end, "medium")
    relation, begin = _after(text, end, words) or ("", end)
    thing = None if ordinal or value != int(value) else _thing(text, begin, words)
    if thing and not (number.spelled and value <= 1):
        return _Sort("count", "count", thing, "low" if number.spelled else "medium", relation)
    if number.spelled and relation and value > 1:
        return _Sort("plain", "", end, "low")
    return None if number.spelled else _Sort("plain", "", end, "low")


def _sort(
    text: str, number: Number, measured: _Measured, ordinal: bool, words: Lexicon
) -> _Sort | None:
    """What sort of number it is by its unit, or else by the words around it."""
    if not measured.unit:
        return _bare(text, number, measured.end, ordinal, words)
    kind = cast(Kind, kind_of(measured.unit))
    if number.spelled and kind in ("population", "count", "plain") and number.readings[0] <= 1:
        return None  # "one" before people is rather an article than a number
    confidence: Confidence = "medium" if number.spelled else "high"
    return _Sort(kind, measured.unit, measured.end, confidence)


def quantity_at(text: str, place: int, first: int, words: Lexicon) -> Reading | None:
    """The quantity at a place of a sentence that begins at `first`; None where there is none."""
    number = _pointed(text, place, words) or spelled(text, place, words)
    number = number or _magnitude_alone(text, place, words)
    if number is None:
        return None
    notes = [number.note]
    sign_before = words.currencies.before(text, first, place)
    currency, start = sign_before or ("", place)
    sign = 1
    if not number.spelled and _MINUS.search(text, max(first, start - 2), start):
        start, sign = start - 1, -1
        notes.append("a minus, or a dash before the number" if text[start] == "-" else "")
    end, ordinal = number.end, False
    joined = re.compile(rf"[-‑]?(?:(?P<case>{words.suffix})|{words.ordinal})(?!\w)")
    ending = joined.match(text, end) if not number.spelled else None
    if ending and not (_unit(text, end, words) and ending.group()[0] not in "-‑"):
        end, ordinal = ending.end(), ending["case"] is None
    half, end = _half_unit(text, number, end, words)
    scaled = _scaled(text, number, end, bool(currency), words)
    measured = _measured(text, scaled.end, currency, words)
    notes += [scaled.note, "an ordinal number" if ordinal else ""]
    sort = _sort(text, number, measured, ordinal, words)
    if sort is None:
        return None
    kind, unit, end, confidence = sort[:4]
    relation = measured.relation or sort.relation
    if unit and _is_rate(text, end, words):
        kind = "plain"
        notes.append("a rate: so much per something")
    if confidence == "high" and any(notes):
        confidence = "medium"
    if after := _after(text, end, words):
        relation, end = relation or after[0], after[1]
    if _PLUS_MINUS.match(text, number.end):
        relation = "about"
    if (before := words.before.before(text, first, start)) and not relation:
        relation, start = before
    readings = tuple(float(sign * reading) for reading in scaled.readings)
    single = len(readings) == 1
    return Reading(
        start=start,
        end=end,
        kind=kind,
        value=(int(readings[0]) if kind == "year" else readings[0]) if single else None,
        unit=unit,
        confidence=confidence if single else "low",
        relation=cast(Relation, relation or "equals"),
        readings=() if single else readings,
        note="; ".join(note for note in notes if note),
        mantissa=float(scaled.mantissa) if scaled.mantissa is not None else None,
        rounding=float(half * scaled.factor) if half and single and kind != "year" else None,
    )
