"""What stands beneath the map of a column: legend and scale in columns, then charts and parts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from shekara.sheet.marginalia.inset import PADDING_MM, Inset, least_mm
from shekara.sheet.marginalia.part import MapPart
from shekara.sheet.paper.paper import Box

ENTRY_MM = 39.0  # a column of a legend
NARROW_ENTRY_MM, LOWER = 25.0, 0.92  # a narrower one, where the legend becomes so much lower
CHART_MM = 58.0  # the narrowest chart
GAP_MM = 2.0

Same = Sequence[Inset]  # one inset in all languages


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
    gap = GAP_MM * type_scale
    pairs = list(zip(*versions, strict=True))
    if len(pairs) == 2 and width >= 2 * CHART_MM * type_scale + gap:
        half = (width - gap) / 2
        return _rows([[(pairs[0], half), (pairs[1], half)]], type_scale)
    rows: list[list[tuple[Same, float]]] = []
    for same in pairs:
        wide = width if same[0].kind == "legend" else _width(same, width, type_scale)
        taken = sum(w + gap for _, w in rows[-1]) if rows else width
        if taken + wide > width + 1e-6:
            rows.append([])
        rows[-1].append((same, wide))
    return _rows(rows, type_scale)


def _rows(rows: Sequence[Sequence[tuple[Same, float]]], type_scale: float) -> Foot:
    """Rows of insets with their widths, one under another."""
    columns: list[int] = []
    boxes: list[Box] = []
    gap, top = GAP_MM * type_scale, 0.0
    for place, row in enumerate(rows):
        top -= gap if place else 0.0
        left, heights = 0.0, []
        for same, wide in row:
            is_legend = same[0].kind == "legend"
            count, high = (
                _columns(same, wide, type_scale)
                if is_legend
                else (1, _high(same, 1, wide, type_scale))
            )
            columns.append(count)
            boxes.append(Box(left, top - high, wide, high))
            heights.append(high)
            left += wide + gap
        top -= max(heights)
    return Foot(tuple(columns), tuple(boxes), -top)


def _high(same: Same, columns: int, width: float, type_scale: float) -> float:
    """Of an inset in so many columns, in the language that needs most, mm."""
    return max(replace(inset, columns=columns).height(width, type_scale) for inset in same)


def _columns(same: Same, width: float, type_scale: float) -> tuple[int, float]:
    """Columns of a legend and their height; more and narrower ones where that makes it lower.

    None is so narrow that a word would be cut.
    """
    least = least_mm(same, type_scale)

    def heights(narrowest: float) -> dict[int, float]:
        most = max(int(width // (narrowest * type_scale)), 1)
        rooms = {
            n: replace(same[0], columns=n).column_mm(width, type_scale) for n in range(1, most + 1)
        }
        return {
            n: _high(same, n, width, type_scale)
            for n, room in rooms.items()
            if n == 1 or room >= least
        }

    usual, narrow = heights(ENTRY_MM), heights(NARROW_ENTRY_MM)
    count = max(usual)
    best = min(narrow, key=lambda n: (narrow[n], n))
    return (best, narrow[best]) if narrow[best] < LOWER * usual[count] else (count, usual[count])


def _width(same: Same, width: float, type_scale: float) -> float:
    """Of a chart as many as have room side by side; of a part of the map its own,
    where it has room."""
    gap = GAP_MM * type_scale
    count = max(int((width + gap) // (CHART_MM * type_scale + gap)), 1)
    share = (width - (count - 1) * gap) / count
    parts = [block for block in same[0].blocks if isinstance(block, MapPart)]
    if not parts:
        return share
    natural = max(block.natural_width_mm(type_scale) for block in parts)
    return min(natural + 2 * PADDING_MM * type_scale, share)
