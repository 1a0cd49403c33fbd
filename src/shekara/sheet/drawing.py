"""A scene drawn as a sheet: the plan first, then every part in reading order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import matplotlib as mpl
import numpy as np
import shapely

from shekara.scene.model import Scene, Translator
from shekara.sheet.labels.draw import draw_names
from shekara.sheet.labels.placement import place_names
from shekara.sheet.map.features import Drawn, add_map, draw_features
from shekara.sheet.map.frame import MapFrame
from shekara.sheet.map.graticule import cell_of, labels, lay
from shekara.sheet.map.projected import points_of
from shekara.sheet.map.scalebar import draw_scale, scale_size
from shekara.sheet.marginalia.frame import draw_frame
from shekara.sheet.marginalia.header import draw_header
from shekara.sheet.marginalia.locator import Locator
from shekara.sheet.marginalia.notes import draw_footer
from shekara.sheet.paper.canvas import WRITING, Canvas, SheetFigure
from shekara.sheet.paper.columns import Arrangement, draw_columns
from shekara.sheet.paper.paper import Box
from shekara.sheet.plan import Plan, plan


def figure(
    scene: Scene, *, size: str | tuple[float, float] = "A4", frame: bool = True
) -> SheetFigure:
    """The sheet of a scene as a matplotlib figure, with which an author can go on.

    Its first axes are cartopy's GeoAxes in the sheet's projection, in metres; the others are
    panels. Everything else lies on the figure in millimetres.

    Args:
        scene: what to draw.
        size: "A4", "A3", any ISO size (upright or lying by the extent), "170x120mm", or
            (width, height) in mm.
        frame: False leaves the map, its graticule, scale, legend, charts and sources, and no
            title, claims or frame: a figure for a paper.

    Raises:
        UsageError: the paper is none or too small.
        InputError: the projection cannot show the extent; a text has a character that the font
            lacks.
    """
    with mpl.rc_context(WRITING):
        return _draw(scene, plan(scene, size, frame=frame))


def _draw(scene: Scene, made: Plan) -> SheetFigure:
    canvas, map_frame, type_scale = (
        Canvas(made.page, scene.say, scene.title),
        made.map_frame,
        made.page.type_scale,
    )
    if made.header:
        draw_header(canvas, scene, made.header)
    grid = lay(map_frame, type_scale)
    styles = {
        place: style
        for place, (style, entry) in enumerate(zip(made.styles, scene.legend, strict=True))
        if style != entry.style
    }
    with canvas.tagged("Figure", scene.alt or scene.title):
        ax = add_map(canvas, map_frame)
        drawn = draw_features(ax, scene, map_frame, grid, styles)
        scale = _scale_box(map_frame, drawn, scene.say, type_scale)
        room = place_names(drawn, map_frame, [scale] if scale else [], type_scale)
        draw_names(ax, canvas, room)
    if scale:
        draw_scale(canvas, map_frame, scale, type_scale)
    draw_frame(
        canvas,
        map_frame,
        made.outer,
        labels(map_frame, grid, scene.say, made.label_pt),
        made.label_pt,
        cell=made.framed,
    )
    draw_columns(canvas, _with_true_rim(made))
    draw_footer(canvas, made.footer)
    for name in room.placed:
        canvas.figure.names.append((name.text, cell_of(map_frame, type_scale, *name.middle)))
    return canvas.figure


def _with_true_rim(made: Plan) -> Arrangement:
    """The arrangement with the locator showing the final window."""
    rim = tuple((float(lon), float(lat)) for lon, lat in made.map_frame.outline)
    columns = tuple(
        replace(
            column,
            blocks=tuple(
                replace(block, rim=rim) if isinstance(block, Locator) else block
                for block in column.blocks
            ),
        )
        for column in made.arrangement.columns
    )
    return replace(made.arrangement, columns=columns)


def _scale_box(
    map_frame: MapFrame, drawn: Sequence[Drawn], say: Translator, type_scale: float
) -> Box | None:
    """The corner of the map where the scale hides least; None where the map is too small."""
    width, height = scale_size(map_frame, say, type_scale)
    box = map_frame.box
    if width > 0.75 * box.width or height > 0.5 * box.height:
        return None
    corners = (
        Box(box.x, box.y, width, height),
        Box(box.right - width, box.y, width, height),
        Box(box.x, box.top - height, width, height),
        Box(box.right - width, box.top - height, width, height),
    )
    shapes = [item.shape for item in drawn if not item.layer.basemap]

    def hidden(corner: Box) -> float:
        (x0, x1), (y0, y1) = map_frame.from_mm(
            np.array([corner.x, corner.right]),
            np.array([corner.y, corner.top]),
        )
        area = shapely.box(x0, y0, x1, y1)
        cost = 0.0
        for shape in shapes:
            part = shapely.intersection(shape, area)
            if not part.is_empty:
                cost += 2.0 * len(points_of(part))
                cost += shapely.length(part) * map_frame.mm_per_m / 10
                cost += shapely.area(part) / shapely.area(area)
        return cost

    return min(corners, key=hidden)
