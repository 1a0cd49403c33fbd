"""Lines of text in a PDF are those that matplotlib writes, and lie where its layout puts them."""

from __future__ import annotations

import ctypes
import io
from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext

import matplotlib as mpl
import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from matplotlib.backends.backend_pdf import PdfPages
from matplotlib.font_manager import get_font
from matplotlib.ft2font import LoadFlags

from shekara.i18n import Translator
from shekara.sheet.export.lines_of_text import quick_lines
from shekara.sheet.export.pdf import SILENT
from shekara.sheet.paper.canvas import WRITING, Canvas
from shekara.sheet.paper.fonts import Face, font_files, properties_of, width_mm
from shekara.sheet.paper.looks import Side
from shekara.sheet.paper.paper import POINT_MM, Page

LINES = ("AVAST, 1 234 km (a\\b)", "To 7.5 % of Wales", "")


def pdf(
    within: AbstractContextManager[None], lines: Sequence[str] = LINES, side: Side = "left"
) -> bytes:
    canvas = Canvas(Page(80.0, 60.0), Translator("en"), "Lines")
    for place, text in enumerate(lines):
        face: Face = "bold" if place % 2 else "plain"
        canvas.text(5 if side == "left" else 70, 10 + 8 * place, text, 9.0, face, ha=side)
    canvas.text(40, 10, "Turned VA", 8.0, rotation=30.0, halo="#ffffff")
    out = io.BytesIO()
    with mpl.rc_context(WRITING), within, PdfPages(out, metadata=SILENT) as pages:
        pages.savefig(canvas.figure)
    return out.getvalue()


@pytest.mark.filterwarnings("ignore:Glyph")
def test_lines_are_written_as_matplotlib_writes_them() -> None:
    assert pdf(quick_lines()) == pdf(nullcontext())


@pytest.mark.parametrize(
    "text",
    [
        "Уральск – Орал Ұзындығы",
        "a بیش از b",
        "كيلومتر مربع 3",
        "شهر‌ها",
        "क्षेत्र 4 नगर",
        "地图 3 km²",
    ],
)
def test_letters_lie_where_the_layout_puts_them_where_a_line_changes_its_font(text: str) -> None:
    page = pypdfium2.PdfDocument(pdf(quick_lines(), [text], "right"))[0]
    letters = page.get_textpage()
    x, y = ctypes.c_double(), ctypes.c_double()
    drawn = []
    for place in range(letters.count_chars()):
        pdfium.FPDFText_GetCharOrigin(letters, place, x, y)
        drawn.append(x.value)
    font = get_font([file for _, file, _, _ in font_files(properties_of(f"{text} ", "plain", 9.0))])
    font.set_size(9.0, 72)
    left = (70 - width_mm(text, 9.0)) / POINT_MM
    for item in font._layout(text, LoadFlags.NO_HINTING):
        if item.char in " \u200c":  # pdfium has spaces of its own
            continue
        assert min(abs(left + item.x - at) for at in drawn) < 0.1, item
