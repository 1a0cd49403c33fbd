"""Kinds of claims about ratios: a share of a total, a difference from a reference value."""

from __future__ import annotations

import math
from typing import ClassVar

from shekara.atlas import Atlas, Attributes, Layer
from shekara.atlas.files import Where
from shekara.atlas.printed import Number
from shekara.claims.kind import PerSource
from shekara.claims.measurement import Measurement
from shekara.claims.relation import rounded
from shekara.claims.sizes import Quantity, documented_total, nothing, sized, with_value
from shekara.measure import Interval
from shekara.where import matches


class Share(PerSource):
    """What the chosen features are of a total, in percent: by length, area, count or a field."""

    UNIT = "%"
    LAYERS: ClassVar[tuple[str, ...]] = ("of",)
    ATTRIBUTES: ClassVar[Attributes] = (
        *PerSource.ATTRIBUTES,
        ("field", ""),
        ("of_where", "of"),
        ("of_field", "of"),
    )

    measure: Quantity | None = None
    field: str | None = None
    of: str | None = None
    of_where: Where = {}
    of_field: str | None = None
    of_value: Number | None = None

    def measurement(self, layer: Layer, atlas: Atlas) -> Measurement:
        """Part of a total, from the intervals of both."""
        part = _amount(layer, self.where, self.measure, self.field)
        if self.of_value is not None:
            whole = Measurement("", rounded(self.of_value), basis="documented")
        else:
            other = atlas.layers[self.of] if self.of else layer
            whole = _amount(other, self.of_where, self.measure, self.of_field or self.field)
        return _ratio(part, whole, self.UNIT, "method_share")

    @property
    def attribute(self) -> str | None:
        """The attribute, where no shape is measured."""
        return self.field

    @property
    def looks_at_shapes(self) -> bool:
        """Not where attributes or numbers of features are held against each other."""
        return self.field is None and self.measure != "count"


class Difference(PerSource):
    """How far a measure lies from a reference value, in percent of the reference (unsigned)."""

    UNIT = "%"
    ATTRIBUTES: ClassVar[Attributes] = (*PerSource.ATTRIBUTES, ("field", ""))

    measure: Quantity | None = None
    field: str | None = None
    reference: Number
    unit: str | None = None

    def measurement(self, layer: Layer, atlas: Atlas) -> Measurement:
        """|measured − reference| / reference, in percent."""
        found = _amount(layer, self.where, self.measure, self.field, self.unit)
        if found.interval is None:
            return nothing(self.UNIT, "method_difference")
        own, reference = found.interval, float(self.reference)
        ends = [(x - reference) / reference * 100 for x in (own.low, own.high)]
        low = 0.0 if ends[0] <= 0 <= ends[1] else min(abs(end) for end in ends)
        interval = Interval(
            abs(own.value - reference) / reference * 100, low, max(abs(end) for end in ends)
        )
        return Measurement(
            self.UNIT,
            interval,
            None,
            found.basis,
            found.features,
            "method_difference",
            found.undecided,
            found.remarks,
        )

    @property
    def attribute(self) -> str | None:
        """The attribute, where no shape is measured."""
        return self.field

    @property
    def looks_at_shapes(self) -> bool:
        """Not where attributes or numbers of features are held against each other."""
        return self.field is None and self.measure != "count"


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
        number = float(sum(matches(own, where) for own in layer.properties))
        return Measurement("", Interval(number, number, number), basis="counted")
    default = "km2" if quantity == "area" else "km"
    return sized(layer, where, quantity or "area", unit or default)


def _ratio(part: Measurement, whole: Measurement, unit: str, method: str) -> Measurement:
    a, b = part.interval, whole.interval
    if a is None or b is None or b.value == 0:
        return nothing(unit, method)
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
