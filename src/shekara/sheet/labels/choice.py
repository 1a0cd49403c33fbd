"""The best places among all that names may take, once what is taken on the map is known."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from shekara.sheet.labels.candidates import Candidate, Name
from shekara.sheet.labels.clashes import clashes_of
from shekara.sheet.labels.numbers import Entry, bears_value, number_places, numbered
from shekara.sheet.labels.occupancy import Occupancy, boxes_of
from shekara.sheet.labels.places import places_of
from shekara.sheet.labels.signs import is_wet
from shekara.sheet.labels.solve import choose
from shekara.sheet.map.drawn import Drawn

INNER_SHARE = 0.6  # of a state: a smaller area lies within it, a larger one is its tint
UPON_MM = 14.0
CROSSED_COST, MOST_CROSSED_COST = 0.2, 3.0  # of a millimetre of lines under a name, of all of them
MARKER_COST = 1.0  # of an area's name close to a marker
LEAST_GAIN = 0.05  # of a name in the worst place: it is better than none
CLOSE_COST = 0.8  # of a place close to a box or to the neatline


@dataclass(frozen=True)
class Search:
    """What is searched: places for names on a map with all that lies on it."""

    names: Sequence[Name]
    items: Sequence[tuple[BaseGeometry, Drawn]]
    occupancy: Occupancy
    listed: Collection[str]
    said: Collection[str]
    size_pt: float

    @cached_property
    def areas(self) -> list[tuple[BaseGeometry, Drawn]]:
        """The areas among the items."""
        return [(shape, item) for shape, item in self.items if item.layer.kind == "polygon"]

    @cached_property
    def _known(self) -> dict[tuple[int, str], list[Candidate]]:
        return {}

    def in_full(self, number: int, *, thorough: bool) -> list[Candidate]:
        """The free places of a name: each is looked for once, however often names are chosen."""
        key = (number, "thorough" if thorough else "in full")
        if key not in self._known:
            places = places_of(number, self.names[number], self.areas, thorough=thorough)
            self._known[key] = self.occupancy.free(places)
        return self._known[key]

    def numbered(self, number: int) -> list[Candidate]:
        """The free places of the number that may stand for a name."""
        key = (number, "number")
        if key not in self._known:
            places = number_places(number, self.names[number], self.size_pt)
            self._known[key] = self.occupancy.free(places)
        return self._known[key]


def numbered_areas(chosen: Sequence[Candidate], names: Sequence[Name]) -> frozenset[int]:
    """The names of areas for which numbers stand."""
    return frozenset(
        item.name
        for item in chosen
        if item.numbered and names[item.name].item.layer.kind == "polygon"
    )


def places(
    search: Search, wanting: Collection[str], thorough: Collection[int] = ()
) -> list[Candidate]:
    """All places that are to choose from.

    Of what is `listed` a number stands where the name has no room, but never for a value; a state
    of which a claim speaks only when it is `wanting`, since most of it may lie beyond the map. Of
    the names of `thorough` all places in their area are tried.
    """
    names, occupancy = search.names, search.occupancy
    candidates: list[Candidate] = []
    first: set[str] = set()
    for number, name in enumerate(names):
        if name.shape.is_empty:  # a box hides all of it
            continue
        if name.item.layer.kind == "point" and occupancy.hides(name.shape, name.item.style):
            continue  # its marker lies under a box: the name would stand beside nothing
        # The states of the subject are large, and what the map is about lies upon them.
        all_over = number in thorough or (name.item.layer.basemap and name.item.feature.rank <= 1)
        in_full = search.in_full(number, thorough=all_over)
        candidates += in_full
        feature = name.item.feature.id
        is_state = name.item.layer.basemap and in_full and feature not in wanting
        in_list = feature in search.listed and not bears_value(name.item)
        if in_list and feature not in first and not is_state:
            candidates += search.numbered(number)
        first.add(feature)
    return _off_their_parts(candidates, names, search.items, search.said)


def chosen_places(
    search: Search, candidates: list[Candidate]
) -> tuple[list[Candidate], tuple[Entry, ...]]:
    """The best of the places, and what the numbers among them stand for."""
    names, items, occupancy = search.names, search.items, search.occupancy
    clashes, candidates = clashes_of(candidates, names, occupancy)
    of = [names[item.name].item.feature.id for item in candidates]
    crossed = occupancy.crossed(candidates, of) + UPON_MM * _upon(candidates, names, items)
    by_marker = occupancy.beside_markers(candidates) & np.array(
        [
            names[item.name].item.layer.kind == "polygon" and not item.numbered
            for item in candidates
        ],
        dtype=bool,  # of none as well
    )
    crossed_cost = np.minimum(CROSSED_COST * crossed, MOST_CROSSED_COST)
    costs = crossed_cost + CLOSE_COST * occupancy.close(candidates) + MARKER_COST * by_marker
    gains = [
        names[item.name].weight * max(names[item.name].worth - item.cost - cost, LEAST_GAIN)
        for item, cost in zip(candidates, costs.tolist(), strict=True)
    ]
    groups: list[list[int]] = [[] for _ in names]
    for place, candidate in enumerate(candidates):
        groups[candidate.name].append(place)
    best = [candidates[i] for i in choose(groups, gains, clashes)]
    return numbered(names, best, search.size_pt)


def _upon(
    candidates: Sequence[Candidate],
    names: Sequence[Name],
    items: Sequence[tuple[BaseGeometry, Drawn]],
) -> np.ndarray:
    """How many smaller areas and waters an area's name stands upon.

    There it would read as the name of the lease, the range, the sector or the lake.
    """
    count = np.zeros(len(candidates))
    upper = [shape for shape, item in items if not item.layer.basemap or is_wet(item)]
    areas = [shape for shape in upper if shape.area > 0]
    grounds = [
        place
        for place, item in enumerate(candidates)
        if names[item.name].item.layer.kind == "polygon" and not item.numbered
    ]
    if not areas or not grounds:
        return count
    boxes = boxes_of([candidates[place] for place in grounds])
    which, area = shapely.STRtree(areas).query(boxes, predicate="intersects")
    sizes = np.array([names[candidates[place].name].shape.area for place in grounds])
    inner = shapely.area(areas)[area] < INNER_SHARE * sizes[which]
    np.add.at(count, np.asarray(grounds)[which[inner]], 1)
    return count


def _off_their_parts(
    candidates: list[Candidate],
    names: Sequence[Name],
    items: Sequence[tuple[BaseGeometry, Drawn]],
    said: Collection[str],
) -> list[Candidate]:
    """The candidates without those of names said elsewhere that stand upon a part of their area.

    A sea that is all divided has no place of its own: its name would read as that of a sector.
    """
    mine = [item for item in candidates if names[item.name].item.feature.id in said]
    upon = _upon(mine, names, items)
    off = {id(item) for item, parts in zip(mine, upon, strict=True) if parts}
    return [item for item in candidates if id(item) not in off]
