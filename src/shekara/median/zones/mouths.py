"""Bays with several mouths: islands on the line between the entrance points (article 10(3))."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from scipy.spatial import cKDTree

from shekara.median.ellipsoid import Floats, Globe, Ints

# A closing line is a geodesic; islands are cut by chords of so many parts of it (24 M at 60°
# north bend 70 m from the parallel of their ends, a chord of these 0.1 m).
PARTS = 32
# About one island no more vertices are paired.
MOST_VERTICES = 1_500


@dataclass(frozen=True)
class Mouths:
    """The lines across the mouths of one indentation."""

    lines: tuple[shapely.LineString, ...]
    """Geodesics in chords."""
    length_m: float
    """The sum of their lengths."""


def pairs_beyond_islands(
    globe: Globe, tree: cKDTree, islands: Sequence[shapely.Polygon], widest_m: float
) -> Ints:
    """Pairs (n, 2) of a coast's vertices with an island near the line between them.

    Longer ways than from one end over the island's middle to the other pass it: a pair is kept
    where these are together no longer than the line and twice the island's radius.
    """
    out = [np.zeros((0, 2), dtype=np.int64)]
    for island in islands:
        shore = shapely.get_coordinates(island)
        middle = shapely.get_coordinates(island.centroid)[0]
        here = np.broadcast_to(middle, shore.shape)
        radius = float(globe.distance_m(here[:, 0], here[:, 1], shore[:, 0], shore[:, 1]).max())
        if 2 * radius > widest_m:
            continue  # no line within the limit crosses it from shore to shore
        centre = globe.geocentric(middle[:1], middle[1:])[0]
        near = np.sort(np.array(tree.query_ball_point(centre, widest_m + radius), dtype=np.int64))
        near = near[:: len(near) // MOST_VERTICES + 1]
        away = np.linalg.norm(tree.data[near] - centre, axis=1)
        first, last = np.triu_indices(len(near), 2)
        length = np.linalg.norm(tree.data[near[first]] - tree.data[near[last]], axis=1)
        passes = (length <= widest_m) & (away[first] + away[last] <= length + 2 * radius)
        out.append(np.stack([near[first[passes]], near[last[passes]]], axis=1))
    return np.unique(np.concatenate(out), axis=0)


def mouths(globe: Globe, a: Floats, b: Floats, islands: shapely.STRtree) -> Mouths | None:
    """What islands leave of the line from a to b; None where they leave it whole."""
    if abs(a[0] - b[0]) > 180:
        return None
    ahead, _, length = globe.geod.inv(*a, *b)
    share = np.linspace(0, length, PARTS + 1)[1:-1]
    x, y, _ = globe.geod.fwd(
        np.full(len(share), a[0]), np.full(len(share), a[1]), np.full(len(share), ahead), share
    )
    line = shapely.LineString(np.vstack([a, np.column_stack([x, y]), b]))
    hit = islands.query(line, predicate="intersects")
    if not len(hit):
        return None
    water = shapely.difference(line, shapely.union_all(islands.geometries[hit]))
    pieces = [piece for piece in shapely.get_parts(water) if piece.length > 0]
    if len(pieces) < 2:
        return None
    ends = np.array([shapely.get_coordinates(piece)[[0, -1]] for piece in pieces])
    size = globe.distance_m(ends[:, 0, 0], ends[:, 0, 1], ends[:, 1, 0], ends[:, 1, 1])
    return Mouths(tuple(pieces), float(size.sum()))
