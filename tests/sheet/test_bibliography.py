"""The bibliography of a book: each source once, and every claim leads to its line."""

import io
from dataclasses import replace

import pikepdf
import pytest

from shekara.scene.citations import Citation, bibliography
from shekara.scene.model import SceneClaim
from shekara.sheet.book.bibliography import numbered
from shekara.sheet.book.book import bound
from shekara.sheet.book.workers import BookPage, leaves_of
from shekara.sheet.paper.canvas import Canvas
from shekara.sheet.paper.paper import Page
from tests.support.sheet_scenes import scene

YEARBOOK = Citation(
    "Yearbook", "CC0-1.0", "1999", "1999", "https://example.org/y", "Office", key="yearbook"
)
ATLAS = Citation("Old atlas", "", "1914", "1914", "", "Board", key="old-atlas")
BARE = Citation("Unnamed", "", "", "", "")


def test_a_bibliography_has_each_source_with_an_id_once_by_author() -> None:
    assert bibliography([YEARBOOK, ATLAS, BARE, YEARBOOK]) == (ATLAS, YEARBOOK)


def test_sources_are_counted_from_one_and_board_stands_before_office() -> None:
    first, second = scene("en", claim_count=2).claims
    claims = (replace(first, citations=(YEARBOOK, ATLAS)), replace(second, citations=(YEARBOOK,)))
    assert numbered(claims, "en") == {"old-atlas": (1, ATLAS), "yearbook": (2, YEARBOOK)}


@pytest.fixture(scope="module")
def book() -> pikepdf.Pdf:
    """Two claims: one rests on both sources, one on the yearbook."""
    base = scene("en", claim_count=2)
    first, second = base.claims
    cited: tuple[SceneClaim, ...] = (
        replace(first, citations=(YEARBOOK, ATLAS)),
        replace(second, citations=(YEARBOOK, BARE)),
    )
    blank: list[BookPage] = leaves_of([Canvas(Page(210, 297), base.say, "map").figure])
    return pikepdf.open(io.BytesIO(bound([replace(base, claims=cited)], sheets=blank)))


def links(pdf: pikepdf.Pdf) -> list[tuple[int, str, pikepdf.Object]]:
    """Page, key and annotation of the links to sources; those of the contents are left out."""
    return [
        (place, str(note.Contents), note)
        for place, page in enumerate(pdf.pages)
        for note in page.obj.get("/Annots", [])
        if str(note.Contents) in ("yearbook", "old-atlas")
    ]


def test_every_source_of_a_claim_leads_to_its_line(book: pikepdf.Pdf) -> None:
    """The claims are on the sixth page, the sources on the seventh, Board first."""
    found = links(book)
    assert sorted(key for _, key, _ in found) == ["old-atlas", "yearbook", "yearbook"]
    tops = {}
    for place, key, note in found:
        assert place == 5
        assert note.Dest[0].objgen == book.pages[6].obj.objgen
        tops[key] = float(note.Dest[3])
        left, bottom, right, top = (float(side) for side in note.Rect)
        assert left < right
        assert bottom < top
    assert tops["old-atlas"] > tops["yearbook"]


def test_links_are_part_of_the_structure(book: pikepdf.Pdf) -> None:
    tree = book.Root.StructTreeRoot
    numbers = [tree.ParentTree.Nums[i] for i in range(0, len(tree.ParentTree.Nums), 2)]
    assert numbers == sorted(set(numbers))
    for _, _, note in links(book):
        at = numbers.index(note.StructParent)
        element = tree.ParentTree.Nums[2 * at + 1]
        assert pikepdf.Name.Link == element.S
        parts = element.K if isinstance(element.K, pikepdf.Array) else [element.K]
        linked = [part.Obj.objgen for part in parts if not isinstance(part, int) and "/Obj" in part]
        assert linked == [note.objgen]
