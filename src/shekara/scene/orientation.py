"""How the sheets of an atlas lie: all alike, upright or across, so that they make one book."""

from __future__ import annotations

import math

from shekara.atlas import Atlas
from shekara.scene.projection import Extent, centre_deg, width_deg

# Width and height of the map on an A4 page that lies and on one that stands, mm.
LANDSCAPE, PORTRAIT = (279.0, 150.0), (192.0, 235.0)


def orientation(atlas: Atlas) -> str:
    """ "landscape" or "portrait": as the maps of an atlas are largest together.

    "" where all maps say it themselves or there is only one: that lies as it is largest.

    Parameters
    ----------
    atlas
        A loaded atlas.
    """
    files = [item.file for item in atlas.maps.values()]
    extents = [file.extent for file in files if file.sheet.orientation is None]
    if len(files) < 2 or not extents:
        return ""
    gains = [
        _log_scale(PORTRAIT, (west, south, east, north))
        - _log_scale(LANDSCAPE, (west, south, east, north))
        for west, south, east, north in extents
    ]
    return "portrait" if sum(gains) > 0 else "landscape"


def _log_scale(page: tuple[float, float], extent: Extent) -> float:
    """How large an extent is on a page: the logarithm of millimetres for a degree of latitude."""
    _, south, _, north = extent
    wide = width_deg(extent) * math.cos(math.radians(centre_deg(extent)[1]))
    return math.log(min(page[0] / max(wide, 1e-9), page[1] / max(north - south, 1e-9)))
