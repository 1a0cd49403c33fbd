"""Features of a scene: names, labels, rows and years in the reader's language."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

import shapely

from shekara.atlas import Layer
from shekara.atlas.files import MapLayer
from shekara.i18n import Translator
from shekara.scene import columns
from shekara.scene.model import Feature, Style


def feature(
    layer: Layer,
    index: int,
    entry: MapLayer,
    say: Translator,
    names: Names,
    style: Style,
    source: Callable[[str], str] = str,
) -> Feature:
    """One feature as a map entry shows it; its legend line is set when the legend is complete.

    `source` gives the title of a source by its id.
    """
    attributes = layer.properties[index]
    name = columns.feature_name(attributes, say)
    table = layer.file.style
    label = entry.label if entry.label is not None else table.label
    rank = attributes.get(table.rank, 5) if isinstance(table.rank, str) else table.rank or 5
    time = layer.file.time
    return Feature(
        id=names.unique(layer.feature_id(index), "~"),
        geometry=layer.geometry[index],
        name=name,
        style=style,
        label=_label(layer, index, label, name, say),
        amount=_label(layer, index, _sized_by(layer, index, entry), "", say),
        rank=int(rank) if isinstance(rank, int | float) else 5,
        label_size=table.label_size,
        label_places=label_places(table.label_place),
        rows=columns.rows(layer, index, say, source),
        start=_year(attributes, time.from_ if time else None),
        end=_year(attributes, time.to if time else None),
        names=_names(attributes),
    )


def _sized_by(layer: Layer, index: int, entry: MapLayer) -> str | None:
    """The field for which the size of a feature stands: of a point's sign, of a line's width."""
    table = layer.file.style
    if shapely.get_dimensions(layer.geometry[index]) == 1:
        return entry.style.width_by or table.width_by
    return entry.style.size_by or table.size_by


def label_unit(layer: Layer, entry: MapLayer, say: Translator) -> str:
    """The unit of what a map writes beside a layer's features: of their label, else of what their
    size stands for; "" where those are no numbers of a unit."""
    table = layer.file.style
    label = entry.label if entry.label is not None else table.label
    fields = (label if isinstance(label, str) else None, entry.style.size_by or table.size_by)
    return next(
        (unit for name in fields if name and (unit := columns.unit_of(layer, name, say))), ""
    )


def label_places(places: str | Sequence[str] | None) -> tuple[tuple[int, int], ...]:
    """Places around a point in steps east and north of it.

    >>> label_places(["above", "below left"])
    ((0, 1), (-1, -1))
    """
    listed = [places] if isinstance(places, str) else places or ()
    words = [place.split() for place in listed]
    return tuple(
        (("right" in word) - ("left" in word), ("above" in word) - ("below" in word))
        for word in words
    )


def _label(layer: Layer, index: int, label: str | bool | None, name: str, say: Translator) -> str:
    if not isinstance(label, str):
        return ""
    if label == "name":
        return name
    attributes = layer.properties[index]
    value = attributes.get(f"{label}_{say.lang}", columns.column(layer, label, [index])[0])
    if value is None:
        return ""
    return columns.shown(layer, label, value, say, columns.known_decimals(layer, label, index))


def _names(attributes: Mapping[str, object]) -> tuple[str, ...]:
    result = [
        str(v)
        for index, v in attributes.items()
        if (index == "name" or index.startswith("name_")) and v
    ]
    return tuple(dict.fromkeys(result))


def _year(attributes: Mapping[str, object], key: str | None) -> float | None:
    value = attributes.get(key) if key else None
    return float(value) if isinstance(value, str | int | float) else None


class Names:
    """Names given out once each; those that an atlas gave itself are never taken by others."""

    def __init__(self, given: Iterable[str] = ()):
        self._given = frozenset(given)
        self._taken: set[str] = set()

    def unique(self, name: str, mark: str = "-") -> str:
        """The name, or with the first number from 2 on that makes it one of its own."""
        chosen, number = name, 2
        while chosen in self._taken or (chosen != name and chosen in self._given):
            chosen, number = f"{name}{mark}{number}", number + 1
        self._taken.add(chosen)
        return chosen
