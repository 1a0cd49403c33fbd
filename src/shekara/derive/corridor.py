"""Corridors: the area within a distance of lines, cut to areas of another layer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

import numpy as np
import shapely
from numpy.typing import NDArray
from pydantic import Field
from pyproj import Transformer
from shapely.geometry.base import BaseGeometry

from shekara.derive.cutting import features_of_layer
from shekara.derive.geojson import to_frame
from shekara.derive.recipe import LayerName, Recipe
from shekara.derive.sources import Sources
from shekara.derive.topojson import polygons
from shekara.where import Scalar, Where, matches

if TYPE_CHECKING:
    import geopandas

# Steps of a quarter circle: its chords lie 1 − cos(π/4n) of the radius inside, 8 m of 100 km.
QUARTER_STEPS = 64
# Distances across a plane at d from its centre err by (d/R)²/6: 0.1 m a kilometre at 150 km.
LONGEST_PIECE_M = 100_000


class Corridors(Recipe):
    """method = "corridors"."""

    method: Literal["corridors"]
    layer: LayerName
    where: dict[str, Scalar | list[Scalar]] = {}
    inside: LayerName
    inside_where: dict[str, Scalar | list[Scalar]] = {}
    within_km: Annotated[list[Annotated[float, Field(gt=0, le=1000)]], Field(min_length=1)]
    properties: dict[str, Scalar] = {}


def corridors(recipe: Corridors, sources: Sources) -> geopandas.GeoDataFrame:
    """One area for each distance: all that lies within it of the lines, inside the areas."""
    lines = _chosen(recipe, sources, recipe.layer, recipe.where)
    ground = shapely.union_all(_chosen(recipe, sources, recipe.inside, recipe.inside_where))
    rows = []
    for distance in recipe.within_km:
        area = shapely.intersection(around(lines, distance * 1000), ground)
        parts = polygons([area])
        if not len(parts):
            raise recipe.error("within_km", "nothing of the corridor lies inside", "correct inside")
        rows.append(
            {
                "id": f"within-{distance:g}",
                **recipe.properties,
                "within_km": int(distance) if distance == int(distance) else distance,
                "geometry": shapely.MultiPolygon(list(parts)) if len(parts) > 1 else parts[0],
            }
        )
    return to_frame(rows)


def _chosen(recipe: Corridors, sources: Sources, layer: str, where: Where) -> list[BaseGeometry]:
    features = features_of_layer(recipe, sources, layer)
    shapes = [feature.geometry for feature in features if matches(feature.attributes, where)]
    if not shapes:
        raise recipe.error("where", f"no feature of {layer!r} is chosen", "correct it")
    return shapes


def around(lines: list[BaseGeometry], width_m: float) -> BaseGeometry:
    """The area within `width_m` of lines, by the ellipsoid.

    Each short piece of a line is widened on an azimuthal equidistant plane of its own, whose
    centre is the middle of the piece; the areas are put together in longitude and latitude.
    """
    pieces = [piece for line in lines for piece in _pieces(line)]
    return shapely.union_all([_widened(piece, width_m) for piece in pieces])


def _pieces(line: BaseGeometry) -> list[NDArray[np.float64]]:
    """Runs of edges, each no longer than `LONGEST_PIECE_M` unless it is one edge."""
    from shekara.measuring import WGS84

    runs: list[NDArray[np.float64]] = []
    for part in shapely.get_parts(line):
        points = shapely.get_coordinates(part)
        steps = WGS84.inv(*points[:-1].T, *points[1:].T)[2]
        start, length = 0, 0.0
        for number, step in enumerate(steps):
            if length and length + step > LONGEST_PIECE_M:
                runs.append(points[start : number + 1])
                start, length = number, 0.0
            length += float(step)
        runs.append(points[start:])
    return runs


def _widened(points: NDArray[np.float64], width_m: float) -> BaseGeometry:
    lon, lat = points[len(points) // 2]
    plane = Transformer.from_crs(
        "EPSG:4326", f"+proj=aeqd +lon_0={lon} +lat_0={lat} +datum=WGS84", always_xy=True
    )
    flat = shapely.LineString(np.column_stack(plane.transform(points[:, 0], points[:, 1])))
    wide = shapely.get_coordinates(shapely.buffer(flat, width_m, quad_segs=QUARTER_STEPS).exterior)
    ring = np.column_stack(plane.transform(wide[:, 0], wide[:, 1], direction="INVERSE"))
    return shapely.make_valid(shapely.Polygon(ring))
