"""The nearest pieces in space, against every pair looked at one by one."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from shekara.geometry.arrays import Floats
from shekara.geometry.nearest import arranged, nearest

RADIUS_M = 6.37e6


def ball(count: int, seed: int) -> Floats:
    """Positions on a globe, half of them crowded in one place."""
    draw = np.random.default_rng(seed)
    way = draw.normal(size=(count, 3))
    way[: count // 2] = [1.0, 0.2, 0.3] + way[: count // 2] / 200
    return np.asarray(RADIUS_M * way / np.linalg.norm(way, axis=1)[:, None])


def one_by_one(position: Floats, start: Floats, end: Floats) -> float:
    """The distance from a piece, as the least over its two ends and the foot on it."""
    way = end - start
    long = float(way @ way)
    part = float((position - start) @ way) / long if long else 0.0
    feet = [start, end, *([start + part * way] if 0 < part < 1 else [])]
    return min(float(np.linalg.norm(position - foot)) for foot in feet)


@pytest.mark.parametrize(("positions", "pieces"), [(1, 1), (3, 150), (150, 3), (97, 101)])
def test_distances_and_pieces_are_those_of_all_pairs(positions: int, pieces: int) -> None:
    places, start = ball(positions, 1), ball(pieces, 2)
    end = start + np.random.default_rng(3).normal(size=start.shape) * 5000
    end[::7] = start[::7]  # positions alone
    away = np.array([[one_by_one(p, s, e) for s, e in zip(start, end)] for p in places])  # noqa: B905
    near = nearest(places, arranged(start, end), slack=2000.0)
    np.testing.assert_allclose(near.distance, away.min(axis=1), atol=1e-4)
    pairs = set(zip(near.position.tolist(), near.piece.tolist(), strict=True))
    due = {
        (i, k)
        for i, k in itertools.product(range(positions), range(pieces))
        if away[i, k] <= away[i].min() + 2000.0
    }
    assert pairs == due


def test_thresholds_leave_what_lies_between_them_as_it_is() -> None:
    places, start = ball(300, 4), ball(200, 5)
    of = arranged(start, start)
    exact = nearest(places, of, slack=0.0).distance
    least, most = np.quantile(exact, [0.3, 0.7])
    asked = nearest(places, of, slack=0.0, least=least, most=most)
    between = (exact >= least) & (exact <= most)
    np.testing.assert_array_equal(asked.distance[between], exact[between])
    assert (asked.distance[exact < least] < least).all()
    assert (asked.distance[exact > most] > most).all()
    assert set(asked.position.tolist()) == set(np.flatnonzero(between).tolist())


def test_no_position_is_near_nothing() -> None:
    near = nearest(np.zeros((0, 3)), arranged(ball(5, 6), ball(5, 6)), slack=1.0)
    assert not len(near.distance)
    assert not len(near.piece)
