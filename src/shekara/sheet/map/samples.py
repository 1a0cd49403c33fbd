"""Places on a map that a box upon it should not hide, and what each of them weighs."""

from __future__ import annotations

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from shekara.geometry.longitudes import short_way
from shekara.scene.model import Scene
from shekara.scene.projection import width_deg
from shekara.sheet.map.frame import Array, MapFrame
from shekara.sheet.map.projected import lines_of, on_page, points_of, polygons_of
from shekara.sheet.symbols.palette import is_water

BARE, WATERS = 0.06, 0.04  # what the extent and its waters weigh
SAMPLE_MM = 0.5  # detail that is enough to know what a box hides
MOST_SAMPLED = 2000  # features of a layer; of more, every second or third ...


def samples(scene: Scene, trial: MapFrame) -> tuple[Array, Array]:
    """Places in the projection that an inset should not hide, with what each weighs.

    The extent itself and the waters of the ground by which a reader finds the place weigh a tenth;
    points, lines and areas of the layers share the rest.
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
    for layer in shown:
        cloud = [
            place
            for feature in layer.features[:: -(-len(layer.features) // MOST_SAMPLED) or 1]
            for place in _places(on_page(feature.geometry, trial, detail_mm=SAMPLE_MM), trial)
        ]
        if cloud:
            clouds.append(np.array(cloud))
            weights.append(np.full(len(cloud), (1 - BARE - WATERS) / len(shown) / len(cloud)))
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


def _places(shape: BaseGeometry, trial: MapFrame) -> list[tuple[float, float]]:
    """Points of a shape: itself, along a line, within an area, some 3 mm apart."""
    step = 3.0 / trial.mm_per_m
    places = [(point.x, point.y) for point in points_of(shape)]
    for line in lines_of(shape):
        count = max(int(line.length / step), 1)
        at = shapely.line_interpolate_point(line, np.linspace(0, 1, count + 1), normalized=True)
        places += [(point.x, point.y) for point in at]
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
