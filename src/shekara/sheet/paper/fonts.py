"""Type: which font draws a text, how wide it is in millimetres, where it may be broken."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Literal

import matplotlib as mpl
from matplotlib.font_manager import FontProperties
from matplotlib.ft2font import FT2Font, LoadFlags

from shekara.errors import InputError
from shekara.sheet.paper.paper import POINT_MM

Face = Literal["plain", "bold", "slanted", "bold slanted"]

# DejaVu Sans comes with matplotlib and has every letter of kk, ru and en.
FILES: dict[Face, str] = {
    "plain": "DejaVuSans.ttf",
    "bold": "DejaVuSans-Bold.ttf",
    "slanted": "DejaVuSans-Oblique.ttf",
    "bold slanted": "DejaVuSans-BoldOblique.ttf",
}
LEADING = 1.24  # from one baseline to the next, of the type size
ASCENT, DESCENT = 0.76, 0.24  # of the type size: tops of tall letters, bottoms of hanging ones
TRIAL_PT = 100.0  # widths are measured once at this size, without hinting, and scaled
ZERO_WIDTH = "\u200b\u200c\u200d\u2060\ufeff\u00ad"


@lru_cache(maxsize=4)
def font_path(face: Face) -> Path:
    """The file of a face, among the fonts that come with matplotlib."""
    return Path(mpl.get_data_path(), "fonts", "ttf", FILES[face])


@lru_cache(maxsize=4)
def _font(face: Face) -> FT2Font:
    return FT2Font(str(font_path(face)))


@lru_cache(maxsize=4)
def _charmap(face: Face) -> frozenset[int]:
    return frozenset(_font(face).get_charmap())


@lru_cache(maxsize=512)
def properties(face: Face, size_pt: float) -> FontProperties:
    """What matplotlib needs to draw this face at this size."""
    return FontProperties(
        family="DejaVu Sans",
        weight="bold" if "bold" in face else "normal",
        style="oblique" if "slanted" in face else "normal",
        size=size_pt,
    )


def clean(text: str) -> str:
    """The text as it is printed: one line, no control characters, no marks without width."""
    kept = (" " if char in "\n\r\t\v\f\u2028\u2029" else char for char in text)
    return "".join(char for char in kept if char.isprintable() or char in "\u00a0\u202f").translate(
        dict.fromkeys(map(ord, ZERO_WIDTH))
    )


@lru_cache(maxsize=65536)
def check_glyphs(text: str, face: Face = "plain") -> str:
    """The cleaned text, once every character of it is known to be in the font.

    Raises:
        InputError: names the characters that the font lacks.
    """
    text = clean(text)
    missing = sorted({char for char in text if ord(char) not in _charmap(face)})
    if missing:
        named = ", ".join(f"{char!r} (U+{ord(char):04X})" for char in missing[:5])
        raise InputError(
            f"text {text[:60]!r}: DejaVu Sans has no glyph for {named}; "
            "write it with other characters, or a sheet would show an empty box"
        )
    return text


@lru_cache(maxsize=65536)
def _trial_width(text: str, face: Face) -> float:
    font = _font(face)
    font.set_size(TRIAL_PT, 72)
    font.set_text(text, 0.0, flags=LoadFlags.NO_HINTING)
    width, _ = font.get_width_height()
    return float(width) / 64


def width_mm(text: str, size_pt: float, face: Face = "plain") -> float:
    """How wide a line of text is, mm; checks its glyphs."""
    text = check_glyphs(text, face)
    return _trial_width(text, face) * size_pt / TRIAL_PT * POINT_MM if text else 0.0


def line_mm(size_pt: float) -> float:
    """The height of one line, mm."""
    return size_pt * LEADING * POINT_MM


@lru_cache(maxsize=16384)
def wrap(text: str, width: float, size_pt: float, face: Face = "plain") -> tuple[str, ...]:
    """The text in lines that are at most `width` mm wide.

    Breaks at spaces, after hyphens, dashes and slashes; a word longer than a line is cut.
    """
    lines: list[str] = []
    line, filled = "", 0.0
    for piece in _pieces(check_glyphs(text, face)):
        own = width_mm(piece.rstrip(" "), size_pt, face)
        # Widths of words are added; what lies between two words is not kerned.
        if line and filled + own <= width:
            line += piece
            filled += width_mm(piece, size_pt, face)
            continue
        if line.strip():
            lines.append(line.rstrip(" "))
        line = piece.lstrip(" ")
        while width_mm(line.rstrip(" "), size_pt, face) > width and len(line) > 1:
            cut = _fitting(line, width, size_pt, face)
            lines.append(line[:cut])
            line = line[cut:]
        filled = width_mm(line, size_pt, face)
    if line.strip():
        lines.append(line.rstrip(" "))
    return tuple(lines)


def shorten(text: str, width: float, size_pt: float, face: Face = "plain") -> str:
    """The text, cut with an ellipsis where it is wider than `width` mm."""
    text = check_glyphs(text, face)
    if width_mm(text, size_pt, face) <= width:
        return text
    return text[: max(_fitting(text + "…", width, size_pt, face) - 1, 1)].rstrip() + "…"


def _pieces(text: str) -> Iterable[str]:
    """The text in pieces after which a line may end; digits of one number stay together."""
    piece = ""
    for place, char in enumerate(text):
        before, after = text[place - 1 : place], text[place + 1 : place + 2]
        piece += char
        space = char == " " and after != " " and not (before.isdigit() and after.isdigit())
        if space or (char in "-–—/_" and len(piece) > 3 and after.isalpha()):
            yield piece
            piece = ""
    if piece:
        yield piece


def _fitting(line: str, width: float, size_pt: float, face: Face) -> int:
    low, high = 1, len(line)
    while low < high:
        middle = (low + high + 1) // 2
        if width_mm(line[:middle], size_pt, face) <= width:
            low = middle
        else:
            high = middle - 1
    return low
