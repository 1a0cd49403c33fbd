"""Paper and type: sizes of ISO 216, free sizes, measured and wrapped lines, missing glyphs."""

import pytest

from shekara.errors import UsageError
from shekara.sheet.paper.fonts import FACES, MissingGlyph, clean_text, width_mm
from shekara.sheet.paper.lines import in_lines, shorten, wrap
from shekara.sheet.paper.paper import iso_mm, read_size


@pytest.mark.parametrize(
    ("name", "sides"),
    [
        # ISO 216:2007 and ISO 269, tables of sizes.
        ("A0", (841, 1189)),
        ("A3", (297, 420)),
        ("a4", (210, 297)),
        ("A10", (26, 37)),
        ("B0", (1000, 1414)),
        ("B5", (176, 250)),
        ("C4", (229, 324)),
        ("C6", (114, 162)),
    ],
)
def test_iso_sizes_are_those_of_the_standard(name: str, sides: tuple[int, int]) -> None:
    assert iso_mm(name) == sides


@pytest.mark.parametrize(
    ("size", "width", "height"),
    [
        ("170x120mm", 170, 120),
        ("17x12cm", 170, 120),
        ("170×120", 170, 120),
        ("6x4in", 152.4, 101.6),
    ],
)
def test_a_free_size_keeps_the_order_of_its_sides(size: str, width: float, height: float) -> None:
    page = read_size(size)
    assert (page.width, page.height) == pytest.approx((width, height))


@pytest.mark.parametrize("size", ["A11", "legals", "170", "0x10mm", "10x10mm", "9000x9000mm", ""])
def test_what_is_no_paper_is_refused_with_a_way_out(size: str) -> None:
    with pytest.raises(UsageError, match="A4"):
        read_size(size)


def test_a_line_is_as_wide_as_the_advances_in_the_font_file_say() -> None:
    # Source Sans 3: H has an advance of 652/1000 em, a space of 200/1000; 72 pt are 25.4 mm.
    assert width_mm("H" * 10, 72) == pytest.approx(10 * 652 / 1000 * 25.4, rel=5e-4)
    assert width_mm("H H", 72) == pytest.approx((2 * 652 + 200) / 1000 * 25.4, rel=5e-4)


def test_wrapped_lines_keep_every_word_and_stay_within_the_width() -> None:
    text = "Солтүстік Каспий түбін бөлетін түрлендірілген орта сызық пен жарияланған түйіндер"
    lines = wrap(text, 40, 7)
    assert " ".join(lines) == text
    assert max(width_mm(line, 7) for line in lines) <= 40


def test_a_word_longer_than_the_line_is_cut_and_nothing_is_lost() -> None:
    lines = wrap("x" * 300, 20, 8)
    assert "".join(lines) == "x" * 300
    assert max(width_mm(line, 8) for line in lines) <= 20


def test_digits_of_one_number_stay_on_one_line() -> None:
    for width in range(12, 40):
        assert any("104 492" in line for line in wrap("area of 104 492 km² in all", width, 7))


def test_shortened_text_ends_in_an_ellipsis_and_fits() -> None:
    short = shorten("A very long name of a very small place", 20, 7)
    assert short.endswith("…")
    assert width_mm(short, 7) <= 20


def test_every_kazakh_letter_has_a_glyph() -> None:
    alphabet = "АӘБВГҒДЕЁЖЗИЙКҚЛМНҢОӨПРСТУҰҮФХҺЦЧШЩЪЫІЬЭЮЯ"
    for face in FACES:
        assert clean_text(alphabet + alphabet.lower() + "°′″²₸", face)


def test_a_character_without_a_glyph_is_named_and_never_stops_a_sheet() -> None:
    with pytest.warns(MissingGlyph, match=r"U\+13000"):
        assert clean_text("a\U00013000b") == "a\u25a1b"


def test_control_characters_never_reach_the_page() -> None:
    assert clean_text("a\x00b\u200bc\nd") == "abc d"


@pytest.mark.parametrize(
    ("size", "width", "height"),
    [
        ("Letter", 215.9, 279.4),  # ANSI/ASME Y14.1: 8.5 x 11 in
        ("tabloid landscape", 431.8, 279.4),
        ("JIS B5", 182, 257),  # JIS P 0138
        ("JIS B4 landscape", 364, 257),
        ("A3 portrait", 297, 420),
    ],
)
def test_papers_of_other_standards_and_their_orientation(
    size: str, width: float, height: float
) -> None:
    page = read_size(size)
    assert (page.width, page.height) == pytest.approx((width, height))


def test_a_width_alone_leaves_the_height_to_the_map() -> None:
    assert read_size("85mm").fit_height
    assert not read_size("85x70mm").fit_height


@pytest.mark.parametrize(
    "text", ["longer than 7 800 km in all", "о 6,5 тыс. км и так далее", "до 50 % земли"]
)
def test_a_number_never_parts_from_its_unit(text: str) -> None:
    for width in range(8, 40):
        for line in wrap(text, width, 7):
            assert not line[-1:].isdigit() or line.split()[-1] == text.split()[-1], line
            assert not line.endswith("тыс."), line


def test_what_a_number_is_joined_to_stays_with_it() -> None:
    text = "The ranges of the 1990-ies and a well-known north-western line"
    lines = [line for width in range(12, 40) for line in wrap(text, width, 8)]
    assert not any(line.endswith("1990-") for line in lines)
    assert any(line.endswith("well-") for line in lines)
    credit = "Sources: © Survey of the South, CC BY 4.0; © Harbours, ODbL; § 5 of the treaty, № 7"
    lines = [line for width in range(12, 60) for line in wrap(credit, width, 8)]
    assert not any(line.endswith(("©", "§", "№")) for line in lines)


def test_a_title_fills_the_lines_that_another_language_needs() -> None:
    title = "The turnover of the two countries in 1994 was 2.37 billion"
    whole = width_mm(title, 20, "bold")
    lines = in_lines(title, 2, 1.1 * whole, 20, "bold")
    assert " ".join(lines) == title
    # Two halves: neither is longer than the half and the longest word.
    assert len(lines) == 2
    assert max(width_mm(line, 20, "bold") for line in lines) < 0.65 * whole
    assert in_lines(title, 1, 1.1 * whole, 20, "bold") == (title,)
    assert in_lines(title, 2, 2.0 * whole, 20, "bold") == (title,)  # short: it is not broken
