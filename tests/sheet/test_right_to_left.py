"""Names that join or run from right to left: words stay whole, figures keep their order."""

from __future__ import annotations

import io

import matplotlib as mpl
import numpy as np
import pypdfium2
import pytest

from shekara.i18n import Translator
from shekara.scene.model import Panel, Series, Style
from shekara.sheet.labels.curves import letters_on
from shekara.sheet.marginalia.bars import LyingBars
from shekara.sheet.paper.canvas import WRITING, Canvas
from shekara.sheet.paper.columns import draw_block
from shekara.sheet.paper.fonts import clean_text, width_mm
from shekara.sheet.paper.paper import Box, Page
from shekara.sheet.paper.spaced_text import SpacedText
from shekara.sheet.paper.text import HaloText

LEVEL = np.array([[10.0, 20.0], [90.0, 20.0]])


def on_level_line(text: str) -> list[tuple[str, float]]:
    letters, _ = letters_on(text, LEVEL, 12.0, "plain", 1.0)
    return [(letter.char, letter.x) for letter in letters]


def test_a_name_along_a_line_begins_where_its_readers_begin() -> None:
    # The first word of an Arabic name is the rightmost, and no word is taken apart.
    first, second = sorted(on_level_line("وادي النهر"), key=lambda pair: -pair[1])
    assert (first[0], second[0]) == ("وادي", "النهر")
    # Hindi runs from the left; its words are not taken apart either.
    assert [char for char, _ in on_level_line("नदी घाटी")] == ["नदी", "घाटी"]
    assert [char for char, _ in on_level_line("Орал")] == list("Орал")


@pytest.mark.parametrize("kind", ["pdf", "svg"])
def test_a_name_along_a_line_reads_as_it_is_written(kind: str) -> None:
    canvas = Canvas(Page(100, 40), Translator("he"), "")
    text = "עמק הירדן"
    letters, _ = letters_on(text, LEVEL, 12.0, "plain", 1.0)
    canvas.place(SpacedText(text, letters, 12.0, transform=canvas.mm))
    out = io.BytesIO()
    with mpl.rc_context(WRITING):
        canvas.figure.savefig(out, format=kind)
    if kind == "pdf":
        said = pypdfium2.PdfDocument(out.getvalue())[0].get_textpage().get_text_bounded()
        assert said.split() == text.split()
    else:
        assert all(f">{word}<" in out.getvalue().decode() for word in text.split())


@pytest.mark.parametrize(
    ("text", "leads"), [("33° E", False), ("20 ק״מ", True), ("61,000–200,000", True)]
)
def test_foreign_letters_keep_their_own_order(text: str, leads: bool) -> None:
    canvas = Canvas(Page(100, 40), Translator("he"), "")
    assert canvas.text(5, 5, text, 8.0).get_text() == "\u200f" * leads + text


def test_a_halo_lies_around_its_letters() -> None:
    canvas = Canvas(Page(60, 20), Translator("he"), "")
    canvas.text(10, 8, "מערב", 20.0, color="#000000", halo="#ff0000", halo_pt=0.6)
    out = io.BytesIO()
    with mpl.rc_context(WRITING):
        canvas.figure.savefig(out, format="pdf")
    seen = np.asarray(pypdfium2.PdfDocument(out.getvalue())[0].render(scale=4).to_numpy(), int)
    dark = np.nonzero((seen.max(axis=2) < 90).any(axis=0))[0]
    red = np.nonzero((np.ptp(seen, axis=2) > 120).any(axis=0))[0]
    wide = 0.6 / 2 * 4 + 2  # half the stroke, and a pixel for each soft edge
    assert 0 <= dark.min() - red.min() <= wide
    assert 0 <= red.max() - dark.max() <= wide


def test_marks_that_join_or_part_letters_are_kept() -> None:
    # Persian writes the plural behind a zero width non-joiner (Unicode, chapter 9.2).
    text = "شهر\u200cها \u202e"
    assert clean_text(text) == "شهر\u200cها "
    assert width_mm("ب\u200cب", 50) > width_mm("بب", 50) * 1.2


def test_a_chart_of_bars_begins_at_the_right_in_hebrew() -> None:
    """Title and names end at the right side of the box; in English they begin at its left."""
    series = Series("שנים", ("אלף", "בית"), (2.0, 1.0), Style())
    panel = Panel("bars", "כותרת", "", "", (series,))
    box = Box(10, 10, 60, 30)
    ends = {}
    for lang in ("he", "en"):
        canvas = Canvas(Page(100, 60), Translator(lang), "")
        draw_block(canvas, LyingBars(panel, canvas.say), box, 1.0)
        words = [text for text in canvas.figure.findobj(HaloText) if "אלף" in text.get_text()]
        ends[lang] = [text.get_position()[0] for text in words]
    assert ends == {"he": [70.0], "en": [10.0]}
