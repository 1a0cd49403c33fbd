"""Zones: what lies between the equator and a latitude, for each radian of longitude."""

from __future__ import annotations

import numpy as np
from pyproj import Geod

from shekara.geometry.arrays import Floats

TERMS = 6  # e² is below 0.007: the seventh term is below 1e-16


def zone_m2(sin_phi: Floats, on: Geod) -> Floats:
    """Area from the equator to a latitude, for each radian of longitude.

    b²/2·(s/(1 − e² s²) + artanh(e s)/e) with s = sin φ (Snyder, Map projections, USGS Professional
    Paper 1395, equation 3-12).
    """
    square = on.es * sin_phi**2
    return np.asarray(on.b**2 / 2 * sin_phi * (1 / (1 - square) + artanh_share(square)))


def artanh_share(square: Floats) -> Floats:
    """artanh(x)/x = 1 + x²/3 + x⁴/5 + …"""
    series = square / (2 * TERMS + 1)
    for power in range(TERMS - 1, 0, -1):
        series += 1 / (2 * power + 1)
        series *= square
    series += 1
    return series
