"""What is taken on the map: markers, lines, and boxes in which no name may stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import shapely
from numpy.typing import NDArray

from shekara.sheet.labels.candidates import Candidate
from shekara.sheet.paper.paper import Box

CLEAR_MM = 0.3  # between two names
EDGE_MM = 0.8  # between a name and the neatline
NEARER_MM = 0.4  # by which a point's name is nearer to its own marker than to another


@dataclass(frozen=True)
class Marker:
    """A marker on the page, mm, and the number of the name that stands or falls with it."""

    x: float
    y: float
    half: float
    name: int | None = None  # None: it is drawn whether it is named or not


@dataclass
class Occupancy:
    """The map before names are put on it."""

    map_box: Box
    keep_out: Sequence[Box]
    markers: list[Marker] = field(default_factory=list)
    lines: list[shapely.Geometry] = field(default_factory=list)

    def free(self, candidate: Candidate) -> bool:
        """Whether a candidate lies on the map, off all boxes and off its leader's obstacles."""
        if not self.map_box.shrink(EDGE_MM, EDGE_MM, EDGE_MM, EDGE_MM).holds(candidate.box):
            return False
        grown = candidate.box.shrink(-CLEAR_MM, -CLEAR_MM, -CLEAR_MM, -CLEAR_MM)
        return not any(grown.meets(box) for box in self.keep_out)

    def crossed(self, candidates: Sequence[Candidate]) -> NDArray[np.float64]:
        """How much line work each candidate would cover, mm."""
        cost = np.zeros(len(candidates))
        if not self.lines or not candidates:
            return cost
        boxes = boxes_of(candidates)
        tree = shapely.STRtree(self.lines)
        which, line = tree.query(boxes, predicate="intersects")
        parts = shapely.intersection(np.asarray(self.lines, dtype=object)[line], boxes[which])
        np.add.at(cost, which, shapely.length(parts))
        return cost


def boxes_of(candidates: Sequence[Candidate], grow: float = 0.0) -> NDArray[np.object_]:
    """The boxes of candidates as polygons."""
    sides = np.array(
        [(c.box.x - grow, c.box.y - grow, c.box.right + grow, c.box.top + grow) for c in candidates]
    )
    return np.asarray(shapely.box(*sides.T), dtype=object)
