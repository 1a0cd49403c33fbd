"""The title of a reference line in a chart, where the data leave room for it."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import Literal

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from shekara.sheet.paper.canvas import GREY, SheetFigure
from shekara.sheet.paper.fonts import width_mm
from shekara.sheet.paper.looks import Height, Side
from shekara.sheet.paper.paper import POINT_MM
from shekara.sheet.paper.text import HaloText

# Where a title is tried first, along a level line ("y") and beside an upright one ("x").
PLACES: dict[Literal["x", "y"], tuple[tuple[Side, ...], tuple[Height, ...]]] = {
    "y": (("right", "left"), ("bottom", "top")),
    "x": (("left", "right"), ("top", "bottom")),
}
# How far off a level line, of the size: a point that lies on the line is left free.
LIFTS = (0.0, 0.6)
TITLE_SHARE = 0.17  # of the height of a plot, for a title above a line


def make_room(ax: Axes, levels: Sequence[float]) -> None:
    """Raise the top of a linear axis above level lines whose titles would not fit beneath it."""
    low, high = ax.get_ylim()
    levels = [level for level in levels if low <= level <= high]
    if levels and max(levels) > high - TITLE_SHARE * (high - low):
        ax.set_ylim(low, max(levels) + TITLE_SHARE * (high - low))


def reference_label(
    ax: Axes, title: str, value: float, axis: Literal["x", "y"], size: float
) -> None:
    """The title of a reference line, at the end and on the side where the data leave room."""
    if not title:
        return
    # All data as points of the axes' unit square, in between as well.
    points = [np.empty((0, 2))]
    for line in ax.lines:
        xy = np.column_stack([np.asarray(line.get_xdata(), float), line.get_ydata()])
        if len(xy) and line.get_gid() == "data":
            run = np.arange(0, len(xy) - 1 + 0.01, 0.1)
            at = np.arange(len(xy))
            dense = np.column_stack([np.interp(run, at, xy[:, 0]), np.interp(run, at, xy[:, 1])])
            points.append(ax.transAxes.inverted().transform(ax.transData.transform(dense)))
    for bar in ax.patches:
        if not isinstance(bar, Rectangle):
            continue
        box = bar.get_bbox()
        corners = np.array([(box.x0, box.y1), ((box.x0 + box.x1) / 2, box.y1), (box.x1, box.y1)])
        points.append(ax.transAxes.inverted().transform(ax.transData.transform(corners)))
    data = np.vstack(points)
    figure = ax.get_figure(root=True)
    assert isinstance(figure, SheetFigure)
    page_mm = ax.get_position().width * figure.page.width
    page_high = ax.get_position().height * figure.page.height
    wide, high = width_mm(title, size) / page_mm, size * POINT_MM / page_high
    at = ax.transAxes.inverted().transform(
        ax.transData.transform((value, value) if axis == "y" else (value, ax.get_ylim()[0]))
    )
    best: tuple[float, float, float, Side, Height] | None = None
    sides, heights = PLACES[axis]
    for place, (lift, ha, va) in enumerate(itertools.product(LIFTS, sides, heights)):
        if axis == "y":
            up = lift * high * (1 if va == "bottom" else -1)
            x, y = (1.0 if ha == "right" else 0.015), float(at[1]) + up
        else:
            x, y = float(at[0]), (1.0 if va == "top" else 0.0)
        left = x - wide if ha == "right" else x
        low = y if va == "bottom" else y - high * 1.3
        over = (data[:, 0] > left - 0.01) & (data[:, 0] < left + wide + 0.01)
        over &= (data[:, 1] > low) & (data[:, 1] < low + high * 1.3)
        outside = left < -0.02 or left + wide > 1.02 or low < 0 or low + high > 1.02
        cost = float(over.sum()) + 5.0 * outside + 0.1 * place
        if best is None or cost < best[0]:
            best = (cost, x, y, ha, va)
    assert best is not None
    _, x, y, ha, va = best
    ax.add_artist(
        HaloText(
            x,
            y,
            title,
            size,
            halo="#ffffff",
            zorder=5,
            color=GREY,
            ha=ha,
            va=va,
            transform=ax.transAxes,
        )
    )
