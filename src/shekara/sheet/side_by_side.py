"""Small maps side by side drawn on a sheet: each in its cell, under its title."""

from __future__ import annotations

from dataclasses import replace

from shekara.scene.model import Scene
from shekara.sheet.grid import TITLE_GAP_MM, title_lines
from shekara.sheet.labels.draw import draw_names
from shekara.sheet.labels.placement import place_names
from shekara.sheet.lettering import LetteredSheet
from shekara.sheet.map.drawn import Drawn
from shekara.sheet.map.features import add_map, draw_features
from shekara.sheet.map.graticule import LABEL_PT, labels
from shekara.sheet.marginalia.frame import draw_frame
from shekara.sheet.paper.canvas import Canvas
from shekara.sheet.paper.fonts import ASCENT, line_mm
from shekara.sheet.paper.paper import POINT_MM, Box
from shekara.sheet.paper.paragraph import HEADING_PT


def draw_small_maps(canvas: Canvas, scene: Scene, sheet: LetteredSheet) -> None:
    """Draw all small maps of a sheet, in the order in which its language reads."""
    layout = sheet.plan
    for place, (small, cell) in enumerate(zip(scene.small_maps, layout.cells, strict=True)):
        box = cell
        if canvas.say.direction == "rtl":
            box = replace(cell, x=layout.page.width - cell.x - cell.width)
        _draw_title(canvas, small.title, box)
        gone = frozenset(small.without)
        shown = [_named(item, place) for item in sheet.drawn if item.feature.id not in gone]
        # The window is the same in every cell: so is what lies on it, in projected metres.
        window, type_scale = replace(layout.map_frame, box=box), canvas.page.type_scale
        degrees = labels(window, sheet.grid, canvas.say, LABEL_PT * type_scale)
        names = place_names(
            shown, window, [label.box for label in degrees], type_scale, numbers="none"
        )
        with canvas.tagged("Figure", small.alt, box=box):
            ax = add_map(canvas, window)
            draw_features(ax, shown, window, sheet.grid, (), scene)
            draw_names(ax, canvas, names)
        draw_frame(canvas, window, degrees, ())


def _draw_title(canvas: Canvas, title: str, box: Box) -> None:
    type_scale = canvas.page.type_scale
    size = HEADING_PT * type_scale
    lines = title_lines(title, box.width, type_scale)
    descent = (1 - ASCENT) * size * POINT_MM
    y = box.top + TITLE_GAP_MM + descent + (len(lines) - 1) * line_mm(size)
    with canvas.reading(box.x, box.right), canvas.tagged("H2"):
        for line in lines:
            canvas.text(box.x, y, line, size, "bold")
            y -= line_mm(size)


def _named(item: Drawn, place: int) -> Drawn:
    """A thing with an id of its own: the first map has the features', the others their copies."""
    if place == 0:
        return item
    return replace(item, feature=replace(item.feature, id=f"map-{place + 1}:{item.feature.id}"))
