"""A paragraph in a column: a heading, a sentence, a note."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import ClassVar

from shekara.sheet.paper.canvas import INK, Canvas
from shekara.sheet.paper.fonts import ASCENT, Face, line_mm
from shekara.sheet.paper.lines import wrap
from shekara.sheet.paper.paper import POINT_MM, Box

BODY_PT = 8.0
SMALL_PT = 6.5
HEADING_PT = 8.5


@dataclass(frozen=True)
class Paragraph:
    """A paragraph, a heading or a note."""

    text: str
    size_pt: float = BODY_PT
    face: Face = "plain"
    color: str = INK
    role: str = "P"
    above: float = 0.0  # white above and below, of the type size
    below: float = 0.25
    keep: bool = False
    stretch: float = 0.0
    lead: float = 0.0
    lang: str = ""  # where it is not the page's
    mirrors: ClassVar[bool] = True

    def height(self, width: float, type_scale: float) -> float:
        """Lines and the white around them, mm."""
        size = self.size_pt * type_scale
        lines = len(wrap(self.text, width, size, self.face))
        return lines * line_mm(size) + (self.above + self.below) * size * POINT_MM

    def draw(self, canvas: Canvas, box: Box, type_scale: float) -> None:
        """Draw the lines from the top."""
        size = self.size_pt * type_scale
        y = box.top - (self.above + ASCENT + 0.12) * size * POINT_MM
        with self._element(canvas):
            for line in wrap(self.text, box.width, size, self.face):
                canvas.text(box.x, y, line, size, self.face, color=self.color)
                y -= line_mm(size)

    @contextmanager
    def _element(self, canvas: Canvas) -> Iterator[None]:
        """Its element of the document; words of another language are a span in it."""
        if not self.lang or self.lang == canvas.say.lang:
            with canvas.tagged(self.role):
                yield
        else:
            with canvas.grouped(self.role), canvas.tagged("Span", lang=self.lang):
                yield
