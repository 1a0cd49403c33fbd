"""A build that is told to stop, or killed, or loses a worker: soon over, and nothing left of it."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from shekara import site
from shekara.errors import UsageError
from shekara.tasks import pool
from tests.support.atlases import sound
from tests.support.patience import PROGRAM_S, slowness

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="signals, and /proc to look at")


@pytest.fixture(scope="module")
def atlas(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return sound(tmp_path_factory.mktemp("stops") / "atlas")


@pytest.fixture
def building(atlas: Path, tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    (tmp_path / "site").mkdir()
    process = subprocess.Popen(
        [sys.executable, "-m", "shekara.cli", "build", str(atlas), "--out", str(tmp_path / "site")],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    yield process
    for number in [process.pid, *descendants(process.pid)]:
        try:
            os.kill(number, signal.SIGKILL)
        except ProcessLookupError:
            continue
    process.communicate()


def descendants(parent: int) -> list[int]:
    """Processes that a process has begun, and theirs; the dead that wait for it are left out."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, above = path.read_text().rpartition(")")[2].split()[:2]
        except OSError:
            continue
        if int(above) == parent and state != "Z":
            found += [int(path.parent.name), *descendants(int(path.parent.name))]
    return found


def alive(number: int) -> bool:
    try:
        return Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def until(true: Callable[[], object], within_s: float = PROGRAM_S) -> float:
    """Wait for something; how long it took."""
    start = time.monotonic()
    while not true():
        assert time.monotonic() - start < within_s, "it did not come to that"
        time.sleep(0.02)
    return time.monotonic() - start


def workers(process: subprocess.Popen[str]) -> list[int]:
    """The processes that draw: begun, and busy with their own work."""
    return [
        number
        for number in descendants(process.pid)
        if b"spawn_main" in Path(f"/proc/{number}/cmdline").read_bytes()
    ]


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 143), (signal.SIGINT, 130)])
def test_a_signal_ends_a_build_and_all_that_it_began(
    building: subprocess.Popen[str], tmp_path: Path, number: signal.Signals, code: int
) -> None:
    until(lambda: workers(building))
    drawing = workers(building)
    building.send_signal(number)
    assert until(lambda: building.poll() is not None) < 2 * slowness()
    assert building.returncode == code
    assert until(lambda: not any(alive(one) for one in drawing)) < 2 * slowness()
    assert names(tmp_path) == ["site"]
    assert names(tmp_path / "site") == []


def test_workers_do_not_outlive_a_killed_build(
    building: subprocess.Popen[str], tmp_path: Path
) -> None:
    until(lambda: workers(building))
    drawing = workers(building)
    building.kill()
    assert until(lambda: not any(alive(one) for one in drawing)) < 30 * slowness()
    assert names(tmp_path / "site") == []


def test_a_killed_worker_is_told_at_once(building: subprocess.Popen[str], tmp_path: Path) -> None:
    until(lambda: workers(building))
    os.kill(workers(building)[0], signal.SIGKILL)
    _, said = building.communicate(timeout=PROGRAM_S)
    assert building.returncode == 4
    assert "the system ended a process that drew" in said
    assert "Traceback" not in said
    assert names(tmp_path) == ["site"]


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "file:///etc/passwd", "//x.org", "data:,x", "https://", "x"]
)
def test_only_a_web_address_is_an_address(atlas: Path, tmp_path: Path, address: str) -> None:
    with pytest.raises(UsageError, match="is no web address; it begins with https://"):
        site.build(site.load(atlas), tmp_path / "site", address=address)


FAILING = """
import operator
from shekara.tasks import Processes, Task

long = [Task(f"{n}", operator.countOf, (bytes(40_000_000), 1)) for n in range(14)]
with Processes(2) as processes:
    for _ in processes.run([*long[:2], Task("bad", operator.truediv, (1, 0)), *long[2:]]):
        pass
"""


def test_a_task_that_fails_ends_all_while_others_wait_to_be_handed_over() -> None:
    """Python before 3.11.4 waits for ever for a reader of what is half handed over."""
    done = subprocess.run(
        [sys.executable, "-c", FAILING],
        capture_output=True,
        text=True,
        check=False,
        timeout=PROGRAM_S,
    )
    assert done.returncode == 1
    assert "ZeroDivisionError" in done.stderr


def test_without_semaphores_one_process_does_all(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*words: object, **options: object) -> None:
        raise OSError(errno.EROFS, "Read-only file system")

    monkeypatch.setattr(pool, "Processes", refuse)
    with pool.local(2) as scheduler:
        assert list(scheduler.run([pool.Task("len", len, ("abc",))])) == [("len", 3)]


def meet(place: Path, mine: str, other: str) -> int:
    """The process that does this, once another one does the same from the other side."""
    (place / mine).touch()
    until(lambda: (place / other).exists())
    return os.getpid()


def test_this_process_does_tasks_while_another_does_others(tmp_path: Path) -> None:
    tasks = [pool.Task(a, meet, (tmp_path, a, b)) for a, b in (("one", "two"), ("two", "one"))]
    with pool.local(2) as scheduler:
        did = dict(scheduler.run(tasks))
        alone = dict(scheduler.run([pool.Task("alone", os.getpid, ())]))
    assert os.getpid() in did.values()
    assert alone["alone"] in did.values()
    assert len(set(did.values())) == len(tasks) == 2
