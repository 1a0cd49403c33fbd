"""Features that are collections of several kinds of shapes, taken apart: an atlas has none."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from shekara.errors import UsageError

if TYPE_CHECKING:
    import geopandas

COLLECTION = shapely.GeometryType.GEOMETRYCOLLECTION
# What the parts of each dimension become together: points, lines, areas.
GATHERED = (shapely.MultiPoint, shapely.MultiLineString, shapely.MultiPolygon)


def apart(frame: geopandas.GeoDataFrame, once: Sequence[str] = ()) -> geopandas.GeoDataFrame:
    """The frame with a row for each kind of shape in a collection: areas, then lines, then points.

    Parameters
    ----------
    frame
        With values that JSON can hold.
    once
        Columns that are added up: only the first part of a collection has their values.

    Returns
    -------
    GeoDataFrame
        The other attributes are the same in each part, but a column `id` tells them apart ("7",
        "7-2"). An empty collection stays as a row without a shape. Rows are numbered anew where any
        was taken apart.
    """
    shapes = np.array(frame.geometry, dtype=object)
    if not (shapely.get_type_id(shapes) == COLLECTION).any():
        return frame
    split = [kinds_in(shape) for shape in shapes]
    rows = [place for place, parts in enumerate(split) for _ in parts]
    several = frame.iloc[rows].reset_index(drop=True)
    further = [at for at in range(1, len(rows)) if rows[at] == rows[at - 1]]
    for column in once:
        values = np.array([*several[column], None], dtype=object)[:-1]
        values[further] = None
        several[column] = values
    if "id" in several.columns:
        several["id"] = _told_apart(list(several["id"]), further)
    return several.set_geometry([part for parts in split for part in parts], crs=frame.crs)


def refuse_several_kinds(frame: geopandas.GeoDataFrame, name: str) -> None:
    """Refuse rows that would become several, where rows are counted and their values added up.

    Raises
    ------
    UsageError
        A row is a collection of several kinds of shapes.
    """
    for row, shape in enumerate(frame.geometry):
        if len(kinds_in(shape)) > 1:
            raise UsageError(
                f"{name}: row {row} is a collection of several kinds of shapes, whose parts would "
                "count as features of their own; keep the kind that is meant "
                "(frame.explode(), then a choice by frame.geom_type)"
            )


def _told_apart(ids: list[object], further: Sequence[int]) -> np.ndarray:
    """The ids, those of a collection's further parts with a number that makes them their own."""
    taken = {str(value) for value in ids}
    for at in further:
        if ids[at] is None:
            continue
        number = 2
        while f"{ids[at]}-{number}" in taken:
            number += 1
        ids[at] = f"{ids[at]}-{number}"
        taken.add(str(ids[at]))
    return np.array([*ids, None], dtype=object)[:-1]


def kinds_in(shape: BaseGeometry | None) -> list[BaseGeometry | None]:
    """A shape that is no collection, else what it holds by kind, the largest dimension first.

    >>> twice = "GEOMETRYCOLLECTION(POINT(1 2),GEOMETRYCOLLECTION(POINT(3 4)))"
    >>> [(shape.geom_type, len(shape.geoms)) for shape in kinds_in(shapely.from_wkt(twice))]
    [('MultiPoint', 2)]
    """
    if shape is None or shapely.get_type_id(shape) != COLLECTION:
        return [shape]
    parts = _single(shape)
    dimensions = shapely.get_dimensions(parts)
    gathered: list[BaseGeometry | None] = [
        GATHERED[dimension](parts[dimensions == dimension].tolist())
        for dimension in (2, 1, 0)
        if (dimensions == dimension).any()
    ]
    return gathered or [None]


def _single(shape: BaseGeometry) -> np.ndarray:
    """Its points, lines and areas, each by itself, but empty ones."""
    parts = np.array([shape], dtype=object)
    while (shapely.get_type_id(parts) == COLLECTION).any():
        parts = shapely.get_parts(parts)
    parts = shapely.get_parts(parts)
    return parts[~shapely.is_empty(parts)]
