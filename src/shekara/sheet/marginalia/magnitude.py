"""Large numbers along an axis: in thousands, millions or billions, said once beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from shekara.scene.model import Translator

STEPS = ((1e9, "sheet_billion"), (1e6, "sheet_million"), (1e3, "sheet_thousand"))
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
        """The values beside their bars with three digits; a missing one in words.

        Only where all are whole numbers do they stand without decimals: 5 beside 5.08 is 5.00.
        """
        shown = [None if value is None else value / self.factor for value in values]
        whole = all(value is None or value == round(value) for value in shown)
        return [self._number(value, whole) for value in shown]

    def _number(self, value: float | None, whole: bool) -> str:
        if value is None:
            return self.say.message("sheet_no_data")
        digits = 0 if whole or value >= 100 or value == 0 else 1 if value >= 10 else 2
        return self.say.number(round(value, digits), digits)


def magnitude_of(largest: float, say: Translator) -> Magnitude:
    """The step that a chart with this largest value is written in; thousands from 10,000 on."""
    for factor, key in STEPS:
        if largest >= FROM * factor:
            return Magnitude(factor, say.message(key), say)
    return Magnitude(1.0, "", say)
