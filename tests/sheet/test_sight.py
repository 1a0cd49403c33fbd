"""Names stand by what is seen of a thing, in halos of their ground; tall seas along their axis."""

from __future__ import annotations

import math

import pytest
import shapely
from shapely.geometry import LineString, Point, Polygon, box
from shapely.geometry.base import BaseGeometry

from shekara.colour import contrast, lab, mix
from shekara.scene.model import Feature, Kind, Style
from shekara.sheet.drawing import VALUE
from shekara.sheet.labels.candidates import Candidate, Name
from shekara.sheet.labels.choice import Search, chosen_places
from shekara.sheet.labels.clashes import clashes_of
from shekara.sheet.labels.curves import letters_area
from shekara.sheet.labels.halos import NameInk, inks_at, inks_of
from shekara.sheet.labels.occupancy import Marker, Occupancy
from shekara.sheet.labels.placement import Names, Placed
from shekara.sheet.labels.places import places_of
from shekara.sheet.labels.sight import in_sight
from shekara.sheet.labels.style import style_of
from shekara.sheet.map.drawn import Drawn
from shekara.sheet.paper.paper import Box
from shekara.sheet.symbols.palette import LAND, SEA
from tests.support.scene_parts import layer

Item = tuple[BaseGeometry, Drawn]
GROUND, WATER = Style(fill=LAND, fill_opacity=1.0), Style(fill=SEA, fill_opacity=1.0)


def item(
    name: str, shape: BaseGeometry, style: Style, kind: Kind, *, ground: bool = False, rank: int = 5
) -> Item:
    feature = Feature(name, shape, name, style, label=name, rank=rank)
    return shape, Drawn(layer(name, kind, [feature], basemap=ground), feature, shape, style)


def named(one: Item, shape: BaseGeometry | None = None) -> Name:
    text = one[1].feature.label
    return Name(one[1], one[0] if shape is None else shape, text, style_of(one[1], 1.0), 10.0)


def test_a_lake_is_named_beside_that_part_of_it_that_no_box_hides() -> None:
    lake = item("Lake Long", box(20, 20, 80, 22), WATER, "polygon", ground=True, rank=4)
    ((seen, _),) = in_sight([lake], [Box(0, 0, 60, 60)])
    assert seen.bounds == pytest.approx((60, 20, 80, 22))
    places = places_of(0, named(lake, seen), [lake])
    assert places
    for place in places:
        spot = shapely.box(place.box.x, place.box.y, place.box.right, place.box.top)
        assert spot.distance(seen) < 1.5


def test_an_area_that_a_cut_left_invalid_is_seen_too() -> None:
    rings = ["2 6,4 7,3 6,6 2,2 4,2 6", "0 5,2 6.2,2 6,0 5", "2 8.25,8 9,4 7,5 8,2 6.2,2 8.25"]
    area = shapely.clip_by_rect(
        shapely.from_wkt(f"MULTIPOLYGON((({')),(('.join([*rings, '2 10,2 8.25,0 8,2 10'])})))"),
        *(2, 2, 8, 8),
    )
    large = shapely.affinity.scale(area, 10, 10, origin=(0, 0))  # so that the box is one
    assert not large.is_valid
    ((seen, _),) = in_sight([item("Torn", large, GROUND, "polygon")], [Box(30, 30, 30, 30)])
    assert seen.is_valid
    assert 0 < seen.area < large.area
    assert seen.intersection(box(30, 30, 60, 60)).area < 1e-9


def test_a_small_box_such_as_a_degree_hides_nothing() -> None:
    lake = item("Lake Long", box(20, 20, 80, 22), WATER, "polygon", ground=True)
    assert in_sight([lake], [Box(30, 19, 8, 4)]) == [lake]


