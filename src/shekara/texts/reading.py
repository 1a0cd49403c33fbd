"""A reading: a number as it is being read, before its sentence is looked at."""

from __future__ import annotations

from dataclasses import dataclass, replace

from shekara.texts.candidate import Confidence, Kind, Relation, Value

# What a negation makes of a comparison.
OPPOSITE: dict[str, Relation] = {
    "more_than": "at_most",
    "less_than": "at_least",
    "at_least": "less_than",
    "at_most": "more_than",
    "about": "about",
    "equals": "equals",
}
_LOWER: dict[Confidence, Confidence] = {"high": "medium", "medium": "low", "low": "low"}


@dataclass(frozen=True)
class Reading:
    """What is known of one number: places count characters of the whole text."""

    start: int
    end: int
    kind: Kind
    value: Value | None
    unit: str
    confidence: Confidence
    high: Value | None = None
    relation: Relation = "equals"
    readings: tuple[Value, ...] = ()
    reading_units: tuple[str, ...] = ()
    note: str = ""
    mantissa: float | None = None  # the number before its magnitude
    rounding: float | None = None
    span: tuple[int, int] | None = None  # the number itself, without its relation
    times: bool = False  # the word "times" was its unit
    decade: bool = False  # two digits whose century the sentence says

    @property
    def bare(self) -> bool:
        """Whether nothing is known but the number."""
        return not self.unit and self.kind == "plain"

    def doubted(self, note: str, steps: int = 1) -> Reading:
        """The same, with less confidence and a note that says why."""
        confidence = self.confidence
        for _ in range(steps):
            confidence = _LOWER[confidence]
        notes = "; ".join(part for part in (self.note, note) if part)
        return replace(self, confidence=confidence, note=notes)
