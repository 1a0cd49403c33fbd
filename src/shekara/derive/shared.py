"""Borders: the segments that the areas of two sides have in common, joined into lines."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Annotated, ClassVar, Literal

import numpy as np
import shapely
from numpy.typing import NDArray
from pydantic import Field
from shapely.geometry.base import BaseGeometry

from shekara.derive.geojson import to_frame
from shekara.derive.parsing import parsing
from shekara.derive.recipe import From, Package, Pypi, WithProperties
from shekara.derive.sources import Sources
from shekara.derive.topojson import read_topojson
from shekara.errors import InputError
from shekara.measuring import edges

if TYPE_CHECKING:
    import geopandas

# Coordinates are compared as whole units of 1e-7 degree, 1 cm on the ground.
UNITS = 10_000_000
Segments = NDArray[np.int64]  # (n, 4): the ends of an edge, the western one first


Bounds = tuple[float, float, float, float]  # west, south, east, north


def segments(geometries: Iterable[BaseGeometry], bounds: Bounds | None = None) -> Segments:
    """Every edge of the rings of `geometries`, each once and without direction, sorted.

    With `bounds` only the edges with an end in them: sorting the edges of a whole country costs
    a second, those near a border almost nothing.
    """
    edge_table = edges(list(geometries))
    near = np.ones(len(edge_table.start), dtype=bool)
    if bounds is not None:
        near = _inside(edge_table.start, bounds) | _inside(edge_table.end, bounds)
    start = np.round(edge_table.start[near] * UNITS).astype(np.int64)
    end = np.round(edge_table.end[near] * UNITS).astype(np.int64)
    turned = (start[:, 0] > end[:, 0]) | ((start[:, 0] == end[:, 0]) & (start[:, 1] > end[:, 1]))
    start[turned], end[turned] = end[turned], start[turned]
    both = np.hstack([start, end])
    return np.unique(both[(start != end).any(axis=1)], axis=0)


def shared_line(line_segments: Segments, other: Segments) -> BaseGeometry | None:
    """Segments that both sides have, merged into lines from west to east; None without any."""
    every, count = np.unique(np.vstack([line_segments, other]), axis=0, return_counts=True)
    common = every[count == 2]
    if not len(common):
        return None
    merged = shapely.line_merge(shapely.multilinestrings(common.reshape(-1, 2, 2) / UNITS))
    # the order of pieces must not depend on the merging
    lines = sorted((_eastward(line) for line in shapely.get_parts(merged)), key=lambda x: x.bounds)
    if len(lines) == 1:
        return lines[0]
    return shapely.MultiLineString(lines)  # type: ignore[arg-type]


def read_areas(data: bytes, key: str, wanted: Sequence[str]) -> dict[str, BaseGeometry]:
    """Features of a large GeoJSON text whose property `key` is one of `wanted`.

    Only those features are parsed: the text is cut at its features, one of which is a line of the
    file.
    """
    pattern = re.compile(rb'"' + re.escape(key.encode()) + rb'"\s*:\s*"([^"]*)"')
    areas: dict[str, BaseGeometry] = {}
    for line in data.splitlines():
        # the properties stand at one end of the feature; its coordinates are long
        match = pattern.search(line[-400:]) or pattern.search(line[:400])
        if match and (name := match[1].decode(errors="replace")) in wanted:
            with parsing("GeoJSON"):
                areas[name] = shapely.from_geojson(line.strip().rstrip(b","))
    for name in wanted:
        if name not in areas:
            raise InputError(f"no area with {key} = {name!r} in the package")
    return areas


class SharedBorder(WithProperties):
    """method = "shared_border"; with ``object`` the file is TopoJSON, else GeoJSON with ``key``."""

    method: Literal["shared_border"]
    from_: Package = Field(alias="from")
    file: str
    sides: Annotated[list[str], Field(min_length=2, max_length=2)]
    object: str | None = None
    also: dict[str, list[str]] = {}
    key: str | None = None


class ZonesFrom(From):
    """The packages of time zones."""

    listed: ClassVar = {"pypi:": ("packages*",)}
    packages: Annotated[list[Pypi], Field(min_length=1)]


class ZoneBorder(WithProperties):
    """method = "timezone_border"."""

    method: Literal["timezone_border"]
    from_: ZonesFrom = Field(alias="from")
    one: Annotated[list[str], Field(min_length=1)]
    other: Annotated[list[str], Field(min_length=1)]
    round: Annotated[int, Field(ge=0, le=7)] = 6


def shared_border(recipe: SharedBorder, sources: Sources) -> geopandas.GeoDataFrame:
    """Border of two sides in one package: GeoJSON with a property, or TopoJSON with names."""
    data = sources.read_npm(recipe.from_.package, recipe.file)
    item, other = recipe.sides
    if recipe.object is not None:
        named = {
            str(attributes.get("id", attributes.get("name"))): geometry
            for attributes, geometry in read_topojson(data, recipe.object)
        }
        both = []
        for side in (item, other):
            members = [side, *recipe.also.get(side, [])]  # areas that count as a part of it
            missing = [m for m in members if m not in named]
            if missing:
                raise recipe.error("sides", f"{missing[0]!r} is not in the package", "check it")
            both.append(segments(named[m] for m in members))
    else:
        if recipe.key is None:
            raise recipe.error("key", "is missing", "name the property with the code, or object")
        areas = read_areas(data, recipe.key, (item, other))
        overlap = shapely.intersection(
            shapely.box(*areas[item].bounds), shapely.box(*areas[other].bounds)
        )
        both = [segments([areas[side]], overlap.bounds) for side in (item, other)]
    return _border(recipe, shared_line(both[0], both[1]))


def timezone_border(recipe: ZoneBorder, sources: Sources) -> geopandas.GeoDataFrame:
    """Border of two groups of time zones, which end where states end, at full detail."""
    for reference in recipe.from_.packages:
        sources.require_python(reference)
    try:
        from timezonefinder import TimezoneFinder
    except ImportError:
        raise InputError(
            "package timezonefinder is needed; install it with: pip install 'shekara[derive]'"
        ) from None
    finder = TimezoneFinder()
    both = []
    for key, zones in (("one", recipe.one), ("other", recipe.other)):
        rings = []
        for zone in zones:
            try:
                polygons = finder.get_geometry(tz_name=zone, coords_as_pairs=True)
            except ValueError as error:
                raise recipe.error(key, f"{zone!r} is no zone", "see timezone_names") from error
            rings += [
                shapely.LinearRing(np.round(ring, recipe.round))
                for polygon in polygons
                for ring in polygon
            ]
        both.append(segments(rings))
    return _border(recipe, shared_line(both[0], both[1]))


def _border(recipe: SharedBorder | ZoneBorder, line: BaseGeometry | None) -> geopandas.GeoDataFrame:
    if line is None:
        raise recipe.error("from", "the two sides have no segment in common", "check the names")
    row = {**recipe.properties, "pieces": shapely.get_num_geometries(line)}
    return to_frame([{**row, "geometry": line}])


def _inside(points: NDArray[np.float64], bounds: Bounds) -> NDArray[np.bool_]:
    # a degree more, so that ends that only touch the bounds are in whatever their last digits
    west, south, east, north = bounds
    inside = (points >= [west - 1, south - 1]) & (points <= [east + 1, north + 1])
    return np.asarray(inside.all(axis=1))


def _eastward(line: BaseGeometry) -> BaseGeometry:
    first, last = line.coords[0], line.coords[-1]
    return line if first <= last else shapely.reverse(line)
