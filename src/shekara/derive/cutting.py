"""Areas of another layer of the atlas, cut out of what a package draws."""

from __future__ import annotations

import json
from collections.abc import Sequence

import shapely
from shapely.geometry.base import BaseGeometry

from shekara.atlas.paths import inside
from shekara.derive.parsing import parsing
from shekara.derive.recipe import Recipe
from shekara.derive.rows import LayerFeature
from shekara.derive.sources import Sources
from shekara.derive.topojson import polygons
from shekara.measuring import area_m2


def features_of_layer(recipe: Recipe, sources: Sources, layer: str) -> list[LayerFeature]:
    """The features of ``geo/LAYER.geojson`` that have a shape."""
    path = inside(sources.atlas, f"geo/{layer}.geojson")
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise recipe.error(
            "layer", f"geo/{layer}.geojson cannot be read", "make that layer first"
        ) from error
    with parsing("GeoJSON"):
        return [
            LayerFeature(item["properties"], shapely.from_geojson(json.dumps(item["geometry"])))
            for item in json.loads(text)["features"]
            if item["geometry"] is not None
        ]


def areas_of_layer(recipe: Recipe, sources: Sources, layer: str) -> list[BaseGeometry]:
    """The areas of a layer; its points and lines take up no room."""
    shapes = [feature.geometry for feature in features_of_layer(recipe, sources, layer)]
    return [shape for shape in shapes if shapely.get_dimensions(shape) == 2]


def without(
    areas: Sequence[BaseGeometry], geometry: BaseGeometry, sliver_m2: float
) -> BaseGeometry:
    """What is left of `geometry` outside all `areas`; empty where nothing is.

    Of each polygon that was cut, pieces smaller than `sliver_m2` are left out.
    """
    left = []
    for polygon in polygons([geometry]):
        near = [area for area in areas if shapely.intersects(area, polygon)]
        if not near:
            left.append(polygon)
            continue
        pieces = polygons([shapely.difference(polygon, shapely.union_all(near))])
        if len(pieces):
            left.extend(pieces[area_m2(pieces) >= sliver_m2])
    return left[0] if len(left) == 1 else shapely.MultiPolygon(left)
