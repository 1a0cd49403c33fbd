"""Shadows of a picture of relief, brought onto places of the globe: for the sheet and for the page.

Only what the picture has of slopes is kept: the broad light and dark of its land is taken out
(a high pass), and its waters have no shadow.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from scipy import ndimage

from shekara.pictures import last_saved
from shekara.scene.model import Relief

HIGH_PASS_PX = 40  # what is broader than this is no slope
SLOPE = 70.0  # steps of grey that make the strongest shadow
LEVEL, BRIGHT = 9, 196  # steps of grey: how water differs from land in the picture
RIM_PX = 5  # from the middle of level water to where the land is clear of it
SMOOTH_PX = 0.6  # against the blocks of a compressed picture

Shade = NDArray[np.float64]
Grey = NDArray[np.float32]


def slopes(path: str) -> Shade:
    """How dark each pixel of the picture is beside its surroundings, 0 to 1."""
    return _slopes(path, last_saved(path))


@lru_cache(maxsize=2)
def _slopes(path: str, _saved: tuple[int, int]) -> Shade:
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


def pixels_per_degree(relief: Relief) -> float:
    """How fine the picture is."""
    west, _, east, _ = relief.bounds
    return float(slopes(relief.path).shape[1] / (east - west))


def shadows(
    relief: Relief, lon: Shade, lat: Shade, rows: int, columns: int, rim: float = 0.0
) -> Shade | None:
    """The shadows of a picture that is to be made, 0 to 1.

    Parameters
    ----------
    relief : Relief
        The picture that is there.
    lon, lat : array
        Longitude and latitude in degrees, in a coarse grid over the picture that is to be made,
        rows from the top; not finite where the globe has no such place.
    rows, columns : int
        Size of the picture that is to be made, pixels.
    rim : float
        Degrees within which the shadows run out towards the edges of the picture that is there.

    Returns
    -------
    array or None
        None where the picture that is there shows nothing of it.
    """
    known = slopes(relief.path)
    west, south, east, north = relief.bounds
    seen = np.isfinite(lon) & np.isfinite(lat)
    lon = west + (np.where(seen, lon, west) - west) % 360
    seen &= (lon <= east) & (lat >= south) & (lat <= north)
    if not seen.any():
        return None
    column = np.where(seen, (lon - west) * pixels_per_degree(relief) - 0.5, -1e6)
    row = np.where(seen, (north - lat) / (north - south) * known.shape[0] - 0.5, -1e6)
    at = [_finer(part, rows, columns) for part in (row, column)]
    shade = np.asarray(ndimage.map_coordinates(known, at, order=1, cval=0.0), dtype=float)
    if not rim:
        return shade
    inside = np.minimum.reduce([lon - west, east - lon, lat - south, north - lat])
    left = np.where(seen, np.clip(inside / rim, 0, 1), 0)
    return np.asarray(shade * _finer(left, rows, columns), dtype=float)


def _finer(values: Shade, rows: int, columns: int) -> Shade:
    """A coarse grid brought to so many rows and columns, straight between its places."""
    down, across = _between(values.shape[0], rows), _between(values.shape[1], columns)
    return np.asarray(down @ values @ across.T)


def _between(coarse: int, fine: int) -> Shade:
    """What each of so many coarse places gives to each fine one, shape (fine, coarse)."""
    at = np.linspace(0, coarse - 1, fine)
    return np.asarray(np.maximum(0.0, 1 - np.abs(at[:, None] - np.arange(coarse))))
