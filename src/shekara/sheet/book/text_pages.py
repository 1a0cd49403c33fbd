"""Pages of a book that are text: cover, contents, statements, sources, index."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from shekara.scene.model import Credit, Scene, SceneClaim
from shekara.sheet.book.index_order import first_letter, order
from shekara.sheet.marginalia.locator import draw_cover_globe
from shekara.sheet.paper.canvas import GREY, RULE, Canvas, SheetFigure
from shekara.sheet.paper.columns import Block
from shekara.sheet.paper.fonts import ASCENT, line_mm, shorten, width_mm, wrap
from shekara.sheet.paper.paper import POINT_MM, Box, Page
from shekara.sheet.paper.paragraph import Words
from shekara.words import number as written
from shekara.words import word

HEAD_PT = 18.0
TEXT_PT = 8.2
Reference = tuple[int, str]  # page, cell


@dataclass(frozen=True)
class Entry:
    """A line with leaders and a page number at the right."""

    text: str
    at: str
    size_pt: float = TEXT_PT
    number: str = ""
    keep: bool = False
    stretch: float = 0.0
    lead: float = 0.0

    def _lines(self, width: float, k: float) -> tuple[str, ...]:
        indent = 11 * k if self.number else 0.0
        return wrap(self.text, width - indent - 12 * k, self.size_pt * k)

    def height(self, width: float, k: float) -> float:
        """Its lines, mm."""
        return len(self._lines(width, k)) * line_mm(self.size_pt * k) + 1.4 * k

    def draw(self, canvas: Canvas, box: Box, k: float) -> None:
        """Number, title, dots, page."""
        size = self.size_pt * k
        indent = 11 * k if self.number else 0.0
        y = box.top - (ASCENT + 0.12) * size * POINT_MM
        with canvas.tagged("P"):
            if self.number:
                canvas.text(box.x, y, self.number, size, "bold", color=GREY)
            lines = self._lines(box.width, k)
            for line in lines:
                canvas.text(box.x + indent, y, line, size)
                y -= line_mm(size)
            y += line_mm(size)
            canvas.text(box.right, y, self.at, size, ha="right")
        left = box.x + indent + width_mm(lines[-1] if lines else "", size) + 1.5 * k
        right = box.right - width_mm(self.at, size) - 1.5 * k
        if right > left:
            with canvas.tagged("Artifact"):
                canvas.line([left, right], [y + 0.2, y + 0.2], 0.5, RULE, ls=(0, (0.8, 3)))


def set_pages(
    page: Page,
    lang: str,
    title: str,
    running: str,
    blocks: Sequence[Block],
    columns: int = 1,
    head: Block | None = None,
) -> list[SheetFigure]:
    """Blocks in columns on as many pages as they need: a title on the first, a head on each."""
    made: list[SheetFigure] = []
    k = page.type_scale
    gap = 7 * k
    width = (page.width - 2 * (page.margin + 9 * k) - (columns - 1) * gap) / columns
    left = page.margin + 9 * k
    rest = list(blocks)
    while rest or not made:
        canvas = Canvas(page, lang, title)
        top = page.height - page.margin - 8 * k
        with canvas.tagged("Artifact"):
            text = shorten(running, page.width / 2, 6.4 * k)
            canvas.text(page.width - left, top, text, 6.4 * k, color=GREY, ha="right")
        top -= 6 * k
        if not made:
            with canvas.tagged("H1"):
                for line in wrap(title, page.width - 2 * left, HEAD_PT * k, "bold"):
                    canvas.text(
                        left, top - ASCENT * HEAD_PT * k * POINT_MM, line, HEAD_PT * k, "bold"
                    )
                    top -= line_mm(HEAD_PT * k)
            top -= 4 * k
        bottom = page.margin + 9 * k
        if head is not None:
            high = head.height(width, k)
            head.draw(canvas, Box(left, top - high, width, high), k)
            top -= high
        for column in range(columns):
            y = top
            while rest:
                high = rest[0].height(width, k)
                need = high + (rest[1].height(width, k) if rest[0].keep and len(rest) > 1 else 0)
                if y - need < bottom and y < top:
                    break
                block = rest.pop(0)
                block.draw(canvas, Box(left + column * (width + gap), y - high, width, high), k)
                y -= high
        made.append(canvas.figure)
    return made


def cover(page: Page, scenes: Sequence[Scene], claims: Sequence[SceneClaim]) -> SheetFigure:
    """The cover: the atlas's title, a globe with the extents of its maps, what it holds."""
    first, k = scenes[0], page.type_scale
    canvas = Canvas(page, first.lang, first.atlas_title)
    left, width = page.margin + 9 * k, page.width - 2 * (page.margin + 9 * k)
    y = page.height - page.margin - 34 * k
    with canvas.tagged("Artifact"):
        canvas.rectangle(left, y + 12 * k, 26 * k, 1.6 * k, fill="#b3261e")
    with canvas.tagged("H1"):
        size = next(
            (
                pt * k
                for pt in (34, 30, 26, 22, 18)
                if len(wrap(first.atlas_title, width, pt * k, "bold")) <= 4
            ),
            15 * k,
        )
        for line in wrap(first.atlas_title, width, size, "bold"):
            canvas.text(left, y, line, size, "bold")
            y -= line_mm(size)
    diameter = min(width * 0.78, y - page.margin - 62 * k)
    if diameter > 40 * k:
        middle = (page.width / 2, y - 12 * k - diameter / 2)
        with canvas.tagged("Figure", word("book_cover_alt", first.lang)):
            draw_cover_globe(canvas, scenes, middle, diameter)
    y = page.margin + 26 * k
    with canvas.tagged("P"):
        text = word("book_maps", first.lang, count=written(len(scenes), first.lang))
        canvas.text(left, y, text, 10 * k)
    if claims:
        counts = Counter(claim.verdict_text for claim in claims)
        text = word("book_statements", first.lang, count=written(len(claims), first.lang))
        text += " (" + ", ".join(f"{name} {count}" for name, count in counts.most_common()) + ")"
        with canvas.tagged("P"):
            for line in wrap(text, width, 8 * k):
                y -= line_mm(8 * k) * 1.2
                canvas.text(left, y, line, 8 * k, color=GREY)
    return canvas.figure


