"""Lines of text in a PDF are those that matplotlib writes, byte for byte."""

from __future__ import annotations

import io
from contextlib import AbstractContextManager, nullcontext

import matplotlib as mpl
import pytest
from matplotlib.backends.backend_pdf import PdfPages

from shekara.i18n import Translator
from shekara.sheet.export.lines_of_text import quick_lines
from shekara.sheet.export.pdf import SILENT
from shekara.sheet.paper.canvas import WRITING, Canvas
from shekara.sheet.paper.paper import Page

LINES = ("AVAST, 1 234 km (a\\b)", "Уральск – Орал Ұзындығы", "جنوب", "地图 3", "")


def pdf(within: AbstractContextManager[None]) -> bytes:
    canvas = Canvas(Page(80.0, 60.0), Translator("en"), "Lines")
    for place, text in enumerate(LINES):
        canvas.text(5, 10 + 8 * place, text, 9.0, "bold" if place % 2 else "plain")
    canvas.text(40, 10, "Turned VA", 8.0, rotation=30.0, halo="#ffffff")
    out = io.BytesIO()
    with mpl.rc_context(WRITING), within, PdfPages(out, metadata=SILENT) as pages:
        pages.savefig(canvas.figure)
    return out.getvalue()


@pytest.mark.filterwarnings("ignore:Glyph")
def test_lines_are_written_as_matplotlib_writes_them() -> None:
    assert pdf(quick_lines()) == pdf(nullcontext())
