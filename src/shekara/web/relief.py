"""Shaded relief under a page's map: one small picture in the page's own projection."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypedDict

import numpy as np
from PIL import Image

from shekara.relief import shadows
from shekara.scene.model import Relief
from shekara.web.entries import picture as address
from shekara.web.underlay import packed, view_of

LONG_PX = 1300  # the picture's longer side: soft shadows need no more
FADE = 0.07  # of the picture's size: its rim runs out into the plain ground
STRONGEST = 0.42  # of black, on the steepest shadow
COARSE = 24  # pixels between two places whose longitude and latitude are computed
RIM_DEG = 4.0  # where the atlas's picture ends the shadows run out
LEAST = 0.6  # of the extent that must have relief: a part of a map with mountains says that the
# rest is level
MOST_BYTES = 60_000


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
    view = view_of(projection, extent, LONG_PX, COARSE)
    if _share(relief, extent) < LEAST:
        return None
    dark = shadows(relief, view.lon, view.lat, view.rows, view.columns, RIM_DEG)
    if dark is None:
        return None
    ramp = np.minimum(*np.ix_(_ramp(view.rows), _ramp(view.columns)))
    grey = np.round(255 * (1 - STRONGEST * dark * ramp)).astype(np.uint8)
    return {
        "bounds": view.bounds,
        "image": address(packed(Image.fromarray(grey), MOST_BYTES)),
    }


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
