"""Countries, single areas and regions from packages, with names from a table of the atlas."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated, Literal

import numpy as np
import shapely
from pydantic import Field
from shapely.geometry.base import BaseGeometry

from shekara.derive.cutting import areas_of_layer, without
from shekara.derive.geojson import to_frame
from shekara.derive.parsing import parsing
from shekara.derive.recipe import (
    LayerName,
    NotNegative,
    Package,
    PackageAndTable,
    Part,
    Place,
    Recipe,
    WithProperties,
)
from shekara.derive.shared import segments, shared_line
from shekara.derive.sources import Sources
from shekara.derive.tables import attributes
from shekara.derive.topojson import Object, polygons, read_topojson
from shekara.measuring import area_m2, length_m
from shekara.where import Scalar

if TYPE_CHECKING:
    import geopandas


class Apart(Part):
    """[[derive.apart]]: a part of a country that becomes a feature of its own."""

    of: str
    containing: Place
    properties: dict[str, Scalar] = {}


class Countries(Recipe):
    """method = "topojson_countries"."""

    method: Literal["topojson_countries"]
    from_: PackageAndTable = Field(alias="from")
    file: str
    object: str
    only: list[str] = []
    into: dict[str, str] = {}
    smallest_km2: NotNegative = 0.0
    apart: list[Apart] = []
    without: LayerName | None = None
    sliver_km2: NotNegative = 0.0


class OneObject(WithProperties):
    """method = "topojson_object"."""

    method: Literal["topojson_object"]
    from_: Package = Field(alias="from")
    file: str
    object: str
    name: str


class Regions(Recipe):
    """method = "regions_touching"."""

    method: Literal["regions_touching"]
    from_: PackageAndTable = Field(alias="from")
    key: str
    files: Annotated[dict[str, str], Field(min_length=2, max_length=2)]


def topojson_countries(recipe: Countries, sources: Sources) -> geopandas.GeoDataFrame:
    """Countries of a TopoJSON package, one feature per code of the table of names.

    ``code`` names the table's column with the package's id; objects without one are matched by
    ``object`` (their name). ``into`` dissolves an object into a code, ``apart`` takes the part
    of a country that contains a point out of it as a feature of its own. ``without`` names a layer
    whose areas belong to no country here: they are cut out of all. Another package may draw a line
    in common a little differently: what the cut parts from a country and is smaller than
    ``sliver_km2`` goes with the area.
    """
    table = sources.table(recipe.from_.table, ("iso3", "numeric"))
    data = sources.read_npm(recipe.from_.package, recipe.file)
    objects = read_topojson(data, recipe.object)
    wanted, into = recipe.only, recipe.into
    smallest = recipe.smallest_km2 * 1e6
    by_code: dict[str, list[BaseGeometry]] = {}
    codes = {row["numeric"]: row["iso3"] for row in table if row["numeric"]}
    for known, geometry in objects:
        code = into.get(str(known.get("name"))) or codes.get(str(known.get("id")))
        if code:
            by_code.setdefault(code, []).append(geometry)
    for name in into:
        if name not in {known.get("name") for known, _ in objects}:
            raise recipe.error("into", f"{name!r} is not in the package", "check its name")
    apart = [
        {**part.properties, "geometry": _take_apart(by_code, part, recipe)} for part in recipe.apart
    ]
    areas = [] if recipe.without is None else areas_of_layer(recipe, sources, recipe.without)
    rows = []
    for row, values in zip(table, attributes(table), strict=True):
        code = row["iso3"]
        if wanted and code not in wanted:
            continue
        if code not in by_code:
            if wanted:
                raise recipe.error("only", f"{code} is not in the package", "remove it")
            continue
        geometry = without(areas, _united(by_code[code], smallest), recipe.sliver_km2 * 1e6)
        if geometry.is_empty:
            continue
        told = {key: value for key, value in values.items() if key != "numeric"}
        rows.append({"id": code, **told, "kind": "country", "geometry": geometry})
    if missing := [code for code in wanted if code not in {row["id"] for row in rows}]:
        raise recipe.error("only", f"{missing[0]} is not in the table of names", "add it there")
    return to_frame([*rows, *apart])


def _take_apart(
    by_code: dict[str, list[BaseGeometry]], part: Apart, recipe: Countries
) -> BaseGeometry:
    code, place = part.of, shapely.points(part.containing)
    taken: list[BaseGeometry] = []
    kept: list[BaseGeometry] = []
    for geometry in by_code.get(code, []):
        for polygon in polygons([geometry]):
            (taken if shapely.contains(polygon, place) else kept).append(polygon)
    if len(taken) != 1:
        raise recipe.error("apart", f"no part of {code} contains {part.containing}", "move it")
    by_code[code] = kept
    return taken[0]


def _united(geometries: list[BaseGeometry], smallest_m2: float) -> BaseGeometry:
    parts = polygons(geometries)
    if len(geometries) > 1:
        parts = polygons([shapely.union_all(parts)])
    if smallest_m2 and len(parts) > 1:
        areas = area_m2(parts)
        parts = parts[(areas >= smallest_m2) | (areas == areas.max())]
    return shapely.MultiPolygon(list(parts)) if len(parts) > 1 else parts[0]


def topojson_object(recipe: OneObject, sources: Sources) -> geopandas.GeoDataFrame:
    """One object of a TopoJSON package, found by its name, with the recipe's properties."""
    data = sources.read_npm(recipe.from_.package, recipe.file)
    named: list[Object] = [
        item for item in read_topojson(data, recipe.object) if item[0].get("name") == recipe.name
    ]
    if len(named) != 1:
        raise recipe.error("name", f"{len(named)} objects have this name", "check the package")
    return to_frame([{**recipe.properties, "geometry": named[0][1]}])


