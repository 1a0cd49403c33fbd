"""Countries, single areas and regions from packages, with names from a table of the atlas."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from shekara.derive.geojson import to_frame
from shekara.derive.recipe import Recipe
from shekara.derive.shared import segments, shared_line
from shekara.derive.sources import Sources
from shekara.derive.tables import attributes
from shekara.derive.topojson import Object, polygons, read_topojson
from shekara.measure import area_m2, length_m


def topojson_countries(recipe: Recipe, sources: Sources) -> Any:
    """Countries of a TopoJSON package, one feature per code of the table of names.

    ``code`` names the table's column with the package's id; objects without one are matched by
    ``object`` (their name). ``into`` dissolves an object into a code, ``apart`` takes the part
    of a country that contains a point out of it as a feature of its own.
    """
    table = sources.table(recipe.source("layers"), ("iso3", "numeric"))
    data = sources.read_npm(recipe.source("npm"), recipe.text("file"))
    objects = read_topojson(data, recipe.text("object"))
    wanted = recipe.texts("only", [])
    into = recipe.table("into")
    smallest = recipe.number("smallest_km2", 0.0) * 1e6
    by_code: dict[str, list[BaseGeometry]] = {}
    codes = {row["numeric"]: row["iso3"] for row in table if row["numeric"]}
    for known, geometry in objects:
        code = into.get(str(known.get("name"))) or codes.get(str(known.get("id")))
        if code:
            by_code.setdefault(code, []).append(geometry)
    for name in into:
        if name not in {known.get("name") for known, _ in objects}:
            raise recipe.error("into", f"{name!r} is not in the package", "check its name")
    apart = []
    for part in recipe.tables("apart"):
        code, row = part.text("of"), part.table("properties")
        geometry = _take_apart(by_code, code, part)
        part.done()
        apart.append({**row, "geometry": geometry})
    recipe.done()
    rows = []
    for row, values in zip(table, attributes(table), strict=True):
        code = row["iso3"]
        if wanted and code not in wanted:
            continue
        if code not in by_code:
            if wanted:
                raise recipe.error("only", f"{code} is not in the package", "remove it")
            continue
        geometry = _united(by_code[code], smallest)
        told = {key: value for key, value in values.items() if key != "numeric"}
        rows.append({"id": code, **told, "kind": "country", "geometry": geometry})
    if missing := [code for code in wanted if code not in {row["id"] for row in rows}]:
        raise recipe.error("only", f"{missing[0]} is not in the table of names", "add it there")
    return to_frame([*rows, *apart])


def _take_apart(by_code: dict[str, list[BaseGeometry]], code: str, part: Recipe) -> BaseGeometry:
    place = shapely.points(part.point("containing"))
    taken: list[BaseGeometry] = []
    kept: list[BaseGeometry] = []
    for geometry in by_code.get(code, []):
        for polygon in polygons([geometry]):
            (taken if shapely.contains(polygon, place) else kept).append(polygon)
    if len(taken) != 1:
        raise part.error("containing", f"no part of {code} contains it", "move the point")
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


def topojson_object(recipe: Recipe, sources: Sources) -> Any:
    """One object of a TopoJSON package, found by its name, with the recipe's properties."""
    data = sources.read_npm(recipe.source("npm"), recipe.text("file"))
    name = recipe.text("name")
    found: list[Object] = [
        item for item in read_topojson(data, recipe.text("object")) if item[0].get("name") == name
    ]
    if len(found) != 1:
        raise recipe.error("name", f"{len(found)} objects have this name", "check the package")
    row = recipe.table("properties")
    recipe.done()
    return to_frame([{**row, "geometry": found[0][1]}])


def regions_touching(recipe: Recipe, sources: Sources) -> Any:
    """Regions of either of two sides that touch the other side, in a line or in a point.

    ``files`` names one GeoJSON per side, ``key`` the property with the region's code; names come
    from the table, whose column "code" holds it. ``shared_km`` is the geodesic length of the
    edges in common, 0 where the two sides meet in a point.
    """
    reference = recipe.source("npm")
    key = recipe.text("key")
    files = recipe.table("files")
    table = sources.table(recipe.source("layers"), ("code", "side"))
    names = {row["code"]: row for row in table}
    sides = {side: _regions(sources.read_npm(reference, file), key) for side, file in files.items()}
    recipe.done()
    if len(sides) != 2:
        raise recipe.error("files", "two sides are needed", "name one file for each side")
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
            row = {k: v for k, v in names[code].items() if v and k != "code"}
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
    found: dict[str, list[BaseGeometry]] = {}
    for feature in json.loads(data)["features"]:
        code = (feature.get("properties") or {}).get(key)
        if code and feature.get("geometry"):
            geometry = shapely.from_geojson(json.dumps(feature["geometry"]))
            found.setdefault(str(code), []).append(geometry)
    return {code: shapely.MultiPolygon(list(polygons(parts))) for code, parts in found.items()}
