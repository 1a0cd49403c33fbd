"""The band in which a line lies, from the accuracy of the base points."""

from __future__ import annotations

from collections.abc import Mapping

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from shapely.geometry.base import BaseGeometry

from shekara.errors import UsageError
from shekara.median.delimitation.governing import along_edges, inner, shores_of, vertices
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
    base = along_edges(weighted, owner_a[start], owner_b[start], xy[start], xy[start + 1])
    steep = np.maximum(np.hypot(*base.slope.T), 1e-12)
    each_a, each_b = (
        np.where(np.isfinite(stated), stated, of[owner[at]])
        for stated, owner in (
            (weighted.shores.stated_m(base.a.element), owner_a),
            (weighted.shores.stated_m(base.b.element), owner_b),
        )
    )
    spread = np.hypot(each_a, each_b * base.weight_a / base.weight_b)
    sigma = np.minimum(spread / steep, WIDEST * np.maximum(base.a.distance, each_a))
    # Of the two edges at a vertex that counts which knows it better: base points that lie in one
    # direction govern only as far as others, which take over there, let them.
    order = np.lexsort((sigma, at))
    best = order[np.flatnonzero(np.diff(at[order], prepend=-1))]
    across = base.slope[best] / steep[best, None] * (sigmas * sigma[best])[:, None]
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


def _polygons(quads: list[BaseGeometry]) -> BaseGeometry:
    """The pieces of a band as one; where it has no width (at a terminus) nothing is left."""
    wide = [quad for quad in quads if quad.geom_type == "Polygon"]
    parts = shapely.get_parts(shapely.union_all(np.asarray(wide, dtype=object)))
    flat = [part for part in parts if part.geom_type == "Polygon"]
    return flat[0] if len(flat) == 1 else shapely.MultiPolygon(flat)