def contents_blocks(lines: Sequence[tuple[str, str, int]]) -> list[Block]:
    """Number, title and page of every part."""
    return [Entry(title, str(page), number=number) for number, title, page in lines]


def source_blocks(credits: Sequence[Credit], lang: str) -> list[Block]:
    """Every source with licence, date, address and layers."""
    blocks: list[Block] = []
    for credit in credits:
        blocks.append(Words(credit.name, TEXT_PT, "bold", keep=True))
        line = ", ".join(part for part in (credit.license, credit.date, credit.url) if part)
        blocks.append(Words(line, 7.0, color=GREY, keep=bool(credit.layers)))
        if credit.layers:
            text = f"{word('book_layers', lang)}: {', '.join(credit.layers)}"
            blocks.append(Words(text, 7.0, below=0.9))
    return blocks


def index_blocks(names: dict[str, list[Reference]], lang: str) -> list[Block]:
    """Every name with its pages and cells, under the letters of the language's alphabet."""
    if not names:
        return [Words(word("book_no_names", lang), TEXT_PT)]
    blocks: list[Block] = []
    letter = ""
    for name in sorted(names, key=lambda item: order(item, lang)):
        if first_letter(name, lang) != letter:
            letter = first_letter(name, lang)
            blocks.append(Words(letter, 9.0, "bold", "#b3261e", role="H2", above=0.5, keep=True))
        found = ", ".join(f"{page}\u00a0{cell}" for page, cell in sorted(set(names[name])))
        blocks.append(Words(f"{name}  {found}", 6.8, below=0.12))
    return blocks
