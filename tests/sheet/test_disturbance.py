"""Which names disturb which markers, against every distance taken one by one."""

from __future__ import annotations

import math
import time

import numpy as np
from shapely.geometry import LineString, Point, box

from shekara.sheet.labels.candidates import Candidate
from shekara.sheet.labels.disturbance import disturbed
from shekara.sheet.labels.occupancy import Marker
from shekara.sheet.paper.paper import Box


def one_by_one(
    candidates: list[Candidate], points: dict[int, Point], markers: list[Marker]
) -> set[tuple[int, int]]:
    """The rule in words: 0.15 mm from a marker, 0.4 mm nearer to its own, leaders 0.2 mm off."""
    pairs = set()
    for number, candidate in enumerate(candidates):
        shape = box(candidate.box.x, candidate.box.y, candidate.box.right, candidate.box.top)
        place = points.get(candidate.name)
        away = [shape.distance(Point(m.x, m.y)) - m.half for m in markers]
        is_own = [place is not None and place.distance(Point(m.x, m.y)) < 1e-6 for m in markers]
        reach = min(
            (gap for gap, mine in zip(away, is_own, strict=True) if mine), default=-math.inf
        )
        for at, marker in enumerate(markers):
            bad = away[at] < 0.15 or away[at] < reach + 0.4
            if candidate.leader is not None:
                leader = LineString([candidate.leader[:2], candidate.leader[2:]])
                bad |= leader.distance(Point(marker.x, marker.y)) < marker.half + 0.2
            if bad and not is_own[at]:
                pairs.add((number, at))
    return pairs


def test_all_markers_that_a_name_disturbs_are_seen() -> None:
    rng = np.random.default_rng(5)

    def along() -> float:
        return float(rng.uniform(0, 40))

    seen = 0
    for _ in range(6):
        points = {name: Point(*rng.uniform(0, 40, 2)) for name in range(6)}
        markers = [
            Marker(point.x, point.y, float(rng.choice([0.5, 1.0, 2.0])), name if name % 2 else None)
            for name, point in points.items()
        ]
        markers += [Marker(along(), along(), 0.5 + n % 3) for n in range(12)]
        candidates = []
        for name in range(8):  # two of them are names of areas
            for _ in range(5):
                spot = Box(along(), along(), 1.0 + along() / 5, 2.0)
                leader = (along(), along(), along(), along()) if name < 3 else None
                candidates.append(Candidate(name, spot, 0.0, leader=leader))
        expected = one_by_one(candidates, points, markers)
        nameless = {at for at, marker in enumerate(markers) if marker.name is None}
        out = {candidate for candidate, at in expected if at in nameless}
        pairs = disturbed(candidates, points, markers)
        assert {candidate for candidate, at in pairs if at in nameless} == out
        assert {p for p in pairs if p[0] not in out} == {p for p in expected if p[0] not in out}
        seen += len(expected)
    assert seen > 100


def test_twenty_thousand_markers_in_one_place_cost_no_more_than_a_few() -> None:
    markers = [Marker(10.0, 10.0, 1.0) for _ in range(20_000)]
    candidates = [Candidate(0, Box(9.0, 9.0, 8.0, 2.0), 0.0) for _ in range(2000)]
    start = time.process_time()
    pairs = disturbed(candidates, {}, markers)
    assert time.process_time() - start < 5.0  # of all pairs, two minutes and 20 GB
    assert {candidate for candidate, _ in pairs} == set(range(2000))
    assert len(pairs) == 2000
