"""Areas in numpy beside pyproj's, in one run: pytest tests/bench/test_bench_areas.py -s.

Promised: a third of the time that `Geod.geometry_area_perimeter` takes for each vertex (0.9 µs on
a common machine, thus 0.3 µs), for few long rings and for many short ones. The ratio is asserted,
because it does not depend on how busy the machine is.
"""

from __future__ import annotations

import time
from collections.abc import Callable

import numpy as np
import pytest
import shapely
from pyproj import Geod

from shekara import measuring

WGS84 = Geod(ellps="WGS84")
SAMPLE = 3000  # rings that pyproj is timed with: its time is one ring's after another


def ring(random: np.random.Generator, vertices: int, radius_deg: float) -> shapely.Polygon:
    """A smooth outline with bays, as coasts and parcels have."""
    lon, lat = random.uniform(-170, 170), random.uniform(-65, 65)
    turn = np.linspace(0, 2 * np.pi, vertices, endpoint=False)
    away = radius_deg * (1 + 0.2 * np.sin(5 * turn + lon))
    x = lon + away * np.cos(turn) / np.cos(np.radians(lat))
    return shapely.Polygon(np.column_stack([x, lat + away * np.sin(turn)]))


def seconds(work: Callable[[], object]) -> float:
    best = np.inf
    for _ in range(3):
        begin = time.process_time()
        work()
        best = min(best, time.process_time() - begin)
    return best


@pytest.mark.parametrize(
    ("rings", "vertices", "radius_deg"), [(248, 5400, 4.0), (100_000, 12, 0.05), (100_000, 12, 0.2)]
)
def test_areas_take_a_third_of_pyprojs_time(rings: int, vertices: int, radius_deg: float) -> None:
    random = np.random.default_rng(1)
    few = [ring(random, vertices, radius_deg) for _ in range(min(rings, SAMPLE))]
    shapes = np.array((few * (rings // len(few) + 1))[:rings], dtype=object)
    ours = seconds(lambda: measuring.area_m2(shapes)) / (rings * vertices)
    theirs = seconds(lambda: [WGS84.geometry_area_perimeter(one) for one in few])
    theirs /= len(few) * vertices
    print(f"\n{rings} rings of {vertices}: {ours * 1e6:.3f} µs a vertex, pyproj {theirs * 1e6:.3f}")  # noqa: T201
    assert ours <= theirs / 3
