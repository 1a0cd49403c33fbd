"""How features are drawn: the style of the layer, its classes, and sizes from attributes."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from shekara.atlas import Layer
from shekara.atlas.files import Look, StyleClass
from shekara.i18n import Translator
from shekara.scene.columns import shown
from shekara.scene.model import Hatch, Kind, LegendEntry, Style

DASHES: Mapping[str, tuple[float, ...]] = {
    "solid": (),
    "dashed": (6.0, 3.0),
    "dotted": (1.2, 2.4),
    "dashdot": (6.0, 2.4, 1.2, 2.4),
}
# Okabe and Ito's colours, safe for the colour-blind, for layers that name none.
DEFAULT_COLORS = ("#0072b2", "#e69f00", "#009e73", "#cc79a7", "#d55e00", "#56b4e9", "#f0e442")
# Beside the colours, so that neighbours differ in grey, too.
DEFAULT_HATCHES: tuple[Hatch, ...] = ("", "/", "", "\\", ".", "x", "-")
AREA_OPACITY = 0.25
THINNEST = 0.5  # points, of a flow line
SMALLEST = 3.0  # points across, of a graduated circle


@dataclass(frozen=True)
class Looks:
    """The looks of one layer on one map."""

    base: Style
    classes: tuple[tuple[StyleClass, Style], ...]
    by: str | None
    size_by: str | None
    width_by: str | None
    largest: float

    def of(self, attributes: Mapping[str, Any]) -> tuple[Style, int | None]:
        """The style of a feature, and which class it belongs to."""
        style, number = self.base, None
        for place, (table, look) in enumerate(self.classes):
            if attributes.get(self.by or "") in _values(table):
                style, number = look, place
                break
        if self.size_by:
            value = attributes.get(self.size_by)
            size = self.default_size if value is None else self.diameter(float(value))
            style = replace(style, size=size)
        if self.width_by:
            value = attributes.get(self.width_by)
            width = THINNEST if value is None else self.base.width * float(value) / self.largest
            style = replace(style, width=max(THINNEST, width))
        return style, number

    @property
    def default_size(self) -> float:
        """Diameter of a point that has no value."""
        return min(self.base.size, Style().size)

    def diameter(self, value: float) -> float:
        """Diameter of a graduated circle: its area is proportional to the value."""
        return max(SMALLEST, self.base.size * math.sqrt(max(0.0, value) / self.largest))


def looks(layer: Layer, change: Look, kind: Kind, place: int, chosen: Sequence[int]) -> Looks:
    """The looks of the chosen features: the layer's, as the map changes them."""
    table = layer.file.style
    default = Style(color=DEFAULT_COLORS[place % len(DEFAULT_COLORS)])
    base = _styled(_styled(default, table, kind), change, kind)
    classes = tuple(
        (
            style_class,
            _styled(_styled(_styled(default, table, kind), style_class, kind), change, kind),
        )
        for style_class in table.classes
    )
    size_by = table.size_by if kind == "point" else None
    width_by = table.width_by if kind == "line" else None
    field = size_by or width_by
    class_values = [layer.properties[i].get(field) for i in chosen] if field else []
    values = [float(value) for value in class_values if value is not None]
    largest = max(values, default=0.0) or 1.0
    if field and not values:
        base = replace(base, size=min(base.size, Style().size))
        classes = tuple(
            (style_class, replace(look, size=base.size)) for style_class, look in classes
        )
        size_by = width_by = None
    return Looks(base, classes, table.by, size_by, width_by, largest)


def _styled(style: Style, look: Look, kind: Kind) -> Style:
    written_keys = set(Look.model_fields)
    change: dict[str, Any] = look.model_dump(include=written_keys, exclude_none=True)
    dash = change.get("dash")
    if isinstance(dash, str):
        change["dash"] = DASHES[dash]
    elif dash is not None:
        change["dash"] = tuple(dash)
    style_value = replace(style, **change)
    if kind == "line":
        return replace(style_value, fill=None)
    if style_value.fill is None or ("color" in change and "fill" not in change):
        opacity = AREA_OPACITY if kind == "polygon" else 1.0
        style_value = replace(style_value, fill=style_value.color)
        if "fill_opacity" not in change:
            style_value = replace(style_value, fill_opacity=opacity)
    return style_value


def legend(
    layer: Layer,
    name: str,
    title: str,
    kind: Kind,
    symbology: Looks,
    used: set[int | None],
    note: str,
    say: Translator,
    *,
    named: bool,
) -> tuple[list[LegendEntry], dict[int, int]]:
    """The lines of one layer, and for every class in use the number of its line among them.

    `named` says that the map gave the layer a title of its own.
    """
    lines: list[LegendEntry] = []
    place: dict[int, int] = {}
    classes = [number for number in range(len(symbology.classes)) if number in used]
    field = symbology.size_by or symbology.width_by
    if len(classes) == 1 and None not in used and (named or field):
        # One class under the map's own title needs no heading.
        number = classes[0]
        symbology = replace(symbology, base=symbology.classes[number][1])
        lines.append(LegendEntry(name, title, kind, symbology.base, note, heading=bool(field)))
        place[number] = 0
    elif not classes:
        lines.append(LegendEntry(name, title, kind, symbology.base, note, heading=bool(field)))
    else:
        lines.append(LegendEntry(name, title, kind, symbology.base, note, heading=True))
        for number in classes:
            table, style = symbology.classes[number]
            style = replace(style, size=symbology.default_size) if symbology.size_by else style
            place[number] = len(lines)
            lines.append(LegendEntry(name, class_title(layer, table, say), kind, style))
        if None in used:
            lines.append(LegendEntry(name, say.message("other"), kind, symbology.base))
    if field:
        lines.extend(_sizes(layer, name, kind, symbology, field, say))
    return lines, place


def class_title(layer: Layer, table: StyleClass, say: Translator) -> str:
    """The class in words: its title, else its values as a reader sees them."""
    if table.title is not None:
        return say.text(table.title)
    field = layer.file.style.by or ""
    return ", ".join(shown(layer, field, value, say) for value in _values(table))


def _values(table: StyleClass) -> list[Any]:
    return table.value if isinstance(table.value, list) else [table.value]


def _sizes(
    layer: Layer, name: str, kind: Kind, symbology: Looks, field: str, say: Translator
) -> list[LegendEntry]:
    """Two or three round values with the signs that they have."""
    entries = []
    style: Callable[[float], Style] = (
        (lambda value: replace(symbology.base, size=symbology.diameter(value)))
        if symbology.size_by
        else (
            lambda value: replace(
                symbology.base, width=symbology.base.width * value / symbology.largest
            )
        )
    )
    for value in round_values(symbology.largest):
        entries.append(LegendEntry(name, shown(layer, field, value, say), kind, style(value)))
    return entries


def round_values(largest: float) -> list[float]:
    """Round values below the largest, largest first: 50, 20, 5 for 61."""
    power = 10.0 ** math.floor(math.log10(largest)) if largest > 0 else 1.0
    step = max(step for step in (1, 2, 5) if step * power <= largest * 1.0001)
    top = step * power
    values = [top, top / 2.5 if step == 5 else top / 2, top / 10]
    return [float(round(value)) if value >= 1 else value for value in values if value > 0]
