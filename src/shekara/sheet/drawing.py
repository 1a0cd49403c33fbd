"""A scene drawn as a sheet: the plan first, then every part in reading order."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import matplotlib as mpl

from shekara.scene.model import Scene
from shekara.sheet.ground import GroundForm, ground_of
from shekara.sheet.labels.draw import draw_list, draw_names
from shekara.sheet.labels.halos import inks_at
from shekara.sheet.labels.rules import Lettering
from shekara.sheet.lettering import LetteredSheet, letter
from shekara.sheet.map.features import add_map, draw_features
from shekara.sheet.map.graticule import cell_of
from shekara.sheet.marginalia.credits import draw_credits
from shekara.sheet.marginalia.frame import draw_frame
from shekara.sheet.marginalia.header import draw_header
from shekara.sheet.marginalia.part import MapPart, draw_rim
from shekara.sheet.paper.canvas import GREY, WRITING, Canvas, SheetFigure
from shekara.sheet.paper.fonts import use_fonts
from shekara.sheet.plan import Plan
from shekara.sheet.side_by_side import draw_small_maps
from shekara.sheet.view import on_paper

VALUE = re.compile(r"[\d\s.,+\u2212-]+%?$")  # a label that is a number alone


def figure(
    scene: Scene,
    *,
    size: str | tuple[float, float] = "A4",
    frame: bool = True,
    versions: Sequence[Scene] = (),
) -> SheetFigure:
    """The sheet of a scene as a matplotlib figure, with which an author can go on.

    Its first axes are cartopy's GeoAxes in the sheet's projection, in metres; the others are
    charts. Everything else lies on the figure in millimetres.

    Parameters
    ----------
    scene : Scene
        What to draw.
    size : str or tuple of float
        "A4", "Letter landscape", "170x120mm", "85mm" (a width alone), or (width, height) in mm.
    frame : bool
        False leaves the map with graticule, scale, legend, charts and short credits, and no title
        and claims: a figure for a paper.
    versions : sequence of Scene
        The same map in the atlas's other languages: the plan then suits them all.

    Raises
    ------
    UsageError
        The paper is none or too small.
    InputError
        The projection cannot show the extent.
    """
    sheet = _lettered(scene, size, versions, frame=frame)
    with mpl.rc_context(WRITING):
        return _draw(on_paper(scene), sheet)


def pdf_figure(
    scene: Scene, size: str | tuple[float, float] = "A4", versions: Sequence[Scene] = ()
) -> SheetFigure:
    """The sheet of a scene for a PDF alone: its map is a form that all languages share."""
    sheet = _lettered(scene, size, versions, frame=True)
    with mpl.rc_context(WRITING):
        return _draw(on_paper(scene), sheet, as_form=True)


def plan_of(
    scene: Scene,
    size: str | tuple[float, float] = "A4",
    versions: Sequence[Scene] = (),
    *,
    frame: bool = True,
) -> Plan:
    """The plan of a sheet, as `figure` makes it and draws by it."""
    return _lettered(scene, size, versions, frame=frame).plan


def _lettered(
    scene: Scene, size: str | tuple[float, float], versions: Sequence[Scene], *, frame: bool
) -> LetteredSheet:
    use_fonts([Path(path) for path in scene.fonts], dict(scene.typefaces))
    others = [on_paper(version) for version in versions if version.lang != scene.lang]
    with mpl.rc_context(WRITING):
        return letter(on_paper(scene), size, frame=frame, versions=others)


def _draw(scene: Scene, sheet: LetteredSheet, *, as_form: bool = False) -> SheetFigure:
    layout, names = sheet.plan, sheet.names
    canvas, map_frame = Canvas(layout.page, scene.say, scene.title), layout.map_frame
    type_scale = layout.page.type_scale
    if layout.header:
        draw_header(canvas, layout.header)
    if layout.cells:
        draw_small_maps(canvas, scene, sheet)
    else:
        _draw_map(canvas, scene, sheet, as_form=as_form)
    for inset, box in layout.insets:
        inset.draw(canvas, box, type_scale)
    draw_credits(
        canvas,
        layout.credits,
        layout.map_box.x,
        layout.words_top,
        sheet.list_lines,
        layout.list_lines,
    )
    canvas.figure.lettering = Lettering(
        names, names.items, sheet.taken, map_frame.box, sheet.claimed, sheet.elsewhere
    )
    for name in names.placed:
        if name.name.item.style.arrow or VALUE.match(name.text):
            continue  # how much flows, or a share upon an area: no name for an index
        canvas.figure.names.append((name.text, cell_of(map_frame, type_scale, *name.middle)))
    return canvas.figure


def _draw_map(canvas: Canvas, scene: Scene, sheet: LetteredSheet, *, as_form: bool) -> None:
    """The one map of a sheet with its names, rims of parts, and frame."""
    layout, names = sheet.plan, sheet.names
    map_frame = layout.map_frame
    with canvas.tagged("Figure", scene.alt or scene.title, box=layout.map_box):
        ax = add_map(canvas, map_frame)
        if as_form:
            canvas.figure.ground = ground_of(scene, sheet)
            ax.add_artist(GroundForm())
        else:
            draw_features(ax, sheet.drawn, map_frame, sheet.grid, names.unnamed, scene)
        draw_names(ax, canvas, names)
    with canvas.tagged("Artifact"):
        for inset, _ in layout.insets:
            for block in inset.blocks:
                if isinstance(block, MapPart):
                    draw_rim(canvas, map_frame, block.part)
    if names.key:
        draw_list(canvas, names.key)
    inks = inks_at(names, [label.box for label in sheet.degrees], GREY)
    draw_frame(canvas, map_frame, sheet.degrees, sheet.index, inks)
