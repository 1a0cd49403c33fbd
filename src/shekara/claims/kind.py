"""A kind of claim: what it asks, how it is measured, how it is judged."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import ClassVar, Literal, NamedTuple

from shekara.atlas import Atlas, Attributes, ClaimKind, Layer
from shekara.atlas.files import Where
from shekara.claims.measurement import Measurement, Reason
from shekara.claims.relation import Relation
from shekara.claims.showing import Figure
from shekara.i18n import Translator
from shekara.verdicts import VerdictWord

# What decides a claim: the layers that it looks at, a document, numbers of the text, nothing.
RestsOn = Literal["layers", "document", "text", "nothing"]


class Judgement(NamedTuple):
    """A verdict and why."""

    word: VerdictWord
    reasons: tuple[Reason, ...]


class Kind(ClaimKind, ABC):
    """A kind of claim; its fields are the keys that an atlas writes.

    A new kind is a class with `measurement` (and `judgement`, where it claims no number), a row
    of `shekara.claims.KINDS` and a test with a value worked by hand.
    """

    RESTS_ON: ClassVar[RestsOn] = "layers"

    @abstractmethod
    def measurement(self, layer: Layer, atlas: Atlas) -> Measurement:
        """What the claim's layer, and those that it names, say."""

    @abstractmethod
    def judgement(self, measurement: Measurement) -> Judgement:
        """The verdict that a measurement allows."""

    def figures(self, layer: Layer, atlas: Atlas) -> tuple[Figure, ...]:
        """Shapes that show the measurement; none where its features say all."""
        return ()

    def against(self, layer: Layer, atlas: Atlas) -> tuple[str, ...]:
        """Ids of the features that the measured ones are held against."""
        return ()

    def claimed_text(self, unit: str, say: Translator) -> str:
        """What is claimed, in signs; "" where it is no number."""
        return ""

    @property
    def stated(self) -> float | None:
        """The number that is claimed, if one is."""
        return None

    @property
    def allowance(self) -> float | None:
        """How far from the number claimed a measured one may lie; None where only a limit is."""
        return None

    @property
    def attribute(self) -> str | None:
        """The documented attribute that is looked at instead of shapes, if one is."""
        return None

    @property
    def looks_at_shapes(self) -> bool:
        """Whether the accuracy of shapes bears on the verdict."""
        return self.RESTS_ON == "layers" and self.attribute is None


class Compared(Relation, Kind):
    """A claim about a number: the measured interval is held against the range claimed."""

    def judgement(self, measurement: Measurement) -> Judgement:
        """Holds where the whole interval lies in the range, fails where none of it does."""
        if measurement.undecided is not None:
            return Judgement("cannot tell", (measurement.undecided, *measurement.remarks))
        if measurement.interval is None:
            return Judgement("cannot tell", (Reason("reason_positions"), *measurement.remarks))
        word = self.outcome(measurement.interval)
        key = {"holds": "reason_inside", "fails": "reason_outside"}.get(word, "reason_straddles")
        return Judgement(word, (Reason(key), *measurement.remarks))

    def claimed_text(self, unit: str, say: Translator) -> str:
        """The relation in signs: "> 6 500 km"."""
        return self.text(unit, say)

    @property
    def stated(self) -> float | None:
        """The number that is claimed; the middle of `between`."""
        return None if self.printed is None else float(self.printed)

    @property
    def allowance(self) -> float | None:
        """Half the range around the number that `equals` or `about` claims."""
        return self.half_width


class PerSource(Compared):
    """A claim that may be measured source by source.

    `each` names the field that tells the sources apart: every value of it is measured for
    itself, and those that decide must agree.
    """

    ATTRIBUTES: ClassVar[Attributes] = (("where", ""), ("each", ""))

    where: Where = {}
    each: str | None = None


def judged_true(measurement: Measurement, expected: bool) -> Judgement:
    """The verdict on a relation in space that is there, is not, or is left open."""
    if measurement.undecided is not None:
        return Judgement("cannot tell", (measurement.undecided, *measurement.remarks))
    if measurement.truth is None:
        return Judgement("cannot tell", (Reason("reason_positions"), *measurement.remarks))
    key = "reason_true" if measurement.truth else "reason_false"
    return Judgement(
        "holds" if measurement.truth is expected else "fails", (Reason(key), *measurement.remarks)
    )
