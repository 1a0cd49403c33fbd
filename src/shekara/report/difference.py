"""The difference between what was measured and what is claimed."""

from __future__ import annotations

from dataclasses import dataclass

from shekara.atlas import Atlas
from shekara.claims import Verdict
from shekara.claims.kind import Compared
from shekara.i18n import YEAR, Translator


@dataclass(frozen=True)
class Difference:
    """Measured minus claimed.

    `value` is in `unit` ("%" means percentage points), `percent` is relative to the number
    claimed and None where that says nothing.
    """

    value: float
    percent: float | None
    unit: str
    digits: int

    def text(self, say: Translator) -> str:
        """With its sign and unit: "+1 144 km"."""
        unit = say.message("report_points") if self.unit == "%" else self.unit
        return self._signed(say.quantity(self._round(), unit, max(0, self.digits)))

    def percent_text(self, say: Translator) -> str:
        """Relative to the number claimed: "+17.6 %"; "" where that says nothing."""
        if self.percent is None or self.value == 0:
            return ""
        size, digits = abs(self.percent), self.percent_digits
        shown = say.number(round(size, digits), digits)
        return self._signed(f"{shown}\u00a0%", float(round(size, digits)))

    @property
    def percent_digits(self) -> int:
        """Decimals of `percent` that are worth telling."""
        size = abs(self.percent or 0.0)
        return 0 if size >= 100 else 1 if size >= 1 or size < 0.005 else 2

    def _round(self) -> float:
        return round(abs(self.value), self.digits)

    def _signed(self, text: str, size: float | None = None) -> str:
        none = (self._round() if size is None else size) == 0
        return text if none else f"+{text}" if self.value > 0 else f"\u2212{text}"


def difference(verdict: Verdict, atlas: Atlas) -> Difference | None:
    """Measured minus claimed; None where one of them is no number or the measure proves nothing.

    A value inside a claimed range differs by nothing; outside it is held against the nearer end.
    Sources that contradict each other have no one difference; each has its own.
    """
    result, claimed = verdict.measurement, verdict.claimed
    if not isinstance(claimed, Compared) or claimed.printed is None:
        return None
    if result.interval is None or result.undecided is not None:
        return None
    if result.unit == YEAR and result.interval.low < result.interval.high:
        return None  # some years differ from one by no number
    if {"holds", "fails"} <= {source.verdict for source in verdict.sources}:
        return None
    stated = float(claimed.printed)
    if claimed.between is not None:
        low, high = map(float, claimed.between)
        stated = min(max(result.interval.value, low), high)
    value = result.interval.value - stated
    relative = stated != 0 and result.unit != "%" and not _is_year(verdict, atlas)
    return Difference(
        value=value,
        percent=value / abs(stated) * 100 if relative else None,
        unit=result.unit,
        digits=verdict.places if verdict.places < 0 else max(verdict.places, claimed.digits),
    )


def _is_year(verdict: Verdict, atlas: Atlas) -> bool:
    name = verdict.claimed.attribute
    info = atlas.layers[verdict.claim.layer].file.field.get(name) if name else None
    return info is not None and info.kind == "year"
