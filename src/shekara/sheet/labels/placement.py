"""Names on the map, all placed at once: none over another, each where its feature is."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from shekara.sheet.labels.candidates import Candidate, Name, apart, stretches
from shekara.sheet.labels.clashes import clashes_of
from shekara.sheet.labels.most import of_most_worth
from shekara.sheet.labels.numbers import (
    Entry,
    KeyList,
    number_places,
    number_pt,
    numbered,
    place_list,
)
from shekara.sheet.labels.occupancy import Marker, Occupancy, boxes_of, edges_of, line_work
from shekara.sheet.labels.places import places_of
from shekara.sheet.labels.sight import in_mm, in_sight
from shekara.sheet.labels.signs import is_wet
from shekara.sheet.labels.solve import choose
from shekara.sheet.labels.style import shown, style_of
from shekara.sheet.map.drawn import Drawn
from shekara.sheet.map.frame import MapFrame
from shekara.sheet.map.projected import lines_of, points_of
from shekara.sheet.paper.fonts import clean_text
from shekara.sheet.paper.paper import POINT_MM, Box

CLAIMED = 60.0  # what a name is worth that a claim speaks of
AT_END = 24.0  # what it is worth more where a flow begins or ends
AGAIN = 2.0  # what it is worth less on a further stretch or part of its feature
INNER_SHARE = 0.6  # of a state: a smaller area lies within it, a larger one is its tint
UPON_MM = 14.0
CLOSE_COST = 0.8  # of a place close to a box or to the neatline
Numbers = Literal["upon", "beneath", "none"]


@dataclass(frozen=True)
class Placed:
    """A name in its place on the page."""

    name: Name
    candidate: Candidate

    @property
    def text(self) -> str:
        """The name as the atlas has it."""
        return self.name.item.feature.label.strip()

    @property
    def middle(self) -> tuple[float, float]:
        """The centre of the name, mm."""
        box = self.candidate.box
        return box.x + box.width / 2, box.y + box.height / 2


@dataclass(frozen=True)
class Names:
    """The names that have a place, and the features whose markers go because theirs has none."""

    placed: tuple[Placed, ...]
    unnamed: frozenset[str]
    key: KeyList | None = None  # what the numbers on the map stand for, where the map has room
    entries: tuple[Entry, ...] = ()  # the same where it has none: they want lines beneath it
    items: tuple[tuple[BaseGeometry, Drawn], ...] = ()  # what lies on the page, mm


def place_names(  # noqa: PLR0913 - what is on the map, and what its names must heed
    drawn: Iterable[Drawn],
    map_frame: MapFrame,
    keep_out: Sequence[Box],
    type_scale: float,
    claimed: Collection[str] = (),
    *,
    numbers: Numbers = "upon",
    said: Collection[str] = (),
    lines: Sequence[BaseGeometry] = (),
) -> Names:
    """Places for all names that have room; the rest is left out.

    Parameters
    ----------
    drawn : iterable of Drawn
        What lies on the page.
    map_frame : MapFrame
        What the sheet shows.
    keep_out : sequence of Box
        Boxes on the page, mm, that names leave free.
    type_scale : float
        Of the page.
    claimed : collection of str
        Features that claims speak of: they are named before all others, and never thinned out.
    numbers : "upon", "beneath" or "none"
        Where the list of the numbers stands that take the place of names: on the map, or beneath
        it, where it takes no room. With none a point stays whose name has no room.
    said : collection of str
        Features that the legend or an inset names: no name of theirs stands upon a part of them.
    lines : sequence of BaseGeometry
        What else is drawn on the map that a name should not cross, mm.
    """
    items = in_mm(list(drawn), map_frame)
    occupancy = Occupancy(map_frame.box, keep_out, lines=list(lines))
    ends = states_at_ends(items)
    names = _names(in_sight(items, keep_out), type_scale, frozenset(claimed), ends)
    by_feature = {name.item.feature.id: number for number, name in enumerate(names)}
    for shape, item in items:
        _occupy(occupancy, shape, item, by_feature.get(item.feature.id), claimed)
    size_pt = number_pt(type_scale)
    listed = ends.union(claimed)
    chosen, entries = _chosen(names, items, occupancy, listed, said, size_pt, ends)
    wanting = frozenset(name.item.feature.id for name in names if name.item.feature.id in claimed)
    if wanting := wanting - {names[item.name].item.feature.id for item in chosen}:
        # A state of which a claim speaks and whose name has no room becomes a number, too.
        chosen, entries = _chosen(names, items, occupancy, listed, said, size_pt, ends | wanting)
    has_name = {names[item.name].item.feature.id for item in chosen}
    unnamed = {
        name.item.feature.id
        for name in names
        if numbers != "none"
        and name.item.layer.kind == "point"
        and name.item.feature.id not in has_name
        and name.item.feature.id not in claimed
    }
    shut = [*keep_out, *(item.box for item in chosen), *(m.box for m in occupancy.markers)]
    upon = numbers == "upon"
    key = place_list(entries, map_frame.box, shut, occupancy.lines, size_pt) if upon else None
    if key is None and upon:  # without its list a number says nothing
        chosen = [item for item in chosen if not item.numbered]
    placed = tuple(Placed(names[item.name], item) for item in chosen)
    return Names(placed, frozenset(unnamed), key, entries if key is None else (), tuple(items))


def _chosen(
    names: Sequence[Name],
    items: Sequence[tuple[BaseGeometry, Drawn]],
    occupancy: Occupancy,
    listed: Collection[str],
    said: Collection[str],
    size_pt: float,
    wanting: Collection[str] = (),
) -> tuple[list[Candidate], tuple[Entry, ...]]:
    """The best places, and what the numbers among them stand for.

    Of what is `listed` a number stands where the name has no room; a state of which a claim speaks
    only when it is `wanting`, since most of it may lie beyond the map.
    """
    candidates: list[Candidate] = []
    first: set[str] = set()
    areas = [(shape, item) for shape, item in items if item.layer.kind == "polygon"]
    for number, name in enumerate(names):
        if name.shape.is_empty:  # a box hides all of it
            continue
        if name.item.layer.kind == "point" and occupancy.hides(name.shape, name.item.style):
            continue  # its marker lies under a box: the name would stand beside nothing
        in_full = occupancy.free(places_of(number, name, areas))
        candidates += in_full
        feature = name.item.feature.id
        is_state = name.item.layer.basemap and in_full and feature not in wanting
        if feature in listed and feature not in first and not is_state:
            candidates += occupancy.free(number_places(number, name, size_pt))
        first.add(feature)
    candidates = _off_their_parts(candidates, names, items, said)
    clashes, candidates = clashes_of(candidates, names, occupancy)
    of = [names[item.name].item.feature.id for item in candidates]
    crossed = occupancy.crossed(candidates, of) + UPON_MM * _upon(candidates, names, items)
    gains = [
        max(names[item.name].worth - item.cost - min(0.2 * over, 3.0) - CLOSE_COST * near, 0.05)
        for item, over, near in zip(candidates, crossed, occupancy.close(candidates), strict=True)
    ]
    groups: list[list[int]] = [[] for _ in names]
    for place, candidate in enumerate(candidates):
        groups[candidate.name].append(place)
    return numbered(names, [candidates[i] for i in choose(groups, gains, clashes)], size_pt)


def _names(
    items: Sequence[tuple[BaseGeometry, Drawn]],
    type_scale: float,
    claimed: frozenset[str],
    ends: frozenset[str],
) -> list[Name]:
    """The texts that want a place, those of the greatest worth."""
    names = []
    for shape, item in items:
        text = clean_text(item.feature.label).strip()
        if not text:
            continue
        style = style_of(item, type_scale)
        rank = min(max(item.feature.rank, 1), 9)
        worth = 4.0 + 2.0 * (9 - rank)
        if item.layer.basemap and rank > 3:
            worth -= 3.0
        worth += AT_END if item.feature.id in ends else 0.0
        first = worth + (CLAIMED if item.feature.id in claimed else 0.0)
        pieces: Sequence[BaseGeometry] = [shape]
        if item.layer.kind == "line" and lines_of(shape):
            pieces = stretches(max(lines_of(shape), key=lambda part: part.length))
        elif item.layer.kind == "polygon" and not item.layer.basemap:
            pieces = apart(shape)
        names += [
            Name(item, piece, shown(text, style), style, worth - AGAIN if place else first)
            for place, piece in enumerate(pieces)
        ]
    return of_most_worth(names)


def states_at_ends(items: Sequence[tuple[BaseGeometry, Drawn]]) -> frozenset[str]:
    """The areas of the ground in which flows begin and end: without their names a flow says little.

    Parameters
    ----------
    items : sequence of (BaseGeometry, Drawn)
        All that lies on the page, mm.
    """
    flows = [line for shape, item in items if item.style.arrow for line in lines_of(shape)]
    if not flows:
        return frozenset()
    ends = shapely.points([line.coords[at][:2] for line in flows for at in (0, -1)])
    return frozenset(
        item.feature.id
        for shape, item in items
        if item.layer.basemap
        and item.layer.kind == "polygon"
        and item.feature.label
        and bool(shapely.intersects(shape, ends).any())
    )


def _occupy(
    occupancy: Occupancy,
    shape: BaseGeometry,
    item: Drawn,
    name: int | None,
    claimed: Collection[str],
) -> None:
    """Put a feature's markers and lines on the map of what is taken."""
    if item.layer.kind == "point":
        half = item.style.size * POINT_MM / 2
        whose = None if item.feature.id in claimed else name
        occupancy.markers += [Marker(at.x, at.y, half, whose) for at in points_of(shape)]
        return
    if item.style.arrow:  # the head says where the flow goes
        for line in lines_of(shape):
            x, y = line.coords[-1]
            occupancy.markers.append(Marker(x, y, 1.2))
    if not item.layer.basemap:
        occupancy.lines += line_work(shape)
        occupancy.edges.setdefault(item.feature.id, []).extend(edges_of(shape, item.style))


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
