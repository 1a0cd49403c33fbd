"""Other scripts on a sheet: fonts that have their letters, lines that break, pages that mirror."""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Mapping
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
from shekara.sheet.paper.fonts import (
    FACES,
    MissingGlyph,
    clean_text,
    families,
    forget_fonts,
    width_mm,
)
from shekara.sheet.paper.lines import wrap
from shekara.sheet.paper.machine_fonts import BorrowedFont, family_with
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


def made_font(path: Path, family: str, widths: Mapping[int, int]) -> None:
    """A font file with a box of its width, in thousandths of the type size, for each character."""
    names = {code: f"box{code:X}" for code in widths}
    builder = FontBuilder(1000)
    builder.setupGlyphOrder([".notdef", *names.values()])
    builder.setupCharacterMap(names)
    glyphs = {".notdef": TTGlyphPen(None).glyph()}
    for code, name in names.items():
        pen = TTGlyphPen(None)
        pen.moveTo((0, 0))
        pen.lineTo((widths[code], 0))
        pen.lineTo((widths[code], 700))
        pen.closePath()
        glyphs[name] = pen.glyph()
    builder.setupGlyf(glyphs)
    advances = {name: (widths[code], 0) for code, name in names.items()}
    builder.setupHorizontalMetrics({".notdef": (500, 0), **advances})
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupNameTable({"familyName": family, "styleName": "Regular"})
    builder.setupOS2(usWeightClass=400)
    builder.setupPost()
    builder.save(path)
    fontManager.addfont(path)


EYE, OWL, REED = 0x13080, 0x13153, 0x131CB  # of old Egypt


@pytest.fixture
def of_the_nile(tmp_path: Path) -> Iterator[None]:
    """Two fonts of the machine that share a sign, which is wider in the one that comes first."""
    before = list(fontManager.ttflist)
    forget_fonts()
    family_with.cache_clear()
    made_font(tmp_path / "a.ttf", "A Of The Nile", {EYE: 2000, OWL: 2000})
    made_font(tmp_path / "b.ttf", "B Of The Nile", {OWL: 1000, REED: 1000})
    yield
    fontManager.ttflist = before
    forget_fonts()
    family_with.cache_clear()


@pytest.mark.usefixtures("of_the_nile")
@pytest.mark.parametrize("order", [(EYE, OWL, REED), (REED, OWL, EYE), (OWL, REED, EYE)])
@pytest.mark.filterwarnings("ignore::shekara.sheet.paper.machine_fonts.BorrowedFont")
def test_a_letter_has_the_same_font_of_the_machine_in_whatever_order(
    order: tuple[int, ...],
) -> None:
    inch = {chr(code): width_mm(chr(code), 72) / 25.4 for code in order}
    assert {char: round(wide) for char, wide in inch.items()} == {
        chr(EYE): 2, chr(OWL): 2, chr(REED): 1
    }  # fmt: skip


@pytest.mark.usefixtures("of_the_nile")
def test_who_borrows_a_font_of_the_machine_says_so_once() -> None:
    with pytest.warns(BorrowedFont, match=r"U\+13080.*A Of The Nile.*fonts = \[") as told:
        texts = {clean_text(f"eye {chr(EYE)}", face) for face in FACES}
    assert (len(told), texts) == (1, {f"eye {chr(EYE)}"})
    assert all("A Of The Nile" in families(face) for face in FACES)
