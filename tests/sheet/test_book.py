"""The book: page numbers, outline, table of claims, sources, index in the order of the language."""

import io
import re
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest

from shekara import sheet
from shekara.errors import UsageError
from shekara.scene.model import Imprint, Scene
from shekara.sheet.book.book import bound
from shekara.sheet.book.index_order import ranks
from shekara.sheet.export.pdf import share_shadows, written
from tests.support.programs import output
from tests.support.sheet_scenes import scene

EXTENTS = [(140.0, -44.0, 152.0, -36.0), (46.0, 40.0, 88.0, 56.0), (10.0, 10.0, 11.0, 20.0)]


def scenes(lang: str) -> list[Scene]:
    made = []
    for place, extent in enumerate(EXTENTS):
        one = scene(lang, extent=extent, claim_count=place + 1, panel_count=place)
        made.append(replace(one, number=place + 1, name=f"m{place}", title=f"{one.title} {place}"))
    return made


def page_text(path: Path, page: int) -> str:
    raw = output(
        "pdftotext", "poppler-utils", "-layout", "-f", str(page), "-l", str(page), str(path), "-"
    )
    return re.sub(r"\s+", " ", raw.replace("\u00a0", " "))


def foot_of(path: Path, page: int) -> str:
    with pikepdf.open(path) as pdf:
        height = float(pdf.pages[page - 1].mediabox[3])
    crop = ["-r", "72", "-x", "0", "-W", "900", "-y", str(round(height - 22)), "-H", "22"]
    span = ["-f", str(page), "-l", str(page)]
    return output("pdftotext", "poppler-utils", *crop, *span, str(path), "-").strip()


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[str]]:
    path = tmp_path_factory.mktemp("book") / "atlas.kk.pdf"
    done: list[str] = []
    sheet.book(
        scenes("kk"), path, workers=2, on_done=lambda one, at, of: done.append(f"{one.name} {of}")
    )
    return path, done


def test_every_sheet_is_reported_once(book: tuple[Path, list[str]]) -> None:
    assert sorted(book[1]) == ["m0 3", "m1 3", "m2 3"]


def test_the_contents_lead_to_the_pages(book: tuple[Path, list[str]]) -> None:
    contents = page_text(book[0], 3)
    for place, one in enumerate(scenes("kk")):
        assert one.title in page_text(book[0], 5 + place)
        assert re.search(rf"{re.escape(one.title)}\s+{5 + place}\b", contents)
    for heading in (
        "Атласты қалай оқу керек",
        "Тұжырымдар кестесі",
        "Дереккөздер мен лицензиялар",
        "Атаулар көрсеткіші",
    ):
        found = re.search(rf"{heading}\s+(\d+)", contents)
        assert found
        assert heading in page_text(book[0], int(found[1]))


def test_every_page_but_the_cover_says_its_number(book: tuple[Path, list[str]]) -> None:
    with pikepdf.open(book[0]) as pdf:
        count = len(pdf.pages)
    assert count == 10
    for page in range(2, count + 1):
        assert foot_of(book[0], page).splitlines()[-1] == str(page)
    assert foot_of(book[0], 1) == ""


def test_the_outline_has_every_part(book: tuple[Path, list[str]]) -> None:
    with pikepdf.open(book[0]) as pdf, pdf.open_outline() as outline:
        titles = [item.title for item in outline.root]
        assert titles[0] == scenes("kk")[0].atlas_title
        assert titles[3:6] == [f"{one.number}. {one.title}" for one in scenes("kk")]
        assert titles[-1] == "Атаулар көрсеткіші"
        assert str(pdf.Root.Lang) == "kk"
    said = output("pdfinfo", "poppler-utils", str(book[0]))
    assert re.search(r"Tagged:\s+yes", said)
    assert re.search(rf"Title:\s+{scenes('kk')[0].atlas_title}", said)
    assert "No syntax or stream" in output("qpdf", "qpdf", "--check", str(book[0]))


def test_fonts_of_the_book_are_embedded(book: tuple[Path, list[str]]) -> None:
    lines = output("pdffonts", "poppler-utils", str(book[0])).splitlines()[2:]
    assert all(re.search(r"TrueType\s+Identity-H\s+yes yes yes", line) for line in lines)


def test_a_font_lies_once_in_a_book_of_many_pages(book: tuple[Path, list[str]]) -> None:
    with pikepdf.open(book[0]) as pdf:
        described = [
            item
            for item in pdf.objects
            if isinstance(item, pikepdf.Dictionary) and "/FontFile2" in item
        ]
        files = {
            (str(item.FontName).partition("+")[2], item.FontFile2.objgen) for item in described
        }
    assert len(described) > len(files)  # each page names its own letters
    assert len(files) == len({name for name, _ in files})


