"""Where things go on a page: blocks in columns beside or beneath the map, the map large.

Every block says how high it is at a width; nothing is placed that has not been measured.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import Protocol

from shekara.sheet.paper.canvas import Canvas
from shekara.sheet.paper.paper import Box, Page


class Block(Protocol):
    """Something beside the map: a line of the legend, a claim, a chart."""

    @property
    def keep(self) -> bool:
        """Whether it must not stand last in a column: a heading."""

    @property
    def stretch(self) -> float:
        """How much higher it may become where there is room, of its height."""

    @property
    def lead(self) -> float:
        """White above it, mm at type_scale = 1, unless it stands first in its column."""

    def height(self, width: float, type_scale: float) -> float:
        """Its height in mm at this width and scale of type, white below included."""

    def draw(self, canvas: Canvas, box: Box, type_scale: float) -> None:
        """Draw it from the top of the box."""


def draw_block(canvas: Canvas, block: Block, box: Box, type_scale: float) -> None:
    """Draw a block in its box, mirrored where its lines run from right to left; maps never."""
    if getattr(block, "mirrors", False):
        with canvas.reading(box.x, box.right):
            block.draw(canvas, box, type_scale)
    else:
        block.draw(canvas, box, type_scale)


@dataclass(frozen=True)
class Column:
    """Blocks one under another."""

    box: Box
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Arrangement:
    """The map's place and the columns around it, with the scale of their type."""

    map_box: Box
    columns: tuple[Column, ...]
    type_scale: float
    beneath: bool  # the columns stand under the map


# How small type may become before something is left out, and what each step costs the choice.
SIZES = ((1.0, 1.0), (0.93, 0.95), (0.87, 0.9), (0.8, 0.84))
COLUMN_MM = (46.0, 52.0, 58.0, 66.0, 76.0, 88.0)
GAP_MM = 5.0
# The halving of a column's height ends at a difference that no eye sees.
HALVINGS, FINEST_MM = 40, 0.01
LEAST_MAP = 0.3  # of the body's area


def split(blocks: Sequence[Block], heights: Sequence[float], count: int) -> list[list[int]]:
    """Indexes of the blocks in `count` columns, in order, the highest column as low as can be.

    The least height is found by halving: for a height, columns are filled one after another and
    each takes as much as it holds. That is O(n log n) for n blocks, whatever the number of columns.
    """
    starts = _unbroken(blocks)
    ends = [0.0, *accumulate(heights)]
    low, high = ends[-1] / count, ends[-1]
    best = _filled(starts, ends, high, count)
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        columns = _filled(starts, ends, middle, count)
        if columns is None:
            low = middle
        else:
            best = columns
            high = max(ends[end] - ends[start] for start, end in pairwise(columns))
        if high - low < FINEST_MM:
            break
    assert best is not None
    return [list(range(start, end)) for start, end in pairwise(best)]


def _unbroken(blocks: Sequence[Block]) -> list[int]:
    """Where a column may begin: nowhere behind a heading; and the end."""
    total = len(blocks)
    return [i for i in range(total) if i == 0 or not blocks[i - 1].keep] + [total]


def _filled(
    starts: Sequence[int], ends: Sequence[float], height: float, count: int
) -> list[int] | None:
    """The bounds of columns that are at most so high, full ones first; None if they do not hold."""
    bounds = [0]
    place = 0
    while place < len(starts) - 1 and len(bounds) <= count:
        full = bisect_right(starts, bisect_right(ends, ends[starts[place]] + height + 1e-9) - 1) - 1
        if full == place:  # a chain of headings that is higher than the column
            return None
        place = full
        bounds.append(starts[place])
    if place < len(starts) - 1:
        return None
    return bounds + [bounds[-1]] * (count + 1 - len(bounds))


def candidates(blocks: Sequence[Block], body: Box, page: Page) -> Iterator[Arrangement]:
    """Every way to place the blocks beside or beneath a map within the body that has room."""
    if not blocks:
        yield Arrangement(body, (), 1.0, beneath=False)
        return
    gap = GAP_MM * page.type_scale
    for size, _ in SIZES:
        type_scale = size * page.type_scale
        for width in (column * page.type_scale for column in COLUMN_MM):
            for count in (1, 2):
                side = count * width + count * gap
                if side > 0.62 * body.width:
                    continue
                heights = [
                    block.height(width, type_scale) + block.lead * type_scale for block in blocks
                ]
                columns = split(blocks, heights, count)
                if max(sum(heights[i] for i in column) for column in columns) > body.height:
                    continue
                x = body.right - side + gap
                yield Arrangement(
                    Box(body.x, body.y, body.width - side, body.height),
                    tuple(
                        Column(
                            Box(x + place * (width + gap), body.y, width, body.height),
                            tuple(blocks[i] for i in column),
                        )
                        for place, column in enumerate(columns)
                    ),
                    type_scale,
                    beneath=False,
                )
        for count in range(1, 7):
            width = (body.width - (count - 1) * gap) / count
            if not 40 * page.type_scale <= width <= 110 * page.type_scale and count > 1:
                continue
            heights = [
                block.height(width, type_scale) + block.lead * type_scale for block in blocks
            ]
            columns = split(blocks, heights, count)
            high = max(sum(heights[i] for i in column) for column in columns)
            if high + gap > 0.62 * body.height:
                continue
            yield Arrangement(
                Box(body.x, body.y + high + gap, body.width, body.height - high - gap),
                tuple(
                    Column(
                        Box(body.x + place * (width + gap), body.y, width, high),
                        tuple(blocks[i] for i in column),
                    )
                    for place, column in enumerate(columns)
                ),
                type_scale,
                beneath=True,
            )


def cost_of(type_scale: float, page: Page) -> float:
    """What small type costs an arrangement: 1 is nothing."""
    return min(SIZES, key=lambda item: abs(item[0] - type_scale / page.type_scale))[1]


def draw_columns(canvas: Canvas, arrangement: Arrangement) -> None:
    """Draw the blocks; room that is left goes to those that can stretch."""
    type_scale = arrangement.type_scale
    for column in arrangement.columns:
        heights = [block.height(column.box.width, type_scale) for block in column.blocks]
        leads = [
            block.lead * type_scale if place else 0.0 for place, block in enumerate(column.blocks)
        ]
        spare = column.box.height - sum(heights) - sum(leads)
        wish = [high * block.stretch for high, block in zip(heights, column.blocks, strict=True)]
        if not arrangement.beneath and sum(wish) > 0 and spare > 0:
            share = min(spare / sum(wish), 1.0)
            heights = [high + share * more for high, more in zip(heights, wish, strict=True)]
        top = column.box.top
        for block, high, lead in zip(column.blocks, heights, leads, strict=True):
            top -= lead
            box = Box(column.box.x, top - high, column.box.width, high)
            draw_block(canvas, block, box, type_scale)
            top -= high
