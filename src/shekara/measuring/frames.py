"""Areas and lengths of a GeoDataFrame or of shapes, as Python functions for everybody."""

from __future__ import annotations

import math
import warnings
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from shekara.errors import UsageError
from shekara.gate import EdgeKind, Features, from_frame, from_shapes
from shekara.geometry.arrays import Shapes
from shekara.geometry.units import AREAS_M2, LENGTHS_M
from shekara.measuring.features import measured
from shekara.measuring.record import HIGH, LOW, Quantity
from shekara.spelling import way_out

if TYPE_CHECKING:
    import geopandas
    import pandas as pd

NAMES: tuple[Quantity, ...] = ("area_m2", "length_m")  # of areas, of lines
Given = Sequence[BaseGeometry | None] | Shapes
# What `measure` may be asked for: key of the record, unit, and how many of the record's make one.
RUNS: tuple[tuple[str, Quantity], ...] = (("length", "length_m"), ("perimeter", "perimeter_m"))
SIZES: Mapping[str, tuple[Quantity, str, float]] = MappingProxyType(
    {
        "area": ("area_m2", "m2", 1.0),
        **{f"area_{unit}": ("area_m2", unit, factor) for unit, factor in AREAS_M2.items()},
        **{size: (name, "m", 1.0) for size, name in RUNS},
        **{
            f"{size}_{unit}": (name, unit, LENGTHS_M[unit])
            for size, name in RUNS
            for unit in ("m", "km", "M")
        },
    }
)


def area_m2(
    shapes: geopandas.GeoDataFrame | geopandas.GeoSeries | Given,
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
    shapes: geopandas.GeoDataFrame | geopandas.GeoSeries | Given,
    *,
    crs: str | None = None,
    edges: EdgeKind = "geodesic",
) -> NDArray[np.float64]:
    """Length of lines and perimeter of areas, metres; 0 for points. See `area_m2`."""
    return _figures(shapes, crs, edges, ("length_m", "perimeter_m"))


def measure(
    shapes: geopandas.GeoDataFrame | geopandas.GeoSeries | Given,
    size: str | None = None,
    *,
    accuracy_m: float | None = None,
    crs: str | None = None,
    edges: EdgeKind | None = None,
) -> pd.DataFrame:
    """Size of each feature on the ellipsoid of its reference system, with its interval.

    Parameters
    ----------
    shapes : GeoDataFrame, GeoSeries or sequence of shapely geometries, (n,)
        A frame's own system is used; without one positions are longitude and latitude.
    size : str, optional
        What is measured: "area", "length" or "perimeter" in metres, or with a unit: "area_km2",
        "area_ha", "length_km", "perimeter_M"; else the area of areas and the length of lines.
    accuracy_m : float, optional
        Standard deviation of a position, metres; without it nothing has an interval.
    crs : str, optional
        The reference system of shapes that say none.
    edges : "geodesic" or "straight", optional
        What edges are; where this is not chosen and both readings differ, an interval holds both.

    Returns
    -------
    DataFrame, n rows, with the index and the attributes of a frame
        Behind these: `value`, `low` and `high` (two standard deviations; NaN where nobody knows the
        accuracy, and where a feature has no such size), `unit` ("m2", "km" …), and `size`: what
        was measured. An attribute of such a name gives way to it.

    Raises
    ------
    UsageError
        There is no such size.
    InputError
        Positions outside ±180 and ±90 without a system, or outside the system's area of use.
    GeometryError
        A feature that cannot be measured, by its number.

    Examples
    --------
    >>> import shapely
    >>> field = shapely.box(10, 50, 10.02, 50.01)
    >>> measure([field], accuracy_m=1)[["value", "low", "high"]].round(-2).values.tolist()
    [[1594800.0, 1584600.0, 1605000.0]]
    """
    import pandas as pd

    if size is not None and size not in SIZES:
        raise UsageError(f"there is no size {size!r}; {way_out(size, SIZES)}")
    features = _taken(shapes, crs, accuracy_m)
    rows = []
    for record in measured(features, edges).records:
        asked = size or next((name for name in NAMES if name in record), None)
        if asked is None:  # a point has no size
            rows.append((math.nan, math.nan, math.nan, "", ""))
            continue
        name, unit, factor = SIZES[asked]
        figures = (record.get(name), record.get(LOW[name]), record.get(HIGH[name]))
        low_high = [math.nan if figure is None else figure / factor for figure in figures]
        rows.append((low_high[0], low_high[1], low_high[2], unit, name.rpartition("_")[0]))
    columns = ["value", "low", "high", "unit", "size"]
    index = getattr(shapes, "index", None) if hasattr(shapes, "crs") else None
    sizes = pd.DataFrame(rows, columns=columns, index=index)
    if not isinstance(shapes, pd.DataFrame):
        return sizes
    geometry = shapes.geometry.name
    kept = [name not in (geometry, *columns) for name in shapes.columns]
    return pd.concat([pd.DataFrame(shapes).loc[:, kept], sizes], axis="columns")


def _taken(
    shapes: geopandas.GeoDataFrame | geopandas.GeoSeries | Given,
    crs: str | None,
    accuracy_m: float | None = None,
) -> Features:
    """What the gate makes of a frame or of shapes; what it repaired is a warning."""
    take = from_frame if hasattr(shapes, "geometry") and hasattr(shapes, "crs") else from_shapes
    features = take(shapes, crs=crs, accuracy_m=accuracy_m).whole()
    for remark in features.remarks:
        if remark.kind == "repaired":
            warnings.warn(str(remark), stacklevel=4)
    return features


def _figures(
    shapes: geopandas.GeoDataFrame | geopandas.GeoSeries | Given,
    crs: str | None,
    edges: EdgeKind,
    names: Sequence[Quantity],
) -> NDArray[np.float64]:
    records = measured(_taken(shapes, crs), edges).records
    figures = [sum(record.get(name, 0.0) for name in names) for record in records]
    return np.array(figures, dtype=float)
