"""Every kind of claim that measures: positions are disturbed many times, and its interval is asked.

Once each position errs by itself (`shift_m = 0`), once all positions of a layer are displaced
together (`accuracy_m` beside it small), once nobody says which, and the drawing errs either way.
The interval holds the true value in 93 of 100 draws or more, but for chance, and is not three times
as wide as the middle 95 of 100 measured values.
Truth is what the same claim measures on the undisturbed drawing, which errs by nothing.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import shapely
from numpy.typing import NDArray

from shekara import claims, site
from shekara.atlas import Atlas, Layer
from shekara.measuring import Interval
from tests.support.atlases import claim, feature, line, point, polygon, write_layer, write_map

pytestmark = pytest.mark.long

Floats = NDArray[np.float64]
METRE = 1 / 111_195.0
LAT = 48.0
# 93 of 100 are wanted. Where 95 are promised, 200 draws hold fewer than 91 once in a hundred times.
LEAST = 0.93 - 0.025
WIDEST = 3.0


def at(x_km: Floats, y_km: Floats) -> list[list[float]]:
    """Positions in kilometres east and north of 60° E, 48° N."""
    lon = 60 + np.asarray(x_km) * 1000 * METRE / math.cos(math.radians(LAT))
    return np.column_stack([lon, LAT + np.asarray(y_km) * 1000 * METRE]).tolist()  # type: ignore[no-any-return]


def outline(vertices: int, radius_km: float, x_km: float = 0.0) -> dict[str, Any]:
    """A round area with bays."""
    turn = np.linspace(0, 2 * np.pi, vertices, endpoint=False)
    away = radius_km * (1 + 0.15 * np.sin(3 * turn))
    ring = at(x_km + away * np.cos(turn), away * np.sin(turn))
    return polygon([*ring, ring[0]])


def winding(vertices: int, length_km: float, y_km: float = 0.0) -> dict[str, Any]:
    x = np.linspace(0, length_km, vertices)
    return line(at(x, y_km + 0.05 * length_km * np.sin(9 * x / length_km)))


@dataclass(frozen=True)
class Trial:
    """A claim on the layer `it`, beside the layer `other`."""

    kind: str
    own: Sequence[dict[str, Any]]
    other: Sequence[dict[str, Any]] = ()
    accuracy_m: float = 200.0
    draws: int = 100  # for each of two sizes


def _areas(vertices: int, radius_km: float) -> list[dict[str, Any]]:
    shapes = (outline(vertices, radius_km), outline(vertices, radius_km, 3 * radius_km))
    return [feature(shape, k=name) for shape, name in zip(shapes, "ab", strict=True)]


def _place(x_km: float, y_km: float, **own: Any) -> dict[str, Any]:
    return feature(point(*at(np.array([x_km]), np.array([y_km]))[0]), **own)


SHARE = 'share_percent = {{ measure = "{0}", where = {{ k = "a" }}, more_than = 0 }}'
MOST = 'offset_km = { to = "other", statistic = "max", more_than = 0 }'
NEAR = 'corridor_percent = { of = "other", within_km = 9, more_than = 0 }'
RATIO = 'corridor_ratio = { of = "other", within_km = 9, beside = "ground", more_than = 0 }'
DIFFERENCE = 'difference_percent = { measure = "length", reference = 70, more_than = 0 }'
APART = 'distance_km = { to = "other", more_than = 0 }'
WITHIN_LAYER = (
    'distance_km = { where = { k = "a" }, to = "it", to_where = { k = "b" }, more_than = 0 }'
)

TRIALS: dict[str, Callable[[int, float], Trial]] = {
    "length": lambda n, km: Trial(
        "length_km = { more_than = 0 }", [feature(winding(n, km))], accuracy_m=20
    ),
    "perimeter": lambda n, km: Trial(
        "perimeter_km = { more_than = 0 }", _areas(n, km), accuracy_m=20
    ),
    "area": lambda n, km: Trial("area_km2 = { more_than = 0 }", _areas(n, km)),
    "share of area": lambda n, km: Trial(SHARE.format("area"), _areas(n, km)),
    "difference": lambda n, km: Trial(DIFFERENCE, [feature(winding(n, km))], accuracy_m=20),
    "distance of places": lambda n, km: Trial(APART, [_place(0, 0)], [_place(km, 3)]),
    "distance of areas": lambda n, km: Trial(
        APART, [feature(outline(n, km))], [feature(outline(n, km, 3 * km))]
    ),
    "distance in one layer": lambda n, km: Trial(
        WITHIN_LAYER, [_place(0, 0, k="a"), _place(km, 3, k="b")]
    ),
    "mean offset": lambda n, km: Trial(
        'offset_km = { to = "other", more_than = 0 }',
        [feature(winding(n, km))],
        [feature(winding(n, km, 5.0))],
    ),
    "greatest offset": lambda n, km: Trial(
        MOST, [feature(winding(n, km))], [feature(winding(2, km, 5.0))]
    ),
    "corridor": lambda n, km: Trial(
        NEAR,
        [feature(line(at(np.linspace(0, km, n), np.linspace(0, 20, n))))],
        [feature(line(at(np.linspace(-50, km + 50, n), np.zeros(n))))],
    ),
    "corridor beside an area": lambda n, km: Trial(
        RATIO,
        [feature(line(at(np.linspace(0, km, n), np.linspace(0, 20, n))))],
        [feature(line(at(np.linspace(-50, km + 50, n), np.zeros(n))))],
        draws=12,
    ),
}
SIZES = [(8, 30.0), (60, 90.0)]
# What one displacement of a whole layer moves; sizes it leaves as they are.
MOVED_BY_ONE = ("distance of places", "distance of areas", "mean offset", "greatest offset")


def atlas_of(folder: Path, trial: Trial, quality: str) -> Atlas:
    write_layer(
        folder, "it", list(trial.own), quality + claim("c", trial.kind), accuracy=trial.accuracy_m
    )
    if trial.other:
        write_layer(folder, "other", list(trial.other), quality, accuracy=trial.accuracy_m)
        box = at(np.array([-20, 110, 110, -20, -20]), np.array([-30, -30, 40, 40, -30]))
        write_layer(folder, "ground", [feature(polygon(box))], accuracy=0)
    write_map(folder, "all", ["it"], [55.0, 45.0, 70.0, 52.0])
    return site.load(folder)


def disturbed(layer: Layer, each_m: float, shared_m: float, random: np.random.Generator) -> Layer:
    """Every position moved by an error of its own, and all by one that they share."""
    counts = shapely.get_num_coordinates(layer.geometry)
    shift = random.normal(0, shared_m, 2)

    def moved(points: Floats) -> Floats:
        east, north = random.normal(0, each_m, (2, len(points))) + shift[:, None]
        scale = np.cos(np.radians(points[:, 1]))
        out: Floats = points + np.column_stack([east * METRE / scale, north * METRE])
        # a ring ends where it begins
        ends = np.cumsum(counts) - 1
        rings = shapely.get_type_id(layer.geometry) == 3
        out[ends[rings]] = out[(np.cumsum(counts) - counts)[rings]]
        return out

    return replace(layer, geometry=np.asarray(shapely.transform(layer.geometry, moved)))


def interval(atlas: Atlas, layers: dict[str, Layer]) -> Interval:
    changed = replace(atlas, layers={**atlas.layers, **layers})
    asked: Any = claims.claim_by_id(changed, "c").asks
    found: Interval | None = asked.measurement(changed.layers["it"], changed).interval
    assert found is not None
    return found


@pytest.mark.parametrize("error", ["each", "together", "unsaid, together"])
@pytest.mark.parametrize("name", TRIALS)
def test_an_interval_holds_the_true_value_and_is_not_three_times_too_wide(
    tmp_path: Path, name: str, error: str
) -> None:
    held: list[bool] = []
    for vertices, km in SIZES:
        trial = TRIALS[name](vertices, km)
        truth, found = drawn_again(tmp_path / str(vertices), trial, error)
        held += [one.low <= truth <= one.high for one in found]
        spread = float(np.subtract(*np.quantile([one.value for one in found], [0.975, 0.025])))
        if error == "each" or (error == "together" and name in MOVED_BY_ONE):
            width = float(np.median([one.high - one.low for one in found]))
            assert width <= WIDEST * spread
    assert np.mean(held) >= LEAST


def drawn_again(folder: Path, trial: Trial, error: str) -> tuple[float, list[Interval]]:
    """The true value, and the intervals of as many disturbed drawings."""
    sigma = trial.accuracy_m
    each, shared = (sigma, 0.0) if error.endswith("each") else (0.02 * sigma, sigma)
    quality = "" if error.startswith("unsaid") else f"shift_m = {shared}\n"
    if error == "together":
        trial = replace(trial, accuracy_m=each)
    atlas = atlas_of(folder, trial, quality)
    random = np.random.default_rng(4)
    moving = [atlas.layers[layer] for layer in ("it", "other") if layer in atlas.layers]
    return interval(atlas, {}).value, [
        interval(atlas, {layer.name: disturbed(layer, each, shared, random) for layer in moving})
        for _ in range(trial.draws)
    ]
