"""Which names yield where there is no room for all: by rank, and those that say a thing again."""

from __future__ import annotations

import pytest
from shapely.geometry import Point, box
from shapely.geometry.base import BaseGeometry

from shekara.scene.model import Feature, Kind, Style
from shekara.sheet.labels.candidates import Candidate, Name
from shekara.sheet.labels.choice import Search, chosen_places, places
from shekara.sheet.labels.clashes import clashes_of
from shekara.sheet.labels.occupancy import Marker, Occupancy
from shekara.sheet.labels.ranks import crowd_of, thin_by_rank
from shekara.sheet.labels.style import style_of
from shekara.sheet.map.drawn import Drawn
from shekara.sheet.paper.paper import Box
from tests.support.scene_parts import layer

MAP = Box(0, 0, 100, 100)


def name(
    text: str,
    shape: BaseGeometry,
    kind: Kind = "point",
    *,
    rank: int = 5,
    of: str = "places",
    ground: bool = False,
) -> Name:
    style = Style(fill="#f4efe4", fill_opacity=1.0, size=4.0)
    feature = Feature(f"{of}/{text}", shape, text, style, label=text, rank=rank)
    drawn = Drawn(layer(of, kind, [feature], basemap=ground), feature, shape, style)
    return Name(drawn, shape, text, style_of(drawn, 1.0), 4.0 + 2.0 * (9 - rank))


def chosen(names: list[Name], always: frozenset[str] = frozenset()) -> set[str]:
    """The names that find a place on the map."""
    items = [(each.shape, each.item) for each in names]
    markers = [
        Marker(each.shape.x, each.shape.y, 0.7, number)
        for number, each in enumerate(names)
        if isinstance(each.shape, Point)
    ]
    occupancy = Occupancy(MAP, [], markers)
    search = Search(thin_by_rank(names, always), items, occupancy, (), (), 6.5)
    chosen, _ = chosen_places(search, places(search, ()))
    return {f"{names[place.name].item.layer.name}/{names[place.name].text}" for place in chosen}


def crowd(rank: int) -> list[Name]:
    """A capital whose name has room on no side of the four suburbs that stand around it."""
    around = [(x, y) for x in (48.2, 51.8) for y in (48.2, 51.8)]
    suburbs = [name(f"Suburb {n}", Point(*at), rank=rank) for n, at in enumerate(around)]
    return [*suburbs, name("Capital", Point(50, 50), rank=1)]


def test_a_capital_is_named_before_all_its_suburbs() -> None:
    assert "places/Capital" in chosen(crowd(rank=5))
    # Without the ranks the suburbs, who are four, are worth more.
    assert "places/Capital" not in chosen([*crowd(rank=1)])


def test_what_a_claim_speaks_of_yields_to_no_rank() -> None:
    names = crowd(rank=5)
    spoken = frozenset({names[0].item.feature.id})
    weights = [each.weight for each in thin_by_rank(names, spoken)]
    assert weights[0] == 1.0
    assert max(weights[1:4]) < 1.0
    assert weights[4] == 1.0


def test_the_lesser_names_together_weigh_half_of_a_greater_one_and_far_ones_all() -> None:
    far = name("Far Town", Point(5, 95), rank=9)
    thinned = thin_by_rank([*crowd(rank=4), far], frozenset())
    capital = thinned[4].worth
    assert sum(each.weight * each.worth for each in thinned[:4]) == pytest.approx(capital / 2)
    assert thinned[5].weight == 1.0


def test_a_crowd_without_ranks_is_data_and_keeps_its_markers() -> None:
    plain = [name(f"P {n}", Point(n % 20, n // 20)) for n in range(170)]
    ranked = [name(f"R {n}", Point(n % 20, n // 20), rank=1 + n % 4, of="r") for n in range(170)]
    few = [name("F", Point(1, 1), of="f")]
    items = [(each.shape, each.item) for each in (*plain, *ranked, *few)]
    assert crowd_of(items) == {each.item.feature.id for each in plain}


def test_the_name_of_an_area_does_not_read_on_into_that_of_a_town() -> None:
    """Gaps of 1.2 and 2 mm on a line, and of 1.2 mm between two lines."""
    area = name("Yemen", box(0, 0, 90, 90), "polygon", ground=True)
    town = name("Sanaa", Point(50, 50))
    at_area = Candidate(0, Box(10, 50, 10, 3), 0.0)
    spots = [Box(21.2, 50, 10, 3), Box(22, 50, 10, 3), Box(10, 54.2, 10, 3)]
    pairs, _ = clashes_of(
        [at_area, *(Candidate(1, spot, 0.0) for spot in spots)], [area, town], Occupancy(MAP, [])
    )
    assert pairs == [(0, 1)]


def test_a_state_of_the_ground_and_of_a_class_is_named_once() -> None:
    state = box(5, 5, 95, 95)  # so wide that two names would stand far apart
    twice = [
        name("State", state, "polygon", rank=1, of="ground", ground=True),
        name("STATE", state.buffer(-1), "polygon", of="classes"),
    ]
    assert len(chosen(twice)) == 1
    # One name of two places that are apart is no repetition.
    apart = [
        name("Santiago", box(2, 5, 46, 20), "polygon", of="a"),
        name("Santiago", box(54, 80, 98, 95), "polygon", of="b"),
    ]
    assert len(chosen(apart)) == 2
