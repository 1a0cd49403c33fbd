"""Which owners are neighbours where: a Delaunay triangulation of labelled sites.

Conformal maps keep circles, so the triangulation on the conformal sphere, taken in an oblique
stereographic plane (or as a convex hull when the sites surround the globe), is very nearly that
of the ellipsoid; what it gets wrong is mended later against exact distances.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.spatial import ConvexHull, QhullError, cKDTree

from shekara.errors import GeometryError
from shekara.median.ellipsoid import Bools, Floats, Ints, Plane, unit
from shekara.median.trace.plane_triangles import plane_triangles

# Points thinner than this part of their extent lie in a row: rounding alone gives them breadth.
FLAT = 1e-13
# Sites within this angle of their middle are triangulated in a plane (radians).
PLANE_REACH = np.radians(100)
# Places, 2.5° apart, of which the one farthest from all sites stands for the middle of the gap.
GAPS = 7_000


@dataclass(frozen=True)
class Triangles:
    """Delaunay triangles of sites on the sphere."""

    corners: Ints
    """Sites (n, 3)."""
    across: Ints
    """Neighbouring triangle opposite each corner (n, 3), or -1."""
    centre: Floats
    """Circumcentres (n, 3) as unit vectors."""
    radius: Floats
    """Angular circumradii."""


def triangulate(u: Floats) -> Triangles:
    """The Delaunay triangulation of unit vectors (n, 3)."""
    middle = unit(u.mean(axis=0))
    # Where the mean says nothing (sites all around), any centre serves: the hull takes over.
    spread = np.arccos(np.clip((u @ middle).min(), -1, 1))
    if spread > PLANE_REACH:
        return _on_sphere(u)
    plane = Plane.at(middle)
    xy = plane.project(u)
    if _thickness(xy) < FLAT:
        return _in_a_row(u, xy)
    corners = plane_triangles(xy)
    if not len(corners):
        return _in_a_row(u, xy)
    centre, radius = circumcentres(u, corners, -plane.centre)
    return Triangles(corners, neighbours(corners), centre, radius)


def neighbours(corners: Ints) -> Ints:
    """The triangle opposite each corner (n, 3), or -1 at the rim."""
    edges = np.sort(np.stack([corners[:, [1, 2, 0]], corners[:, [2, 0, 1]]], axis=2), axis=2)
    key = (edges[..., 0] * (corners.max() + np.int64(1)) + edges[..., 1]).ravel()
    order = np.argsort(key, kind="stable")
    same = np.flatnonzero(key[order][1:] == key[order][:-1])
    out = np.full(len(key), -1, dtype=np.int64)
    first, second = order[same], order[same + 1]
    out[first], out[second] = second // 3, first // 3
    return out.reshape(-1, 3)


def _thickness(xy: Floats) -> float:
    """Extent of points across their longest direction, as a part of that along it."""
    extent = np.linalg.svd(xy - xy.mean(axis=0), compute_uv=False)
    return float(extent[-1] / extent[0]) if len(xy) > 1 and extent[0] > 0 else 0.0


def circumcentres(u: Floats, corners: Ints, outside: Floats) -> tuple[Floats, Floats]:
    """Centres of the circumscribed caps that do not contain a given point."""
    a, b, c = (u[corners[:, corner]] for corner in range(3))
    normal = unit(np.cross(b - a, c - a))
    height = (normal * a).sum(axis=1)
    sign = np.where(normal @ outside < height, 1.0, -1.0)
    normal, height = normal * sign[:, None], height * sign
    return normal, np.arccos(np.clip(height, -1, 1))


def _on_sphere(u: Floats) -> Triangles:
    """Triangles of sites that surround the globe.

    The plane touches the sphere opposite the middle of the widest gap. Its triangles are those
    of the sphere whose caps leave that middle out; the few others join the sites at the rim.
    (A convex hull of all sites would not do: where sites stand a metre apart it is flatter than
    doubles can tell.)
    """
    middle = _widest_gap(u)
    plane = Plane.at(-middle)
    corners = plane_triangles(plane.project(u))
    closed = np.concatenate([corners, _over(u, corners, middle)])
    across = neighbours(closed)
    if (across < 0).any():
        return _as_hull(u)
    inside, outside = closed[: len(corners)], closed[len(corners) :]
    centre, radius = circumcentres(u, inside, middle)
    # Of the two caps that a face cuts off, theirs is the other.
    away, rest = circumcentres(u, outside, middle)
    return Triangles(
        closed, across, np.concatenate([centre, -away]), np.concatenate([radius, np.pi - rest])
    )


def _widest_gap(u: Floats) -> Floats:
    """Roughly the place farthest from all sites: of places spread evenly the best."""
    number = np.arange(GAPS) + 0.5
    height, turn = 1 - 2 * number / GAPS, np.pi * (1 + 5**0.5) * number
    across = np.sqrt(1 - height**2)
    places = np.column_stack([across * np.cos(turn), across * np.sin(turn), height])
    out: Floats = places[int(np.argmax(cKDTree(u).query(places)[0]))]
    return out


def _over(u: Floats, corners: Ints, middle: Floats) -> Ints:
    """The triangles (n, 3) of the rim's sites whose caps hold a place beyond the rim."""
    rim = np.unique(_rim(corners))
    try:
        hull = ConvexHull(u[rim])
    except (QhullError, ValueError):
        # Three sites, or all on one circle: any triangles of theirs do.
        xy = Plane.at(-middle).project(u[rim])
        around = xy - xy.mean(axis=0)
        order = rim[np.argsort(np.arctan2(around[:, 1], around[:, 0]))]
        first = np.full(len(order) - 2, order[0])
        return np.stack([first, order[1:-1], order[2:]], axis=1)
    out: Ints = rim[hull.simplices[hull.equations @ np.append(middle, 1) > 0]]
    return out


