"""How features are drawn: the style of the layer, its classes, and sizes from attributes."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from shekara.atlas import Layer
from shekara.atlas.files import Look, StyleClass, StyleTable, Text, ValueLook
from shekara.atlas.style import NoData
from shekara.scene.classes import ValueClass, classes_of
from shekara.scene.columns import column, numbers
from shekara.scene.icons import outline
from shekara.scene.model import Hatch, Kind, Style

DASHES: Mapping[str, tuple[float, ...]] = {
    "solid": (),
    "dashed": (6.0, 3.0),
    "dotted": (1.2, 2.4),
    "dashdot": (6.0, 2.4, 1.2, 2.4),
}
# Okabe and Ito's colours, safe for the colour-blind, for layers that name none.
DEFAULT_COLOURS = ("#0072b2", "#e69f00", "#009e73", "#cc79a7", "#d55e00", "#56b4e9", "#f0e442")
# Beside the colours, so that neighbours differ in grey, too.
DEFAULT_HATCHES: tuple[Hatch, ...] = ("", "/", "", "\\", ".", "x", "-")
# What a sheet may change of a sign so that it is told apart from another.
TOLD_APART_BY = ("dash", "hatch", "marker")
AREA_OPACITY = 0.25
THINNEST = 0.5  # points, of a flow line
DOT = 2.2  # points across, of a dot that stands for a number
SMALLEST = 3.0  # points across, of a graduated circle
ICON = 13.0  # points across, of an icon whose size nobody says


@dataclass(frozen=True)
class Looks:
    """The looks of one layer on one map."""

    layer: Layer
    base: Style
    classes: tuple[tuple[ValueClass, Style], ...]
    by: str | None
    size_by: str | None
    width_by: str | None
    largest: float
    heading: Text | None = None  # of the classes in the legend
    unit: str | None = None
    per_dot: float | None = None  # how much a dot stands for
    dots_by: str | None = None

    def of(self, index: int) -> tuple[Style, int | None]:
        """The style of a feature, and which class it belongs to."""
        style, number = self.base, None
        if self.by and self.classes:
            value = column(self.layer, self.by, [index])[0]
            for place, (value_class, look) in enumerate(self.classes):
                if value_class.holds(value):
                    style, number = look, place
                    break
        if self.size_by:
            (size_value,) = numbers(self.layer, self.size_by, [index])
            size = self.default_size if size_value is None else self.diameter(size_value)
            style = replace(style, size=size)
        if self.width_by:
            (wide,) = numbers(self.layer, self.width_by, [index])
            width = THINNEST if wide is None else self.base.width * wide / self.largest
            style = replace(style, width=max(THINNEST, width))
        return style, number

    @property
    def default_size(self) -> float:
        """Diameter of a point that has no value."""
        return min(self.base.size, Style().size)

    def diameter(self, value: float) -> float:
        """Diameter of a graduated circle: its area is proportional to the value."""
        return max(SMALLEST, self.base.size * math.sqrt(max(0.0, value) / self.largest))


def meant(table: StyleTable, change: ValueLook) -> ValueLook:
    """What a layer's features are told apart by on a map: as the map says, else as the layer."""
    return change if change.by else table


def looks(layer: Layer, change: ValueLook, kind: Kind, place: int, chosen: Sequence[int]) -> Looks:
    """The looks of the chosen features: the layer's, as the map changes them.

    Classes are made of the values of the chosen features, so that quantiles are quantiles of
    what is seen.
    """
    table = layer.file.style
    default = Style(color=DEFAULT_COLOURS[place % len(DEFAULT_COLOURS)])
    plain = _styled(default, table, kind)
    base = _styled(plain, change, kind)
    valued = meant(table, change)
    values = column(layer, valued.by, list(chosen)) if valued.by else []
    classes = tuple(
        (value_class, _class_style(value_class, plain, table, change, kind))
        for value_class in classes_of(layer, valued, kind, values)
    )
    size_by = (change.size_by or table.size_by) if kind == "point" else None
    width_by = (change.width_by or table.width_by) if kind == "line" else None
    field = size_by or width_by
    sizes = numbers(layer, field, list(chosen)) if field else []
    largest = max((value for value in sizes if value is not None), default=0.0) or 1.0
    if field and all(value is None for value in sizes):
        base = replace(base, size=min(base.size, Style().size))
        classes = tuple((item, replace(look, size=base.size)) for item, look in classes)
        size_by = width_by = None
    dots = change if change.dots_by else table
    if (
        dots.dots_by
        and kind == "point"
        and "size" not in {*table.model_fields_set, *change.model_fields_set}
    ):
        base = replace(base, size=DOT, width=0.0)
    return Looks(
        layer, base, classes, valued.by, size_by, width_by, largest,
        valued.legend_title, valued.unit, dots.per_dot, dots.dots_by,
    )  # fmt: skip


def _class_style(
    value_class: ValueClass, plain: Style, table: Look, change: Look, kind: Kind
) -> Style:
    """A class's style: what an author wrote wins over what a scheme would add to the colour."""
    if isinstance(value_class.look, StyleClass | NoData):
        return _styled(_styled(plain, value_class.look, kind), change, kind)
    written = {*table.model_fields_set, *change.model_fields_set}
    tint = "color" if kind == "line" else "fill"
    kept = {
        key: value
        for key, value in value_class.look.model_dump(exclude_none=True).items()
        if key == tint or key not in written
    }
    rest = {key: value for key, value in change.model_dump(include=set(Look.model_fields)).items()
            if key != tint}  # fmt: skip
    return _styled(_styled(plain, Look(**kept), kind), Look(**rest), kind)


def _styled(style: Style, look: Look, kind: Kind) -> Style:
    change = look.model_dump(include=set(Look.model_fields), exclude_none=True)
    fixed = set(style.fixed)
    distinguish = change.pop("distinguish", None)
    if distinguish is not None:
        fixed = set() if distinguish else set(TOLD_APART_BY)
    fixed |= {key for key in TOLD_APART_BY if key in change}
    icon = change.pop("icon", None)
    if icon is not None:
        change = {"width": 0.0, "size": ICON, **change, "marker": outline(icon)}
        fixed.add("marker")
    dash = change.get("dash")
    if isinstance(dash, str):
        change["dash"] = DASHES[dash]
    elif dash is not None:
        change["dash"] = tuple(dash)
    style_value = replace(style, **change, fixed=tuple(sorted(fixed)))
    if kind == "line":
        return replace(style_value, fill=None)
    if style_value.fill is None or ("color" in change and "fill" not in change):
        opacity = AREA_OPACITY if kind == "polygon" else 1.0
        style_value = replace(style_value, fill=style_value.color)
        if "fill_opacity" not in change:
            style_value = replace(style_value, fill_opacity=opacity)
    return style_value
