"""Lines that were proved in an earlier look and need not be traced again."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TypeAlias

import numpy as np

from shekara.median.solve.equidistance import WeightedDistance
from shekara.median.trace.curves import Curves
from shekara.median.trace.line_parts import Part, join_lines, part_lines
from shekara.median.trace.points import JUNCTION, LinePoints
from shekara.median.trace.tripoints import Link, Tripoints

# Two owners and what stands at both ends: a kind and what names it.
Place: TypeAlias = int | tuple[int, ...]  # an element, a terminus, or a junction's elements
Key: TypeAlias = tuple[tuple[int, int], tuple[str, Place], tuple[str, Place]]


@dataclass
class LineStore:
    """Proved lines by what they run between."""

    known: dict[Key, Part] = field(default_factory=dict)
    keys: list[Key | None] = field(default_factory=list)
    """Key of each link of the present look, None where it has none of its own."""
    places: dict[Place, int] = field(default_factory=dict)
    """Number of each tripoint in the present look, by its base points."""

    def split(
        self, weighted: WeightedDistance, tripoints: Tripoints, links: list[Link]
    ) -> tuple[dict[int, Key], list[int]]:
        """Which links are known from an earlier look, and which must be traced."""
        nodes = [tuple(sorted(row)) for row in tripoints.elements.tolist()]
        self.places = {node: n for n, node in enumerate(nodes)}
        ends = _ends(weighted, links)
        keys: list[Key] = []
        for n, link in enumerate(links):
            sides = [
                (kind, nodes[ref])
                if kind == "junction"
                else (kind, ref)
                if kind == "terminus"
                else (kind, ends[n][side])
                for side, (kind, ref) in enumerate((link.start, link.end))
            ]
            keys.append(((link.a, link.b), sides[0], sides[1]))
        count = Counter(keys)
        self.keys = [key if count[key] == 1 else None for key in keys]
        kept = {n: key for n, key in enumerate(self.keys) if key is not None and key in self.known}
        return kept, [n for n in range(len(links)) if n not in kept]

    def join(self, kept: dict[int, Key], todo: list[int], rows: LinePoints, curves: Curves) -> Part:
        """Kept and traced lines together, in the order of the links."""
        if not kept:
            return rows, curves
        traced = part_lines(rows, curves, np.arange(len(todo)))
        parts = {link: traced[n] for n, link in enumerate(todo)}
        for link, key in kept.items():
            points, bent = self.known[key]
            place = points.place.copy()
            for at in np.flatnonzero(points.kind == JUNCTION).tolist():
                _, node = key[1] if at == 0 else key[2]
                place[at] = self.places[node]
            parts[link] = replace(points, place=place), bent
        return join_lines(parts)

    def remember(
        self, rows: LinePoints, curves: Curves, doubtful: set[int], count: int
    ) -> LineStore:
        """A store of the lines that are beyond doubt."""
        parts = part_lines(rows, curves, np.arange(count))
        known = {
            key: parts[n]
            for n, key in zip(range(count), self.keys, strict=True)
            if key is not None and n not in doubtful
        }
        return LineStore(known)


def _ends(weighted: WeightedDistance, links: list[Link]) -> list[tuple[int, int]]:
    """The nearest element at both ends of each link's samples: it names a cut or a reach."""
    empty = np.zeros((1, 3))
    u = np.concatenate(
        [x.u[[0, -1]] if len(x.u) else np.concatenate([empty, empty]) for x in links]
        or [np.zeros((0, 3))]
    )
    lon, lat = weighted.globe.from_conformal(u)
    element = weighted.finders.all.nearest(lon, lat).element.reshape(-1, 2)
    return [(int(a), int(b)) for a, b in element]
