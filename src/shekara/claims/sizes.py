"""Kinds of claims about size and number: length, area, perimeter, count, sum, value."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from shekara import measure
from shekara.atlas import Atlas, Layer
from shekara.atlas.files import Where
from shekara.claims.relation import Relation
from shekara.claims.verdict import Basis, Measurement, Reason
from shekara.errors import InputError
from shekara.geometry.units import AREAS_M2, LENGTHS_M
from shekara.measure import Interval
from shekara.where import Scalar
from shekara.words import YEAR

Indexes = NDArray[np.int64]
Quantity = Literal["length", "area", "perimeter", "count"]
# A line is generalised when it leaves out more than its positions are uncertain by.
RESOLUTION_OVER_ACCURACY = 2.0


class Sized(Relation):
    """Length, area or perimeter of the features chosen by `where`, all together.

    `each` names a field that tells sources apart: every value of it is measured for itself.
    """

    where: Where = {}
    each: str | None = None


class Counted(Sized):
    """Number of features, or of different values of the field `distinct`."""

    distinct: str | None = None


class Summed(Sized):
    """Sum of a documented attribute."""

    field: str
    unit: str | None = None


class Valued(Sized):
    """One attribute of one feature."""

    field: str
    unit: str | None = None


def length(layer: Layer, params: Sized, atlas: Atlas, unit: str) -> Measurement:
    """Total length of lines; a lower bound where the lines are generalised."""
    return sized(layer, params.where, "length", unit)


def area(layer: Layer, params: Sized, atlas: Atlas, unit: str) -> Measurement:
    """Total area of polygons."""
    return sized(layer, params.where, "area", unit)


def perimeter(layer: Layer, params: Sized, atlas: Atlas, unit: str) -> Measurement:
    """Total perimeter of polygons; a lower bound where they are generalised."""
    return sized(layer, params.where, "perimeter", unit)


def sized(layer: Layer, where: Where, quantity: Quantity, unit: str) -> Measurement:
    """Length, area or perimeter of a selection; schematic geometry decides nothing."""
    chosen = of_kind(layer, layer.select(where), quantity)
    if not len(chosen):
        return nothing(unit, f"method_{quantity}")
    interval, generalised = _size(layer, chosen, quantity)
    remarks = []
    if generalised:
        remarks.append(Reason("reason_lower_bound", {"metres": _resolution(layer, chosen)}))
    return Measurement(
        unit=unit,
        interval=interval.scaled(1 / FACTORS[unit]),
        basis="computed" if layer.file.quality.precision == "computed" else "measured",
        features=tuple(layer.feature_id(i) for i in chosen),
        method=f"method_{quantity}",
        undecided=schematic(layer, chosen),
        remarks=tuple(remarks),
    )


def count(layer: Layer, params: Counted, atlas: Atlas, unit: str) -> Measurement:
    """Number of features: exact."""
    chosen = layer.select(params.where)
    number = float(len(chosen))
    if params.distinct is not None:
        number = float(len({layer.properties[i].get(params.distinct) for i in chosen} - {None}))
    return Measurement(
        unit=unit,
        interval=Interval(number, number, number),
        basis="counted",
        features=tuple(layer.feature_id(i) for i in chosen),
        method="method_count",
    )


def total(layer: Layer, params: Summed, atlas: Atlas, unit: str) -> Measurement:
    """Sum of an attribute; `<field>_low` and `<field>_high` of a feature widen its interval."""
    chosen = with_value(layer, layer.select(params.where), params.field)
    return documented_total(layer, chosen, params.field, params.unit, "method_sum")


def value(layer: Layer, params: Valued, atlas: Atlas, unit: str) -> Measurement:
    """The attribute of the one feature that `where` leaves."""
    chosen = with_value(layer, layer.select(params.where), params.field)
    if len(chosen) > 1:
        raise InputError(
            f"layers/{layer.name}.toml: `where` leaves {len(chosen)} features with "
            f"{params.field!r}; `value` takes one: narrow `where`, or use `sum`"
        )
    return documented_total(layer, chosen, params.field, params.unit, "method_value")


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


def _size(layer: Layer, chosen: Indexes, quantity: Quantity) -> tuple[Interval, bool]:
    """Interval of a selection, group by group of equal accuracy, added up linearly."""
    value = low = high = 0.0
    coarse = False
    groups: dict[tuple[float, bool], list[int]] = {}
    for index in chosen:
        accuracy = float(layer.quality(int(index), "accuracy_m"))
        groups.setdefault((accuracy, _generalised(layer, int(index))), []).append(int(index))
    for (accuracy, generalised), members in groups.items():
        geometry = layer.geometry[np.array(members)]
        if quantity == "area":
            found = measure.area_interval(geometry, accuracy)
        else:
            found = measure.length_interval(geometry, accuracy, lower_bound=generalised)
            coarse = coarse or generalised
        value, low, high = value + found.value, low + found.low, high + found.high
    return Interval(value, low, high), coarse


def _generalised(layer: Layer, index: int) -> bool:
    if layer.quality(index, "precision") == "generalised":
        return True
    resolution = layer.quality(index, "resolution_m")
    accuracy = float(layer.quality(index, "accuracy_m"))
    return bool(resolution) and resolution > RESOLUTION_OVER_ACCURACY * accuracy


def _resolution(layer: Layer, chosen: Indexes) -> object:
    found = [layer.quality(int(i), "resolution_m") for i in chosen]
    known = [resolution for resolution in found if resolution]
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
        own = layer.properties[index]
        number = _number(layer, int(index), field)
        middle += number
        low += float(own.get(f"{field}_low", number))
        high += float(own.get(f"{field}_high", number))
    basis: Basis = "computed" if layer.file.quality.precision == "computed" else "documented"
    return Measurement(
        unit=sign,
        interval=Interval(middle, low, high),
        basis=basis,
        features=tuple(layer.feature_id(int(i)) for i in chosen),
        method=method,
    )


def _number(layer: Layer, index: int, field: str) -> float:
    number: Scalar = layer.properties[index][field]
    if isinstance(number, bool) or not isinstance(number, int | float):
        raise InputError(
            f"geo/{layer.name}.geojson: features[{index}].properties.{field} = {number!r}: "
            "is no number; write a number without quotation marks"
        )
    return float(number)
