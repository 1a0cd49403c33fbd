"""Names of a crowd: what their choice costs is bounded, and what is left out is told."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest
from shapely.geometry import Point

from shekara.scene.model import Feature, Style
from shekara.sheet.labels import clashes, crowded, solve
from shekara.sheet.labels.candidates import Candidate, Name
from shekara.sheet.labels.most import NamesLeftOut, of_most_worth
from shekara.sheet.labels.occupancy import Marker, Occupancy
from shekara.sheet.labels.places import places_of
from shekara.sheet.labels.programme import exact
from shekara.sheet.labels.style import style_of
from shekara.sheet.map.drawn import Drawn
from shekara.sheet.paper.paper import Box
from tests.support.scene_parts import layer

SPOT = Style(size=4.0)


def names_in_a_spot(count: int, *, ground: bool = False) -> list[Name]:
    names = []
    for number in range(count):
        point, word = Point(50 + number / 1000, 50), f"Place {number}"
        feature = Feature(word, point, word, SPOT, label=word)
        drawn = Drawn(layer("places", "point", [feature], basemap=ground), feature, point, SPOT)
        names.append(Name(drawn, point, word, style_of(drawn, 1.0), 10.0 + number % 7))
    return names


def crowd(names: list[Name]) -> tuple[list[tuple[int, int]], list[Candidate], list[Candidate]]:
    """What excludes each other in a spot, the places that stay, and all places."""
    ends = [name.shape.bounds for name in names]
    markers = [Marker(x, y, 1.0, n) for n, (x, y, _, _) in enumerate(ends)]
    places = [place for n, name in enumerate(names) for place in places_of(n, name, [])]
    pairs, kept = clashes.clashes_of(places, names, Occupancy(Box(0, 0, 100, 100), [], markers))
    return pairs, kept, places


def test_a_crowd_keeps_as_many_of_the_cheapest_places_of_each_name_as_the_pairs_allow(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    names = names_in_a_spot(20)
    pairs, kept, places = crowd(names)
    assert kept == places
    most = len(pairs) // 10
    monkeypatch.setattr(clashes, "MOST_PAIRS", most)
    fewer, kept, places = crowd(names)
    assert 0 < len(fewer) <= most
    left = set(Counter(place.name for place in kept).values())
    assert len(left) == 1
    assert left.pop() >= 2
    for number in range(len(names)):
        dearest = max(place.cost for place in kept if place.name == number)
        out = [place for place in places if place.name == number and place not in kept]
        assert all(place.cost >= dearest for place in out)


def test_of_a_crowd_the_integer_programme_gets_no_more_than_a_few_places(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # Rings of five names of one place each: any two of five go together, and none is sure.
    count = 5 * 60
    groups = [[place] for place in range(count)]
    pairs = [(place, place // 5 * 5 + (place + 1) % 5) for place in range(count)]
    asked: list[int] = []

    def counted(rows: list[list[int]], gains: list[float]) -> list[int] | None:
        asked.append(len(gains))
        return exact(rows, gains)

    monkeypatch.setattr(solve, "EASY", 100)
    monkeypatch.setattr(crowded, "FEW", 50)
    monkeypatch.setattr(crowded, "exact", counted)
    taken = solve.choose(groups, [10.0] * count, pairs)
    assert len(taken) == 2 * 60
    assert not any((one, two) in pairs for one in taken for two in taken)
    assert len(asked) == 1
    assert 0 < asked[0] <= 50


def test_names_of_a_layer_that_are_not_even_tried_are_counted() -> None:
    with pytest.warns(NamesLeftOut, match=r"tries 160 names.* 40 of layer 'places'"):
        assert len(of_most_worth(names_in_a_spot(200))) == 160


def test_the_ground_is_thinned_out_without_a_word() -> None:
    names = names_in_a_spot(200, ground=True)
    tried = of_most_worth(names)
    assert len(tried) == 160
    assert sorted(name.worth for name in names)[40:] == sorted(name.worth for name in tried)


def test_few_names_are_all_tried() -> None:
    names = names_in_a_spot(160)
    assert of_most_worth(names) == names


def test_a_line_that_says_its_name_less_often_is_not_without_a_name() -> None:
    names = names_in_a_spot(100)
    again = [replace(name, worth=1.0) for name in names]
    assert of_most_worth([*names, *again]) == [*names, *again[:60]]
