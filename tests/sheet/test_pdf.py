"""A sheet as a file: what other programs read in the PDF, the SVG and the PNG."""

import io
import re
import struct
import tempfile
import xml.etree.ElementTree as ET
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

from shekara import sheet
from shekara.errors import StorageError, UsageError
from tests.support.pdf_structure import contents_of, elements_of
from tests.support.programs import output
from tests.support.sheet_reading import drawn, names
from tests.support.sheet_scenes import scene

LANGS = ("en", "ru", "kk")
PAINTING = ("TJ", "Tj", "f", "f*", "S", "s", "B", "B*", "b", "b*", "Do", "sh")


def text_of(path: Path) -> str:
    raw = output("pdftotext", "poppler-utils", "-layout", str(path), "-")
    return re.sub(r"\s+", " ", raw.replace("\u00a0", " "))


@pytest.fixture(scope="module")
def pdfs(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("sheets")
    made = {}
    for lang in LANGS:
        made[lang] = folder / f"islands.{lang}.pdf"
        sheet.save(scene(lang), made[lang])
    return made


@pytest.mark.parametrize("lang", LANGS)
def test_every_text_is_found_in_the_language_of_the_page(lang: str, pdfs: dict[str, Path]) -> None:
    one, found = scene(lang), text_of(pdfs[lang])
    wanted = [one.title, one.subtitle, one.claims[0].says.rstrip("."), one.claims[0].verdict_text]
    wanted += [entry.title for entry in one.legend] + [one.panels[0].title]
    wanted += [
        feature.label
        for layer in one.layers
        for feature in layer.features
        if feature.label and layer.visible and not layer.extra and feature.rank <= 4
    ]
    # States and seas of the first rank are set in capitals.
    found = found.casefold()
    assert [text for text in wanted if text.replace("\u00a0", " ").casefold() not in found] == []


@pytest.mark.parametrize("lang", LANGS)
def test_fonts_are_embedded_truetype_with_unicode(lang: str, pdfs: dict[str, Path]) -> None:
    lines = output("pdffonts", "poppler-utils", str(pdfs[lang])).splitlines()[2:]
    assert lines
    for line in lines:
        assert "TrueType" in line
        assert re.search(r"Identity-H\s+yes yes yes", line)
        assert re.search(r"Source(Sans3|Serif4)|DejaVuSans", line)
    assert any("SourceSans3-Bold" in line for line in lines)


@pytest.mark.parametrize("lang", LANGS)
def test_title_language_and_structure(lang: str, pdfs: dict[str, Path]) -> None:
    said = output("pdfinfo", "poppler-utils", str(pdfs[lang]))
    assert re.search(rf"Title:\s+{re.escape(scene(lang).title)}\n", said)
    assert re.search(r"Tagged:\s+yes", said)
    assert re.search(r"Page size:\s+841.89 x 595.276 pts \(A4\)", said)
    assert "CreationDate" not in said
    with pikepdf.open(pdfs[lang]) as pdf:
        assert str(pdf.Root.Lang) == lang
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        with pdf.open_outline() as outline:
            assert [item.title for item in outline.root] == [scene(lang).title]


def test_other_readers_find_no_fault(pdfs: dict[str, Path]) -> None:
    for path in pdfs.values():
        assert "No syntax or stream encoding errors" in output("qpdf", "qpdf", "--check", str(path))


def test_figures_are_described_from_the_data(pdfs: dict[str, Path]) -> None:
    said = output("pdfinfo", "poppler-utils", "-struct-text", str(pdfs["en"]))
    assert "H1" in said
    with pikepdf.open(pdfs["en"]) as pdf:
        elements = [item for item, _ in elements_of(pdf)]
        figures = [str(item.Alt) for item in elements if item.S == "/Figure"]
    assert scene("en").alt in figures
    assert any("4,100 km at 0.1 km" in alt for alt in figures)
    assert all(figures)


def test_all_content_is_marked_and_every_mark_is_in_the_structure(pdfs: dict[str, Path]) -> None:
    # ISO 14289-1, 7.1: content is either tagged or an artifact.
    with pikepdf.open(pdfs["kk"]) as pdf:
        depth, seen, loose = 0, set(), 0
        for item in pikepdf.parse_content_stream(pdf.pages[0]):
            name, operands = str(item.operator), item.operands
            if name in ("BDC", "BMC"):
                depth += 1
                if name == "BDC" and "/MCID" in operands[1]:
                    seen.add(int(operands[1].MCID))
            elif name == "EMC":
                depth -= 1
            elif (
                name in ("TJ", "Tj", "f", "S", "B", "B*", "f*", "s", "b", "Do", "sh") and not depth
            ):
                loose += 1
        listed = {mcid for item, _ in elements_of(pdf) for mcid in contents_of(item)}
    assert depth == 0
    assert loose == 0
    assert seen == listed


def test_spaced_and_curved_names_are_read_as_one_word(pdfs: dict[str, Path]) -> None:
    found = text_of(pdfs["ru"]).casefold()
    assert "южное море" in found
    assert "северный путь" in found


def test_a_spaced_name_is_found_where_it_stands() -> None:
    one = scene("en")
    figure = drawn(sheet.figure(one))
    name = next(item for item in names(figure) if item.text.casefold() == "southern sea")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "a.pdf")
        sheet.save(figure, path)
        words = output("pdftotext", "poppler-utils", "-bbox", str(path), "-")
    point = 25.4 / 72
    # Poppler keeps the text of a mark together, its space included.
    found = re.search(r'xMin="([\d.]+)" yMin="([\d.]+)".*>Southern Sea<', words, re.I)
    assert found
    assert float(found[1]) * point == pytest.approx(name.x0, abs=0.5)
    assert figure.page.height - float(found[2]) * point == pytest.approx(name.y0, abs=2)


