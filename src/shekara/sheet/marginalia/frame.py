"""The frame of a map: neatline, labels of the graticule, letters and numbers of the index."""

from __future__ import annotations

from shekara.sheet.map.frame import MapFrame
from shekara.sheet.map.graticule import GridLabel, cells
from shekara.sheet.paper.canvas import GREY, INK, Canvas
from shekara.sheet.paper.paper import POINT_MM, Box

GRID_PT = 5.6
GRID_BAND_MM = 3.4


def draw_frame(
    canvas: Canvas,
    map_frame: MapFrame,
    outer: Box,
    labels: list[GridLabel],
    size: float,
    *,
    cell: bool,
) -> None:
    """Neatline, labels of the graticule, the band with the index's letters, the outer frame."""
    type_scale = canvas.page.type_scale
    box = map_frame.box
    with canvas.tagged("Artifact"):
        for label in labels:
            align = {"left": "right", "right": "left"}.get(label.side, "center")
            canvas.text(label.x, label.y, label.text, size, ha=align, color="#333333")
            _tick(canvas, label, box)
        canvas.rectangle(box.x, box.y, box.width, box.height, edge=INK, line=0.7)
        if not cell:
            return
        band = GRID_BAND_MM * type_scale
        inner = outer.shrink(band, band, band, band)
        canvas.rectangle(inner.x, inner.y, inner.width, inner.height, edge=INK, line=0.3)
        canvas.rectangle(outer.x, outer.y, outer.width, outer.height, edge=INK, line=1.3)
        columns, rows = cells(map_frame, type_scale)
        size = GRID_PT * type_scale
        drop = 0.36 * size * POINT_MM
        for place in range(columns):
            x = box.x + (place + 0.5) * box.width / columns
            for y in (outer.y + band / 2, outer.top - band / 2):
                canvas.text(x, y - drop, chr(65 + place), size, color=GREY, ha="center")
            if place:
                x = box.x + place * box.width / columns
                canvas.line([x, x], [outer.y, inner.y], 0.3)
                canvas.line([x, x], [inner.top, outer.top], 0.3)
        for place in range(rows):
            y = box.top - (place + 0.5) * box.height / rows
            for x in (outer.x + band / 2, outer.right - band / 2):
                canvas.text(x, y - drop, str(place + 1), size, color=GREY, ha="center")
            if place:
                y = box.top - place * box.height / rows
                canvas.line([outer.x, inner.x], [y, y], 0.3)
                canvas.line([inner.right, outer.right], [y, y], 0.3)


def _tick(canvas: Canvas, label: GridLabel, box: Box) -> None:
    if label.side in ("bottom", "top"):
        y = box.y if label.side == "bottom" else box.top
        canvas.line([label.x, label.x], [y, y + (-0.8 if label.side == "bottom" else 0.8)], 0.35)
    else:
        x = box.x if label.side == "left" else box.right
        y = label.box.y + label.box.height / 2
        canvas.line([x, x + (-0.8 if label.side == "left" else 0.8)], [y, y], 0.35)
