"""The placed names put on the map, with halos, in the colours of their classes."""

from __future__ import annotations

from typing import Any

from matplotlib.lines import Line2D

from shekara.sheet.labels.placement import Names
from shekara.sheet.paper.canvas import GREY, Canvas
from shekara.sheet.paper.text import HaloText, SpacedText

HALO = "#ffffff"
HALO_PT = 1.5
LEADER_PT = 0.25


def draw_names(ax: Any, canvas: Canvas, names: Names) -> None:
    """Put the placed names on the map, above everything else of it."""
    for placed in names.placed:
        style, candidate = placed.name.style, placed.candidate
        look: dict[str, Any] = {
            "face": style.face,
            "color": style.color,
            "halo": HALO,
            "halo_pt": HALO_PT,
            "zorder": 1e6,
            "transform": canvas.mm,
        }
        gid = f"name-{placed.name.item.feature.id}"
        if candidate.leader:
            x0, y0, x1, y1 = candidate.leader
            ax.add_artist(
                Line2D(
                    [x0, x1],
                    [y0, y1],
                    lw=LEADER_PT,
                    color=GREY,
                    transform=canvas.mm,
                    zorder=1e6 - 1,
                )
            )
        if candidate.letters:
            text: HaloText = SpacedText(placed.name.text, candidate.letters, style.size_pt, **look)
            text.set_gid(gid)
            ax.add_artist(text)
            continue
        for line in candidate.lines:
            text = HaloText(line.x, line.y, line.text, style.size_pt, va="baseline", **look)
            text.set_gid(gid)
            ax.add_artist(text)
