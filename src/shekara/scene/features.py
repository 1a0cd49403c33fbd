"""Features of a scene: names, labels, rows and years in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from shekara.atlas import Layer
from shekara.atlas.files import MapLayer
from shekara.i18n import Translator
from shekara.scene import columns
from shekara.scene.model import Feature, Style


def feature(
    layer: Layer, index: int, entry: MapLayer, say: Translator, seen: dict[str, int], style: Style
) -> Feature:
    """One feature as a map entry shows it; its legend line is set when the legend is complete."""
    own = layer.properties[index]
    name = columns.feature_name(own, say)
    table = layer.file.style
    label = entry.label if entry.label is not None else table.label
    rank = own.get(table.rank, 5) if isinstance(table.rank, str) else table.rank or 5
    time = layer.file.time
    return Feature(
        id=unique(layer.feature_id(index), seen, "~"),
        geometry=layer.geometry[index],
        name=name,
        style=style,
        label=_label(layer, index, label, name, say),
        rank=int(rank) if isinstance(rank, int | float) else 5,
        rows=columns.rows(layer, index, say),
        start=_year(own, time.from_ if time else None),
        end=_year(own, time.to if time else None),
        names=_names(own),
    )


def _label(layer: Layer, index: int, label: str | bool | None, name: str, say: Translator) -> str:
    if not isinstance(label, str):
        return ""
    if label == "name":
        return name
    own = layer.properties[index]
    value = own.get(f"{label}_{say.lang}", columns.column(layer, label, [index])[0])
    return "" if value is None else columns.shown(layer, label, value, say)


def _names(own: Mapping[str, Any]) -> tuple[str, ...]:
    found = [str(v) for k, v in own.items() if (k == "name" or k.startswith("name_")) and v]
    return tuple(dict.fromkeys(found))


def _year(own: Mapping[str, Any], key: str | None) -> float | None:
    value = own.get(key) if key else None
    return float(value) if value is not None else None


def unique(name: str, seen: dict[str, int], mark: str = "-") -> str:
    """A name that was not seen yet: the second gets a 2."""
    seen[name] = seen.get(name, 0) + 1
    return name if seen[name] == 1 else f"{name}{mark}{seen[name]}"
