"""Which places of names exclude each other, and which no marker lets stand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
import shapely
from numpy.typing import NDArray

from shekara.sheet.labels.candidates import Candidate, Name
from shekara.sheet.labels.disturbance import disturbed, leaders_of
from shekara.sheet.labels.occupancy import CLEAR_MM, Occupancy, boxes_of
from shekara.sheet.map.projected import points_of

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
    for place, m in disturbed(candidates, markers, occupancy.markers):
        other, name = occupancy.markers[m].name, candidates[place].name
        if other is None:
            good[place] = False
        elif other != name:
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
    shapes = boxes.copy()
    leading = [place for place, item in enumerate(candidates) if item.leader is not None]
    if leading:
        lines = leaders_of([candidates[place] for place in leading])
        shapes[leading] = shapely.union(boxes[leading], shapely.buffer(lines, 0.15))
    tree = shapely.STRtree(shapes)
    first, second = tree.query(shapes, predicate="intersects")
    owner = np.array([item.name for item in candidates])
    apart = (first < second) & (owner[first] != owner[second])
    pairs = np.vstack([np.column_stack([first[apart], second[apart]]), _same(candidates, names)])
    return [(i, j) for i, j in np.unique(pairs, axis=0).tolist()]


def _same(candidates: Sequence[Candidate], names: Sequence[Name]) -> NDArray[np.intp]:
    """Pairs of candidates of different names that say the same thing nearby, shape (pairs, 2)."""
    numbers = {text: at for at, text in enumerate(dict.fromkeys(name.text for name in names))}
    text = np.array([numbers[names[item.name].text] for item in candidates])
    owner = np.array([item.name for item in candidates])
    corners = np.array([(item.box.x, item.box.y) for item in candidates])
    several = [at for at, count in Counter(name.text for name in names).items() if count > 1]
    pairs = [np.empty((0, 2), dtype=np.intp)]
    for number in (numbers[at] for at in several):
        same = np.flatnonzero(text == number)
        points = np.asarray(shapely.points(corners[same]), dtype=object)
        first, second = same[shapely.STRtree(points).query(points, "dwithin", SAME_NAME_MM)]
        apart = (first < second) & (owner[first] != owner[second])
        away = np.hypot(*(corners[first] - corners[second]).T)
        apart &= away < SAME_NAME_MM
        pairs.append(np.column_stack([first[apart], second[apart]]))
    return np.vstack(pairs)
