"""Shaded relief under the tints of a map: its shadows darken the land by at most a third."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from matplotlib.axes import Axes
from shapely.geometry.base import BaseGeometry

from shekara.pictures import last_saved
from shekara.relief import Shade, pixels_per_degree, shadows
from shekara.scene.model import Relief
from shekara.sheet.map.frame import MapFrame
from shekara.sheet.map.picture import add_picture, places
from shekara.sheet.map.projected import path_of
from shekara.sheet.paper.paper import INCH_MM

MOST_DPI = 120.0  # soft shadows need no more, and a book of them stays small
LEAST_DPI = 72.0  # a coarser picture is smoothed to this, so that no pixel is seen
TONE = 6  # steps of opacity, of 255: finer ones are not seen and do not pack
STRONGEST = 0.34  # of black, on the steepest shadow
MOST_BARE = 0.6  # of the map, that the picture must cover: mountains here and none there mislead
COARSE = 24  # pixels between two places whose longitude and latitude are computed


def shade(relief: Relief, map_frame: MapFrame) -> Shade | None:
    """The shadows of a map frame, rows from the top, 0 to 1; None where the picture has nothing."""
    return _shade(relief, last_saved(relief.path), map_frame)


@lru_cache(maxsize=4)
def _shade(relief: Relief, _saved: tuple[int, int], map_frame: MapFrame) -> Shade | None:
    # No finer than the picture: a degree of latitude is about 111 km of ground.
    finest = 1.3 * pixels_per_degree(relief) / 111_000 / map_frame.mm_per_m * INCH_MM
    dpi = min(MOST_DPI, max(finest, LEAST_DPI))
    lon, lat, (high, wide) = places(map_frame, dpi, COARSE)
    west, south, east, north = relief.bounds
    seen = np.isfinite(lon) & np.isfinite(lat)
    turned = (np.where(seen, lon, west) - west) % 360
    there = seen & (turned <= east - west) & (lat >= south) & (lat <= north)
    if there.sum() < MOST_BARE * max(seen.sum(), 1):
        return None
    return shadows(relief, lon, lat, high, wide)


def add_relief(
    ax: Axes, relief: Relief, map_frame: MapFrame, land: BaseGeometry, order: float
) -> None:
    """Put the shadows on the map, on land alone."""
    darkness, path = shade(relief, map_frame), path_of(land)
    if darkness is None or path is None:
        return
    pixels = np.zeros((*darkness.shape, 4), dtype=np.uint8)
    pixels[..., :3] = (70, 62, 50)  # a warm black
    pixels[..., 3] = np.round(darkness * STRONGEST * 255 / TONE) * TONE
    add_picture(ax, pixels, map_frame, path, order)
