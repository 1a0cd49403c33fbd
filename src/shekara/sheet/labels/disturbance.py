"""Which places of names disturb which markers, by a tree: there can be twenty thousand markers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import Point

from shekara.geometry.arrays import Floats
from shekara.sheet.labels.candidates import Candidate
from shekara.sheet.labels.occupancy import NEARER_MM, Marker, boxes_of, sides_of

TOUCHING_MM = 0.15  # a name nearer to a marker touches it
LEADER_CLEAR_MM = 0.2  # between a leader and the marker of another
OWN_MM = 1e-6  # a marker so near to a name's point is its own
SLACK_MM = 1e-6  # of rounding, by which more is looked at than counts

Indices = NDArray[np.intp]


def disturbed(
    candidates: Sequence[Candidate], points: Mapping[int, Point], markers: Sequence[Marker]
) -> list[tuple[int, int]]:
    """Pairs of a candidate and a marker that it disturbs, ascending.

    A name touches a marker, is no nearer to its own than to another, or its leader touches one.

    Parameters
    ----------
    candidates : sequence of Candidate
        Places of names.
    points : mapping of int to Point
        The place of each name that is a point's, mm, by the number of the name.
    markers : sequence of Marker
        On the page. Of a candidate that a marker without a name disturbs only that pair may be
        among the pairs: it is out, whatever else it disturbs.
    """
    if not markers or not candidates:
        return []
    # Thousands of markers without a name can have one place: one of them says it all.
    places = list(
        {marker if marker.name is None else n: n for n, marker in enumerate(markers)}.values()
    )
    map_of = _Places.on([markers[place] for place in places], candidates, points)
    out = map_of.nearest_nameless()
    rest = np.setdiff1d(np.arange(len(candidates)), out[:, 0])
    pairs = np.vstack([out, map_of.near(rest), map_of.by_leader(rest)])
    pairs[:, 1] = np.asarray(places)[pairs[:, 1]]
    return [(int(candidate), int(marker)) for candidate, marker in np.unique(pairs, axis=0)]


@dataclass(frozen=True)
class _Places:
    """Markers and candidates as arrays, mm; of a name that is no point's, `where` is nan."""

    xy: Floats  # (markers, 2)
    half: Floats
    nameless: Indices
    sides: Floats  # (candidates, 4)
    boxes: NDArray[np.object_]
    where: Floats  # (candidates, 2)
    own: Floats  # from a box to the rim of its own marker; nan where it has none
    leading: Indices  # candidates with a leader
    leaders: NDArray[np.object_]
    tree: shapely.STRtree

    @classmethod
    def on(
        cls,
        markers: Sequence[Marker],
        candidates: Sequence[Candidate],
        points: Mapping[int, Point],
    ) -> _Places:
        xy = np.array([(marker.x, marker.y) for marker in markers])
        half = np.array([marker.half for marker in markers])
        nowhere = (np.nan, np.nan)
        where = np.array([(p.x, p.y) if (p := points.get(c.name)) else nowhere for c in candidates])
        sides, tree = sides_of(candidates), shapely.STRtree(_points(xy))
        gaps = np.full(len(candidates), np.inf)
        named = np.flatnonzero(np.isfinite(where[:, 0]))
        at, marker = tree.query(shapely.points(where[named]), "dwithin", distance=OWN_MM)
        np.minimum.at(gaps, named[at], _gaps(sides[named[at]], xy[marker]) - half[marker])
        leading = np.flatnonzero([item.leader is not None for item in candidates])
        leaders = leaders_of([candidates[place] for place in leading.tolist()])
        return cls(
            xy, half, np.flatnonzero([marker.name is None for marker in markers]), sides,
            boxes_of(candidates), where, np.where(np.isfinite(gaps), gaps, np.nan), leading,
            leaders, tree,
        )  # fmt: skip

    def nearest_nameless(self) -> Indices:
        """Candidates that the nearest marker without a name disturbs, and that marker."""
        if not len(self.nameless):
            return np.empty((0, 2), dtype=np.intp)
        tree = shapely.STRtree(_points(self.xy[self.nameless]))
        candidate, at = tree.query_nearest(self.boxes, all_matches=False)
        return self._bad(candidate, self.nameless[at])

    def near(self, candidates: Indices) -> Indices:
        """Pairs of those candidates and markers that their boxes disturb."""
        reach = np.fmax(TOUCHING_MM, self.own[candidates] + NEARER_MM) + self.half.max() + SLACK_MM
        at, marker = self.tree.query(self.boxes[candidates], "dwithin", distance=reach)
        return self._bad(candidates[at], marker)

    def by_leader(self, candidates: Indices) -> Indices:
        """Pairs of those candidates and markers that their leaders disturb."""
        at = np.flatnonzero(np.isin(self.leading, candidates))
        lines = self.leaders[at]
        reach = self.half.max() + LEADER_CLEAR_MM
        line, marker = self.tree.query(lines, "dwithin", distance=reach)
        candidate = self.leading[at[line]]
        far = shapely.distance(lines[line], shapely.points(self.xy[marker]))
        bad = (far < self.half[marker] + LEADER_CLEAR_MM) & ~self._is_own(candidate, marker)
        return np.column_stack([candidate[bad], marker[bad]])

    def _bad(self, candidate: Indices, marker: Indices) -> Indices:
        """Of pairs those whose box disturbs the marker."""
        gap = _gaps(self.sides[candidate], self.xy[marker]) - self.half[marker]
        bad = (gap < TOUCHING_MM) | (gap < self.own[candidate] + NEARER_MM)
        bad &= ~self._is_own(candidate, marker)
        return np.column_stack([candidate[bad], marker[bad]])

    def _is_own(self, candidate: Indices, marker: Indices) -> NDArray[np.bool_]:
        away = np.hypot(*(self.xy[marker] - self.where[candidate]).T)
        return np.asarray(away < OWN_MM)


def leaders_of(candidates: Sequence[Candidate]) -> NDArray[np.object_]:
    """The leaders of candidates that all have one, as lines."""
    ends = np.array([item.leader for item in candidates], dtype=float).reshape(-1, 2, 2)
    return np.asarray(shapely.linestrings(ends), dtype=object)


def _points(xy: Floats) -> NDArray[np.object_]:
    return np.asarray(shapely.points(xy), dtype=object)


def _gaps(sides: Floats, xy: Floats) -> Floats:
    """From each box, left, bottom, right, top, to the point of the same row."""
    left, low, right, top = sides.T
    dx = np.maximum(np.maximum(left - xy[:, 0], xy[:, 0] - right), 0)
    dy = np.maximum(np.maximum(low - xy[:, 1], xy[:, 1] - top), 0)
    return np.asarray(np.hypot(dx, dy))
