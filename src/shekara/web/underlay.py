"""Pictures that lie under a page's map, in the page's own projection: where, and how packed."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypedDict

import numpy as np
from PIL import Image
from pyproj import CRS, Transformer

from shekara.geometry.arrays import Floats
from shekara.pictures import warped
from shekara.scene.pictures import Backdrop
from shekara.web.entries import picture as address

BEYOND = 0.3  # of the extent's size, on each side: what a wide or tall window shows besides
QUALITIES = (60, 45, 30, 20, 10, 1)
RASTER_PX = 1800  # the longer side of a raster in colour
RASTER_COARSE = 16  # pixels between two places whose longitude and latitude are computed
MOST_RASTER_BYTES = 350_000


@dataclass(frozen=True)
class View:
    """The window of a page's picture: its edges in metres, places in a coarse grid, its pixels."""

    bounds: list[int]  # left, bottom, right, top in metres of the page's projection
    lon: Floats
    lat: Floats
    rows: int
    columns: int


class Underlay(TypedDict):
    """What a page is given of a raster."""

    bounds: list[int]
    image: str  # a data address
    opacity: float


def underlay(
    backdrop: Backdrop | None, projection: Mapping[str, object] | None, extent: Sequence[float]
) -> Underlay | None:
    """A raster around an extent, brought into a page's projection; None where it shows nothing.

    Parameters
    ----------
    backdrop
        What the map has.
    projection
        Name and angles (degrees) as PROJ has them; None for Web Mercator.
    extent
        West, south, east, north of the map, degrees.
    """
    if backdrop is None:
        return None
    view = view_of(projection, extent, RASTER_PX, RASTER_COARSE)
    pixels = warped(backdrop.raster, view.lon, view.lat, view.rows, view.columns)
    if pixels is None:
        return None
    image = address(packed(Image.fromarray(pixels, "RGBA"), MOST_RASTER_BYTES))
    return {"bounds": view.bounds, "image": image, "opacity": backdrop.opacity}


def view_of(
    projection: Mapping[str, object] | None, extent: Sequence[float], long_px: int, coarse: int
) -> View:
    """The window around an extent, so many pixels on its longer side."""
    target = CRS.from_epsg(3857)
    if projection is not None:
        angles = " ".join(f"+{key}={value}" for key, value in projection.items())
        target = CRS.from_proj4(f"{angles} +datum=WGS84 +type=crs")
    to_plane = Transformer.from_crs("EPSG:4326", target, always_xy=True)
    left, bottom, right, top = _bounds(to_plane, extent)
    across, up = right - left, top - bottom
    wide, high = (max(2, round(long_px * side / max(across, up))) for side in (across, up))
    x, y = np.meshgrid(
        np.linspace(left, right, max(wide // coarse, 3)),
        np.linspace(top, bottom, max(high // coarse, 3)),
    )
    lon, lat = to_plane.transform(x, y, direction="INVERSE")
    bounds = [round(float(side)) for side in (left, bottom, right, top)]
    return View(bounds, lon, lat, high, wide)


def _bounds(to_plane: Transformer, extent: Sequence[float]) -> tuple[float, float, float, float]:
    west, south, east, north = extent
    lon, lat = np.meshgrid(np.linspace(west, east, 30), np.linspace(south, north, 30))
    x, y = to_plane.transform(lon, np.clip(lat, -89, 89))
    far = np.isfinite(x) & np.isfinite(y)
    left, right, bottom, top = x[far].min(), x[far].max(), y[far].min(), y[far].max()
    more = BEYOND * max(right - left, top - bottom)
    return left - more, bottom - more, right + more, top + more


def packed(picture: Image.Image, most: int) -> bytes:
    """The picture as WebP, as good as the room allows."""
    data = b""
    for quality in QUALITIES:
        buffer = io.BytesIO()
        picture.save(buffer, "WEBP", quality=quality, method=4)
        data = buffer.getvalue()
        if len(data) <= most:
            break
    return data
