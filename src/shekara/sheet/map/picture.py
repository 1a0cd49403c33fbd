"""A picture that lies on the map of a sheet: where its pixels are on the globe, and its place."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes
from matplotlib.image import AxesImage
from matplotlib.patches import PathPatch
from matplotlib.path import Path
from numpy.typing import NDArray

from shekara.geometry.arrays import Floats
from shekara.sheet.map.frame import MapFrame
from shekara.sheet.paper.paper import INCH_MM


def places(map_frame: MapFrame, dpi: float, coarse: int) -> tuple[Floats, Floats, tuple[int, int]]:
    """Longitudes and latitudes of a grid over a map frame, rows from the top.

    Parameters
    ----------
    map_frame : MapFrame
        The window of the map.
    dpi : float
        Resolution of the picture, dots per inch.
    coarse : int
        Pixels between two places of the grid; at least three places a side.

    Returns
    -------
    tuple of ndarray, ndarray, (int, int)
        Longitude and latitude in degrees, not finite beyond the globe; height and width of the
        picture in pixels.
    """
    wide, high = (
        max(round(side / INCH_MM * dpi), 2) for side in (map_frame.box.width, map_frame.box.height)
    )
    left, bottom, right, top = map_frame.bounds
    x, y = np.meshgrid(
        np.linspace(left, right, max(wide // coarse, 3)),
        np.linspace(top, bottom, max(high // coarse, 3)),
    )
    lon, lat = (part.reshape(x.shape) for part in map_frame.inverse(x.ravel(), y.ravel()))
    return lon, lat, (high, wide)


def add_picture(
    ax: Axes, pixels: NDArray[np.uint8], map_frame: MapFrame, within: Path, order: float
) -> None:
    """Put pixels (rows from the top, red, green, blue, opacity) over a map frame, cut by a path."""
    left, bottom, right, top = map_frame.bounds
    # "none": a PDF takes the pixels as they are, else they would be made anew at 300 dpi.
    image = AxesImage(ax, extent=(left, right, bottom, top), origin="upper", interpolation="none")
    image.set_data(pixels)
    image.set_zorder(order)
    ax.add_artist(image)
    image.set_clip_path(PathPatch(within, transform=ax.transData))
