"""An area that the plane cuts in two has no outline where it was cut: there is no border."""

from __future__ import annotations

import json
from itertools import pairwise

import pytest

from tests.support.modules import run

CUTS = "[180, -180]"
# All that the module needs of Leaflet.
LEAFLET = "{ LatLng: class { constructor(lat, lng) { Object.assign(this, { lat, lng }); } } }"


def outlines(polygons: list[list[list[tuple[float, float]]]]) -> list[list[list[float]]] | None:
    rows = [[[{"lng": x, "lat": y} for x, y in ring] for ring in rings] for rings in polygons]
    (lines,) = run(
        "seams",
        f"(globalThis.L = {LEAFLET}, seams.outline({json.dumps(rows)}, {CUTS}))"
        "?.map(line => line.map(({lng, lat}) => [lng, lat])) ?? null",
    )
    drawn: list[list[list[float]]] | None = lines
    return drawn


def box(west: float, south: float, east: float, north: float) -> list[tuple[float, float]]:
    """Against the clock from its south-western corner, closed."""
    return [(west, south), (east, south), (east, north), (west, north), (west, south)]


def test_an_island_over_180_degrees_is_open_where_it_was_cut() -> None:
    lines = outlines([[box(170, 0, 180, 10)], [box(-180, 0, -170, 10)]])
    assert lines == [
        [[170, 0], [180, 0]],
        [[180, 10], [170, 10], [170, 0]],
        [[-180, 0], [-170, 0], [-170, 10], [-180, 10]],
    ]


@pytest.mark.parametrize("turned", [1, -1], ids=["against the clock", "with the clock"])
@pytest.mark.parametrize("at", [180, -180], ids=["on a map that runs on", "on one that ends"])
@pytest.mark.parametrize("high", [4, 6, 10])
@pytest.mark.parametrize("vertex", [True, False])
def test_what_goes_on_is_open_and_what_ends_there_is_not(
    turned: int, at: int, high: int, vertex: bool
) -> None:
    """East of the cut the area is lower than west of it, with a vertex there or without one: from
    there on its western part ends at 180 degrees, and has its border."""
    west = [*box(170, 0, 180, 10)[:2], *[(180.0, float(high))][: vertex and high < 10],
            *box(170, 0, 180, 10)[2:]]  # fmt: skip
    lines = outlines([[west[::turned]], [box(at, 0, at + 10, high)[::turned]]])
    assert lines is not None
    edges = {(tuple(a), tuple(b)) for line in lines for a, b in pairwise(line)}
    at_cut = {tuple(sorted(edge)) for edge in edges if abs(edge[0][0]) == abs(edge[1][0]) == 180}
    assert at_cut == ({((180, high), (180, 10))} if high < 10 else set())


def test_a_zone_that_ends_at_180_degrees_keeps_its_border() -> None:
    assert outlines([[box(170, 0, 180, 10)]]) is None


def test_a_cap_over_a_pole_has_its_parallel_alone() -> None:
    """From 180 west to 180 east along 66 degrees; up the one side, through the pole, down again."""
    cap: list[tuple[float, float]] = [
        (-180, 66),
        (0, 66),
        (180, 66),
        (180, 90),
        (0, 90),
        (-180, 90),
        (-180, 66),
    ]
    assert outlines([[cap]]) == [[[-180, 66], [0, 66], [180, 66]]]


def test_a_hole_over_180_degrees_is_open_too() -> None:
    """Land all round: of the lake in it both shores are drawn, and no line through the water."""
    shore: list[tuple[float, float]] = [(180, -5), (175, -5), (175, 5), (180, 5)]
    first, second, *rest = box(160, -20, 180, 20)
    west = [[first, second, *shore, *rest]]
    east = [[(-x, y) for x, y in reversed(west[0])]]
    lines = outlines([west, east])
    assert lines is not None
    assert [list(at) for at in shore] in lines
    assert [[-x, y] for x, y in reversed(shore)] in lines
    assert not any(a[0] == b[0] and abs(a[0]) == 180 for line in lines for a, b in pairwise(line))
