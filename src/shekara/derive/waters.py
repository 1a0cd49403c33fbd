"""Lakes: the waters of a package that hold a point."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Literal

import numpy as np
import shapely
from numpy.typing import NDArray
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
    spots_of = [_places_of(row, table) for row in rows]
    data = sources.read_npm(recipe.from_.package, recipe.file)
    polygons = read_waters(data, [spot for spots in spots_of for spot in spots])
    bounds = shapely.bounds(polygons)
    waters: dict[str, BaseGeometry] = {}
    result: list[Row] = []
    for row, values, spots in zip(rows, attributes(rows), spots_of, strict=True):
        where = f"{table}: {row['id']}"
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


def _places_of(row: Mapping[str, str], table: str) -> list[tuple[float, float]]:
    """The places of which a row wants the waters."""
    at = place(row, table)
    return ([] if at is None else [at]) + _spots(row.get("also", ""), f"{table}: {row['id']}")


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


def read_waters(data: bytes, places: Sequence[Sequence[float]]) -> Shapes:
    """Polygons whose bounds hold one of some places.

    Parameters
    ----------
    data : bytes
        A geometry collection that has one multipolygon on each line of its text.
    places : sequence of (lon, lat)
        Degrees.
    """
    result: list[Shapes] = []
    read = 0
    for line in data.splitlines():
        text = line.strip().rstrip(b",")
        if text.startswith((b'{"type":"MultiPolygon"', b'{"type":"Polygon"')):
            near = _near(text, places)
            with parsing("GeoJSON"):
                result += [_polygons(part, places) for part in ([text] if near is None else near)]
            read += 1
    if not read:
        raise InputError("the package's file holds no polygons")
    return np.concatenate([np.empty(0, dtype=object), *result])


def _polygons(text: bytes, places: Sequence[Sequence[float]]) -> Shapes:
    polygons = np.asarray(shapely.get_parts(shapely.from_geojson(text)), dtype=object)
    return np.asarray(polygons[_hold(shapely.bounds(polygons), places)])


def _hold(bounds: Floats, places: Sequence[Sequence[float]]) -> NDArray[np.bool_]:
    west, south, east, north = bounds.T
    held = [(west <= x) & (x <= east) & (south <= y) & (y <= north) for x, y in places]
    return np.asarray(np.logical_or.reduce(held)) if held else np.zeros(len(bounds), dtype=bool)


HEAD, BETWEEN = b'{"type":"MultiPolygon","coordinates":[[[[', b"]]],[[["


def _near(text: bytes, places: Sequence[Sequence[float]]) -> list[bytes] | None:
    """Each polygon that may hold a place, as GeoJSON of its own; None of another form of text.

    Making shapes of all takes ten times as long as looking at their numbers.
    """
    if not (text.startswith(HEAD) and text.endswith(b"]]]]}")):
        return None
    parts = text[len(HEAD) : -len(b"]]]]}")].split(BETWEEN)
    counts = np.array([part.count(b",") + 1 for part in parts])
    numbers = np.fromstring(b",".join(parts).translate(None, b"[]"), sep=",")
    if len(numbers) != counts.sum() or (counts % 2).any():
        return None
    first = np.r_[0, np.cumsum(counts // 2)[:-1]]
    lowest = np.minimum.reduceat(numbers.reshape(-1, 2), first)
    highest = np.maximum.reduceat(numbers.reshape(-1, 2), first)
    near = np.flatnonzero(_hold(np.column_stack([lowest, highest]), places))
    return [b'{"type":"Polygon","coordinates":[[[' + parts[i] + b"]]]}" for i in near.tolist()]
