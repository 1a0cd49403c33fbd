"""Geometry for files: rings and lines cut at the antimeridian, poles drawn as RFC 7946 asks."""

from __future__ import annotations

import numpy as np
import shapely
from shapely.affinity import translate
from shapely.geometry.base import BaseGeometry

from shekara.median.ellipsoid import Floats, Globe


def unwrap_longitude(lon: Floats) -> Floats:
    """Longitudes made continuous from the first on."""
    return np.degrees(np.unwrap(np.radians(lon)))


def line_string(globe: Globe, lon: Floats, lat: Floats) -> BaseGeometry:
    """A LineString, or a MultiLineString where the line crosses 180°."""
    if np.abs(np.diff(lon)).max(initial=0) <= 180:
        return shapely.LineString(np.column_stack([lon, lat]))
    lon, lat = _crossings(globe, unwrap_longitude(lon), lat)
    return fold(shapely.LineString(np.column_stack([lon, lat])))


def polygon(globe: Globe, rings: list[tuple[Floats, Floats]]) -> BaseGeometry:
    """A Polygon, or a MultiPolygon where it crosses 180°, from closed rings, shell first.

    A shell that winds about a pole is carried along the antimeridian to that pole.
    """
    if all(np.abs(np.diff(lon)).max() <= 180 for lon, _ in rings):
        return shapely.Polygon(*_split([np.column_stack(r) for r in rings]))
    shells: list[Floats] = []
    for n, (lon, lat) in enumerate(rings):
        x, y = _crossings(globe, unwrap_longitude(lon), lat)
        if abs(x[-1] - x[0]) > 180:
            x, y = _from_seam(x, y)
            pole = 90.0 if y.mean() > 0 else -90.0
            x = np.concatenate([x, [x[-1], x[0], x[0]]])
            y = np.concatenate([y, [pole, pole, y[0]]])
        if n:
            middle = float(np.mean(shells[0][:, 0]))
            x = x - 360 * np.round((float(np.mean(x)) - middle) / 360)
        shells.append(np.column_stack([x, y]))
    whole = shapely.Polygon(*_split(shells))
    return fold(whole if whole.is_valid else shapely.make_valid(whole))


def _from_seam(x: Floats, y: Floats) -> tuple[Floats, Floats]:
    """A ring that winds about a pole, in continuous longitudes, begun where it crosses 180°."""
    at = np.flatnonzero(np.mod(x[:-1] - 180.0, 360.0) == 0)
    if not len(at):
        return x, y
    start, turn = int(at[0]), x[-1] - x[0]
    x = np.concatenate([x[start:-1], x[:start] + turn, [x[start] + turn]])
    y = np.concatenate([y[start:-1], y[:start], [y[start]]])
    return x - x.min() - 180.0 if np.ptp(x) <= 360 else x, y


def _split(rings: list[Floats]) -> tuple[Floats, list[Floats]]:
    return rings[0], rings[1:]


def _crossings(globe: Globe, lon: Floats, lat: Floats) -> tuple[Floats, Floats]:
    """The points at which geodesic edges cross 180° (or 540° ...), put in."""
    x, y = lon.tolist(), lat.tolist()
    for at in range(len(x) - 2, -1, -1):
        low, high = sorted((x[at], x[at + 1]))
        for edge in (-540.0, -180.0, 180.0, 540.0):
            if low < edge < high:
                y.insert(at + 1, _latitude_at(globe, x[at], y[at], x[at + 1], y[at + 1], edge))
                x.insert(at + 1, edge)
                break
    return np.asarray(x), np.asarray(y)


def _latitude_at(
    globe: Globe, lon1: float, lat1: float, lon2: float, lat2: float, at: float
) -> float:
    """Latitude at which a geodesic crosses a meridian, by halving."""
    course, _, length = globe.geod.inv(lon1, lat1, lon2, lat2)
    low, high = 0.0, length
    rising = lon2 > lon1
    lat = lat1
    for _ in range(60):
        middle = (low + high) / 2
        lon, lat, _ = globe.geod.fwd(lon1, lat1, course, middle)
        lon += 360 * round((lon1 - lon) / 360)
        if (lon < at) == rising:
            low = middle
        else:
            high = middle
    return float(lat)


def fold(shape: BaseGeometry) -> BaseGeometry:
    """A shape in continuous longitudes brought into -180..180, in parts."""
    parts: list[BaseGeometry] = []
    for turn in (-1, 0, 1):
        strip = shapely.box(-180 + 360 * turn, -90, 180 + 360 * turn, 90)
        piece = shapely.intersection(shape, strip)
        for part in shapely.get_parts(piece):
            if shapely.get_dimensions(part) == shapely.get_dimensions(shape) and not part.is_empty:
                parts.append(translate(part, -360.0 * turn))
    if len(parts) == 1:
        return parts[0]
    if shapely.get_dimensions(shape) == 1:
        return shapely.MultiLineString([p for p in parts if isinstance(p, shapely.LineString)])
    return shapely.MultiPolygon([p for p in parts if isinstance(p, shapely.Polygon)])
