"""Names on the map, all placed at once: none over another, each where its feature is."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

import shapely
from shapely.geometry.base import BaseGeometry

from shekara.sheet.labels.candidates import Candidate, Name, apart, stretches
from shekara.sheet.labels.choice import Search, chosen_places, numbered_areas, places
from shekara.sheet.labels.most import of_most_worth
from shekara.sheet.labels.numbers import (
    Entry,
    KeyList,
    number_pt,
    place_list,
)
from shekara.sheet.labels.occupancy import Marker, Occupancy, edges_of, line_work
from shekara.sheet.labels.ranks import crowd_of, labelled_points, thin_by_rank
from shekara.sheet.labels.sight import in_mm, in_sight
from shekara.sheet.labels.style import shown, style_of
from shekara.sheet.map.drawn import Drawn
from shekara.sheet.map.frame import MapFrame
from shekara.sheet.map.projected import lines_of, points_of
from shekara.sheet.paper.fonts import clean_text
from shekara.sheet.paper.paper import POINT_MM, Box
from shekara.sheet.symbols.arrows import head_mm
from shekara.sheet.symbols.palette import is_water

CLAIMED = 60.0  # what a name is worth that a claim speaks of
AT_END = 24.0  # what it is worth more where a flow begins or ends
RIM_MM = 0.5  # of the map, in which rounding may leave a gap
AGAIN = 2.0  # what it is worth less on a further stretch or part of its feature
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
    nodes = {item.feature.id for _, item in items if item.is_node or item.at_end}
    ends = states_at_ends(items) | nodes
    window = shapely.box(*_sides(map_frame.box.shrink(RIM_MM, RIM_MM, RIM_MM, RIM_MM)))
    alone = {item.feature.id for shape, item in items if _is_all_ground(shape, item, window)}
    seen = [
        (shape, item)
        for shape, item in in_sight(items, keep_out)
        if item.feature.id in claimed or item.feature.id not in alone
    ]
    names = _names(seen, type_scale, frozenset(claimed), ends)
    by_feature = {name.item.feature.id: number for number, name in enumerate(names)}
    drawn_anyway = frozenset(claimed) | crowd_of(items)
    beyond = labelled_points(items) - drawn_anyway - set(by_feature) if numbers != "none" else set()
    for shape, item in items:
        if item.feature.id not in beyond:
            number = by_feature.get(item.feature.id)
            _occupy(occupancy, shape, item, number, drawn_anyway)
    size_pt = number_pt(type_scale)
    listed = ends.union(claimed)
    search = Search(names, items, occupancy, listed, said, size_pt)
    chosen, entries = _chosen(search, ends, frozenset(claimed))
    has_name = {names[item.name].item.feature.id for item in chosen}
    unnamed = beyond | {
        name.item.feature.id
        for name in names
        if numbers != "none"
        and name.item.layer.kind == "point"
        and name.item.feature.id not in has_name | drawn_anyway
        and not name.item.is_node
    }
    shut = [*keep_out, *(item.box for item in chosen), *(m.box for m in occupancy.markers)]
    upon = numbers == "upon"
    key = place_list(entries, map_frame.box, shut, occupancy.lines, size_pt) if upon else None
    if key is None and upon:  # without its list a number says nothing
        chosen = [item for item in chosen if not item.numbered]
    placed = tuple(Placed(names[item.name], item) for item in chosen)
    return Names(placed, frozenset(unnamed), key, entries if key is None else (), tuple(items))


def _chosen(
    search: Search, ends: frozenset[str], claimed: frozenset[str]
) -> tuple[list[Candidate], tuple[Entry, ...]]:
    """The places of names, looked for once more where a number stands for what should be named."""
    names, open_ones = search.names, places(search, ends)
    chosen, entries = chosen_places(search, open_ones)
    tight = numbered_areas(chosen, names)  # the rest of their area may have room
    wanting = frozenset[str]()

    def again() -> None:
        nonlocal open_ones, chosen, entries
        more = places(search, ends | wanting, tight)
        if more != open_ones:
            open_ones = more
            chosen, entries = chosen_places(search, open_ones)

    if tight:
        again()
    wanting = frozenset(name.item.feature.id for name in names if name.item.feature.id in claimed)
    if wanting := wanting - {names[item.name].item.feature.id for item in chosen}:
        # A state of which a claim speaks and whose name has no room becomes a number, too.
        again()
    return chosen, entries


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
            longest = max(lines_of(shape), key=lambda part: part.length)
            pieces = [longest] if item.style.arrow else stretches(longest)
        elif item.layer.kind == "polygon" and not item.layer.basemap:
            pieces = apart(shape)
        names += [
            Name(item, piece, shown(text, style), style, worth - AGAIN if place else first)
            for place, piece in enumerate(pieces)
        ]
    return thin_by_rank(of_most_worth(names), claimed | ends)


def _is_all_ground(shape: BaseGeometry, item: Drawn, window: BaseGeometry) -> bool:
    """Whether an area of the ground is all that the map shows: its name would tell nothing apart.

    Its waters may lie upon it.
    """
    return (
        item.layer.basemap
        and item.layer.kind == "polygon"
        and not is_water(item.style.fill or item.style.color)
        and bool(shapely.covers(shape, window))
    )


def _sides(box: Box) -> tuple[float, float, float, float]:
    return box.x, box.y, box.right, box.top


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
    drawn_anyway: Collection[str],
) -> None:
    """Put a feature's markers and lines on the map of what is taken."""
    if item.layer.kind == "point":
        half = item.style.size * POINT_MM / 2
        whose = None if item.is_node or item.feature.id in drawn_anyway else name
        occupancy.markers += [Marker(at.x, at.y, half, whose) for at in points_of(shape)]
        return
    if item.style.arrow:  # the head says where the flow goes
        for line in lines_of(shape):
            long, half = head_mm(item.style.width)
            middle = line.interpolate(max(line.length - long / 2, 0.0))
            occupancy.markers.append(Marker(middle.x, middle.y, half))
    if not item.layer.basemap:
        occupancy.lines += line_work(shape)
        occupancy.edges.setdefault(item.feature.id, []).extend(edges_of(shape, item.style))
