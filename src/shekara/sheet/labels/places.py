"""All places that a name may take, by the kind of its feature."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import shapely
from shapely.geometry import LineString
from shapely.geometry.base import BaseGeometry

from shekara.sheet.labels.abbreviations import abbreviated
from shekara.sheet.labels.axis import along_axis
from shekara.sheet.labels.candidates import (
    Candidate,
    Name,
    along,
    along_shore,
    beside,
    within,
)
from shekara.sheet.labels.occupancy import NEARER_MM, boxes_of
from shekara.sheet.labels.signs import is_lake, is_sign, is_wet, others_of
from shekara.sheet.map.drawn import Drawn
from shekara.sheet.map.projected import points_of
from shekara.sheet.paper.paper import POINT_MM

ABBREVIATED = 1.5  # what it costs to shorten a name


def places_of(
    number: int,
    name: Name,
    items: Sequence[tuple[BaseGeometry, Drawn]],
    *,
    thorough: bool = False,
) -> list[Candidate]:
    """All places of a name, whether they are free or not.

    Parameters
    ----------
    number : int
        Of the name, for its candidates.
    name : Name
        What wants a place.
    items : sequence of (BaseGeometry, Drawn)
        The areas on the page, mm.
    thorough : bool
        Whether an area's name is tried at all depths, also on more lines than it needs.
    """
    if name.item.layer.kind == "polygon":
        places = within(number, name, thorough=thorough)
        if short := abbreviated(name.text):
            shorter = within(number, replace(name, text=short), thorough=thorough)
            places += [replace(place, cost=place.cost + ABBREVIATED) for place in shorter]
        if not places and is_wet(name.item):
            places = along_axis(number, name)
        if (places and not thorough) or not is_sign(name.shape, name.item, items):
            return places
        if is_lake(name.item):
            return _nearest(_apart(along_shore(number, name), name, items), name, items)
        left, bottom, right, top = name.shape.bounds
        half = max(right - left, top - bottom) / 2
        beside_it = beside(number, name, (left + right) / 2, (bottom + top) / 2, half)
        beside_it = [place for place in beside_it if place.leader is None]
        return places + _apart(beside_it, name, items)
    if name.item.layer.kind == "line":
        return along(number, name, name.shape) if isinstance(name.shape, LineString) else []
    points = points_of(name.shape)
    half = name.item.style.size * POINT_MM / 2
    return beside(number, name, points[0].x, points[0].y, half) if points else []


def _nearest(
    places: list[Candidate], name: Name, items: Sequence[tuple[BaseGeometry, Drawn]]
) -> list[Candidate]:
    """The places on land that lie nearer to their own lake than to any other."""
    others = [other for other in others_of(name.item, items) if not other.is_empty]
    if not places or not others:
        return places
    boxes = boxes_of(places)
    tree = shapely.STRtree(others)
    near = tree.geometries.take(tree.nearest(boxes))
    good = shapely.distance(boxes, name.shape) + NEARER_MM < shapely.distance(boxes, near)
    return [place for place, fine in zip(places, good, strict=True) if fine]


def _apart(
    places: list[Candidate], name: Name, items: Sequence[tuple[BaseGeometry, Drawn]]
) -> list[Candidate]:
    """The places beside an area that lie upon no other area whose name they would seem to be."""
    if not places:
        return places
    free = np.ones(len(places), dtype=bool)
    tree = shapely.STRtree(others_of(name.item, items))
    free[tree.query(boxes_of(places), "intersects")[0]] = False
    return [place for place, good in zip(places, free, strict=True) if good]
