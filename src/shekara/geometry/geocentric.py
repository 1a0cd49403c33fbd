"""Positions on the ellipsoid as Cartesian coordinates from the centre of the Earth."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from pyproj import Geod

Floats = NDArray[np.float64]


def geocentric_m(lon: Any, lat: Any, on: Geod) -> Floats:
    """Cartesian coordinates of positions on an ellipsoid, without height.

    Parameters
    ----------
    lon, lat : array_like, (n,)
        Degrees.
    on : pyproj.Geod
        The ellipsoid.

    Returns
    -------
    ndarray, (n, 3)
        Metres: x towards (0° E, 0° N), y towards (90° E, 0° N), z towards the north pole.

    Notes
    -----
    N = a / sqrt(1 − e² sin² φ); x = N cos φ cos λ, y = N cos φ sin λ, z = N (1 − e²) sin φ
    (EPSG method 9602, IOGP Guidance Note 7-2, section 4.1.1).

    Examples
    --------
    >>> geocentric_m([90.0], [0.0], Geod(ellps="WGS84")).round(3) + 0.0
    array([[      0., 6378137.,       0.]])
    """
    phi, lam = np.radians(lat), np.radians(lon)
    across = on.a / np.sqrt(1 - on.es * np.sin(phi) ** 2)
    return np.stack(
        [
            across * np.cos(phi) * np.cos(lam),
            across * np.cos(phi) * np.sin(lam),
            across * (1 - on.es) * np.sin(phi),
        ],
        axis=-1,
    )
