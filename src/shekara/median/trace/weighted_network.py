"""The rough network when owners weigh differently: a mesh that is fine only where it must be.

Weighted lines (Apollonius circles in the plane) are not dual to a Delaunay triangulation. Cells
of a quadtree are parted until either one owner provably holds the whole cell, for distances
change no faster than one metre per metre, or the cell is small beside its distance from the
shores. Labelled by the owner of least weighted distance, their corners stand in for sites.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.spatial import Delaunay

from shekara.median.ellipsoid import Bools, Floats, Ints, Plane, unit
from shekara.median.solve.equidistance import WeightedDistance
from shekara.median.trace.delaunay import Edges, Triangles, circumcentres
from shekara.median.trace.focus import FINE_M, Focus
from shekara.median.trace.rough_network import Network
from shekara.median.trace.stretches import stretches

# A cell is small enough at this part of its distance from the shores, or at one metre.
FINE, FLOOR_M = 0.05, 1.0
# Where any of three owners may be nearest cells are smaller by this part: two lines may keep so
# close together for kilometres that larger ones take them for meeting again and again.
THREE = 0.1
# Corners so near to a land terminus (metres) stand for it: three smallest cells.
BESIDE_M = 3.0
DEPTH = 26
# No more cells are parted at once: where lines keep close together for long, finer cells come by
# the million. What they would have told stays in doubt.
MOST = 20_000
# Triangles are parted so often along each edge, in so many rounds: kilometres to a millimetre,
# though some rounds only widen them.
PARTS, ROUNDS, WIDER = 6, 24, 3.0


@dataclass(frozen=True)
class _Fineness:
    """How small cells must be beside their distance from the shores; smaller in a focus."""

    weighted: WeightedDistance
    plane: Plane
    fine: float
    focus: Focus | None

    def at(self, xy: Floats, radius: Floats) -> Floats:
        """The part of the distance for each cell of a radius in metres."""
        out = np.full(len(xy), self.fine)
        if self.focus is None:
            return out
        globe = self.weighted.globe
        places = self.plane.project(globe.conformal(self.focus.lon, self.focus.lat))
        for place, extent, fine_m in zip(
            places, self.focus.radius_m, self.focus.fine_m, strict=True
        ):
            scale = 1 + (place**2).sum() / 4
            away = np.hypot(*(xy - place).T) / scale * globe.radius
            near = away < 2 * extent + 2 * radius
            out[near] = np.minimum(out[near], self.fine * fine_m / FINE_M / 10)
        return out


def weighted_network(
    weighted: WeightedDistance, reach_m: float, *, fine: float = FINE, focus: Focus | None = None
) -> Network:
    """The network of weighted lines within a distance of the shores."""
    globe, sites = weighted.globe, weighted.finders.sites
    u = globe.conformal(sites.lon, sites.lat)
    middle = unit(u.mean(axis=0))
    spread = float(np.arccos(np.clip((u @ middle).min(), -1, 1)))
    plane = Plane.at(middle)
    # At 150 degrees the plane is stretched fifteenfold; nothing lies so far from its shores.
    half = 2 * np.tan(min(spread + reach_m / globe.radius * 1.01, np.radians(150)) / 2)
    corners, able = _corners(
        weighted, plane, half, reach_m, _Fineness(weighted, plane, fine, focus)
    )
    height = _heights(weighted, plane, corners, able)
    label = height.argmin(axis=1)
    spring = _beside_termini(weighted, plane, corners)
    mesh = Delaunay(corners)
    simplices, across = mesh.simplices.astype(np.int64), mesh.neighbors.astype(np.int64)
    vectors = plane.lift(corners)
    _, radius = circumcentres(vectors, simplices, -plane.centre)
    # Centres of flat triangles may lie far off; the middle of the corners always serves.
    centre = unit(vectors[simplices].mean(axis=1))
    three = np.flatnonzero([len(set(row)) == 3 for row in label[simplices].tolist()])
    centre[three] = plane.lift(
        meeting_places(weighted, plane, corners[simplices[three]], label[simplices[three]])
    )
    triangles = Triangles(simplices, across, centre, radius)
    edges = _edges(weighted, plane, corners, label, triangles, reach_m)
    return Network(stretches(label, spring, triangles, edges), triangles, label)


def meeting_places(
    weighted: WeightedDistance, plane: Plane, corners: Floats, label: Ints
) -> Floats:
    """Where three owners meet in triangles (n, 3, 2) whose corners belong to one each.

    Where the edges of a triangle have only the labels of their ends, one of its parts again has
    three labels (Sperner's lemma). A thin tongue may cut an edge twice; then the meeting place
    lies outside, and a wider triangle is looked at. Weighted lines may meet at so small an angle
    that Newton's method needs so near a start.
    """
    weights, parts = _parted_triangle(PARTS)
    for _ in range(ROUNDS if len(corners) else 0):
        xy = weights @ corners
        lon, lat = weighted.globe.from_conformal(plane.lift(xy.reshape(-1, 2)))
        owner = weighted.nearest(lon, lat)[0].reshape(len(xy), -1)
        wanted = np.sort(label, axis=1)[:, None]
        fits = (np.sort(owner[:, parts], axis=2) == wanted).all(axis=2)
        chosen = parts[fits.argmax(axis=1)]
        narrower = xy[np.arange(len(xy))[:, None], chosen]
        middle = corners.mean(axis=1, keepdims=True)
        wider = middle + WIDER * (corners - middle)
        corners = np.where(fits.any(axis=1)[:, None, None], narrower, wider)
    return np.asarray(corners.mean(axis=1))


def _parted_triangle(count: int) -> tuple[Floats, Ints]:
    """Barycentric weights (points, 3) of a triangle parted ``count`` times along each edge.

    Also the parts: the three points of each.
    """
    place = {(i, j): n for n, (i, j) in enumerate(
        (i, j) for i in range(count + 1) for j in range(count + 1 - i)
    )}  # fmt: skip
    weights = np.array([(i, j, count - i - j) for i, j in place]) / count
    parts = [
        [place[i, j], place[i + 1, j], place[i, j + 1]]
        for i in range(count) for j in range(count - i)
    ] + [
        [place[i + 1, j + 1], place[i + 1, j], place[i, j + 1]]
        for i in range(count - 1) for j in range(count - 1 - i)
    ]  # fmt: skip
    return weights, np.array(parts)


def _cell_m(weighted: WeightedDistance, xy: Floats, half: Floats) -> Floats:
    """Radius in metres of square cells in the plane."""
    # The scale of the stereographic plane is 1 + r²/4.
    scale = 1 + np.maximum((np.hypot(*xy.T) - half * 1.5), 0) ** 2 / 4
    return np.asarray(half * np.sqrt(2) / scale * weighted.globe.radius * 1.01)


def _corners(
    weighted: WeightedDistance, plane: Plane, half: float, reach_m: float, fineness: _Fineness
) -> tuple[Floats, Bools]:
    """Corners of the cells of a quadtree over a square of the plane, and whose they may be.

    An owner that is not the least anywhere in a cell is not asked about in its parts.
    """
    count = 8
    grid = (np.arange(count) + 0.5) / count * 2 * half - half
    xy = np.stack(np.meshgrid(grid, grid), axis=-1).reshape(-1, 2)
    able = np.ones((len(xy), len(weighted.weight)), dtype=bool)
    size = half / count
    out: list[Floats] = []
    whose: list[Bools] = []
    square = np.array([[-1, -1], [-1, 1], [1, -1], [1, 1]], dtype=float)
    inverse = 1 / weighted.weight
    for _ in range(DEPTH):
        if not len(xy):
            break
        height = _heights(weighted, plane, xy, able)
        distance = (height * weighted.weight).min(axis=1)
        radius = _cell_m(weighted, xy, np.full(len(xy), size))
        first = height.argmin(axis=1)
        best = height.min(axis=1)
        margin = height - best[:, None] - radius[:, None] * (inverse + inverse[first][:, None])
        # What the distances leave out, twice.
        able = margin < 1e-5 * best[:, None]
        mixed: Bools = able.sum(axis=1) > 1
        mixed &= distance - radius < reach_m
        part = np.where(able.sum(axis=1) > 2, THREE, 1.0) * fineness.at(xy, radius)
        split = mixed & (radius > np.maximum(part * distance, FLOOR_M))
        _keep_few(split, able)
        out.append((xy[~split, None] + square * size).reshape(-1, 2))
        whose.append(np.repeat(able[~split], 4, axis=0))
        size /= 2
        xy = (xy[split, None] + square * size).reshape(-1, 2)
        able = np.repeat(able[split], 4, axis=0)
    points, owners = np.concatenate(out), np.concatenate(whose)
    step = max(size, 1e-13)
    _, first_of = np.unique(np.round(points / step).astype(np.int64), axis=0, return_index=True)
    return points[first_of], owners[first_of]


def _keep_few(split: Bools, able: Bools) -> None:
    """Leaves only so many cells to part; where more than two owners may be nearest comes first."""
    for least in (2, 3):
        if split.sum() <= MOST:
            return
        split &= able.sum(axis=1) > least
    at = np.flatnonzero(split)
    split[at[MOST:]] = False


def _heights(weighted: WeightedDistance, plane: Plane, xy: Floats, able: Bools) -> Floats:
    """Weighted distance (n, owners) from the owners that may be the least, else infinite."""
    lon, lat = weighted.globe.from_conformal(plane.lift(xy))
    out = np.full(able.shape, np.inf)
    for number, finder in enumerate(weighted.finders.of):
        at = np.flatnonzero(able[:, number])
        out[at, number] = finder.about_m(lon[at], lat[at]) / weighted.weight[number]
    return out


def _beside_termini(weighted: WeightedDistance, plane: Plane, xy: Floats) -> Ints:
    """Place of the land terminus beside each corner, or -1."""
    shores = weighted.shores
    spring = np.full(len(xy), -1)
    lon, lat = weighted.globe.from_conformal(plane.lift(xy))
    for place, owners in shores.termini.items():
        v = next(iter(owners.values()))
        near = weighted.globe.distance_m(
            lon, lat, np.full(len(lon), shores.lon[v]), np.full(len(lon), shores.lat[v])
        )
        spring[near < BESIDE_M] = place
    return spring


def _edges(
    weighted: WeightedDistance,
    plane: Plane,
    corners: Floats,
    label: Ints,
    mesh: Triangles,
    reach_m: float,
) -> Edges:
    """Edges of the mesh between two owners, with the point where they are level."""
    rows, sides = np.nonzero(label[mesh.corners[:, [1, 2, 0]]] != label[mesh.corners[:, [2, 0, 1]]])
    beyond = mesh.across[rows, sides]
    once = (beyond < 0) | (rows < beyond)
    rows, sides, beyond = rows[once], sides[once], beyond[once]
    left, right = mesh.corners[rows, (sides + 1) % 3], mesh.corners[rows, (sides + 2) % 3]
    lead, away = np.zeros((2, len(rows))), np.full(len(rows), np.inf)
    for side, (here, there) in enumerate(((left, right), (right, left))):
        able = np.zeros((len(rows), len(weighted.weight)), dtype=bool)
        number = np.arange(len(rows))
        able[number, label[here]] = able[number, label[there]] = True
        height = _heights(weighted, plane, corners[here], able)
        lead[side] = height[number, label[there]] - height[number, label[here]]
        away = np.minimum(away, (height * weighted.weight).min(axis=1))
    near = away < reach_m
    rows, beyond, left, right = rows[near], beyond[near], left[near], right[near]
    lead = np.maximum(lead[:, near], 0)
    t = lead[0] / np.maximum(lead.sum(axis=0), 1e-12)
    vectors = plane.lift(corners)
    middle = unit(vectors[left] * (1 - t)[:, None] + vectors[right] * t[:, None])
    zero = np.zeros(len(rows))
    return Edges(
        left,
        right,
        np.stack([rows, beyond], axis=1),
        zero,
        zero,
        np.zeros((len(rows), 2), dtype=bool),
        middle,
        middle,
    )
