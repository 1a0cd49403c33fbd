"""[multiples] of a map held beside its layers: years that something has, values that there are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from shekara.atlas.files import MapLayer, MultiplesTable
from shekara.atlas.model import Atlas, Layer, Map
from shekara.errors import Problem
from shekara.spelling import listed, way_out
from shekara.where import Scalar, matches

FEWEST, MOST = 2, 12  # small maps side by side


def multiples_problems(atlas: Atlas, item: Map, label: str) -> Iterator[Problem]:
    """What is wrong in [multiples] of a map; `label` names its file."""
    table = item.file.multiples
    if table is None:
        return
    if (table.years is None) == (table.field is None):
        rule = "has both years and field" if table.years else "has neither years nor field"
        remedy = 'write years = [1960, 1990], or field = "..." with of = "LAYER"'
        yield Problem(label, "multiples", _written(table), rule, remedy)
    elif table.years is not None:
        yield from _years(atlas, item, table, label)
    else:
        yield from _values(atlas, item, table, label)


def _written(table: MultiplesTable) -> str:
    return ", ".join(sorted(table.model_fields_set)) or "{}"


def _years(atlas: Atlas, item: Map, table: MultiplesTable, label: str) -> Iterator[Problem]:
    yield from _twice(table.years or [], "multiples.years", label)
    for key in ("of", "values"):
        if getattr(table, key) is not None:
            value = repr(getattr(table, key))
            yield Problem(label, f"multiples.{key}", value, "belongs to field, not to years",
                          "delete it, or write field in place of years")  # fmt: skip
    if item.file.sheet.year is not None:
        rule, remedy = "is one year, while [multiples] has several", "delete one of the two"
        yield Problem(label, "sheet.year", repr(item.file.sheet.year), rule, remedy)
    names = [entry.layer for entry in item.layers]
    if all(name in atlas.layers and atlas.layers[name].file.time is None for name in names):
        yield Problem(label, "multiples.years", repr(table.years),
                      "shows the same map each time: no layer of it has years",
                      "give a layer of it [time] with from or to, or use field")  # fmt: skip


def _values(atlas: Atlas, item: Map, table: MultiplesTable, label: str) -> Iterator[Problem]:
    layers = {entry.layer for entry in item.layers}
    if table.of is None:
        remedy = f'write of = "LAYER": one of {listed(sorted(layers))}'
        yield Problem(label, "multiples.field", repr(table.field), "is of no layer", remedy)
        return
    if table.of not in layers:
        remedy = way_out(table.of, layers)
        yield Problem(label, "multiples.of", repr(table.of), "is no layer of this map", remedy)
        return
    if table.of not in atlas.layers:
        return  # its own file is at fault
    layer = atlas.layers[table.of]
    if table.field not in layer.fields:
        remedy = way_out(table.field or "", layer.fields)
        yield Problem(label, "multiples.field", repr(table.field), "is no attribute of the layer",
                      remedy)  # fmt: skip
        return
    there = values_there(layer, item, table)
    if table.values is None and not FEWEST <= len(there) <= MOST:
        rule = f"has {len(there)} values on this map, and small maps are {FEWEST} to {MOST}"
        yield Problem(label, "multiples.field", repr(table.field), rule,
                      "name those to show in values, or take another field")  # fmt: skip
    yield from _twice(table.values or [], "multiples.values", label)
    for value in table.values or ():
        if not any(matches({table.field: other}, {table.field: value}) for other in there):
            names = [str(other) for other in there]
            yield Problem(label, "multiples.values", repr(value),
                          f"is no value of {table.field!r} on this map",
                          way_out(str(value), names))  # fmt: skip


def _twice(values: list[int] | list[Scalar], key: str, label: str) -> Iterator[Problem]:
    if twice := [value for value in values if values.count(value) > 1]:  # type: ignore[arg-type]
        yield Problem(label, key, repr(twice[0]), "is there twice", "delete one")


def values_there(layer: Layer, item: Map, table: MultiplesTable) -> list[Scalar]:
    """The values of the field that features on the map have: numbers in order, then texts."""
    seen: set[Scalar] = set()
    for entry in item.layers:
        if entry.layer == layer.name:
            seen |= set(_scalars(layer, entry, table.field or ""))
    return sorted(seen, key=lambda value: (isinstance(value, str), value))


def _scalars(layer: Layer, entry: MapLayer, field: str) -> Iterator[Scalar]:
    for index in layer.select(entry.where):
        attributes: Mapping[str, object] = layer.properties[index]
        value = attributes.get(field)
        if isinstance(value, str | int | float) and layer.geometry[index] is not None:
            yield value
