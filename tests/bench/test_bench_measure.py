"""Files measured beside a plain loop of pyproj's: pytest tests/bench/test_bench_measure.py -s.

Promised: 100,000 features of a GeoPackage as fast as geopandas and such a loop (2.3 s on a common
machine), and memory that does not grow with the file. Ratios are asserted, because they do not
depend on how busy the machine is.
"""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import geopandas
import numpy as np
import pytest
import shapely
from pyproj import Geod

from shekara import measuring
from shekara.measuring.files import measure_to
from tests.bench.test_bench_areas import ring


class Nothing:
    """A sink that keeps nothing."""

    def add(self, records: Sequence[Mapping[str, Any]]) -> None:
        """Forget the records."""

    def close(self) -> None:
        """Nothing was kept."""


def parcels(path: Path, count: int, vertices: int) -> Path:
    random = np.random.default_rng(1)
    turn = np.linspace(0, 2 * np.pi, vertices + 1)
    centre = np.column_stack([random.uniform(-170, 170, count), random.uniform(-70, 70, count)])
    away = random.uniform(0.01, 0.05, (count, vertices + 1))
    away[:, -1] = away[:, 0]
    ring = np.stack([away * np.cos(turn), away * np.sin(turn)], axis=2) + centre[:, None, :]
    names = [f"parcel {number}" for number in range(count)]
    frame = geopandas.GeoDataFrame({"name": names}, geometry=shapely.polygons(ring), crs=4326)
    frame.to_file(path)
    return path


def seconds(work: Callable[[], object]) -> float:
    begin = time.process_time()
    work()
    return time.process_time() - begin


@pytest.mark.parametrize(("count", "vertices"), [(100_000, 11), (500, 5400)])
def test_a_file_takes_no_longer_than_a_plain_loop(
    tmp_path: Path, count: int, vertices: int
) -> None:
    path = parcels(tmp_path / "parcels.gpkg", count, vertices)
    globe = Geod(ellps="WGS84")

    def loop() -> list[tuple[float, float]]:
        return [
            globe.geometry_area_perimeter(shape) for shape in geopandas.read_file(path).geometry
        ]

    theirs = seconds(loop)
    ours = seconds(lambda: measure_to(path, None, lambda _: Nothing()))
    print(f"\n{count} of {vertices}: {ours:.2f} s, geopandas and pyproj {theirs:.2f} s")  # noqa: T201
    assert ours <= 1.15 * theirs


@pytest.mark.parametrize("form", ["gpkg", "fgb", "parquet", "spiked.gpkg"])
def test_a_stream_beside_areas_in_memory(tmp_path: Path, form: str) -> None:
    """A million vertices: all figures of a stream, and areas alone of what geopandas read.

    The stream also gives perimeters and both readings of edges, and looks for crossings; areas
    alone, in numpy, are a lower bound of what any of that takes.
    """
    random = np.random.default_rng(1)
    path = tmp_path / f"many.{form}"
    spiked = form.startswith("spiked")
    if spiked:  # straight edges give other figures here: all is measured twice
        parcels(path, 185, 5400)
    else:
        rings = [ring(random, 5400, 0.5) for _ in range(185)]
        frame = geopandas.GeoDataFrame(geometry=rings, crs=4326)
        frame.to_parquet(path) if form == "parquet" else frame.to_file(path)
    globe = Geod(ellps="WGS84")

    def read() -> geopandas.GeoSeries:
        return (geopandas.read_parquet if form == "parquet" else geopandas.read_file)(path).geometry

    runs = [  # one after the other, so that a busy moment befalls both
        (
            seconds(lambda: measure_to(path, None, lambda _: Nothing())),
            seconds(lambda: measuring.area_m2(read().to_numpy())),
        )
        for _ in range(5)
    ]
    stream, memory = (min(taken) for taken in zip(*runs, strict=True))
    proj = seconds(lambda: [globe.geometry_area_perimeter(shape)[0] for shape in read()])
    print(  # noqa: T201
        f"\n{form}: stream {stream:.2f} s, areas in memory {memory:.2f} s ({memory / stream:.0%}), "
        f"areas by pyproj {proj:.2f} s ({proj / stream:.0%})"
    )
    assert stream <= proj / 0.7
    assert stream <= memory / (0.3 if spiked else 0.55)


PEAK = """
import resource, sys
from shekara.measuring.files import measure_to
from tests.bench.test_bench_measure import Nothing
measure_to(sys.argv[1], None, lambda layers: Nothing())
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
"""


def test_memory_does_not_grow_with_the_file(tmp_path: Path) -> None:
    """Ten times the vertices, hardly a megabyte more: at most 1 GB is promised."""
    peaks = []
    for count in (300, 3000):
        path = parcels(tmp_path / f"{count}.fgb", count, 5400)
        run = subprocess.run(
            [sys.executable, "-c", PEAK, str(path)], capture_output=True, text=True, check=True
        )
        peaks.append(int(run.stdout))
    print(f"\npeaks {peaks[0]} and {peaks[1]} MB")  # noqa: T201
    assert peaks[1] < peaks[0] + 150 < 1000
