"""One colour for a thing: a chart draws what the map draws in the colour that it has there."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from shekara.scene.looks import DEFAULT_COLOURS
from shekara.scene.model import LegendEntry, Panel, SceneLayer, Series, Style

# For a thing that the map does not show, where the map has all other colours.
GREYS = ("#7d776d", "#b3ada2", "#57524a")


def recoloured(
    panels: Iterable[Panel], layers: Sequence[SceneLayer], legend: Sequence[LegendEntry]
) -> tuple[Panel, ...]:
    """Charts whose series look as the things of the same name on the map.

    A thing has a colour of its own where the legend names it, or where nothing else on the map is
    drawn in it. A series that has not, and whose usual colour belongs to such a thing of the same
    chart, takes the next colour that is free; of the legend, too, where the chart shows a thing
    of the map.
    """
    known = _own_looks(layers, legend)
    return tuple(
        _panel(panel, known, _others(panel, legend))
        if len(panel.series) > 1
        else _bars(panel, layers, legend)
        for panel in panels
    )


def _others(panel: Panel, legend: Sequence[LegendEntry]) -> set[str]:
    """The colours in which the map draws what is of another layer than a chart."""
    return {
        shade(entry.style)
        for entry in legend
        if not entry.heading and _first_use(entry.layer) != panel.layer
    }


def _first_use(layer: str) -> str:
    """The atlas's name of a layer: one that a map uses again has a number after it."""
    return re.sub(r"-\d+$", "", layer)


def _bars(panel: Panel, layers: Sequence[SceneLayer], legend: Sequence[LegendEntry]) -> Panel:
    """A chart of one series whose bars are classes or features of its layer.

    Each bar looks as its class in the legend, else as the feature of its name on the map.
    """
    looks = {
        feature.name: feature.style
        for layer in layers
        if _first_use(layer.name) == panel.layer and not layer.basemap and layer.kind == "polygon"
        for feature in layer.features
        if feature.style.fill
    } | {
        entry.title: entry.style
        for entry in legend
        if entry.kind == "polygon" and not entry.heading and _first_use(entry.layer) == panel.layer
    }
    series = tuple(
        replace(item, looks=tuple(looks[str(x)] for x in item.x))
        if item.x and all(str(x) in looks for x in item.x)
        else item
        for item in panel.series
    )
    return panel if panel.kind == "line" else replace(panel, series=series)


def shade(style: Style) -> str:
    """The colour that a thing is known by: of its filling, else of its line."""
    return style.fill or style.color


def _own_looks(layers: Sequence[SceneLayer], legend: Sequence[LegendEntry]) -> dict[str, Style]:
    named: dict[str, list[Style]] = {}
    bearers: dict[str, set[str]] = {}
    for layer in layers:
        for feature in () if layer.basemap else layer.features:
            named.setdefault(feature.name, []).append(feature.style)
            bearers.setdefault(shade(feature.style), set()).add(feature.name)
    unique = {
        name: styles[0]
        for name, styles in named.items()
        if name and all(bearers[shade(style)] == {name} for style in styles)
    }
    entries: dict[str, list[Style]] = {}
    for entry in legend:
        if not entry.heading:
            entries.setdefault(entry.title, []).append(entry.style)
    by_legend = {
        title: styles[0]
        for title, styles in entries.items()
        if len({shade(style) for style in styles}) == 1
    }
    return unique | by_legend


def _panel(panel: Panel, known: Mapping[str, Style], shown: Collection[str]) -> Panel:
    taken = {shade(known[s.title]) for s in panel.series if s.title in known}
    taken |= set(shown) if taken else set()
    free = [colour for colour in (*DEFAULT_COLOURS, *GREYS) if colour not in taken]
    usual = {shade(s.style) for s in panel.series if s.title not in known}
    free = [colour for colour in free if colour not in usual]
    series: list[Series] = []
    for plotted in panel.series:
        look = plotted.style
        if plotted.title in known:
            look = _as(known[plotted.title], look, lines=panel.kind == "line")
        elif shade(look) in taken and free:
            colour = free.pop(0)
            look = replace(look, color=colour, fill=colour, hatch="")
        series.append(replace(plotted, style=look))
    return replace(panel, series=tuple(series))


def _as(thing: Style, usual: Style, *, lines: bool) -> Style:
    """The look of a thing in a chart; a line has the colour that the thing is known by."""
    colour = shade(thing) if lines else thing.color
    return replace(usual, color=colour, fill=shade(thing), hatch=thing.hatch)
