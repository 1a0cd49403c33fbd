"""Kinds of claims about ratios: a share of a total, a difference from a reference value."""

from __future__ import annotations

import math
from dataclasses import replace
from decimal import Decimal
from typing import Annotated, ClassVar

import numpy as np
from pydantic import AfterValidator

from shekara.atlas import Atlas, Attributes, Layer
from shekara.atlas.files import Where
from shekara.atlas.printed import Number
from shekara.claims.kind import PerSource
from shekara.claims.measurement import Measurement
from shekara.claims.places import drawn, ids
from shekara.claims.relation import rounded
from shekara.claims.sizes import (
    Quantity,
    documented_total,
    nothing,
    sized,
    sized_features,
    with_value,
)
from shekara.measuring import Interval
from shekara.where import matches


def _not_zero(value: Decimal) -> Decimal:
    if value == 0:
        raise ValueError("is 0, of which nothing is a percentage; compare with another kind")
    return value


class _Compared(PerSource):
    """Features held against others: by a size of their shapes, their number, or an attribute."""

    measure: Quantity | None = None
    field: str | None = None

    @property
    def attribute(self) -> str | None:
        """The attribute, where no shape is measured."""
        return self.field

    @property
    def looks_at_shapes(self) -> bool:
        """Not where attributes or numbers of features are held against each other."""
        return self.field is None and self.measure != "count"


class Share(_Compared):
    """What the chosen features are of a total, in percent: by length, area, count or a field."""

    UNIT = "%"
    LAYERS: ClassVar[tuple[str, ...]] = ("of",)
    ATTRIBUTES: ClassVar[Attributes] = (
        *PerSource.ATTRIBUTES,
        ("field", ""),
        ("of_where", "of"),
        ("of_field", "of"),
    )

    of: str | None = None
    of_where: Where = {}
    of_field: str | None = None
    of_value: Annotated[Number, AfterValidator(_not_zero)] | None = None

    def measurement(self, layer: Layer, atlas: Atlas) -> Measurement:
        """Part of a total, from the intervals of both."""
        part = _amount(layer, self.where, self.measure, self.field)
        if self.of_value is not None:
            whole = Measurement("", rounded(self.of_value), basis="documented")
        else:
            other = atlas.layers[self.of] if self.of else layer
            whole = _amount(other, self.of_where, self.measure, self.of_field or self.field)
        ratio = _ratio(part, whole, self.UNIT, "method_share")
        remainder = self._remainder(layer)
        if remainder is None or part.interval is None or ratio.interval is None:
            return ratio
        return replace(ratio, interval=_part_of_sum(part.interval, remainder))

    def against(self, layer: Layer, atlas: Atlas) -> tuple[str, ...]:
        """The features of the total beside those of the part."""
        if self.of_value is not None:
            return ()
        other = atlas.layers[self.of] if self.of else layer
        whole = drawn(other, self.of_where)
        return ids(
            other, np.setdiff1d(whole, layer.select(self.where)) if other is layer else whole
        )

    def _remainder(self, layer: Layer) -> Interval | None:
        """What a whole of the same layer has beside its part; None where it is no such whole."""
        if self.of_value is not None or self.of not in (None, layer.name):
            return None
        if self.measure == "count" or self.of_field not in (None, self.field):
            return None
        part, whole = layer.select(self.where), layer.select(self.of_where)
        if not np.isin(part, whole).all():
            return None
        rest = np.setdiff1d(whole, part)
        if self.field is not None:
            valued = with_value(layer, rest, self.field)
            total = documented_total(layer, valued, self.field, "", "")
        else:
            quantity = self.measure or "area"
            total = sized_features(layer, rest, quantity, "km2" if quantity == "area" else "km")
        return total.interval or Interval(0.0, 0.0, 0.0)


class Difference(_Compared):
    """How far a measure lies from a reference value, in percent of the reference (unsigned)."""

    UNIT = "%"
    ATTRIBUTES: ClassVar[Attributes] = (*PerSource.ATTRIBUTES, ("field", ""))

    reference: Annotated[Number, AfterValidator(_not_zero)]
    unit: str | None = None

    def measurement(self, layer: Layer, atlas: Atlas) -> Measurement:
        """|measured − reference| / reference, in percent."""
        amount = _amount(layer, self.where, self.measure, self.field, self.unit)
        if amount.interval is None:
            return nothing(self.UNIT, "method_difference")
        return Measurement(
            self.UNIT,
            _distance_percent(amount.interval, float(self.reference)),
            None,
            amount.basis,
            amount.features,
            "method_difference",
            amount.undecided,
            amount.remarks,
        )


def _part_of_sum(part: Interval, rest: Interval) -> Interval:
    """a / (a + r) in percent: it grows with a and falls with r, whose errors are their own."""
    if not (part.known and rest.known):
        return Interval.unknown(100 * part.value / (part.value + rest.value))

    def share(a: float, r: float) -> float:
        if math.isinf(a) or math.isinf(r):
            return 100.0 if math.isinf(a) else 0.0
        return 100 * a / (a + r) if a + r > 0 else 0.0

    return Interval(
        share(part.value, rest.value), share(part.low, rest.high), share(part.high, rest.low)
    )


def _distance_percent(interval: Interval, reference: float) -> Interval:
    """How far a value lies from a reference, in percent of it; 0 where the interval holds it."""
    value, low, high = (
        (x - reference) / abs(reference) * 100
        for x in (interval.value, interval.low, interval.high)
    )
    if not interval.known:
        return Interval.unknown(abs(value))
    nearest = 0.0 if low <= 0 <= high else min(abs(low), abs(high))
    return Interval(abs(value), nearest, max(abs(low), abs(high)))


def _amount(
    layer: Layer,
    where: Where,
    quantity: Quantity | None,
    field: str | None,
    unit: str | None = None,
) -> Measurement:
    """The part or the whole of a share: a documented attribute, a count or a size."""
    if field is not None:
        chosen = with_value(layer, layer.select(where), field)
        return documented_total(layer, chosen, field, unit, "method_sum")
    if quantity == "count":
        number = float(sum(matches(attributes, where) for attributes in layer.properties))
        return Measurement("", Interval(number, number, number), basis="counted")
    chosen_quantity = quantity or "area"
    default = "km2" if chosen_quantity == "area" else "km"
    return sized(layer, where, chosen_quantity, unit or default)


def _ratio(part: Measurement, whole: Measurement, unit: str, method: str) -> Measurement:
    a, b = part.interval, whole.interval
    if a is None or b is None or b.value == 0:
        return nothing(unit, method)
    interval = Interval.unknown(a.value / b.value * 100)
    if a.known and b.known:
        high = math.inf if b.low <= 0 or math.isinf(a.high) else a.high / b.low * 100
        interval = Interval(a.value / b.value * 100, a.low / b.high * 100, high)
    measured = {part.basis, whole.basis} & {"measured"}
    return Measurement(
        unit=unit,
        interval=interval,
        basis="measured" if measured else part.basis,
        features=part.features,
        method=method,
        undecided=part.undecided or whole.undecided,
        remarks=part.remarks + whole.remarks,
    )
