"""Places on a map that a box upon it should not hide, and what each of them weighs."""

from __future__ import annotations

import numpy as np
import shapely
from shapely.geometry import LineString
from shapely.geometry.base import BaseGeometry

from shekara.geometry.longitudes import short_way
from shekara.scene.model import Scene
from shekara.scene.projection import width_deg
from shekara.sheet.map.frame import Array, MapFrame
from shekara.sheet.map.projected import lines_of, on_page, points_of, polygons_of
from shekara.sheet.symbols.palette import is_water
from shekara.sheet.view import subjects

BARE, WATERS = 0.06, 0.04  # what the extent and its waters weigh
SUBJECT = 3.0  # times as much as others weigh layers of which claims speak
SAMPLE_MM = 0.5  # detail that is enough to know what a box hides
MOST_SAMPLED = 2000  # features of a layer; of more, every second or third ...


def samples(scene: Scene, trial: MapFrame) -> tuple[Array, Array]:
    """Places in the projection that an inset should not hide, with what each weighs.

    The extent itself and the waters of the ground by which a reader finds the place weigh a tenth;
    points, lines and areas of the layers share the rest: those of which claims speak have the
    larger part of it. The rim of an area weighs as much as what it holds, and so do the ends of a
    flow.
    """
    west, south, _, north = scene.extent
    lon, lat = np.meshgrid(
        west + np.linspace(0.02, 0.98, 24) * width_deg(scene.extent), np.linspace(south, north, 20)
    )
    x, y = trial.forward(short_way(lon.ravel()), lat.ravel())
    ground = np.column_stack([x, y])
    ground = ground[np.isfinite(ground).all(axis=1)]
    clouds, weights = [ground], [np.full(len(ground), BARE / max(len(ground), 1))]
    waters = np.array(_waters(scene, trial)).reshape(-1, 2)
    clouds.append(waters)
    weights.append(np.full(len(waters), WATERS / max(len(waters), 1)))
    shown = [item for item in scene.layers if item.visible and not item.extra and not item.basemap]
    subject = subjects(scene)
    parts = {id(layer): SUBJECT if layer.name in subject else 1.0 for layer in shown}
    for layer in shown:
        features = layer.features[:: -(-len(layer.features) // MOST_SAMPLED) or 1]
        shapes = [on_page(item.geometry, trial, detail_mm=SAMPLE_MM) for item in features]
        within = [place for shape in shapes for place in _places(shape, trial)]
        rims = [place for shape in shapes for place in _rim(shape, trial)]
        rims += [
            (line.coords[end][0], line.coords[end][1])
            for feature, shape in zip(features, shapes, strict=True)
            if feature.style.arrow
            for line in lines_of(shape)
            for end in (0, -1)
        ]
        share = (1 - BARE - WATERS) * parts[id(layer)] / sum(parts.values())
        for cloud in filter(None, (within, rims)):
            clouds.append(np.array(cloud))
            weights.append(np.full(len(cloud), share / (1 + bool(rims)) / len(cloud)))
    return np.vstack(clouds), np.concatenate(weights)


def _waters(scene: Scene, trial: MapFrame) -> list[tuple[float, float]]:
    """Places on the lakes and seas of the ground, within the extent."""
    west, south, east, north = scene.extent
    window = shapely.box(west, south, east if east > west else east + 360, north)
    return [
        place
        for layer in scene.layers
        if layer.visible and layer.basemap and layer.kind == "polygon"
        for feature in layer.features
        if feature.geometry is not None and is_water(feature.style.fill or feature.style.color)
        for place in _places(
            on_page(feature.geometry.intersection(window), trial, detail_mm=SAMPLE_MM), trial
        )
    ]


def _rim(shape: BaseGeometry, trial: MapFrame) -> list[tuple[float, float]]:
    """Points along the rims of the areas of a shape, some 3 mm apart."""
    rims = [area.exterior for area in polygons_of(shape)]
    return [place for rim in rims for place in _along(rim, 3.0 / trial.mm_per_m)]


def _along(line: LineString, step: float) -> list[tuple[float, float]]:
    """Points on a line, its ends among them, about a step apart."""
    count = max(int(line.length / step), 1)
    at = shapely.line_interpolate_point(line, np.linspace(0, 1, count + 1), normalized=True)
    return [(point.x, point.y) for point in at]


def _places(shape: BaseGeometry, trial: MapFrame) -> list[tuple[float, float]]:
    """Points of a shape: itself, along a line, within an area, some 3 mm apart."""
    step = 3.0 / trial.mm_per_m
    places = [(point.x, point.y) for point in points_of(shape)]
    places += [place for line in lines_of(shape) for place in _along(line, step)]
    for area in polygons_of(shape):
        left, bottom, right, top = area.bounds
        columns, rows = (max(int(run / (2 * step)), 1) for run in (right - left, top - bottom))
        grid = np.meshgrid(
            left + (np.arange(columns) + 0.5) / columns * (right - left),
            bottom + (np.arange(rows) + 0.5) / rows * (top - bottom),
        )
        xy = np.column_stack([grid[0].ravel(), grid[1].ravel()])
        inside = shapely.contains_xy(area, xy[:, 0], xy[:, 1])
        places += [(float(a), float(b)) for a, b in xy[inside]]
    return places
