"""An interval: a value and the range in which the true one is expected."""

from __future__ import annotations

from dataclasses import dataclass

# An interval reaches two standard deviations to either side, about 95 in 100 (JCGM 100:2008, 6.2).
COVERAGE = 2.0


@dataclass(frozen=True)
class Interval:
    """A value and the range in which the true one is expected; `high` may be infinite."""

    value: float
    low: float
    high: float

    def scaled(self, factor: float) -> Interval:
        """The same in another unit."""
        return Interval(self.value * factor, self.low * factor, self.high * factor)
