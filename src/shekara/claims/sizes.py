"""Kinds of claims about size and number: length, area, perimeter, count, sum, value."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Literal

import numpy as np
from numpy.typing import NDArray

from shekara import measuring
from shekara.atlas import Atlas, Attributes, Layer
from shekara.atlas.files import Where
from shekara.claims.kind import PerSource
from shekara.claims.measurement import Basis, Measurement, Reason
from shekara.errors import InputError
from shekara.geometry.units import AREAS_M2, LENGTHS_M
from shekara.i18n import YEAR
from shekara.measuring import Interval

Indexes = NDArray[np.int64]
Quantity = Literal["length", "area", "perimeter", "count"]
# A line is generalised when it leaves out more than its positions are uncertain by.
RESOLUTION_OVER_ACCURACY = 2.0


class Sized(PerSource):
    """Length, area or perimeter of the features chosen by `where`, all together."""

    QUANTITY: ClassVar[Quantity]

    def measurement(self, layer: Layer, atlas: Atlas) -> Measurement:
        """The size with its interval; schematic geometry decides nothing."""
        return sized(layer, self.where, self.QUANTITY, self.UNIT)


class Length(Sized):
    """Total length of lines; a lower bound where the lines are generalised."""

    QUANTITY = "length"
    UNIT = "km"


class LengthInMetres(Length):
    """The same in metres."""

    UNIT = "m"


class LengthInNauticalMiles(Length):
    """The same in nautical miles of 1852 m."""

    UNIT = "M"


class Perimeter(Sized):
    """Total perimeter of polygons; a lower bound where they are generalised."""

    QUANTITY = "perimeter"
    UNIT = "km"


class Area(Sized):
    """Total area of polygons."""

    QUANTITY = "area"
    UNIT = "km2"


class AreaInSquareMetres(Area):
    """The same in square metres."""

    UNIT = "m2"


class AreaInHectares(Area):
    """The same in hectares."""

    UNIT = "ha"


class Count(PerSource):
    """Number of features, or of different values of the field `distinct`: exact."""

    ATTRIBUTES: ClassVar[Attributes] = (*PerSource.ATTRIBUTES, ("distinct", ""))

    distinct: str | None = None

    def measurement(self, layer: Layer, atlas: Atlas) -> Measurement:
        """Every feature counts once."""
        chosen = layer.select(self.where)
        number = float(len(chosen))
        if self.distinct is not None:
            number = float(len({layer.properties[i].get(self.distinct) for i in chosen} - {None}))
        return Measurement(
            unit=self.UNIT,
            interval=Interval(number, number, number),
            basis="counted",
            features=tuple(layer.feature_id(i) for i in chosen),
            method="method_count",
        )

    @property
    def looks_at_shapes(self) -> bool:
        """A count looks at no shape."""
        return False


class Attribute(PerSource):
    """A documented attribute of features; FIELD_low and FIELD_high widen its interval."""

    ATTRIBUTES: ClassVar[Attributes] = (*PerSource.ATTRIBUTES, ("field", ""))

    field: str
    unit: str | None = None

    @property
    def attribute(self) -> str | None:
        """The attribute."""
        return self.field


class Sum(Attribute):
    """Sum of a documented attribute."""

    def measurement(self, layer: Layer, atlas: Atlas) -> Measurement:
        """The sum; `<field>_low` and `<field>_high` of a feature widen its interval."""
        chosen = with_value(layer, layer.select(self.where), self.field)
        return documented_total(layer, chosen, self.field, self.unit, "method_sum")


class Value(Attribute):
    """One attribute of one feature."""

    def measurement(self, layer: Layer, atlas: Atlas) -> Measurement:
        """The attribute of the one feature that `where` leaves."""
        chosen = with_value(layer, layer.select(self.where), self.field)
        if len(chosen) > 1:
            raise InputError(
                f"layers/{layer.name}.toml: `where` leaves {len(chosen)} features with "
                f"{self.field!r}; `value` takes one: narrow `where`, or use `sum`"
            )
        return documented_total(layer, chosen, self.field, self.unit, "method_value")


def sized(layer: Layer, where: Where, quantity: Quantity, unit: str) -> Measurement:
    """Length, area or perimeter of a selection; schematic geometry decides nothing."""
    return sized_features(layer, layer.select(where), quantity, unit)


def sized_features(layer: Layer, which: Indexes, quantity: Quantity, unit: str) -> Measurement:
    """Length, area or perimeter of features; those that have none do not count."""
    chosen = of_kind(layer, which, quantity)
    if not len(chosen):
        return nothing(unit, f"method_{quantity}")
    interval = _size(layer, chosen, quantity)
    remarks = [] if quantity == "area" else _lower_bounds(layer, chosen)
    return Measurement(
        unit=unit,
        interval=interval.scaled(1 / FACTORS[unit]),
        basis="computed" if layer.file.quality.precision == "computed" else "measured",
        features=tuple(layer.feature_id(i) for i in chosen),
        method=f"method_{quantity}",
        undecided=schematic(layer, chosen) or _not_stated(layer, chosen),
        remarks=tuple(remarks),
    )


# What one of a claim's units is in metres or square metres.
FACTORS = {**{unit: LENGTHS_M[unit] for unit in ("km", "m", "M")}, **AREAS_M2}


def nothing(unit: str, method: str) -> Measurement:
    """No feature was chosen: nothing is known."""
    return Measurement(unit, method=method, undecided=Reason("reason_nothing_chosen"))


def of_kind(layer: Layer, chosen: Indexes, quantity: Quantity) -> Indexes:
    """Those of the chosen that have the dimension which a quantity measures."""
    wanted = {"length": (1, 2, 5), "area": (3, 6), "perimeter": (3, 6)}.get(quantity)
    if wanted is None:
        return chosen
    import shapely

    kinds = shapely.get_type_id(layer.geometry[chosen])
    return chosen[np.isin(kinds, wanted)]


def schematic(layer: Layer, chosen: Sequence[int] | Indexes) -> Reason | None:
    """The reason why a size proves nothing: the geometry is schematic."""
    if any(layer.quality(int(i), "precision") == "schematic" for i in chosen):
        return Reason("reason_schematic")
    return None


def _size(layer: Layer, chosen: Indexes, quantity: Quantity) -> Interval:
    """Interval of a selection, group by group of equal accuracy, added up linearly."""
    value = low = high = 0.0
    groups: dict[tuple[float | None, float | None, bool], list[int]] = {}
    for index in map(int, chosen):
        accuracy, shift = layer.quality(index, "accuracy_m"), layer.quality(index, "shift_m")
        short = _generalised(layer, index) or bool(layer.quality(index, "lower_bound"))
        groups.setdefault((accuracy, shift, short), []).append(index)
    for (accuracy, shift, short), members in groups.items():
        geometry = layer.geometry[np.array(members)]
        if quantity == "area":
            part = measuring.area_interval(geometry, accuracy, shift_m=shift)
        else:
            part = measuring.length_interval(geometry, accuracy, shift_m=shift, lower_bound=short)
        value, low, high = value + part.value, low + part.low, high + part.high
    return Interval(value, low, high)


def _not_stated(layer: Layer, chosen: Indexes) -> Reason | None:
    """The reason why nothing is known: a feature without stated accuracy."""
    if any(layer.quality(int(index), "accuracy_m") is None for index in chosen):
        return Reason("reason_accuracy_not_stated", {"layer": layer.file.title})
    return None


def _lower_bounds(layer: Layer, chosen: Indexes) -> list[Reason]:
    """Why a length may be larger: detail or parts are left out."""
    reasons = []
    if any(_generalised(layer, int(index)) for index in chosen):
        reasons.append(Reason("reason_lower_bound", {"metres": _resolution(layer, chosen)}))
    if any(layer.quality(int(index), "lower_bound") for index in chosen):
        reasons.append(Reason("reason_parts_missing"))
    return reasons


def _generalised(layer: Layer, index: int) -> bool:
    if layer.quality(index, "precision") == "generalised":
        return True
    resolution = layer.quality(index, "resolution_m")
    accuracy = float(layer.quality(index, "accuracy_m") or 0.0)
    return bool(resolution and resolution > RESOLUTION_OVER_ACCURACY * accuracy)


def _resolution(layer: Layer, chosen: Indexes) -> object:
    resolutions = [layer.quality(int(i), "resolution_m") for i in chosen]
    known = [resolution for resolution in resolutions if resolution]
    return round(max(known)) if known else "?"


def with_value(layer: Layer, chosen: Indexes, field: str) -> Indexes:
    """Those of the chosen that have the attribute."""
    return np.array(
        [i for i in chosen if layer.properties[i].get(field) is not None], dtype=np.int64
    )


def documented_total(
    layer: Layer, chosen: Indexes, field: str, unit: str | None, method: str
) -> Measurement:
    """Sum of a documented attribute over the chosen features."""
    info = layer.file.field.get(field)
    sign = unit or (info.unit if info else "") or (YEAR if info and info.kind == "year" else "")
    if not len(chosen):
        return nothing(sign, method)
    low = high = middle = 0.0
    for index in chosen:
        number, least, most = _documented(layer, int(index), field)
        middle, low, high = middle + number, low + least, high + most
    basis: Basis = "computed" if layer.file.quality.precision == "computed" else "documented"
    return Measurement(
        unit=sign,
        interval=Interval(middle, low, high),
        basis=basis,
        features=tuple(layer.feature_id(int(i)) for i in chosen),
        method=method,
    )


def _documented(layer: Layer, index: int, field: str) -> tuple[float, float, float]:
    """A documented number and its ends; an end that is not given, or null, is the number."""
    attributes = layer.properties[index]
    number = _number(layer, index, field)
    ends = (f"{field}_low", f"{field}_high")
    low, high = (
        number if attributes.get(end) is None else _number(layer, index, end) for end in ends
    )
    if not low <= number <= high:
        raise InputError(
            f"{layer.data}: features[{index}].properties.{field} = {number:g}: lies "
            f"outside its own interval, {low:g} to {high:g}; correct {field}_low or {field}_high"
        )
    return number, low, high


def _number(layer: Layer, index: int, field: str) -> float:
    number = layer.properties[index][field]
    if isinstance(number, bool) or not isinstance(number, int | float):
        raise InputError(
            f"{layer.data}: features[{index}].properties.{field} = {number!r}: "
            "is no number; write a number without quotation marks"
        )
    return float(number)
