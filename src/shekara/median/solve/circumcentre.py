"""The point at equal distance from three base points, by itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from shekara.errors import GeometryError
from shekara.median.ellipsoid import Floats, Globe, globe, unit


@dataclass(frozen=True)
class EquidistantPoint:
    """Position in degrees, common distance and greatest difference of distances in metres."""

    lon: float
    lat: float
    distance_m: float
    residual_m: float


def equidistant_point(
    base_points: Sequence[tuple[float, float]], *, ellipsoid: str = "WGS84"
) -> EquidistantPoint:
    """The point as far from each of three base points (lon, lat), on the ellipsoid.

    The planar circumcentre is found in the azimuthal equidistant plane of the last trial point
    until it stays (Karney 2011, arXiv:1102.1215, section 14); two or three rounds suffice.

    >>> point = equidistant_point([(50.37, 40.33), (52.70, 42.70), (52.85, 39.45)])
    >>> round(point.lon, 9), round(point.lat, 9), round(point.distance_m, 3)
    (52.32886576, 41.062551367, 184462.949)

    Raises
    ------
    GeometryError
        Not three places, or three on one line, or nearly so that no point within
        a quarter of the way round the globe is as far from all.
    """
    at = np.array([(float(x), float(y)) for x, y in base_points])
    if at.shape != (3, 2) or not np.isfinite(at).all() or np.abs(at[:, 1]).max() > 90:
        raise GeometryError("base points: give three places as (longitude, latitude) in degrees")
    earth = globe(ellipsoid)
    u = earth.conformal(at[:, 0], at[:, 1])
    normal = np.cross(u[1] - u[0], u[2] - u[0])
    longest = max(float(np.linalg.norm(u[i] - u[j])) for i, j in ((0, 1), (0, 2), (1, 2)))
    if np.linalg.norm(normal) <= 1e-12 * longest**2 or longest == 0:
        raise GeometryError("base points: they lie on one line or coincide; give a triangle")
    normal = unit(normal) * np.sign(normal @ u.sum(axis=0))
    lon, lat = (float(x[0]) for x in earth.from_conformal(normal[None]))
    return _centred(earth, at, lon, lat)


def _centred(earth: Globe, at: Floats, lon: float, lat: float) -> EquidistantPoint:
    step = np.inf
    for _ in range(30):
        here = np.full(3, lon), np.full(3, lat)
        azimuth, _, distance = earth.inverse(*here, at[:, 0], at[:, 1])
        if step < 1e-8:
            break
        angle = np.radians(azimuth)
        p = np.stack([distance * np.sin(angle), distance * np.cos(angle)], axis=1)
        # Circumcentre: |c - p0| = |c - pk|, two linear equations.
        matrix = 2 * (p[1:] - p[0])
        right = (p[1:] ** 2).sum(axis=1) - (p[0] ** 2).sum()
        centre = np.linalg.solve(matrix, right)
        step = float(np.hypot(*centre))
        if step > 2e7:
            break
        moved = earth.move(here[0][:1], here[1][:1], centre[:1], centre[1:])
        lon, lat = float(moved[0][0]), float(moved[1][0])
    if step >= 1e-8 or distance.max() > 1.1e7:
        raise GeometryError(
            "base points: no point within a quarter of the way round the globe is as far from all "
            "three; they lie nearly on one line"
        )
    return EquidistantPoint(lon, lat, float(distance.mean()), float(np.ptp(distance)))
