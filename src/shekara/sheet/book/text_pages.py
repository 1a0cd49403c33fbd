"""Pages of a book that are text: contents, statements, sources, index.

They are laid out first and drawn afterwards: what is laid out the same is the same page, which an
earlier build may have drawn.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from shekara.scene.citations import licence_text
from shekara.scene.model import Credit, Translator
from shekara.sheet.book.index_order import first_letter, order
from shekara.sheet.paper.canvas import GREY, RULE, Canvas, SheetFigure
from shekara.sheet.paper.columns import Block
from shekara.sheet.paper.fonts import ASCENT, FLOOR_PT, line_mm, width_mm
from shekara.sheet.paper.lines import shorten, wrap
from shekara.sheet.paper.paper import POINT_MM, Box, Page
from shekara.sheet.paper.paragraph import Paragraph
from shekara.verdicts import VERDICTS

HEAD_PT = 18.0
TEXT_PT = 8.2
RUNNING_PT = 7.0
SHIFT_MM = 3.0  # half of what the inner margin is wider than the outer one
Reference = tuple[int, str]  # page, cell


@dataclass(frozen=True)
class Entry:
    """A line with leaders and a page number at the right."""

    text: str
    at: str
    size_pt: float = TEXT_PT
    number: str = ""
    page: int | None = None  # of the book, from 0: where it leads
    keep: bool = False
    stretch: float = 0.0
    lead: float = 0.0

    def _lines(self, width: float, type_scale: float) -> tuple[str, ...]:
        indent = 11 * type_scale if self.number else 0.0
        return wrap(self.text, width - indent - 12 * type_scale, self.size_pt * type_scale)

    def height(self, width: float, type_scale: float) -> float:
        """Its lines, mm."""
        return (
            len(self._lines(width, type_scale)) * line_mm(self.size_pt * type_scale)
            + 1.4 * type_scale
        )

    def draw(self, canvas: Canvas, box: Box, type_scale: float) -> None:
        """Number, title, dots, page."""
        size = self.size_pt * type_scale
        indent = 11 * type_scale if self.number else 0.0
        y = box.top - (ASCENT + 0.12) * size * POINT_MM
        link = canvas.tagged("Link", self.text, box=box, to=self.page)
        with canvas.grouped("TOC", "TOCI", "Reference", join=True), link:
            if self.number:
                canvas.text(box.x, y, self.number, size, "bold", color=GREY)
            lines = self._lines(box.width, type_scale)
            for line in lines:
                canvas.text(box.x + indent, y, line, size)
                y -= line_mm(size)
            y += line_mm(size)
            canvas.text(box.right, y, self.at, size, ha="right")
        left = box.x + indent + width_mm(lines[-1] if lines else "", size) + 1.5 * type_scale
        right = box.right - width_mm(self.at, size) - 1.5 * type_scale
        if right > left:
            with canvas.tagged("Artifact"):
                canvas.line([left, right], [y + 0.2, y + 0.2], 0.5, RULE, ls=(0, (0.8, 3)))


class LaidPage(Protocol):
    """A page that can be drawn; two of the same content are drawn alike."""

    def draw(self) -> SheetFigure:
        """The page."""


@dataclass(frozen=True)
class TextPage:
    """A page of blocks, each in its box; the first of a part has the part's title."""

    page: Page
    say: Translator
    title: str
    running: str
    first: bool
    blocks: tuple[tuple[Block, Box], ...]
    shift: float = 0.0  # of all that stands on it, to the right, mm

    def draw(self) -> SheetFigure:
        """The page with its running title."""
        page, type_scale = self.page, self.page.type_scale
        canvas = Canvas(page, self.say, self.title)
        left, top = margin_of(page) + self.shift, page.height - page.margin - 8 * type_scale
        right = page.width - margin_of(page) + self.shift
        with canvas.tagged("Artifact"):
            size = max(RUNNING_PT * type_scale, FLOOR_PT)
            text = shorten(self.running, page.width / 2, size)
            canvas.text(right, top, text, size, color=GREY, ha="right")
        if self.first:
            top -= 6 * type_scale + ASCENT * HEAD_PT * type_scale * POINT_MM
            with canvas.tagged("H1"):
                for place, line in enumerate(_title_lines(page, self.title)):
                    y = top - place * line_mm(HEAD_PT * type_scale)
                    canvas.text(left, y, line, HEAD_PT * type_scale, "bold")
        for block, box in self.blocks:
            block.draw(canvas, box, type_scale)
        return canvas.figure


def margin_of(page: Page) -> float:
    """How far from the edges the text begins, mm, before a page of a book is shifted."""
    return page.margin + 6 * page.type_scale


