"""Geocentric positions against PROJ's own conversion, and units by definition."""

from __future__ import annotations

import numpy as np
import pytest
from pyproj import Geod, Transformer

from shekara.geometry.geocentric import geocentric_m
from shekara.geometry.units import AREAS_M2, LENGTHS_M


def test_positions_are_those_of_epsg_4978() -> None:
    lon, lat = np.array([10.0, -75.5, 180, 0]), np.array([50.0, -33.2, 0, 90])
    there = Transformer.from_crs(4979, 4978, always_xy=True).transform(lon, lat, np.zeros(4))
    ours = geocentric_m(lon, lat, Geod(ellps="WGS84"))
    assert ours == pytest.approx(np.column_stack(there), abs=1e-6)


def test_units_are_those_of_the_si_brochure() -> None:
    assert LENGTHS_M["M"] == LENGTHS_M["nmi"] == 1852
    assert AREAS_M2 == {"m2": 1, "ha": 10_000, "km2": 1_000_000}
