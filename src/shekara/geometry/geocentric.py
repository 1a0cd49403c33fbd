"""Positions on the ellipsoid as Cartesian coordinates from the centre of the Earth."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from pyproj import Geod

from shekara.geometry.arrays import Floats


def geocentric_m(lon: npt.ArrayLike, lat: npt.ArrayLike, on: Geod) -> Floats:
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


def lonlat_deg(xyz_m: Floats, on: Geod) -> Floats:
    """Longitude and latitude of Cartesian positions on an ellipsoid, (n, 2), degrees.

    The way back of `geocentric_m`. A position that lies a little below, as on a chord of some
    kilometres, keeps its direction to a millionth of its depth.

    Examples
    --------
    >>> lonlat_deg(geocentric_m([63.0], [46.0], Geod(ellps="WGS84")), Geod(ellps="WGS84")).round(9)
    array([[63., 46.]])
    """
    x, y, z = np.moveaxis(xyz_m, -1, 0)
    lat = np.arctan2(z, (1 - on.es) * np.hypot(x, y))
    return np.asarray(np.degrees(np.stack([np.arctan2(y, x), lat], axis=-1)))
