"""Shaded relief under a page's map: one small picture in the page's own projection."""

from __future__ import annotations

import base64
import io
from collections.abc import Mapping, Sequence
from typing import TypedDict

import numpy as np
from PIL import Image
from pyproj import CRS, Transformer

from shekara.relief import shadows
from shekara.scene.model import Relief

LONG_PX = 1300  # the picture's longer side: soft shadows need no more
BEYOND = 0.3  # of the extent's size, on each side: what a wide or tall window shows besides
FADE = 0.07  # of the picture's size: its rim runs out into the plain ground
STRONGEST = 0.42  # of black, on the steepest shadow
COARSE = 24  # pixels between two places whose longitude and latitude are computed
RIM_DEG = 4.0  # where the atlas's picture ends the shadows run out
LEAST = 0.6  # of the extent that must have relief: a part of a map with mountains says that the
# rest is level
MOST_BYTES = 60_000
QUALITIES = (60, 45, 30, 20, 10, 1)


class Backdrop(TypedDict):
    """What a page is given of the relief."""

    bounds: list[int]  # left, bottom, right, top in metres of the page's projection
    image: str  # a data address: grey, white where there is no shadow


def backdrop(
    relief: Relief | None,
    projection: Mapping[str, object] | None,
    extent: Sequence[float],
) -> Backdrop | None:
    """The relief around an extent, brought into a page's projection.

    Parameters
    ----------
    relief : Relief or None
        What the map has.
    projection : mapping or None
        Name and angles (degrees) as PROJ has them; None for Web Mercator.
    extent : sequence of float
        West, south, east, north of the map, degrees.

    Returns
    -------
    Backdrop or None
        None where there is no relief or it shows too little of the extent.
    """
    if relief is None:
        return None
    target = CRS.from_epsg(3857)
    if projection is not None:
        angles = " ".join(f"+{key}={value}" for key, value in projection.items())
        target = CRS.from_proj4(f"{angles} +datum=WGS84 +type=crs")
    to_plane = Transformer.from_crs("EPSG:4326", target, always_xy=True)
    left, bottom, right, top = _bounds(to_plane, extent)
    across, up = right - left, top - bottom
    wide, high = (max(2, round(LONG_PX * side / max(across, up))) for side in (across, up))
    x, y = np.meshgrid(
        np.linspace(left, right, max(wide // COARSE, 3)),
        np.linspace(top, bottom, max(high // COARSE, 3)),
    )
    lon, lat = to_plane.transform(x, y, direction="INVERSE")
    if _share(relief, extent) < LEAST:
        return None
    dark = shadows(relief, lon, lat, high, wide, RIM_DEG)
    if dark is None:
        return None
    ramp = np.minimum(*np.ix_(_ramp(high), _ramp(wide)))
    grey = np.round(255 * (1 - STRONGEST * dark * ramp)).astype(np.uint8)
    coded = base64.b64encode(_packed(Image.fromarray(grey))).decode("ascii")
    return {
        "bounds": [round(float(side)) for side in (left, bottom, right, top)],
        "image": f"data:image/webp;base64,{coded}",
    }


def _bounds(to_plane: Transformer, extent: Sequence[float]) -> tuple[float, float, float, float]:
    west, south, east, north = extent
    lon, lat = np.meshgrid(np.linspace(west, east, 30), np.linspace(south, north, 30))
    x, y = to_plane.transform(lon, np.clip(lat, -89, 89))
    far = np.isfinite(x) & np.isfinite(y)
    left, right, bottom, top = x[far].min(), x[far].max(), y[far].min(), y[far].max()
    more = BEYOND * max(right - left, top - bottom)
    return left - more, bottom - more, right + more, top + more


def _share(relief: Relief, extent: Sequence[float]) -> float:
    """How much of an extent, in degrees, the relief's picture shows."""
    west, south, east, north = extent
    left, low, right, high = relief.bounds
    shift = 360.0 * round(((west + east) - (left + right)) / 720)
    across = min(east, right + shift) - max(west, left + shift)
    return (
        max(0, across)
        * max(0, min(north, high) - max(south, low))
        / ((east - west) * (north - south))
    )


def _ramp(count: int) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """From 0 at both ends to 1 within the rim."""
    place = np.arange(count) / max(count - 1, 1)
    return np.clip(np.minimum(place, 1 - place) / FADE, 0, 1)


def _packed(picture: Image.Image) -> bytes:
    """The picture as WebP, as good as the room allows."""
    packed = b""
    for quality in QUALITIES:
        buffer = io.BytesIO()
        picture.save(buffer, "WEBP", quality=quality, method=4)
        packed = buffer.getvalue()
        if len(packed) <= MOST_BYTES:
            break
    return packed
