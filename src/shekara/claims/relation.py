"""What a claim says of a number: more than, about, between; and what follows from an interval."""

from __future__ import annotations

import math
from decimal import Decimal
from typing import Annotated, Self

from pydantic import Field, model_validator

from shekara.atlas.files import Table
from shekara.atlas.printed import Number, decimals, half_unit
from shekara.i18n import YEAR, Translator, year
from shekara.measuring import Interval
from shekara.verdicts import VerdictWord

RELATIONS = ("more_than", "less_than", "at_least", "at_most", "equals", "about", "between")
SIGNS = {
    "more_than": ">",
    "less_than": "<",
    "at_least": "≥",
    "at_most": "≤",
    "equals": "=",
    "about": "≈",
}
# "About" without a tolerance: one part in twenty, the usual reading of a round figure.
ABOUT_PERCENT = Decimal(5)


class Relation(Table):
    """Exactly one of more_than, less_than, at_least, at_most, equals, about, between.

    `equals` means what is printed: within half a unit of the last digit written, unless
    `tolerance` (in the claim's unit) or `tolerance_percent` says otherwise. `about` takes the
    same two, else 5 %.
    """

    more_than: Number | None = None
    less_than: Number | None = None
    at_least: Number | None = None
    at_most: Number | None = None
    equals: Number | None = None
    about: Number | None = None
    between: Annotated[list[Number], Field(min_length=2, max_length=2)] | None = None
    tolerance: Annotated[Number, Field(ge=0)] | None = None
    tolerance_percent: Annotated[Number, Field(ge=0)] | None = None

    @model_validator(mode="after")
    def _one_relation(self) -> Self:
        named = [name for name in RELATIONS if getattr(self, name) is not None]
        if len(named) != 1 and not (not named and self._relation_optional()):
            result = ", ".join(named) or "none"
            raise ValueError(f"needs exactly one of {', '.join(RELATIONS)}; there is {result}")
        both = self.tolerance is not None and self.tolerance_percent is not None
        given = self.tolerance is not None or self.tolerance_percent is not None
        if both or (given and named not in (["equals"], ["about"])):
            raise ValueError("takes one tolerance, and only beside equals or about")
        if self.between is not None and self.between[0] > self.between[1]:
            raise ValueError("between = [low, high] needs low ≤ high")
        return self

    def _relation_optional(self) -> bool:
        return False

    @property
    def name(self) -> str:
        """Which relation it is; "" when a kind does without."""
        return next((name for name in RELATIONS if getattr(self, name) is not None), "")

    def outcome(self, interval: Interval) -> VerdictWord:
        """Holds where the whole interval satisfies the relation, fails where none of it does."""
        low, high, closed = self._range()
        if closed:
            inside = low <= interval.low and interval.high <= high
            outside = interval.high < low or interval.low > high
        else:
            inside = low < interval.low and interval.high < high
            inside |= low < interval.low and interval.high == high == math.inf
            outside = interval.high <= low or interval.low >= high
        return "holds" if inside else "fails" if outside else "cannot tell"

    def _range(self) -> tuple[float, float, bool]:
        """Both ends, and whether they belong to it; decimal until the end, so that 3.8 is 3.8."""
        if self.more_than is not None:
            return float(self.more_than), math.inf, False
        if self.less_than is not None:
            return -math.inf, float(self.less_than), False
        if self.at_least is not None:
            return float(self.at_least), math.inf, True
        if self.at_most is not None:
            return -math.inf, float(self.at_most), True
        if self.between is not None:
            return float(self.between[0]), float(self.between[1]), True
        centre = self.equals if self.equals is not None else self.about
        assert centre is not None  # the validator saw to it
        half = self._half_width(centre)
        return float(centre - half), float(centre + half), True

    @property
    def half_width(self) -> float | None:
        """Half the range that `equals` and `about` allow; None for limits and `between`."""
        centre = self.equals if self.equals is not None else self.about
        return None if centre is None else float(self._half_width(centre))

    def _half_width(self, centre: Decimal) -> Decimal:
        if self.tolerance is not None:
            return self.tolerance
        if self.tolerance_percent is not None:
            return abs(centre) * self.tolerance_percent / 100
        if self.about is not None:
            return abs(centre) * ABOUT_PERCENT / 100
        return half_unit(centre)

    @property
    def stated(self) -> float | None:
        """The number that the claim states; the middle of `between`."""
        return None if self.printed is None else float(self.printed)

    @property
    def printed(self) -> Decimal | None:
        """The same with the digits that were written."""
        if self.between is not None:
            return (self.between[0] + self.between[1]) / 2
        return next((v for n in RELATIONS[:-1] if (v := getattr(self, n)) is not None), None)

    @property
    def digits(self) -> int:
        """Decimals that the claim writes; of `between` the more."""
        numbers = self.between or ([] if self.printed is None else [self.printed])
        return max(map(decimals, numbers), default=0)

    def text(self, unit: str, say: Translator) -> str:
        """The relation in signs: "> 6 500 km"."""
        if self.between is not None:
            first, last = self.between
            is_year = unit == YEAR
            low = year(first) if is_year else say.number(first, decimals(first))
            return f"{low}–{say.quantity(last, unit, decimals(last))}"
        printed = self.printed
        if printed is None:
            return ""
        return f"{SIGNS[self.name]}\u00a0{say.quantity(printed, unit, decimals(printed))}"


def rounded(number: Decimal) -> Interval:
    """A number as printed: known to half a unit of its last digit."""
    half = half_unit(number)
    return Interval(float(number), float(number - half), float(number + half))
