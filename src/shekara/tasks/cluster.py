"""Tasks done by a cluster: a dask.distributed scheduler, and workers on any machines.

No scheduler of our own: `dask scheduler` is started by whoever has the machines, with
`shekara[cluster]` installed on each of them.
"""

from __future__ import annotations

import threading
import warnings
from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from typing import Any, Protocol

from shekara.errors import StorageError, UsageError
from shekara.tasks.pool import Answer, Task

WAIT_S = 10.0  # for a scheduler, and for its first worker
AHEAD = 3  # tasks for each worker that are sent before an answer comes back: memory stays flat


_alone = threading.Lock()  # of a worker's process: not all that draws may do two things at once


class Futures(Protocol):
    """Answers to come."""

    def add(self, future: object) -> None:
        """Wait for one more."""


class Cluster:
    """A scheduler of dask's, used as a context; a worker that dies costs no more than its time.

    Each process of a worker does one task at a time, however many threads it has.

    Parameters
    ----------
    address
        Where the scheduler answers, such as ``tcp://10.0.0.1:8786``.

    Raises
    ------
    UsageError
        dask.distributed is not installed, or no scheduler or no worker answers.
    """

    def __init__(self, address: str) -> None:
        try:
            self._dask: Any = import_module("distributed")  # Any: dask's functions have no types
        except ImportError as error:
            raise UsageError(
                "--scheduler needs dask.distributed; install it with: "
                "pip install 'shekara[cluster]'"
            ) from error
        try:
            self._client = self._dask.Client(address, timeout=WAIT_S, set_as_default=False)
        except (OSError, ValueError, TypeError) as error:
            raise UsageError(
                f"--scheduler {address}: no scheduler answers; start one with: dask scheduler"
            ) from error
        try:
            self._client.wait_for_workers(1, timeout=WAIT_S)
        except TimeoutError as error:
            self._client.close()
            raise UsageError(
                f"--scheduler {address}: has no worker; start some with: dask worker {address}"
            ) from error

        self._given: dict[int, tuple[object, object]] = {}

    def __enter__(self) -> Cluster:
        return self

    def __exit__(self, *_: object) -> None:
        self._client.close()

    def run(self, tasks: Iterable[Task[Answer]]) -> Iterator[tuple[str, Answer]]:
        """Title and answer of each task, in the order in which they are done.

        Tasks are taken from the iterable as answers come back, a few for each worker ahead.

        Raises
        ------
        StorageError
            A task ended several workers one after the other, or the scheduler is gone.
        """
        lost = (
            self._dask.scheduler.KilledWorker, self._dask.client.FutureCancelledError, OSError,
        )  # fmt: skip
        self._given = {}
        waiting = iter(tasks)
        titles: dict[str, str] = {}
        answers = self._dask.as_completed([], loop=self._client.loop)
        self._send(waiting, answers, titles, AHEAD * max(1, len(self._client.nthreads())))
        try:
            for future in answers:
                answer = future.result()
                title = titles.pop(future.key)
                future.release()
                self._send(waiting, answers, titles, 1)
                yield title, answer
        except lost as error:
            raise StorageError(
                f"the cluster lost a task ({type(error).__name__}: workers that did it ended, "
                "or the scheduler is gone); nothing was changed: give the workers more memory"
            ) from error

    def _send(
        self, waiting: Iterator[Task[Answer]], answers: Futures, titles: dict[str, str], count: int
    ) -> None:
        for _, task in zip(range(count), waiting, strict=False):
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # that shapes are large is known
                common = [self._shared(value) for value in task.common]
                future = self._client.submit(
                    _by_itself, task.work, *task.arguments, *common, pure=False
                )
            titles[future.key] = task.title
            answers.add(future)

    def _shared(self, value: object) -> object:
        """A value that goes to the cluster once, and from there to each worker that needs it.

        It is the answer of a task, so that the scheduler can make it again when the worker that
        has it dies.
        """
        if id(value) not in self._given:
            sent = self._client.submit(_as_given, value, pure=False)
            self._given[id(value)] = (value, sent)  # kept, so that no other gets its number
        return self._given[id(value)][1]


def _as_given(value: Answer) -> Answer:
    return value


def _by_itself(work: Callable[..., Answer], *arguments: object) -> Answer:
    """What a worker does."""
    with _alone:
        return work(*arguments)
