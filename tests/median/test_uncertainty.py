"""Uncertainty of points: closed forms, and ellipses that cover what Monte Carlo finds."""

from __future__ import annotations

from typing import Any

import geopandas as gpd
import numpy as np
import pytest
import shapely
from pyproj import Geod

from shekara.errors import GeometryError, UsageError
from shekara.median import divide, uncertainty_band
from shekara.median.tables.uncertainty import accuracies_of, error_ellipse, with_uncertainty

GEOD = Geod(ellps="WGS84")


def test_two_opposite_base_points() -> None:
    # Expectation: halfway between opposite points the line errs by s/√2 across, and runs east.
    major, minor, azimuth = error_ellipse(np.array([0.0, 180.0]), 10.0)
    assert minor == pytest.approx(10 / np.sqrt(2))
    assert np.isinf(major)
    assert azimuth == pytest.approx(90)


def meeting_places(
    lon: np.ndarray, lat: np.ndarray, x0: float, y0: float
) -> tuple[np.ndarray, np.ndarray]:
    """Places as far from three points each (n, 3), by Newton's method with PROJ alone."""
    x, y = np.full(len(lon), x0), np.full(len(lon), y0)
    for _ in range(6):
        way, _, far = GEOD.inv(np.repeat(x, 3).reshape(-1, 3), np.repeat(y, 3).reshape(-1, 3),
                               lon, lat)  # fmt: skip
        toward = np.stack([np.sin(np.radians(way)), np.cos(np.radians(way))], axis=2)
        step = np.linalg.solve(toward[:, :2] - toward[:, 2:], (far[:, :2] - far[:, 2:])[..., None])[
            ..., 0
        ]
        x, y, _ = GEOD.fwd(x, y, np.degrees(np.arctan2(*step.T)), np.hypot(*step.T))
    return x, y


@pytest.mark.parametrize("said", ["by owner", "by feature"])
def test_an_ellipse_covers_what_it_says(said: str) -> None:
    # Expectation: of 2,000 tripoints whose base points are shifted at random by 50, 20 and 80 m
    # (each coordinate), 68.3 % lie within 1.515 standard ellipses (chi-squared, 2 degrees): 65 to
    # 71.5 %; along both axes they scatter by one standard deviation, and independently.
    base = np.array([(50.37, 40.33), (52.70, 42.70), (52.85, 39.45)])
    table = gpd.GeoDataFrame({"o": ["A", "B", "C"]}, geometry=shapely.points(base), crs=4326)
    accuracy = {"A": 50.0, "B": 20.0, "C": 80.0}
    given: float | dict[str, float] = accuracy
    if said == "by feature":
        table["accuracy_m"], given = list(accuracy.values()), 999.0
    points = with_uncertainty(divide(table, by="o", sea=shapely.box(51, 40, 53, 42)).points, given)
    row = points[points.kind == "junction"].iloc[0]
    shift = np.random.default_rng(7).normal(0, 1, (2000, 3, 2))
    shift *= np.array([*accuracy.values()])[:, None]
    turn = np.degrees(np.arctan2(shift[..., 0], shift[..., 1]))
    lon, lat = (np.broadcast_to(part, (2000, 3)) for part in base.T)
    lon, lat, _ = GEOD.fwd(lon, lat, turn, np.hypot(shift[..., 0], shift[..., 1]))
    x, y = meeting_places(lon, lat, row.lon, row.lat)
    many = np.ones(2000)
    way, _, away = GEOD.inv(row.lon * many, row.lat * many, x, y)
    angle = np.radians(way - row.sigma_azimuth_deg)
    both = np.column_stack(
        [away * np.cos(angle) / row.sigma_major_m, away * np.sin(angle) / row.sigma_minor_m]
    )
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


def test_a_feature_that_states_its_accuracy_is_taken_at_its_word() -> None:
    # Expectation: half-way between opposite points errors of 30 and 40 m move the line by half of
    # 50 m, those of 30 and 10 m (the owner's, where a feature states none) by half of √1000 m; the
    # standard deviation of the band is the same.
    for stated, size in ((40.0, 50.0), (None, np.sqrt(1000.0))):
        table = gpd.GeoDataFrame(
            {"o": ["A", "B", "B"], "accuracy_m": [30.0, stated, 7.0]},
            geometry=[shapely.Point(0, 0), shapely.Point(2, 0), shapely.Point(3, 0)],
            crs=4326,
        )
        division = divide(table, by="o", sea=shapely.box(0.99, -0.001, 1.01, 0.001))
        band = uncertainty_band(division, 10.0)
        assert band.least_m.iloc[0] == pytest.approx(size / 2, rel=1e-5)
        assert band.accuracy_a_m.iloc[0] == 30.0


