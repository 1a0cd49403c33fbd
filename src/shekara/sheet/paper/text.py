"""Text as it is put on a page: with a halo, letter-spaced or along a curve, and always as text.

A halo by matplotlib's withStroke turns letters in a PDF into outlines. Here the halo is drawn
first as outlines and the letters then a second time as text, so that a reader can search and
copy them. Letters that stand apart carry their word as ActualText (ISO 32000-1, 14.9.4).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Unpack, cast

import matplotlib as mpl
import numpy as np
from matplotlib.backend_bases import GraphicsContextBase, RendererBase
from matplotlib.colors import to_rgba
from matplotlib.path import Path
from matplotlib.text import Text
from matplotlib.transforms import Affine2D, Bbox, IdentityTransform
from matplotlib.typing import ColorType

from shekara.characters import begins_right_to_left
from shekara.sheet.paper.fonts import (
    Face,
    clean_text,
    outline,
    properties_of,
    width_mm,
)
from shekara.sheet.paper.looks import ByteStream, TextLook
from shekara.sheet.paper.paper import POINT_MM

# Of a halo's coordinates, points: it is wider than a point, and half of a sheet's bytes otherwise.
HALO_DIGITS = 1


def actual_text(text: str) -> bytes:
    """A PDF string in UTF-16 with its byte order mark, in hexadecimal."""
    return b"<FEFF" + text.encode("utf-16-be").hex().upper().encode() + b">"


def pdf_stream(renderer: RendererBase) -> ByteStream | None:
    """Where marked content is written, when the renderer makes a PDF; else None."""
    file = getattr(renderer, "file", None)
    return file if file is not None and hasattr(file, "currentstream") else None


def _pixels(renderer: RendererBase, points: float) -> float:
    return float(cast(float, renderer.points_to_pixels(points)))


def plain_letters(text: Text) -> None:
    """No ligatures: a copied "fi" stays two letters."""
    text.set_fontfeatures(["-liga"])


@contextmanager
def unhinted() -> Iterator[None]:
    """Letters as wide as the font says, on every surface: pixels do not widen them."""
    before = mpl.rcParams["text.hinting"]
    mpl.rcParams["text.hinting"] = "none"
    try:
        yield
    finally:
        mpl.rcParams["text.hinting"] = before


class HaloText(Text):
    """One line of text, never read as mathematics, with an optional halo beneath it."""

    def __init__(  # noqa: PLR0913 - as matplotlib's Text, of which it is one
        self,
        x: float,
        y: float,
        text: str,
        size_pt: float,
        *,
        face: Face = "plain",
        color: str = "#1a1a1a",
        halo: str | None = None,
        halo_pt: float = 1.6,
        lead: str = "",
        **rest: Unpack[TextLook],
    ):
        printed = lead + clean_text(text, face)
        super().__init__(
            x,
            y,
            printed,
            color=color,
            fontproperties=properties_of(f"{printed} ", face, size_pt),
            parse_math=False,
            **rest,
        )
        plain_letters(self)
        self.face: Face = face
        self.halo = halo
        self.halo_pt = halo_pt

    def draw(self, renderer: RendererBase) -> None:
        """Draw the halo as outlines, then the letters as text."""
        text = self.get_text()
        if not self.get_visible() or not text:
            return
        with unhinted():
            x, y = self._start(renderer)
            angle = self.get_rotation()
            self._draw_halo(renderer, [(text, x, y, angle)])
            # A line's end is no end of a word for who reads the text alone.
            space = bool(pdf_stream(renderer)) and self.get_horizontalalignment() == "left"
            if space and begins_right_to_left(text):  # its end is at the left
                x -= self._wide(renderer, f"{text} ") - self._wide(renderer, text)
            self._draw_line(renderer, text + " " * space, x, y, angle)
        self.stale = False

    def _start(self, renderer: RendererBase) -> tuple[float, float]:
        """Where the baseline begins, pixels from the page's lower left corner."""
        x, y = self.get_transform().transform(self.get_position())
        if self.get_rotation() == 0 and self.get_verticalalignment() == "baseline":
            share = {"left": 0.0, "center": 0.5, "right": 1.0}[self.get_horizontalalignment()]
            back = share and share * self._wide(renderer, self.get_text())
            return x - back, y
        _, [(_, _, (dx, dy))], _ = self._get_layout(renderer)  # type: ignore[attr-defined]
        return x + dx, y + dy

    def _wide(self, renderer: RendererBase, text: str) -> float:
        """How wide a text of this face and size is, pixels."""
        return _pixels(renderer, width_mm(text, float(self.get_fontsize()), self.face) / POINT_MM)

    def _draw_line(
        self, renderer: RendererBase, text: str, x: float, y: float, angle: float
    ) -> None:
        """Letters from a point on, pixels from the lower left corner, turned by degrees."""
        renderer.open_group("text", self.get_gid())
        gc = self._context(renderer, self.get_color())
        if renderer.flipy():
            y = renderer.get_canvas_width_height()[1] - y
        renderer.draw_text(gc, x, y, text, self.get_fontproperties(), angle, mtext=self)
        gc.restore()
        renderer.close_group("text")

    def _draw_halo(
        self, renderer: RendererBase, lines: Sequence[tuple[str, float, float, float]]
    ) -> None:
        """A ring around texts, each with its place in pixels and its angle: one stroke for all."""
        if not self.halo:
            return
        size = _pixels(renderer, float(self.get_fontsize()))
        paths = []
        for text, x, y, angle in lines:
            turn = Affine2D().scale(size).rotate_deg(angle).translate(x, y)
            paths.append(outline(text, self.get_fontproperties()).transformed(turn))
        ring = Path.make_compound_path(*paths)
        ring.vertices = np.round(np.asarray(ring.vertices, dtype=float), HALO_DIGITS)
        gc = self._context(renderer, self.halo)
        gc.set_linewidth(_pixels(renderer, self.halo_pt))
        gc.set_joinstyle("round")
        renderer.draw_path(gc, ring, IdentityTransform())
        gc.restore()

    def _context(self, renderer: RendererBase, color: ColorType) -> GraphicsContextBase:
        gc = renderer.new_gc()
        gc.set_foreground(to_rgba(color), isRGBA=True)
        gc.set_alpha(self.get_alpha())  # type: ignore[arg-type]
        self._set_gc_clip(gc)  # type: ignore[attr-defined]
        return gc

    def get_window_extent(
        self, renderer: RendererBase | None = None, dpi: float | None = None
    ) -> Bbox:
        """The box around the text, pixels."""
        with unhinted():
            return super().get_window_extent(renderer, dpi)
