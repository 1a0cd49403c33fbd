"""Charts beside a map, from the attributes of its layers."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from shekara.atlas import Atlas, Layer
from shekara.atlas.files import Panel as PanelTable
from shekara.atlas.files import ValueLook
from shekara.i18n import Translator
from shekara.scene.columns import column, known_decimals, number, numbers, shown, title
from shekara.scene.looks import DEFAULT_COLOURS, DEFAULT_HATCHES, looks
from shekara.scene.model import Kind, Panel, Reference, Series, Style
from shekara.where import matches

FIGURES = 4  # of the numbers that are read out
STATED = Style(color="#8a1c1c", dash=(5.0, 3.0), width=1.2)


def panel(table: PanelTable, atlas: Atlas, say: Translator) -> Panel:
    """A chart resolved for one language: values summed per place on x and per series."""
    layer = atlas.layers[table.layer]
    chosen = [int(i) for i in layer.select(table.where)]
    xs = column(layer, table.x, chosen, say)
    ys = [_known(layer, table.y, index) for index in chosen]
    keep = [n for n, (x, y) in enumerate(zip(xs, ys, strict=True)) if x is not None]
    chosen, xs = [chosen[n] for n in keep], [xs[n] for n in keep]
    ys = [ys[n] for n in keep]
    places = list(dict.fromkeys(xs))
    if all(isinstance(x, int | float) for x in places):
        places.sort(key=lambda x: number(x) or 0.0)
    nobody: list[object] = [None] * len(chosen)
    groups = column(layer, table.by, chosen, say) if table.by else nobody
    cells = _Cells(layer, chosen, xs, ys, groups, places)
    series = tuple(
        _series(table, cells, group, number, say)
        for number, group in enumerate(dict.fromkeys(groups))
    )
    references = tuple(
        Reference(line.value, say.text(line.title), STATED, line.axis) for line in table.reference
    )
    y_title = say.text(table.y_title) if table.y_title else title(layer, table.y, say, unit=True)
    chart = Panel(
        kind=table.kind,
        title=say.text(table.title),
        x_title=say.text(table.x_title) if table.x_title else title(layer, table.x, say, unit=True),
        y_title=y_title,
        series=series,
        references=references,
        x_log=table.x_log,
        y_log=table.y_log,
        y_zero=table.y_zero,
        note=say.text(table.note or ""),
        layer=table.layer,
    )
    info = layer.file.field.get(table.x)
    years = info is not None and info.kind == "year"
    return replace(chart, alt=_alt(chart, say, info.unit or "" if info is not None else "", years))


def _known(layer: Layer, name: str, index: int) -> float | None:
    """A number of a feature; of a measured one what is known."""
    (value,) = numbers(layer, name, [index])
    decimals = known_decimals(layer, name, index)
    return value if value is None or decimals is None else round(value, decimals)


@dataclass(frozen=True)
class _Cells:
    """What a chart is drawn of: a cell of each list for each of the chosen features."""

    layer: Layer
    chosen: list[int]
    xs: list[object]
    ys: list[float | None]
    groups: list[object]
    places: list[object]  # on x, in order


def _series(
    table: PanelTable, cells: _Cells, group: object, number: int, say: Translator
) -> Series:
    members = [n for n in range(len(cells.chosen)) if cells.groups[n] == group]
    at: dict[object, list[int]] = {}
    for n in members:
        at.setdefault(cells.xs[n], []).append(n)
    wanted = [x for x in cells.places if x in at] if table.kind == "line" else cells.places
    layer, chosen = cells.layer, cells.chosen
    values: list[float | None] = []
    labels: list[str] = []
    guessed: list[bool] = []
    for x in wanted:
        known = [y for n in at.get(x, []) if (y := cells.ys[n]) is not None]
        values.append(sum(known) if known else None)
        first = at[x][0] if x in at else None
        labels.append(_label(table, layer, chosen[first], say) if first is not None else "")
        guessed.append(
            bool(table.estimated)
            and any(matches(layer.properties[chosen[n]], table.estimated) for n in at.get(x, []))
        )
    return Series(
        title=_said(cells, table.by, group, say) if table.by else say.text(table.title),
        x=_positions(table, cells, wanted, say),
        y=tuple(values),
        style=_series_style(table, cells, members, number),
        labels=tuple(labels) if table.label else (),
        estimated=tuple(guessed) if any(guessed) else (),
    )


def _positions(
    table: PanelTable, cells: _Cells, wanted: list[object], say: Translator
) -> tuple[float | str, ...]:
    """Numbers along an axis of a line chart, words beneath the bars of another one."""
    numbers = [float(x) for x in wanted if isinstance(x, int | float)]
    if table.kind == "line" and all(isinstance(x, int | float) for x in cells.places):
        return tuple(numbers)
    return tuple(_said(cells, table.x, x, say) for x in wanted)


def _said(cells: _Cells, field: str, value: object, say: Translator) -> str:
    """A value in words: those of its field, else the title of the class that it alone makes."""
    layer = cells.layer
    info = layer.file.field.get(field)
    if layer.file.style.by == field and (info is None or str(value) not in info.values):
        for class_, _ in looks(layer, ValueLook(), "polygon", 0, cells.chosen).classes:
            if class_.values == (value,) and getattr(class_.look, "title", None) is not None:
                return class_.title(layer, field, say)
    return shown(layer, field, value, say)


def _series_style(table: PanelTable, cells: _Cells, members: list[int], number: int) -> Style:
    """The look of the layer's class that a series is, else one of the usual colours."""
    kind: Kind = "line" if table.kind == "line" else "polygon"
    symbology = looks(cells.layer, ValueLook(), kind, number, cells.chosen)
    style, class_ = symbology.base, None
    if members and table.by:
        style, class_ = symbology.of(cells.chosen[members[0]])
    if table.by and (class_ is None or table.by != cells.layer.file.style.by):
        colour = DEFAULT_COLOURS[number % len(DEFAULT_COLOURS)]
        hatch = DEFAULT_HATCHES[(number + number // len(DEFAULT_COLOURS)) % len(DEFAULT_HATCHES)]
        style = replace(style, color=colour, fill=colour, fill_opacity=0.9, hatch=hatch)
    return style


def _label(table: PanelTable, layer: Layer, index: int, say: Translator) -> str:
    if not table.label:
        return ""
    value = column(layer, table.label, [index], say)[0]
    if value is None:
        return ""
    return shown(layer, table.label, value, say, known_decimals(layer, table.label, index))


def _alt(chart: Panel, say: Translator, x_unit: str, years: bool) -> str:
    """What the chart shows, from its data: how many values, the least and the most."""
    cells = [
        (x, y, series_row.title)
        for series_row in chart.series
        for x, y in zip(series_row.x, series_row.y, strict=True)
        if y is not None
    ]
    if not cells:
        return chart.title
    one_place = len({x for x, _, _ in cells}) == 1
    several = len(chart.series) > 1

    def at(x: float | str, title: str) -> str:
        if one_place and several:
            return title  # where all bars stand at one place, the series tells them apart
        place = x if isinstance(x, str) else f"{x:g}" if years else say.quantity(x, x_unit)
        return f"{place}; {title}" if several else place

    low, high = min(cells, key=lambda cell: cell[1]), max(cells, key=lambda cell: cell[1])
    return say.message(
        "alt_panel",
        title=chart.title,
        count=len(cells),
        axis=chart.y_title,
        low=say.number(_few_figures(low[1])),
        low_at=at(low[0], low[2]),
        high=say.number(_few_figures(high[1])),
        high_at=at(high[0], high[2]),
    )


def _few_figures(value: float) -> float:
    """What a listener can take in: four figures, and no more than one decimal.

    >>> _few_figures(21303590.4), _few_figures(14.579)
    (21300000.0, 14.6)
    """
    figures = FIGURES - 1 - math.floor(math.log10(abs(value))) if value else 0
    return round(value, min(1, figures))
