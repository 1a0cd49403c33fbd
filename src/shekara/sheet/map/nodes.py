"""Where flows begin and end: a marker with the name of the place, at whose rim the flows stop.

A flow is a line with a head whose width is a value, drawn by scheme; a road with a head is none.
If its ends lie on unnamed ground it says little. Its node has the name of the state in which it
lies, so that the state needs no other; states of the first rank, and those with two nodes, are
named in their area.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
import shapely
from shapely.geometry import LineString, Point
from shapely.ops import substring

from shekara.scene.model import Feature, SceneLayer, Style
from shekara.sheet.map.drawn import Drawn
from shekara.sheet.map.frame import MapFrame
from shekara.sheet.map.projected import lines_of, points_of
from shekara.sheet.map.seams import cut_ends
from shekara.sheet.paper.paper import POINT_MM

LEAST_MM, MOST_MM = 0.8, 2.2  # radius of a node
SAME_MM = 0.3  # ends nearer to each other are one node
INSIDE_MM = 0.2  # nearer to the neatline an end is only where the map cuts a flow
SHAFT_MM = 2.5  # what is left of a flow between the rims of its nodes, at least
RANK = 2  # of the name of a node
AT_NODE = 0.8  # where along a flow its value stands: towards the end where it is alone
LOOK = Style(color="#1d1d1d", fill="#fffefb", fill_opacity=1.0, width=0.7)


@dataclass(frozen=True)
class _Node:
    """A place where flows begin or end, projected metres."""

    at: Point
    radius_mm: float
    flows: int


def with_nodes(drawn: Sequence[Drawn], map_frame: MapFrame) -> list[Drawn]:
    """What lies on a page, its flows cut at the rims of their nodes, and the nodes upon them.

    Parameters
    ----------
    drawn : sequence of Drawn
        Bottom to top. An end at the marker of a point has that for its node.
    map_frame : MapFrame
        What the sheet shows.
    """
    nodes = _nodes(drawn, map_frame)
    if not nodes:
        return list(drawn)
    marked, towns = _marked(drawn, nodes, map_frame)
    within = {key: _state(drawn, node.at) for key, node in nodes.items()}
    ends = Counter(state.feature.label for state in within.values() if state is not None)
    named = {
        key: state
        for key, state in within.items()
        if state is not None
        and state.feature.rank > 1
        and ends[state.feature.label] == 1
        and key not in marked
    }
    said = {state.feature.label for state in named.values()}
    result = []
    last = max(place for place, item in enumerate(drawn) if is_flow(item))
    for place, item in enumerate(drawn):
        if is_flow(item):
            result.append(_between(item, nodes, map_frame))
        elif item.layer.basemap and item.layer.kind == "polygon" and item.feature.label in said:
            result.append(replace(item, feature=replace(item.feature, label="")))
        elif item.feature.id in towns:
            result.append(replace(item, at_end=True))
        else:
            result.append(item)
        if place == last:
            result += [
                _drawn(item.layer, count, node, named.get(key), map_frame)
                for count, (key, node) in enumerate(nodes.items())
                if key not in marked
            ]
    return result


def is_flow(item: Drawn) -> bool:
    """Whether a line goes by scheme from place to place, as wide as a value, and has a head."""
    return item.layer.schematic and item.style.arrow and bool(item.feature.amount)


Key = tuple[int, int]


def _nodes(drawn: Sequence[Drawn], map_frame: MapFrame) -> dict[Key, _Node]:
    """The nodes of all flows by their place, as wide as the flows that meet there."""
    ends: dict[Key, Point] = {}
    widths: dict[Key, float] = {}
    flows: Counter[Key] = Counter()
    for item in drawn:
        if is_flow(item):
            for end in _ends(item, map_frame):
                key = _key(end, map_frame)
                if key is not None:
                    ends.setdefault(key, end)
                    widths[key] = widths.get(key, 0.0) + item.style.width * POINT_MM
                    flows[key] += 1
    return {
        key: _Node(end, min(max(widths[key] / (2 * math.pi), LEAST_MM), MOST_MM), flows[key])
        for key, end in ends.items()
    }


def _ends(item: Drawn, map_frame: MapFrame) -> list[Point]:
    """Where the lines of a flow begin and end, but not where the antimeridian cuts them."""
    lines = lines_of(item.shape)
    cut = cut_ends(lines, map_frame)
    return [
        Point(line.coords[at])
        for number, line in enumerate(lines)
        for at in (0, -1)
        if (number, at) not in cut
    ]


def _key(end: Point, map_frame: MapFrame) -> Key | None:
    """The place of an end on paper; None at the neatline, where a flow only leaves the map."""
    x, y = (float(part[0]) for part in map_frame.to_mm(np.array([end.x]), np.array([end.y])))
    box = map_frame.box.shrink(INSIDE_MM, INSIDE_MM, INSIDE_MM, INSIDE_MM)
    if not (box.x < x < box.right and box.y < y < box.top):
        return None
    return round(x / SAME_MM), round(y / SAME_MM)


def _marked(
    drawn: Sequence[Drawn], nodes: Mapping[Key, _Node], map_frame: MapFrame
) -> tuple[set[Key], set[str]]:
    """The nodes at which points of the map stand, and of the points the first in rank at each."""
    points = [
        (point, item.feature)
        for item in drawn
        if item.layer.kind == "point" and item.feature.label
        for point in points_of(item.shape)
    ]
    if not points:
        return set(), set()
    tree = shapely.STRtree([point for point, _ in points])
    reach = LEAST_MM / map_frame.mm_per_m
    keys, towns = set[Key](), set[str]()
    for key, node in nodes.items():
        near = [points[place] for place in tree.query(node.at, "dwithin", distance=reach)]
        if near:
            keys.add(key)
            towns.add(min((town.rank, at.distance(node.at), town.id) for at, town in near)[2])
    return keys, towns


def _state(drawn: Sequence[Drawn], at: Point) -> Drawn | None:
    """The named area of the ground in which a node lies; the topmost of several."""
    areas = [
        item
        for item in drawn
        if item.layer.basemap
        and item.layer.kind == "polygon"
        and item.feature.label.strip()
        and item.shape.intersects(at)
    ]
    return areas[-1] if areas else None


def _between(item: Drawn, nodes: Mapping[Key, _Node], map_frame: MapFrame) -> Drawn:
    """A flow between the rims of its nodes, its value towards the end with fewer flows."""
    lines, value_at = [], item.value_at
    for line in lines_of(item.shape):
        first, last = (
            nodes.get(key) if (key := _key(Point(line.coords[end]), map_frame)) else None
            for end in (0, -1)
        )
        start, end = (
            0.0 if node is None else node.radius_mm / map_frame.mm_per_m for node in (first, last)
        )
        cut = substring(line, start, line.length - end)
        long = line.length - start - end > SHAFT_MM / map_frame.mm_per_m
        lines.append(cut if long and isinstance(cut, LineString) else line)
        alone = (last.flows if last else 1) <= (first.flows if first else 1)
        value_at = AT_NODE if alone else 1 - AT_NODE
    shape = lines[0] if len(lines) == 1 else shapely.MultiLineString(lines)
    return replace(item, shape=shape, value_at=value_at)


def _drawn(
    layer: SceneLayer, count: int, node: _Node, state: Drawn | None, map_frame: MapFrame
) -> Drawn:
    label = "" if state is None else state.feature.label
    feature = Feature(
        f"{layer.name}/node-{count}",
        _lonlat(node.at.x, node.at.y, map_frame),
        label,
        LOOK,
        label=label,
        rank=RANK,
    )
    style = replace(LOOK, size=2 * node.radius_mm / POINT_MM)
    return Drawn(replace(layer, kind="point"), feature, node.at, style, is_node=True)


# One value for all languages: their maps are one form.
@lru_cache(maxsize=256)
def _lonlat(x: float, y: float, map_frame: MapFrame) -> Point:
    lon, lat = map_frame.inverse(np.array([x]), np.array([y]))
    return Point(float(lon[0]), float(lat[0]))
