"""What is taken on the map: markers, lines, and boxes in which no name may stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from shekara.scene.model import Style
from shekara.sheet.labels.candidates import Candidate
from shekara.sheet.map.projected import lines_of, points_of, polygons_of
from shekara.sheet.paper.paper import POINT_MM, Box

CLEAR_MM = 0.3  # between two names
EDGE_MM = 0.8  # between a name and the neatline, or the side of a box
AWAY_MM, SPACED_AWAY_MM = 1.4, 3.0  # nearer than this a name seems to touch a box
BESIDE_MARKER_MM = 3.0  # nearer than this the name of an area seems to be a marker's
TINY_MM = 1e-9  # of rounding
COARSE_MM = 0.3  # detail that is enough to know what a name covers
BROAD_MM = 0.4  # half the width of a line from which on a name touches its edge
MOST_CROSSED = 200  # lines under one name that are counted
NEARER_MM = 0.4  # by which a point's name is nearer to its own marker than to another


@dataclass(frozen=True)
class Marker:
    """A marker on the page, mm, and the number of the name that stands or falls with it."""

    x: float
    y: float
    half: float
    name: int | None = None  # None: it is drawn whether it is named or not

    @property
    def box(self) -> Box:
        """What it covers, mm."""
        return Box(self.x - self.half, self.y - self.half, 2 * self.half, 2 * self.half)


@dataclass
class Occupancy:
    """The map before names are put on it."""

    map_box: Box
    keep_out: Sequence[Box]
    markers: list[Marker] = field(default_factory=list)
    lines: list[shapely.Geometry] = field(default_factory=list)
    # Both edges of broad lines, by feature: the name along a line keeps off its edge by itself.
    edges: dict[str, list[shapely.Geometry]] = field(default_factory=dict)

    def free(self, candidates: Sequence[Candidate]) -> list[Candidate]:
        """The candidates that lie on the map and off all boxes."""
        if not candidates:
            return []
        left, low, right, top = sides_of(candidates).T[:, :, None]
        inner = self.map_box.shrink(EDGE_MM, EDGE_MM, EDGE_MM, EDGE_MM)
        good = (left >= inner.x - TINY_MM) & (right <= inner.right + TINY_MM)
        good &= (low >= inner.y - TINY_MM) & (top <= inner.top + TINY_MM)
        if len(self.keep_out):
            walls = np.array([(box.x, box.y, box.right, box.top) for box in self.keep_out]).T
            good = good & ~(
                (left - EDGE_MM < walls[2])
                & (walls[0] < right + EDGE_MM)
                & (low - CLEAR_MM < walls[3])
                & (walls[1] < top + CLEAR_MM)
            ).any(axis=1, keepdims=True)
        return [item for item, fine in zip(candidates, good[:, 0], strict=True) if fine]

    def close(self, candidates: Sequence[Candidate]) -> NDArray[np.bool_]:
        """Which candidates lie so near to a box or to the neatline that they seem to touch it.

        A name that is spaced needs as much white around it as there is between its letters.
        """
        sides = sides_of(candidates)
        away = np.array([SPACED_AWAY_MM if len(c.letters) > 1 else AWAY_MM for c in candidates])
        sides = sides + away[:, None] * np.array([-1, -1, 1, 1])
        near: NDArray[np.bool_] = (sides[:, 0] < self.map_box.x) | (
            sides[:, 2] > self.map_box.right
        )
        near |= (sides[:, 1] < self.map_box.y) | (sides[:, 3] > self.map_box.top)
        for box in self.keep_out:
            near |= (
                (sides[:, 0] < box.right)
                & (box.x < sides[:, 2])
                & (sides[:, 1] < box.top)
                & (box.y < sides[:, 3])
            )
        return near

    def beside_markers(self, candidates: Sequence[Candidate]) -> NDArray[np.bool_]:
        """Which candidates lie so near to a marker that they seem to be its name."""
        near = np.zeros(len(candidates), dtype=bool)
        if self.markers and candidates:
            boxes = [(m.box.x, m.box.y, m.box.right, m.box.top) for m in self.markers]
            tree = shapely.STRtree(shapely.box(*np.array(boxes).T))
            near[tree.query(boxes_of(candidates, BESIDE_MARKER_MM), "intersects")[0]] = True
        return near

    def hides(self, shape: BaseGeometry, style: Style) -> bool:
        """Whether a box covers a point's marker, or a part of it."""
        half = style.size * POINT_MM / 2
        return any(
            box.x < point.x + half
            and point.x - half < box.right
            and box.y < point.y + half
            and point.y - half < box.top
            for point in points_of(shape)[:1]
            for box in self.keep_out
        )

    def crossed(
        self, candidates: Sequence[Candidate], features: Sequence[str]
    ) -> NDArray[np.float64]:
        """How much line work each candidate would cover, mm.

        Parameters
        ----------
        candidates : sequence of Candidate
            Places of names.
        features : sequence of str
            The feature that each of them names.
        """
        cost = np.zeros(len(candidates))
        edges = [(line, feature) for feature, lines in self.edges.items() for line in lines]
        lines = [*self.lines, *(line for line, _ in edges)]
        if not lines or not candidates:
            return cost
        owners = np.array([*("" for _ in self.lines), *(feature for _, feature in edges)])
        boxes = boxes_of(candidates)
        which, line = shapely.STRtree(lines).query(boxes, predicate="intersects")
        others = owners[line] != np.array(features)[which]
        which, line = which[others], line[others]
        # The line work at one place can be thousands of lines: so many say that it is full.
        few = np.arange(len(which)) - np.searchsorted(which, which) < MOST_CROSSED
        which, line = which[few], line[few]
        parts = shapely.intersection(np.asarray(lines, dtype=object)[line], boxes[which])
        np.add.at(cost, which, shapely.length(parts))
        return cost


def line_work(shape: BaseGeometry) -> list[shapely.Geometry]:
    """What a name should not cover of a feature, mm: its lines and the rims of its areas."""
    coarse = shapely.simplify(shape, COARSE_MM)
    return [*lines_of(coarse), *(part.exterior for part in polygons_of(coarse))]


def edges_of(shape: BaseGeometry, style: Style) -> list[shapely.Geometry]:
    """Both edges of a feature's lines, mm, where its width in points makes them broad."""
    half = style.width * POINT_MM / 2
    if half <= BROAD_MM:
        return []
    lines = lines_of(shapely.simplify(shape, COARSE_MM))
    return [shapely.buffer(line, half, cap_style="flat").boundary for line in lines]


def sides_of(candidates: Sequence[Candidate]) -> NDArray[np.float64]:
    """Left, bottom, right and top of the boxes of candidates, mm, shape (candidates, 4)."""
    return np.array(
        [(c.box.x, c.box.y, c.box.x + c.box.width, c.box.y + c.box.height) for c in candidates]
    ).reshape(-1, 4)


def boxes_of(candidates: Sequence[Candidate], grow: float = 0.0) -> NDArray[np.object_]:
    """The boxes of candidates as polygons."""
    sides = sides_of(candidates) + np.array([-grow, -grow, grow, grow])
    return np.asarray(shapely.box(*sides.T), dtype=object)