def test_a_lakes_name_is_nearer_to_it_than_to_another_lake() -> None:
    lake = item("Lake Long", box(20, 20, 60, 22), WATER, "polygon", ground=True, rank=4)
    other = item("Other", box(20, 26.5, 60, 28), WATER, "polygon", ground=True, rank=4)
    places = places_of(0, named(lake), [lake, other])
    assert places
    for place in places:
        spot = shapely.box(place.box.x, place.box.y, place.box.right, place.box.top)
        assert spot.distance(lake[0]) < spot.distance(other[0])


def slanted(turn: float) -> Polygon:
    """A sea 9 mm wide and 60 mm long that leans by an angle, degrees."""
    return shapely.affinity.rotate(box(0, 0, 9, 60), turn)


@pytest.mark.parametrize("turn", [0.0, 12.0, -20.0])
def test_a_tall_sea_is_named_along_its_axis(turn: float) -> None:
    sea = item("Narrow Sea", slanted(turn), WATER, "polygon", ground=True, rank=2)
    places = places_of(0, named(sea), [sea])
    assert places
    for place in places:
        style = style_of(sea[1], 1.0)
        assert letters_area(place.letters, style.size_pt, style.face).within(sea[0])
        lean = [letter.angle - 90 - turn for letter in place.letters]
        assert max(abs(angle) for angle in lean) < 6
        low, high = place.letters[0], place.letters[-1]
        assert high.y > low.y  # read from below


def test_a_sea_with_room_for_a_level_name_has_one() -> None:
    sea = item("Wide Sea", Point(50, 50).buffer(25), WATER, "polygon", ground=True, rank=2)
    assert all(place.lines for place in places_of(0, named(sea), [sea]))


def test_a_halo_has_the_colour_that_the_tints_make() -> None:
    land = item("Land", box(0, 0, 100, 60), GROUND, "polygon", ground=True)
    tint = item("Tint", box(50, 0, 100, 60), Style(fill="#80c0a0", fill_opacity=0.5), "polygon")
    town = item("Town", Point(75, 30), Style(), "point")
    at = {"tint": 70.0, "land": 20.0}
    placed = tuple(Placed(named(town), Candidate(0, Box(x, 30, 12, 3), 0.0)) for x in at.values())
    upon_tint, upon_land = inks_of(Names(placed, frozenset(), items=(land, tint, town)))
    assert upon_tint.halo == mix("#80c0a0", LAND, 0.5)
    assert upon_land.halo == LAND


def inks_upon(colour: str, left: float) -> NameInk:
    """Of a name 12 mm long, upon an area that ends at x = 56 mm and land beyond it."""
    land = item("Land", box(0, 0, 100, 60), GROUND, "polygon", ground=True)
    area = item("Area", box(0, 0, 56, 60), Style(fill=colour, fill_opacity=1.0), "polygon")
    town = item("Town", Point(50, 30), Style(), "point")
    placed = (Placed(named(town), Candidate(0, Box(left, 30, 12, 3), 0.0)),)
    (ink,) = inks_of(Names(placed, frozenset(), items=(land, area, town)))
    return ink


@pytest.mark.parametrize("colour", ["#843c14", "#404040", "#1a3c6e", "#e07020", "#c8c8c8"])
def test_letters_stand_out_upon_their_ground_and_their_halo_is_no_hole_in_it(colour: str) -> None:
    ink = inks_upon(colour, 30.0)
    assert ink.halo == colour
    assert contrast(ink.letters, colour) >= 4.5  # WCAG 2.2, 1.4.3
    assert ink.is_light == (lab(colour)[0] < 48)


def test_degrees_at_the_rim_have_the_colours_of_the_ground_beneath_them() -> None:
    sea = item("Sea", box(0, 0, 40, 60), WATER, "polygon", ground=True)
    night = item("Night", box(40, 0, 80, 60), Style(fill="#303030", fill_opacity=1.0), "polygon")
    names = Names((), frozenset(), items=(sea, night))
    upon_sea, upon_night = inks_at(names, [Box(5, 1, 8, 2), Box(60, 1, 8, 2)], "#4d4d4d")
    assert upon_sea == NameInk("#4d4d4d", SEA)
    assert upon_night == NameInk("#ffffff", "#303030")


