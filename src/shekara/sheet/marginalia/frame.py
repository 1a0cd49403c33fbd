"""The frame of a map: one neatline, with degrees and the letters of the index inside it."""

from __future__ import annotations

from collections.abc import Sequence

from shekara.sheet.map.frame import MapFrame
from shekara.sheet.map.graticule import LABEL_PT, GridLabel, cells
from shekara.sheet.paper.canvas import GREY, INK, Canvas
from shekara.sheet.paper.fonts import ASCENT, Face, width_mm
from shekara.sheet.paper.paper import POINT_MM, Box
from shekara.sheet.symbols.palette import LAND

NEATLINE_PT = 0.5
APART_MM = 4.0
HALO = LAND
HALO_PT = 2.4


def cell_labels(map_frame: MapFrame, type_scale: float, taken: Sequence[Box]) -> list[GridLabel]:
    """Letters along the upper side and numbers along the right one, where nothing stands."""
    size = LABEL_PT * type_scale
    high = ASCENT * size * POINT_MM
    columns, rows = cells(map_frame, type_scale)
    box = map_frame.box
    labels = []
    for place in range(columns):
        x = box.x + (place + 0.5) * box.width / columns
        labels.append(_centred(chr(65 + place), x, box.top - 0.9 - high, size, "top"))
    for place in range(rows):
        y = box.top - (place + 0.5) * box.height / rows
        text = str(place + 1)
        labels.append(
            _centred(text, box.right - 0.9 - width_mm(text, size) / 2, y - high / 2, size, "right")
        )
    return [label for label in labels if not any(_apart(label).meets(other) for other in taken)]


def _apart(label: GridLabel) -> Box:
    """A letter with so much white that nobody reads it as part of a degree."""
    return label.box.shrink(-APART_MM, -0.5, -APART_MM, -0.5)


def _centred(text: str, x: float, y: float, size: float, side: str) -> GridLabel:
    width = width_mm(text, size)
    return GridLabel(text, x - width / 2, y, side, Box(x - width / 2, y, width, size * POINT_MM))


def draw_frame(
    canvas: Canvas, map_frame: MapFrame, degrees: Sequence[GridLabel], index: Sequence[GridLabel]
) -> None:
    """Draw the labels and the neatline."""
    size, box = LABEL_PT * canvas.page.type_scale, map_frame.box
    with canvas.tagged("Artifact"):
        for label in (*degrees, *index):
            bold: Face = "semibold" if label in index else "plain"
            canvas.text(
                label.x, label.y, label.text, size, bold, color=GREY, halo=HALO, halo_pt=HALO_PT
            )
        canvas.rectangle(box.x, box.y, box.width, box.height, edge=INK, line=NEATLINE_PT)
