"""Longitudes as the whole turns allow: wrapped, run on, compared the short way round."""

from __future__ import annotations

from typing import TypeVar

import numpy as np
import numpy.typing as npt

from shekara.geometry.arrays import Floats

Degrees = TypeVar("Degrees", float, Floats)


def wrap(lon: npt.ArrayLike) -> Floats:
    """Longitudes brought into (-180, 180], so that one place has one longitude."""
    lon = np.asarray(lon, dtype=np.float64)
    inside = (lon > -180) & (lon <= 180)
    wrapped: Floats = np.where(inside, lon, 180.0 - np.mod(180.0 - lon, 360.0))
    return wrapped


def short_way(degrees: Degrees) -> Degrees:
    """A difference of longitudes or azimuths the short way round, in [-180, 180).

    >>> short_way(190.0), short_way(-190.0), short_way(180.0)
    (-170.0, 170.0, -180.0)
    """
    return (degrees + 180.0) % 360.0 - 180.0


def whole_turns(lon: Degrees, middle: float) -> Degrees:
    """The whole turns, in degrees, that bring longitudes to within half a turn of a middle one.

    >>> whole_turns(np.array([-179.0, 10.0]), 178.0).tolist()
    [360.0, 0.0]
    """
    turns: Degrees = np.round((middle - lon) / 360.0)
    return 360.0 * turns


def unroll(lon: npt.ArrayLike) -> Floats:
    """Longitudes that run on without jumps from the first one.

    >>> unroll([179.0, -179.0, 178.0]).tolist()
    [179.0, 181.0, 178.0]
    """
    lon = np.asarray(lon, dtype=float)
    turns = np.round(np.diff(lon, prepend=lon[:1]) / 360.0).cumsum()
    return np.asarray(lon - 360.0 * turns)


def east_of(west: float, east: float) -> float:
    """The eastern side of a box as a longitude that runs on from its western one.

    >>> east_of(170.0, -170.0), east_of(40.0, 90.0)
    (190.0, 90.0)
    """
    return east + 360.0 if east < west else east
