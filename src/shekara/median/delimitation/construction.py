"""Construction lines: from points of a line to their base points, few enough to see."""

from __future__ import annotations

from itertools import pairwise

import geopandas as gpd
import numpy as np

from shekara.geometry.longitudes import unroll
from shekara.median.ellipsoid import Floats, Ints

# Drawn construction lines leave the line no nearer to each other than this part of its extent.
APART = 1 / 40
SIDES = ("a", "b")


def construction(points: gpd.GeoDataFrame) -> list[tuple[int, Floats]]:
    """Number of the point and both ends (2, 2) in degrees of each construction line drawn.

    Where a line bends its points crowd and would blacken the map: of each part of a line the
    first and last point are shown, and between them those that stand clear of the one before.
    The table has them all.

    Parameters
    ----------
    points
        Points of a final line, in order: number, part, lon, lat and their base points.
    """
    out = []
    for row in points.iloc[_clear(points)].itertuples():
        for lon, lat in ((row.base_a_lon, row.base_a_lat), (row.base_b_lon, row.base_b_lat)):
            ends = np.array([(row.lon, row.lat), (lon, lat)], dtype=float)
            if np.isfinite(ends).all() and (ends[0] != ends[1]).any():
                out.append((int(row.number), ends))
    return out


def _clear(points: gpd.GeoDataFrame) -> Ints:
    """Rows of the points whose construction lines are drawn."""
    if not len(points):
        return np.zeros(0, dtype=np.int64)
    lat = points["lat"].to_numpy(dtype=float)
    lon = unroll(points["lon"])
    xy = np.column_stack([lon * np.cos(np.radians(lat.mean())), lat])
    apart = APART * float(np.ptp(xy, axis=0).max())
    part = points["part"].to_numpy()
    breaks = (np.flatnonzero(part[1:] != part[:-1]) + 1).tolist()
    shown: list[int] = []
    for begin, end in pairwise([0, *breaks, len(part)]):
        last = end - 1
        shown.append(begin)
        for n in range(begin + 1, last):
            if min(np.hypot(*(xy[n] - xy[other])) for other in (shown[-1], last)) >= apart:
                shown.append(n)
        if last > begin:
            shown.append(last)
    return np.array(shown, dtype=np.int64)
