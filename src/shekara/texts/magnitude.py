"""The magnitude that two numbers of a text share: 3 to 5 million, from 3.4 to 2.9 billion."""

from __future__ import annotations

import math
from dataclasses import replace

from shekara.texts.reading import Reading


def shared_scale(low: Reading, high: Reading) -> float | None:
    """By how much a bare number grows that shares the magnitude of another: 3 to 5 million."""
    once = low.kind == "money" and high.bare  # the sign of the coin stands once
    if not (low.bare or once) or not high.mantissa:
        return None
    if not isinstance(low.value, float) or not isinstance(high.value, float):
        return None
    # A mantissa has no sign.
    return abs(high.value / high.mantissa) if low.mantissa == abs(low.value) else None


def scaled(reading: Reading, scale: float) -> Reading:
    """A number, and half a unit of its last digit, so many times as large."""
    rounding = None if reading.rounding is None else reading.rounding * scale
    return replace(reading, value=float(reading.value or 0) * scale, rounding=rounding)


def before_a_change(low: Reading, high: Reading, lifted: Reading) -> Reading:
    """Where a change begins; of two magnitudes the one that changes less: from 3.4 to 2.9 billion.

    The other is given after it.
    """
    scale = shared_scale(low, high)
    if not scale or scale == 1 or lifted.value != low.value or not low.value:
        return lifted
    value, end = float(low.value or 0), float(high.value or 0)
    if not end:
        return lifted
    apart = [abs(math.log(abs(number / end))) for number in (value * scale, value)]
    if apart[0] >= apart[1]:
        return replace(lifted, readings=(value, value * scale))
    return replace(scaled(lifted, scale), readings=(value * scale, value))


def named_before(text: str, low: Reading, high: Reading) -> tuple[Reading, Reading]:
    """Two numbers of what was named before both: "a population of 1.5–2 million"."""
    if low.kind != "population" or not text[low.end - 1].isdigit():
        return low, high
    if high.bare:
        high = replace(high, kind="population", unit="people", confidence="medium")
    return (replace(low, kind="plain", unit="", note="") if high.unit == low.unit else low), high
