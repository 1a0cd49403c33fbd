"""Work done by a cluster of two workers on this machine: same bytes, with a killed worker too."""

from __future__ import annotations

import os
import pickle
import shutil
import signal
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Any, TypeVar

import pytest
from typer.testing import CliRunner

from shekara import claims, site
from shekara.cli import app
from shekara.errors import InputError, UsageError
from shekara.gate import sources
from shekara.measuring.files import here, measure_to, through
from shekara.measuring.spool import Gathered
from shekara.tasks import Cluster, Task
from tests.gate.test_dataset import parcels as boxes
from tests.gate.test_dataset import parted
from tests.support.atlases import sound

Answer = TypeVar("Answer")
distributed = import_module("distributed")  # of the extra that the tests bring


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
    path = tmp_path / "parcels.gpkg"
    boxes().to_file(path)
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

    def __init__(self, mark: Path, work: Callable[..., Any]) -> None:
        self.mark, self.work = mark, work

    def __call__(self, *arguments: object) -> Any:
        try:
            self.mark.touch(exist_ok=False)
        except FileExistsError:
            return self.work(*arguments)
        os.kill(os.getpid(), signal.SIGKILL)
        raise AssertionError("a killed process goes on")


class Deadly:
    """A cluster one of whose workers dies of the first task."""

    def __init__(self, cluster: Cluster, mark: Path) -> None:
        self.cluster, self.mark = cluster, mark

    def run(self, tasks: Iterable[Task[Answer]]) -> Iterator[tuple[str, Answer]]:
        return self.cluster.run(
            replace(task, work=EndsAWorker(self.mark, task.work)) for task in tasks
        )


def test_claims_are_checked_by_a_cluster_with_the_same_bytes(tmp_path: Path, address: str) -> None:
    folder = str(sound(tmp_path / "atlas"))
    alone = CliRunner().invoke(app, ["check", folder, "--json"])
    shared = CliRunner().invoke(app, ["check", folder, "--json", "--scheduler", address])
    assert alone.exit_code == shared.exit_code == 0
    assert '"road-length"' in alone.stdout
    assert shared.stdout == alone.stdout


def test_a_site_built_by_a_cluster_has_the_same_bytes(tmp_path: Path, address: str) -> None:
    atlas = site.load(sound(tmp_path / "atlas"))
    with Cluster(address) as cluster:
        site.build(atlas, tmp_path / "shared", scheduler=cluster)
    site.build(atlas, tmp_path / "alone", workers=1)
    alone, shared = files(tmp_path / "alone"), files(tmp_path / "shared")
    assert "sheets/all.en.pdf" in alone
    assert shared == alone


def test_a_killed_worker_is_survived(parcels: Path, address: str, tmp_path: Path) -> None:
    with Cluster(address) as cluster:
        run = through(Deadly(cluster, tmp_path / "killed"))
        ((head, sink),) = measure_to(parcels, None, lambda _: Gathered(), run=run)
    ((same, alone),) = measure_to(parcels, None, lambda _: Gathered(), run=here)
    assert (tmp_path / "killed").exists()
    assert (head, sink.records) == (same, alone.records)


def test_workers_read_the_parts_of_a_dataset_themselves(
    tmp_path: Path, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No shape is sent: what goes with a task is a few words. A killed worker is survived."""
    folder, whole = tmp_path / "parts", tmp_path / "whole.parquet"
    monkeypatch.setattr("shekara.gate.dataset.PART_BYTES", 1)
    parted(boxes(), folder)
    boxes().to_parquet(whole)
    with Cluster(address) as cluster:
        small = Small(Deadly(cluster, tmp_path / "killed"))
        ((head, sink),) = measure_to(folder, 5.0, lambda _: Gathered(), run=through(small))
        remote = f"file://{folder}"
        ((_, again),) = measure_to(remote, 5.0, lambda _: Gathered(), run=through(small))
    ((same, alone),) = measure_to(whole, 5.0, lambda _: Gathered(), run=here)
    assert (tmp_path / "killed").exists()
    assert small.count == 22
    assert ({**head, "file": ""}, sink.records) == ({**same, "file": ""}, alone.records)
    assert again.records == alone.records


class Small:
    """A cluster whose tasks must be small."""

    def __init__(self, cluster: Deadly) -> None:
        self.cluster, self.count = cluster, 0

    def run(self, tasks: Iterable[Task[Answer]]) -> Iterator[tuple[str, Answer]]:
        return self.cluster.run(self._small(tasks))

    def _small(self, tasks: Iterable[Task[Answer]]) -> Iterator[Task[Answer]]:
        for task in tasks:
            assert len(pickle.dumps((task.work, task.arguments, task.common))) < 4000
            self.count += 1
            yield task


def test_a_part_that_no_worker_can_read_is_one_message(tmp_path: Path, address: str) -> None:
    folder = parted(boxes(), tmp_path / "parts")
    with Cluster(address) as cluster:
        run = through(Vanishing(cluster, folder))
        with pytest.raises(InputError, match=r"part-\d\.parquet: is not on this machine"):
            measure_to(folder, None, lambda _: Gathered(), run=run)


class Vanishing:
    """A cluster on machines that do not have the folder."""

    def __init__(self, cluster: Cluster, folder: Path) -> None:
        self.cluster, self.folder = cluster, folder

    def run(self, tasks: Iterable[Task[Answer]]) -> Iterator[tuple[str, Answer]]:
        waiting = list(tasks)
        shutil.rmtree(self.folder)
        return self.cluster.run(waiting)


def test_a_worker_killed_by_a_claim_is_survived(tmp_path: Path, address: str) -> None:
    atlas = site.load(sound(tmp_path / "atlas"))
    with Cluster(address) as cluster:
        verdicts = claims.check_all(atlas, Deadly(cluster, tmp_path / "killed"))
    assert (tmp_path / "killed").exists()
    assert verdicts == claims.check_all(atlas)


def files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


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
