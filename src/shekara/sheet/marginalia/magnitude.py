"""Large numbers along an axis: in thousands, millions or billions, said once beside it."""

from __future__ import annotations

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

    def number(self, value: float | None) -> str:
        """A value beside its bar with three digits; a missing one in words."""
        if value is None:
            return self.say.message("sheet_no_data")
        shown = value / self.factor
        digits = 0 if shown >= 100 or shown == round(shown) else 1 if shown >= 10 else 2
        return self.say.number(round(shown, digits), digits if shown != round(shown) else 0)


def magnitude_of(largest: float, say: Translator) -> Magnitude:
    """The step that a chart with this largest value is written in; thousands from 10,000 on."""
    for factor, key in STEPS:
        if largest >= FROM * factor:
            return Magnitude(factor, say.message(key), say)
    return Magnitude(1.0, "", say)
