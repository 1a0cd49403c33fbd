"""Uncertainty of turning points and tripoints from the accuracy of their base points."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import geopandas as gpd
import numpy as np

from shekara.errors import UsageError
from shekara.median.ellipsoid import Floats

# Base points of a turning point in its table: base1_ to base8_.
MOST = 8


def accuracies_of(
    owners: Sequence[str], accuracy_m: float | Mapping[str, float]
) -> dict[str, float]:
    """The standard deviation of every owner's base points, in metres.

    Raises
    ------
    UsageError
        One is no length above zero, an owner has none, or a name is no owner's.
    """
    given = accuracy_m if isinstance(accuracy_m, Mapping) else dict.fromkeys(owners, accuracy_m)
    for name, value in given.items():
        if name not in owners:
            raise UsageError(f"accuracy: no owner {name!r}; owners: {', '.join(owners)}")
        if not (np.isfinite(value) and value > 0):
            raise UsageError(f"accuracy: {value} m; give a length above zero")
    lacking = [name for name in owners if name not in given]
    if lacking:
        raise UsageError(
            f"accuracy: none for {', '.join(lacking)}; give METRES for all, or OWNER=METRES each"
        )
    return dict(given)


def with_uncertainty(
    points: gpd.GeoDataFrame,
    accuracy_m: float | Mapping[str, float],
    weight: Mapping[str, float] | None = None,
) -> gpd.GeoDataFrame:
    """The turning points with the standard error ellipses that their base points give them.

    A base point that errs by e along the sight line changes its distance by e, so that the point
    moves by dx with (t_i/w_i - t_j/w_j) dx = e_i/w_i - e_j/w_j, where t is the unit vector towards
    a base point and w the weight of its owner: with two base points of one accuracy and weight by
    (e_1 - e_2) / (2 sin(θ/2)) across the line, θ being the angle between the sight lines; with
    three the covariance follows from both equations. Base points err independently.

    Parameters
    ----------
    points
        ``points`` of a `Division`.
    accuracy_m
        Standard deviation of each coordinate of a base point, in metres: one for all, or one for
        each owner. Where shores state their own (a column ``accuracy_m``), that counts instead.
    weight
        Weights of owners, where an equiratio line was asked for.

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
    rows = points.to_dict("records")
    based = [_bases(row) for row in rows]
    owners = sorted({owner for bases in based for owner, _, _ in bases})
    known = accuracies_of(owners, accuracy_m) if not isinstance(accuracy_m, Mapping) else accuracy_m
    weights = weight or {}
    ellipses = [
        error_ellipse(
            np.array([azimuth for _, azimuth, _ in bases]),
            np.array([stated or known[owner] for owner, _, stated in bases]),
            np.array([weights.get(owner, 1.0) for owner, _, _ in bases]),
        )
        for bases in based
    ]
    major, minor, azimuth = np.array(ellipses).reshape(-1, 3).T
    return points.assign(sigma_major_m=major, sigma_minor_m=minor, sigma_azimuth_deg=azimuth)


def _bases(row: Mapping[str, object]) -> list[tuple[str, float, float | None]]:
    """Owner, azimuth and stated accuracy of each base point of a turning point."""
    out = []
    for n in range(1, MOST + 1):
        azimuth, stated = row.get(f"base{n}_azimuth_deg"), row.get(f"base{n}_accuracy_m")
        if isinstance(azimuth, float) and np.isfinite(azimuth):
            known = stated if isinstance(stated, float) and np.isfinite(stated) else None
            out.append((str(row.get(f"base{n}_owner")), azimuth, known))
    return out


def error_ellipse(
    azimuth_deg: Floats, accuracy_m: Floats | float, weight: Floats | float = 1.0
) -> tuple[float, float, float]:
    """Standard error ellipse of the point as far from base points in given directions.

    Parameters
    ----------
    azimuth_deg
        Azimuths (n,) towards the base points; of more than three, the first three count.
    accuracy_m
        Standard deviation of each base point (n,) along its sight line, in metres, or of all.
    weight
        Weight of the owner of each base point (n,), or of all.

    Returns
    -------
    tuple of float
        Half axes in metres, major first, and the azimuth of the major axis in degrees.
    """
    a = np.radians(np.asarray(azimuth_deg, dtype=float)[:3])
    if len(a) < 2:
        return np.nan, np.nan, np.nan
    heavy = np.broadcast_to(weight, np.shape(azimuth_deg))[:3]
    spread = np.broadcast_to(accuracy_m, np.shape(azimuth_deg))[:3] / heavy
    toward = np.stack([np.sin(a), np.cos(a)], axis=1) / heavy[:, None]
    if len(a) == 2:
        across = toward[0] - toward[1]
        along = np.degrees(np.arctan2(-across[1], across[0])) % 180
        size = float(np.hypot(*across))
        return np.inf, float(np.hypot(*spread)) / size if size else np.inf, float(along)
    jacobian = toward[:2] - toward[2]
    if abs(np.linalg.det(jacobian)) < 1e-12:
        return np.inf, np.inf, np.nan
    inverse = np.linalg.inv(jacobian)
    errors = np.diag(spread[:2] ** 2) + spread[2] ** 2
    values, axes = np.linalg.eigh(inverse @ errors @ inverse.T)
    minor, major = np.sqrt(values)
    return float(major), float(minor), float(np.degrees(np.arctan2(axes[0, 1], axes[1, 1])) % 180)
