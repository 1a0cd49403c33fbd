"""Other scripts on a sheet: fonts that have their letters, lines that break, pages that mirror."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest
from fontTools.fontBuilder import FontBuilder  # type: ignore[import-untyped]
from fontTools.pens.ttGlyphPen import TTGlyphPen  # type: ignore[import-untyped]
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.font_manager import fontManager
from matplotlib.patches import Rectangle

from shekara.i18n import Translator
from shekara.scene.model import LegendEntry, Style
from shekara.sheet.marginalia.legend import LegendItem
from shekara.sheet.paper.canvas import Canvas
from shekara.sheet.paper.columns import draw_block
from shekara.sheet.paper.fonts import MissingGlyph, clean_text, families, forget_fonts, width_mm
from shekara.sheet.paper.lines import wrap
from shekara.sheet.paper.machine_fonts import family_with
from shekara.sheet.paper.paper import Box, Page
from shekara.sheet.paper.text import HaloText


@pytest.mark.parametrize(
    "text",
    ["Шаттаушы ұ", "حدود البلاد", "क्षेत्र और नगर", "地图与道路", "საქართველო", "Երևան", "Oʻzbek gʻ"],
)
def test_a_font_at_hand_has_the_letters(text: str) -> None:
    for face in ("plain", "bold", "slanted", "serif"):
        assert clean_text(text, face) == text  # a missing one would warn, and be a box


def test_a_letter_that_no_font_has_is_named_and_the_sheet_goes_on() -> None:
    with pytest.warns(MissingGlyph, match=r"U\+13080.*shekara\[scripts\].*fonts = \[") as told:
        assert clean_text("eye \U00013080") == "eye □"
    assert len(told) == 1


def test_arabic_letters_join() -> None:
    # Letters that join are narrower than the same letters one by one (Unicode, chapter 9.2).
    assert width_mm("بحيتنسم", 100) < sum(width_mm(letter, 100) for letter in "بحيتنسم") * 0.95


def test_a_text_without_spaces_is_broken_between_ideographs_and_never_before_a_comma() -> None:
    text = "大湖与通往港口的道路，有多少居民住在湖边的城镇里。" * 3
    lines = wrap(text, 30.0, 8.0)
    assert "".join(lines) == text
    assert all(width_mm(line, 8.0) <= 30.0 for line in lines)
    assert len(lines) <= width_mm(text, 8.0) / 30.0 * 1.2 + 1
    assert not any(line[0] in "，。" for line in lines)


@pytest.mark.parametrize(("lang", "mirrored"), [("ar", True), ("ru", False)])
def test_a_legend_has_its_sign_where_lines_begin(lang: str, mirrored: bool) -> None:
    canvas = Canvas(Page(100, 60), Translator(lang), "")
    FigureCanvasAgg(canvas.figure)
    entry = LegendEntry("lakes", "بحيرات", "polygon", Style(fill="#0000ff"))
    box = Box(10, 20, 60, 10)
    draw_block(canvas, LegendItem(entry, entry.style, 0.0), box, 1.0)
    per_mm = canvas.figure.dpi / 25.4
    (name,) = canvas.figure.findobj(HaloText)
    sign = next(
        patch for patch in canvas.figure.findobj(Rectangle)
        if 1 < patch.get_width() < 20
    )  # fmt: skip
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        words, swatch = name.get_window_extent(), sign.get_window_extent()
    assert (words.x1 < swatch.x0) == mirrored
    assert box.x * per_mm - 1 <= min(words.x0, swatch.x0)
    assert max(words.x1, swatch.x1) <= box.right * per_mm + 1
    edge = swatch.x1 if mirrored else swatch.x0
    near = box.right if mirrored else box.x
    assert abs(edge / per_mm - near) < 1.0


@pytest.fixture
def rare_font(tmp_path: Path) -> Iterator[str]:
    """A font of the machine that has one sign of old Egypt, as wide as a letter is high."""
    builder = FontBuilder(1000)
    builder.setupGlyphOrder([".notdef", "eye"])
    builder.setupCharacterMap({0x13080: "eye"})
    pen = TTGlyphPen(None)
    pen.moveTo((0, 0))
    pen.lineTo((900, 0))
    pen.lineTo((900, 700))
    pen.closePath()
    builder.setupGlyf({".notdef": TTGlyphPen(None).glyph(), "eye": pen.glyph()})
    builder.setupHorizontalMetrics({".notdef": (500, 0), "eye": (1000, 0)})
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupNameTable({"familyName": "Of The Nile", "styleName": "Regular"})
    builder.setupOS2(usWeightClass=400)
    builder.setupPost()
    builder.save(tmp_path / "nile.ttf")
    forget_fonts()
    family_with.cache_clear()
    before = list(fontManager.ttflist)
    fontManager.addfont(tmp_path / "nile.ttf")
    yield "Of The Nile"
    fontManager.ttflist = before
    forget_fonts()
    family_with.cache_clear()


def test_a_font_of_the_machine_is_asked_before_a_box_is_printed(rare_font: str) -> None:
    for face in ("plain", "serif"):
        assert clean_text("eye \U00013080", face) == "eye \U00013080"
        assert rare_font in families(face)
        assert abs(width_mm("\U00013080", 72, face) - 25.4) < 0.5  # its width is 1 em, an inch
