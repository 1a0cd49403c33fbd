"""Boxes in stacks: where each stands in its corner of the map."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from shekara.sheet.paper.paper import Box

STRIP = 0.3  # height of a strip of map beyond a stack, of the box beside it, that is no map


def stacks(
    sizes: Sequence[tuple[int, float, float]],
    corners: Sequence[str],
    map_box: Box,
    gap: float,
    *,
    beside: bool = False,
) -> list[Box] | None:
    """Boxes stacked in their corners of the map, against its sides; None where they collide.

    With `beside` a box that finds no room upon its stack begins another one beside it.
    """
    boxes: list[Box] = []
    stacked: dict[str, tuple[Box, list[Box]]] = {}  # the room of each stack, and what stands there
    for (_, width, high), corner in zip(sizes, corners, strict=True):
        room, stack = stacked.get(corner, (map_box, []))
        box = _next_place(stack, corner, width, high, room, gap)
        if beside and stack and not _is_free(box, boxes, map_box, gap):
            inner = max(item.width for item in stack) + gap
            sides = (inner, 0.0) if "left" in corner else (0.0, inner)
            room, stack = room.shrink(sides[0], 0, sides[1], 0), []
            box = _next_place(stack, corner, width, high, room, gap)
        if not _is_free(box, boxes, map_box, gap):
            return None
        stacked[corner] = room, [*stack, box]
        boxes.append(box)
    for place, box in enumerate(boxes):
        flush = _flush(box, map_box, gap)
        if _is_free(flush, [*boxes[:place], *boxes[place + 1 :]], map_box, gap):
            boxes[place] = flush
    return boxes


def _flush(box: Box, map_box: Box, gap: float) -> Box:
    """A box against the neatline that its stack nearly reaches: a strip of map says nothing."""
    above, below = map_box.top - box.top, box.y - map_box.y
    if gap < above < STRIP * box.height and above < below:
        return replace(box, y=map_box.top - box.height)
    if gap < below < STRIP * box.height and below < above:
        return replace(box, y=map_box.y)
    return box


def _next_place(
    stack: Sequence[Box], corner: str, width: float, high: float, room: Box, gap: float
) -> Box:
    """The place of a box upon a stack in a corner of the room that there is."""
    if "bottom" in corner:
        y = max((box.top + gap for box in stack), default=room.y)
    else:
        y = min((box.y - gap for box in stack), default=room.top) - high
    return Box(room.x if "left" in corner else room.right - width, y, width, high)


def _is_free(box: Box, boxes: Sequence[Box], map_box: Box, gap: float) -> bool:
    if box.y < map_box.y - 1e-6 or box.top > map_box.top + 1e-6:
        return False
    if box.x < map_box.x - 1e-6 or box.right > map_box.right + 1e-6:
        return False
    grown = box.shrink(-gap + 1e-6, -gap + 1e-6, -gap + 1e-6, -gap + 1e-6)
    return not any(grown.meets(other) for other in boxes)
