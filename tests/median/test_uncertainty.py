"""Uncertainty of points: closed forms, and ellipses that cover what Monte Carlo finds."""

from __future__ import annotations

from typing import Any

import geopandas as gpd
import numpy as np
import pytest
import shapely
from pyproj import Geod

from shekara.errors import UsageError
from shekara.median import divide, equidistant_point
from shekara.median.tables.uncertainty import accuracies_of, error_ellipse, with_uncertainty

GEOD = Geod(ellps="WGS84")


def test_two_opposite_base_points() -> None:
    # Expectation: halfway between opposite points the line errs by s/√2 across, and runs east.
    major, minor, azimuth = error_ellipse(np.array([0.0, 180.0]), 10.0)
    assert minor == pytest.approx(10 / np.sqrt(2))
    assert np.isinf(major)
    assert azimuth == pytest.approx(90)


def test_an_ellipse_covers_what_it_says() -> None:
    # Expectation: of 2,000 tripoints whose base points are shifted at random by 50, 20 and 80 m
    # (each coordinate), 68.3 % lie within 1.515 standard ellipses (chi-squared, 2 degrees): 65 to
    # 71.5 %; along both axes they scatter by one standard deviation, and independently.
    base = np.array([(50.37, 40.33), (52.70, 42.70), (52.85, 39.45)])
    table = gpd.GeoDataFrame({"o": ["A", "B", "C"]}, geometry=shapely.points(base), crs=4326)
    accuracy = {"A": 50.0, "B": 20.0, "C": 80.0}
    points = with_uncertainty(
        divide(table, by="o", sea=shapely.box(51, 40, 53, 42)).points, accuracy
    )
    row = points[points.kind == "junction"].iloc[0]
    rng = np.random.default_rng(7)
    scaled = []
    for _ in range(2000):
        shift = rng.normal(0, 1, (3, 2)) * np.array([*accuracy.values()])[:, None]
        azimuth = np.degrees(np.arctan2(shift[:, 0], shift[:, 1]))
        lon, lat, _ = GEOD.fwd(base[:, 0], base[:, 1], azimuth, np.hypot(shift[:, 0], shift[:, 1]))
        moved = equidistant_point(list(zip(lon, lat, strict=True)))
        way, _, away = GEOD.inv(row.lon, row.lat, moved.lon, moved.lat)
        angle = np.radians(way - row.sigma_azimuth_deg)
        scaled.append(
            (away * np.cos(angle) / row.sigma_major_m, away * np.sin(angle) / row.sigma_minor_m)
        )
    both = np.array(scaled)
    assert both.std(axis=0) == pytest.approx([1, 1], abs=0.06)
    assert abs(np.corrcoef(both.T)[0, 1]) < 0.08
    assert 0.65 < (np.hypot(both[:, 0], both[:, 1]) < np.sqrt(2.2958)).mean() < 0.715


def test_weights_and_accuracies_of_two_opposite_base_points() -> None:
    # Expectation: in line with both, d1/2 = d2 moves by (e1 - 2 e2) / 3.
    _, minor, _ = error_ellipse(np.array([0.0, 180.0]), np.array([10.0, 40.0]), np.array([2.0, 1]))
    assert minor == pytest.approx(np.hypot(10, 80) / 3)


@pytest.mark.parametrize(
    ("accuracy", "message"),
    [(0.0, "above zero"), ({"A": 1.0}, "none for B"), ({"A": 1.0, "B": 2.0, "X": 1.0}, "no owner")],
)
def test_an_accuracy_that_is_none(accuracy: Any, message: str) -> None:
    # Expectation: zero, an owner without and a name that is no owner's are refused.
    with pytest.raises(UsageError, match=message):
        accuracies_of(["A", "B"], accuracy)
