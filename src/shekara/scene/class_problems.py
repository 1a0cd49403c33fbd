"""What is wrong with classes when they are held beside the values that they are made of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import shapely

from shekara.atlas import Atlas, Layer
from shekara.atlas.files import ValueLook
from shekara.errors import Problem
from shekara.scene.classes import is_number
from shekara.scene.columns import MEASURED_UNITS, column
from shekara.scene.dots import MOST_DOTS, count_of

EXAMPLE = 40  # letters of a wrong value that are shown


def class_problems(atlas: Atlas) -> Iterator[Problem]:
    """Classes that cannot be made: of each layer's own style, and of each layer on a map."""
    for layer in atlas.layers.values():
        every = list(range(len(layer.properties)))
        yield from look_problems(layer, layer.file.style, every, f"layers/{layer.name}.toml")
    for item in atlas.maps.values():
        for entry in item.layers:
            layer_of_entry = atlas.layers.get(entry.layer)
            if layer_of_entry is not None and (entry.style.by or entry.style.dots_by):
                chosen = [int(index) for index in layer_of_entry.select(entry.where)]
                label, place = f"maps/{item.name}.toml", f"layers ({entry.layer})."
                yield from look_problems(layer_of_entry, entry.style, chosen, label, place)


def look_problems(
    layer: Layer, look: ValueLook, chosen: Sequence[int], label: str, place: str = ""
) -> Iterator[Problem]:
    """Values that a scheme cannot put into classes, and dots that nobody could count."""
    if look.dots_by and chosen and _exists(layer, look.dots_by):
        yield from _dots(layer, look, chosen, label, f"{place}style.per_dot")
    if look.way is None or not look.by or not chosen or not _exists(layer, look.by):
        return
    values = column(layer, look.by, list(chosen))
    known = [value for value in values if value is not None]
    key = f"{place}style.by"
    if not known:
        rule = f"has no value in any of the {len(values)} features: nothing can be classed"
        yield Problem(label, key, repr(look.by), rule, "choose a field with values")
        return
    if look.way == "categories":
        return
    wrong = next((index for index, v in zip(chosen, values, strict=True)
                  if v is not None and not is_number(v)), None)  # fmt: skip
    if wrong is not None:
        value = repr(layer.properties[wrong].get(look.by))[:EXAMPLE]
        rule = f"holds no numbers ({value} in features[{wrong}]), and {look.way} needs them"
        remedy = 'write numbers without quotation marks, or scheme = "categories"'
        yield Problem(label, key, repr(look.by), rule, remedy)
        return
    different = len(set(known))
    if look.k is not None and look.k > different:
        values_are = "value" if different == 1 else "different values"
        rule = f"is more than there are values: {look.by!r} has {different} {values_are}"
        remedy = f"write k = {different}" if different > 1 else "leave scheme and k out"
        yield Problem(label, f"{place}style.k", str(look.k), rule, remedy)


def _exists(layer: Layer, field: str) -> bool:
    """Whether the layer has the field; that it has not is said elsewhere."""
    return field in layer.fields or field == "name" or field in MEASURED_UNITS


def _dots(
    layer: Layer, look: ValueLook, chosen: Sequence[int], label: str, key: str
) -> Iterator[Problem]:
    values = column(layer, look.dots_by or "", list(chosen))
    numbers = [value for value in values if is_number(value)]
    if any(value < 0 for value in numbers):
        rule = f"cannot be counted in dots: {look.dots_by!r} has negative values"
        yield Problem(label, key, str(look.per_dot), rule, "choose a field that counts something")
        return
    total = sum(count_of(value, look.per_dot or 1.0) for value in numbers)
    if total > MOST_DOTS or total == 0:
        much = "no dot at all" if total == 0 else f"{total} dots, more than the {MOST_DOTS} allowed"
        advice = "smaller" if total == 0 else "larger"
        yield Problem(label, key, str(look.per_dot), f"makes {much}", f"write a {advice} number")
    if all(g is None or shapely.get_dimensions(g) < 2 for g in layer.geometry[list(chosen)]):
        rule = "needs areas, in which the dots lie"
        yield Problem(label, key, str(look.per_dot), rule, "leave dots_by out for points and lines")
