"""The page's own measuring agrees with GeographicLib (by way of pyproj) on the WGS 84 ellipsoid."""

from __future__ import annotations

import json
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from pyproj import Geod

from tests.support.modules import run

GEOD = Geod(ellps="WGS84")
# The page may differ by 0.01 %; both methods are good to nanometres, so far less is asked.
RELATIVE = 1e-9


def pairs() -> list[list[list[float]]]:
    """Points all over the earth, near each other, on the equator, on meridians, near antipodes."""
    random = np.random.default_rng(3)
    lon = random.uniform(-180, 180, (300, 2))
    lat = np.degrees(np.arcsin(random.uniform(-1, 1, (300, 2))))
    found = [[[a, b], [c, d]] for (a, c), (b, d) in zip(lon.tolist(), lat.tolist(), strict=True)]
    near: list[list[list[float]]] = [
        [[a, b], [a + float(random.normal(0, 0.01)), b + float(random.normal(0, 0.01))]]
        for (a, b), _ in found[:50]
        if abs(b) < 89
    ]
    edge: list[list[list[float]]] = [
        [[0, 0], [90, 0]],
        [[10, 0], [-169.5, 0]],
        [[0, 0], [179.7, 0.2]],
        [[0, 30], [179.9, -29.9]],
        [[20, -90], [50, 10]],
        [[20, 90], [50, -90]],
        [[20, 40], [20, -30]],
        [[20, 40], [-160, 60]],
        [[179, 50], [-179, 51]],
        [[67, 48], [67.0001, 48]],
        [[0, 0], [180, 0]],
        [[5, 1], [5, 1]],
    ]
    return [*found, *near, *edge]


def test_distances_are_those_of_geographiclib() -> None:
    given = pairs()
    (found,) = run("ellipsoid", f"{json.dumps(given)}.map(([a, b]) => ellipsoid.distance(a, b))")
    expected = [GEOD.inv(a[0], a[1], b[0], b[1])[2] for a, b in given]
    assert found == pytest.approx(expected, rel=RELATIVE, abs=1e-6)


RINGS: dict[str, list[list[float]]] = {
    "country": [[46.5, 48.5], [51, 51.5], [61, 50.8], [71, 54.3], [87, 49.1], [80, 42.2], [53, 42]],
    "across the antimeridian": [[170, 60], [-170, 62], [-165, 50], [175, 48]],
    "around the north pole": [[0, 70], [90, 72], [180, 68], [-90, 71]],
    "around the south pole": [[0, -70], [-90, -72], [180, -68], [90, -71]],
    "across the equator": [[10, -5], [20, -4], [22, 7], [9, 6]],
    "along the equator": [[10, 0], [40, 0], [40, 10]],
    "a field": [[67, 48], [67.004, 48], [67.004, 48.003], [67, 48.003]],
    "edges of 8,000 km": [[0, 10], [80, 10], [40, 70]],
    "clockwise": [[9, 6], [22, 7], [20, -4], [10, -5]],
}


@pytest.mark.parametrize("name", RINGS)
def test_areas_are_those_of_geographiclib(name: str) -> None:
    ring = RINGS[name]
    (found,) = run("ellipsoid", f"ellipsoid.area({json.dumps(ring)})")
    lon, lat = np.array(ring).T
    area = abs(GEOD.polygon_area_perimeter(lon, lat)[0])
    # GeographicLib gives the side on the left; surface of an oblate spheroid in closed form.
    e = GEOD.es**0.5
    whole = 2 * np.pi * GEOD.a**2 * (1 + (1 - e * e) / e * np.arctanh(e))
    # GeographicLib's own areas are good to 0.1 m² a vertex (Karney 2013, section 6).
    assert found == pytest.approx(min(area, whole - area), rel=1e-9, abs=0.1)


def test_a_drawn_geodesic_lies_on_the_geodesic() -> None:
    """Each point of the drawn line divides the geodesic: both parts add up to the whole."""
    ends: Any = [[20.0, 60.0], [150.0, 35.0]]
    (line,) = run("ellipsoid", f"ellipsoid.path(...{json.dumps(ends)})")
    whole = GEOD.inv(*ends[0], *ends[1])[2]
    assert len(line) > 20
    for point in line[1:-1]:
        parts = GEOD.inv(*ends[0], *point)[2] + GEOD.inv(*point, *ends[1])[2]
        assert parts == pytest.approx(whole, abs=1e-3)


def test_a_drawn_geodesic_stays_together_across_the_antimeridian() -> None:
    """From 170° E to 170° W the way leads over 180°, not around the earth."""
    (line,) = run("ellipsoid", "ellipsoid.path([170, 50], [-170, 55])")
    assert max(abs(b[0] - a[0]) for a, b in pairwise(line)) < 5
