"""Fonts cut down to some glyphs: what FreeType and fontTools read in them."""

import io
from pathlib import Path

import pytest
from fontTools.ttLib import TTCollection, TTFont  # type: ignore[import-untyped]
from matplotlib.ft2font import FT2Font, GlyphIndexType, LoadFlags

from shekara.sheet.export.glyphs import cut, together
from shekara.sheet.paper.fonts import TYPEFACES

FILES = sorted(TYPEFACES.glob("*.ttf"))
# With letters that are put together of others.
WORD = "\u049a\u0430\u0437\u0430\u049b\u0441\u0442\u0430\u043d \u00c3\u0451\u00bd"


def numbers_of(file: Path, text: str) -> list[int]:
    table = FT2Font(str(file)).get_charmap()
    return [table[ord(char)] for char in text]


def outline(font: FT2Font, number: int) -> tuple[object, ...]:
    glyph = font.load_glyph(GlyphIndexType(number), flags=LoadFlags.NO_SCALE)
    vertices, codes = font.get_path()
    return glyph.horiAdvance, glyph.bbox, vertices.tolist(), codes.tolist()


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_cut_font_has_the_outlines_and_widths_of_the_whole(file: Path) -> None:
    wanted = numbers_of(file, WORD)
    small = cut(str(file), 0, wanted)
    assert small is not None
    assert len(small) < file.stat().st_size / 8
    whole, part = FT2Font(str(file)), FT2Font(io.BytesIO(small))
    for number in (0, *wanted):
        assert outline(part, number) == outline(whole, number)
    left_out = numbers_of(file, "w")[0]
    assert len(outline(part, left_out)[2]) == 0  # type: ignore[arg-type]


def test_cuts_of_a_font_serve_together_and_those_of_another_stay_apart() -> None:
    plain, bold = FILES[-1], FILES[0]
    wanted = numbers_of(plain, WORD)
    first, second, whole = (cut(str(plain), 0, part) for part in (wanted[:4], wanted[4:], wanted))
    other = cut(str(bold), 0, numbers_of(bold, WORD))
    assert first
    assert second
    assert other
    assert together([first, other, second]) == [whole, other, whole]


def collection(path: Path) -> Path:
    """A collection of two faces with other outlines under the same numbers, as fontTools writes."""
    faces = TTCollection()
    faces.fonts = [TTFont(FILES[0]), TTFont(FILES[-1])]
    faces.save(path)
    return path


def test_faces_of_a_collection_stay_apart(tmp_path: Path) -> None:
    path = str(collection(tmp_path / "two.ttc"))
    wanted = numbers_of(FILES[0], WORD)
    faces = [cut(path, face, wanted[:4]) for face in (0, 1)] + [cut(path, 0, wanted[4:])]
    first, second, rest = (font for font in faces if font)
    united = together([first, second, rest])
    assert united[0] == united[2] != united[1]
    for file, font in zip((FILES[0], FILES[-1]), united, strict=False):
        part = FT2Font(io.BytesIO(font))
        assert outline(part, wanted[0]) == outline(FT2Font(str(file)), wanted[0])


def test_a_font_that_is_saved_anew_is_read_anew(tmp_path: Path) -> None:
    path = tmp_path / "face.ttf"
    drawn = []
    for file in (FILES[0], FILES[-1]):
        path.write_bytes(file.read_bytes())
        drawn.append(cut(str(path), 0, [5]))
    assert drawn == [cut(str(file), 0, [5]) for file in (FILES[0], FILES[-1])]


def test_a_font_with_outlines_of_postscript_is_left_to_others(tmp_path: Path) -> None:
    from fontTools.fontBuilder import FontBuilder  # type: ignore[import-untyped]
    from fontTools.pens.t2CharStringPen import T2CharStringPen  # type: ignore[import-untyped]

    builder = FontBuilder(1000, isTTF=False)
    builder.setupGlyphOrder([".notdef"])
    builder.setupCharacterMap({})
    builder.setupCFF("P", {}, {".notdef": T2CharStringPen(500, None).getCharString()}, {})
    builder.setupHorizontalMetrics({".notdef": (500, 0)})
    builder.setupHorizontalHeader()
    builder.setupPost()
    path = tmp_path / "p.otf"
    builder.save(path)
    assert cut(str(path), 0, [0]) is None
    assert together([path.read_bytes()]) == [path.read_bytes()]


def test_what_is_cut_is_a_font_that_fonttools_reads() -> None:
    small = cut(str(FILES[0]), 0, numbers_of(FILES[0], WORD))
    assert small is not None
    font = TTFont(io.BytesIO(small), checkChecksums=2)
    assert {"glyf", "hmtx", "loca", "head", "hhea", "maxp"} <= set(font.keys())
    assert not set(font.keys()) & {"GDEF", "GPOS", "GSUB", "cmap", "name"}
