"""What is drawn inside a chart: series, axes, reference lines and the names of these."""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import pairwise

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter, LogLocator, MaxNLocator, NullFormatter

from shekara.colour import lab
from shekara.scene.model import Kind, LegendEntry, Panel, Series, Style, Translator
from shekara.sheet.marginalia.magnitude import Magnitude, magnitude_of
from shekara.sheet.marginalia.reference import make_room, reference_label
from shekara.sheet.paper.canvas import INK
from shekara.sheet.paper.fonts import clean_text, line_mm, properties, width_mm
from shekara.sheet.paper.lines import shorten
from shekara.sheet.paper.paper import POINT_MM, Box
from shekara.sheet.paper.text import plain_letters
from shekara.sheet.symbols.palette import distinguish_styles, grey_difference
from shekara.sheet.symbols.style import HATCH_REPEAT, dashes, marker_of

LARGE = 100_000.0
MOST_NAME_ROWS = 3  # of names under an axis; more names stand upright
LONGEST_UPRIGHT = 12.0  # of the size of type: a longer upright name is cut
MOST_STACKED = 5  # series upon one another
REST = Style(color="#8a847a", fill="#d9d5cc", fixed=("hatch",))


def gathered(panel: Panel, say: Translator) -> Panel:
    """A stacked chart with at most `MOST_STACKED` series: the smallest are drawn as one.

    More colours than that nobody tells apart. The page and the book's tables have each of them.
    """
    if panel.kind != "stacked" or len(panel.series) <= MOST_STACKED:
        return panel
    ranked = sorted(panel.series, key=lambda item: -sum(y for y in item.y if y is not None))
    large, small = ranked[: MOST_STACKED - 1], ranked[MOST_STACKED - 1 :]
    totals: dict[float | str, float] = {}
    guessed: set[float | str] = set()
    for item in small:
        flags = (*item.estimated, *[False] * len(item.x))
        for x, y, flag in zip(item.x, item.y, flags, strict=False):
            if y is not None:
                totals[x] = totals.get(x, 0.0) + y
                guessed |= {x} if flag else set()
    order = list(dict.fromkeys(x for item in panel.series for x in item.x if x in totals))
    rest = Series(
        say.message("sheet_rest", count=len(small)),
        tuple(order),
        tuple(totals[x] for x in order),
        REST,
        estimated=tuple(x in guessed for x in order),
    )
    return replace(panel, series=(*(item for item in panel.series if item in large), rest))


def distinguish_series(panel: Panel) -> Panel:
    """The panel with series that look alike given hatches or dashes of their own."""
    kind: Kind = "line" if panel.kind == "line" else "polygon"
    entries = [
        LegendEntry(
            "", series.title, kind, _filled(series.style) if kind != "line" else series.style
        )
        for series in panel.series
    ]
    series = tuple(
        replace(item, style=style)
        for item, style in zip(panel.series, distinguish_styles(entries), strict=True)
    )
    return replace(panel, series=series)


def hatch_colour(style: Style) -> str:
    """A colour that is seen on the fill of a bar: its stroke's, or white or black."""
    fill = style.fill or style.color
    if grey_difference(fill, style.color) > 25:
        return style.color
    return "#ffffff" if lab(fill)[0] < 70 else "#1a1a1a"


def _filled(style: Style) -> Style:
    return replace(style, fill=style.fill or style.color, fill_opacity=1.0, dash=())


def _positions(panel: Panel) -> tuple[dict[str, int], bool]:
    """Places of categories on the x axis in order of appearance, and whether there are any."""
    texts = [x for series in panel.series for x in series.x if isinstance(x, str)]
    return {text: place for place, text in enumerate(dict.fromkeys(texts))}, bool(texts)


