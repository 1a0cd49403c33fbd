"""The first pages of a book: its cover, and its imprint."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from shekara.scene.model import Imprint, Scene, SceneClaim, Translator
from shekara.scene.pictures import Sign
from shekara.sheet.book.text_pages import TEXT_PT, margin_of, shift_of
from shekara.sheet.marginalia.locator import draw_cover_globe
from shekara.sheet.marginalia.sign import draw_sign, size_of
from shekara.sheet.paper.canvas import GREY, Canvas, SheetFigure
from shekara.sheet.paper.fonts import line_mm
from shekara.sheet.paper.lines import wrap
from shekara.sheet.paper.paper import Box, Page
from shekara.sheet.paper.paragraph import Paragraph

ISBN_PLACE = "ISBN\u00a0______________"
IMPRINT_PLACE = 1  # behind the cover
COVER_SIGN_MM = 15.0  # height of the atlas's logo on the cover


@dataclass(frozen=True)
class CoverPage:
    """The cover: the atlas's title, a globe with the extents of its maps, what it holds.

    `maps` are scenes without words.
    """

    page: Page
    say: Translator
    title: str
    sign: Sign | None
    maps: tuple[Scene, ...]
    statements: str

    def draw(self) -> SheetFigure:
        """The page."""
        page, say, type_scale = self.page, self.say, self.page.type_scale
        canvas = Canvas(page, say, self.title)
        left, width = margin_of(page), page.width - 2 * margin_of(page)
        y = page.height - page.margin - 34 * type_scale
        if self.sign:
            wide, high = size_of(self.sign.logo, COVER_SIGN_MM * type_scale)
            top = page.height - page.margin - 2 * type_scale
            draw_sign(canvas, self.sign, Box(left, top - high, wide, high))
        with canvas.tagged("Artifact"):
            canvas.rectangle(
                left, y + 12 * type_scale, 26 * type_scale, 1.6 * type_scale, fill="#b3261e"
            )
        with canvas.tagged("H1"):
            size = next(
                (
                    pt * type_scale
                    for pt in (34, 30, 26, 22, 18)
                    if len(wrap(self.title, width, pt * type_scale, "bold")) <= 4
                ),
                15 * type_scale,
            )
            for line in wrap(self.title, width, size, "bold"):
                canvas.text(left, y, line, size, "bold")
                y -= line_mm(size)
        diameter = min(width * 0.78, y - page.margin - 62 * type_scale)
        if diameter > 40 * type_scale:
            middle = (page.width / 2, y - 12 * type_scale - diameter / 2)
            with canvas.tagged(
                "Figure",
                say.message("book_cover_alt"),
                box=Box(middle[0] - diameter / 2, middle[1] - diameter / 2, diameter, diameter),
            ):
                draw_cover_globe(canvas, self.maps, middle, diameter)
        y = page.margin + 26 * type_scale
        with canvas.tagged("P"):
            text = say.message("book_maps", count=say.number(len(self.maps)))
            canvas.text(left, y, text, 10 * type_scale)
        if self.statements:
            with canvas.tagged("P"):
                for line in wrap(self.statements, width, 8 * type_scale):
                    y -= line_mm(8 * type_scale) * 1.2
                    canvas.text(left, y, line, 8 * type_scale, color=GREY)
        return canvas.figure


def cover(page: Page, scenes: Sequence[Scene], claims: Sequence[SceneClaim]) -> CoverPage:
    """The cover of a book of these scenes and claims."""
    first = scenes[0]
    maps = tuple(
        replace(
            scene, title="", subtitle="", alt="", legend=(), claims=(), panels=(), notes=(),
            credits=(), steps=(), small_maps=(),
        )
        for scene in scenes
    )  # fmt: skip
    text = ""
    if claims:
        counts = Counter(claim.verdict_text for claim in claims)
        text = first.say.message("book_statements", count=first.say.number(len(claims)))
        text += " (" + ", ".join(f"{name} {count}" for name, count in counts.most_common()) + ")"
    return CoverPage(page, first.say, first.atlas_title, first.sign, maps, text)


@dataclass(frozen=True)
class ImprintPage:
    """Who publishes the book, when and under which licence, at the foot of a page of its own."""

    page: Page
    say: Translator
    title: str
    said: Imprint

    def draw(self) -> SheetFigure:
        """The page."""
        said, page, type_scale = self.said, self.page, self.page.type_scale
        canvas = Canvas(page, self.say, self.title)
        left = margin_of(page) + shift_of(page, IMPRINT_PLACE, self.say)
        where = ", ".join(part for part in (said.place, said.publisher) if part)
        if said.year is not None:
            where = f"{where}, {said.year}" if where else str(said.year)
        number = f"ISBN\u00a0{said.isbn}" if said.isbn else ISBN_PLACE
        blocks = [
            Paragraph(text, TEXT_PT, below=0.4)
            for text in (said.edition, where, number, said.license, said.note)
            if text
        ]
        blocks = [Paragraph(self.title, TEXT_PT, "bold", below=0.8), *blocks]
        width = min(page.width - 2 * margin_of(page), 120 * type_scale)
        y = page.margin + 9 * type_scale + sum(block.height(width, type_scale) for block in blocks)
        for block in blocks:
            high = block.height(width, type_scale)
            block.draw(canvas, Box(left, y - high, width, high), type_scale)
            y -= high
        return canvas.figure
