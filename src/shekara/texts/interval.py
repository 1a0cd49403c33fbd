"""Intervals of a text: two numbers or dates that a dash or words join to a low and a high end."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from shekara.texts.candidate import Confidence, Value
from shekara.texts.dates import the
from shekara.texts.lexicon import Lexicon
from shekara.texts.magnitude import before_a_change, named_before, scaled, shared_scale
from shekara.texts.reading import Reading

_TIGHT = re.compile(r"\s?[~]\s?|[-–—−‑]|-?\s?(?:…|\.\.\.?)\s?")
_WIDE = re.compile(r"\s*[–—-]\s+|\s+[–—-]\s*")
_TIME = ("date", "year")
_NEAR = 70  # characters between a verb of change and its end
_LOWER_BOUNDS, _UPPER_BOUNDS = ("more_than", "at_least"), ("less_than", "at_most")


def _before(low: Value, high: Value) -> bool:
    """Whether one end lies before the other; years and dates compare as ISO 8601 does."""
    if isinstance(low, str) or isinstance(high, str):
        ends = [value if isinstance(value, str) else f"{int(value):04d}" for value in (low, high)]
        return ends[0] < ends[1]
    return low < high


def _is_year(reading: Reading) -> bool:
    """Whether a bare number may be a year: four digits of the last five centuries or the next."""
    value = reading.value
    return isinstance(value, float) and value.is_integer() and 1500 <= value <= 2199


def _lifted(low: Reading, high: Reading) -> Reading | None:
    """The low end with the unit and magnitude that it shares with the high end, or None."""
    if low.kind in _TIME and high.kind in _TIME:
        if str(low.value).startswith("--") and isinstance(high.value, str) and high.value[0] != "-":
            return replace(low, value=f"{high.value[:4]}-{str(low.value)[2:]}")
        return low if (low.unit == "century") == (high.unit == "century") else None
    if low.bare and high.bare and _is_year(low) and _is_year(high):
        return replace(low, value=int(float(low.value or 0)), kind="year", unit="year")
    if low.kind == "year" and high.bare and _is_year(high):
        return low
    if low.bare and high.kind == "year":
        if not _is_year(low):
            return None
        return replace(low, value=int(float(low.value or 0)), kind="year", unit="year")
    if high.kind in _TIME or low.kind in _TIME:
        return None
    # "$70 and 95": the sign stands once.
    once = low.kind == "money" and high.bare
    if not low.bare and not once and low.unit != high.unit:
        return None
    if (scale := shared_scale(low, high)) and abs(float(low.value or 0)) < float(
        high.mantissa or 0
    ):
        low = scaled(low, scale)
    return low if once else replace(low, kind=high.kind, unit=high.unit)


def _span(reading: Reading) -> tuple[int, int]:
    return reading.span or (reading.start, reading.end)


def _linked(
    text: str, first: int, low: Reading, high: Reading, words: Lexicon
) -> tuple[int, int, bool] | None:
    """Begin and end of an interval with its words, and whether a word opens it ("from")."""
    between = text[_span(low)[1] : _span(high)[0]]
    if _TIGHT.fullmatch(between) or (
        _WIDE.fullmatch(between) and (low.kind == high.kind or low.bare)
    ):
        opened = _opening(text, first, low, words)
        return (opened if opened is not None else low.start), high.end, False
    for rule in words.intervals:
        opening = rule.get("open", "")
        article = the(words)
        ahead = re.compile(rf"(?<!\w){opening or '(?!)'}\s+{article}(?:\$\s?)?\Z", re.IGNORECASE)
        begin = ahead.search(text, max(first, low.start - 20), low.start)
        if opening and begin is None:
            continue
        if not re.fullmatch(
            rf"-?\s+{rule['link']}\s+{article}" if rule["link"] else r"\s+",
            between,
            re.IGNORECASE,
        ):
            continue
        closing = rule.get("close", "")
        close = re.compile(rf"\s*{closing}(?!\w)", re.IGNORECASE).match(text, high.end)
        inside = re.search(rf"{closing}$", text[high.start : high.end]) if closing else None
        if closing and close is None and inside is None:
            continue
        if rule.get("tail") and not re.search(
            rf"{rule['tail']}\Z", text[low.start : low.end].lower()
        ):
            continue
        once = low.kind == "money" and high.bare
        if not opening and not closing and low.kind != high.kind and not low.bare and not once:
            continue
        start = begin.start() if begin else low.start
        end = close.end() if closing and close else high.end
        return start, end, bool(begin) or bool(rule.get("tail"))
    return None


def _opening(text: str, first: int, low: Reading, words: Lexicon) -> int | None:
    opens = "|".join(rule["open"] for rule in words.intervals if rule.get("open")) or "(?!)"
    match = re.compile(rf"(?<!\w)(?:{opens})\s+\Z", re.IGNORECASE).search(
        text, max(first, low.start - 20), low.start
    )
    return match.start() if match else None


def joined(text: str, first: int, readings: Sequence[Reading], words: Lexicon) -> list[Reading]:
    """The readings of a sentence with each pair that forms an interval made one."""
    result: list[Reading] = []
    for reading in readings:
        low = result[-1] if result else None
        pair = _pair(text, first, low, reading, words) if low else [reading]
        result[-1:] = pair if low else [reading]
    return [_ended(text, first, reading, words) for reading in result]


def _pair(text: str, first: int, low: Reading, high: Reading, words: Lexicon) -> list[Reading]:
    """Two neighbours as an interval, as both ends of a change, or as they are."""
    if low.value is None or high.value is None or low.high is not None or high.high is not None:
        return [low, high]
    low, high = named_before(text, low, high)
    high = _millions_of_money(text, low, _undashed(text, low, high))
    if bounds := _bounds(text, low, high, words):
        return [bounds]
    bare = low.bare
    if shared := _listed(text, low, high, words):
        low = shared
    linked = _linked(text, first, low, high, words)
    lifted = _lifted(low, high) if linked else None
    if linked and lifted is None and linked[2] and low.kind == high.kind:
        return [low, replace(high, relation="equals") if high.relation == "at_most" else high]
    if linked is None or lifted is None or lifted.value is None:
        return [low, high]
    if lifted.unit and high.bare:
        high = replace(high, kind=lifted.kind, unit=lifted.unit)
    start, end, opened = linked
    ascending = high.value is not None and _before(lifted.value, high.value)
    changes = opened and high.kind not in _TIME and _changes(text, first, end, words)
    if not ascending or changes:
        if not opened:
            return [low, high]
        lifted = before_a_change(low, high, lifted)
        begin = lifted if lifted.confidence != "high" else lifted.doubted("where a change begins")
        if lifted.unit != low.unit or low.bare:
            begin = replace(begin, confidence="medium", note="where a change begins")
        until = replace(high, relation="equals" if high.relation == "at_most" else high.relation)
        note = "a change from the one before to this"
        note += ", or up to this" if high.relation == "at_most" else ""
        note = "; ".join(part for part in (until.note, note) if part)
        return [begin, replace(until, note=note, confidence=_at_most_medium(until))]
    merged = _merged(lifted, high, start, end, bare)
    if (shared_scale(low, high) or 1) != 1 and lifted.value == low.value:
        merged = merged.doubted("the first number may share the magnitude of the second")
    return [merged]


def _at_most_medium(reading: Reading) -> Confidence:
    return "medium" if reading.confidence == "high" else reading.confidence


def _millions_of_money(text: str, low: Reading, high: Reading) -> Reading:
    """The high end of a sum whose sign stands once, with its m for millions: "€3–4m"."""
    letter = text[high.end - 1 : high.end] == "m" and text[high.end - 2 : high.end - 1].isdigit()
    joined_by_dash = _TIGHT.fullmatch(text[low.end : high.start]) is not None
    sign_before = low.kind == "money" and text[low.end - 1].isdigit()
    if high.unit != "m" or not (letter and joined_by_dash and sign_before):
        return high
    return replace(scaled(high, 1e6), kind="plain", unit="")


def _undashed(text: str, low: Reading, high: Reading) -> Reading:
    """The high end without the minus that is a dash: "75 -300 mm"."""
    if not (isinstance(low.value, float) and isinstance(high.value, float)):
        return high
    dash = text[high.start] in "-−" and not text[low.end : high.start].strip()
    if not dash or not (low.bare or low.unit == high.unit) or not 0 <= low.value < -high.value:
        return high
    start = high.start + 1
    return replace(high, start=start, span=(start, high.end), value=-high.value)


def _listed(text: str, low: Reading, high: Reading, words: Lexicon) -> Reading | None:
    """A bare number with the unit of the next in a list: "no more than 12 and more than 194 km"."""
    gap = text[low.end : high.start].strip().lower()
    if not low.bare or not high.unit or not words.has("list", gap) or low.note:
        return None
    physical = high.kind not in ("count", "population", "date", "year", "plain", "ratio")
    if not physical or not isinstance(low.value, float) or not text[low.end - 1].isdigit():
        return None
    if not re.search(r"[0-9]", text[high.start : high.end]):
        return None
    note = "the unit is that of the next number"
    return replace(low, kind=high.kind, unit=high.unit, note=note)


def _merged(low: Reading, high: Reading, start: int, end: int, bare: bool) -> Reading:
    """One reading of both ends; a bare low end takes the confidence of the high one."""
    value, top = low.value, high.value
    if low.kind == "year" and isinstance(top, float):
        high, top = replace(high, kind="year", unit="year"), int(top)
    dated = "date" in (low.kind, high.kind)
    if dated and high.unit != "century":
        value, top = (
            side if isinstance(side, str) else f"{int(float(side or 0)):04d}"
            for side in (value, top)
        )
    return replace(
        high,
        start=start,
        end=end,
        span=(start, end),
        kind="date" if dated else high.kind,
        value=value,
        high=top,
        unit="" if dated and high.unit != "century" else high.unit,
        relation="between",
        note="; ".join(dict.fromkeys(note for note in (low.note, high.note) if note)),
        confidence=_of_both(low, high, bare),
    )


def _of_both(low: Reading, high: Reading, bare: bool) -> Confidence:
    """The confidence of an interval: a bare end takes that of the other."""
    if high.kind == "money" and high.confidence == "low":
        return low.confidence  # "$280–300"
    return high.confidence if bare or low.confidence == "high" else low.confidence


def _changes(text: str, first: int, end: int, words: Lexicon) -> bool:
    """Whether a verb of change rules a pair: "fell from 5 to 3"."""
    stop = re.compile(r"[.;!?\n]").search(text, end)
    around = text[first : min(stop.end() if stop else len(text), end + 40)]
    return re.search(rf"(?<!\w){words.patterns['change']}", around, re.IGNORECASE) is not None


def _ended(text: str, first: int, reading: Reading, words: Lexicon) -> Reading:
    """The reading with its "up to" in doubt beside a verb of change: (fell) to 9."""
    shown = text[reading.start : reading.end].lower()
    if reading.relation != "at_most" or not re.match(words.patterns["until"], shown):
        return reading
    begin = max(first, reading.start - _NEAR)
    clause = re.split(r"[;:!?]\s", text[begin : reading.start])[-1]
    after = re.split(r"[.,;:!?]", text[reading.end : reading.end + _NEAR // 2])[0]
    verb = rf"(?<!\w){words.patterns['change']}"
    if not re.search(verb, clause + " " + after, re.IGNORECASE):
        return reading
    return replace(reading.doubted("up to this, or from another to this"), relation="equals")


def _bounds(text: str, low: Reading, high: Reading, words: Lexicon) -> Reading | None:
    """Two bounds of one thing: "more than 20 and at most 35"."""
    gap = text[low.end : high.start].strip()
    joins = "|".join(re.escape(word) for word in words.lists.get("list", ())) or "(?!)"
    if not re.fullmatch(rf"(?:{joins}|,|)", gap, re.IGNORECASE):
        return None
    sides = {low.relation, high.relation}
    if not (sides & set(_LOWER_BOUNDS) and sides & set(_UPPER_BOUNDS)):
        return None
    if low.kind in _TIME or high.kind in _TIME:
        return None
    if not (low.bare or high.bare) and (low.kind, low.unit) != (high.kind, high.unit):
        return None
    named = high if low.bare else low
    bottom, top = (low, high) if low.relation in _LOWER_BOUNDS else (high, low)
    if not isinstance(bottom.value, (int, float)) or not isinstance(top.value, (int, float)):
        return None
    if bottom.value >= top.value:
        return None
    strict = [side for side in (bottom, top) if side.relation in ("more_than", "less_than")]
    note = "without its ends" if len(strict) == 2 else "without one end" if strict else ""
    return replace(
        named,
        start=low.start,
        end=high.end,
        span=(low.start, high.end),
        value=bottom.value,
        high=top.value,
        relation="between",
        note="; ".join(part for part in (named.note, note) if part),
    )
