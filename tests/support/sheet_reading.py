"""A drawn sheet read back: what stands on it, and where, in millimetres."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import Any

from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.text import Text

from shekara.sheet.paper.canvas import SheetFigure

MM = 25.4


@dataclass(frozen=True)
class Piece:
    """Something on the page with its box in mm."""

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    kind: str  # page, name, axes

    def meets(self, other: Piece, slack: float = 0.15) -> bool:
        return (
            self.x0 + slack < other.x1
            and other.x0 + slack < self.x1
            and self.y0 + slack < other.y1
            and other.y0 + slack < self.y1
        )


# What letters cover of the height that a font's table claims for a line (hhea of Source Sans 3:
# 1.000 em above the baseline and 0.326 below; its tallest letters take 0.75 and 0.21).
ABOVE, BELOW = 0.25, 0.11


def _box(artist: Any, figure: SheetFigure) -> tuple[float, float, float, float]:
    box = artist.get_window_extent()
    per = MM / figure.dpi
    em = float(artist.get_fontsize()) / 72 * MM if isinstance(artist, Text) else 0.0
    if isinstance(artist, Text) and (box.y1 - box.y0) * per < 1.25 * em:
        em = 0.0  # a font whose table claims no more than its letters take
    return box.x0 * per, box.y0 * per + BELOW * em, box.x1 * per, box.y1 * per - ABOVE * em


def drawn(figure: SheetFigure) -> SheetFigure:
    """The figure after every artist has found its place."""
    FigureCanvasAgg(figure)  # keeps one renderer: without it each box asked for makes its own
    figure.draw_without_rendering()
    return figure


def map_axes(figure: SheetFigure) -> Axes:
    """The map itself."""
    return next(ax for ax in figure.axes if ax.get_label() == "map")


def page_texts(figure: SheetFigure) -> list[Piece]:
    """Every text that lies on the page, outside the map and the charts."""
    return [
        Piece(item.get_text(), *_box(item, figure), "page")
        for item in figure.texts + [a for a in figure.artists if isinstance(a, Text)]
        if item.get_text()
    ]


def names(figure: SheetFigure) -> list[Piece]:
    """Every name on the map."""
    return [
        Piece(item.get_text(), *_box(item, figure), "name")
        for item in map_axes(figure).findobj(Text)
        if item.get_text() and item.get_visible()
    ]


def boxes_of_axes(figure: SheetFigure) -> list[Piece]:
    """The map and the charts."""
    page = figure.page
    found = []
    for ax in figure.axes:
        box = ax.get_position()
        found.append(
            Piece(
                str(ax.get_label()),
                box.x0 * page.width,
                box.y0 * page.height,
                box.x1 * page.width,
                box.y1 * page.height,
                "axes",
            )
        )
    return found


def chart_texts(figure: SheetFigure) -> list[Piece]:
    """Numbers along the axes of the charts."""
    found = []
    for ax in figure.axes:
        if ax.get_label() != "map":
            labels = [*ax.get_xticklabels(), *ax.get_yticklabels()]
            found += [
                Piece(item.get_text(), *_box(item, figure), "chart")
                for item in labels
                if item.get_text()
            ]
    return found


def overlaps(pieces: list[Piece]) -> list[str]:
    """Every pair that shares paper."""
    return [
        f"{a.kind} {a.text!r} over {b.kind} {b.text!r}"
        for a, b in itertools.combinations(pieces, 2)
        if a.meets(b)
    ]
