"""A file measured by a cluster of two workers on this machine: same bytes, a killed worker too."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import geopandas
import numpy as np
import pytest
import shapely
from typer.testing import CliRunner

from shekara.cli import app
from shekara.errors import UsageError
from shekara.gate import sources
from shekara.measuring.features import Measured
from shekara.measuring.files import Work, here, measure_to, through
from shekara.measuring.spool import Gathered
from shekara.tasks import Cluster, Task

distributed = pytest.importorskip("distributed", reason="dask.distributed is not installed")


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with (
        distributed.LocalCluster(
            2, threads_per_worker=1, host="127.0.0.1", dashboard_address=None, silence_logs=50
        ) as cluster,
    ):
        yield cluster.scheduler_address


@pytest.fixture
def parcels(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(sources, "MOST_ROWS", 9)
    lon, lat = np.arange(60) * 1.5 - 40, np.arange(60) % 7 * 3.0
    path = tmp_path / "parcels.gpkg"
    names = [f"parcel {number}" for number in range(60)]
    shapes = shapely.box(lon, lat, lon + 0.7, lat + 0.4)
    shapes[20] = shapely.Polygon([(0, 0), (1, 1), (1, 0), (0, 1)])
    geopandas.GeoDataFrame({"name": names}, geometry=shapes, crs=4326).to_file(path)
    return path


def test_a_cluster_gives_the_same_bytes(parcels: Path, address: str) -> None:
    alone = CliRunner().invoke(app, ["measure", str(parcels), "--accuracy", "5", "--json"])
    shared = CliRunner().invoke(
        app, ["measure", str(parcels), "--accuracy", "5", "--json", "--scheduler", address]
    )
    assert alone.exit_code == shared.exit_code == 0
    assert len(alone.stdout) > 10_000
    assert shared.stdout == alone.stdout


class EndsAWorker:
    """The work, but that the first worker to do it dies of it."""

    def __init__(self, mark: Path) -> None:
        self.mark, self.work = mark, Work(None)

    def __call__(self, features: object) -> Measured:
        try:
            self.mark.touch(exist_ok=False)
        except FileExistsError:
            return self.work(features)  # type: ignore[arg-type]
        os.kill(os.getpid(), signal.SIGKILL)
        raise AssertionError("a killed process goes on")


def test_a_killed_worker_is_survived(parcels: Path, address: str, tmp_path: Path) -> None:
    with Cluster(address) as cluster:
        share = through(cluster)

        def run(work: Work, batches: object) -> object:
            return share(EndsAWorker(tmp_path / "killed"), batches)  # type: ignore[arg-type]

        ((head, sink),) = measure_to(parcels, None, lambda _: Gathered(), run=run)  # type: ignore[arg-type]
    ((same, alone),) = measure_to(parcels, None, lambda _: Gathered(), run=here)
    assert (tmp_path / "killed").exists()
    assert (head, sink.records) == (same, alone.records)


def test_tasks_are_drawn_as_answers_come_back(address: str) -> None:
    taken = []

    def tasks() -> Iterator[Task[int]]:
        for number in range(40):
            taken.append(number)
            yield Task(str(number), abs, (-number,))

    with Cluster(address) as cluster:
        answers = cluster.run(tasks())
        first = next(answers)
        assert len(taken) < 12
        assert dict([first, *answers]) == {str(number): number for number in range(40)}


def test_no_scheduler_is_one_message(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shekara.tasks.cluster.WAIT_S", 0.5)
    with pytest.raises(UsageError, match="no scheduler answers; start one with: dask scheduler"):
        Cluster("tcp://127.0.0.1:9")
    with pytest.raises(UsageError, match="no scheduler answers"):
        Cluster("nonsense://x")