def draw_series(ax: Axes, panel: Panel, type_scale: float) -> None:
    """Lines with their points, bars beside or upon one another; estimates hollow or hatched."""
    places, _ = _positions(panel)
    below: dict[float, float] = {}
    bars = [series for series in panel.series if panel.kind != "line"]
    steps = sorted(
        {
            float(places.get(str(x), 0) if isinstance(x, str) else x)
            for series in bars
            for x in series.x
        }
    )
    gap = min(np.diff(steps)) if len(steps) > 1 else 1.0
    wide = 0.78 * gap / (len(bars) if panel.kind == "bars" and bars else 1)
    for turn, series in enumerate(panel.series):
        x = np.array([float(places[item]) if isinstance(item, str) else item for item in series.x])
        y = np.array([np.nan if value is None else value for value in series.y], dtype=float)
        guessed = np.array([*series.estimated, *[False] * len(x)][: len(x)], dtype=bool)
        style = series.style
        if panel.kind == "line":
            ax.plot(x, y, color=style.color, lw=style.width, ls=dashes(style), zorder=3, gid="data")
            ms = min(style.size, 4.5) * type_scale
            for mask, fill in ((~guessed, style.fill or style.color), (guessed, "#ffffff")):
                ax.plot(
                    x[mask],
                    y[mask],
                    ls="none",
                    marker=marker_of(style),
                    ms=ms,
                    mfc=fill,
                    mec=style.color,
                    mew=0.6,
                    zorder=4,
                    clip_on=False,
                )
            continue
        base = np.zeros(len(x))
        if panel.kind == "stacked":
            base = np.array([below.get(at, 0.0) for at in x])
            below |= {
                at: low + (0 if np.isnan(v) else v) for at, low, v in zip(x, base, y, strict=True)
            }
            shift = 0.0
        else:
            shift = (turn - (len(bars) - 1) / 2) * wide
        for mask, fill, hatch in (
            (~guessed, style.fill or style.color, style.hatch * HATCH_REPEAT or None),
            (guessed, "#ffffff", "/" * HATCH_REPEAT),
        ):
            mask = mask & ~np.isnan(y)  # no value is no bar
            if mask.any():
                ax.bar(
                    x[mask] + shift,
                    y[mask],
                    wide,
                    base[mask],
                    color=fill,
                    edgecolor=style.color,
                    lw=0.4,
                    hatch=hatch,
                    hatchcolor=style.color if fill == "#ffffff" else hatch_colour(style),
                    zorder=3,
                )


def set_scales(ax: Axes, panel: Panel, say: Translator) -> None:
    """Scales, ticks, numbers in the language, and the reference lines."""
    places, texts = _positions(panel)
    for reference in panel.references:
        draw = ax.axhline if reference.axis == "y" else ax.axvline
        style = reference.style
        draw(
            reference.value,
            color=style.color,
            lw=min(style.width, 1.0),
            ls=dashes(style) if style.dash else (0, (4, 2)),
            zorder=2,
        )
    if panel.y_log:
        ax.set_yscale("log")
    elif panel.y_zero:
        low, high = ax.get_ylim()
        ax.set_ylim(min(low, 0), high + 0.06 * (high - min(low, 0)))
    if not panel.y_log:
        make_room(ax, [line.value for line in panel.references if line.axis == "y" and line.title])
    if panel.x_log:
        ax.set_xscale("log")
    for side in ("top", "right"):
        ax.spines[side].set_visible(False)
    for side in ("left", "bottom"):
        ax.spines[side].set_linewidth(0.4)
        ax.spines[side].set_color(INK)
    ax.grid(axis="y", lw=0.25, color="#d0d0d0", zorder=0)
    ax.set_axisbelow(True)
    ax.tick_params(length=1.6, width=0.35, color=INK, which="major", pad=1.2)
    ax.tick_params(length=0, which="minor")
    factor = axis_magnitude(panel, say).factor
    plain = FuncFormatter(lambda value, _: say.number(round(float(value), 10)))
    scaled = FuncFormatter(lambda value, _: say.number(round(float(value) / factor, 10)))
    year = FuncFormatter(lambda value, _: str(round(value)) if value == round(value) else "")
    if panel.y_log:
        ax.yaxis.set_major_locator(LogLocator(10, subs=(1, 2, 5), numticks=9))
    else:
        ax.yaxis.set_major_locator(MaxNLocator(5, steps=[1, 2, 2.5, 5, 10]))
    ax.yaxis.set_major_formatter(scaled)
    ax.yaxis.set_minor_formatter(NullFormatter())
    ax.xaxis.set_minor_formatter(NullFormatter())
    if texts:
        ax.set_xticks(list(places.values()), list(places))
    else:
        values = [float(x) for series in panel.series for x in series.x]
        years = bool(values) and all(v == round(v) and 1000 <= v <= 2999 for v in values)
        if panel.x_log:
            ax.xaxis.set_major_locator(LogLocator(10, numticks=9))
        else:
            ax.xaxis.set_major_locator(MaxNLocator(6, integer=years, steps=[1, 2, 5, 10]))
        ax.xaxis.set_major_formatter(year if years and not panel.x_log else plain)


