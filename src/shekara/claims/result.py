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

SIGNIFICANT = 4  # figures that a number of a document is printed to at most
GUARD = 2  # decimals of a JSON number beyond those worth printing
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
            whole = measurement.interval
            if measurement.unit == YEAR and whole.low < whole.high:
                return ""  # the middle of some years is a year in which nothing happened
            value = self.printed_interval(whole).value
            return say.quantity(value, measurement.unit, self.digits)
        if measurement.basis == "stated" or (
            measurement.truth is None and measurement.undecided is None
        ):
            return ""
        return say.message({True: "yes", False: "no", None: "unclear"}[measurement.truth])

    @property
    def digits(self) -> int:
        """Decimals with which the measured number is printed."""
        return max(0, self.places)

    @property
    def places(self) -> int:
        """The decimals worth printing; negative where tens or hundreds are not.

        Two figures of half the interval; no more than a tenth of what the claim allows, which
        decides nothing; and figures that others printed do not become finer by division. What
        several sources print is quoted: that they differ makes none of them coarser.
        """
        whole = self.measurement.interval
        if whole is None or self.measurement.basis == "counted":
            return 0
        places = whole.places
        if self.sources and self.measurement.basis == "documented":
            places = max(0, places)
        allowance = self.claimed.allowance
        if allowance:
            places = min(places, -math.floor(math.log10(allowance / 10)))
        divided = whole.low < whole.high and self.measurement.basis in ("documented", "stated")
        if divided and whole.value:
            figures = SIGNIFICANT - 1 - math.floor(math.log10(abs(whole.value)))
            places = min(places, max(0, figures))
        return places

    def printed_interval(self, whole: Interval) -> Interval:
        """The interval as it is printed, to `places`."""
        return whole.rounded(self.places)

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
        """The verdict as a JSON object; numbers in `unit`; an open end is null.

        Numbers have two decimals more than are worth printing, for those who compute with them;
        the texts have what is known.
        """
        measurement = self.measurement
        interval = measurement.interval and self._guarded(measurement.interval)
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
            "measured_text": self.measured_text(say),
            "interval_text": self.interval_text(say),
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
                    "measured": told and told.value,
                    "low": told and _finite(told.low),
                    "high": told and _finite(told.high),
                }
                for source in self.sources
                for told in (source.interval and self._guarded(source.interval),)
            ]
        return record

    def _guarded(self, whole: Interval) -> Interval:
        return whole.rounded(self.digits + GUARD)


def _finite(value: float) -> float | None:
    return value if math.isfinite(value) else None
