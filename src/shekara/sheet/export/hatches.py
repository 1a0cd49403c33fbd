"""Hatches written into a PDF as strokes that are cut to their area, not as a tiling pattern.

Readers draw the strokes of a pattern each in its own way, and PDFium, which Chromium shows PDFs
with, not at all; a stroke that is drawn like any other line looks the same everywhere.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Protocol, cast

import numpy as np
from matplotlib.backend_bases import GraphicsContextBase
from matplotlib.backends.backend_pdf import Op, PdfFile, RendererPdf
from matplotlib.path import Path
from matplotlib.transforms import IdentityTransform, Transform
from matplotlib.typing import ColorType

from shekara.geometry.arrays import Floats

CELL_PT = 72.0  # of the square that is repeated, as in matplotlib's own patterns
FILLED = frozenset(".oO*")  # signs of a hatch that are areas, not strokes
WRITES = "draw_path"
SAME = IdentityTransform()


class _File(Protocol):
    def output(self, *parts: object) -> None: ...


class _Renderer(Protocol):
    height: float
    file: _File

    def new_gc(self) -> GraphicsContextBase: ...

    def check_gc(self, gc: GraphicsContextBase, fill: object) -> None: ...


Draw = Callable[[_Renderer, GraphicsContextBase, Path, Transform, ColorType | None], None]


@contextmanager
def stroked_hatches() -> Iterator[None]:
    """Within, PDFs are written so."""
    before = cast(Draw, vars(RendererPdf)[WRITES])

    def draw_path(
        self: _Renderer,
        gc: GraphicsContextBase,
        path: Path,
        transform: Transform,
        rgbFace: ColorType | None = None,  # noqa: N803 - matplotlib's
    ) -> None:
        hatch = gc.get_hatch()
        if not hatch:
            before(self, gc, path, transform, rgbFace)
            return
        area = _extents(path, transform)
        if area is None:
            return
        ground, strokes, edge = (_without_hatch(self, gc) for _ in range(3))
        if rgbFace is not None:
            ground.set_linewidth(0)
            before(self, ground, path, transform, rgbFace)
        colour = gc.get_hatch_color()
        strokes.set_foreground(colour, isRGBA=True)
        strokes.set_linewidth(gc.get_hatch_linewidth())
        strokes.set_dashes(0, None)
        fill = colour if FILLED & set(hatch) else None
        # The artist may be cut by a path of its own: both cuts hold (ISO 32000-1, 8.5.4).
        self.check_gc(strokes, fill)
        cut = PdfFile.pathOperations(path, transform, simplify=False)  # type: ignore[no-untyped-call]
        self.file.output(Op.gsave, *cut)
        self.file.output(Op.clip, Op.endpath)
        before(self, strokes, _repeated(Path.hatch(hatch), area, self.height), SAME, fill)
        self.file.output(Op.grestore)
        before(self, edge, path, transform, None)

    setattr(RendererPdf, WRITES, draw_path)
    try:
        yield
    finally:
        setattr(RendererPdf, WRITES, before)


def _without_hatch(renderer: _Renderer, gc: GraphicsContextBase) -> GraphicsContextBase:
    plain = renderer.new_gc()
    plain.copy_properties(gc)
    plain.set_hatch(None)
    return plain


def _extents(path: Path, transform: Transform) -> Floats | None:
    """West, south, east and north of a path's finite positions, points; None where it has none."""
    points = np.asarray(transform.transform(path.vertices), dtype=float).reshape(-1, 2)
    if path.codes is not None:  # what stands beside the sign of an end is no position
        points = points[~np.isin(path.codes, (Path.STOP, Path.CLOSEPOLY))]
    points = points[np.isfinite(points).all(axis=1)]
    return np.concatenate([points.min(axis=0), points.max(axis=0)]) if len(points) else None


def _repeated(cell: Path, area: Floats, page_inches: float) -> Path:
    """A cell of the unit square beside itself until it covers an area: x0, y0, x1, y1 in points.

    Cells are counted from the page's upper left corner, so that hatches of neighbours go on.
    """
    top = page_inches * CELL_PT
    left, right = np.floor(area[0] / CELL_PT), np.ceil(area[2] / CELL_PT)
    low, high = np.floor((area[1] - top) / CELL_PT), np.ceil((area[3] - top) / CELL_PT)
    columns, rows = np.meshgrid(np.arange(left, right), np.arange(low, high))
    corners = np.column_stack([columns.ravel(), rows.ravel()])
    points, codes = np.asarray(cell.vertices, dtype=float), np.asarray(cell.codes)
    vertices = (points[None] + corners[:, None]).reshape(-1, 2) * CELL_PT
    vertices[:, 1] += top
    return Path(vertices, np.tile(codes, len(corners)))
