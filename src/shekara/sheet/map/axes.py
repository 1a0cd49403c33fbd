"""The axes of a map: in projected metres, and what is put on them later lies upon the rest."""

from __future__ import annotations

import cartopy.crs as ccrs
from cartopy.mpl.geoaxes import GeoAxes

from shekara.sheet.map.frame import MapFrame

GROUND_DEPTH = 10.0  # beneath it lie matplotlib's own parts of axes


class PageProjection(ccrs.Projection):  # type: ignore[misc]
    """The sheet's projection as cartopy knows it, so that an author can draw on in lon lat."""

    def __init__(self, map_frame: MapFrame):
        ccrs.CRS.__init__(self, map_frame.crs.to_wkt())
        left, bottom, right, top = map_frame.bounds
        self.bounds = (left, right, bottom, top)
        self.threshold = min(right - left, top - bottom) / 1000


class MapAxes(GeoAxes):  # type: ignore[misc]
    """Axes that count how deep what is on them lies."""

    _depth = GROUND_DEPTH

    def next_depth(self) -> float:
        """The depth above all that is on the map.

        matplotlib makes a list of all artists to count them, which takes the square of their
        number.
        """
        self._depth += 1
        return self._depth
