"""An interval: a value and the range in which the true one is expected."""

from __future__ import annotations

import math
from dataclasses import dataclass
from statistics import NormalDist

# An interval reaches two standard deviations to either side, about 95 in 100 (JCGM 100:2008, 6.2).
COVERAGE = 2.0
TAIL = NormalDist().cdf(-COVERAGE)  # what it leaves out on either side, 2.3 in 100
# The length of a two-dimensional normal error stays below 2.45 deviations 95 times in 100
# (Rayleigh's distribution): places that are closer than that may be one place.
ONE_PLACE = math.sqrt(-2 * math.log(0.05))


@dataclass(frozen=True)
class Interval:
    """A value and the range in which the true one is expected; an end may be infinite.

    Without a lower end nothing is known of the true value: no accuracy is stated. With a lower
    end and no upper end the value is a lower bound.
    """

    value: float
    low: float
    high: float

    @classmethod
    def unknown(cls, value: float) -> Interval:
        """A value of which nobody says how accurate it is."""
        return cls(value, -math.inf, math.inf)

    @property
    def known(self) -> bool:
        """Whether anything is known of the true value."""
        return math.isfinite(self.low) or math.isfinite(self.high)

    @property
    def lower_bound(self) -> bool:
        """Whether the true value may be larger without end."""
        return math.isfinite(self.low) and math.isinf(self.high)

    @property
    def places(self) -> int:
        """The decimals worth printing: two significant figures of half the interval.

        Negative where tens or hundreds are not known. What has no interval is printed with five
        figures, a whole number that is exact with all of its own (JCGM 100:2008, 7.2.6).
        """
        half = (self.high - self.low) / 2 if math.isfinite(self.high) else self.value - self.low
        if half > 0 and math.isfinite(half):
            return 1 - math.floor(math.log10(half))
        if half == 0 and float(self.value).is_integer():
            return 0
        figures = 4 - math.floor(math.log10(abs(self.value))) if self.value else 0
        return max(0, figures) if half == 0 else figures

    def rounded(self, places: int | None = None) -> Interval:
        """Value and ends to the same decimals, its own or others; the value stays between them."""
        to = self.places if places is None else places
        return Interval(*(_round(end, to) for end in (self.value, self.low, self.high)))

    def scaled(self, factor: float) -> Interval:
        """The same in another unit."""
        return Interval(self.value * factor, self.low * factor, self.high * factor)


def _round(number: float, places: int) -> float:
    return round(number, places) if math.isfinite(number) else number


def tail_of_extreme(count: int) -> float:
    """How many deviations the extreme of `count` independent normal errors reaches 98 times in 100.

    Two for a single one; Bonferroni's inequality for more.
    """
    return -NormalDist().inv_cdf(TAIL / max(1, count))


def student_quantile(freedom: int, chance: float) -> float:
    """What Student's t stays below with a chance above one half, for whole degrees of freedom.

    The chance of |t| is a finite sum of powers of cos θ where t = √ν tan θ (M. Abramowitz and
    I. Stegun, Handbook of Mathematical Functions, 26.7.3 and 26.7.4); θ is found by halving.

    Examples
    --------
    >>> round(student_quantile(1, 0.75), 12), round(student_quantile(4, 0.975), 3)
    (1.0, 2.776)
    """
    low, high = 0.0, math.pi / 2
    for _ in range(60):  # beyond the last digit of θ
        middle = (low + high) / 2
        below = _student_within(freedom, middle) < 2 * chance - 1
        low, high = (middle, high) if below else (low, middle)
    return math.sqrt(freedom) * math.tan(low)


def _student_within(freedom: int, theta: float) -> float:
    """The chance that |t| stays below √ν tan θ."""
    sine, cosine, odd = math.sin(theta), math.cos(theta), freedom % 2
    term, total = (cosine if odd else 1.0), 0.0
    for power in range(odd, freedom - 1, 2):
        total += term
        term *= (power + 1) / (power + 2) * cosine**2
    return 2 / math.pi * (theta + sine * total) if odd else sine * total