def test_a_name_that_leaves_a_dark_area_keeps_dark_letters_in_a_light_halo() -> None:
    ink = inks_upon("#404040", 46.0)
    assert not ink.is_light
    assert contrast(ink.letters, ink.halo) >= 4.5


def test_a_name_upon_two_tints_has_the_halo_of_the_lighter_and_letters_for_the_darker() -> None:
    ink = inks_upon("#bb9b70", 48.0)  # two thirds of it upon the brown, the rest upon land
    assert ink.halo == LAND
    assert contrast(ink.letters, "#bb9b70") >= 4.5


def test_a_spaced_name_keeps_farther_off_a_box_than_another() -> None:
    occupancy = Occupancy(Box(0, 0, 100, 100), [Box(50, 0, 50, 100)])
    sea = item("Narrow Sea", slanted(0.0), WATER, "polygon", ground=True, rank=2)
    letters = places_of(0, named(sea), [sea])[0].letters
    near = Candidate(0, Box(30, 50, 18, 3), 0.0)  # 2 mm from the box
    spaced = Candidate(0, near.box, 0.0, letters=letters)
    assert occupancy.close([near, spaced]).tolist() == [False, True]


def test_the_letters_of_an_upright_name_cover_an_upright_strip() -> None:
    line = LineString([(0, 0), (0, 30)])
    sea = item("Sea", line.buffer(6), WATER, "polygon", ground=True, rank=2)
    style = style_of(sea[1], 1.0)
    tall = item("Exceedingly", line.buffer(4), WATER, "polygon", ground=True, rank=2)
    place = places_of(0, named(tall), [tall])[0]
    area = letters_area(place.letters, style.size_pt, style.face)
    left, low, right, top = area.bounds
    assert math.isclose(right - left, 0.9 * style.size_pt * 25.4 / 72, rel_tol=1e-6)
    assert top - low > 3 * (right - left)


def test_the_name_of_an_area_keeps_off_a_marker_that_it_would_seem_to_name() -> None:
    occupancy = Occupancy(Box(0, 0, 100, 100), [], markers=[Marker(50, 50, 2.0)])
    places = [Candidate(0, Box(52, y, 10, 3), 0.0) for y in (44.0, 41.9, 60.0)]
    # Gaps to the marker: 48 - 47 = 1 mm, 48 - 44.9 = 3.1 mm, 60 - 52 = 8 mm.
    assert occupancy.beside_markers(places).tolist() == [True, False, False]


def test_a_name_in_capitals_is_not_said_again_in_small_letters() -> None:
    state = item("PERU", box(0, 0, 90, 90), GROUND, "polygon", ground=True)
    tint = item("Peru", box(0, 0, 90, 90), Style(fill="#80c0a0"), "polygon")
    names = [named(state), named(tint)]
    places = [Candidate(0, Box(10, 10, 10, 3), 0.0), Candidate(1, Box(10, 30, 10, 3), 0.0)]
    clashes, kept = clashes_of(places, names, Occupancy(Box(0, 0, 100, 100), []))
    assert kept == places
    assert clashes == [(0, 1)]


@pytest.mark.parametrize("text", ["22.3\u00a0%", "7,8", "2\u202f325", "\u22124"])
def test_a_number_is_no_name_for_an_index(text: str) -> None:
    assert VALUE.match(text)


@pytest.mark.parametrize("text", ["9 de Julio", "929th Centre", "4-й полигон", "Aral"])
def test_a_name_that_begins_with_a_number_is_one(text: str) -> None:
    assert not VALUE.match(text)


def test_a_map_on_which_nothing_has_a_name_has_no_names() -> None:
    occupancy = Occupancy(Box(0, 0, 100, 100), [])
    assert chosen_places(Search([], [], occupancy, (), (), 6.5), []) == ([], ())
