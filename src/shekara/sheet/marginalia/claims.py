"""Claims on a sheet: what is said, whether it holds, and what was measured."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from shekara.scene.model import SceneClaim, Translator
from shekara.sheet.paper.canvas import Canvas
from shekara.sheet.paper.fonts import ASCENT, line_mm
from shekara.sheet.paper.lines import wrap
from shekara.sheet.paper.paper import POINT_MM, Box
from shekara.sheet.paper.paragraph import BODY_PT
from shekara.verdicts import VERDICTS


def verdict_line(claim: SceneClaim, say: Translator) -> str:
    """The verdict with what was measured: "holds: 7,119 km (7,117 to 7,121 km)"."""
    if not claim.measured:
        return claim.verdict_text
    measured = claim.measured
    if claim.interval and claim.interval != claim.measured:
        measured += f" ({claim.interval})"
    return say.message("sheet_verdict_measured", verdict=claim.verdict_text, measured=measured)


@dataclass(frozen=True)
class ClaimBlock:
    """One claim beside the map."""

    claim: SceneClaim
    say: Translator
    keep: bool = False
    stretch: float = 0.0
    lead: float = 0.0
    mirrors: ClassVar[bool] = True

    def _lines(self, width: float, type_scale: float) -> tuple[tuple[str, ...], tuple[str, ...]]:
        room = width - 3.4 * type_scale
        return (
            wrap(self.claim.says, room, BODY_PT * type_scale),
            wrap(verdict_line(self.claim, self.say), room, BODY_PT * type_scale, "bold"),
        )

    def height(self, width: float, type_scale: float) -> float:
        """All lines and the white below, mm."""
        says, verdict = self._lines(width, type_scale)
        return (len(says) + len(verdict)) * line_mm(BODY_PT * type_scale) + 1.6 * type_scale

    def draw(self, canvas: Canvas, box: Box, type_scale: float) -> None:
        """Draw the sign of the verdict, the statement and the finding."""
        says, verdict = self._lines(box.width, type_scale)
        size = BODY_PT * type_scale
        row = VERDICTS[self.claim.verdict]
        sign, colour = row.sign, row.ink
        y = box.top - (ASCENT + 0.12) * size * POINT_MM
        with canvas.grouped("L", "LI", join=True), canvas.tagged("LBody"):
            canvas.text(box.x, y, sign, size * 1.15, "bold", color=colour)
            for line in says:
                canvas.text(box.x + 3.4 * type_scale, y, line, size)
                y -= line_mm(size)
            for line in verdict:
                canvas.text(box.x + 3.4 * type_scale, y, line, size, "bold", color=colour)
                y -= line_mm(size)
