"""Intervals of a text: two numbers or dates that a dash or words join to a low and a high end."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from shekara.texts.candidate import Value
from shekara.texts.dates import Reading
from shekara.texts.lexicon import Lexicon, tables

_TIGHT = re.compile(r"[-–—−‑]")
_WIDE = re.compile(r"\s+[–—-]\s+")
_TIME = ("date", "year")


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
        fits = (low.unit == "century") == (high.unit == "century")
        return low if fits else None
    bare = not low.unit and low.kind == "plain"
    if bare and high.kind == "plain" and not high.unit and _is_year(low) and _is_year(high):
        return replace(low, value=int(float(low.value or 0)), kind="year", unit="year")
    if bare and high.kind == "year":
        return replace(low, value=int(float(low.value or 0)), kind="year", unit="year")
    if not bare and (low.kind, low.unit) != (high.kind, high.unit):
        return None
    value = low.value
    if (
        bare
        and isinstance(value, float)
        and isinstance(high.value, float)
        and low.mantissa == value
        and high.mantissa
        and value < high.mantissa
    ):
        value *= high.value / high.mantissa
    return replace(low, value=value, kind=high.kind, unit=high.unit)


def _linked(text: str, first: int, low: Reading, high: Reading, words: Lexicon) -> Reading | None:
    """Both ends with the words that open, link and close the interval, where they do."""
    gap = text[low.end : high.start]
    # «до 15» alone is "up to 15": inside an interval the word is the link.
    linking = text[low.end : high.end]
    if _TIGHT.fullmatch(gap) or (_WIDE.fullmatch(gap) and low.kind == high.kind):
        return replace(low, end=high.end)
    for rule in words.intervals:
        opening = rule.get("open", "")
        ahead = re.compile(rf"(?<!\w){opening or '(?!)'}\s+\Z", re.IGNORECASE)
        begin = ahead.search(text, max(first, low.start - 12), low.start)
        if opening and begin is None:
            continue
        link = re.compile(rf"\s+{rule['link']}\s+" if rule["link"] else r"\s+", re.IGNORECASE)
        joint = link.match(linking)
        if joint is None or not joint.end() >= len(gap) or joint.end() > len(gap) + 6:
            continue
        closing = rule.get("close", "")
        close = re.compile(rf"\s*{closing}(?!\w)", re.IGNORECASE).match(text, high.end)
        inside = re.search(rf"{closing}$", text[high.start : high.end]) if closing else None
        if closing and close is None and inside is None:
            continue
        ablative = rf"{tables()['suffix']['ablative']}\Z"
        if rule.get("ablative") and not re.search(ablative, text[low.start : low.end]):
            continue
        start = begin.start() if begin else low.start
        return replace(low, start=start, end=close.end() if closing and close else high.end)
    return None


def joined(text: str, first: int, found: Sequence[Reading], words: Lexicon) -> list[Reading]:
    """The readings of a sentence with each pair that forms an interval made one."""
    result: list[Reading] = []
    for reading in found:
        low = result[-1] if result else None
        pair = _interval(text, first, low, reading, words) if low else None
        if pair:
            result[-1] = pair
        else:
            result.append(_until(text, low, reading))
    return result


def _until(text: str, low: Reading | None, high: Reading) -> Reading:
    """The reading with its "up to" in doubt after a like quantity: (fell from 10) to 9."""
    alike = low is not None and (low.kind, low.unit) == (high.kind, high.unit)
    shown = text[high.start : high.end]
    if not alike or high.relation != "at_most" or not re.match(tables()["until"]["words"], shown):
        return high
    return replace(high, relation="equals", note="up to this, or from the one before to this")


def _interval(text: str, first: int, low: Reading, high: Reading, words: Lexicon) -> Reading | None:
    if low.value is None or high.value is None or low.high is not None or high.high is not None:
        return None
    span = _linked(text, first, low, high, words)
    lifted = _lifted(low, high) if span else None
    if span is None or lifted is None or lifted.value is None:
        return None
    if not _before(lifted.value, high.value):
        return None
    value, top = lifted.value, high.value
    if lifted.kind == "year" and isinstance(top, float):
        high, top = replace(high, kind="year", unit="year"), int(top)
    dated = "date" in (low.kind, high.kind)
    if dated and high.unit != "century":
        value, top = (end if isinstance(end, str) else f"{int(end):04d}" for end in (value, top))
    return replace(
        high,
        start=span.start,
        end=span.end,
        kind="date" if dated else high.kind,
        value=value,
        high=top,
        unit="" if dated and high.unit != "century" else high.unit,
        relation="between",
        note="; ".join(note for note in (low.note, high.note) if note),
    )
