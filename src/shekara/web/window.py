"""What a page shows when it opens, how far a reader can push it, and the part of a shape in it."""

from __future__ import annotations

from collections.abc import Sequence

import shapely
from shapely.errors import GEOSException
from shapely.geometry.base import BaseGeometry

from shekara.geometry.longitudes import east_of

# A map shows at least this much (degrees, about 2 km).
LEAST = 0.02
# How far (share of the extent's longer side) a reader can push the map beyond its extent; the
# background is cut there, since nobody sees it. Wide and tall windows see this much at most.
MARGIN = 1.3


def turned(extent: Sequence[float]) -> tuple[float, float, float, float]:
    """The extent with east beyond west: a map across the antimeridian runs past 180 degrees.

    An extent that is a point gets a little land around it.
    """
    west, south, east, north = extent
    east = east_of(west, east)
    wide, high = (max(0.0, LEAST - (b - a)) / 2 for a, b in ((west, east), (south, north)))
    return (west - wide, south - high, east + wide, north + high)


def framed(extent: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
    """The extent with the margin that a reader can reach around it."""
    west, south, east, north = extent
    reach = max(east - west, north - south) * MARGIN
    return (west - reach, max(-90.0, south - reach), east + reach, min(90.0, north + reach))


def clipped(geometry: BaseGeometry, frame: tuple[float, float, float, float]) -> BaseGeometry:
    """The part of a geometry inside a frame; a frame across the antimeridian has two halves."""
    west, south, east, north = frame
    if east - west >= 360:
        return geometry
    shifts = [turn for turn in (-360.0, 0.0, 360.0) if west < 180 + turn and east > -180 + turn]
    parts = [_cut(geometry, west - turn, south, east - turn, north) for turn in shifts]
    parts = [part for part in parts if not part.is_empty]
    if len(parts) == 1:
        return parts[0]
    return shapely.geometrycollections(parts)


def _cut(
    geometry: BaseGeometry, west: float, south: float, east: float, north: float
) -> BaseGeometry:
    left, low, right, high = geometry.bounds
    if left >= west and low >= south and right <= east and high <= north:
        return geometry
    try:
        return shapely.clip_by_rect(geometry, west, south, east, north)
    except GEOSException:
        # Rings that cross themselves cannot be cut; repaired ones can.
        return shapely.clip_by_rect(shapely.make_valid(geometry), west, south, east, north)
