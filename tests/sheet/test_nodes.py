"""Flows end at the rims of nodes, which have the names of the states in which they lie."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
import shapely
from shapely.geometry import LineString, MultiLineString, Point, box
from shapely.geometry.base import BaseGeometry

from shekara.scene.model import Feature, Kind, Projection, Style
from shekara.sheet.labels.placement import place_names
from shekara.sheet.map.drawn import Drawn, features_on_page
from shekara.sheet.map.frame import MapFrame
from shekara.sheet.map.nodes import with_nodes
from shekara.sheet.map.projected import lines_of
from shekara.sheet.map.seams import cut_ends
from shekara.sheet.paper.paper import POINT_MM, Box
from tests.support.scene_parts import layer
from tests.support.sheet_scenes import scene as island

PLATE = Projection("+proj=eqc +datum=WGS84 +units=m", "", "", False, False)
LAND = Style(fill="#f4efe4")
KM = 1000.0
# 200 x 100 mm, one kilometre to the millimetre, around 0, 0.
FRAME = MapFrame(PLATE, (-1.0, -1.0, 1.0, 1.0), Box(0, 0, 200, 100), 0.0, 0.0, 1 / KM)


def drawn(
    name: str, shape: BaseGeometry, style: Style, kind: Kind, *, ground: bool = False, rank: int = 3
) -> Drawn:
    """A feature with its shape in km on the page."""
    metres = shapely.transform(shape, lambda xy: xy * KM)
    amount = "9.9" if style.arrow else ""
    feature = Feature(name, shape, name, style, label=name, rank=rank, amount=amount)
    its = layer(name, kind, [feature], basemap=ground, schematic=style.arrow)
    return Drawn(its, feature, metres, style)


def flow(name: str, *ends: tuple[float, float], width: float = 3.0) -> Drawn:
    return drawn(name, LineString(ends), Style(width=width, arrow=True), "line")


def named(label: str, rank: int, west: float, east: float) -> Drawn:
    return drawn(label, box(west, -40, east, 40), LAND, "polygon", ground=True, rank=rank)


WEST, EAST = named("West", 3, -90, 0), named("East", 3, 0, 90)


def ends_km(item: Drawn) -> list[tuple[float, float]]:
    assert isinstance(item.shape, LineString)
    return [(round(x / KM, 3), round(y / KM, 3)) for x, y in item.shape.coords]


def test_a_flow_stops_at_the_rims_of_its_nodes() -> None:
    """One thin flow: nodes of the least radius, 0.8 mm, which is 0.8 km here."""
    _, _, line, *nodes = with_nodes([WEST, EAST, flow("1", (-50, 0), (50, 0))], FRAME)
    assert ends_km(line) == [(-49.2, 0), (49.2, 0)]
    assert [(node.shape.bounds[0], node.feature.label) for node in nodes] == [
        (-50 * KM, "West"),
        (50 * KM, "East"),
    ]


def test_a_node_is_as_wide_as_the_flows_that_meet_in_it() -> None:
    """Its rim is as long as the widths of six flows of 5 points together."""
    flows = [flow(str(n), (0.5, 0), (60, 10.0 * n - 30), width=5.0) for n in range(6)]
    hub = next(item for item in with_nodes(flows, FRAME) if item.is_node)
    assert hub.style.size * POINT_MM / 2 == pytest.approx(6 * 5.0 * POINT_MM / (2 * math.pi))


def test_a_value_stands_towards_the_end_that_a_flow_has_for_itself() -> None:
    """Export and import of two partners of one hub: all four near the partner."""
    out = [flow("a", (0, 0), (-60, 20)), flow("b", (0, 0), (60, 20))]
    back = [flow("c", (-60, 20), (0, 0)), flow("d", (60, 20), (0, 0))]
    at = {item.feature.id: item.value_at for item in with_nodes([*out, *back], FRAME)}
    assert at["a"] == at["b"] > 0.5 > at["c"] == at["d"]


def test_a_state_whose_node_has_its_name_is_not_named_again() -> None:
    """But for states of the first rank, whose large names stand in their areas."""
    first = named("East", 1, 0, 90)
    result = with_nodes([WEST, first, flow("1", (-50, 0), (50, 0))], FRAME)
    labels = {(item.layer.kind, item.feature.label) for item in result}
    assert labels >= {("polygon", ""), ("point", "West"), ("polygon", "East"), ("point", "")}
    assert ("polygon", "West") not in labels


def test_a_flow_that_leaves_the_map_has_no_node_there() -> None:
    result = with_nodes([flow("1", (-50, 0), (100, 0))], FRAME)
    assert [item.shape.bounds[0] for item in result if item.is_node] == [-50 * KM]
    assert ends_km(result[0])[-1] == (100, 0)


def test_a_point_of_the_map_is_a_node_itself() -> None:
    town = drawn("Town", Point(50, 0), Style(), "point")
    result = with_nodes([WEST, EAST, town, flow("1", (-50, 0), (50, 0))], FRAME)
    assert [item.feature.label for item in result if item.is_node] == ["West"]


def test_without_flows_nothing_changes() -> None:
    """Roads of one way have heads, too, but their width is no value, or they run where they are."""
    road = drawn("Road", LineString([(-50, 0), (50, 0)]), Style(arrow=True), "line")
    road = replace(road, feature=replace(road.feature, amount=""))
    wide = flow("Highway", (-50, 5), (50, 5))
    wide = replace(wide, layer=replace(wide.layer, schematic=False))
    given = [WEST, drawn("River", LineString([(-50, 9), (50, 9)]), Style(), "line"), road, wide]
    assert with_nodes(given, FRAME) == given


def test_a_state_in_which_flows_end_at_two_places_is_named_once() -> None:
    flows = [flow("1", (-50, 0), (50, 0)), flow("2", (-50, 0), (50, 30))]
    labels = [item.feature.label for item in with_nodes([WEST, EAST, *flows], FRAME)]
    assert labels.count("East") == labels.count("West") == 1


def test_a_nodes_name_stands_beside_it() -> None:
    """Nearer to its node than 2 mm, and its state has no other name on the map."""
    items = with_nodes([WEST, EAST, flow("9.9", (-50, 0), (50, 0))], FRAME)
    names = place_names(items, FRAME, [], 1.0)
    assert sorted(placed.text for placed in names.placed) == ["9.9", "East", "West"]
    (west,) = [placed for placed in names.placed if placed.text == "West"]
    x, y = (float(part[0]) for part in FRAME.to_mm(np.array([-50 * KM]), np.array([0.0])))
    spot = west.candidate.box
    assert shapely.box(spot.x, spot.y, spot.right, spot.top).distance(Point(x, y)) < 2.8


def test_the_only_state_of_a_map_has_no_name() -> None:
    """Its name would tell nothing apart; with a neighbour in sight both are named."""
    alone = drawn("Land", box(-200, -200, 200, 200), LAND, "polygon", ground=True)
    assert not place_names([alone], FRAME, [], 1.0).placed
    two = place_names([WEST, EAST], FRAME, [], 1.0).placed
    assert sorted(placed.text for placed in two) == ["East", "West"]
    claimed = place_names([alone], FRAME, [], 1.0, {"Land"}).placed
    assert [placed.text for placed in claimed] == ["Land"]


def test_a_flow_cut_at_the_antimeridian_is_one_flow() -> None:
    """As RFC 7946 cuts it; on a page over 180° its nodes are Suva and Apia, not the cut."""
    suva, cut, apia = (178.44, -18.14), -17.454, (-171.76, -13.83)
    geometry = MultiLineString([[suva, (180, cut)], [(-180, cut), apia]])
    style = Style(width=3.0, arrow=True)
    feature = Feature("f", geometry, "f", style, label="5.5", amount="5.5")
    pacific = Projection("+proj=eqc +lon_0=180 +datum=WGS84 +units=m", "", "", False, False)
    frame = MapFrame(pacific, (170, -30, -160, 0), Box(0, 0, 200, 200), 0.0, -1.7e6, 1 / 17000)
    scene = replace(island(), layers=(layer("ships", "line", [feature], schematic=True),))
    line, *nodes = with_nodes(features_on_page(scene, frame, {}), frame)
    assert isinstance(line.shape, LineString)
    assert len(nodes) == 2
    lon = sorted(float(frame.inverse(*np.array(n.shape.coords).T)[0][0]) % 360 for n in nodes)
    assert lon == pytest.approx([178.44, 360 - 171.76])
    world = MapFrame(PLATE, (-180, -90, 180, 90), Box(0, 0, 220, 110), 0.0, 0.0, 200 / 4.0075e7)
    whole = with_nodes(features_on_page(scene, world, {}), world)
    assert len([item for item in whole if item.is_node]) == 2
    (cut_flow,) = [item.shape for item in whole if not item.is_node]
    assert cut_ends(lines_of(cut_flow), world) == {(0, -1), (1, 0)}  # one head, at Apia


def test_a_town_at_the_end_of_a_flow_is_worth_as_much_as_a_state() -> None:
    """Its name goes before those of towns of a higher rank, but not that of its own suburb."""
    towns = [("Oslo", 50.0, 0.0, 6), ("Suburb", 50.2, 0.2, 9)]
    around = [(x, y) for x in (48, 50, 52) for y in (-2, 0, 2) if (x, y) != (50, 0)]
    towns += [(f"Drammen {x} {y}", float(x), float(y), 4) for x, y in around]
    points = [drawn(name, Point(x, y), Style(), "point", rank=rank) for name, x, y, rank in towns]
    items = with_nodes([WEST, EAST, *points, flow("9.9", (-50, 0), (50, 0))], FRAME)
    assert [item.feature.id for item in items if item.at_end] == ["Oslo"]
    assert "Oslo" not in place_names(items, FRAME, [], 1.0).unnamed
