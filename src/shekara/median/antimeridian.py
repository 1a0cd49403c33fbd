"""Geometry for files: rings and lines cut at the antimeridian, poles drawn as RFC 7946 asks."""

from __future__ import annotations

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from shekara.geometry.antimeridian import read
from shekara.geometry.longitudes import wrap
from shekara.median.ellipsoid import Floats, Globe


def line_string(globe: Globe, lon: Floats, lat: Floats) -> BaseGeometry:
    """A LineString, or a MultiLineString where the line crosses 180°."""
    return read(shapely.LineString(np.column_stack([lon, lat])), globe.geod).geometry


def polygon(globe: Globe, rings: list[tuple[Floats, Floats]]) -> BaseGeometry:
    """A Polygon, or a MultiPolygon where it crosses 180°, from closed rings, shell first.

    A shell that winds about a pole is carried along the antimeridian to that pole; so is a hole,
    which then leaves a band.
    """
    shell, *holes = (np.column_stack(ring) for ring in rings)
    shape = shapely.Polygon(shell, holes)
    if all(np.abs(np.diff(lon)).max() <= 180 for lon, _ in rings):
        return shape
    around = [_winds(hole) for hole in holes]
    if not any(around):
        return read(shape, globe.geod, frames=False).geometry
    plain = [hole for hole, winds in zip(holes, around, strict=True) if not winds]
    out = read(shapely.Polygon(shell, plain), globe.geod, frames=False).geometry
    for hole in (hole for hole, winds in zip(holes, around, strict=True) if winds):
        out = shapely.difference(
            out, read(shapely.Polygon(hole), globe.geod, frames=False).geometry
        )
    return out


def _winds(ring: Floats) -> bool:
    """Whether a closed ring runs round a pole."""
    return bool(abs(wrap(np.diff(ring[:, 0])).sum()) > 180)
