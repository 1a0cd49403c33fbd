"""Lines of text written into a PDF as matplotlib writes them, in less time and fewer bytes.

matplotlib looks up the font of each letter by its path and loads each glyph to draw it, though a
PDF draws no glyph; on a page of text that is most of the work. It lays each line out letter by
letter, though the same words come again and again: here a word is laid out once, in the units of
its font, in which kerning needs no fractions. What is rare (formulas, links, the fonts of PDF
itself) is left to matplotlib. Where a line changes its font, matplotlib 3.11 moves the first letter
twice by what lies before it: Arabic words stood upon each other. Here it lies where the layout puts
it.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol, cast

import matplotlib as mpl
from matplotlib.backend_bases import GraphicsContextBase
from matplotlib.backends import backend_pdf
from matplotlib.backends.backend_pdf import Op, RendererPdf
from matplotlib.font_manager import FontPath, FontProperties
from matplotlib.ft2font import FT2Font, LoadFlags
from matplotlib.text import Text


class _Tracker(Protocol):
    def track_glyph(self, font: FT2Font, chars: str, glyph: int) -> tuple[int, int]: ...


class _File(Protocol):
    _character_tracker: _Tracker

    def write(self, data: bytes) -> None: ...

    def fontName(self, path: FontPath, subset: int) -> object: ...  # noqa: N802 - matplotlib's


class _Renderer(Protocol):
    file: _File

    def check_gc(self, gc: GraphicsContextBase, fill: object) -> None: ...

    def _get_font_ttf(self, prop: FontProperties) -> FT2Font: ...


# What is matplotlib's own and has no types.
_pdf_of = cast("Callable[[object], bytes]", vars(backend_pdf)["pdfRepr"])
_in_lines = cast("Callable[[list[bytes]], bytes]", vars(backend_pdf)["_fill"])

Show = list[float | bytes]  # letters, and how far apart those before and after them stand
# By font, letters and glyph: the font's name in the file, and what stands for the glyph.
Known = dict[tuple[object, ...], tuple[object, bytes]]
TRUE_TYPE = 42  # two bytes for a letter
LAID_PT = 1000.0  # words are laid out in units of their font, in which its kerning is whole
KERNS = 1  # decimals of such a unit; a font may have others
# Letters whose shape or order can depend on more than their word.
NOT_BY_WORDS = re.compile("[\u0590-\u1dff\u200b-\u200f\u202a-\u202e\u2060-\u206f\u2d00-\U0010ffff]")
WRITES = "draw_text"
# The script of brackets is that of what precedes: a line is parted behind the last of them.
BRACKET = re.compile("[()<>[\\]{}«»“”‹›]")


@dataclass(frozen=True)
class Style:
    """What a layout depends on beside its text; a font is itself alone."""

    font: FT2Font
    features: tuple[str, ...] | None
    language: str | tuple[tuple[str, int, int], ...] | None


@dataclass(frozen=True)
class Letter:
    """A glyph in its place; `kern` is what moves it from the end of the one before it.

    All lengths are thousandths of the type size.
    """

    font: FT2Font
    char: str
    glyph: int
    x: float
    y: float
    kern: float


@contextmanager
def quick_lines() -> Iterator[None]:
    """Within, PDFs are written so."""
    before = cast("Callable[..., None]", vars(RendererPdf)[WRITES])
    known: Known = {}

    def draw_text(  # noqa: PLR0913 - as matplotlib's
        self: _Renderer,
        gc: GraphicsContextBase,
        x: float,
        y: float,
        s: str,
        prop: FontProperties,
        angle: float,
        ismath: bool | str = False,
        mtext: Text | None = None,
    ) -> None:
        usual = mpl.rcParams["pdf.fonttype"] == TRUE_TYPE
        letters: Sequence[Letter] = ()
        if usual and not ismath and gc.get_url() is None:
            language = mtext.get_language() if mtext is not None else None
            features = mtext.get_fontfeatures() if mtext is not None else None
            font = self._get_font_ttf(prop)
            letters = laid(s, Style(font, features and tuple(features), language))
        if not letters:
            before(self, gc, x, y, s, prop, angle, ismath, mtext)
            return
        self.check_gc(gc, gc.get_rgb())
        self.file.write(_line(self, letters, (x, y, angle), prop.get_size_in_points(), known))

    setattr(RendererPdf, WRITES, draw_text)
    try:
        yield
    finally:
        setattr(RendererPdf, WRITES, before)


def laid(text: str, style: Style) -> list[Letter]:
    """The letters of a line from x = 0, its words laid out apart where that is the same."""
    if NOT_BY_WORDS.search(text):
        return list(_laid(text, style))
    line: list[Letter] = []
    whole = max((bracket.end() for bracket in BRACKET.finditer(text)), default=0)
    first, *words = text[whole:].split(" ")
    words = [text[:whole] + first, *words]
    x = 0.0  # of the space before the word
    for place, word in enumerate(words):
        before, after = bool(place), place < len(words) - 1
        letters = _laid(f"{' ' * before}{word}{' ' * after}", style)
        line += [
            Letter(item.font, item.char, item.glyph, x + item.x, item.y, item.kern)
            for item in letters[before:]
        ]
        x = line[-1].x if line else 0.0
    return line


@lru_cache(maxsize=65536)
def _laid(text: str, style: Style) -> tuple[Letter, ...]:
    style.font.set_size(LAID_PT, 72)
    items = style.font._layout(
        text, LoadFlags.NO_HINTING, features=style.features, language=style.language
    )
    return tuple(
        Letter(item.ft_object, item.char, item.glyph_index, item.x, item.y, item.prev_kern)
        for item in items
    )


def _line(
    renderer: _Renderer,
    letters: Sequence[Letter],
    place: tuple[float, float, float],
    size: float,
    known: Known,
) -> bytes:
    """A line at x, y and an angle as the operators of PDF."""
    file = renderer.file
    x, y, angle = place
    turn = math.radians(angle)
    cos, sin = math.cos(turn), math.sin(turn)
    out = [_said(Op.gsave), _said(cos, sin, -sin, cos, x, y, Op.concat_matrix)]
    out.append(_said(Op.begin_text))
    shown: Show = []
    last: object = None
    begun = rise = 0.0
    part = size / LAID_PT
    for item in letters:
        font = item.font
        key = (id(file), font.fname, font.face_index, item.char, item.glyph)
        if key not in known:
            subset, code = file._character_tracker.track_glyph(font, item.char, item.glyph)
            name = file.fontName(FontPath(str(font.fname), font.face_index), subset)
            known[key] = (name, code.to_bytes(2, "big"))
        name, letter = known[key]
        if name is not last:
            out += _show(shown)
            shown = []
            out.append(_said(name, size, Op.selectfont))
            out.append(_said(part * (item.x - begun), 0, Op.textpos))
            last, begun = name, item.x
        elif kern := round(-item.kern, KERNS):
            shown.append(kern)
        if item.y != rise:
            out += _show(shown)
            # Kerning before a raised letter counts from the level that it has.
            shown = []
            out.append(_said(part * item.y, Op.textrise))
            rise = item.y
        if shown and isinstance(shown[-1], bytes):
            shown[-1] += letter
        else:
            shown.append(letter)
    out += _show(shown)
    if rise:
        out.append(_said(0, Op.textrise))
    out += [_said(Op.end_text), _said(Op.grestore)]
    return b"".join(out)


def _show(shown: Show) -> list[bytes]:
    if not shown:
        return []
    parts = [_number(part) if isinstance(part, float) else _pdf_of(part) for part in shown]
    return [_in_lines([_in_lines([b"[", *parts, b"]"]), _pdf_of(Op.showkern)]) + b"\n"]


def _number(value: float) -> bytes:
    return (b"%.*f" % (KERNS, value)).removesuffix(b".0")


def _said(*parts: object) -> bytes:
    """Operands and operator as `PdfFile.output` writes them."""
    return _in_lines([_pdf_of(part) for part in parts]) + b"\n"
