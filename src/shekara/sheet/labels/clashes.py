"""Which places of names exclude each other, and which no marker lets stand."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import shapely
from shapely.geometry import LineString

from shekara.sheet.labels.candidates import Candidate, Name
from shekara.sheet.labels.occupancy import CLEAR_MM, NEARER_MM, Occupancy, boxes_of
from shekara.sheet.map.projected import points_of
from shekara.sheet.paper.paper import Box

SAME_NAME_MM = 45.0  # the same text stands again only this far away


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
        xy = np.array([(m.x, m.y) for m in occupancy.markers])
        half = np.array([m.half for m in occupancy.markers])
        for place, item in enumerate(candidates):
            gap = _distance(item.box, xy) - half
            bad = gap < 0.15
            if item.name in markers:
                mine = (
                    np.hypot(xy[:, 0] - markers[item.name].x, xy[:, 1] - markers[item.name].y)
                    < 1e-6
                )
                reach = float(gap[mine].min(initial=np.inf))
                bad = (bad | (gap < reach + NEARER_MM)) & ~mine
            if item.leader is not None:
                bad |= (_from_line(item.leader, xy) < half + 0.2) & (
                    np.hypot(xy[:, 0] - markers[item.name].x, xy[:, 1] - markers[item.name].y)
                    > 1e-6
                )
            for m in np.flatnonzero(bad):
                other = occupancy.markers[m].name
                if other is None or other == item.name:
                    good[place] = good[place] and other == item.name
                else:
                    against.append((place, other))
    renumber = np.cumsum(good) - 1
    kept = [item for item, fine in zip(candidates, good, strict=True) if fine]
    members: dict[int, list[int]] = {}
    for place, item in enumerate(kept):
        members.setdefault(item.name, []).append(place)
    for place, other in against:
        if good[place]:
            clashes += [(int(renumber[place]), mine) for mine in members.get(other, [])]
    return clashes + _overlaps(kept, names), kept


def _overlaps(candidates: Sequence[Candidate], names: Sequence[Name]) -> list[tuple[int, int]]:
    """Pairs of candidates of different names that meet, cross, or say the same thing nearby."""
    if not candidates:
        return []
    boxes = boxes_of(candidates, CLEAR_MM / 2)
    shapes = np.array(
        [
            box
            if item.leader is None
            else shapely.union(box, LineString(np.reshape(item.leader, (2, 2))).buffer(0.15))
            for box, item in zip(boxes, candidates, strict=True)
        ],
        dtype=object,
    )
    tree = shapely.STRtree(shapes)
    first, second = tree.query(shapes, predicate="intersects")
    pairs = {
        (int(a), int(b))
        for a, b in zip(first, second, strict=True)
        if a < b and candidates[a].name != candidates[b].name
    }
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
    return bool(np.hypot(first.x - second.x, first.y - second.y) < SAME_NAME_MM)


def _distance(box: Box, xy: np.ndarray) -> np.ndarray:
    """From a box to points, mm."""
    dx = np.maximum(np.maximum(box.x - xy[:, 0], xy[:, 0] - box.right), 0)
    dy = np.maximum(np.maximum(box.y - xy[:, 1], xy[:, 1] - box.top), 0)
    return np.asarray(np.hypot(dx, dy))


def _from_line(leader: tuple[float, float, float, float], xy: np.ndarray) -> np.ndarray:
    """From a leader to points, mm."""
    line = LineString(np.reshape(leader, (2, 2)))
    return np.asarray(shapely.distance(line, shapely.points(xy)))
