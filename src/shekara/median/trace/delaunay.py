"""Which owners are neighbours where: a Delaunay triangulation of labelled sites.

Conformal maps keep circles, so the triangulation on the conformal sphere, taken in an oblique
stereographic plane (or as a convex hull when the sites surround the globe), is very nearly that
of the ellipsoid; what it gets wrong is mended later against exact distances.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from scipy.spatial import ConvexHull, Delaunay, QhullError

from shekara.errors import GeometryError
from shekara.median.ellipsoid import Bools, Floats, Ints, Plane, unit

# Sites within this angle of their middle are triangulated in a plane (radians).
PLANE_REACH = np.radians(100)


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


@dataclass(frozen=True)
class Stretch:
    """A piece of the line between two owners, known roughly."""

    a: int
    b: int
    u: Floats
    """Samples (n, 3) on the conformal sphere, in order."""
    start: tuple[str, int]
    end: tuple[str, int]
    """What stands at each end: ("junction", triangle), ("terminus", place), ("reach", -1), or
    ("loop", -1) for a closed line."""


def triangulate(u: Floats) -> Triangles:
    """The Delaunay triangulation of unit vectors (n, 3)."""
    middle = unit(u.mean(axis=0))
    # Where the mean says nothing (sites all around), any centre serves: the hull takes over.
    spread = np.arccos(np.clip((u @ middle).min(), -1, 1))
    if spread > PLANE_REACH:
        return _on_sphere(u)
    plane = Plane.at(middle)
    xy = plane.project(u)
    try:
        mesh = Delaunay(xy)
        corners, across = mesh.simplices.astype(np.int64), mesh.neighbors.astype(np.int64)
    except (QhullError, ValueError):
        return _in_a_row(u, xy)
    centre, radius = circumcentres(u, corners, -plane.centre)
    return Triangles(corners, across, centre, radius)


def circumcentres(u: Floats, corners: Ints, outside: Floats) -> tuple[Floats, Floats]:
    """Centres of the circumscribed caps that do not contain a given point."""
    a, b, c = (u[corners[:, corner]] for corner in range(3))
    normal = unit(np.cross(b - a, c - a))
    height = (normal * a).sum(axis=1)
    sign = np.where(normal @ outside < height, 1.0, -1.0)
    normal, height = normal * sign[:, None], height * sign
    return normal, np.arccos(np.clip(height, -1, 1))


def _on_sphere(u: Floats) -> Triangles:
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


def stretches(label: Ints, spring: Ints, mesh: Triangles, edges: Edges) -> list[Stretch]:
    """The lines between owners as ordered samples from node to node.

    Sites beside a land terminus carry its place in ``spring`` (others -1): a line that runs
    between two of them begins or ends at that terminus.
    """
    swap = label[edges.one] > label[edges.two]
    a = np.where(swap, label[edges.two], label[edges.one])
    b = np.where(swap, label[edges.one], label[edges.two])
    at: dict[tuple[int, int, int], list[tuple[int, int]]] = {}
    for e, (pair, cut, x, y) in enumerate(
        zip(edges.triangles.tolist(), edges.cut.tolist(), a.tolist(), b.tolist(), strict=True)
    ):
        for side in (0, 1):
            if not cut[side] and pair[side] >= 0:
                at.setdefault((pair[side], x, y), []).append((e, side))
    follow: dict[tuple[int, int], tuple[int, int]] = {}
    for met in at.values():
        if len(met) == 2:
            follow[met[0]], follow[met[1]] = met[1], met[0]
    sample = edges.at(
        np.where((edges.low < 0) == (edges.high < 0), (edges.low + edges.high) / 2, 0.0)
    )
    limits = np.stack([edges.at(edges.low), edges.at(edges.high)], axis=1)
    through = np.where(spring[edges.one] == spring[edges.two], spring[edges.one], -1)
    seen = np.zeros(len(a), dtype=bool)

    def kind(e: int, side: int) -> tuple[str, int]:
        triangle = int(edges.triangles[e, side])
        if edges.cut[e, side] or triangle < 0:
            return ("reach", -1)
        labels = label[mesh.corners[triangle]]
        return ("junction", triangle) if len(set(labels.tolist())) == 3 else ("reach", -1)

    def walk(e: int, side: int) -> tuple[list[int], int, int]:
        """From the end ``side`` of edge e through all that follow; last edge and its end."""
        path = [e]
        seen[e] = True
        other = 1 - side
        while (e, other) in follow:
            e, entered = follow[(e, other)]
            if seen[e]:
                return path, -1, -1
            seen[e] = True
            path.append(e)
            other = 1 - entered
        return path, e, other

    out = []
    for loops in (False, True):
        for e in range(len(a)):
            for side in (0, 1):
                if seen[e] or (not loops and (e, side) in follow):
                    continue
                path, last, end = walk(e, side)
                u_path, ends = sample[path], (("loop", -1), ("loop", -1))
                if last >= 0 and not loops:
                    ends = (kind(e, side), kind(last, end))
                    # Where the reach cuts a line, the cut itself is the outermost sample.
                    first_cut, last_cut = (limits[x, y] for x, y in ((e, side), (last, end)))
                    head = [first_cut] if ends[0][0] == "reach" else []
                    tail = [last_cut] if ends[1][0] == "reach" else []
                    u_path = np.array([*head, *u_path, *tail])
                    passed = np.array([-1] * len(head) + through[path].tolist() + [-1] * len(tail))
                else:
                    passed = through[path]
                out += _part_at_termini(int(a[e]), int(b[e]), u_path, passed, ends)
    return out


def _part_at_termini(
    a: int, b: int, u: Floats, passed: Ints, ends: tuple[tuple[str, int], tuple[str, int]]
) -> list[Stretch]:
    """A line parted where it passes a land terminus."""
    cuts = np.flatnonzero(passed >= 0)
    if not len(cuts):
        return [Stretch(a, b, u, *ends)]
    if ends[0][0] == "loop":
        # A closed line is opened at its first terminus.
        u, passed = np.roll(u, -cuts[0], axis=0), np.roll(passed, -cuts[0])
        u, passed = np.concatenate([u, u[:1]]), np.append(passed, passed[0])
        cuts = np.flatnonzero(passed >= 0)
        spans = list(pairwise(cuts.tolist()))
        marks = [("terminus", int(passed[c])) for c in cuts]
    else:
        spans = list(zip([-1, *cuts], [*cuts, len(u)], strict=True))
        marks = [ends[0], *(("terminus", int(passed[c])) for c in cuts), ends[1]]
    out = []
    for n, (i, j) in enumerate(spans):
        if marks[n] == marks[n + 1] and j - i <= 1:
            continue
        out.append(Stretch(a, b, u[i + 1 : j], marks[n], marks[n + 1]))
    return out
