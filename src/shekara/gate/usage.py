"""Where a reference system is used, and which positions lie outside."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from pyproj import CRS

from shekara.geometry.antimeridian import FARTHEST_DEG
from shekara.geometry.arrays import Floats
from shekara.geometry.longitudes import wrap

if TYPE_CHECKING:
    from pyproj._crs import AreaOfUse  # the class of `CRS.area_of_use`, with no public name

LEAST_MARGIN_DEG = 1.0  # an area of use is a box around a country: data may reach a little over
TRUSTED_MARGIN_DEG = 20.0  # where the reader named the system himself


def outside(lonlat: Floats, crs: CRS, named: bool) -> NDArray[np.bool_]:
    """Which positions, degrees (n, 2), lie off the globe or well outside a system's area of use."""
    lon, lat = lonlat[:, 0], lonlat[:, 1]
    with np.errstate(invalid="ignore"):
        off = ~(np.abs(lat) <= 90.0 + 1e-9) | ~(np.abs(lon) <= FARTHEST_DEG)
    area = limits(crs, named)
    if area is None:
        return np.asarray(off)
    wide = area.east - area.west + (360.0 if area.east < area.west else 0.0)
    least = TRUSTED_MARGIN_DEG if named else LEAST_MARGIN_DEG
    side, top = max(least, wide / 2), max(least, (area.north - area.south) / 2)
    middle = area.west + wide / 2
    with np.errstate(invalid="ignore"):
        off |= np.abs(wrap(np.where(np.isfinite(lon), lon, 0.0) - middle)) > wide / 2 + side
        off |= (lat < area.south - top) | (lat > area.north + top)
    return np.asarray(off)


def limits(crs: CRS, named: bool) -> AreaOfUse | None:
    """The area that positions must lie near to; None where they may lie anywhere on the globe."""
    area = _area(crs)
    if area is None or (named and crs.is_geographic):
        return None
    everywhere = area.east - area.west >= 359 and area.north - area.south >= 160
    return None if everywhere else area


@lru_cache
def _area(crs: CRS) -> AreaOfUse | None:
    """The area of use of a system, also where its description leaves out what is known."""
    if crs.area_of_use or crs.is_geographic:
        return crs.area_of_use
    code = crs.to_epsg(min_confidence=70)
    return CRS.from_epsg(code).area_of_use if code else None


def plainly_swapped(box: Floats, crs: CRS) -> bool:
    """Whether positions in a box, (2, 2), are outside a system of angles, and inside if swapped."""
    if not crs.is_geographic or limits(crs, False) is None or not np.isfinite(box).all():
        return False
    corners = np.array([box[0], box[1], [box[0, 0], box[1, 1]], [box[1, 0], box[0, 1]]])
    swapped = corners[:, ::-1]
    return bool(outside(corners, crs, False).all() and not outside(swapped, crs, False).any())
