"""Charts beside a map: lines, bars and stacked bars, with reference lines and estimates marked."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter, LogLocator, MaxNLocator, NullFormatter

from shekara.scene.model import Panel, Series
from shekara.sheet.canvas import GREY, INK, Canvas
from shekara.sheet.ink import Ink, plain_letters
from shekara.sheet.legend import HATCH_REPEAT, HEADING_PT, MARKERS, SMALL_PT, dashes
from shekara.sheet.letters import (
    ASCENT,
    DESCENT,
    check_glyphs,
    line_mm,
    properties,
    shorten,
    width_mm,
    wrap,
)
from shekara.sheet.page import POINT_MM, Box
from shekara.words import number

PLOT_SHAPE = 0.52  # height of the plot, of its width


@dataclass(frozen=True)
class Chart:
    """A panel as a block."""

    panel: Panel
    lang: str
    keep: bool = False
    stretch: float = 0.35
    lead: float = 2.2

    def _key(self) -> list[tuple[str, Any]]:
        """Titles of series and references that need a sign."""
        shown: list[tuple[str, Any]] = [
            (series.title, series) for series in self.panel.series if series.title
        ]
        return shown if len(shown) > 1 else []

    def _key_lines(self, width: float, k: float) -> list[list[tuple[str, Any]]]:
        lines: list[list[tuple[str, Any]]] = [[]]
        used = 0.0
        for title, what in self._key():
            short = shorten(title, width - 6 * k, SMALL_PT * k)
            need = 6 * k + width_mm(short, SMALL_PT * k) + 3 * k
            if lines[-1] and used + need > width:
                lines.append([])
                used = 0.0
            lines[-1].append((short, what))
            used += need
        return lines if lines[0] else []

    def _above(self, width: float, k: float) -> float:
        """Height of the title, the key and the title of the y axis, mm."""
        title = len(wrap(self.panel.title, width, HEADING_PT * k, "bold"))
        small = len(self._key_lines(width, k)) + (1 if self.panel.y_title else 0)
        return title * line_mm(HEADING_PT * k) + small * line_mm(SMALL_PT * k) + 1.2 * k

    def _below(self, width: float, k: float) -> float:
        """Height of the numbers and title of the x axis and of the note, mm."""
        small = 1 + (1 if self.panel.x_title else 0) + len(self._note(width, k))
        return small * line_mm(SMALL_PT * k) + 2.0 * k

    def height(self, width: float, k: float) -> float:
        """Title, key, plot, titles of the axes and note, mm."""
        plot = min(PLOT_SHAPE * width, 42 * k)
        return self._above(width, k) + plot + self._below(width, k)

    def draw(self, canvas: Canvas, box: Box, k: float) -> None:
        """Draw the chart; the plot takes the height that the words leave."""
        panel, size = self.panel, SMALL_PT * k
        y = box.top - (ASCENT + 0.12) * HEADING_PT * k * POINT_MM
        with canvas.tagged("H2"):
            for line in wrap(panel.title, box.width, HEADING_PT * k, "bold"):
                canvas.text(box.x, y, line, HEADING_PT * k, "bold")
                y -= line_mm(HEADING_PT * k)
        with canvas.tagged("Figure", panel.alt or panel.title):
            for entries in self._key_lines(box.width, k):
                x = box.x
                for title, series in entries:
                    _draw_key(canvas, Box(x, y - 0.2 * k, 4.6 * k, 2 * k), series, panel.kind)
                    canvas.text(x + 6 * k, y, title, size)
                    x += 9 * k + width_mm(title, size)
                y -= line_mm(size)
            if panel.y_title:
                text = shorten(panel.y_title, box.width, size, "slanted")
                canvas.text(box.x, y, text, size, "slanted", color=GREY)
            bottom = box.y + self._below(box.width, k)
            high = box.top - self._above(box.width, k) - bottom
            self._plot(canvas, Box(box.x, bottom, box.width, high), k)
        y = box.y + 0.8 * k + DESCENT * size * POINT_MM
        with canvas.tagged("P" if panel.note else "Artifact"):
            for line in reversed(self._note(box.width, k)):
                canvas.text(box.x, y, line, size, "slanted", color=GREY)
                y += line_mm(size)

    def _note(self, width: float, k: float) -> list[str]:
        return wrap(self.panel.note, width, SMALL_PT * k, "slanted")

    def _plot(self, canvas: Canvas, box: Box, k: float) -> None:
        page, size = canvas.page, SMALL_PT * k
        ax = Axes(canvas.figure, (0, 0, 1, 1), label=f"panel: {self.panel.title}")
        canvas.figure.add_axes(ax)
        canvas.place(ax)
        _draw_series(ax, self.panel, k)
        _set_scales(ax, self.panel, self.lang)
        left = max((width_mm(text, size) for text in _y_texts(ax)), default=0) + 2.2 * k
        right = 0.3 * k
        plot = box.shrink(left, 0, right, 0)
        ax.set_position(
            (
                plot.x / page.width,
                plot.y / page.height,
                plot.width / page.width,
                plot.height / page.height,
            )
        )
        _set_labels(ax, self.panel, plot, size)
        if self.panel.x_title:
            text = shorten(self.panel.x_title, box.width, size, "slanted")
            canvas.text(
                box.right,
                plot.y - 1.2 * k - 2 * line_mm(size) + DESCENT * size * POINT_MM,
                text,
                size,
                "slanted",
                color=GREY,
                ha="right",
            )


def _draw_key(canvas: Canvas, box: Box, series: Series, kind: str) -> None:
    style, middle = series.style, box.y + box.height / 2
    if kind == "line":
        canvas.line(
            [box.x, box.right], [middle, middle], style.width, style.color, ls=dashes(style)
        )
    else:
        canvas.rectangle(
            box.x,
            box.y,
            box.width,
            box.height,
            fill=style.fill or style.color,
            edge=style.color,
            line=0.3,
            hatch=style.hatch * HATCH_REPEAT or None,
        )


def _positions(panel: Panel) -> tuple[dict[str, int], bool]:
    """Places of categories on the x axis in order of appearance, and whether there are any."""
    texts = [x for series in panel.series for x in series.x if isinstance(x, str)]
    return {text: place for place, text in enumerate(dict.fromkeys(texts))}, bool(texts)


def _draw_series(ax: Any, panel: Panel, k: float) -> None:
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
            ax.plot(x, y, color=style.color, lw=style.width, ls=dashes(style), zorder=3)
            ms = min(style.size, 4.5) * k
            for mask, fill in ((~guessed, style.fill or style.color), (guessed, "#ffffff")):
                ax.plot(
                    x[mask],
                    y[mask],
                    ls="none",
                    marker=MARKERS[style.marker],
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
            if mask.any():
                ax.bar(
                    x[mask] + shift,
                    np.nan_to_num(y[mask]),
                    wide,
                    base[mask],
                    color=fill,
                    edgecolor=style.color,
                    lw=0.4,
                    hatch=hatch,
                    zorder=3,
                )


def _set_scales(ax: Any, panel: Panel, lang: str) -> None:
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
    plain = FuncFormatter(lambda value, _: number(round(float(value), 10), lang))
    year = FuncFormatter(lambda value, _: str(round(value)) if value == round(value) else "")
    if panel.y_log:
        ax.yaxis.set_major_locator(LogLocator(10, subs=(1, 2, 5), numticks=9))
    else:
        ax.yaxis.set_major_locator(MaxNLocator(5, steps=[1, 2, 2.5, 5, 10]))
    ax.yaxis.set_major_formatter(plain)
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


def _y_texts(ax: Any) -> list[str]:
    low, high = ax.get_ylim()
    ticks = [tick for tick in ax.yaxis.get_major_locator()() if low <= tick <= high]
    return [str(ax.yaxis.get_major_formatter()(tick, None)) for tick in ticks]


def _set_labels(ax: Any, panel: Panel, plot: Box, size: float) -> None:
    """Numbers of the axes in the sheet's type, thinned out until they stand apart."""
    low, high = ax.get_xlim()
    ticks = [(tick, text) for tick, text in _x_ticks(ax) if low <= tick <= high]
    scale = ax.transAxes.inverted()
    at = [
        float(scale.transform(ax.transData.transform((tick, 1 if panel.y_log else 0)))[0])
        * plot.width
        for tick, _ in ticks
    ]
    for step in range(1, len(ticks) + 1):
        shown = range(0, len(ticks), step)
        room = [(at[i], width_mm(shorten(ticks[i][1], plot.width / 2, size), size)) for i in shown]
        if all(b[0] - a[0] > (a[1] + b[1]) / 2 + 1 for a, b in pairwise(room)):
            break
    chosen = (
        {ticks[i][0]: shorten(ticks[i][1], plot.width / 2, size) for i in shown} if ticks else {}
    )
    ax.set_xticks(list(chosen), [check_glyphs(text) for text in chosen.values()])
    ax.set_xlim(low, high)
    for label in [*ax.get_xticklabels(), *ax.get_yticklabels()]:
        label.set_fontproperties(properties("plain", size))
        label.set_parse_math(False)
        plain_letters(label)
    for reference in panel.references:
        _reference_label(ax, reference.title, reference.value, reference.axis, size)


def _x_ticks(ax: Any) -> list[tuple[float, str]]:
    form = ax.xaxis.get_major_formatter()
    ticks = list(ax.xaxis.get_major_locator()())
    texts = form.format_ticks(ticks) if hasattr(form, "format_ticks") else []
    return list(zip(ticks, texts, strict=False))


def _reference_label(ax: Any, title: str, value: float, axis: str, size: float) -> None:
    if not title:
        return
    if axis == "y":
        place = {
            "x": 1.0,
            "y": value,
            "ha": "right",
            "va": "bottom",
            "transform": ax.get_yaxis_transform(),
        }
    else:
        place = {
            "x": value,
            "y": 1.0,
            "ha": "left",
            "va": "top",
            "transform": ax.get_xaxis_transform(),
        }
    x, y = place.pop("x"), place.pop("y")
    ax.add_artist(Ink(x, y, title, size, halo="#ffffff", zorder=5, color=GREY, **place))
