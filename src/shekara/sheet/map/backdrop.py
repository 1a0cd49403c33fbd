"""A raster in colour under a map (an old map, a picture from above), upon its ground."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from matplotlib.axes import Axes

from shekara.pictures import Pixels, Raster, last_saved, warped
from shekara.scene.pictures import Backdrop
from shekara.sheet.map.frame import MapFrame
from shekara.sheet.map.picture import add_picture, places
from shekara.sheet.map.projected import earth, path_of

DPI = 150.0  # letters of an old map can be read, and a sheet stays below some megabytes
COARSE = 16  # pixels between two places whose longitude and latitude are computed


def on_frame(raster: Raster, map_frame: MapFrame) -> Pixels | None:
    """The raster in a map frame, rows from the top; None where it shows nothing of it."""
    return _on_frame(raster, map_frame, last_saved(raster.path))


@lru_cache(maxsize=4)
def _on_frame(raster: Raster, map_frame: MapFrame, _saved: tuple[int, int]) -> Pixels | None:
    lon, lat, (high, wide) = places(map_frame, DPI, COARSE)
    return warped(raster, lon, lat, high, wide)


def add_backdrop(ax: Axes, backdrop: Backdrop, map_frame: MapFrame, order: float) -> None:
    """Put the raster on the map, as opaque as the atlas wants it, no farther than the Earth."""
    pixels, path = on_frame(backdrop.raster, map_frame), path_of(earth(map_frame))
    if pixels is None or path is None:
        return
    shown = pixels.copy()
    shown[..., 3] = np.round(shown[..., 3] * backdrop.opacity)
    add_picture(ax, shown, map_frame, path, order)
