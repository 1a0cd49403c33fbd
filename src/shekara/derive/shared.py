"""Borders: the segments that the areas of two sides have in common, joined into lines."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from shekara.derive.geojson import to_frame
from shekara.derive.recipe import Recipe
from shekara.derive.sources import Sources
from shekara.derive.topojson import read_topojson
from shekara.errors import InputError

Segment = tuple[tuple[float, float], tuple[float, float]]


def segments(geometries: Iterable[BaseGeometry], decimals: int = 7) -> set[Segment]:
    """Every edge of the rings of `geometries`, without direction, rounded to `decimals`."""
    found: set[Segment] = set()
    for ring in _rings(geometries):
        points = [tuple(p) for p in np.round(shapely.get_coordinates(ring), decimals).tolist()]
        if points[0] != points[-1]:
            points.append(points[0])
        found.update((a, b) if a < b else (b, a) for a, b in pairwise(points) if a != b)
    return found


def shared_line(one: set[Segment], other: set[Segment]) -> BaseGeometry | None:
    """Segments that both sides have, merged into lines from west to east; None without any."""
    common = sorted(one & other)
    if not common:
        return None
    merged = shapely.line_merge(shapely.multilinestrings(np.array(common)))
    # the order of pieces must not depend on the merging
    lines = sorted((_eastward(line) for line in shapely.get_parts(merged)), key=lambda x: x.bounds)
    return lines[0] if len(lines) == 1 else shapely.MultiLineString(lines)  # type: ignore[arg-type]


def read_areas(data: bytes, key: str, wanted: Sequence[str]) -> dict[str, BaseGeometry]:
    """Features of a large GeoJSON text whose property `key` is one of `wanted`.

    Only those features are parsed: the text is cut at its features, one of which is a line of the
    file.
    """
    pattern = re.compile(rb'"' + key.encode() + rb'"\s*:\s*"([^"]*)"')
    found: dict[str, BaseGeometry] = {}
    for line in data.splitlines():
        # the properties stand at one end of the feature; its coordinates are long
        match = pattern.search(line[-400:]) or pattern.search(line[:400])
        if match and (name := match[1].decode()) in wanted:
            geometry = json.loads(line.strip().rstrip(b",")).get("geometry")
            found[name] = shapely.from_geojson(json.dumps(geometry))
    for name in wanted:
        if name not in found:
            raise InputError(f"no area with {key} = {name!r} in the package")
    return found


def shared_border(recipe: Recipe, sources: Sources) -> Any:
    """Border of two sides in one package: GeoJSON with a property, or TopoJSON with names."""
    reference = recipe.source("npm")
    data = sources.read_npm(reference, recipe.text("file"))
    one, other = recipe.texts("sides")
    if "object" in recipe.values:
        keys = recipe.table("also")  # areas that count as a part of a side
        named = {
            str(attributes.get("id", attributes.get("name"))): geometry
            for attributes, geometry in read_topojson(data, recipe.text("object"))
        }
        both = []
        for side in (one, other):
            members = [side, *keys.get(side, [])]
            missing = [m for m in members if m not in named]
            if missing:
                raise recipe.error("sides", f"{missing[0]!r} is not in the package", "check it")
            both.append(segments(named[m] for m in members))
    else:
        areas = read_areas(data, recipe.text("key"), (one, other))
        both = [segments([areas[side]]) for side in (one, other)]
    return _border(recipe, shared_line(both[0], both[1]))


def timezone_border(recipe: Recipe, sources: Sources) -> Any:
    """Border of two groups of time zones, which end where states end, at full detail."""
    for reference in recipe.sources("pypi"):
        sources.require_python(reference.removeprefix("pypi:"))
    try:
        from timezonefinder import TimezoneFinder
    except ImportError:
        raise InputError(
            "package timezonefinder is needed; install it with: pip install 'shekara[derive]'"
        ) from None
    finder = TimezoneFinder()
    decimals = recipe.integer("round", 6)
    both = []
    for key in ("one", "other"):
        rings = []
        for zone in recipe.texts(key):
            try:
                polygons = finder.get_geometry(tz_name=zone, coords_as_pairs=True)
            except ValueError as error:
                raise recipe.error(key, f"{zone!r} is no zone", "see timezone_names") from error
            rings += [shapely.linearrings(ring) for polygon in polygons for ring in polygon]
        both.append(segments(rings, decimals))
    return _border(recipe, shared_line(both[0], both[1]))


def _border(recipe: Recipe, line: BaseGeometry | None) -> Any:
    if line is None:
        raise recipe.error("from", "the two sides have no segment in common", "check the names")
    row = {**recipe.table("properties"), "pieces": shapely.get_num_geometries(line)}
    recipe.done()
    return to_frame([{**row, "geometry": line}])


def _rings(geometries: Iterable[BaseGeometry]) -> Iterable[BaseGeometry]:
    for geometry in geometries:
        # twice: repaired areas may be collections of multipolygons
        for part in shapely.get_parts(shapely.get_parts(geometry)):
            if part.geom_type == "Polygon":
                yield part.exterior
                yield from part.interiors
            elif part.geom_type in ("LinearRing", "LineString"):
                yield part


def _eastward(line: BaseGeometry) -> BaseGeometry:
    first, last = line.coords[0], line.coords[-1]
    return line if first <= last else shapely.reverse(line)
