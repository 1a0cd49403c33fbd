"""Charts beside a map: lines, bars and stacked bars, with reference lines and estimates marked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from matplotlib.axes import Axes

from shekara.scene.model import Panel, Series, Translator
from shekara.sheet.marginalia.heading import draw_note, draw_title, note_lines, title_mm
from shekara.sheet.marginalia.plot import (
    axis_magnitude,
    draw_series,
    hatch_colour,
    names_mm,
    set_labels,
    set_scales,
    y_texts,
)
from shekara.sheet.paper.canvas import GREY, Canvas
from shekara.sheet.paper.fonts import DESCENT, line_mm, width_mm
from shekara.sheet.paper.lines import shorten
from shekara.sheet.paper.paper import POINT_MM, Box
from shekara.sheet.paper.paragraph import SMALL_PT
from shekara.sheet.symbols.style import HATCH_REPEAT, dashes

PLOT_SHAPE = 0.52  # height of the plot, of its width


def plot_mm(width: float, type_scale: float) -> float:
    """The height that suits what is drawn between the axes of a chart, mm."""
    return min(PLOT_SHAPE * width, 42 * type_scale)


@dataclass(frozen=True)
class Chart:
    """A panel as a block."""

    panel: Panel
    say: Translator
    keep: bool = False
    stretch: float = 0.35
    lead: float = 2.2
    mirrors: ClassVar[bool] = True  # its words; years run from left to right in every language

    def _key(self) -> list[tuple[str, Series]]:
        """Titles of series and references that need a sign."""
        shown: list[tuple[str, Series]] = [
            (series.title, series) for series in self.panel.series if series.title
        ]
        return shown if len(shown) > 1 else []

    def _key_lines(self, width: float, type_scale: float) -> list[list[tuple[str, Series]]]:
        lines: list[list[tuple[str, Series]]] = [[]]
        used = 0.0
        for title, what in self._key():
            short = shorten(title, width - 6 * type_scale, SMALL_PT * type_scale)
            need = 6 * type_scale + width_mm(short, SMALL_PT * type_scale) + 3 * type_scale
            if lines[-1] and used + need > width:
                lines.append([])
                used = 0.0
            lines[-1].append((short, what))
            used += need
        return lines if lines[0] else []

    def _above(self, width: float, type_scale: float) -> float:
        """Height of the title, the key and the title of the y axis, mm."""
        title = title_mm(self.panel.title, width, type_scale)
        small = len(self._key_lines(width, type_scale)) + (1 if self.panel.y_title else 0)
        return title + small * line_mm(SMALL_PT * type_scale) + 1.2 * type_scale

    def _below(self, width: float, type_scale: float) -> float:
        """Height of the numbers and title of the x axis and of the note, mm."""
        # The numbers of the y axis take about a fifth of the width.
        names = names_mm(self.panel, 0.8 * width, SMALL_PT * type_scale)
        small = (1 if self.panel.x_title else 0) + len(
            note_lines(self.panel.note, width, type_scale)
        )
        return names + small * line_mm(SMALL_PT * type_scale) + 2.0 * type_scale

    def height(self, width: float, type_scale: float) -> float:
        """Title, key, plot, titles of the axes and note, mm."""
        words = self._above(width, type_scale) + self._below(width, type_scale)
        return words + plot_mm(width, type_scale)

    def draw(self, canvas: Canvas, box: Box, type_scale: float) -> None:
        """Draw the chart; the plot takes the height that the words leave."""
        panel, size = self.panel, SMALL_PT * type_scale
        y = draw_title(canvas, box, panel.title, type_scale)
        with canvas.tagged("Figure", panel.alt or panel.title, box=box):
            for entries in self._key_lines(box.width, type_scale):
                x = box.x
                for title, series in entries:
                    _draw_key(
                        canvas,
                        Box(x, y - 0.1 * type_scale, 4.6 * type_scale, 1.5 * type_scale),
                        series,
                        panel.kind,
                    )
                    canvas.text(x + 6 * type_scale, y, title, size)
                    x += 9 * type_scale + width_mm(title, size)
                y -= line_mm(size)
            if panel.y_title:
                text = axis_magnitude(panel, self.say).title(panel.y_title)
                text = shorten(text, box.width, size, "slanted")
                canvas.text(box.x, y, text, size, "slanted", color=GREY)
            bottom = box.y + self._below(box.width, type_scale)
            high = box.top - self._above(box.width, type_scale) - bottom
            self._plot(canvas, Box(box.x, bottom, box.width, high), type_scale)
        draw_note(canvas, box, panel.note, type_scale)

    def _plot(self, canvas: Canvas, box: Box, type_scale: float) -> None:
        page, size = canvas.page, SMALL_PT * type_scale
        ax = Axes(canvas.figure, (0, 0, 1, 1), label=f"panel: {self.panel.title}")
        canvas.figure.add_axes(ax)
        canvas.place(ax)
        draw_series(ax, self.panel, type_scale)
        set_scales(ax, self.panel, self.say)
        left = max((width_mm(text, size) for text in y_texts(ax)), default=0) + 2.2 * type_scale
        right = 0.3 * type_scale
        plot = box.shrink(left, 0, right, 0)
        ax.set_position(
            (
                plot.x / page.width,
                plot.y / page.height,
                plot.width / page.width,
                plot.height / page.height,
            )
        )
        set_labels(ax, self.panel, plot, box.width, size)
        names = names_mm(self.panel, 0.8 * box.width, size)
        if self.panel.x_title:
            text = shorten(self.panel.x_title, box.width, size, "slanted")
            canvas.text(
                box.right,
                plot.y - 1.2 * type_scale - names - line_mm(size) + DESCENT * size * POINT_MM,
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
            hatch=style.hatch * (HATCH_REPEAT + 2) or None,
            hatchcolor=hatch_colour(style),
        )
