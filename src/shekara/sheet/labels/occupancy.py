"""What is taken on the map, and what is still free for a name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import shapely

from shekara.sheet.map.features import Drawn
from shekara.sheet.map.frame import MapFrame
from shekara.sheet.paper.paper import Box
from shekara.sheet.paper.text import Letter

CLEAR_MM = 0.35  # between two names
REPEAT_MM = 70.0  # the same name stands again only this far away


@dataclass(frozen=True)
class Placed:
    """A name on the page, mm: what it covers, and for a curve its letters."""

    text: str
    x: float
    y: float  # of the baseline's left end
    size_pt: float
    boxes: tuple[Box, ...]
    item: Drawn
    letters: tuple[Letter, ...] = ()
    leader: tuple[float, float, float, float] | None = None

    @property
    def middle(self) -> tuple[float, float]:
        """The centre of the name, mm."""
        box = self.boxes[len(self.boxes) // 2]
        return box.x + box.width / 2, box.y + box.height / 2


@dataclass
class Room:
    """What is taken on the map so far."""

    map_frame: MapFrame
    taken: list[Box] = field(default_factory=list)
    markers: list[Box] = field(default_factory=list)
    lines: shapely.STRtree | None = None
    placed: list[Placed] = field(default_factory=list)

    def free(self, boxes: Sequence[Box], own: Box | None = None) -> bool:
        """Whether the boxes lie on the map and touch nothing that must stay legible."""
        inside = self.map_frame.box.shrink(0.8, 0.8, 0.8, 0.8)
        for box in boxes:
            if not inside.holds(box):
                return False
            grown = box.shrink(-CLEAR_MM, -CLEAR_MM, -CLEAR_MM, -CLEAR_MM)
            if any(grown.meets(other) for other in self.taken):
                return False
            if any(box.meets(other) for other in self.markers if other is not own):
                return False
        return True

    def crossed(self, box: Box) -> float:
        """How much line work a box would cover, mm."""
        if self.lines is None:
            return 0.0
        shape = shapely.box(box.x, box.y, box.right, box.top)
        hits = np.asarray(self.lines.geometries)[self.lines.query(shape)]
        return float(shapely.length(shapely.intersection(hits, shape)).sum()) if len(hits) else 0.0

    def take(self, name: Placed) -> None:
        """Keep a name."""
        self.placed.append(name)
        self.taken.extend(name.boxes)

    def has_nearby(self, text: str, x: float, y: float) -> bool:
        """Whether the same name stands nearby."""
        return any(
            other.text == text and np.hypot(other.middle[0] - x, other.middle[1] - y) < REPEAT_MM
            for other in self.placed
        )
