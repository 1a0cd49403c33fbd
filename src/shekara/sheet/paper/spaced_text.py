"""A name whose letters stand apart or follow a curve; it reads and extracts as one text."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Unpack

from matplotlib.backend_bases import RendererBase
from matplotlib.colors import to_hex
from matplotlib.text import Text
from matplotlib.transforms import Bbox

from shekara.characters import separable
from shekara.sheet.paper.fonts import CAPTION_PT, FACES, Face, families, width_mm
from shekara.sheet.paper.looks import HaloLook, SvgWriter
from shekara.sheet.paper.paper import POINT_MM
from shekara.sheet.paper.text import HaloText, actual_text, pdf_stream, unhinted


@dataclass(frozen=True)
class Letter:
    """One piece of a spaced or curved text: its place in the text's transform, and its turn.

    A letter; a word where letters join or run from right to left.
    """

    x: float
    y: float
    char: str
    angle: float = 0.0


class SpacedText(HaloText):
    """A word whose letters stand apart or follow a curve; reads and extracts as one text."""

    def __init__(
        self,
        text: str,
        letters: Sequence[Letter],
        size_pt: float,
        *,
        face: Face = "plain",
        **look: Unpack[HaloLook],
    ):
        self.letters = tuple(letters)
        middle = self.letters[len(self.letters) // 2]
        super().__init__(middle.x, middle.y, text, size_pt, face=face, **look)

    def _pieces(self) -> Iterator[Text]:
        """Each letter as a text of its own, for who asks how large it is."""
        figure = self.get_figure(root=True)
        for letter in self.letters:
            piece = Text(
                letter.x,
                letter.y,
                letter.char,
                fontproperties=self.get_fontproperties(),
                parse_math=False,
                rotation=letter.angle,
                rotation_mode="anchor",
                ha="center",
                va="baseline",
                transform=self.get_transform(),
            )
            if figure is not None:
                piece.set_figure(figure)
            yield piece

    def draw(self, renderer: RendererBase) -> None:
        """Draw all halos, then all letters between marks that hold the word."""
        if self.get_visible():
            with unhinted():
                self._draw_letters(renderer)
        self.stale = False

    def _draw_letters(self, renderer: RendererBase) -> None:
        lines = []
        for letter in self.letters:
            x, y = self.get_transform().transform((letter.x, letter.y))
            half, turn = self._wide(renderer, letter.char) / 2, math.radians(letter.angle)
            lines.append(
                (letter.char, x - half * math.cos(turn), y - half * math.sin(turn), letter.angle)
            )
        self._draw_halo(renderer, lines)
        writer = getattr(renderer, "writer", None)
        if writer is not None and hasattr(writer, "element"):
            self._write_svg(writer, renderer)
            return
        # Words that stay whole read as any line does, and readers turn what runs from the right.
        stream = pdf_stream(renderer) if separable(self.get_text()) else None
        if stream:
            stream.write(b"/Span <</ActualText " + actual_text(self.get_text()) + b">> BDC\n")
        for line in lines:
            self._draw_line(renderer, *line)
        if stream:
            stream.write(self._end_of_word())

    def _end_of_word(self) -> bytes:
        """The end of the marked word, under a matrix that spans it.

        matplotlib gives each letter a matrix of its own, and poppler places the text of a mark by
        the matrix at its end: without this one it would put the word into the page's corner.
        """
        first, last = self.letters[0], self.letters[-1]
        (x0, y0), (x1, y1) = self.get_transform().transform([(first.x, first.y), (last.x, last.y)])
        size = float(self.get_fontsize())
        half = width_mm(first.char, size, self.face) / POINT_MM / 2
        letter_mm = width_mm(last.char, size, self.face) / POINT_MM
        run = math.hypot(x1 - x0, y1 - y0)
        turn = math.atan2(y1 - y0, x1 - x0) if run else math.radians(first.angle)
        cos, sin = math.cos(turn), math.sin(turn)
        wide = (run + half + letter_mm / 2) / letter_mm
        matrix = (cos * wide, sin * wide, -sin, cos, x0 - half * cos, y0 - half * sin)
        numbers = " ".join(f"{value:.4f}" for value in matrix)
        return f"q {numbers} cm EMC Q\n".encode()

    def _write_svg(self, writer: SvgWriter, renderer: RendererBase) -> None:
        """One text element with a place and a turn for each letter; words are elements each."""
        size = float(self.get_fontsize())
        _, weight, slant = FACES[self.face]
        names = ", ".join(f"'{family}'" for family in families(self.face, size <= CAPTION_PT))
        css = f"font:{slant} {weight} {size:g}px {names};fill:{to_hex(self.get_color())}"
        if not separable(self.get_text()):
            for word in self.letters:
                x, y = self._begins(word, renderer)
                turn = {"transform": f"translate({x:.2f} {y:.2f}) rotate({-word.angle:.1f})"}
                writer.element("text", word.char, attrib={**turn, "style": css})
            return
        letters = self._all_letters()
        places = [self._begins(letter, renderer) for letter in letters]
        attributes = {
            "x": " ".join(f"{x:.2f}" for x, _ in places),
            "y": " ".join(f"{y:.2f}" for _, y in places),
            "rotate": " ".join(f"{-letter.angle:.1f}" for letter in letters),
            "style": css,
        }
        writer.element("text", self.get_text(), attrib=attributes)

    def _begins(self, letter: Letter, renderer: RendererBase) -> tuple[float, float]:
        """The left end of a piece, which SVG turns it about; here it hangs by its middle."""
        _, high = renderer.get_canvas_width_height()
        x, y = self.get_transform().transform((letter.x, letter.y))
        angle = math.radians(letter.angle)
        half = width_mm(letter.char, float(self.get_fontsize()), self.face) / POINT_MM / 2
        return x - half * math.cos(angle), high - y + half * math.sin(angle)

    def _all_letters(self) -> list[Letter]:
        """A letter for every character; a space lies where the letter before it does."""
        rest = list(self.letters)
        result: list[Letter] = []
        for char in self.get_text():
            if char.isspace() or not rest:
                last = result[-1] if result else self.letters[0]
                result.append(Letter(last.x, last.y, char, last.angle))
            else:
                result.append(rest.pop(0))
        return result

    def get_window_extent(
        self, renderer: RendererBase | None = None, dpi: float | None = None
    ) -> Bbox:
        """The box around all letters, pixels."""
        with unhinted():
            return Bbox.union([piece.get_window_extent(renderer, dpi) for piece in self._pieces()])
