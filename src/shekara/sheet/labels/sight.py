"""What a reader sees of the features on a page: their shapes in mm, less what boxes hide."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from shekara.sheet.map.drawn import Drawn
from shekara.sheet.map.frame import MapFrame
from shekara.sheet.paper.paper import Box

LEAST_BOX_MM2 = 40.0  # a smaller one is a degree of the graticule: it hides nothing

Items = list[tuple[BaseGeometry, Drawn]]


def in_mm(drawn: Sequence[Drawn], map_frame: MapFrame) -> Items:
    """What lies on the page with its shape in millimetres."""
    shapes = np.array([item.shape for item in drawn], dtype=object)
    shapes = shapely.transform(shapes, lambda xy: np.column_stack(map_frame.to_mm(*xy.T)))
    return list(zip(shapes.tolist(), drawn, strict=True))


def in_sight(items: Items, boxes: Sequence[Box]) -> Items:
    """The same with areas less what boxes hide of them: the name of a lake stands where it is seen.

    Parameters
    ----------
    items : list of (BaseGeometry, Drawn)
        Of `in_mm`.
    boxes : sequence of Box
        That lie upon the map, mm.
    """
    large = [box for box in boxes if box.width * box.height > LEAST_BOX_MM2]
    if not large:
        return items
    hidden = shapely.union_all([shapely.box(box.x, box.y, box.right, box.top) for box in large])
    shapely.prepare(hidden)
    return [
        (_valid(shape).difference(hidden), item)
        if item.layer.kind == "polygon" and hidden.intersects(shapely.box(*shape.bounds))
        else (shape, item)
        for shape, item in items
    ]


def _valid(area: BaseGeometry) -> BaseGeometry:
    """The area without parts that touch wrongly: cuts and generalising can leave such."""
    if area.is_valid:
        return area
    return shapely.make_valid(area, method="structure", keep_collapsed=False)
