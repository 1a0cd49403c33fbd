"""Distances, azimuths and positions on the ellipsoid, for many points at once.

All angles are degrees, all lengths metres, all coordinates lon, lat; arrays in, arrays out.
The geodesics are those of PROJ, which are accurate to 15 nm (Karney 2013,
doi:10.1007/s00190-012-0578-z).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
from pyproj import Geod, get_ellps_map

from shekara.errors import UsageError
from shekara.geometry.geocentric import geocentric_m

Floats: TypeAlias = npt.NDArray[np.float64]
Ints: TypeAlias = npt.NDArray[np.int64]
Bools: TypeAlias = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Globe:
    """An ellipsoid of revolution and the geodesic problems on it."""

    geod: Geod

    @cached_property
    def radius(self) -> float:
        """Mean radius in metres, (2a + b)/3."""
        return float((2 * self.geod.a + self.geod.b) / 3)

    def inverse(
        self, lon1: Floats, lat1: Floats, lon2: Floats, lat2: Floats
    ) -> tuple[Floats, Floats, Floats]:
        """Azimuth at 1 towards 2, azimuth at 2 towards 1, and distance."""
        ahead, back, distance = self.geod.inv(lon1, lat1, lon2, lat2)
        return np.asarray(ahead), np.asarray(back), np.asarray(distance)

    def direct(
        self, lon: Floats, lat: Floats, azimuth: Floats, distance: Floats
    ) -> tuple[Floats, Floats, Floats]:
        """Position reached, and the azimuth there that points back to the start."""
        lon2, lat2, back = self.geod.fwd(lon, lat, azimuth, distance)
        return np.asarray(lon2), np.asarray(lat2), np.asarray(back)

    def move(self, lon: Floats, lat: Floats, east: Floats, north: Floats) -> tuple[Floats, Floats]:
        """Each point carried by a vector of its azimuthal equidistant plane."""
        azimuth = np.degrees(np.arctan2(east, north))
        lon2, lat2, _ = self.direct(lon, lat, azimuth, np.hypot(east, north))
        return lon2, lat2

    def between(
        self, lon1: Floats, lat1: Floats, lon2: Floats, lat2: Floats, fraction: Floats | float
    ) -> tuple[Floats, Floats]:
        """Points at a fraction of the way along the geodesics from 1 to 2."""
        ahead, _, distance = self.inverse(lon1, lat1, lon2, lat2)
        lon, lat, _ = self.direct(lon1, lat1, ahead, distance * fraction)
        return lon, lat

    def distance_m(self, lon1: Floats, lat1: Floats, lon2: Floats, lat2: Floats) -> Floats:
        """Geodesic distances in metres."""
        return self.inverse(lon1, lat1, lon2, lat2)[2]

    def geocentric(self, lon: Floats, lat: Floats) -> Floats:
        """Cartesian coordinates (n, 3) in metres of points on the ellipsoid."""
        return geocentric_m(lon, lat, self.geod)

    def conformal(self, lon: Floats, lat: Floats) -> Floats:
        """Unit vectors (n, 3) on the conformal sphere, where small circles stay circles.

        The conformal latitude is that of Karney 2011, doi:10.1007/s00190-011-0445-3, eq. 7-9.
        """
        e = np.sqrt(self.geod.es)
        phi, lam = np.radians(lat), np.radians(lon)
        # At a pole the tangent is 1.6e16, not infinite, and all goes well.
        tau = np.sinh(np.arcsinh(np.tan(phi)) - e * np.arctanh(e * np.sin(phi)))
        chi = np.arctan(tau)
        out: Floats = np.stack(
            [np.cos(chi) * np.cos(lam), np.cos(chi) * np.sin(lam), np.sin(chi)], axis=-1
        )
        return out

    def from_conformal(self, u: Floats) -> tuple[Floats, Floats]:
        """Longitude and latitude of vectors on the conformal sphere (Karney 2011, eq. 19)."""
        lon = np.degrees(np.arctan2(u[..., 1], u[..., 0]))
        across = np.hypot(u[..., 0], u[..., 1])
        tau_chi = u[..., 2] / np.maximum(across, 1e-17)
        e, es = np.sqrt(self.geod.es), self.geod.es
        tau = tau_chi / (1 - es)
        for _ in range(4):
            sine = tau / np.sqrt(1 + tau**2)
            trial = np.sinh(np.arcsinh(tau) - e * np.arctanh(e * sine))
            tau = tau + (tau_chi - trial) / np.sqrt(1 + trial**2) * (1 + (1 - es) * tau**2) / (
                (1 - es) * np.sqrt(1 + tau**2)
            )
        return lon, np.degrees(np.arctan(tau))

    def area_m2(self, lon: npt.ArrayLike, lat: npt.ArrayLike) -> float:
        """Area within one ring of geodesic edges, positive; poles and 180° are no obstacle."""
        return abs(float(self.geod.polygon_area_perimeter(lon, lat)[0]))


def globe(ellipsoid: str = "WGS84") -> Globe:
    """The ellipsoid of that PROJ name.

    Raises
    ------
    UsageError
        PROJ knows no ellipsoid of that name.
    """
    known = get_ellps_map()
    if ellipsoid not in known:
        raise UsageError(
            f"ellipsoid: {ellipsoid!r} is none that PROJ knows; give one of {', '.join(known)}"
        )
    return Globe(Geod(ellps=ellipsoid))


def unit(v: Floats) -> Floats:
    """Vectors scaled to length one."""
    out: Floats = v / np.maximum(np.linalg.norm(v, axis=-1, keepdims=True), 1e-300)
    return out


@dataclass(frozen=True)
class Plane:
    """Oblique stereographic plane of the conformal sphere: conformal, circles stay circles."""

    centre: Floats
    east: Floats
    north: Floats

    @classmethod
    def at(cls, centre: Floats) -> Plane:
        """The plane that touches the sphere at a unit vector."""
        c = unit(centre)
        helper = np.eye(3)[int(np.argmin(np.abs(c)))]
        east = unit(np.cross(helper, c))
        return cls(c, east, np.cross(c, east))

    def project(self, u: Floats) -> Floats:
        """Plane coordinates (n, 2) in units of the sphere's radius."""
        scale = 2 / np.maximum(1 + u @ self.centre, 1e-15)
        out: Floats = np.stack([u @ self.east * scale, u @ self.north * scale], axis=-1)
        return out

    def lift(self, xy: Floats) -> Floats:
        """Unit vectors (n, 3) of plane coordinates."""
        q = (xy**2).sum(axis=-1) / 4
        out: Floats = (
            xy[..., :1] * self.east + xy[..., 1:] * self.north + (1 - q)[..., None] * self.centre
        ) / (1 + q)[..., None]
        return out