def shift_of(page: Page, place: int, say: Translator) -> float:
    """How far a page of a book is shifted to the right, mm: its inner margin is the wider one.

    On A4 the margins are 18 and 12 mm. The first page, 0, is bound at the left, or at the right
    where the language runs from there.
    """
    inner_left = (place % 2 == 0) == (say.direction != "rtl")
    return (1 if inner_left else -1) * SHIFT_MM * page.type_scale


def mirrored(pages: Sequence[TextPage], place: int) -> list[TextPage]:
    """Pages of a book from one place on, each with its wider margin where it is bound."""
    result = []
    for number, item in enumerate(pages, start=place):
        shift = shift_of(item.page, number, item.say)
        blocks = tuple((block, replace(box, x=box.x + shift)) for block, box in item.blocks)
        result.append(replace(item, blocks=blocks, shift=shift))
    return result


def _title_lines(page: Page, title: str) -> Sequence[str]:
    return wrap(title, page.width - 2 * margin_of(page), HEAD_PT * page.type_scale, "bold")


def set_pages(
    page: Page,
    say: Translator,
    title: str,
    running: str,
    blocks: Sequence[Block],
    columns: int = 1,
    head: Block | None = None,
) -> list[TextPage]:
    """Blocks in columns on as many pages as they need: a title on the first, a head on each."""
    result: list[TextPage] = []
    type_scale, left = page.type_scale, margin_of(page)
    gap = 7 * type_scale
    width = (page.width - 2 * left - (columns - 1) * gap) / columns
    rest = list(blocks)
    while rest or not result:
        placed: list[tuple[Block, Box]] = []
        top = page.height - page.margin - 14 * type_scale
        if not result:
            top -= len(_title_lines(page, title)) * line_mm(HEAD_PT * type_scale) + 4 * type_scale
        bottom = page.margin + 9 * type_scale
        if head is not None:
            high = head.height(width, type_scale)
            placed.append((head, Box(left, top - high, width, high)))
            top -= high
        for column in range(columns):
            y = top
            while rest:
                high = rest[0].height(width, type_scale)
                need = high + (
                    rest[1].height(width, type_scale) if rest[0].keep and len(rest) > 1 else 0
                )
                if y - need < bottom and y < top:
                    break
                box = Box(left + column * (width + gap), y - high, width, high)
                placed.append((rest.pop(0), box))
                y -= high
        result.append(TextPage(page, say, title, running, not result, tuple(placed)))
    return result


def contents_blocks(lines: Sequence[tuple[str, str, int]]) -> list[Block]:
    """Number, title and page of every part."""
    return [Entry(title, str(page), number=number, page=page - 1) for number, title, page in lines]


def reading_blocks(say: Translator) -> list[Block]:
    """How an atlas is read: what each verdict means, what an interval is, how it was measured."""
    blocks: list[Block] = []
    for row in VERDICTS.values():
        word = f"{row.sign}\u00a0\u00a0{say.message(row.text_key)}"
        blocks.append(Paragraph(word, 9.0, "semibold", row.ink, role="H2", keep=True, below=0.1))
        blocks.append(Paragraph(say.message(row.how_key), TEXT_PT, below=0.7))
    for key in ("report_how_interval", "sheet_measured", "book_index_note"):
        blocks.append(Paragraph(say.message(key), TEXT_PT, below=0.5))
    return blocks


def source_blocks(credits: Sequence[Credit], say: Translator) -> list[Block]:
    """Every source with licence, date, address and layers."""
    blocks: list[Block] = []
    for credit in credits:
        blocks.append(Paragraph(credit.name, TEXT_PT, "bold", keep=True))
        license = licence_text(credit.license, say)
        line = ", ".join(part for part in (license, credit.date, credit.url) if part)
        blocks.append(Paragraph(line, 7.0, color=GREY, keep=bool(credit.layers)))
        if credit.layers:
            text = f"{say.message('book_layers')}: {', '.join(credit.layers)}"
            blocks.append(Paragraph(text, 7.0, below=0.9))
    return blocks


def index_blocks(names: dict[str, list[Reference]], say: Translator) -> list[Block]:
    """Every name with its pages and cells, under the letters of the language's alphabet."""
    if not names:
        return [Paragraph(say.message("book_no_names"), TEXT_PT)]
    blocks: list[Block] = []
    letter = ""
    for name in sorted(names, key=lambda item: order(item, say.lang)):
        if first_letter(name, say.lang) != letter:
            letter = first_letter(name, say.lang)
            blocks.append(
                Paragraph(letter, 9.0, "bold", "#b3261e", role="H2", above=0.5, keep=True)
            )
        result = ", ".join(f"{page}\u00a0{cell}" for page, cell in sorted(set(names[name])))
        blocks.append(Paragraph(f"{name}  {result}", 6.8, below=0.12))
    return blocks
