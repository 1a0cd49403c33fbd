"""The table of claims in a book: the statement, the finding, and what it rests on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from shekara.scene.model import SceneClaim, Translator
from shekara.sheet.marginalia.claims import verdict_line
from shekara.sheet.paper.canvas import GREY, INK, RULE, Canvas, Link
from shekara.sheet.paper.columns import Block
from shekara.sheet.paper.fonts import ASCENT, line_mm, width_mm
from shekara.sheet.paper.lines import wrap
from shekara.sheet.paper.paper import POINT_MM, Box
from shekara.sheet.paper.paragraph import Paragraph
from shekara.verdicts import VERDICTS

CELL_PT = 6.9
NOTE_PT = 6.5


@dataclass(frozen=True)
class Row:
    """A claim in the table: the statement, the finding, and what it rests on."""

    claim: SceneClaim
    maps: tuple[int, ...]
    say: Translator
    numbers: Mapping[str, int] = field(default_factory=dict)  # of sources, by key
    keep: bool = False
    stretch: float = 0.0
    lead: float = 0.0

    def _cells(self, width: float, type_scale: float) -> tuple[list[Sequence[str]], list[float]]:
        claim = self.claim
        wide = [0.40 * width, 0.25 * width, 0.35 * width]
        says = wrap(claim.says, wide[0] - 7 * type_scale, CELL_PT * type_scale)
        where = [claim.text] if claim.text else []
        where += [self.say.message("sheet_map", number=", ".join(map(str, self.maps)))]
        small = wrap("; ".join(where), wide[0] - 7 * type_scale, NOTE_PT * type_scale)
        wrapped_lines = wrap(
            verdict_line(claim, self.say), wide[1] - 4 * type_scale, CELL_PT * type_scale, "bold"
        )
        more = []
        if claim.claimed:
            more.append(f"{self.say.message('book_claimed')}: {claim.claimed}")
        if claim.official:
            more.append(claim.official)
        told = [
            line
            for text in more
            for line in wrap(text, wide[1] - 4 * type_scale, NOTE_PT * type_scale)
        ]
        basis = ". ".join(
            text.rstrip(".")
            for text in (claim.reason, claim.note, claim.method, claim.source)
            if text
        )
        lines = [*wrap(basis, wide[2], NOTE_PT * type_scale)]
        if self.cited:
            lines.append("  ".join(f"[{number}]" for _, number in self.cited))
        return [says, small, wrapped_lines, told, lines], wide

    @property
    def cited(self) -> list[tuple[str, int]]:
        """The sources of the claim that the bibliography has, with their numbers there."""
        keys = dict.fromkeys(source.key for source in self.claim.citations)
        return [(key, self.numbers[key]) for key in keys if key in self.numbers]

    def height(self, width: float, type_scale: float) -> float:
        """The highest of its cells, mm."""
        (says, small, result, told, basis), _ = self._cells(width, type_scale)
        big, less = line_mm(CELL_PT * type_scale), line_mm(NOTE_PT * type_scale)
        return (
            max(
                len(says) * big + len(small) * less,
                len(result) * big + len(told) * less,
                len(basis) * less,
            )
            + 2.6 * type_scale
        )

    def draw(self, canvas: Canvas, box: Box, type_scale: float) -> None:
        """Draw the cells over a thin rule."""
        (says, small, result, told, basis), wide = self._cells(box.width, type_scale)
        row = VERDICTS[self.claim.verdict]
        sign, colour = row.sign, row.ink
        x = box.x
        with canvas.grouped("Table", "TR", join=True):
            top = box.top - (ASCENT + 0.12) * CELL_PT * type_scale * POINT_MM
            with canvas.tagged("TD"):
                canvas.text(x, top, sign, CELL_PT * type_scale * 1.15, "bold", color=colour)
                _column(canvas, x + 4 * type_scale, box.top, type_scale, says, small)
            with canvas.tagged("TD"):
                _column(canvas, x + wide[0], box.top, type_scale, result, told, colour)
            with canvas.tagged("TD"):
                _column(canvas, x + wide[0] + wide[1], box.top, type_scale, [], basis)
        self._link(canvas, x + wide[0] + wide[1], box.top, len(basis), type_scale)
        with canvas.tagged("Artifact"):
            y = box.y + 1.3 * type_scale
            canvas.line([box.x, box.right], [y, y], 0.25, RULE)

    def _link(self, canvas: Canvas, x: float, top: float, lines: int, type_scale: float) -> None:
        """Let the numbers in the last line lead to the bibliography."""
        size = NOTE_PT * type_scale
        bottom = top - lines * line_mm(size)
        gap = width_mm("  ", size)
        for key, number in self.cited:
            wide = width_mm(f"[{number}]", size)
            canvas.figure.links.append(Link(key, Box(x, bottom, wide, line_mm(size))))
            x += wide + gap


@dataclass(frozen=True)
class Head:
    """What stands over the columns of the table of claims, on every page of it."""

    say: Translator
    keep: bool = True
    stretch: float = 0.0
    lead: float = 0.0

    def height(self, width: float, type_scale: float) -> float:
        """One line and a rule, mm."""
        return line_mm(NOTE_PT * type_scale) + (2.6 * type_scale if width > 0 else 0.0)

    def draw(self, canvas: Canvas, box: Box, type_scale: float) -> None:
        """Draw the three headings over a rule."""
        size = NOTE_PT * type_scale
        y = box.top - (ASCENT + 0.12) * size * POINT_MM
        places = (
            (4 * type_scale, "statement"),
            (0.40 * box.width, "finding"),
            (0.65 * box.width, "basis"),
        )
        with canvas.grouped("Table", "TR"):
            for place, key in places:
                text = self.say.message(f"book_{key}")
                with canvas.tagged("TH"):
                    canvas.text(box.x + place, y, text, size, "bold", color=GREY)
        with canvas.tagged("Artifact"):
            y = box.y + 1.5 * type_scale
            canvas.line([box.x, box.right], [y, y], 0.7, INK)


def _column(
    canvas: Canvas,
    x: float,
    top: float,
    type_scale: float,
    large: Sequence[str],
    small: Sequence[str],
    colour: str = "",
) -> None:
    y = top - (ASCENT + 0.12) * (CELL_PT if large else NOTE_PT) * type_scale * POINT_MM
    for line in large:
        face = "bold" if colour else "plain"
        canvas.text(x, y, line, CELL_PT * type_scale, face, color=colour or INK)  # type: ignore[arg-type]
        y -= line_mm(CELL_PT * type_scale)
    for line in small:
        canvas.text(x, y, line, NOTE_PT * type_scale, color=GREY)
        y -= line_mm(NOTE_PT * type_scale)


def claim_blocks(
    rows: Sequence[tuple[SceneClaim, tuple[int, ...]]],
    say: Translator,
    numbers: Mapping[str, int] | None = None,
) -> list[Block]:
    """The table of claims, or a line that says there are none."""
    if not rows:
        return [Paragraph(say.message("book_no_claims"), CELL_PT)]
    return [Row(claim, maps, say, numbers or {}) for claim, maps in rows]
