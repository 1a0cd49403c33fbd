"""The bibliography of a book: every source of its claims once, numbered, led to by them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from shekara.scene.citations import Citation, bibliography, licence_text
from shekara.scene.model import SceneClaim, Translator
from shekara.sheet.book.index_order import order
from shekara.sheet.paper.canvas import GREY, Canvas, Link
from shekara.sheet.paper.columns import Block
from shekara.sheet.paper.paper import Box
from shekara.sheet.paper.paragraph import Paragraph

TEXT_PT = 7.4


@dataclass(frozen=True)
class Line(Paragraph):
    """A paragraph that links lead to."""

    key: str = ""

    def draw(self, canvas: Canvas, box: Box, type_scale: float) -> None:
        """Draw the paragraph and note where it stands."""
        super().draw(canvas, box, type_scale)
        canvas.figure.links.append(Link(self.key, box, target=True))


def numbered(claims: Iterable[SceneClaim], lang: str) -> dict[str, tuple[int, Citation]]:
    """The sources of claims by their keys, each with its number, in the order of the language."""
    cited = sorted(
        bibliography(source for claim in claims for source in claim.citations),
        key=lambda source: order(source.detail or source.name, lang),
    )
    return {source.key: (number, source) for number, source in enumerate(cited, 1)}


def bibliography_blocks(
    sources: dict[str, tuple[int, Citation]], title: str, say: Translator
) -> list[Block]:
    """A heading, then each source: number, author, title, page, date, licence, address."""
    if not sources:
        return []
    blocks: list[Block] = [Paragraph(title, 9.0, "bold", role="H2", keep=True)]
    for key, (number, source) in sources.items():
        name = f"[{number}]  {source.name}"
        blocks.append(Line(name, TEXT_PT, keep=True, below=0.0, key=key, lang=source.lang))
        license = licence_text(source.license, say)
        rest: Sequence[str] = (
            source.detail, source.date, source.state, license, source.url,
        )  # fmt: skip
        told = ", ".join(part for part in rest if part)
        blocks.append(Paragraph(told, 6.4, color=GREY, below=0.5))
    return blocks
