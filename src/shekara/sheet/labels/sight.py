"""What a reader sees of the features on a page: their shapes in mm, less what boxes hide."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from shekara.geometry.arrays import Floats
from shekara.sheet.identity import Same
from shekara.sheet.map.drawn import Drawn
from shekara.sheet.map.frame import MapFrame
from shekara.sheet.paper.paper import Box

LEAST_BOX_MM2 = 40.0  # a smaller one is a degree of the graticule: it hides nothing

Items = list[tuple[BaseGeometry, Drawn]]


def in_mm(drawn: Sequence[Drawn], map_frame: MapFrame) -> Items:
    """What lies on the page with its shape in millimetres."""
    points = np.array([item.shape for item in drawn if item.layer.kind == "point"], dtype=object)
    spots = iter(shapely.transform(points, _to_mm(map_frame)).tolist())
    return [
        (next(spots) if item.layer.kind == "point" else _mm(Same(item.shape), map_frame), item)
        for item in drawn
    ]


# The languages of a map are lettered one after another: they share areas and lines.
@lru_cache(maxsize=2048)
def _mm(same: Same[BaseGeometry], map_frame: MapFrame) -> BaseGeometry:
    return shapely.transform(same.value, _to_mm(map_frame))


def _to_mm(map_frame: MapFrame) -> Callable[[Floats], Floats]:
    """From places in projected metres to places on the page, shape (n, 2)."""
    return lambda xy: np.column_stack(map_frame.to_mm(*xy.T))


def in_sight(items: Items, boxes: Sequence[Box]) -> Items:
    """The same with areas less what boxes hide of them: the name of a lake stands where it is seen.

    Parameters
    ----------
    items : list of (BaseGeometry, Drawn)
        Of `in_mm`.
    boxes : sequence of Box
        That lie upon the map, mm.
    """
    large = tuple(box for box in boxes if box.width * box.height > LEAST_BOX_MM2)
    if not large:
        return items
    return [
        (_seen(Same(shape), large), item) if item.layer.kind == "polygon" else (shape, item)
        for shape, item in items
    ]


@lru_cache(maxsize=1024)
def _seen(same: Same[BaseGeometry], boxes: tuple[Box, ...]) -> BaseGeometry:
    """An area less what boxes hide of it."""
    hidden = _hidden(boxes)
    if not hidden.intersects(shapely.box(*same.value.bounds)):
        return same.value
    return _valid(same.value).difference(hidden)


@lru_cache(maxsize=8)
def _hidden(boxes: tuple[Box, ...]) -> BaseGeometry:
    shape = shapely.union_all([shapely.box(box.x, box.y, box.right, box.top) for box in boxes])
    shapely.prepare(shape)
    return shape


def _valid(area: BaseGeometry) -> BaseGeometry:
    """The area without parts that touch wrongly: cuts and generalising can leave such."""
    if area.is_valid:
        return area
    return shapely.make_valid(area, method="structure", keep_collapsed=False)