def axis_magnitude(panel: Panel, say: Translator) -> Magnitude:
    """What the numbers along the y axis are divided by: of values of 100,000 and more alone."""
    largest = max((abs(y) for series in panel.series for y in series.y if y), default=0.0)
    return magnitude_of(largest if largest >= LARGE else 0.0, say)


def rows_of(panel: Panel, width: float, size: float) -> int:
    """On how many rows the categories under an axis stand, so that none is left out."""
    names = list(_positions(panel)[0])
    if not names:
        return 1
    widest = max(width_mm(name, size) for name in names) + 1.0
    return max(math.ceil(widest * len(names) / max(width, 1.0)), 1)


def names_mm(panel: Panel, width: float, size: float) -> float:
    """Height of the numbers or names under an axis: in rows, or upright where they are many, mm."""
    rows = rows_of(panel, width, size)
    if rows <= MOST_NAME_ROWS:
        return rows * line_mm(size)
    widest = max(width_mm(name, size) for name in _positions(panel)[0])
    return min(widest, LONGEST_UPRIGHT * size * POINT_MM) + 1.0


def _thinned(
    ticks: list[tuple[float, str]], at: list[float], plot: Box, size: float
) -> dict[float, str]:
    """As many numbers as stand apart, at even steps."""
    for step in range(1, len(ticks) + 1):
        shown = range(0, len(ticks), step)
        room = [(at[i], width_mm(ticks[i][1], size)) for i in shown]
        if all(b[0] - a[0] > (a[1] + b[1]) / 2 + 1 for a, b in pairwise(room)):
            return {ticks[i][0]: shorten(ticks[i][1], plot.width / 2, size) for i in shown}
    return {}


def y_texts(ax: Axes) -> list[str]:
    """The numbers along the y axis."""
    low, high = ax.get_ylim()
    ticks = [tick for tick in ax.yaxis.get_major_locator()() if low <= tick <= high]
    return [str(ax.yaxis.get_major_formatter()(tick, None)) for tick in ticks]


def set_labels(ax: Axes, panel: Panel, plot: Box, width: float, size: float) -> None:
    """Numbers of the axes in the sheet's type, thinned out until they stand apart."""
    low, high = ax.get_xlim()
    ticks = [(tick, text) for tick, text in _x_ticks(ax) if low <= tick <= high]
    scale, level = ax.transAxes.inverted(), 1 if panel.y_log else 0
    at = [
        float(scale.transform(ax.transData.transform((tick, level)))[0]) * plot.width
        for tick, _ in ticks
    ]
    upright = _positions(panel)[1] and rows_of(panel, 0.8 * width, size) > MOST_NAME_ROWS
    if upright:
        step = max(math.ceil(line_mm(size) * len(ticks) / max(plot.width, 1.0)), 1)
        longest = LONGEST_UPRIGHT * size * POINT_MM
        chosen = {tick: shorten(text, longest, size) for tick, text in ticks[::step]}
    elif _positions(panel)[1]:
        rows = rows_of(panel, 0.8 * width, size)
        slot = rows * plot.width / max(len(ticks), 1) - 1.0
        chosen = {
            tick: "\n" * (place % rows) + shorten(text, slot, size)
            for place, (tick, text) in enumerate(ticks)
        }
    else:
        chosen = _thinned(ticks, at, plot, size)
    ax.set_xticks(list(chosen), list(chosen.values()))
    ax.set_xlim(low, high)
    bottom, top = ax.get_ylim()
    levels = [tick for tick in ax.yaxis.get_major_locator()() if bottom <= tick <= top]
    form = ax.yaxis.get_major_formatter()
    ax.set_yticks(levels, [clean_text(str(form(tick, None))) for tick in levels])
    ax.set_ylim(bottom, top)
    for label in [*ax.get_xticklabels(), *ax.get_yticklabels()]:
        label.set_fontproperties(properties("plain", size))
        label.set_parse_math(False)
        plain_letters(label)
    for label in ax.get_xticklabels() if upright else ():
        label.set_rotation(90)
    for reference in panel.references:
        reference_label(ax, reference.title, reference.value, reference.axis, size)


def _x_ticks(ax: Axes) -> list[tuple[float, str]]:
    form = ax.xaxis.get_major_formatter()
    ticks = list(ax.xaxis.get_major_locator()())
    texts = form.format_ticks(ticks) if hasattr(form, "format_ticks") else []
    return list(zip(ticks, texts, strict=False))
