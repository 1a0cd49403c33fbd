"""A text in lines: where it may be broken, and how it is cut where there is no room."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from shekara.sheet.paper.fonts import Face, clean_text, width_mm

# A number, or a number with its short word: "6,5", "6,5 тыс."
NUMBER = re.compile(r"\d[%°]?( \w{1,4}\.?)? $")
IDEOGRAPH = re.compile("[\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
OPENING, CLOSING = "（《〈「『“‘(", "，。、；：？！）》〉」』”’),.;:?!%°"
SIGNS = "©®№§"  # what follows stays with them
LEAST_BROKEN = 0.6  # of the width: a shorter text is not broken to fill the lines kept for it
LONGEST_UNIT = 9  # letters of a word that stays with the number before it: "thousand,"


@lru_cache(maxsize=16384)
def wrap(text: str, width: float, size_pt: float, face: Face = "plain") -> tuple[str, ...]:
    """The text in lines that are at most `width` mm wide.

    Breaks at spaces, after hyphens, dashes and slashes; a word longer than a line is cut.
    """
    lines: list[str] = []
    line, filled = "", 0.0
    for piece in _pieces(clean_text(text, face)):
        word = piece.rstrip(" ")
        word_width = width_mm(word, size_pt, face)
        # Widths of words are added; what lies between two words is not kerned.
        if line and filled + word_width <= width:
            line += piece
            filled += word_width + width_mm(piece[len(word) :], size_pt, face)
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


def longest_piece_mm(text: str, size_pt: float, face: Face = "plain") -> float:
    """The width of a text's longest word, mm: in a narrower column it is cut."""
    pieces = _pieces(clean_text(text, face))
    return max((width_mm(piece.rstrip(" "), size_pt, face) for piece in pieces), default=0.0)


def balanced(text: str, width: float, size_pt: float, face: Face = "plain") -> tuple[str, ...]:
    """The text in as few lines as `wrap` needs, all of them nearly as long as each other."""
    lines = wrap(text, width, size_pt, face)
    if len(lines) < 2:
        return lines
    low, high = width / len(lines), width
    for _ in range(8):
        middle = (low + high) / 2
        narrower = wrap(text, middle, size_pt, face)
        if len(narrower) > len(lines):
            low = middle
        else:
            lines, high = narrower, middle
    return lines


def in_lines(
    text: str, count: int, width: float, size_pt: float, face: Face = "plain"
) -> tuple[str, ...]:
    """The text in `count` lines of nearly one length, at most `width` mm wide; in fewer if short.

    For where another language needs so many lines, and room for them is kept.
    """
    whole = width_mm(text, size_pt, face)
    if count < 2 or whole < LEAST_BROKEN * width:
        return balanced(text, width, size_pt, face)
    narrow = whole / count
    while narrow < width:
        lines = wrap(text, narrow, size_pt, face)
        if len(lines) <= count:
            return lines
        narrow *= 1.03
    return balanced(text, width, size_pt, face)


def shorten(text: str, width: float, size_pt: float, face: Face = "plain") -> str:
    """The text, cut with an ellipsis where it is wider than `width` mm."""
    text = clean_text(text, face)
    if width_mm(text, size_pt, face) <= width:
        return text
    kept = max(_fitting(text + "…", width, size_pt, face) - 1, 1)
    while kept > 1 and width_mm(text[:kept].rstrip() + "…", size_pt, face) > width:
        kept -= 1
    return text[:kept].rstrip() + "…"


def _pieces(text: str) -> Iterable[str]:
    """The text in pieces after which a line may end.

    A number never ends a line without the word after it: its unit, %, «км», «тыс.»; nor does ©.
    """
    piece = ""
    for place, char in enumerate(text):
        before, after = text[place - 1 : place], text[place + 1 : place + 2]
        piece += char
        space = char == " " and after != " "
        if space and NUMBER.search(piece):
            following = text[place + 1 :].split(" ", 1)[0]
            space = len(following) > LONGEST_UNIT
        space = space and before not in SIGNS
        ideographs = bool(after) and _breaks_between(char, after)
        # What a number is joined to by a hyphen is one word with it: «1990-х», "3-point".
        hyphen = char in "-–—/_" and len(piece) > 3 and after.isalpha()
        hyphen = hyphen and not (char == "-" and before.isdigit())
        if space or ideographs or hyphen:
            yield piece
            piece = ""
    if piece:
        yield piece


def _breaks_between(char: str, after: str) -> bool:
    """Whether a line may end between two letters without a space: between ideographs or kana.

    Closing marks stay with what they close, opening marks with what they open (JIS X 4051).
    """
    either = IDEOGRAPH.match(char) or IDEOGRAPH.match(after)
    return bool(either) and " " not in (char, after) and not (char in OPENING or after in CLOSING)


def _fitting(line: str, width: float, size_pt: float, face: Face) -> int:
    low, high = 1, len(line)
    while low < high:
        middle = (low + high + 1) // 2
        if width_mm(line[:middle], size_pt, face) <= width:
            low = middle
        else:
            high = middle - 1
    return low
