"""The placed names put on the map, with halos, in the colours of their classes."""

from __future__ import annotations

from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from shekara.sheet.labels.halos import inks_of
from shekara.sheet.labels.numbers import NUMBER_MM, KeyList, lines_of_list, number_pt
from shekara.sheet.labels.placement import Names
from shekara.sheet.paper.canvas import GREY, RULE, Canvas
from shekara.sheet.paper.fonts import FLOOR_PT
from shekara.sheet.paper.looks import HaloLook
from shekara.sheet.paper.spaced_text import SpacedText
from shekara.sheet.paper.text import HaloText

PAPER = "#fffefb"
HALO_PT = 1.5
LEADER_PT = 0.25


def draw_names(ax: Axes, canvas: Canvas, names: Names) -> None:
    """Put the placed names on the map, above everything else of it."""
    for placed, ink in zip(names.placed, inks_of(names), strict=True):
        style, candidate = placed.name.style, placed.candidate
        look: HaloLook = {
            "va": "baseline",
            "color": ink.letters,
            "halo": ink.halo,
            "halo_pt": HALO_PT,
            "zorder": 1e6,
            "transform": canvas.mm,
        }
        face = style.face
        if candidate.numbered:
            face = "bold"
        gid = f"name-{placed.name.item.feature.id}"
        if candidate.leader:
            x0, y0, x1, y1 = candidate.leader
            ax.add_artist(
                Line2D(
                    [x0, x1],
                    [y0, y1],
                    lw=LEADER_PT,
                    color=ink.letters if ink.is_light else GREY,
                    transform=canvas.mm,
                    zorder=1e6 - 1,
                )
            )
        if candidate.letters:
            text: HaloText = SpacedText(
                placed.name.text, candidate.letters, style.size_pt, face=face, **look
            )
            text.set_gid(gid)
            ax.add_artist(text)
            continue
        for line in candidate.lines:
            size = number_pt(canvas.page.type_scale) if candidate.numbered else style.size_pt
            text = HaloText(line.x, line.y, line.text, size, face=face, **look)
            text.set_gid(gid)
            ax.add_artist(text)


def draw_list(canvas: Canvas, key: KeyList) -> None:
    """Put the list of numbers on the map."""
    box = key.box
    with canvas.tagged("Artifact"):
        canvas.rectangle(box.x, box.y, box.width, box.height, fill=PAPER, edge=RULE, line=0.35)
    with canvas.tagged("P"):
        for entry, x, y in lines_of_list(key):
            canvas.text(x, y, str(entry.number), key.size_pt, "bold")
            wide = NUMBER_MM * key.size_pt / FLOOR_PT
            canvas.text(x + wide, y, entry.text, key.size_pt)
