"""Lakes: the waters of a package that hold a point."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

import numpy as np
import shapely
from pydantic import Field
from shapely.geometry.base import BaseGeometry

from shekara.derive.geojson import to_frame
from shekara.derive.parsing import parsing
from shekara.derive.recipe import PackageAndTable, WithProperties
from shekara.derive.rows import Row
from shekara.derive.sources import Sources
from shekara.derive.tables import attributes, place
from shekara.errors import InputError
from shekara.geometry.arrays import Floats, Shapes
from shekara.measuring import area_m2

if TYPE_CHECKING:
    import geopandas


class Waterbodies(WithProperties):
    """method = "waterbodies"."""

    method: Literal["waterbodies"]
    from_: PackageAndTable = Field(alias="from")
    file: str


def waterbodies(recipe: Waterbodies, sources: Sources) -> geopandas.GeoDataFrame:
    """Each row of a table as the smallest polygon of the package that contains its point.

    Packages cut large waters into tiles: the column ``also`` names more points ("lon lat; lon
    lat") whose polygons are joined to it, ``excludes`` points that none of them may hold, and
    ``minus`` the id of an earlier row that is taken away.
    """
    table, extra = recipe.from_.table, recipe.properties
    rows = sources.table(table, ("id", "lon", "lat"))
    polygons = read_waters(sources.read_npm(recipe.from_.package, recipe.file))
    bounds = shapely.bounds(polygons)
    waters: dict[str, BaseGeometry] = {}
    result: list[Row] = []
    for row, values in zip(rows, attributes(rows), strict=True):
        where = f"{table}: {row['id']}"
        at = place(row, table)
        spots = ([] if at is None else [at]) + _spots(row.get("also", ""), where)
        excluded = _spots(row.get("excludes", ""), where)
        smallest_waters = [
            _smallest(holding(polygons, bounds, spot, excluded), spot, where) for spot in spots
        ]
        geometry = shapely.union_all(smallest_waters)
        if row.get("minus"):
            if row["minus"] not in waters:
                raise InputError(f"{where}: minus = {row['minus']!r} is no row above")
            rest = shapely.get_parts(geometry.difference(waters[row["minus"]]))
            geometry = rest[np.argmax(area_m2(rest))]
        kept = {index: v for index, v in values.items() if index not in _HOW}
        waters[row["id"]] = geometry
        result.append({**kept, **extra, "geometry": geometry})
    return to_frame(result)


_HOW = ("lon", "lat", "also", "excludes", "minus")


def _spots(cell: str, where: str) -> list[tuple[float, float]]:
    try:
        return [(float(x), float(y)) for x, y in (spot.split() for spot in cell.split(";") if spot)]
    except ValueError:
        raise InputError(f"{where}: {cell!r} are no points; write 'lon lat; lon lat'") from None


def holding(
    polygons: Shapes, bounds: Floats, at: Sequence[float], excluded: Sequence[Sequence[float]]
) -> Shapes:
    """Polygons that hold `at` and none of `excluded`; `bounds` (n, 4) are theirs."""
    # the package has a million waters: first those whose bounds hold the point
    west, south, east, north = bounds.T
    x, y = at
    near = polygons[(west <= x) & (x <= east) & (south <= y) & (y <= north)]
    inside = shapely.contains_xy(near, x, y)
    for x, y in excluded:
        inside &= ~shapely.contains_xy(near, x, y)
    return np.asarray(near[inside])


def _smallest(result: Shapes, at: tuple[float, float], where: str) -> BaseGeometry:
    if not len(result):
        raise InputError(f"{where}: no water of the package holds {at}")
    geometry: BaseGeometry = result[np.argmin(area_m2(result))]
    return geometry


def read_waters(data: bytes) -> Shapes:
    """Polygons of a geometry collection that has one multipolygon on each line of its text."""
    result = []
    for line in data.splitlines():
        text = line.strip().rstrip(b",")
        if text.startswith((b'{"type":"MultiPolygon"', b'{"type":"Polygon"')):
            with parsing("GeoJSON"):
                result.append(shapely.get_parts(shapely.from_geojson(text)))
    if not result:
        raise InputError("the package's file holds no polygons")
    return np.concatenate(result)
