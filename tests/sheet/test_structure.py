"""The structure of sheets and books: what ISO 14289-1 asks of tables, lists, figures and links."""

import io
from collections.abc import Iterator
from typing import Any

import pikepdf
import pytest

from shekara.atlas.source import Source
from shekara.scene.citations import citations
from shekara.sheet.book.book import bound
from shekara.sheet.export.structure import grow
from shekara.sheet.paper.canvas import Canvas, Tag
from shekara.sheet.paper.paper import Box, read_size
from shekara.sheet.paper.paragraph import Paragraph
from tests.support.pdf_structure import elements_of
from tests.support.sheet_scenes import scene

# The role of the element around each role that may not stand anywhere (ISO 32000-1, 14.8.4).
PARENTS = {"TR": "Table", "TH": "TR", "TD": "TR", "LI": "L", "LBody": "LI", "TOCI": "TOC"}


@pytest.fixture(scope="module")
def book() -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(io.BytesIO(bound([scene("en", claim_count=3)], workers=1))) as pdf:
        yield pdf


@pytest.fixture(scope="module")
def elements(book: pikepdf.Pdf) -> list[tuple[Any, tuple[str, ...]]]:
    return list(elements_of(book))


def of_role(elements: list[tuple[Any, tuple[str, ...]]], role: str) -> list[Any]:
    return [item for item, _ in elements if f"/{role}" == item.S]


def test_every_role_lies_in_the_role_that_it_needs(
    elements: list[tuple[Any, tuple[str, ...]]],
) -> None:
    roles = {str(item.S)[1:] for item, _ in elements}
    assert {"Sect", "H1", "H2", "P", "Figure", "Link", *PARENTS, *PARENTS.values()} <= roles
    for item, path in elements:
        role = str(item.S)[1:]
        assert path[-1] == PARENTS.get(role, path[-1])
        assert path[:2] == ("Document", "Sect") or role in ("Sect", "Link")


def test_the_rows_of_a_table_have_as_many_cells_as_its_head(
    elements: list[tuple[Any, tuple[str, ...]]],
) -> None:
    (table,) = of_role(elements, "Table")
    head, *rows = table.K
    assert [str(cell.S) for cell in head.K] == ["/TH"] * 3
    assert all(cell.A.Scope == "/Column" for cell in head.K)
    assert [[str(cell.S) for cell in row.K] for row in rows] == [["/TD"] * 3] * 3


def test_a_figure_has_its_own_box_within_its_page(
    elements: list[tuple[Any, tuple[str, ...]]],
) -> None:
    figures = of_role(elements, "Figure")
    assert len(figures) >= 3
    for item in figures:
        left, bottom, right, top = (float(side) for side in item.A.BBox)
        _, _, wide, high = (float(side) for side in item.Pg.MediaBox)
        assert 0 < left < right < wide
        assert 0 < bottom < top < high
        assert str(item.Alt)


def test_the_contents_are_links_to_their_pages(
    book: pikepdf.Pdf, elements: list[tuple[Any, tuple[str, ...]]]
) -> None:
    links = [item for item, path in elements if item.S == "/Link" and "TOCI" in path]
    pages = [page.obj.objgen for page in book.pages]
    targets = [pages.index(item.K[1].Obj.Dest[0].objgen) for item in links]
    # Cover, imprint, contents; how to read, the map, statements, sources, index.
    assert targets == [3, 4, 5, 6, 7]
    parents = book.Root.StructTreeRoot.ParentTree.Nums
    known = {
        int(key): item for key, item in zip(list(parents)[::2], list(parents)[1::2], strict=True)
    }
    for item in links:
        annotation = item.K[1].Obj
        assert known[int(annotation.StructParent)].objgen == item.objgen
        assert str(annotation.Contents)
        left, bottom, right, top = (float(side) for side in annotation.Rect)
        assert right > left
        assert top > bottom


def test_a_group_is_one_element_on_its_page_and_another_on_the_next() -> None:
    with pikepdf.new() as pdf:
        for _ in range(2):
            pdf.add_blank_page()
        path = (("Table", 1), ("TR", 2))
        grow(pdf, "en", [(0, Tag("TD", 0, path=path)), (0, Tag("TD", 1, path=path)),
                         (1, Tag("TD", 0, path=path))])  # fmt: skip
        roles = [str(item.S)[1:] for item, _ in elements_of(pdf)]
    assert roles == ["Table", "TR", "TD", "TD", "Table", "TR", "TD"]


def test_words_of_another_language_are_a_span_that_says_so() -> None:
    # ISO 14289-1, 7.2: expectation: a span of its language in the paragraph; none for the page's.
    canvas = Canvas(read_size("A6"), scene("ru").say, "a")
    box = Box(5, 5, 90, 40)
    Paragraph("Correlates of War", lang="en").draw(canvas, box, 1.0)
    Paragraph("Свой заголовок", lang="ru").draw(canvas, box, 1.0)
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        grow(pdf, "ru", [(0, tag) for tag in canvas.figure.tags])
        told = [
            (str(item.S), path[1:], str(item.get("/Lang", ""))) for item, path in elements_of(pdf)
        ]
    assert told == [("/P", (), ""), ("/Span", ("P",), "en"), ("/P", (), "")]


def test_a_title_that_only_another_language_has_says_which() -> None:
    say = scene("ru").say
    cases = [
        (Source(name={"en": "A"}), "en"), (Source(name={"en": "A", "ru": "Б"}), ""),
        (Source(name="A", lang="en"), "en"), (Source(name="Б", lang="ru"), ""),
        (Source(name="A"), ""),
    ]  # fmt: skip
    assert [cited.lang for source, _ in cases for cited in citations([source], say)] == [
        lang for _, lang in cases
    ]
