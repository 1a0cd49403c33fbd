"""Lines of text in a PDF are those that matplotlib writes, and lie where its layout puts them."""

from __future__ import annotations

import ctypes
import io
import time
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
from shekara.sheet.export.lines_of_text import LAID_PT, Style, laid, quick_lines
from shekara.sheet.export.pdf import SILENT
from shekara.sheet.paper.canvas import WRITING, Canvas
from shekara.sheet.paper.fonts import Face, font_files, properties_of, width_mm
from shekara.sheet.paper.looks import Side
from shekara.sheet.paper.paper import POINT_MM, Page
from tests.support.patience import slowness

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


def letters_of(document: bytes) -> list[tuple[str, float, float]]:
    """Each letter of a page with its origin, points."""
    letters = pypdfium2.PdfDocument(document)[0].get_textpage()
    x, y = ctypes.c_double(), ctypes.c_double()
    drawn = []
    for place in range(letters.count_chars()):
        pdfium.FPDFText_GetCharOrigin(letters, place, x, y)
        drawn.append((letters.get_text_range(place, 1), x.value, y.value))
    return drawn


@pytest.mark.filterwarnings("ignore:Glyph")
def test_letters_lie_where_matplotlib_puts_them() -> None:
    ours, usual = letters_of(pdf(quick_lines())), letters_of(pdf(nullcontext()))
    assert [letter for letter, _, _ in ours] == [letter for letter, _, _ in usual]
    for (_, *place), (_, *other) in zip(ours, usual, strict=True):
        assert place == pytest.approx(other, abs=0.1)  # its own are whole 64ths


@pytest.mark.parametrize("face", ["plain", "bold", "serif"])
@pytest.mark.parametrize(
    "text", ["(To a) VAT, T 1 234 y (treaty)", "«Ту А» (Тот) У. Ѓ", " a  b ", "Ώρα Α 3", "كم 3 To"]
)
def test_a_line_of_words_is_the_line_that_the_font_lays_out_whole(face: Face, text: str) -> None:
    font = get_font([file for _, file, _, _ in font_files(properties_of(text, face, 9.0))])
    words = laid(text, Style(font, ("-liga",), "en"))
    font.set_size(LAID_PT, 72)
    whole = font._layout(text, LoadFlags.NO_HINTING, features=("-liga",), language="en")
    assert [(item.glyph, item.x, item.kern) for item in words] == [
        (item.glyph_index, item.x, item.prev_kern) for item in whole
    ]


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
    drawn = [x for _, x, _ in letters_of(pdf(quick_lines(), [text], "right"))]
    font = get_font([file for _, file, _, _ in font_files(properties_of(f"{text} ", "plain", 9.0))])
    font.set_size(9.0, 72)
    left = (70 - width_mm(text, 9.0)) / POINT_MM
    for item in font._layout(text, LoadFlags.NO_HINTING):
        if item.char in " \u200c":  # pdfium has spaces of its own
            continue
        assert min(abs(left + item.x - at) for at in drawn) < 0.1, item


def test_a_line_of_very_many_words_is_laid_out_in_a_moment() -> None:
    text = "a " * 20_000
    font = get_font([file for _, file, _, _ in font_files(properties_of(text, "plain", 9.0))])
    start = time.process_time()
    assert len(laid(text, Style(font, None, None))) == len(text)
    assert time.process_time() - start < 2 * slowness()