@pytest.mark.parametrize("stated", [-1.0, 0.0, "good"])
def test_a_stated_accuracy_that_is_none(stated: object) -> None:
    # Expectation: one message that names the feature, the column and the way out.
    table = gpd.GeoDataFrame(
        {"o": ["A", "B"], "accuracy_m": [stated, None]},
        geometry=[shapely.Point(0, 0), shapely.Point(2, 0)],
        crs=4326,
    )
    with pytest.raises(GeometryError, match=r"feature 0: accuracy_m is .* leave it empty"):
        divide(table, by="o", reach_m=200_000)


def test_a_cape_that_both_owners_share_does_not_widen_the_band() -> None:
    # Expectation: up to the turning point both owners' base point is the cape itself, beyond it
    # their isles: there the closed form s √2 / (2 sin(θ/2)), with PROJ's directions.
    cape, isles = (0.0, 0.0), {"A": (-0.45, 0.8), "B": (0.5, 0.8)}
    shapes = {
        "A": [[(-1, -0.5), (-0.5, -0.5), cape], [(-0.5, 0.75), isles["A"]]],
        "B": [[cape, (0.5, -0.5), (1, -0.5)], [isles["B"], (0.55, 0.83)]],
    }
    shores = gpd.GeoDataFrame(
        {"o": [owner for owner, lines in shapes.items() for _ in lines]},
        geometry=[shapely.LineString(line) for lines in shapes.values() for line in lines],
        crs=4326,
    )
    rim = [(-1, -0.5), (-0.5, -0.5), cape, (0.5, -0.5), (1, -0.5), (1, 1), (-1, 1)]
    sea = gpd.GeoDataFrame(geometry=[shapely.Polygon(rim)], crs=4326)
    result = divide(shores, by="o", sea=sea)
    turn = result.points[result.points.kind == "turning point"].geometry.iloc[0]
    ways = [GEOD.inv(turn.x, turn.y, *isle)[0] for isle in isles.values()]
    expected = 30 * np.sqrt(2) / (2 * np.sin(np.radians(abs(np.subtract(*ways))) / 2))
    assert uncertainty_band(result, 30.0).greatest_m[0] == pytest.approx(expected, rel=1e-3)


def test_a_base_point_known_badly_widens_the_band_where_it_may_take_over() -> None:
    # Expectation: Monte Carlo with PROJ: the place on a meridian as far from the nearer of two
    # rocks, of which one is known to 500 m, as from the coast; two deviations hold 95 % of them
    # about the turning point, as far as the skew of the nearer of two lets a normal law.
    rocks = {5.0: (-0.3, 1.0), 500.0: (0.31, 0.983)}
    shores = gpd.GeoDataFrame(
        {"o": ["A", "A", "B"], "accuracy_m": [*rocks, 5.0]},
        geometry=[
            *map(shapely.Point, rocks.values()),
            shapely.LineString([(-1, 0), (0, 0), (1, 0)]),
        ],
        crs=4326,
    )
    sea = gpd.GeoDataFrame(geometry=[shapely.box(-1, 0.001, 1, 0.999)], crs=4326)
    band = uncertainty_band(divide(shores, by="o", sea=sea), 5.0).geometry[0]
    rng, many = np.random.default_rng(4), 4_000
    degree = GEOD.inv(0, 0, 0, 1)[2]
    drawn = {s: np.array(xy) + rng.normal(0, s / degree, (many, 2)) for s, xy in rocks.items()}
    coast = rng.normal(0, 5.0, many)
    for lon in (-0.03, -0.00732, 0.0, 0.05):
        low, high = np.full(many, 0.01), np.full(many, 0.99)
        for _ in range(30):
            y = (low + high) / 2
            x = np.full(many, lon)
            away = np.min([GEOD.inv(x, y, *xy.T)[2] for xy in drawn.values()], axis=0)
            north = away > GEOD.inv(x, y, x, 0 * y)[2] - coast
            low, high = np.where(north, y, low), np.where(north, high, y)
        assert shapely.contains_xy(band, np.full(many, lon), low).mean() > 0.93