def test_every_claim_stands_once_in_the_table(book: tuple[Path, list[str]]) -> None:
    table = page_text(book[0], 8)
    # Three scenes with one, two and three of the same claims.
    assert table.count("жағалау сызығы") == 3
    assert "расталды" not in table
    for word in ("Тұжырым", "Нәтиже", "Негізі", "расталады", "расталмайды", "анықтау мүмкін емес"):
        assert word in table


def test_sources_stand_once_with_licence(book: tuple[Path, list[str]]) -> None:
    sources = page_text(book[0], 9)
    assert sources.count("Survey of the Southern Sea") == 1
    assert "CC BY 4.0" in sources
    assert "https://example.org" in sources


def test_the_index_gives_page_and_cell_of_what_is_printed(book: tuple[Path, list[str]]) -> None:
    index = page_text(book[0], 10)
    first = sheet.figure(scenes("kk")[0])
    cells = dict(first.names)
    assert re.search(rf"Үлкен арал\s+5 {cells['Үлкен арал']}\b", index)
    # The island lies west of the harbour towns of the eastern coast.
    east = max(cell[0] for name, cell in cells.items() if name != "Үлкен арал")
    assert "A" <= cells["Үлкен арал"][0] < east


def test_names_follow_the_kazakh_alphabet(book: tuple[Path, list[str]]) -> None:
    index = output("pdftotext", "poppler-utils", "-f", "10", "-l", "10", str(book[0]), "-")
    letters = re.findall(r"^([А-ЯӘҒҚҢӨҰҮҺІ])$", index, flags=re.M)
    assert letters == sorted(letters, key=lambda letter: ranks("kk")[letter])
    assert len(letters) >= 4


def test_the_same_scenes_give_the_same_book() -> None:
    one = scenes("en")[:1]
    assert bound(one, workers=1) == bound(one, workers=1)


def test_books_of_all_languages(tmp_path: Path) -> None:
    every = {lang: scenes(lang)[:1] for lang in ("kk", "ru", "en")}
    made = sheet.books(every, tmp_path, workers=1)
    assert [path.name for path in made] == ["atlas.kk.pdf", "atlas.ru.pdf", "atlas.en.pdf"]
    assert "Указатель названий" in page_text(made[1], 3)


def test_a_book_of_no_maps_or_two_languages_is_refused(tmp_path: Path) -> None:
    for bad in ([], [scene("kk"), scene("ru")]):
        with pytest.raises(UsageError, match="one language"):
            sheet.book(bad, tmp_path / "a.pdf")
    assert list(tmp_path.iterdir()) == []


def test_the_page_after_the_title_says_who_publishes(tmp_path: Path) -> None:
    said = Imprint("Survey", "Harbour", 2026, "Second edition", "", "CC BY 4.0")
    lying = [replace(item, imprint=said) for item in scenes("en")[1:2]]
    sheet.book(lying, tmp_path / "atlas.pdf", workers=1)
    page = page_text(tmp_path / "atlas.pdf", 2)
    for text in ("Second edition", "Harbour, Survey, 2026", "ISBN ____", "CC BY 4.0"):
        assert text in page
    with pikepdf.open(tmp_path / "atlas.pdf") as pdf:
        sides = {tuple(float(side) for side in page.mediabox) for page in pdf.pages}
    (_, _, width, height) = sides.pop()
    assert width > height
    assert not sides


def test_the_same_shadows_lie_once_in_a_book() -> None:
    with pikepdf.new() as pdf:
        for shadow in (b"\x00\x7f", b"\x00\x7f", b"\x7f\x00"):
            mask = pdf.make_stream(shadow, Subtype=pikepdf.Name.Image, Width=2, Height=1)
            picture = pdf.make_stream(b"\x00", Subtype=pikepdf.Name.Image, SMask=mask)
            page = pdf.add_blank_page()
            page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(I=picture))
        share_shadows(pdf)
        with pikepdf.open(io.BytesIO(written(pdf))) as read:
            masks = [page.Resources.XObject.I.SMask for page in read.pages]
            assert [mask.read_bytes() for mask in masks] == [b"\x00\x7f", b"\x00\x7f", b"\x7f\x00"]
            assert masks[0].objgen == masks[1].objgen != masks[2].objgen
