"""What stands above and below a figure beside a map: its title, and a note at its foot."""

from __future__ import annotations

from shekara.sheet.paper.canvas import GREY, Canvas
from shekara.sheet.paper.fonts import ASCENT, DESCENT, line_mm
from shekara.sheet.paper.lines import balanced, wrap
from shekara.sheet.paper.paper import POINT_MM, Box
from shekara.sheet.paper.paragraph import HEADING_PT, SMALL_PT


def title_mm(title: str, width: float, type_scale: float) -> float:
    """Height of a title in a width, mm."""
    lines = len(balanced(title, width, HEADING_PT * type_scale, "bold"))
    return lines * line_mm(HEADING_PT * type_scale)


def draw_title(canvas: Canvas, box: Box, title: str, type_scale: float) -> float:
    """Draw a title at the top of a box; the baseline of the line that may follow it, mm."""
    size = HEADING_PT * type_scale
    y = box.top - (ASCENT + 0.12) * size * POINT_MM
    with canvas.tagged("H2"):
        for line in balanced(title, box.width, size, "bold"):
            canvas.text(box.x, y, line, size, "bold")
            y -= line_mm(size)
    return y


def note_lines(note: str, width: float, type_scale: float) -> tuple[str, ...]:
    """The lines of a note in a width."""
    return wrap(note, width, SMALL_PT * type_scale, "slanted")


def draw_note(canvas: Canvas, box: Box, note: str, type_scale: float) -> None:
    """Draw a note at the foot of a box."""
    size = SMALL_PT * type_scale
    y = box.y + 0.8 * type_scale + DESCENT * size * POINT_MM
    with canvas.tagged("P" if note else "Artifact"):
        for line in reversed(note_lines(note, box.width, type_scale)):
            canvas.text(box.x, y, line, size, "slanted", color=GREY)
            y += line_mm(size)
