"""What came out of holding a claim beside its layer."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from shekara.atlas import Atlas, Claim
from shekara.atlas.source import Source
from shekara.claims.kind import Kind
from shekara.claims.measurement import Measurement, Reason
from shekara.claims.showing import Figure
from shekara.i18n import ENGLISH, YEAR, Translator, year
from shekara.measuring import Interval
from shekara.verdicts import VerdictWord

SIGNIFICANT = 5  # figures that a number of a document is printed to at most
# geometry: measured on shapes · figures: computed from figures · list: counted in a list that the
# atlas typed, which proves nothing but the list · document · "": nothing was looked at.
Ground = Literal["geometry", "figures", "list", "document", ""]
GROUNDS: tuple[Ground, ...] = ("geometry", "figures", "list", "document")


@dataclass(frozen=True)
class Evidence:
    """The sources of a verdict, in order of use; `unnamed` where a value has none."""

    sources: tuple[Source, ...] = ()
    unnamed: bool = False

    @property
    def recalled(self) -> tuple[Source, ...]:
        """Those that were remembered and not read."""
        return tuple(source for source in self.sources if source.known == "recalled")

    @property
    def doubt(self) -> Reason | None:
        """Why these sources can carry no verdict; None where they can."""
        if self.recalled:
            return Reason(
                "reason_recalled",
                {"names": tuple(named_source.name for named_source in self.recalled)},
            )
        return Reason("reason_unnamed") if self.unnamed or not self.sources else None


@dataclass(frozen=True)
class SourceVerdict:
    """One of several sources for the same claim."""

    name: str | Mapping[str, str]
    verdict: VerdictWord
    interval: Interval | None


@dataclass(frozen=True)
class Verdict:
    """The verdict on one claim."""

    claim: Claim
    verdict: VerdictWord
    measurement: Measurement
    claimed: Kind
    reasons: tuple[Reason, ...] = ()
    sources: tuple[SourceVerdict, ...] = ()
    evidence: Evidence = Evidence()

    @property
    def ground(self) -> Ground:
        """What kind of evidence it rests on; "" where nothing was looked at."""
        rests_on = self.claimed.RESTS_ON
        if rests_on == "nothing":
            return ""
        if rests_on == "document":
            return "document"
        if self.measurement.basis == "counted":
            return "geometry" if self.claimed.looks_at_shapes else "list"
        if self.measurement.basis == "documented" and self.claim.table.role == "check":
            return "list"  # the atlas holds its own table against a number that it typed itself
        return "geometry" if self.measurement.basis in ("measured", "computed") else "figures"

    def __repr__(self) -> str:
        measured = self.measured_text(ENGLISH)
        interval = self.interval_text(ENGLISH)
        shown = ", ".join(part for part in (measured, interval) if part)
        return f"<Verdict {self.claim.id}: {self.verdict}{f' ({shown})' if shown else ''}>"

    @property
    def recorded(self) -> VerdictWord:
        """The verdict that the atlas stands by."""
        return self.claim.table.verdict

    @property
    def as_recorded(self) -> bool:
        """Whether the measured verdict is the recorded one."""
        return self.verdict == self.recorded

    def figures(self, atlas: Atlas) -> tuple[Figure, ...]:
        """Shapes that show what was measured; made once, however many languages ask."""
        shapes: tuple[Figure, ...] | None = self.__dict__.get("_figures")
        if shapes is None:
            shapes = self.claimed.figures(atlas.layers[self.claim.layer], atlas)
            object.__setattr__(self, "_figures", shapes)
        return shapes

    def against(self, atlas: Atlas) -> tuple[str, ...]:
        """Ids of the features that the measured ones are held against."""
        return self.claimed.against(atlas.layers[self.claim.layer], atlas)

    def reason(self, say: Translator) -> str:
        """Why, in one or more sentences."""
        return " ".join(reason.text(say) for reason in self.reasons)

    def claimed_text(self, say: Translator) -> str:
        """What is claimed, in signs: "> 6 500 km"."""
        return self.claimed.claimed_text(self.measurement.unit, say)

    def measured_text(self, say: Translator) -> str:
        """The measured value with its unit; yes or no for a relation in space; "" for none."""
        measurement = self.measurement
        if measurement.interval is not None:
            value = self.printed_interval(measurement.interval).value
            return say.quantity(value, measurement.unit, self.digits)
        if measurement.basis == "stated" or (
            measurement.truth is None and measurement.undecided is None
        ):
            return ""
        return say.message({True: "yes", False: "no", None: "unclear"}[measurement.truth])

    @property
    def digits(self) -> int:
        """Decimals with which the measured number is printed."""
        measurement = self.measurement
        if measurement.interval is None or measurement.basis == "counted":
            return 0
        places = measurement.interval.places
        if measurement.basis in ("documented", "stated") and measurement.interval.value:
            # Figures that others printed do not become finer by division.
            places = min(
                places, SIGNIFICANT - 1 - math.floor(math.log10(abs(measurement.interval.value)))
            )
        return max(0, places)

    def printed_interval(self, whole: Interval) -> Interval:
        """What is measured to two figures of its interval; what others wrote as they wrote it."""
        if self.measurement.basis not in ("measured", "computed"):
            return whole
        return whole.rounded()

    def interval_text(self, say: Translator) -> str:
        """The interval with its unit; "≥ …" for a lower bound; "" where nothing is open.

        Where no accuracy is stated, the text says so in the interval's place.
        """
        whole = self.measurement.interval
        if whole is None or whole.low == whole.high:
            return ""
        if not whole.known:
            return say.message("accuracy_not_stated")
        printed_interval = self.printed_interval(whole)
        digits, unit = self.digits, self.measurement.unit
        if printed_interval.lower_bound:
            return f"≥\u00a0{say.quantity(printed_interval.low, unit, digits)}"
        if unit == YEAR:
            return f"{year(printed_interval.low)}–{year(printed_interval.high)}"
        low, high = (
            say.number(end, digits) for end in (printed_interval.low, printed_interval.high)
        )
        if low == high:
            return ""
        return f"{low}–{say.quantity(printed_interval.high, unit, digits)}"

    def record(self, say: Translator = ENGLISH) -> dict[str, object]:
        """The verdict as a JSON object; numbers in `unit`; an open end is null."""
        measurement = self.measurement
        interval = measurement.interval
        record: dict[str, object] = {
            "id": self.claim.id,
            "layer": self.claim.layer,
            "kind": self.claim.kind,
            "says": say.text(self.claim.table.says),
            "text": say.text(self.claim.table.text or ""),
            "claimed": self.claimed_text(say),
            "stated": self.claimed.stated,
            "verdict": self.verdict,
            "recorded": self.recorded,
            "as_recorded": self.as_recorded,
            "measured": measurement.truth if interval is None else interval.value,
            "low": None if interval is None else _finite(interval.low),
            "high": None if interval is None else _finite(interval.high),
            "lower_bound": interval is not None and interval.lower_bound,
            "unit": measurement.unit,
            "basis": measurement.basis,
            "reason": self.reason(say),
            "method": say.message(measurement.method) if measurement.method else "",
            "features": list(measurement.features),
        }
        if self.sources:
            record["sources"] = [
                {
                    "name": say.text(source.name),
                    "verdict": source.verdict,
                    "measured": source.interval and source.interval.value,
                    "low": source.interval and _finite(source.interval.low),
                    "high": source.interval and _finite(source.interval.high),
                }
                for source in self.sources
            ]
        return record


def _finite(value: float) -> float | None:
    return value if math.isfinite(value) else None
