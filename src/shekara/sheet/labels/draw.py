"""The placed names put on the map, with halos, in colours that can be read."""

from __future__ import annotations

from typing import Any

from matplotlib.lines import Line2D

from shekara.colour import darkened
from shekara.sheet.labels.occupancy import Room
from shekara.sheet.labels.placement import face_of
from shekara.sheet.paper.canvas import GREY, INK, Canvas
from shekara.sheet.paper.text import HaloText, SpacedText

HALO = "#ffffff"


def draw_names(ax: Any, canvas: Canvas, room: Room) -> None:
    """Put the placed names on the map, above everything else of it."""
    for name in room.placed:
        item = name.item
        color = GREY if item.layer.basemap else INK
        if not item.layer.basemap and item.layer.kind != "point":
            color = darkened(item.style.color, HALO, 4.5)
        ink: HaloText
        look: dict[str, Any] = {"face": face_of(item), "color": color, "halo": HALO, "zorder": 1e6}
        if name.letters:
            ink = SpacedText(name.text, name.letters, name.size_pt, transform=canvas.mm, **look)
        else:
            ink = HaloText(
                name.x, name.y, name.text, name.size_pt, transform=canvas.mm, va="baseline", **look
            )
        ink.set_gid(f"name-{item.feature.id}")
        if name.leader:
            x0, y0, x1, y1 = name.leader
            _leader(ax, canvas, [x0, x1], [y0, y1])
        ax.add_artist(ink)


def _leader(ax: Any, canvas: Canvas, xs: list[float], ys: list[float]) -> None:
    """A leader from a point to its name."""
    ax.add_artist(Line2D(xs, ys, lw=0.35, color=GREY, transform=canvas.mm, zorder=1e6 - 1))
