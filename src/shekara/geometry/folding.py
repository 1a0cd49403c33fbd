"""Shapes in longitudes that run on, folded back into ±180°."""

from __future__ import annotations

import numpy as np
import shapely
from pyproj import Geod
from shapely.affinity import translate
from shapely.geometry.base import BaseGeometry

from shekara.geometry.arrays import Floats
from shekara.geometry.crossing import at_meridian


def with_crossings(xy: Floats, on: Geod | None) -> Floats:
    """The positions with those added at which edges cross ±180°, ±540°.

    `xy` is (n, 2), longitudes running on; `on` is the ellipsoid of geodesic edges, None for
    edges straight in longitude and latitude.
    """
    lon = xy[:, 0]
    if lon.min() >= -180.0 and lon.max() <= 180.0:
        return xy
    low, high = np.minimum(lon[:-1], lon[1:]), np.maximum(lon[:-1], lon[1:])
    rows: list[tuple[int, float, float]] = []
    for meridian in (-540.0, -180.0, 180.0, 540.0):
        for edge in np.flatnonzero((low < meridian) & (meridian < high)):
            lat = at_meridian(xy[edge], xy[edge + 1], meridian, on)
            rows.append((int(edge), meridian, lat))
    if not rows:
        return xy
    rows.sort(
        key=lambda row: (row[0], (row[1] - lon[row[0]]) * np.sign(lon[row[0] + 1] - lon[row[0]]))
    )
    places = np.array([row[0] + 1 for row in rows])
    return np.insert(xy, places, np.array([row[1:] for row in rows]), axis=0)


def fold_line(xy: Floats) -> BaseGeometry:
    """A line in longitudes that run on, brought into ±180°, cut there and nowhere else.

    Parameters
    ----------
    xy : ndarray, (n, 2)
        With the positions of `with_crossings`. The line may cross itself: it stays whole there.
    """
    lon = xy[:, 0]
    turns = (lon + 180.0) / 360.0
    low, high = np.minimum(turns[:-1], turns[1:]), np.maximum(turns[:-1], turns[1:])
    turn = np.floor(low)
    if (high > turn + 1).any():  # an edge over a meridian that `with_crossings` does not know
        return fold(shapely.LineString(xy))
    along = (low == high) & (low == turn)  # on either side: that of the edge before
    sure = np.flatnonzero(~along) if not along.all() else np.array([0])
    turn = turn[sure[np.maximum(np.searchsorted(sure, np.arange(len(turn)), "right") - 1, 0)]]
    starts = np.r_[0, np.flatnonzero(np.diff(turn)) + 1]
    ends = np.r_[starts[1:], len(turn)]
    pieces = [
        np.column_stack([lon[a : b + 1] - 360.0 * turn[a], xy[a : b + 1, 1]])
        for a, b in zip(starts, ends, strict=True)
    ]
    return shapely.LineString(pieces[0]) if len(pieces) == 1 else shapely.MultiLineString(pieces)


def fold(shape: BaseGeometry) -> BaseGeometry:
    """A shape in longitudes that run on, brought into ±180° in as many parts as it takes.

    Parameters
    ----------
    shape : Polygon, MultiPolygon, LineString or MultiLineString
        Valid, longitudes within ±540.
    """
    if shape.is_empty:
        return shape
    west, _, east, _ = shape.bounds
    if west >= -180.0 and east <= 180.0:
        return shape
    dimension = shapely.get_dimensions(shape)
    parts = []
    for turn in range(
        int(np.floor((west + 180.0) / 360.0)), int(np.ceil((east - 180.0) / 360.0)) + 1
    ):
        strip = shapely.box(360.0 * turn - 180.0, -91.0, 360.0 * turn + 180.0, 91.0)
        for part in _pieces(shapely.intersection(shape, strip)):
            if shapely.get_dimensions(part) == dimension and not part.is_empty:
                parts.append(translate(part, -360.0 * turn))
    if len(parts) == 1:
        return parts[0]
    pieces = list(np.array(parts, dtype=object))
    return shapely.MultiLineString(pieces) if dimension == 1 else shapely.MultiPolygon(pieces)


def _pieces(shape: BaseGeometry) -> list[BaseGeometry]:
    parts = shapely.get_parts(shape)
    return [piece for part in parts for piece in shapely.get_parts(part)]
