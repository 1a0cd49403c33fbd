"""A raster in colour under a map (an old map, a picture from above), upon its ground."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from matplotlib.axes import Axes
from matplotlib.image import AxesImage
from matplotlib.patches import PathPatch

from shekara.pictures import Pixels, Raster, last_saved, warped
from shekara.scene.pictures import Backdrop
from shekara.sheet.map.frame import MapFrame
from shekara.sheet.map.projected import earth, path_of
from shekara.sheet.paper.paper import INCH_MM

DPI = 150.0  # letters of an old map can be read, and a sheet stays below some megabytes
COARSE = 16  # pixels between two places whose longitude and latitude are computed


def on_frame(raster: Raster, map_frame: MapFrame) -> Pixels | None:
    """The raster in a map frame, rows from the top; None where it shows nothing of it."""
    return _on_frame(raster, map_frame, last_saved(raster.path))


@lru_cache(maxsize=4)
def _on_frame(raster: Raster, map_frame: MapFrame, _saved: tuple[int, int]) -> Pixels | None:
    wide, high = (
        max(round(side / INCH_MM * DPI), 2) for side in (map_frame.box.width, map_frame.box.height)
    )
    left, bottom, right, top = map_frame.bounds
    x, y = np.meshgrid(
        np.linspace(left, right, max(wide // COARSE, 3)),
        np.linspace(top, bottom, max(high // COARSE, 3)),
    )
    lon, lat = (part.reshape(x.shape) for part in map_frame.inverse(x.ravel(), y.ravel()))
    return warped(raster, lon, lat, high, wide)


def add_backdrop(ax: Axes, backdrop: Backdrop, map_frame: MapFrame, order: float) -> None:
    """Put the raster on the map, as opaque as the atlas wants it, no farther than the Earth."""
    pixels, path = on_frame(backdrop.raster, map_frame), path_of(earth(map_frame))
    if pixels is None or path is None:
        return
    shown = pixels.copy()
    shown[..., 3] = np.round(shown[..., 3] * backdrop.opacity)
    left, bottom, right, top = map_frame.bounds
    # "none": a PDF takes the pixels as they are, else they would be made anew at 300 dpi.
    image = AxesImage(ax, extent=(left, right, bottom, top), origin="upper", interpolation="none")
    image.set_data(shown)
    image.set_zorder(order)
    ax.add_artist(image)
    image.set_clip_path(PathPatch(path, transform=ax.transData))
