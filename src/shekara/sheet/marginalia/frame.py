"""The frame of a map: a neatline, degrees inside it, the letters of the index on its rim."""

from __future__ import annotations

from collections.abc import Sequence

from shekara.sheet.labels.halos import NameInk
from shekara.sheet.map.frame import MapFrame
from shekara.sheet.map.graticule import LABEL_PT, GridLabel, cells
from shekara.sheet.paper.canvas import GREY, INK, Canvas
from shekara.sheet.paper.fonts import width_mm
from shekara.sheet.paper.paper import POINT_MM, Box, Page
from shekara.sheet.symbols.palette import LAND

NEATLINE_PT = 0.5
TICK_PT, TICK_MM = 0.35, 1.6  # between two letters
RIM_MM = 0.7  # between the neatline and a letter
LEAST_MARGIN_MM = 5.0  # of a page that has letters
CAPITAL = 0.66  # height of a letter, of its size
LAND_INK = NameInk(GREY, LAND)
HALO_PT = 2.4


def cell_labels(map_frame: MapFrame, page: Page) -> list[GridLabel]:
    """Letters above the upper side and numbers beside the right one, outside the neatline.

    There nothing of the map hides them and nobody takes them for its numbers. A page whose margin
    is too narrow for them has none.
    """
    size = LABEL_PT * page.type_scale
    box = map_frame.box
    if page.width - box.right < LEAST_MARGIN_MM:
        return []
    high = CAPITAL * size * POINT_MM
    columns, rows = cells(map_frame, page.type_scale)
    apart = RIM_MM * page.type_scale
    labels = []
    for place in range(columns):
        x = box.x + (place + 0.5) * box.width / columns
        labels.append(_centred(chr(65 + place), x, box.top + apart, size, "top"))
    for place in range(rows):
        y = box.top - (place + 0.5) * box.height / rows
        text = str(place + 1)
        x = box.right + 2 * apart + width_mm("0", size) / 2
        labels.append(_centred(text, x, y - high / 2, size, "right"))
    return labels


def _centred(text: str, x: float, y: float, size: float, side: str) -> GridLabel:
    width = width_mm(text, size)
    return GridLabel(text, x - width / 2, y, side, Box(x - width / 2, y, width, size * POINT_MM))


def draw_frame(
    canvas: Canvas,
    map_frame: MapFrame,
    degrees: Sequence[GridLabel],
    index: Sequence[GridLabel],
    inks: Sequence[NameInk] = (),
) -> None:
    """Draw the labels and the neatline; with inks the degrees have the colours of their ground."""
    size, box = LABEL_PT * canvas.page.type_scale, map_frame.box
    with canvas.tagged("Artifact"):
        for label, ink in zip(degrees, inks or [LAND_INK] * len(degrees), strict=True):
            canvas.text(
                label.x,
                label.y,
                label.text,
                size,
                color=ink.letters,
                halo=ink.halo,
                halo_pt=HALO_PT,
            )
        for label in index:
            canvas.text(label.x, label.y, label.text, size, "semibold", color=GREY)
        if index:
            _draw_ticks(canvas, map_frame)
        canvas.rectangle(box.x, box.y, box.width, box.height, edge=INK, line=NEATLINE_PT)


def _draw_ticks(canvas: Canvas, map_frame: MapFrame) -> None:
    """Where a cell of the index ends and the next begins."""
    box, type_scale = map_frame.box, canvas.page.type_scale
    columns, rows = cells(map_frame, type_scale)
    long = TICK_MM * type_scale
    for place in range(1, columns):
        x = box.x + place * box.width / columns
        canvas.line([x, x], [box.top, box.top + long], TICK_PT, GREY)
    for place in range(1, rows):
        y = box.top - place * box.height / rows
        canvas.line([box.right, box.right + long], [y, y], TICK_PT, GREY)
