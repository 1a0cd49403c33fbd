"""The sheet's projection as the page's program knows it: a name and its angles, or none."""

from __future__ import annotations

import warnings
from collections.abc import Sequence

from pyproj import CRS

from shekara.geometry.longitudes import whole_turns
from shekara.scene.model import Projection

# What assets/projection.js has in closed form, with the angles that each takes.
ANGLES = {
    "aea": ("lat_1", "lat_2", "lat_0", "lon_0"),
    "eqdc": ("lat_1", "lat_2", "lat_0", "lon_0"),
    "lcc": ("lat_1", "lat_2", "lat_0", "lon_0"),
    "laea": ("lat_0", "lon_0"),
    "cea": ("lat_ts", "lon_0"),
    "eqearth": ("lon_0",),
}
# A zoom level shows as much as it would in Mercator at the middle of the map, but never less than
# a quarter of it.
STEEPEST_DEG = 75.0


def page_projection(projection: Projection, extent: Sequence[float]) -> dict[str, object] | None:
    """Name and angles (degrees) of a projection, and the latitude that a zoom is true at.

    Parameters
    ----------
    projection
        The projection of the map's sheet.
    extent
        West, south, east, north in degrees; east beyond west, past 180° where the map runs over it.

    Returns
    -------
    dict or None
        None where the page draws Web Mercator: the map says so, or names a projection that the
        page's program has not.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # PROJ's strings say less than WKT; the angles are there
        parameters = CRS.from_user_input(projection.definition).to_dict()
    name = parameters.get("proj")
    if name not in ANGLES:
        return None
    angles = {key: float(parameters.get(key, 0.0)) for key in ANGLES[name]}
    # The page's shapes run on over 180° around the extent; the middle meridian stands among them.
    centre = (extent[0] + extent[2]) / 2
    angles["lon_0"] += whole_turns(angles["lon_0"], centre)
    if name in ("aea", "eqdc", "lcc") and "lat_2" not in parameters:
        angles["lat_2"] = angles["lat_1"]
    middle = (extent[1] + extent[3]) / 2
    middle = max(-STEEPEST_DEG, min(STEEPEST_DEG, middle))
    return {"projection": {"proj": name, **angles}, "middle": middle}
