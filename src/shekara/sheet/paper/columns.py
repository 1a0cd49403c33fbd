"""Where things go on a page: blocks in columns beside or beneath the map, the map large.

Every block says how high it is at a width; nothing is placed that has not been measured.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
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
        """White above it, mm at k = 1, unless it stands first in its column."""

    def height(self, width: float, k: float) -> float:
        """Its height in mm at this width, with type at k times its size; white below included."""

    def draw(self, canvas: Canvas, box: Box, k: float) -> None:
        """Draw it from the top of the box."""


@dataclass(frozen=True)
class Column:
    """Blocks one under another."""

    box: Box
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Arrangement:
    """The map's place and the columns around it; k is the size of the type in the columns."""

    map_box: Box
    columns: tuple[Column, ...]
    k: float
    beneath: bool  # the columns stand under the map


# How small type may become before something is left out, and what each step costs the choice.
SIZES = ((1.0, 1.0), (0.93, 0.95), (0.87, 0.9), (0.8, 0.84))
COLUMN_MM = (46.0, 52.0, 58.0, 66.0, 76.0, 88.0)
GAP_MM = 5.0
LEAST_MAP = 0.3  # of the body's area


def split(blocks: Sequence[Block], heights: Sequence[float], count: int) -> list[list[int]]:
    """Indexes of the blocks in `count` columns, in order, the highest column as low as can be."""
    total = len(blocks)
    # best[j][i]: least height of the highest of j columns that hold the first i blocks.
    infinity = float("inf")
    best = [[infinity] * (total + 1) for _ in range(count + 1)]
    start = [[0] * (total + 1) for _ in range(count + 1)]
    best[0][0] = 0.0
    for j in range(1, count + 1):
        for i in range(total + 1):
            if 0 < i < total and blocks[i - 1].keep:
                continue
            height = 0.0
            for first in range(i, -1, -1):
                if first < i:
                    height += heights[first]
                highest = max(best[j - 1][first], height)
                if highest < best[j][i] - 1e-9:
                    best[j][i], start[j][i] = highest, first
    if best[count][total] == infinity:  # one long chain of headings
        return [list(range(total))] + [[] for _ in range(count - 1)]
    columns: list[list[int]] = []
    end = total
    for j in range(count, 0, -1):
        columns.insert(0, list(range(start[j][end], end)))
        end = start[j][end]
    return columns


def candidates(blocks: Sequence[Block], body: Box, page: Page) -> Iterator[Arrangement]:
    """Every way to place the blocks beside or beneath a map within the body that has room."""
    if not blocks:
        yield Arrangement(body, (), 1.0, beneath=False)
        return
    gap = GAP_MM * page.type_scale
    for size, _ in SIZES:
        k = size * page.type_scale
        for width in (column * page.type_scale for column in COLUMN_MM):
            for count in (1, 2):
                side = count * width + count * gap
                if side > 0.62 * body.width:
                    continue
                heights = [block.height(width, k) + block.lead * k for block in blocks]
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
                    k,
                    beneath=False,
                )
        for count in range(1, 7):
            width = (body.width - (count - 1) * gap) / count
            if not 40 * page.type_scale <= width <= 110 * page.type_scale and count > 1:
                continue
            heights = [block.height(width, k) + block.lead * k for block in blocks]
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
                k,
                beneath=True,
            )


def cost_of(k: float, page: Page) -> float:
    """What small type costs an arrangement: 1 is nothing."""
    return min(SIZES, key=lambda item: abs(item[0] - k / page.type_scale))[1]


def draw_columns(canvas: Canvas, arrangement: Arrangement) -> None:
    """Draw the blocks; room that is left goes to those that can stretch."""
    k = arrangement.k
    for column in arrangement.columns:
        heights = [block.height(column.box.width, k) for block in column.blocks]
        leads = [block.lead * k if place else 0.0 for place, block in enumerate(column.blocks)]
        spare = column.box.height - sum(heights) - sum(leads)
        wish = [high * block.stretch for high, block in zip(heights, column.blocks, strict=True)]
        if not arrangement.beneath and sum(wish) > 0 and spare > 0:
            share = min(spare / sum(wish), 1.0)
            heights = [high + share * more for high, more in zip(heights, wish, strict=True)]
        top = column.box.top
        for block, high, lead in zip(column.blocks, heights, leads, strict=True):
            top -= lead
            block.draw(canvas, Box(column.box.x, top - high, column.box.width, high), k)
            top -= high