def regions_touching(recipe: Regions, sources: Sources) -> geopandas.GeoDataFrame:
    """Regions of either of two sides that touch the other side, in a line or in a point.

    ``files`` names one GeoJSON per side, ``key`` the property with the region's code; names come
    from the table, whose column "code" holds it. ``shared_km`` is the geodesic length of the
    edges in common, 0 where the two sides meet in a point.
    """
    names = {row["code"]: row for row in sources.table(recipe.from_.table, ("code", "side"))}
    sides = {
        side: _regions(sources.read_npm(recipe.from_.package, file), recipe.key)
        for side, file in recipe.files.items()
    }
    rows = []
    for side, other in zip(sides, reversed(sides), strict=True):
        beyond = np.array(list(sides[other].values()))
        edges = segments(beyond)
        for code, geometry in sides[side].items():
            # 1e-6 of a degree is 0.1 m: a point where three meet may differ in its last digits
            if not shapely.dwithin(geometry, beyond, 1e-6).any():
                continue
            if code not in names:
                raise recipe.error("key", f"{code!r} has no row in the table of names", "add it")
            line = shared_line(segments([geometry]), edges)
            # no edge in common: they meet in a point
            shared_km = 0.0 if line is None else float(length_m([line])[0]) / 1000
            row = {index: v for index, v in names[code].items() if v and index != "code"}
            rows.append(
                {
                    "id": code.lower().replace(".", "-"),
                    **row,
                    "shared_km": round(shared_km, 1),
                    "geometry": geometry,
                }
            )
    return to_frame(sorted(rows, key=lambda row: (row["side"], row["id"])))


def _regions(data: bytes, key: str) -> dict[str, BaseGeometry]:
    records: dict[str, list[BaseGeometry]] = {}
    with parsing("GeoJSON"):
        for feature in json.loads(data)["features"]:
            code = (feature.get("properties") or {}).get(key)
            if code and feature.get("geometry"):
                geometry = shapely.from_geojson(json.dumps(feature["geometry"]))
                records.setdefault(str(code), []).append(geometry)
    return {code: shapely.MultiPolygon(list(polygons(parts))) for code, parts in records.items()}
