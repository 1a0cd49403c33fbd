"""One worker against two, on a cluster of this machine: pytest tests/bench/test_bench_cluster.py.

Wall time, so the machine must have nothing else to do: run it with `-s`, on two cores or more.
"""

from __future__ import annotations

import os
import time
from importlib import import_module
from pathlib import Path
from typing import Any

import geopandas
import numpy as np
import pytest

from shekara.measuring.files import here, measure_to, through
from shekara.measuring.spool import Gathered
from shekara.tasks import Cluster
from tests.bench.test_bench_areas import ring

distributed = import_module("distributed")  # of the extra that the tests bring
PARTS, FEATURES, VERTICES = 8, 100, 5400  # 4.3 million vertices


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Files of GeoParquet side by side, each of some groups of rows."""
    place = tmp_path_factory.mktemp("parts")
    outline = ring(np.random.default_rng(1), VERTICES, 0.05)
    frame = geopandas.GeoDataFrame({"id": range(FEATURES)}, geometry=[outline] * FEATURES, crs=4326)
    for number in range(PARTS):
        frame.to_parquet(place / f"part-{number}.parquet", row_group_size=60)
    return place


def timed(folder: Path, run: Any) -> tuple[float, list[Any]]:
    begin = time.perf_counter()
    ((_, sink),) = measure_to(folder, 5.0, lambda _: Gathered(), run=run)
    return time.perf_counter() - begin, sink.records


def test_two_workers_take_little_over_half_the_time_of_one(folder: Path) -> None:
    alone, records = timed(folder, here)
    seconds = {}
    for workers in (1, 2):
        with (
            distributed.LocalCluster(
                workers, threads_per_worker=1, host="127.0.0.1", dashboard_address=None
            ) as machines,
            Cluster(machines.scheduler_address) as cluster,
        ):
            timed(folder, through(cluster))  # its imports and first compilations are not counted
            seconds[workers], same = timed(folder, through(cluster))
            assert same == records
    print(  # noqa: T201
        f"\nalone {alone:.2f} s, one worker {seconds[1]:.2f} s, two {seconds[2]:.2f} s: "
        f"{seconds[1] / seconds[2]:.2f} times as quick; load {os.getloadavg()[0]:.1f}"
    )
    assert seconds[2] <= 0.75 * seconds[1], "needs two idle cores"
