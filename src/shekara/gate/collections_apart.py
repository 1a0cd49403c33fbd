"""Features that are collections of several kinds of shapes, taken apart: an atlas has none."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

if TYPE_CHECKING:
    import geopandas

COLLECTION = shapely.GeometryType.GEOMETRYCOLLECTION
# What the parts of each dimension become together: points, lines, areas.
GATHERED = (shapely.MultiPoint, shapely.MultiLineString, shapely.MultiPolygon)


def apart(frame: geopandas.GeoDataFrame) -> geopandas.GeoDataFrame:
    """The frame with a row for each kind of shape in a collection: areas, then lines, then points.

    Its attributes are the same in each of them. An empty collection stays as a row without a shape.
    Rows are numbered anew where any was taken apart.
    """
    shapes = np.array(frame.geometry, dtype=object)
    if not (shapely.get_type_id(shapes) == COLLECTION).any():
        return frame
    split = [kinds_in(shape) for shape in shapes]
    rows = [place for place, parts in enumerate(split) for _ in parts]
    several = frame.iloc[rows].reset_index(drop=True)
    return several.set_geometry([part for parts in split for part in parts], crs=frame.crs)


def kinds_in(shape: BaseGeometry | None) -> list[BaseGeometry | None]:
    """A shape that is no collection, else what it holds by kind, the largest dimension first.

    >>> kinds_in(shapely.from_wkt("GEOMETRYCOLLECTION(POINT(1 2),GEOMETRYCOLLECTION(POINT(3 4)))"))
    [<MULTIPOINT (1 2, 3 4)>]
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
