"""Limits between classes of numbers: found by a scheme, through a centre, and round.

Quantiles, equal intervals and pretty breaks are mapclassify's. Natural breaks are Fisher's exact
optimum (1958, doi:10.1080/01621459.1958.10501479), computed here: mapclassify's takes ten seconds
for a thousand values where numba is not installed.
"""

from __future__ import annotations

import math
import warnings
from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Search = Literal["quantiles", "natural_breaks", "equal_interval", "pretty"]
CLASSIFIERS = {
    "quantiles": "Quantiles",
    "equal_interval": "EqualInterval",
    "pretty": "PrettyBreaks",
}
FINEST = -12  # power of ten below which a limit is not rounded
NEAR = 0.25  # of the gap between two classes: a rounder limit lies no farther away
STEADY = 0.005  # of a class's width, where limits stand at equal steps


def limits_between(values: Sequence[float], scheme: Search, count: int) -> list[float]:
    """The limits between the classes, rising; a class is above one limit and up to the next.

    Parameters
    ----------
    values
        Finite numbers, at least one.
    scheme
        Where the limits are searched.
    count
        How many classes; fewer come out where values repeat, and `pretty` comes near it.

    Returns
    -------
    list of float
        As round as they can be without a value changing its class.
    """
    numbers = np.sort(np.array(values, dtype=float))
    if numbers[0] == numbers[-1]:
        return []
    if scheme == "natural_breaks":
        ends = _natural(numbers, count)
    else:
        from importlib import import_module

        with warnings.catch_warnings():
            # That values repeat is no fault: there are fewer classes then.
            warnings.simplefilter("ignore", UserWarning)
            classifier = getattr(import_module("mapclassify"), CLASSIFIERS[scheme])
            ends = [float(end) for end in classifier(numbers, k=count).bins]
    inside = sorted({end for end in ends if numbers[0] <= end < numbers[-1]})
    if scheme in ("equal_interval", "pretty"):
        reach = float(numbers[-1] - numbers[0]) / count * STEADY
        return sorted({rounded(limit, numbers, reach) for limit in inside})
    # Two limits with no value between them would make an empty class.
    inner = {int(np.searchsorted(numbers, end, side="right")): end for end in inside[::-1]}
    return [rounded(inner[place], numbers) for place in sorted(inner)]


def through(centre: float, limits: Sequence[float], values: Sequence[float]) -> list[float]:
    """The limits with the nearest one moved to the centre, where values lie to both sides of it."""
    if not limits or not min(values) < centre < max(values) or centre in limits:
        return list(limits)
    nearest = min(limits, key=lambda limit: (abs(limit - centre), limit))
    return [centre if limit == nearest else limit for limit in limits]


def rounded(limit: float, numbers: NDArray[np.float64], reach: float | None = None) -> float:
    """The roundest number near a limit that leaves every value in its class.

    Any number from the largest value up to the limit, and below the next value, divides alike.

    Parameters
    ----------
    limit
        Not below the least number, and below the greatest.
    numbers
        Sorted.
    reach
        How far the limit may move at most; None: a part of the gap between the two values.
    """
    place = int(np.searchsorted(numbers, limit, side="right"))
    low, high = Decimal(repr(float(numbers[place - 1]))), Decimal(repr(float(numbers[place])))
    wanted = Decimal(repr(float(limit)))
    whole = reach is None and low == int(low) and high == int(high)
    farthest = (high - low) * Decimal(NEAR) if reach is None else Decimal(reach)
    finest = -decimals_of(numbers)
    largest = max(abs(low), abs(high))
    for power in range(largest.adjusted() + 1, FINEST, -1):
        step = Decimal(10) ** power
        least, most = math.ceil(low / step), math.ceil(high / step) - 1
        if least <= most:
            chosen = min(max(round(wanted / step), least), most) * step
            # Counts are told apart by counts: 1 and 2, not 1.8.
            # And tenths by tenths.
            if abs(chosen - wanted) <= farthest or (whole and power == 0) or power == finest:
                return float(chosen)
    return float(limit)


def decimals_of(numbers: NDArray[np.float64]) -> int:
    """The decimals with which all the numbers are written; -FINEST where they have more."""
    return next(
        (digits for digits in range(-FINEST) if np.array_equal(np.round(numbers, digits), numbers)),
        -FINEST,
    )


def _natural(numbers: NDArray[np.float64], count: int) -> list[float]:
    """Upper ends of the count classes with the least sum of squares within them."""
    values, counts = np.unique(numbers, return_counts=True)
    count = min(count, len(values))
    weight = np.concatenate([[0.0], np.cumsum(counts)])
    shifted = values - np.average(values, weights=counts)  # against cancellation
    first = np.concatenate([[0.0], np.cumsum(counts * shifted)])
    second = np.concatenate([[0.0], np.cumsum(counts * shifted**2)])

    def spread(starts: NDArray[np.int64], end: int) -> NDArray[np.float64]:
        """Sum of squares of the values from each start up to, and without, the end."""
        total = first[end] - first[starts]
        return np.asarray(second[end] - second[starts] - total**2 / (weight[end] - weight[starts]))

    size = len(values)
    least = np.array([0.0, *(float(spread(np.array([0]), end)[0]) for end in range(1, size + 1))])
    begins: list[NDArray[np.int64]] = []
    for classes in range(2, count + 1):
        begin = np.zeros(size + 1, dtype=np.int64)
        better = np.full(size + 1, np.inf)
        for end in range(classes, size + 1):
            # Where the last class begins never moves back when a value is added.
            starts = np.arange(max(classes - 1, int(begin[end - 1])), end)
            costs = least[starts] + spread(starts, end)
            begin[end] = starts[int(np.argmin(costs))]
            better[end] = float(np.min(costs))
        begins.append(begin)
        least = better
    ends, end = [float(values[-1])], size
    for begin in reversed(begins):
        end = int(begin[end])
        ends.append(float(values[end - 1]))
    return ends[::-1]


def class_of(value: float, limits: Sequence[float]) -> int:
    """The class of a value, from 0: a value on a limit belongs below it."""
    return int(np.searchsorted(np.array(limits, dtype=float), value, side="left"))


def within(limits: Sequence[float]) -> list[tuple[float | None, float | None]]:
    """Lower and upper limit of every class; None where it is open."""
    return list(pairwise([None, *limits, None]))
