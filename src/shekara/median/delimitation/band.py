"""The band in which a line lies, from the accuracy of the base points."""

from __future__ import annotations

from collections.abc import Mapping

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from shapely.geometry.base import BaseGeometry

from shekara.errors import UsageError
from shekara.median.delimitation.governing import governing, shores_of, vertices
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
    base = governing(weighted, owner_a, owner_b, xy)
    slope = base.slope
    steep = np.maximum(np.hypot(*slope.T), 1e-12)
    each_a, each_b = (
        np.where(np.isfinite(stated), stated, of[owner])
        for stated, owner in (
            (weighted.shores.stated_m(base.a.element), owner_a),
            (weighted.shores.stated_m(base.b.element), owner_b),
        )
    )
    spread = np.hypot(each_a, each_b * base.weight_a / base.weight_b)
    sigma = np.minimum(spread / steep, WIDEST * np.maximum(base.a.distance, each_a))
    across = slope / steep[:, None] * (sigmas * sigma)[:, None]
    sides = [
        np.column_stack(weighted.globe.move(xy[:, 0], xy[:, 1], sign * across[:, 0],
                                            sign * across[:, 1]))
        for sign in (1, -1)
    ]  # fmt: skip
    shapes: dict[int, list[BaseGeometry]] = {}
    for number in np.unique(part).tolist():
        at = np.flatnonzero(part == number)
        quads = [
            shapely.convex_hull(shapely.MultiPoint([*sides[0][[i, i + 1]], *sides[1][[i, i + 1]]]))
            for i in at[:-1].tolist()
            if abs(sides[0][i, 0] - sides[0][i + 1, 0]) < 180
        ]
        shapes.setdefault(int(row[at[0]]), []).extend(quads)
    lines = division.lines
    size = pd.Series(sigma).groupby(row).agg(["min", "max"])
    table = pd.DataFrame(
        {
            "owner_a": lines["owner_a"].to_numpy(),
            "owner_b": lines["owner_b"].to_numpy(),
            "accuracy_a_m": pd.Series(each_a).groupby(row).max().to_numpy(),
            "accuracy_b_m": pd.Series(each_b).groupby(row).max().to_numpy(),
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
