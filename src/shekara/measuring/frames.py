"""Areas and lengths of a GeoDataFrame or of shapes, as Python functions for everybody."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from shekara.gate import EdgeKind, from_frame, from_shapes
from shekara.measuring.files import measure_features

if TYPE_CHECKING:
    import geopandas

Shapes = Sequence[Any] | NDArray[Any]


def area_m2(
    shapes: geopandas.GeoDataFrame | geopandas.GeoSeries | Shapes,
    *,
    crs: str | None = None,
    edges: EdgeKind = "geodesic",
) -> NDArray[np.float64]:
    """Area of each feature on the ellipsoid of its reference system; 0 for points and lines.

    Parameters
    ----------
    shapes : GeoDataFrame, GeoSeries or sequence of shapely geometries, (n,)
        A frame's own system is used; without one positions are longitude and latitude.
    crs : str, optional
        The reference system of shapes that say none.
    edges : "geodesic" or "straight"
        What edges are.

    Returns
    -------
    ndarray, (n,)
        Square metres.

    Raises
    ------
    InputError
        Positions outside ±180 and ±90 without a system, or outside the system's area of use.
    GeometryError
        A feature that cannot be measured, by its number. Polygons that cross themselves are
        repaired with a warning; see `shekara.gate.read`.

    Examples
    --------
    >>> import shapely
    >>> round(float(area_m2([shapely.box(10, 50, 11, 51)])[0]) / 1e6)
    7892
    """
    return _figures(shapes, crs, edges, ("area_m2",))


def length_m(
    shapes: geopandas.GeoDataFrame | geopandas.GeoSeries | Shapes,
    *,
    crs: str | None = None,
    edges: EdgeKind = "geodesic",
) -> NDArray[np.float64]:
    """Length of lines and perimeter of areas, metres; 0 for points. See `area_m2`."""
    return _figures(shapes, crs, edges, ("length_m", "perimeter_m"))


def _figures(
    shapes: Any, crs: str | None, edges: EdgeKind, names: Sequence[str]
) -> NDArray[np.float64]:
    take = from_frame if hasattr(shapes, "geometry") and hasattr(shapes, "crs") else from_shapes
    features = take(shapes, crs=crs).whole()
    for remark in features.remarks:
        if remark.kind == "repaired":
            warnings.warn(str(remark), stacklevel=3)
    records = measure_features(features, edges)["features"]
    figures = [sum(record.get(name, 0.0) for name in names) for record in records]
    return np.array(figures, dtype=float)
