"""Rings that are proved to be simple are simple: GEOS searches for crossings, this does not."""

from __future__ import annotations

import numpy as np
import shapely

from shekara.geometry.stars import surely_simple


def star(random: np.random.Generator, vertices: int, turns: float = 1.0) -> shapely.Polygon:
    """A ring of random spikes around a place that is not its mean."""
    turn = np.linspace(0, 2 * np.pi * turns, vertices, endpoint=False)
    away = random.uniform(1.0, 5.0, vertices)
    return shapely.Polygon(np.column_stack([9 + away * np.cos(turn), 5 + away * np.sin(turn)]))


def test_what_is_proved_is_valid() -> None:
    """Rings of a few whole numbers: every kind of touching and crossing is among them."""
    random = np.random.default_rng(7)
    rings = [random.integers(0, 6, (int(random.integers(3, 9)), 2)) for _ in range(4000)]
    shapes = np.array([shapely.Polygon(ring) for ring in rings], dtype=object)
    sure = surely_simple(shapes)
    assert 500 < sure.sum() < shapely.is_valid(shapes).sum()
    assert shapely.is_valid(shapes[sure]).all()


def test_many_spikes_are_proved_and_a_ring_that_goes_twice_round_is_not() -> None:
    random = np.random.default_rng(3)
    assert surely_simple(np.array([star(random, 3000), star(random, 40)], dtype=object)).all()
    assert surely_simple(np.array([star(random, 3000).reverse()], dtype=object)).all()
    twice = star(random, 3000, turns=2.0)
    assert not twice.is_valid
    assert not surely_simple(np.array([twice], dtype=object))[0]


def test_one_spike_over_its_neighbour_is_seen() -> None:
    """Every step turns the same way but for one: that one may cross."""
    points = shapely.get_coordinates(star(np.random.default_rng(3), 3000))
    points[[1500, 1501]] = points[[1501, 1500]]
    bent = shapely.Polygon(points)
    assert not bent.is_valid
    assert not surely_simple(np.array([bent], dtype=object))[0]


def test_of_others_nothing_is_said() -> None:
    hole = shapely.Polygon([(0, 0), (9, 0), (9, 9)], [[(20, 20), (21, 20), (21, 21)]])
    others = [None, shapely.Polygon(), shapely.Point(1, 1), hole, shapely.MultiPolygon([hole])]
    assert not surely_simple(np.array(others, dtype=object)).any()
    assert surely_simple(np.array([shapely.box(0, 0, 1, 1)], dtype=object)).all()
    huge = shapely.Polygon([(1e300, 0), (-1e300, 1e300), (-1e300, -1e300)])
    assert not surely_simple(np.array([huge], dtype=object))[0]
