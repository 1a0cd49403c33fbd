"""Which places of names exclude each other, and which no marker lets stand."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import Point

from shekara.sheet.labels.candidates import Candidate, Name
from shekara.sheet.labels.occupancy import (
    CLEAR_MM,
    NEARER_MM,
    Marker,
    Occupancy,
    boxes_of,
    sides_of,
)
from shekara.sheet.map.projected import points_of
from shekara.sheet.paper.paper import Box

SAME_NAME_MM = 45.0  # the same text stands again only this far away
TOUCHING_MM = 0.15  # a name nearer to a marker touches it
LEADER_CLEAR_MM = 0.2  # between a leader and the marker of another


def clashes_of(
    candidates: list[Candidate], names: Sequence[Name], occupancy: Occupancy
) -> tuple[list[tuple[int, int]], list[Candidate]]:
    """Pairs of candidates that exclude each other, and the candidates that no marker excludes."""
    clashes: list[tuple[int, int]] = []
    if not candidates:
        return clashes, candidates
    markers = {
        number: points_of(name.shape)[0]
        for number, name in enumerate(names)
        if name.item.layer.kind == "point" and points_of(name.shape)
    }
    good = np.ones(len(candidates), dtype=bool)
    against: list[tuple[int, int]] = []  # a candidate and the name whose marker it disturbs
    if occupancy.markers:
        bad = _disturbed(candidates, markers, occupancy.markers)
        for place, m in zip(*np.nonzero(bad), strict=True):
            other, name = occupancy.markers[m].name, candidates[place].name
            if other is None:
                good[place] = False
            elif other != name:
                against.append((int(place), other))
    renumber = np.cumsum(good) - 1
    kept = [item for item, fine in zip(candidates, good, strict=True) if fine]
    members: dict[int, list[int]] = {}
    for place, item in enumerate(kept):
        members.setdefault(item.name, []).append(place)
    for place, other in against:
        if good[place]:
            clashes += [(int(renumber[place]), mine) for mine in members.get(other, [])]
    return clashes + _overlaps(kept, names), kept


def _disturbed(
    candidates: Sequence[Candidate], points: Mapping[int, Point], markers: Sequence[Marker]
) -> NDArray[np.bool_]:
    """Which candidates disturb which markers, shape (candidates, markers).

    A name touches a marker, is no nearer to its own than to another, or its leader touches one.
    """
    x, y, half = np.array([(m.x, m.y, m.half) for m in markers]).T
    left, low, right, top = sides_of(candidates).T[:, :, None]
    dx = np.maximum(np.maximum(left - x, x - right), 0)
    dy = np.maximum(np.maximum(low - y, y - top), 0)
    gap = np.hypot(dx, dy) - half
    bad = gap < TOUCHING_MM
    nowhere = (np.nan, np.nan)
    where = np.array([(p.x, p.y) if (p := points.get(c.name)) else nowhere for c in candidates])
    mine = np.hypot(x - where[:, :1], y - where[:, 1:]) < 1e-6
    reach = np.where(mine, gap, np.inf).min(axis=1, keepdims=True)
    named = np.isfinite(where[:, :1])
    bad = np.where(named, (bad | (gap < reach + NEARER_MM)) & ~mine, bad)
    leading = [place for place, item in enumerate(candidates) if item.leader is not None]
    if leading:
        lines = _leaders([candidates[place] for place in leading])
        far = shapely.distance(lines[:, None], shapely.points(x, y)[None, :])
        bad[leading] |= (far < half + LEADER_CLEAR_MM) & ~mine[leading]
    return np.asarray(bad)


def _leaders(candidates: Sequence[Candidate]) -> NDArray[np.object_]:
    """The leaders of candidates that all have one, as lines."""
    return np.asarray(
        shapely.linestrings(np.array([item.leader for item in candidates]).reshape(-1, 2, 2)),
        dtype=object,
    )


def _overlaps(candidates: Sequence[Candidate], names: Sequence[Name]) -> list[tuple[int, int]]:
    """Pairs of candidates of different names that meet, cross, or say the same thing nearby."""
    if not candidates:
        return []
    boxes = boxes_of(candidates, CLEAR_MM / 2)
    shapes = boxes.copy()
    leading = [place for place, item in enumerate(candidates) if item.leader is not None]
    if leading:
        lines = _leaders([candidates[place] for place in leading])
        shapes[leading] = shapely.union(boxes[leading], shapely.buffer(lines, 0.15))
    tree = shapely.STRtree(shapes)
    first, second = tree.query(shapes, predicate="intersects")
    owner = np.array([item.name for item in candidates])
    apart = (first < second) & (owner[first] != owner[second])
    pairs = set(zip(first[apart].tolist(), second[apart].tolist(), strict=True))
    texts: dict[str, list[int]] = {}
    for place, item in enumerate(candidates):
        texts.setdefault(names[item.name].text, []).append(place)
    for same in texts.values():
        for i, a in enumerate(same):
            for b in same[i + 1 :]:
                if candidates[a].name != candidates[b].name and _near(
                    candidates[a].box, candidates[b].box
                ):
                    pairs.add((a, b))
    return sorted(pairs)


def _near(first: Box, second: Box) -> bool:
    return math.hypot(first.x - second.x, first.y - second.y) < SAME_NAME_MM
