"""The choice of places for names against every choice there is."""

import itertools
import random

import pytest

from shekara.sheet.labels import crowded
from shekara.sheet.labels.crowded import settle
from shekara.sheet.labels.rows import cliques, undominated
from shekara.sheet.labels.solve import choose


def scene(seed: int) -> tuple[list[list[int]], list[float], list[tuple[int, int]]]:
    """Three to five names with up to three places each, and clashes between them."""
    dice = random.Random(seed)
    groups: list[list[int]] = []
    for _ in range(dice.randint(3, 5)):
        first = groups[-1][-1] + 1 if groups else 0
        groups.append(list(range(first, first + dice.randint(1, 3))))
    total = groups[-1][-1] + 1
    gains = [dice.randint(1, 40) / 4 for _ in range(total)]
    pairs = list(itertools.combinations(range(total), 2))
    clashes = [pair for pair in pairs if not together(pair, groups) and dice.random() < 0.4]
    return groups, gains, clashes


def together(pair: tuple[int, int], groups: list[list[int]]) -> bool:
    return any(pair[0] in members and pair[1] in members for members in groups)


def best(groups: list[list[int]], gains: list[float], clashes: list[tuple[int, int]]) -> float:
    choices = itertools.product(*([None, *members] for members in groups))
    sums = []
    for choice in choices:
        taken = {place for place in choice if place is not None}
        if not any(first in taken and second in taken for first, second in clashes):
            sums.append(sum(gains[place] for place in taken))
    return max(sums)


@pytest.mark.parametrize("seed", range(6))
def test_no_choice_of_places_is_worth_more(seed: int) -> None:
    groups, gains, clashes = scene(seed)
    taken = choose(groups, gains, clashes)
    assert not any(first in taken and second in taken for first, second in clashes)
    assert all(len(set(taken) & set(members)) <= 1 for members in groups)
    assert sum(gains[place] for place in taken) >= best(groups, gains, clashes) * (1 - 0.002)


def clashing(
    groups: list[list[int]], gains: list[float], clashes: list[tuple[int, int]]
) -> tuple[list[int], list[tuple[int, int]]]:
    """What each place clashes with, as bits, and all pairs that do: those of one name too."""
    beside = [0] * len(gains)
    same = [pair for members in groups for pair in itertools.combinations(members, 2)]
    for first, second in [*clashes, *same]:
        beside[first] |= 1 << second
        beside[second] |= 1 << first
    return beside, [*clashes, *same]


@pytest.mark.parametrize("seed", range(6))
def test_rows_hold_the_pairs_that_clash_and_no_others(seed: int) -> None:
    groups, gains, clashes = scene(seed)
    beside, pairs = clashing(groups, gains, clashes)
    held = {
        pair for row in cliques(groups, beside) for pair in itertools.combinations(sorted(row), 2)
    }
    assert held == set(pairs)


@pytest.mark.parametrize("seed", range(6))
def test_a_small_map_is_solved_as_well_as_a_crowded_one(seed: int) -> None:
    groups, gains, clashes = scene(seed)
    beside, pairs = clashing(groups, gains, clashes)
    taken = settle(groups, gains, beside, cliques(groups, beside))
    assert not any(first in taken and second in taken for first, second in pairs)
    assert sum(gains[place] for place in taken) >= best(groups, gains, clashes) * (1 - 0.002)


def wheels(count: int) -> tuple[list[list[int]], list[float], list[int]]:
    """Rings of five names, each of which excludes both its neighbours: two of five go together.

    The linear programme takes half of each, 2.5 to a ring: its answer is nobody's.
    """
    beside = [
        1 << place // 5 * 5 + (place + 1) % 5 | 1 << place // 5 * 5 + (place - 1) % 5
        for place in range(5 * count)
    ]
    return [[place] for place in range(5 * count)], [10.0, 9.0, 10.0, 9.0, 9.0] * count, beside


@pytest.mark.parametrize("ends", [True, False])
def test_where_the_linear_programme_halves_all_names_whole_ones_are_taken(
    monkeypatch: pytest.MonkeyPatch, ends: bool
) -> None:
    groups, gains, beside = wheels(20)
    if not ends:  # no time was left for the integer programme
        monkeypatch.setattr(crowded, "exact", lambda *_: None)
    taken = settle(groups, gains, beside, cliques(groups, beside))
    assert sum(gains[place] for place in taken) == 20 * 20.0
    assert not any(beside[place] >> other & 1 for place in taken for other in taken)
    assert taken == settle(groups, gains, beside, cliques(groups, beside))


@pytest.mark.parametrize(("left", "worth"), [(True, 20 * 19.8), (False, 20 * 11.0)])
def test_the_integer_programme_betters_what_the_best_first_is_worth(
    monkeypatch: pytest.MonkeyPatch, left: bool, worth: float
) -> None:
    groups, _, beside = wheels(20)
    gains = [10.0, 9.9, 1.0, 1.0, 9.9] * 20
    monkeypatch.setattr(crowded, "relaxed", lambda *_: None)
    monkeypatch.setattr(crowded, "STEPS", 0)
    if not left:  # no time was
        monkeypatch.setattr(crowded, "exact", lambda *_: None)
    taken = settle(groups, gains, beside, cliques(groups, beside))
    assert sum(gains[place] for place in taken) == pytest.approx(worth)


def test_places_that_another_of_the_same_name_replaces_are_not_missed() -> None:
    left_out = 0
    for seed in range(20):
        groups, gains, clashes = scene(seed)
        beside, _ = clashing(groups, gains, clashes)
        kept = set(undominated(groups, gains, beside))
        fewer = [[place for place in members if place in kept] for members in groups]
        assert best(fewer, gains, clashes) == best(groups, gains, clashes), seed
        left_out += len(gains) - len(kept)
    assert left_out > 20
