"""The band in which a line lies, from the accuracy of the base points."""

from __future__ import annotations

from collections.abc import Mapping

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from shapely.geometry.base import BaseGeometry

from shekara.errors import UsageError
from shekara.median.delimitation.governing import (
    Governing,
    along_edges,
    inner,
    shores_of,
    vertices,
)
from shekara.median.ellipsoid import Bools, Floats
from shekara.median.tables.result import Division
from shekara.median.tables.tables import CRS
from shekara.median.tables.uncertainty import accuracies_of

# A line across which two base points lie nearly in one direction is known no better than this
# part of its distance from them.
WIDEST = 0.5


def uncertainty_band(
    division: Division, accuracy_m: float | Mapping[str, float], *, sigmas: float = 2.0
) -> gpd.GeoDataFrame:
    """A band about each line, so many standard deviations to either side.

    Errors e_a, e_b of the base points along the sight lines shift the line across itself by
    (e_a/w_a - e_b/w_b) / |t_a/w_a - t_b/w_b|, where t is the unit vector towards a base point and
    w the weight: with one accuracy s and equal weights s √2 / (2 sin(θ/2)). Two standard
    deviations hold the true line with 95.4 % at each place.

    Parameters
    ----------
    division
        Result of `shekara.median.divide`.
    accuracy_m
        Standard deviation of each coordinate of a base point, in metres: one for all, or one for
        each owner. Where shores state their own (a column ``accuracy_m``), that counts instead.
    sigmas
        Half width of the band in standard deviations.

    Returns
    -------
    GeoDataFrame
        owner_a, owner_b, accuracy_a_m, accuracy_b_m (the worst along the line), sigmas, least
        and greatest standard deviation across the line (metres); polygons.

    Raises
    ------
    UsageError
        The accuracy or the number of standard deviations is no number above zero.
    """
    if not (np.isfinite(sigmas) and sigmas > 0):
        raise UsageError(f"sigmas: {sigmas}; give a number above zero")
    weighted = shores_of(division)
    names = weighted.shores.owners
    known = accuracies_of(names, accuracy_m)
    of = np.array([known[name] for name in names])
    xy, row, part, owner_a, owner_b = vertices(division)
    start = np.flatnonzero(inner(part))
    at = np.concatenate([start, start + 1])
    owner = owner_a[start], owner_b[start]
    seen = along_edges(weighted, owner, part[start], xy[start], xy[start + 1])
    accuracy = [
        (
            _stated(weighted.shores.stated_m(base.a.element), of[np.tile(owner[0], 2)]),
            _stated(weighted.shores.stated_m(base.b.element), of[np.tile(owner[1], 2)]),
        )
        for base, _ in seen
    ]
    each_a, each_b = accuracy[0]
    runs = [
        _across(base, each, counts & _may_govern(base, seen[0][0], each))
        for (base, counts), each in zip(seen, accuracy, strict=True)
    ]
    sigma, way = (np.concatenate([each_run[n] for each_run in runs]) for n in (0, 1))
    rank = np.concatenate([each_run[2] for each_run in runs])
    at = np.tile(at, len(runs))
    order = np.lexsort((rank, at))
    best = order[np.flatnonzero(np.diff(at[order], prepend=-1))]
    across = way[best] * (sigmas * sigma[best])[:, None]
    at = at[: len(each_a)]
    sides = [np.column_stack(weighted.globe.move(*xy.T, *(sign * across).T)) for sign in (1, -1)]
    shapes: dict[int, list[BaseGeometry]] = {}
    for i in start.tolist():
        four = np.concatenate([side[[i, i + 1]] for side in sides])
        if np.ptp(four[:, 0]) < 180:
            shapes.setdefault(int(row[i]), []).append(shapely.convex_hull(shapely.MultiPoint(four)))
    lines = division.lines
    size = pd.Series(sigma[best]).groupby(row).agg(["min", "max"])
    table = pd.DataFrame(
        {
            "owner_a": lines["owner_a"].to_numpy(),
            "owner_b": lines["owner_b"].to_numpy(),
            "accuracy_a_m": pd.Series(each_a).groupby(row[at]).max().to_numpy(),
            "accuracy_b_m": pd.Series(each_b).groupby(row[at]).max().to_numpy(),
            "sigmas": sigmas,
            "least_m": size["min"].to_numpy(),
            "greatest_m": size["max"].to_numpy(),
        }
    )
    merged = [_polygons(shapes.get(n, [])) for n in range(len(lines))]
    return gpd.GeoDataFrame(table, geometry=merged, crs=CRS)


def _stated(stated: Floats, otherwise: Floats) -> Floats:
    out: Floats = np.where(np.isfinite(stated), stated, otherwise)
    return out


def _across(
    base: Governing, accuracy: tuple[Floats, Floats], counts: Bools
) -> tuple[Floats, Floats, Floats]:
    """Standard deviation across the line, the way across (n, 2), and the rank: least counts.

    The greatest counts, but base points that lie in one direction only where there are no others:
    they govern no farther than others, which take over there, let them.
    """
    slope, (each_a, each_b) = base.slope, accuracy
    steep = np.maximum(np.hypot(*slope.T), 1e-12)
    spread = np.hypot(each_a, each_b * base.weight_a / base.weight_b) / steep
    widest = WIDEST * np.maximum(base.a.distance, each_a)
    sigma = np.minimum(spread, widest)
    rank = np.where(spread < widest, -sigma, sigma)
    return sigma, slope / steep[:, None], np.where(counts, rank, np.inf)


def _may_govern(base: Governing, nearest: Governing, accuracy: tuple[Floats, Floats]) -> Bools:
    """Whether base points are as near as the nearest, within two of their standard deviations."""
    each_a, each_b = accuracy
    out: Bools = (base.a.distance - nearest.a.distance <= 2 * each_a) & (
        base.b.distance - nearest.b.distance <= 2 * each_b
    )
    return out


def _polygons(quads: list[BaseGeometry]) -> BaseGeometry:
    """The pieces of a band as one; where it has no width (at a terminus) nothing is left."""
    wide = [quad for quad in quads if quad.geom_type == "Polygon"]
    parts = shapely.get_parts(shapely.union_all(np.asarray(wide, dtype=object)))
    flat = [part for part in parts if part.geom_type == "Polygon"]
    return flat[0] if len(flat) == 1 else shapely.MultiPolygon(flat)
