"""Areas that a table of the atlas lists: outlines from packages, else the place alone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, ClassVar, Literal

import shapely
from pydantic import Field
from shapely.geometry.base import BaseGeometry

from shekara.derive.geojson import to_frame
from shekara.derive.recipe import From, Npm, Recipe, TableName
from shekara.derive.sources import Sources
from shekara.derive.tables import attributes, cell_number, place
from shekara.derive.topojson import Object, polygons, read_topojson

if TYPE_CHECKING:
    import geopandas

BOX = ("west", "south", "east", "north")


class ListedFrom(From):
    """The list, the parts that its areas are put together from, and the packages with these."""

    listed: ClassVar = {"npm:": ("packages*",), "layers/": ("table", "parts")}
    table: TableName
    parts: TableName
    packages: Annotated[list[Npm], Field(min_length=1)]


class ListedAreas(Recipe):
    """method = "listed_areas"."""

    method: Literal["listed_areas"]
    from_: ListedFrom = Field(alias="from")


def listed_areas(recipe: ListedAreas, sources: Sources) -> geopandas.GeoDataFrame:
    """One feature for each row of the list.

    A row of the table of parts gives an area (column id) one object of a TopoJSON package:
    package, file, collection and object (its name). Of the object only what lies between west,
    south, east and north is taken where these are given, and only the polygon round the place
    lon, lat where that is. An area without parts is a point at its lon and lat in the list.
    The attribute ``shape`` says which: "outline" or "place".
    """
    name, parts_table = recipe.from_.table, recipe.from_.parts
    rows = sources.table(name, ("id", "lon", "lat"))
    parts = sources.table(
        parts_table, ("id", "package", "file", "collection", "object", "lon", "lat", *BOX)
    )
    if strays := {row["id"] for row in parts} - {row["id"] for row in rows}:
        raise recipe.error("from", f"{parts_table}: {min(strays)!r} is not in {name}", "add it")
    read: dict[tuple[str, ...], list[Object]] = {}
    outlines: dict[str, list[BaseGeometry]] = {}
    for row in parts:
        outlines.setdefault(row["id"], []).extend(_part(row, recipe, sources, read))
    result = []
    for row, values in zip(rows, attributes(rows), strict=True):
        known = {key: value for key, value in values.items() if key not in ("lon", "lat")}
        if row["id"] in outlines:
            shape, geometry = "outline", _one(outlines[row["id"]])
        elif (at := place(row, name)) is not None:
            shape, geometry = "place", shapely.points(at)
        else:
            raise recipe.error("from", f"{row['id']!r} has neither parts nor a place", "add one")
        result.append({**known, "shape": shape, "geometry": geometry})
    return to_frame(result)


def _part(
    row: Mapping[str, str],
    recipe: ListedAreas,
    sources: Sources,
    read: dict[tuple[str, ...], list[Object]],
) -> list[BaseGeometry]:
    table, package = recipe.from_.parts, row["package"]
    if package not in recipe.from_.packages:
        raise recipe.error("from", f"{table}: {package!r} is not among the packages", "add it")
    where = (package, row["file"], row["collection"])
    if where not in read:
        read[where] = read_topojson(sources.read_npm(package, row["file"]), row["collection"])
    objects = [shape for known, shape in read[where] if known.get("name") == row["object"]]
    if not objects:
        raise recipe.error("from", f"{table}: {row['object']!r} is not in {where[1]}", "correct it")
    pieces = list(polygons(objects))
    at = place(row, table)
    if at is not None:
        pieces = [piece for piece in pieces if shapely.contains_xy(piece, *at)]
    if row["west"]:
        west, south, east, north = (cell_number(row, side, table) for side in BOX)
        box = shapely.box(west, south, east, north)
        pieces = list(polygons([shapely.intersection(p, box) for p in pieces]))
    if not pieces:
        raise recipe.error("from", f"{table}: nothing is left of {row['object']!r}", "correct it")
    return pieces


def _one(pieces: list[BaseGeometry]) -> BaseGeometry:
    parts = polygons([shapely.union_all(pieces)])
    return parts[0] if len(parts) == 1 else shapely.MultiPolygon(list(parts))
