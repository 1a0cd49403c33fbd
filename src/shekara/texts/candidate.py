"""A candidate: one number of a text, what it seems to say and where it stands."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Literal

Kind = Literal[
    "length",
    "height",
    "depth",
    "distance",
    "area",
    "volume",
    "mass",
    "share",
    "ratio",
    "money",
    "date",
    "year",
    "count",
    "population",
    "duration",
    "speed",
    "temperature",
    "energy",
    "power",
    "pressure",
    "frequency",
    "information",
    "angle",
    "plain",
]
Relation = Literal["more_than", "less_than", "at_least", "at_most", "about", "equals", "between"]
Confidence = Literal["high", "medium", "low"]
# A date is a string of ISO 8601, cut where the text says no more: 1998-07-06, 1997-09, 1997.
Value = float | str


@dataclass(frozen=True)
class Candidate:
    """One number, date or share of a text that an atlas could measure or document.

    `start` and `end` count characters of the whole text from 0, `line` and `column` from 1;
    `paragraph` counts from 1. `text` is exactly ``whole[start:end]``. `value` is in `unit`; it
    is None where the separators of the number allow more than one or none. `readings` holds
    every way to read an ambiguous number, the likelier first where one is, each in `unit` or in
    its own of `reading_units`. `value_high` is the upper end of an interval. `relation` is
    "equals" where the text puts no word of comparison. `rounding` is half a unit of the last
    digit written, or what the text gives after ±, in `unit`. `confidence` is high where number
    and unit (or date) both stand there and nothing is left over beside them, medium where one
    of them is inferred, low for a bare number, a counted noun in words, or a reading with
    something left over. `note` says what a reader must look at; `sentence` is the sentence
    around, whole unless it runs over pages, and `number` counts the sentences of its paragraph
    from 1. `understood` is false where the language of the sentence is not known: the
    number is read by its digits and the sign of its unit, no word around it is.
    """

    text: str
    start: int
    end: int
    line: int
    column: int
    paragraph: int
    value: Value | None
    value_high: Value | None
    unit: str
    relation: Relation
    kind: Kind
    lang: str
    confidence: Confidence
    rounding: float | None = None
    readings: tuple[Value, ...] = ()
    reading_units: tuple[str, ...] = ()
    note: str = ""
    sentence: str = ""
    number: int = 0
    understood: bool = True

    @property
    def ambiguous(self) -> bool:
        """Whether the text allows more than one number here, or none by its separators."""
        return self.value is None or bool(self.readings)

    def as_dict(self) -> dict[str, object]:
        """The candidate as a mapping of plain values, for JSON."""
        return {**asdict(self), "readings": list(self.readings), "ambiguous": self.ambiguous}
