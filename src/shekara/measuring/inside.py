"""Areas prepared for questions about what lies inside them, their edges being geodesics.

What is inside is asked in the plane of longitude and latitude, where edges run straight. Long
edges are given positions along their geodesics first, so that both agree to `OFF_M`.
"""

from __future__ import annotations

import math

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import Geod
from shapely.geometry.base import BaseGeometry

from shekara.measuring.near import pieces
from shekara.measuring.size import WGS84, Edges, departures_m, edge_lengths_m, edges

# How far an edge may lie from its geodesic: the sagitta l² tan φ / 8R of a parallel of length l.
OFF_M = 1.0
STEEPEST = 20.0  # tan φ at 87°: nearer to a pole a piece is as short


def along_geodesics(area: BaseGeometry, on: Geod = WGS84) -> BaseGeometry:
    """The area with positions along its edges, wherever those lie off by more than a metre.

    Parameters
    ----------
    area : Polygon or MultiPolygon
        Valid, longitudes within ±180.
    on : pyproj.Geod
        The ellipsoid.

    Returns
    -------
    Polygon or MultiPolygon
        Valid; the same object where no edge is long.
    """
    if departures_m([area])[0] <= OFF_M:
        return area
    middle = float(np.abs(np.asarray(area.bounds)[[1, 3]]).max())
    slope = min(STEEPEST, math.tan(math.radians(min(middle, 89.0))) + 0.01)
    step = math.sqrt(8 * on.a * OFF_M / slope)
    parts = [
        shapely.Polygon(
            _ring(part.exterior, step, on), [_ring(h, step, on) for h in part.interiors]
        )
        for part in shapely.get_parts(area)
    ]
    whole = parts[0] if len(parts) == 1 else shapely.MultiPolygon(parts)
    return whole if whole.is_valid else shapely.make_valid(whole)


def _ring(ring: BaseGeometry, step_m: float, on: Geod) -> NDArray[np.float64]:
    """A ring's positions with those along its geodesics; edges along 180° and poles stay."""
    drawn = edges([ring])
    kept = np.abs(drawn.start[:, 0] - drawn.end[:, 0]) >= 180.0 - 1e-9
    kept |= (np.abs(drawn.start[:, 0]) >= 180.0) & (drawn.start[:, 0] == drawn.end[:, 0])
    kept |= np.abs(drawn.start[:, 1]) >= 90.0
    kept |= np.abs(drawn.end[:, 1]) >= 90.0
    length = np.where(kept, 0.0, edge_lengths_m(drawn, on))
    count = np.maximum(1, np.ceil(length / step_m)).astype(np.int64)
    first = np.cumsum(count) - count
    positions = np.empty((int(count.sum()) + 1, 2))
    long = count > 1
    positions[first[~long]] = drawn.start[~long]
    # Where the pieces of the long edges go, one run after the other.
    places = np.repeat(first[long], count[long])
    places += np.arange(len(places)) - np.repeat(np.cumsum(count[long]) - count[long], count[long])
    chosen = Edges(drawn.owner[long], drawn.part[long], drawn.start[long], drawn.end[long])
    positions[places] = pieces(chosen, step_m, on).start
    positions[-1] = drawn.start[0]
    return positions
