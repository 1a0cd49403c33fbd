"""Intervals hold the truth about as often as they say: positions are disturbed many times over.

An interval of two standard deviations holds about 95 in 100 (JCGM 101:2008 propagates
distributions by Monte Carlo in the same way). The rules for areas and corridors take the larger of
two errors, so that they may hold more. With the number of trials here chance alone moves a share
of 95 in 100 by less than 2 in 100 (two standard deviations of the binomial).
"""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
import shapely
from numpy.typing import NDArray

from shekara import claims, measuring, site
from shekara.atlas import Atlas, Layer
from shekara.measuring import Interval
from tests.support.atlases import claim, feature, line, polygon, write_layer, write_map

pytestmark = pytest.mark.long

TRIALS = 500
LEAST = 0.93
Floats = NDArray[np.float64]
METRE = 1 / 111_195.0  # degrees of a mean great circle (6,371 km) to a metre, near enough for noise


def disturbed(points: Floats, deviation_m: float, random: np.random.Generator) -> Floats:
    """Positions moved east and north, each by a normal error of its own."""
    east, north = random.normal(0, deviation_m, (2, len(points)))
    lat = np.radians(points[:, 1])
    moved: Floats = points + np.column_stack([east * METRE / np.cos(lat), north * METRE])
    return moved


def held(truth: float, intervals: list[Interval]) -> float:
    return float(np.mean([one.low <= truth <= one.high for one in intervals]))


def zigzag(vertices: int, step_m: float, turn: float) -> Floats:
    """A line that turns by ±`turn` radians at every vertex, along the parallel of 50°."""
    way = np.where(np.arange(vertices - 1) % 2, turn / 2, -turn / 2)
    x = np.concatenate([[0], np.cumsum(np.cos(way))]) * step_m
    y = np.concatenate([[0], np.cumsum(np.sin(way))]) * step_m
    return np.column_stack([60 + x * METRE / math.cos(math.radians(50)), 50 + y * METRE])


@pytest.mark.parametrize("turn", [0.2, 1.0, 2.5])
@pytest.mark.parametrize("deviation_m", [20.0, 100.0])
def test_an_interval_of_a_length_holds_the_length(turn: float, deviation_m: float) -> None:
    random = np.random.default_rng(7)
    points = zigzag(200, 2000.0, turn)
    truth = float(measuring.length_m([shapely.LineString(points)])[0])
    found = [
        measuring.length_interval(
            [shapely.LineString(disturbed(points, deviation_m, random))], deviation_m
        )
        for _ in range(TRIALS)
    ]
    assert held(truth, found) >= LEAST
    # and it is no empty promise: it is narrow beside the length
    assert max(one.high - one.low for one in found) < 0.05 * truth


def star(vertices: int = 60) -> Floats:
    """An outline of 100 km across with bays, at 48° north."""
    angle = np.linspace(0, 2 * math.pi, vertices, endpoint=False)
    away = 50_000 * (1 + 0.3 * np.sin(5 * angle))
    x, y = away * np.cos(angle), away * np.sin(angle)
    return np.column_stack([66 + x * METRE / math.cos(math.radians(48)), 48 + y * METRE])


def grown(points: Floats, by_m: float) -> Any:
    """The outline moved outwards everywhere by the same distance (or inwards)."""
    scale = np.array([math.cos(math.radians(48)), 1.0])
    moved = shapely.buffer(shapely.Polygon(points * scale), by_m * METRE, join_style="mitre")
    return shapely.transform(moved, lambda xy: xy / scale)


def test_an_interval_of_an_area_holds_it_when_vertices_err_each_by_itself() -> None:
    random = np.random.default_rng(11)
    truth = float(measuring.area_m2([shapely.Polygon(star())])[0])
    found = [
        measuring.area_interval([shapely.Polygon(disturbed(star(), 300.0, random))], 300.0)
        for _ in range(TRIALS)
    ]
    assert held(truth, found) >= LEAST


def test_an_interval_of_an_area_holds_it_when_the_whole_outline_is_moved_out_or_in() -> None:
    random = np.random.default_rng(13)
    truth = float(measuring.area_m2([shapely.Polygon(star())])[0])
    found = [
        measuring.area_interval([grown(star(), shift)], 300.0)
        for shift in random.normal(0, 300.0, TRIALS)
    ]
    share = held(truth, found)
    assert share >= LEAST
    assert share < 1.0  # two deviations, not ten: some of 500 fall outside


