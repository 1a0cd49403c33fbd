"""What the measure of a claim says, before it is held against what is claimed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from shekara.i18n import Translator
from shekara.measuring import Interval

Basis = Literal["measured", "documented", "counted", "computed", "stated"]


@dataclass(frozen=True)
class Reason:
    """Why a verdict is what it is, as a key of the program's words with its values."""

    key: str
    values: Mapping[str, object] = field(default_factory=dict)

    def text(self, say: Translator) -> str:
        """The reason as a sentence; texts and numbers among its values in the same language."""
        said = {
            name: say.number(value, 1)
            if isinstance(value, float)
            else say.text(value)
            if isinstance(value, Mapping)
            else "; ".join(say.text(part) for part in value)
            if isinstance(value, tuple)
            else say.number(value, 0)
            if isinstance(value, int) and value >= 10_000  # no year, no count of a few
            else value
            for name, value in self.values.items()
        }
        return say.message(self.key, **said)


@dataclass(frozen=True)
class Measurement:
    """What a kind of claim found, before it is compared with what is claimed.

    Either `interval` (a number in `unit`) or `truth` (True, False, or None where the interval of
    positions leaves it open) is what the relation looks at. `undecided` names the reason why the
    measure proves nothing, whatever its value.
    """

    unit: str
    interval: Interval | None = None
    truth: bool | None = None
    basis: Basis = "measured"
    features: tuple[str, ...] = ()
    method: str = ""
    undecided: Reason | None = None
    remarks: tuple[Reason, ...] = ()