def test_a_halo_does_not_double_the_name(pdfs: dict[str, Path]) -> None:
    assert text_of(pdfs["en"]).count("Harbour Town 6") == 1


@pytest.mark.parametrize("format", ["pdf", "png", "svg"])
def test_the_same_scene_gives_the_same_bytes(format: str) -> None:
    assert sheet.single(scene("kk"), "A5", format) == sheet.single(scene("kk"), "A5", format)


def test_png_has_300_dots_to_the_inch(tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    sheet.save(scene(), path)
    content = path.read_bytes()
    width, height = struct.unpack(">II", content[16:24])
    # 297 x 210 mm at 300 dpi: 3507.9 x 2480.3, and no part of the page is left out.
    assert (width, height) == (3508, 2481)
    place = content.index(b"pHYs") + 4
    assert struct.unpack(">II", content[place : place + 8]) == (11811, 11811)


def test_fonts_bring_outlines_and_no_tables_of_layout(pdfs: dict[str, Path]) -> None:
    """Every glyph has its place on the page; to cut layout down took a third of a sheet's time."""
    with pikepdf.open(pdfs["kk"]) as pdf:
        files = [item for item in pdf.objects if isinstance(item, pikepdf.Dictionary)]
        streams = [item.FontFile2.read_bytes() for item in files if "/FontFile2" in item]
    assert streams
    for stream in streams:
        tables = set(TTFont(io.BytesIO(stream)).keys())
        assert {"glyf", "hmtx", "loca"} <= tables
        assert not tables & {"GDEF", "GPOS", "GSUB"}


def test_svg_keeps_letters_as_text_and_brings_its_fonts() -> None:
    content = sheet.single(scene("kk"), "A4", "svg").decode()
    root = ET.fromstring(content)
    texts = ["".join(item.itertext()) for item in root.iter("{http://www.w3.org/2000/svg}text")]
    one = scene("kk")
    for wanted in ("Оңтүстік теңіз", "Солтүстік жол", one.legend[0].title):
        assert wanted.casefold() in {text.casefold() for text in texts}
    assert root.get("{http://www.w3.org/XML/1998/namespace}lang") == "kk"
    assert content.count("data:font/woff;base64,") >= 3
    assert "http" not in content.split("<metadata>")[0].replace("http://www.w3.org/", "")


def test_hostile_names_stay_text_in_svg() -> None:
    hostile = '</text><script>alert(1)</script><img src=x onerror="1">&amp;'
    content = sheet.single(
        replace(scene(), title=hostile, alt=hostile, claims=()), "A4", "svg"
    ).decode()
    root = ET.fromstring(content)
    assert not list(root.iter("{http://www.w3.org/2000/svg}script"))
    assert hostile in "".join(root.itertext())


@pytest.mark.parametrize("name", ["a.jpg", "a", "a.pdf.txt"])
def test_another_ending_is_refused_and_nothing_is_written(tmp_path: Path, name: str) -> None:
    with pytest.raises(UsageError, match=r"\.pdf"):
        sheet.save(scene(), tmp_path / name)
    assert list(tmp_path.iterdir()) == []


def test_a_sheet_that_fails_leaves_the_old_file_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.png"
    path.write_bytes(b"old")
    figure = sheet.figure(scene(), size="A6")

    def full(*_: object, **__: object) -> None:
        raise OSError("no space left")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(StorageError, match="no space"):
        sheet.save(figure, path)
    assert [item.name for item in tmp_path.iterdir()] == ["a.png"]
    assert path.read_bytes() == b"old"


def test_a_thumbnail_is_small() -> None:
    content = sheet.thumbnail(scene())
    assert struct.unpack(">I", content[16:20])[0] == 480
    assert len(content) < 120_000


def test_an_unknown_format_is_refused() -> None:
    with pytest.raises(UsageError, match="pdf, png, svg"):
        sheet.single(scene(), "A4", "eps")


def colours(path: Path) -> set[tuple[float, ...]]:
    """Every colour that a page's operators name, as red, green and blue."""
    found = set()
    with pikepdf.open(path) as pdf:
        for item in pikepdf.parse_content_stream(pdf.pages[0]):
            name = str(item.operator)
            if name not in ("rg", "RG", "k", "K", "g", "G"):
                continue
            values = [float(str(value)) for value in item.operands]
            if name in ("rg", "RG"):
                found.add(tuple(round(value, 2) for value in values))
            elif name in ("k", "K"):
                black = values[3]
                found.add(tuple(round((1 - ink) * (1 - black), 2) for ink in values[:3]))
            else:
                found.add((round(values[0], 2),) * 3)
    return found


def test_cmyk_keeps_text_colours_and_structure_and_has_no_rgb_left(tmp_path: Path) -> None:
    path = tmp_path / "cmyk.pdf"
    path.write_bytes(sheet.single(scene("kk"), "A4", "pdf"))
    text, before = text_of(path), colours(path)
    sheet.to_cmyk(path)
    assert text_of(path) == text
    after = colours(path)
    assert len(before) > 8
    # Two decimals: each colour has its like, to a step of rounding.
    for colour in before:
        steps = [max(abs(a - b) for a, b in zip(colour, other, strict=True)) for other in after]
        assert min(steps) < 0.015
    with pikepdf.open(path) as pdf:
        inks = [
            [float(value) for value in item.operands]
            for item in pikepdf.parse_content_stream(pdf.pages[0])
            if str(item.operator) in ("k", "K")
        ]
        assert max(map(sum, inks)) <= 3.0
        assert all(sum(1 for part in ink[:3] if part > 0.001) <= 2 for ink in inks)
        assert str(pdf.Root.OutputIntents[0].OutputConditionIdentifier) == "FOGRA39"
        assert pdf.Root.StructTreeRoot.K[0].S == "/Document"
        for item in pdf.objects:
            if isinstance(item, pikepdf.Stream):
                assert item.get("/ColorSpace") not in ("/DeviceRGB", "/CalRGB")


def test_what_is_no_pdf_is_not_brought_into_inks() -> None:
    with pytest.raises(UsageError, match="no PDF"):
        sheet.to_cmyk(b"nothing")


def test_bleed_and_marks_lie_beyond_the_trimmed_page() -> None:
    made = sheet.with_marks(sheet.single(scene("en", claim_count=0, panel_count=0), "A6"), 3.0)
    with pikepdf.open(io.BytesIO(made)) as pdf:
        page = pdf.pages[0]
        mm = 72 / 25.4
        trim, bleed, media = (
            [float(side) / mm for side in page.obj[name]]
            for name in ("/TrimBox", "/BleedBox", "/MediaBox")
        )
    assert sorted([trim[2] - trim[0], trim[3] - trim[1]]) == pytest.approx([105, 148], abs=0.1)
    assert bleed == pytest.approx([-3, -3, trim[2] + 3, trim[3] + 3], abs=0.1)
    assert media == pytest.approx([-13, -13, trim[2] + 13, trim[3] + 13], abs=0.1)


@pytest.mark.parametrize("bleed", [-1.0, 50.0])
def test_a_bleed_that_no_press_has_is_refused(bleed: float) -> None:
    with pytest.raises(UsageError, match="0 to 20 mm"):
        sheet.with_marks(b"%PDF-1.7", bleed)
