"""Which places of names exclude each other, and which no marker lets stand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import combinations

import numpy as np
import shapely
from numpy.typing import NDArray

from shekara.geometry.arrays import Floats
from shekara.sheet.labels.candidates import Candidate, Name
from shekara.sheet.labels.disturbance import disturbed, leaders_of
from shekara.sheet.labels.occupancy import CLEAR_MM, Occupancy, sides_of
from shekara.sheet.map.projected import largest_area, points_of

AREA_CLEAR_MM = 1.4  # beside the name of an area, on its line
SAME_NAME_MM = 45.0  # the same text stands again only this far away
MOST_PAIRS = 1_000_000  # that exclude each other; beyond, each name keeps only its cheapest places


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
    shapes = _shapes(candidates, names)
    good &= _cheapest(candidates, names, shapes, good, against)
    renumber = np.cumsum(good) - 1
    kept = [item for item, fine in zip(candidates, good, strict=True) if fine]
    members: dict[int, list[int]] = {}
    for place, item in enumerate(kept):
        members.setdefault(item.name, []).append(place)
    for place, other in against:
        if good[place]:
            clashes += [(int(renumber[place]), mine) for mine in members.get(other, [])]
    return clashes + _overlaps(kept, names, shapes[good]), kept


def _cheapest(
    candidates: Sequence[Candidate],
    names: Sequence[Name],
    shapes: NDArray[np.object_],
    good: NDArray[np.bool_],
    against: Sequence[tuple[int, int]],
) -> NDArray[np.bool_]:
    """Which places stay: as many of each name, the cheapest first, as `MOST_PAIRS` allows.

    Where a hundred points lie in one spot, all their thousands of places exclude each other.
    """
    rank = np.zeros(len(candidates), dtype=np.intp)
    seen: Counter[int] = Counter()
    for place in sorted(np.flatnonzero(good).tolist(), key=lambda at: candidates[at].cost):
        rank[place] = seen[candidates[place].name]
        seen[candidates[place].name] += 1
    rank[~good] = max(seen.values(), default=0)
    owner = np.array([item.name for item in candidates])
    _, word, count = np.unique(
        [word_of(name) for name in names], return_inverse=True, return_counts=True
    )
    words = word[owner]
    alike = np.flatnonzero(count[words] > 1)  # only these can say what another says
    boxes = [candidates[at].box for at in alike.tolist()]
    corners = _points(np.array([(box.x, box.y) for box in boxes]).reshape(-1, 2))
    tree, near = shapely.STRtree(shapes), shapely.STRtree(corners)
    disturbing, disturbed_name = np.array(against, dtype=np.intp).reshape(-1, 2).T
    places_of_name = np.array([seen[number] for number in range(len(names))])
    most = int(places_of_name[disturbed_name].sum()) + len(alike) ** 2
    if most <= MOST_PAIRS and _meeting(tree, shapes, MOST_PAIRS - most) <= MOST_PAIRS - most:
        return np.ones(len(candidates), dtype=bool)
    pairs = 0
    for level in range(max(seen.values(), default=0)):
        new = np.flatnonzero(rank == level)
        first, second = tree.query(shapes[new])  # their bounds: more than exclude each other
        pairs += int(((rank[second] <= level) & (owner[new[first]] != owner[second])).sum())
        also = np.flatnonzero(rank[alike] == level)
        first, second = near.query(corners[also], "dwithin", SAME_NAME_MM)
        first, second = alike[also[first]], alike[second]
        same = (words[first] == words[second]) & (owner[first] != owner[second])
        pairs += int((same & (rank[second] <= level)).sum())
        so_far = np.minimum(places_of_name, level + 1)[disturbed_name]
        by_marker = int(so_far[rank[disturbing] <= level].sum())
        if level and pairs + by_marker > MOST_PAIRS:
            return rank < level
    return np.ones(len(candidates), dtype=bool)


def _points(xy: Floats) -> NDArray[np.object_]:
    return np.asarray(shapely.points(xy), dtype=object)


def _meeting(tree: shapely.STRtree, shapes: NDArray[np.object_], most: int) -> int:
    """How many pairs of shapes have bounds that meet, each way; counted no further than `most`."""
    pairs = 0
    for start in range(0, len(shapes), 256):
        pairs += tree.query(shapes[start : start + 256]).shape[1]
        if pairs > most:
            break
    return pairs


def word_of(name: Name) -> str:
    """What a name says, in capitals or not: "PERU" of the ground and "Peru" upon it are one."""
    return name.text.casefold()


def _shapes(candidates: Sequence[Candidate], names: Sequence[Name]) -> NDArray[np.object_]:
    """What each place takes, with its leader.

    The name of an area keeps off others on its line: "Yemen Sanaa" would read as one name.
    """
    areas = [
        names[item.name].item.layer.kind == "polygon" and not item.numbered for item in candidates
    ]
    level = np.where(areas, AREA_CLEAR_MM, CLEAR_MM / 2)
    aside = np.column_stack([-level, np.full(len(level), -CLEAR_MM / 2)])
    sides = sides_of(candidates) + np.hstack([aside, -aside])
    shapes = np.asarray(shapely.box(*sides.T), dtype=object)
    leading = [place for place, item in enumerate(candidates) if item.leader is not None]
    if leading:
        lines = leaders_of([candidates[place] for place in leading])
        shapes[leading] = shapely.union(shapes[leading], shapely.buffer(lines, 0.15))
    return shapes


def _overlaps(
    candidates: Sequence[Candidate], names: Sequence[Name], shapes: NDArray[np.object_]
) -> list[tuple[int, int]]:
    """Pairs of candidates of different names that meet, cross, or say the same thing nearby."""
    if not candidates:
        return []
    tree = shapely.STRtree(shapes)
    first, second = tree.query(shapes, predicate="intersects")
    owner = np.array([item.name for item in candidates])
    apart = (first < second) & (owner[first] != owner[second])
    pairs = np.vstack([np.column_stack([first[apart], second[apart]]), _same(candidates, names)])
    return [(i, j) for i, j in np.unique(pairs, axis=0).tolist()]


def _same(candidates: Sequence[Candidate], names: Sequence[Name]) -> NDArray[np.intp]:
    """Pairs of candidates of different names that say the same thing nearby, shape (pairs, 2)."""
    numbers = {text: at for at, text in enumerate(dict.fromkeys(word_of(name) for name in names))}
    text = np.array([numbers[word_of(names[item.name])] for item in candidates])
    owner = np.array([item.name for item in candidates])
    corners = np.array([(item.box.x, item.box.y) for item in candidates])
    several = [at for at, count in Counter(word_of(name) for name in names).items() if count > 1]
    pairs = [np.empty((0, 2), dtype=np.intp)]
    for number in (numbers[at] for at in several):
        same = np.flatnonzero(text == number)
        points = _points(corners[same])
        first, second = same[shapely.STRtree(points).query(points, "dwithin", SAME_NAME_MM)]
        apart = (first < second) & (owner[first] != owner[second])
        away = np.hypot(*(corners[first] - corners[second]).T)
        apart &= away < SAME_NAME_MM
        pairs.append(np.column_stack([first[apart], second[apart]]))
    for left, right in _of_one_area(names):
        first, second = np.meshgrid(np.flatnonzero(owner == left), np.flatnonzero(owner == right))
        pairs.append(np.sort(np.column_stack([first.ravel(), second.ravel()]), axis=1))
    return np.vstack(pairs)


def _of_one_area(names: Sequence[Name]) -> list[tuple[int, int]]:
    """Pairs of names that say the same thing of one area: a state of the ground and of a class.

    However far apart they stand, the second says nothing.
    """
    alike: dict[str, list[int]] = {}
    for number, name in enumerate(names):
        if name.item.layer.kind == "polygon" and not name.shape.is_empty:
            alike.setdefault(word_of(name), []).append(number)
    pairs = []
    for numbers in alike.values():
        for first, second in combinations(numbers, 2):
            small, large = sorted((names[first], names[second]), key=lambda name: name.shape.area)
            if small.item.feature.id == large.item.feature.id:
                continue
            area = largest_area(small.shape)
            if area is not None and large.shape.intersects(area.representative_point()):
                pairs.append((first, second))
    return pairs
