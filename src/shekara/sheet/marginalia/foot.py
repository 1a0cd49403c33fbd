"""What stands beneath the map of a column: legend and scale in columns, then charts and parts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from shekara.sheet.marginalia.inset import PADDING_MM, Inset
from shekara.sheet.marginalia.part import MapPart
from shekara.sheet.paper.paper import Box

ENTRY_MM = 39.0  # the narrowest column of a legend
CHART_MM = 58.0  # the narrowest chart
GAP_MM = 2.0


@dataclass(frozen=True)
class Foot:
    """Boxes of the insets, from the upper left corner of the foot at y = 0 downwards, mm."""

    columns: tuple[int, ...]
    boxes: tuple[Box, ...]
    height: float

    def placed(self, x: float, top: float) -> tuple[Box, ...]:
        """The boxes on a page whose map ends at `top`."""
        return tuple(replace(box, x=box.x + x, y=box.y + top) for box in self.boxes)


def foot_of(versions: Sequence[tuple[Inset, ...]], width: float, type_scale: float) -> Foot:
    """The insets of a map in all its languages, one under another, the same for each language.

    Parameters
    ----------
    versions : sequence of tuple of Inset
        The insets in each language.
    width : float
        Of the map, mm.
    type_scale : float
        Of the page.
    """
    columns: list[int] = []
    boxes: list[Box] = []
    gap, top = GAP_MM * type_scale, 0.0
    row: list[tuple[float, float]] = []  # of the charts that stand side by side
    for same in zip(*versions, strict=True):
        if same[0].kind == "legend":
            count = max(int(width // (ENTRY_MM * type_scale)), 1)
            high = max(replace(inset, columns=count).height(width, type_scale) for inset in same)
            columns.append(count)
            boxes.append(Box(0.0, top - high, width, high))
            top -= high
            continue
        wide = _width(same, width, type_scale)
        high = max(inset.height(wide, type_scale) for inset in same)
        left = sum(w + gap for w, _ in row)
        if row and left + wide > width + 1e-6:
            top -= max(h for _, h in row) + gap
            row, left = [], 0.0
        row.append((wide, high))
        columns.append(1)
        boxes.append(Box(left, top - high, wide, high))
    if row:
        top -= max(h for _, h in row)
    return Foot(tuple(columns), tuple(boxes), -top)


def _width(same: Sequence[Inset], width: float, type_scale: float) -> float:
    """Of a chart as many as have room side by side; of a part of the map its own."""
    gap = GAP_MM * type_scale
    count = max(int((width + gap) // (CHART_MM * type_scale + gap)), 1)
    share = (width - (count - 1) * gap) / count
    parts = [block for block in same[0].blocks if isinstance(block, MapPart)]
    if not parts:
        return share
    natural = max(block.natural_width_mm(type_scale) for block in parts)
    return min(natural + 2 * PADDING_MM * type_scale, width)
