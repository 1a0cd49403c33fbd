"""Areas that are as small as a sign, and are named as a sign is: beside it; islands, lakes too.

A name beside one of several areas that adjoin would lie in a neighbour, and read as that one's:
such an area is named within it, by a number, or not at all; so is one that the neatline cuts. Nor
does a sign's name lie upon another area of its layer.
"""

from __future__ import annotations

from collections.abc import Sequence

import shapely
from shapely.geometry.base import BaseGeometry

from shekara.sheet.map.drawn import Drawn
from shekara.sheet.symbols.palette import is_water

SIGN_MM = 14.0  # an area smaller than this is a sign
ISLAND_MM = 24.0  # an island of the ground that is smaller has its name in the sea
LAKE_RANK = 3  # from here on a water is a lake
LEAST_LAKE_MM2 = 10.0  # smaller ones have no name beside them
BESIDE_MM = 0.4  # so near lies the rim of an area that adjoins
SHARED = 0.1  # of its rim that an area shares with those that adjoin
OVERLAPPING = 0.05  # of the smaller one: areas that share more do not divide the ground


def is_sign(shape: BaseGeometry, item: Drawn, items: Sequence[tuple[BaseGeometry, Drawn]]) -> bool:
    """Whether an area is small and stands apart from the other areas of its layer.

    Parameters
    ----------
    shape : BaseGeometry
        The area on the page, mm.
    item : Drawn
        What it is.
    items : sequence of (BaseGeometry, Drawn)
        All that lies on the page.
    """
    left, bottom, right, top = shape.bounds
    if is_lake(item):
        return shape.area >= LEAST_LAKE_MM2
    most = ISLAND_MM if item.layer.basemap else SIGN_MM
    if item.is_cut:  # a sliver of a coast: a name in the sea beside it is that of no island
        return False
    if max(right - left, top - bottom) > most or (item.layer.basemap and is_wet(item)):
        return False
    near, rim = shape.buffer(BESIDE_MM), shape.boundary
    reach = 2 * BESIDE_MM
    around = left - reach, bottom - reach, right + reach, top + reach
    shared = 0.0
    for other in others_of(item, items):
        # Of a large neighbour only what lies around the area matters.
        close = shapely.clip_by_rect(other, *around)
        if (
            not close.is_empty
            and close.intersects(near)
            and close.intersection(shape).area < OVERLAPPING * min(other.area, shape.area)
        ):
            shared += rim.intersection(close.buffer(BESIDE_MM)).length
    return shared < SHARED * max(rim.length, 1e-9)


def is_lake(item: Drawn) -> bool:
    """Whether an area is a lake of the ground: its name stands on the land where it is narrow.

    A sea, which an atlas ranks first, is named within its shores alone.
    """
    return item.layer.basemap and is_wet(item) and item.feature.rank >= LAKE_RANK


def others_of(item: Drawn, items: Sequence[tuple[BaseGeometry, Drawn]]) -> list[BaseGeometry]:
    """The other areas of a layer, mm; of an island those of all layers, of a lake the waters.

    What lies beside an area of the ground may be land in another layer alone, such as a disputed
    area that is cut out of its neighbours.
    """
    if is_lake(item):
        return [
            other
            for other, neighbour in items
            if neighbour.layer.kind == "polygon"
            and is_wet(neighbour)
            and neighbour.feature.id != item.feature.id
        ]
    return [
        other
        for other, neighbour in items
        if neighbour.layer.kind == "polygon"
        and (item.layer.basemap or neighbour.layer.name == item.layer.name)
        and (neighbour.layer.name, neighbour.feature.id) != (item.layer.name, item.feature.id)
    ]


def is_wet(item: Drawn) -> bool:
    """Whether an area has the colour of a sea or lake."""
    return is_water(item.style.fill or item.style.color)
