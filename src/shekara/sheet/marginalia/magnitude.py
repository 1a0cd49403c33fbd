"""Large numbers along an axis: in thousands, millions or billions, said once beside it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from shekara.scene.model import Translator

STEPS = ((1e9, "sheet_billion"), (1e6, "sheet_million"), (1e3, "sheet_thousand"))
MOST_DECIMALS, MOST_DIGITS = 2, 4
FROM = 10.0  # of a step that the largest value must reach


@dataclass(frozen=True)
class Magnitude:
    """By what the numbers of a chart are divided, and the word for it."""

    factor: float
    word: str
    say: Translator

    def title(self, unit: str) -> str:
        """The title of an axis with the word: "Population (million)"."""
        return f"{unit} ({self.word})" if self.word and unit else unit or self.word

    def numbers(self, values: Sequence[float | None]) -> list[str]:
        """The values beside their bars, all with the same decimals; a missing one in words.

        No more decimals than the data have, and as many of them as give the least value three
        digits, at most two and four digits of the largest; more only where it would read as zero.
        """
        shown = [
            None if value is None or not math.isfinite(value) else value / self.factor
            for value in values
        ]
        digits = _decimals([value for value in shown if value])
        return [
            self.say.message("sheet_no_data")
            if value is None
            else self.say.number(round(value, digits), digits)
            for value in shown
        ]


def _decimals(values: Sequence[float]) -> int:
    """Decimals with which values that are not zero are written."""
    if not values:
        return 0
    given = max(
        -int(Decimal(str(float(value))).normalize().as_tuple().exponent) for value in values
    )
    sizes = [math.floor(math.log10(abs(value))) for value in values]
    first = -min(sizes)  # of the first digit of the least
    room = max(MOST_DIGITS - 1 - max(max(sizes), 0), 0)
    return max(min(given, max(min(MOST_DECIMALS, first + 2, room), first)), 0)


def magnitude_of(largest: float, say: Translator) -> Magnitude:
    """The step that a chart with this largest value is written in; thousands from 10,000 on."""
    for factor, key in STEPS:
        if largest >= FROM * factor:
            return Magnitude(factor, say.message(key), say)
    return Magnitude(1.0, "", say)
