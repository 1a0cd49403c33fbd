"""Pages of a book that are text: cover, contents, statements, sources, index."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from shekara.scene.model import Credit, Scene, SceneClaim, Translator
from shekara.sheet.book.index_order import first_letter, order
from shekara.sheet.marginalia.locator import draw_cover_globe
from shekara.sheet.marginalia.sign import draw_sign, size_of
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
ISBN_PLACE = "ISBN\u00a0______________"
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


COVER_SIGN_MM = 15.0  # height of the atlas's logo on the cover


def set_pages(
    page: Page,
    say: Translator,
    title: str,
    running: str,
    blocks: Sequence[Block],
    columns: int = 1,
    head: Block | None = None,
) -> list[SheetFigure]:
    """Blocks in columns on as many pages as they need: a title on the first, a head on each."""
    result: list[SheetFigure] = []
    type_scale = page.type_scale
    gap = 7 * type_scale
    width = (page.width - 2 * (page.margin + 9 * type_scale) - (columns - 1) * gap) / columns
    left = page.margin + 9 * type_scale
    rest = list(blocks)
    while rest or not result:
        canvas = Canvas(page, say, title)
        top = page.height - page.margin - 8 * type_scale
        with canvas.tagged("Artifact"):
            size = max(RUNNING_PT * type_scale, FLOOR_PT)
            text = shorten(running, page.width / 2, size)
            canvas.text(page.width - left, top, text, size, color=GREY, ha="right")
        top -= 6 * type_scale
        if not result:
            with canvas.tagged("H1"):
                for line in wrap(title, page.width - 2 * left, HEAD_PT * type_scale, "bold"):
                    canvas.text(
                        left,
                        top - ASCENT * HEAD_PT * type_scale * POINT_MM,
                        line,
                        HEAD_PT * type_scale,
                        "bold",
                    )
                    top -= line_mm(HEAD_PT * type_scale)
            top -= 4 * type_scale
        bottom = page.margin + 9 * type_scale
        if head is not None:
            high = head.height(width, type_scale)
            head.draw(canvas, Box(left, top - high, width, high), type_scale)
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
                block = rest.pop(0)
                block.draw(
                    canvas, Box(left + column * (width + gap), y - high, width, high), type_scale
                )
                y -= high
        result.append(canvas.figure)
    return result


def cover(page: Page, scenes: Sequence[Scene], claims: Sequence[SceneClaim]) -> SheetFigure:
    """The cover: the atlas's title, a globe with the extents of its maps, what it holds."""
    first, type_scale = scenes[0], page.type_scale
    canvas = Canvas(page, first.say, first.atlas_title)
    left, width = page.margin + 9 * type_scale, page.width - 2 * (page.margin + 9 * type_scale)
    y = page.height - page.margin - 34 * type_scale
    if first.sign:
        wide, high = size_of(first.sign.logo, COVER_SIGN_MM * type_scale)
        top = page.height - page.margin - 2 * type_scale
        draw_sign(canvas, first.sign, Box(left, top - high, wide, high))
    with canvas.tagged("Artifact"):
        canvas.rectangle(
            left, y + 12 * type_scale, 26 * type_scale, 1.6 * type_scale, fill="#b3261e"
        )
    with canvas.tagged("H1"):
        size = next(
            (
                pt * type_scale
                for pt in (34, 30, 26, 22, 18)
                if len(wrap(first.atlas_title, width, pt * type_scale, "bold")) <= 4
            ),
            15 * type_scale,
        )
        for line in wrap(first.atlas_title, width, size, "bold"):
            canvas.text(left, y, line, size, "bold")
            y -= line_mm(size)
    diameter = min(width * 0.78, y - page.margin - 62 * type_scale)
    if diameter > 40 * type_scale:
        middle = (page.width / 2, y - 12 * type_scale - diameter / 2)
        with canvas.tagged(
            "Figure",
            first.say.message("book_cover_alt"),
            box=Box(middle[0] - diameter / 2, middle[1] - diameter / 2, diameter, diameter),
        ):
            draw_cover_globe(canvas, scenes, middle, diameter)
    y = page.margin + 26 * type_scale
    with canvas.tagged("P"):
        text = first.say.message("book_maps", count=first.say.number(len(scenes)))
        canvas.text(left, y, text, 10 * type_scale)
    if claims:
        counts = Counter(claim.verdict_text for claim in claims)
        text = first.say.message("book_statements", count=first.say.number(len(claims)))
        text += " (" + ", ".join(f"{name} {count}" for name, count in counts.most_common()) + ")"
        with canvas.tagged("P"):
            for line in wrap(text, width, 8 * type_scale):
                y -= line_mm(8 * type_scale) * 1.2
                canvas.text(left, y, line, 8 * type_scale, color=GREY)
    return canvas.figure


def imprint(page: Page, scene: Scene) -> SheetFigure:
    """Who publishes the book, when and under which licence, at the foot of a page of its own."""
    said, say, type_scale = scene.imprint, scene.say, page.type_scale
    canvas = Canvas(page, say, scene.atlas_title)
    left = page.margin + 9 * type_scale
    where = ", ".join(part for part in (said.place, said.publisher) if part)
    if said.year is not None:
        where = f"{where}, {said.year}" if where else str(said.year)
    number = f"ISBN\u00a0{said.isbn}" if said.isbn else ISBN_PLACE
    blocks = [
        Paragraph(text, TEXT_PT, below=0.4)
        for text in (said.edition, where, number, said.license, said.note)
        if text
    ]
    blocks = [Paragraph(scene.atlas_title, TEXT_PT, "bold", below=0.8), *blocks]
    width = min(page.width - 2 * left, 120 * type_scale)
    y = page.margin + 9 * type_scale + sum(block.height(width, type_scale) for block in blocks)
    for block in blocks:
        high = block.height(width, type_scale)
        block.draw(canvas, Box(left, y - high, width, high), type_scale)
        y -= high
    return canvas.figure


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
        line = ", ".join(part for part in (credit.license, credit.date, credit.url) if part)
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
