"""Where an edge crosses a meridian: along its geodesic, or straight in longitude and latitude."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from pyproj import Geod

from shekara.geometry.longitudes import whole_turns

HALVINGS = 60  # of at most half the Earth's circumference: far below a nanometre


def at_meridian(
    start: NDArray[np.float64], end: NDArray[np.float64], meridian: float, on: Geod | None
) -> float:
    """Latitude at which the edge from `start` to `end` crosses a meridian between them.

    Parameters
    ----------
    start, end : ndarray, (2,)
        Longitude and latitude in degrees; longitudes run on (179, 181).
    meridian : float
        Degrees, between the two longitudes.
    on : pyproj.Geod or None
        The ellipsoid of a geodesic edge; None for one straight in longitude and latitude.

    Returns
    -------
    float
        Degrees.

    Examples
    --------
    >>> at_meridian(np.array([179.0, 10.0]), np.array([181.0, 12.0]), 180.0, None)
    11.0
    """
    (lon1, lat1), (lon2, lat2) = start, end
    if on is None or abs(lat1) >= 90.0 or abs(lat2) >= 90.0:
        share = (meridian - lon1) / (lon2 - lon1)
        return float(lat1 + share * (lat2 - lat1))
    course, _, length = on.inv(lon1, lat1, lon2, lat2)
    low, high = 0.0, float(length)
    rising = lon2 > lon1
    lat = float(lat1)
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        lon, lat, _ = on.fwd(lon1, lat1, course, middle)
        lon += whole_turns(lon, lon1)
        if (lon < meridian) == rising:
            low = middle
        else:
            high = middle
    return float(lat)