def test_independent_vertices_alone_would_not_cover_a_common_shift() -> None:
    """Why the larger of the two rules is taken."""
    shape = [shapely.Polygon(star())]
    alone, shift = measuring.area_deviation_m2(shape, 300.0)
    assert shift > 3 * alone


@pytest.fixture(scope="module")
def share(tmp_path_factory: pytest.TempPathFactory) -> tuple[Atlas, Layer]:
    """Two outlines of the same accuracy, the share of one in the other claimed."""
    folder = tmp_path_factory.mktemp("share")
    inner, outer = star() * 0.5 + [33, 24], star()
    kind = 'share_percent = { where = { id = "inner" }, of_where = { id = "outer" }, about = 25 }'
    rings = [np.vstack([p, p[:1]]).tolist() for p in (inner, outer)]
    features = [feature(polygon(rings[n]), id=name) for n, name in enumerate(("inner", "outer"))]
    write_layer(folder, "it", features, claim("c", kind), accuracy=300)
    write_map(folder, "all", ["it"], [60.0, 40.0, 70.0, 55.0])
    atlas = site.load(folder)
    return atlas, atlas.layers["it"]


def with_geometry(atlas: Atlas, layer: Layer, geometry: list[Any]) -> Atlas:
    array = np.empty(len(geometry), dtype=object)
    array[:] = geometry
    return replace(atlas, layers={**atlas.layers, layer.name: replace(layer, geometry=array)})


def interval(atlas: Atlas) -> Interval:
    found = claims.check(claims.claim_by_id(atlas, "c"), atlas).measurement.interval
    assert found is not None
    return found


def test_an_interval_of_a_share_holds_the_share_of_areas(share: tuple[Atlas, Layer]) -> None:
    atlas, layer = share
    random = np.random.default_rng(17)
    areas = measuring.area_m2(layer.geometry)
    truth = float(areas[0] / areas[1] * 100)
    found = []
    for _ in range(TRIALS):
        moved = [
            grown(shapely.get_coordinates(one)[:-1], random.normal(0, 300.0))
            for one in layer.geometry
        ]
        found.append(interval(with_geometry(atlas, layer, moved)))
    assert held(truth, found) >= LEAST


STRETCH_KM = 200  # what a stretch of a schematic line errs by, it errs by together
AWAY_KM = 100.0


@pytest.fixture(scope="module")
def corridor(tmp_path_factory: pytest.TempPathFactory) -> tuple[Atlas, Layer]:
    """A road along the equator, a line that swings about it; 50 km to either side claimed."""
    folder = tmp_path_factory.mktemp("corridor")
    write_layer(folder, "road", [feature(line([[0, 0], [40, 0]]), id="road")], accuracy=0)
    kind = 'corridor_percent = { of = "road", within_km = 50, more_than = 10 }'
    features = [feature(line(swinging(np.zeros(17)).tolist()), id="line")]
    write_layer(folder, "it", features, claim("c", kind), accuracy=20_000, precision="schematic")
    write_map(folder, "all", ["road", "it"], [-5.0, -5.0, 45.0, 5.0])
    atlas = site.load(folder)
    return atlas, atlas.layers["it"]


def swinging(shifts_m: Floats) -> Floats:
    """A line of 3,300 km that swings by 100 km, each stretch moved north by its own shift."""
    lon = np.linspace(3, 33, 1000)
    stretch = ((lon - 3) / METRE / 1000 // STRETCH_KM).astype(int)
    swing = AWAY_KM * 1000 * np.sin(lon * 0.7)
    return np.column_stack([lon, (swing + shifts_m[stretch]) * METRE])


def test_an_interval_of_a_corridor_holds_the_share_of_the_true_line(
    corridor: tuple[Atlas, Layer],
) -> None:
    """The drawn line errs by stretches; the share of the line as it is lies in the interval."""
    atlas, layer = corridor
    random = np.random.default_rng(19)
    sure = replace(layer, properties=tuple({**own, "accuracy_m": 0.0} for own in layer.properties))
    truth = interval(replace(atlas, layers={**atlas.layers, "it": sure})).value
    found = []
    for _ in range(100):
        drawn = swinging(random.normal(0, 20_000.0, 17))
        found.append(interval(with_geometry(atlas, layer, [shapely.LineString(drawn)])))
    assert held(truth, found) >= 0.9  # 100 trials: chance moves 95 in 100 by 4
    assert np.mean([one.high - one.low for one in found]) < 50
