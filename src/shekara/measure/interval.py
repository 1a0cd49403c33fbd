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

    def scaled(self, factor: float) -> Interval:
        """The same in another unit."""
        return Interval(self.value * factor, self.low * factor, self.high * factor)


def tail_of_extreme(count: int) -> float:
    """How many deviations the extreme of `count` independent normal errors reaches 98 times in 100.

    Two for a single one; Bonferroni's inequality for more.
    """
    return -NormalDist().inv_cdf(TAIL / max(1, count))
