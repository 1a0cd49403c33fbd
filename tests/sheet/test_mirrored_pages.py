"""Pages of text have the wider margin where the book is bound: 18 mm and 12 mm on A4."""

from __future__ import annotations

import pytest

from shekara.i18n import Translator
from shekara.sheet.book.text_pages import mirrored, set_pages
from shekara.sheet.paper.paper import read_size
from shekara.sheet.paper.paragraph import Paragraph


@pytest.mark.parametrize(("lang", "left"), [("en", (18.0, 12.0)), ("ar", (12.0, 18.0))])
def test_the_inner_margin_is_wider(lang: str, left: tuple[float, float]) -> None:
    """The third page of a book lies on the right of the binding, the fourth on the left."""
    page = read_size("A4").upright()
    blocks = [Paragraph(f"Line {n}") for n in range(120)]
    pages = mirrored(set_pages(page, Translator(lang), "Title", "Atlas", blocks), 2)
    assert len(pages) >= 2
    for item, margin in zip(pages[:2], left, strict=True):
        assert {box.x for _, box in item.blocks} == {margin}
        assert {round(page.width - box.right, 6) for _, box in item.blocks} == {30.0 - margin}