def _rim(corners: Ints) -> Ints:
    """The edges (n, 2) that one triangle alone has."""
    rows, sides = np.nonzero(neighbours(corners) < 0)
    return np.stack([corners[rows, (sides + 1) % 3], corners[rows, (sides + 2) % 3]], axis=1)


def _as_hull(u: Floats) -> Triangles:
    """Triangles of sites around the globe as the faces of their convex hull."""
    try:
        hull = ConvexHull(u)
    except (QhullError, ValueError) as error:
        raise GeometryError(
            "shores: the places lie on one great circle around the globe; "
            "divide smaller parts of the Earth"
        ) from error
    normal = hull.equations[:, :3]
    height = -hull.equations[:, 3]
    return Triangles(
        hull.simplices.astype(np.int64),
        hull.neighbors.astype(np.int64),
        unit(normal),
        np.arccos(np.clip(height, -1, 1)),
    )


def _in_a_row(u: Floats, xy: Floats) -> Triangles:
    """Two sites, or sites in one row: each neighbour pair between two far corners."""
    if len(u) < 2:
        raise GeometryError("shores: one place alone divides nothing; give two owners or more")
    middle = xy.mean(axis=0)
    _, _, axes = np.linalg.svd(xy - middle, full_matrices=True)
    order = np.argsort((xy - middle) @ axes[0])
    count = len(u)
    pairs = np.stack([order[:-1], order[1:]], axis=1)
    # No third site: the corner is -1 on one side, -2 on the other (see _sides).
    left = np.column_stack([pairs, np.full(count - 1, -1)])
    right = np.column_stack([pairs, np.full(count - 1, -2)])
    number = np.arange(count - 1)
    none = np.full(count - 1, -1)
    return Triangles(
        np.concatenate([left, right]),
        np.concatenate(
            [
                np.column_stack([none, none, number + count - 1]),
                np.column_stack([none, none, number]),
            ]
        ),
        np.zeros((2 * (count - 1), 3)),
        np.full(2 * (count - 1), np.pi),
    )


@dataclass(frozen=True)
class Edges:
    """Delaunay edges between sites of two owners, with their piece of the bisector."""

    one: Ints
    two: Ints
    triangles: Ints
    """Triangles (n, 2) at both ends of the Voronoi edge, or -1."""
    low: Floats
    high: Floats
    """Where the piece begins and ends, as angles along the bisector from its middle."""
    cut: Bools
    """Whether each end (n, 2) was cut at the reach."""
    middle: Floats
    ahead: Floats

    def at(self, angle: Floats) -> Floats:
        """Unit vectors on the bisectors."""
        return np.cos(angle)[:, None] * self.middle + np.sin(angle)[:, None] * self.ahead


def border_edges(u: Floats, label: Ints, mesh: Triangles, reach: float) -> Edges:
    """The edges whose sites have two owners and whose bisector comes within the reach."""
    rows, sides = np.nonzero(
        (label[mesh.corners[:, [1, 2, 0]]] != label[mesh.corners[:, [2, 0, 1]]])
        & (mesh.corners[:, [1, 2, 0]] >= 0)
        & (mesh.corners[:, [2, 0, 1]] >= 0)
    )
    # Column k of the rolled arrays is the edge opposite corner k.
    beyond = mesh.across[rows, sides]
    once = (beyond < 0) | (rows < beyond)
    rows, sides, beyond = rows[once], sides[once], beyond[once]
    left = mesh.corners[rows, (sides + 1) % 3]
    right = mesh.corners[rows, (sides + 2) % 3]
    owned = (label[left] >= 0) & (label[right] >= 0)
    rows, sides, beyond, left, right = (x[owned] for x in (rows, sides, beyond, left, right))
    a, b = u[left], u[right]
    middle, ahead = unit(a + b), unit(np.cross(a, b))
    half = np.arccos(np.clip((a * middle).sum(axis=1), -1, 1))
    angle = np.stack(
        [_sides(mesh, rows, middle, ahead, 1.0), _sides(mesh, beyond, middle, ahead, -1.0)],
        axis=1,
    )
    lone = beyond < 0
    corner = mesh.corners[rows, sides]
    away = -np.sign((u[np.maximum(corner, 0)] * ahead).sum(axis=1))
    angle[lone, 1] = np.where(away[lone] == 0, 1.0, away[lone]) * np.pi / 2
    limit = np.arccos(np.clip(np.cos(reach) / np.maximum(np.cos(half), 1e-12), -1, 1))
    limit = np.where(half >= reach, 0, limit)
    cut = np.abs(angle) > limit[:, None]
    clipped = np.clip(angle, -limit[:, None], limit[:, None])
    # Both ends beyond the reach on one side: nothing of the piece is left.
    keep = (half < reach) & ~(cut.all(axis=1) & (clipped[:, 0] == clipped[:, 1]))
    keep &= np.abs(angle[:, 0] - angle[:, 1]) <= np.pi + 1e-9
    return Edges(
        left[keep],
        right[keep],
        np.stack([rows, beyond], axis=1)[keep],
        clipped[keep, 0],
        clipped[keep, 1],
        cut[keep],
        middle[keep],
        ahead[keep],
    )


def _sides(mesh: Triangles, row: Ints, middle: Floats, ahead: Floats, sign: float) -> Floats:
    """Angle along the bisector at which each triangle's centre lies."""
    centre = mesh.centre[row]
    angle = np.arctan2((centre * ahead).sum(axis=1), (centre * middle).sum(axis=1))
    # Triangles without third site: the bisector runs on for a quarter turn and more.
    endless = (mesh.corners[row] < 0).any(axis=1)
    return np.where(endless, sign * np.pi / 2, angle)
