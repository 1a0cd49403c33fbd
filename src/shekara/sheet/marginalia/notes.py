"""Notes, the projection in words, and the sources: under the map or in a column beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from shekara.scene.model import Scene, Translator
from shekara.sheet.paper.canvas import GREY, RULE, Canvas
from shekara.sheet.paper.columns import Block, split
from shekara.sheet.paper.paper import Box, Page
from shekara.sheet.paper.paragraph import Paragraph

NOTE_PT = 5.5
HEAD_PT = 5.7
GAP_MM = 5.0
MOST_FOOTER = 0.24  # of the page's height
LEAST_PT = 4.4


@dataclass(frozen=True)
class Footer:
    """Blocks in columns upon the bottom margin, measured; type_scale is the size of their type."""

    box: Box
    columns: tuple[tuple[Block, ...], ...]
    type_scale: float
    width: float  # of a column


def note_blocks(scene: Scene, *, framed: bool) -> list[Block]:
    """The notes, what is schematic, the projection in words, and every source; as paragraphs."""
    say = scene.say
    notes = [note for note in scene.notes if note.strip()]
    schematic = [
        layer.title
        for layer in scene.layers
        if layer.schematic and layer.visible and not layer.extra
    ]
    if schematic and not any(title in note for note in notes for title in schematic):
        notes.append(say.message("sheet_schematic", layers=", ".join(dict.fromkeys(schematic))))
    blocks: list[Block] = []
    if framed:
        blocks += _part(say.message("sheet_notes"), notes)
        told = f"{scene.projection.sentence} {say.message('sheet_measured')}"
        blocks += _part(say.message("sheet_projection"), [told])
    sources = []
    for credit in scene.credits:
        line = ", ".join(part for part in (credit.name, credit.license, credit.date) if part)
        if credit.layers and framed:
            line += f" ({', '.join(credit.layers)})"
        sources.append(line)
    if not framed and sources:  # under a figure one line serves, and a licence asks for it
        sources = ["; ".join(sources)]
    return blocks + _part(say.message("sheet_sources"), sources)


def _part(title: str, texts: Sequence[str]) -> list[Block]:
    if not texts:
        return []
    head = Paragraph(title, HEAD_PT, "bold", GREY, keep=True, below=0.05)
    last = len(texts) - 1
    return [
        head,
        *(
            Paragraph(text, NOTE_PT, color="#333333", below=0.7 if place == last else 0.12)
            for place, text in enumerate(texts)
        ),
    ]


def footer_of(blocks: Sequence[Block], page: Page, edge: float, say: Translator) -> Footer:
    """The blocks in columns upon the bottom, in the largest type that leaves the map its room.

    What has no room is left out from the end, and its number said.
    """
    most = MOST_FOOTER * page.height
    made = None
    for shrink in (1.0, 0.93, 0.87, 0.81):
        type_scale = max(page.type_scale * shrink, LEAST_PT / NOTE_PT)
        made = _set(blocks, page, edge, type_scale)
        if made.box.height <= most:
            return made
    for kept in range(len(blocks) - 1, 0, -1):
        text = say.message("sheet_text_more", count=len(blocks) - kept)
        made = _set([*blocks[:kept], Paragraph(text, NOTE_PT, "slanted")], page, edge, type_scale)
        if made.box.height <= most:
            return made
    assert made is not None
    return made


def _set(blocks: Sequence[Block], page: Page, edge: float, type_scale: float) -> Footer:
    total, gap = page.width - 2 * edge, GAP_MM * type_scale
    best: Footer | None = None
    for count in range(1, 5):
        width = (total - (count - 1) * gap) / count
        if count > 1 and width < 58 * type_scale:
            break
        heights = [block.height(width, type_scale) for block in blocks]
        columns = split(blocks, heights, count)
        high = max((sum(heights[i] for i in column) for column in columns), default=0.0)
        high += 3.0 * type_scale if blocks else 0.0
        if best is None or high < best.box.height - 0.5:
            placed = tuple(tuple(blocks[i] for i in column) for column in columns)
            best = Footer(Box(edge, edge, total, high), placed, type_scale, width)
    assert best is not None
    return best


def draw_footer(canvas: Canvas, footer: Footer) -> None:
    """Draw the footer under a thin rule."""
    if not footer.box.height:
        return
    box, type_scale = footer.box, footer.type_scale
    top = box.top - 1.2 * type_scale
    with canvas.tagged("Artifact"):
        canvas.line([box.x, box.right], [top, top], 0.3, RULE)
    for place, blocks in enumerate(footer.columns):
        y = top - 1.2 * type_scale
        for block in blocks:
            high = block.height(footer.width, type_scale)
            x = box.x + place * (footer.width + GAP_MM * type_scale)
            block.draw(canvas, Box(x, y - high, footer.width, high), type_scale)
            y -= high
