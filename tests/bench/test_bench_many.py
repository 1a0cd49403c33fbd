"""Atlases of very many features, layers and names: `pytest tests/bench/test_bench_many.py -s`.

With `--benchmark-timer=time.process_time` the processor's seconds, which nothing else disturbs.
Promised for the page of 20,000 points and 5,000 areas, and for 1,000 layers on a map: 20 s. A
sheet has no promise of its own; nothing in it grows with the square of what is drawn.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from shekara import scene, sheet, site, web
from shekara.scene.model import Scene
from tests.support.atlases import feature, line, point, polygon, write_layer, write_map

EXTENT = (0.0, 40.0, 20.0, 50.0)
NAMED = '\n[style]\nlabel = "name"\n'
Feature = dict[str, Any]


def points(count: int, spread: float = 1.0, name: str = "Place {}") -> list[Feature]:
    """Around the middle of the map, over so much of it."""
    places = np.random.default_rng(1).uniform(-0.5, 0.5, (count, 2)) * (20 * spread, 10 * spread)
    return [
        feature(point(10 + float(x), 45 + float(y)), id=f"p{n}", name=name.format(n), value=n)
        for n, (x, y) in enumerate(places)
    ]


def areas(count: int) -> list[Feature]:
    """Of 5 to 40 vertices, side by side."""
    columns = 100
    rows = -(-count // columns)
    result = []
    for n in range(count):
        turn = np.linspace(0, 2 * np.pi, 6 + n % 36)[:-1]
        x = (n % columns + 0.5 + 0.45 * np.cos(turn)) * 20 / columns
        y = 40 + (n // columns + 0.5 + 0.45 * np.sin(turn)) * 10 / rows
        ring = np.column_stack([x, y]).round(6).tolist()
        result.append(feature(polygon([*ring, ring[0]]), id=f"a{n}", name=f"Area {n}", value=n))
    return result


def lines(count: int) -> list[Feature]:
    """Of 30 vertices, over one another."""
    rng = np.random.default_rng(2)
    return [
        feature(
            line((np.cumsum(rng.normal(0, 0.05, (30, 2)), axis=0) + start).round(5).tolist()),
            id=f"l{n}", name=f"Way {n}", value=n,
        )
        for n, start in enumerate(rng.uniform((1, 41), (19, 49), (count, 2)))
    ]  # fmt: skip


CASES: dict[str, Any] = {
    "many": lambda: {"areas": areas(5000), "places": points(20_000)},
    "near": lambda: {"areas": areas(5000), "places": points(20_000, 1e-3)},
    "one place": lambda: {"places": points(20_000, 0.0)},
    "one name": lambda: {"places": points(2000, name="Lake")},
    "long names": lambda: {"places": points(20_000, name="A name of many words, number {}")},
    "names": lambda: {"places": points(2000)},
    "lines": lambda: {"ways": lines(5000)},
    "layers": lambda: {f"l{n}": [place] for n, place in enumerate(points(1000))},
}


@pytest.fixture(scope="module", params=list(CASES))
def drawn(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Scene:
    folder = tmp_path_factory.mktemp("many")
    layers = CASES[request.param]()
    for name, features in layers.items():
        write_layer(folder, name, features, NAMED)
    write_map(folder, "all", list(layers), list(EXTENT))
    atlas = site.load(folder)
    return scene.resolve(atlas, "all", atlas.languages[0])


def test_the_page(benchmark: Any, drawn: Scene) -> None:
    benchmark.pedantic(web.page, args=([drawn],), rounds=1)


@pytest.mark.filterwarnings("ignore::shekara.sheet.labels.most.NamesLeftOut")
def test_the_sheet(benchmark: Any, drawn: Scene) -> None:
    benchmark.pedantic(sheet.single, args=(drawn,), rounds=1)
