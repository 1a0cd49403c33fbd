"""Areas without a published boundary: geodesic discs of exactly the documented area."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Annotated, ClassVar, Literal

import numpy as np
import shapely
from pydantic import Field
from shapely.geometry.base import BaseGeometry

from shekara.derive.geojson import to_frame
from shekara.derive.recipe import From, Recipe, TableName
from shekara.derive.rows import Row
from shekara.derive.sources import Sources
from shekara.derive.tables import attributes, cell_number, place
from shekara.errors import InputError
from shekara.measuring import WGS84, area_m2

if TYPE_CHECKING:
    import geopandas

# Of the widest disc here (radius 161 km) an edge is then 5.6 km long; a straight edge in lon/lat
# and a geodesic are 1 m apart in its middle and the difference in area is below 1e-7.
VERTICES = 180


def disc(lon: float, lat: float, radius_m: float, vertices: int = VERTICES) -> BaseGeometry:
    """Polygon of `vertices` points at `radius_m` from a place, measured along geodesics."""
    # counter-clockwise, as the right-hand rule asks for
    azimuths = np.linspace(0.0, -360.0, vertices, endpoint=False)
    ones = np.ones(vertices)
    lons, lats, _ = WGS84.fwd(lon * ones, lat * ones, azimuths, radius_m * ones)
    return shapely.Polygon(np.column_stack([lons, lats]))


def discs_of_area(
    places: Sequence[tuple[float, float]], area: float, vertices: int = VERTICES
) -> BaseGeometry:
    """Discs of one radius around `places`, united, whose polygons have `area` square metres.

    The radius is solved by bisection so that the polygon itself, not the circle, has the area;
    where discs overlap the union counts once.
    """

    def united(radius_m: float) -> BaseGeometry:
        return shapely.union_all([disc(x, y, radius_m, vertices) for x, y in places])

    def found(radius_m: float) -> float:
        return float(area_m2([united(radius_m)])[0])

    return united(_bisect(found, area, 0.0, 2 * math.sqrt(area / math.pi)))


def _bisect(result: Callable[[float], float], wanted: float, low: float, high: float) -> float:
    # 60 halvings of at most 1e6 m are far below a micrometre
    for _ in range(60):
        middle = (low + high) / 2
        if result(middle) < wanted:
            low = middle
        else:
            high = middle
    return (low + high) / 2


class DiscsFrom(From):
    """Things, their areas, and the places where they lie."""

    listed: ClassVar = {"layers/": ("things", "areas", "places")}
    things: TableName
    areas: TableName
    places: TableName


class Discs(Recipe):
    """method = "discs"."""

    method: Literal["discs"]
    from_: DiscsFrom = Field(alias="from")
    kinds: Annotated[list[str], Field(min_length=3, max_length=3)] = ["thing", "area", "place"]


def discs(recipe: Discs, sources: Sources) -> geopandas.GeoDataFrame:
    """Areas of a table as discs around the places of another.

    ``from`` names three tables: things (id, name..., reference), areas (id, of, area_km2 ...) and
    places (id, of, lon, lat, part_km2, part_of). The area of a row is drawn around all places of
    its thing; a place whose stated part (part_km2) belongs to that row (part_of) gets a disc of
    its own, the rest share one radius. A thing is drawn with the area that its ``reference``
    names, as kind "range-now" or whatever ``kinds`` says.
    """
    things_name, areas_name, places_name = (
        recipe.from_.things,
        recipe.from_.areas,
        recipe.from_.places,
    )
    things = sources.table(things_name, ("id", "reference"))
    areas = sources.table(areas_name, ("id", "of", "area_km2"))
    places = sources.table(places_name, ("id", "of", "lon", "lat", "part_km2", "part_of"))
    kinds = recipe.kinds
    names = {
        row["id"]: {index: v for index, v in row.items() if index.startswith("name")}
        for row in things
    }
    drawn: dict[str, Row] = {}
    for row, values in zip(areas, attributes(areas), strict=True):
        thing = row["of"]
        if thing and thing not in names:
            raise InputError(f"{areas_name}: {row['id']}: of = {thing!r} is not in {things_name}")
        geometry = None
        if thing:
            geometry = _drawn(row, [p for p in places if p["of"] == thing], places_name)
        drawn[row["id"]] = {
            **names.get(thing, {}),
            **{key: value for key, value in values.items() if value is not None},
            "kind": kinds[1],
            "geometry": geometry,
        }
    rows: list[Row] = []
    for row in things:
        if row["reference"] not in drawn:
            raise InputError(
                f"{things_name}: {row['id']}: reference = {row['reference']!r} is no id of "
                f"{areas_name}"
            )
        chosen = {
            index: v for index, v in drawn[row["reference"]].items() if not index.startswith("name")
        }
        rows.append(
            {
                "id": row["id"],
                **names[row["id"]],
                **{**chosen, "id": row["id"]},
                "kind": kinds[0],
                "area_row": row["reference"],
            }
        )
    rows += drawn.values()
    for row, values in zip(places, attributes(places), strict=True):
        if row["of"] not in names:
            raise InputError(f"{places_name}: {row['id']}: of = {row['of']!r} is unknown")
        kept = {index: v for index, v in values.items() if index not in ("lon", "lat", "part_of")}
        rows.append(
            {**kept, "kind": kinds[2], "geometry": shapely.points(_placed(row, places_name))}
        )
    return to_frame(rows)


def _placed(row: dict[str, str], table: str) -> tuple[float, float]:
    at = place(row, table)
    if at is None:
        raise InputError(f"{table}: {row['id']}: a disc needs a place; give lon and lat")
    return at


def _drawn(row: dict[str, str], places: list[dict[str, str]], table: str) -> BaseGeometry:
    if not places:
        raise InputError(f"{table}: no place of {row['of']!r}; give at least one")
    rest = cell_number(row, "area_km2", table)
    stated = []
    free = []
    for spot in places:
        if spot["part_km2"] and row["id"] in spot["part_of"].split():
            part = cell_number(spot, "part_km2", table)
            stated.append(discs_of_area([_placed(spot, table)], part * 1e6))
            rest -= part
        else:
            free.append(_placed(spot, table))
    if rest < 0 or (not free and rest > 0):
        raise InputError(
            f"{table}: the parts of {row['of']!r} do not add up to {row['area_km2']} km2"
        )
    if free and rest:
        stated.append(discs_of_area(free, rest * 1e6))
    polygons = shapely.get_parts(shapely.get_parts(np.array(stated)))
    return shapely.MultiPolygon(list(polygons)) if len(polygons) > 1 else polygons[0]
