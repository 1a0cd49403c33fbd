"""Where names may stand: abbreviated, on far parts, along a shore; and what they may not cover."""

from __future__ import annotations

import pytest
import shapely
from shapely.geometry import LineString, MultiPolygon, Point, box
from shapely.geometry.base import BaseGeometry

from shekara.scene.model import Feature, Kind, Style
from shekara.sheet.labels.abbreviations import abbreviated
from shekara.sheet.labels.candidates import Candidate, Line, Name, apart
from shekara.sheet.labels.occupancy import Occupancy, edges_of, line_work
from shekara.sheet.labels.placement import states_at_ends
from shekara.sheet.labels.places import places_of
from shekara.sheet.labels.style import style_of
from shekara.sheet.map.depths import depths, waters_upon_areas
from shekara.sheet.map.drawn import Drawn
from shekara.sheet.paper.fonts import width_mm
from shekara.sheet.paper.paper import Box
from tests.support.scene_parts import layer

Item = tuple[BaseGeometry, Drawn]
LAND, WATER = Style(fill="#f4efe4"), Style(fill="#cfe0ea")
TINT, FLOW = Style(fill="#e0a030"), Style(color="#0072b2", width=6.0, arrow=True)


def item(
    name: str, shape: BaseGeometry, style: Style, kind: Kind, *, ground: bool = False, rank: int = 5
) -> Item:
    feature = Feature(name, shape, name, style, label=name, rank=rank)
    return shape, Drawn(layer(name, kind, [feature], basemap=ground), feature, shape, style)


def named(one: Item) -> Name:
    return Name(one[1], one[0], one[1].feature.label, style_of(one[1], 1.0), 10.0)


def words(place: Candidate) -> str:
    return " ".join(line.text for line in place.lines)


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Верхняя область", "Верхняя обл."),
        ("Республика Верх", "Респ. Верх"),
        ("UPPER PROVINCE", "UPPER PROV."),
        ("Region", ""),  # a name that is nothing else stays whole
        ("Harbour", ""),
    ],
)
def test_common_words_of_names_are_abbreviated(name: str, short: str) -> None:
    assert abbreviated(name) == short


def test_a_name_is_abbreviated_where_it_has_no_room_in_full() -> None:
    """In full where there is room for both: the short form costs more."""
    texts = {}
    tight = width_mm("Long Western Prov.", 7.0, "semibold") + 3.5
    assert tight < width_mm("Long Western Province", 7.0, "semibold")
    for width in (60.0, tight):
        area = item("Long Western Province", box(0, 0, width, 3.2), TINT, "polygon")
        neighbour = item("East", box(width, 0, width + 50, 3.2), TINT, "polygon")
        texts[width] = {words(place) for place in places_of(0, named(area), [area, neighbour])}
    wide = item("Long Western Province", box(0, 0, 60, 3.2), TINT, "polygon")
    cheapest = min(places_of(0, named(wide), [wide]), key=lambda place: place.cost)
    assert words(cheapest) == "Long Western Province"
    assert texts[60.0] == {"Long Western Province", "Long Western Prov."}
    assert texts[tight] == {"Long Western Prov."}


def test_a_narrow_lake_is_named_along_its_shore_and_a_sea_is_not() -> None:
    lake = item("Lake Long", box(20, 20, 60, 21), WATER, "polygon", ground=True, rank=4)
    land = item("Land", box(0, 0, 90, 50), LAND, "polygon", ground=True)
    other = item("Other", box(20, 21.5, 60, 26), WATER, "polygon", ground=True, rank=4)
    places = places_of(0, named(lake), [land, lake, other])
    assert {words(place) for place in places} == {"L. Long"}
    for place in places:
        spot = shapely.box(place.box.x, place.box.y, place.box.right, place.box.top)
        assert spot.distance(lake[0]) == pytest.approx(0.6, abs=0.01)  # as near as to a marker
        assert not spot.intersects(other[0])  # where it would name the other lake
    sea = item("Long Sea", lake[0], WATER, "polygon", ground=True, rank=1)
    assert places_of(0, named(sea), [land, sea]) == []


def test_far_parts_of_an_area_say_its_name_again_and_near_or_small_ones_do_not() -> None:
    main, near = box(0, 0, 20, 20), box(22, 0, 40, 20)
    far, small = box(80, 0, 95, 15), box(120, 0, 123, 3)
    whole = MultiPolygon([small, near, far, main])
    assert apart(whole) == [whole, far]
    assert apart(main) == [main]
    # Of two far parts side by side one says the name.
    twins = MultiPolygon([main, box(80, 0, 92, 10), box(93, 0, 105, 10)])
    assert len(apart(twins)) == 2


def test_a_town_whose_marker_lies_under_a_box_is_hidden() -> None:
    occupancy = Occupancy(Box(0, 0, 100, 100), [Box(0, 0, 30, 30)])
    style = Style(size=4.0)  # points: 1.4 mm across
    under = [occupancy.hides(Point(x, 10), style) for x in (10, 30.5, 31)]
    assert under == [True, True, False]


def test_names_avoid_both_edges_of_a_broad_line_but_not_its_own() -> None:
    line = LineString([(0, 0), (40, 0)])
    place = Candidate(0, Box(10, 0.8, 8, 3), 0.0, (Line("Name", 10, 1),))
    occupancy = Occupancy(Box(0, 0, 50, 50), [])
    occupancy.lines += line_work(line)
    assert edges_of(line, Style(width=0.5)) == []
    # Half of 6 points is 1.06 mm: the edge reaches into the name, which the middle does not.
    occupancy.edges["flow"] = edges_of(line, Style(width=6.0))
    assert occupancy.crossed([place], ["town"]).tolist() == pytest.approx([8.0])
    assert occupancy.crossed([place], ["flow"]).tolist() == [0.0]


def test_the_states_at_both_ends_of_a_flow_want_their_names() -> None:
    west = item("West", box(0, 0, 10, 10), LAND, "polygon", ground=True)
    middle = item("Middle", box(10, 0, 20, 10), LAND, "polygon", ground=True)
    east = item("East", box(20, 0, 30, 10), LAND, "polygon", ground=True)
    flow = item("flow", LineString([(5, 5), (25, 5)]), FLOW, "line")
    road = item("road", LineString([(5, 5), (15, 5)]), Style(color="#333333"), "line")
    assert states_at_ends([west, middle, east, flow, road]) == {"West", "East"}
    assert states_at_ends([west, road]) == frozenset()


def test_rivers_lie_upon_tinted_areas_and_lakes_where_the_author_puts_them() -> None:
    land = item("land", box(0, 0, 9, 9), LAND, "polygon", ground=True)
    river = item("river", LineString([(0, 0), (9, 9)]), WATER, "line", ground=True)
    below = item("below", box(1, 1, 2, 2), WATER, "polygon", ground=True)
    tint = item("tint", box(0, 0, 9, 9), TINT, "polygon")
    above = item("above", box(3, 3, 4, 4), WATER, "polygon", ground=True)
    town = item("town", Point(5, 5), Style(), "point")
    whole = [one for _, one in (land, river, below, tint, above, town)]
    upon = waters_upon_areas(whole)
    assert upon == {"river", "above"}
    order = [items[0].layer.name for items in depths(whole, upon)]
    assert order == ["tint", "above", "river", "town"]
    bare = [one for _, one in (land, river, below, town)]
    assert waters_upon_areas(bare) == frozenset()
