"""The lines between owners as stretches from node to node, walked along the edges of a mesh."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise, product

import numpy as np

from shekara.median.ellipsoid import Floats, Ints
from shekara.median.trace.delaunay import Edges, Triangles


@dataclass(frozen=True)
class Stretch:
    """A piece of the line between two owners, known roughly."""

    a: int
    b: int
    u: Floats
    """Samples (n, 3) on the conformal sphere, in order."""
    path: Floats
    """The corners before and after each sample (n, 2, 3): the rough line passes them."""
    start: tuple[str, int]
    end: tuple[str, int]
    """What stands at each end: ("junction", triangle), ("terminus", place), ("reach", -1), or
    ("loop", -1) for a closed line."""


def stretches(label: Ints, spring: Ints, mesh: Triangles, edges: Edges) -> list[Stretch]:
    """The lines between owners as ordered samples from node to node.

    Sites beside a land terminus carry its place in ``spring`` (others -1): a line that runs
    between two of them begins or ends at that terminus.
    """
    swap = label[edges.one] > label[edges.two]
    a = np.where(swap, label[edges.two], label[edges.one])
    b = np.where(swap, label[edges.one], label[edges.two])
    follow = _followers(edges, a, b)
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

    def walk(e: int, side: int) -> tuple[list[int], list[int], int, int]:
        """From the end ``side`` of edge e through all that follow; last edge and its end."""
        path, sides = [e], [side]
        seen[e] = True
        other = 1 - side
        while (e, other) in follow:
            e, entered = follow[(e, other)]
            if seen[e]:
                return path, sides, -1, -1
            seen[e] = True
            path.append(e)
            sides.append(entered)
            other = 1 - entered
        return path, sides, e, other

    out = []
    for loops in (False, True):
        for e, side in product(range(len(a)), (0, 1)):
            if seen[e] or (not loops and (e, side) in follow):
                continue
            path, sides, last, end = walk(e, side)
            u_path, ends, passed = sample[path], (("loop", -1), ("loop", -1)), through[path]
            entered = np.array(sides)
            corners = np.stack([limits[path, entered], limits[path, 1 - entered]], axis=1)
            if last >= 0 and not loops:
                ends = (kind(e, side), kind(last, end))
                outer = (limits[e, side], limits[last, end])
                u_path, corners, passed = _with_cuts(u_path, corners, passed, ends, outer)
            out += _part_at_termini(int(a[e]), int(b[e]), u_path, corners, passed, ends)
    return out


def _followers(edges: Edges, a: Ints, b: Ints) -> dict[tuple[int, int], tuple[int, int]]:
    """The end of an edge that follows each end of another, between the same two owners."""
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
    return follow


def _with_cuts(
    u: Floats,
    corners: Floats,
    passed: Ints,
    ends: tuple[tuple[str, int], tuple[str, int]],
    outer: tuple[Floats, Floats],
) -> tuple[Floats, Floats, Ints]:
    """The samples of a line, with the cut itself outermost where the reach cuts it."""
    head = [outer[0]] if ends[0][0] == "reach" else []
    tail = [outer[1]] if ends[1][0] == "reach" else []
    return (
        np.array([*head, *u, *tail]),
        np.array([*([x, x] for x in head), *corners, *([x, x] for x in tail)]).reshape(-1, 2, 3),
        np.array([-1] * len(head) + passed.tolist() + [-1] * len(tail)),
    )


def _part_at_termini(
    a: int,
    b: int,
    u: Floats,
    corners: Floats,
    passed: Ints,
    ends: tuple[tuple[str, int], tuple[str, int]],
) -> list[Stretch]:
    """A line parted where it passes a land terminus."""
    cuts = np.flatnonzero(passed >= 0)
    if not len(cuts):
        return [Stretch(a, b, u, corners, *ends)]
    if ends[0][0] == "loop":
        # A closed line is opened at its first terminus.
        u, passed = np.roll(u, -cuts[0], axis=0), np.roll(passed, -cuts[0])
        corners = np.roll(corners, -cuts[0], axis=0)
        corners = np.concatenate([corners, corners[:1]])
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
        out.append(Stretch(a, b, u[i + 1 : j], corners[i + 1 : j], marks[n], marks[n + 1]))
    return out
