"""The map of a sheet without its names, drawn once for all languages of a map.

In a PDF it is a form (ISO 32000-1, 8.10): the same operators on the page of every language.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Protocol, cast

from matplotlib.artist import Artist
from matplotlib.backend_bases import GraphicsContextBase, RendererBase
from matplotlib.backends.backend_pdf import Name, Op

from shekara.pictures import last_saved
from shekara.scene.model import Scene
from shekara.sheet.export.pdf import raw_pages
from shekara.sheet.identity import Same
from shekara.sheet.lettering import LetteredSheet
from shekara.sheet.map.features import add_map, draw_features
from shekara.sheet.paper.canvas import GROUND, Canvas

KEPT = 2  # grounds: the languages of a map are drawn one after another
BLACK = (0.0, 0.0, 0.0)


class _PdfFile(Protocol):
    def output(self, *parts: object) -> None: ...


class _PdfRenderer(Protocol):
    file: _PdfFile

    def new_gc(self) -> GraphicsContextBase: ...

    def check_gc(self, gc: GraphicsContextBase, fill: object) -> None: ...


class GroundForm(Artist):
    """The place of the ground on a page; seen only in a PDF."""

    def draw(self, renderer: RendererBase) -> None:
        """Call the form, in the state in which a page begins: that is what it was drawn in."""
        pdf = cast(_PdfRenderer, renderer)
        pdf.check_gc(pdf.new_gc(), BLACK)
        pdf.file.output(Name(GROUND), Op.use_xobject)  # type: ignore[no-untyped-call]


class _Ground:
    """What a ground shows; two that show the same are equal."""

    def __init__(self, scene: Scene, sheet: LetteredSheet) -> None:
        self.scene, self.sheet = scene, sheet
        unnamed = sheet.names.unnamed
        self._key = (
            sheet.plan.page,
            sheet.plan.map_frame,
            scene.relief,
            scene.relief and last_saved(scene.relief.path),
            scene.backdrop,
            scene.backdrop and last_saved(scene.backdrop.raster.path),
            tuple(
                (
                    Same(item.feature.geometry),
                    item.style,
                    item.layer.name,
                    item.layer.kind,
                    item.layer.basemap,
                    item.layer.kind == "point" and item.feature.id in unnamed,
                )
                for item in sheet.drawn
            ),
        )

    def __hash__(self) -> int:
        return hash(self._key)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Ground) and other._key == self._key


def ground_of(scene: Scene, sheet: LetteredSheet) -> bytes:
    """The map of a sheet without its names, as a PDF of one page."""
    return _drawn(_Ground(scene, sheet))


@lru_cache(maxsize=KEPT)
def _drawn(ground: _Ground) -> bytes:
    scene, sheet = ground.scene, ground.sheet
    canvas = Canvas(sheet.plan.page, scene.say, "", ground=False)
    ax = add_map(canvas, sheet.plan.map_frame)
    draw_features(ax, sheet.drawn, sheet.plan.map_frame, sheet.grid, sheet.names.unnamed, scene)
    return raw_pages([canvas.figure])
