"""Uncertainty of turning points and tripoints from the accuracy of their base points."""

from __future__ import annotations

import geopandas as gpd
import numpy as np

from shekara.errors import UsageError
from shekara.median.ellipsoid import Floats

# Base points of a turning point in its table: base1_ to base8_.
MOST = 8


def with_uncertainty(points: gpd.GeoDataFrame, accuracy_m: float) -> gpd.GeoDataFrame:
    """The turning points with the standard error ellipses that their base points give them.

    A base point that errs by e along the sight line changes its distance by e, so that the point
    moves by dx with (t_i - t_j) dx = e_i - e_j, where t is the unit vector towards a base point:
    with two base points by (e_1 - e_2) / (2 sin(θ/2)) across the line, θ being the angle between
    the sight lines; with three the covariance follows from both equations. All owners weigh the
    same, and base points err independently.

    Parameters
    ----------
    points
        ``points`` of a `Division`.
    accuracy_m
        Standard deviation of each coordinate of a base point, in metres.

    Returns
    -------
    GeoDataFrame
        With ``sigma_major_m``, ``sigma_minor_m`` and ``sigma_azimuth_deg`` (of the major axis).
        Two base points fix a place across the line only: then the minor axis is across it, and
        the major is infinite.

    Raises
    ------
    UsageError
        The accuracy is no length above zero.
    """
    if not (np.isfinite(accuracy_m) and accuracy_m > 0):
        raise UsageError(f"accuracy: {accuracy_m} m; give a length above zero")
    ellipses = [error_ellipse(_azimuths(row), accuracy_m) for row in points.to_dict("records")]
    major, minor, azimuth = np.array(ellipses).reshape(-1, 3).T
    return points.assign(sigma_major_m=major, sigma_minor_m=minor, sigma_azimuth_deg=azimuth)


def _azimuths(row: dict[str, float]) -> Floats:
    every = [row.get(f"base{n}_azimuth_deg", np.nan) for n in range(1, MOST + 1)]
    return np.array([a for a in every if a is not None and np.isfinite(a)])


def error_ellipse(azimuth_deg: Floats, accuracy_m: float) -> tuple[float, float, float]:
    """Standard error ellipse of the point as far from base points in given directions.

    Parameters
    ----------
    azimuth_deg
        Azimuths (n,) towards the base points; of more than three, the first three count.
    accuracy_m
        Standard deviation of each base point along its sight line, in metres.

    Returns
    -------
    tuple of float
        Half axes in metres, major first, and the azimuth of the major axis in degrees.
    """
    a = np.radians(np.asarray(azimuth_deg, dtype=float)[:3])
    toward = np.stack([np.sin(a), np.cos(a)], axis=1)
    if len(a) < 2:
        return np.nan, np.nan, np.nan
    if len(a) == 2:
        across = toward[0] - toward[1]
        along = np.degrees(np.arctan2(-across[1], across[0])) % 180
        size = float(np.hypot(*across))
        return np.inf, accuracy_m * np.sqrt(2) / size if size else np.inf, float(along)
    jacobian = toward[:2] - toward[2]
    if abs(np.linalg.det(jacobian)) < 1e-12:
        return np.inf, np.inf, np.nan
    inverse = np.linalg.inv(jacobian)
    errors = accuracy_m**2 * np.array([[2.0, 1.0], [1.0, 2.0]])
    values, axes = np.linalg.eigh(inverse @ errors @ inverse.T)
    minor, major = np.sqrt(values)
    return float(major), float(minor), float(np.degrees(np.arctan2(axes[0, 1], axes[1, 1])) % 180)
