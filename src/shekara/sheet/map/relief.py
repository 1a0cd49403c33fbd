"""Shaded relief under the tints of a map: a picture in plate carrée, brought into the projection.

Only what the picture has of slopes is printed: the broad light and dark of its land is taken out
(a high pass), and what remains darkens the ground by at most a third, as if it were multiplied.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from matplotlib.axes import Axes
from matplotlib.image import AxesImage
from matplotlib.patches import PathPatch
from numpy.typing import NDArray
from PIL import Image
from scipy import ndimage
from shapely.geometry.base import BaseGeometry

from shekara.scene.model import Relief
from shekara.sheet.map.frame import MapFrame
from shekara.sheet.map.projected import path_of
from shekara.sheet.paper.paper import INCH_MM

MOST_DPI = 120.0  # soft shadows need no more, and a book of them stays small
TONE = 6  # steps of opacity, of 255: finer ones are not seen and do not pack
HIGH_PASS_PX = 40  # what is broader than this is no slope
STRONGEST = 0.34  # of black, on the steepest shadow
SLOPE = 70.0  # steps of grey that make the strongest shadow
COARSE = 24  # pixels between two places whose longitude and latitude are computed
LEVEL, BRIGHT = 9, 196  # steps of grey: how water differs from land in the picture
RIM_PX = 5  # from the middle of level water to where the land is clear of it
SMOOTH_PX = 0.6  # against the blocks of a compressed picture

Shade = NDArray[np.float64]
Grey = NDArray[np.float32]


@lru_cache(maxsize=2)
def _slopes(path: str) -> Shade:
    """How dark each pixel of the picture is beside its surroundings, 0 to 1."""
    with Image.open(path) as picture:
        grey = np.asarray(picture.convert("L"), dtype=np.float32)
    land = ~_water(grey)
    grey = ndimage.gaussian_filter(grey, SMOOTH_PX)
    # Means of land alone: beside bright water every shore would be a slope.
    level = _broad(np.where(land, grey, 0.0)) / np.maximum(_broad(land.astype(np.float32)), 1e-3)
    return np.asarray(np.where(land, np.clip((level - grey) / SLOPE, 0, 1), 0), dtype=float)


def _broad(values: Grey) -> Grey:
    """The mean of each pixel's surroundings."""
    return ndimage.uniform_filter(ndimage.uniform_filter(values, HIGH_PASS_PX), HIGH_PASS_PX)


def _water(grey: Grey) -> NDArray[np.bool_]:
    """Where the picture is level and bright: its waters, with the blurred rim of their shores."""
    spread = ndimage.maximum_filter(grey, 5) - ndimage.minimum_filter(grey, 5)
    flat = (spread < LEVEL) & (grey > BRIGHT)
    return ndimage.binary_dilation(flat, iterations=RIM_PX)


@lru_cache(maxsize=4)
def shade(relief: Relief, map_frame: MapFrame) -> Shade | None:
    """The shadows of a map frame, rows from the top, 0 to 1; None where the picture has nothing."""
    slopes = _slopes(relief.path)
    rows, columns = slopes.shape
    west, south, east, north = relief.bounds
    per_degree = columns / (east - west)
    # No finer than the picture: a degree of latitude is about 111 km of ground.
    dpi = min(MOST_DPI, 1.3 * per_degree / 111_000 / map_frame.mm_per_m * INCH_MM)
    wide, high = (
        max(round(side / INCH_MM * dpi), 2) for side in (map_frame.box.width, map_frame.box.height)
    )
    left, bottom, right, top = map_frame.bounds
    xs = np.linspace(left, right, max(wide // COARSE, 3))
    ys = np.linspace(top, bottom, max(high // COARSE, 3))
    x, y = np.meshgrid(xs, ys)
    lon, lat = map_frame.inverse(x.ravel(), y.ravel())
    seen = np.isfinite(lon)
    lon = west + (np.where(seen, lon, west) - west) % 360
    seen &= (lon <= east) & (lat >= south) & (lat <= north)
    if not seen.any():
        return None
    column = np.where(seen, (lon - west) * per_degree - 0.5, -1e6).reshape(x.shape)
    row = np.where(seen, (north - lat) / (north - south) * rows - 0.5, -1e6).reshape(x.shape)
    grid = np.meshgrid(
        np.linspace(0, len(ys) - 1, high), np.linspace(0, len(xs) - 1, wide), indexing="ij"
    )
    at = [ndimage.map_coordinates(part, grid, order=1) for part in (row, column)]
    return np.asarray(ndimage.map_coordinates(slopes, at, order=1, cval=0.0), dtype=float)


def add_relief(
    ax: Axes, relief: Relief, map_frame: MapFrame, land: BaseGeometry, order: float
) -> None:
    """Put the shadows on the map, on land alone."""
    shadows, path = shade(relief, map_frame), path_of(land)
    if shadows is None or path is None:
        return
    pixels = np.zeros((*shadows.shape, 4), dtype=np.uint8)
    pixels[..., :3] = (70, 62, 50)  # a warm black
    pixels[..., 3] = np.round(shadows * STRONGEST * 255 / TONE) * TONE
    left, bottom, right, top = map_frame.bounds
    # "none": a PDF takes the pixels as they are, else they would be made anew at 300 dpi.
    image = AxesImage(ax, extent=(left, right, bottom, top), origin="upper", interpolation="none")
    image.set_data(pixels)
    image.set_zorder(order)
    ax.add_artist(image)
    image.set_clip_path(PathPatch(path, transform=ax.transData))
