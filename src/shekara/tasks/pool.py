"""Tasks done by processes of this machine, which end with their parent, however that ends."""

from __future__ import annotations

import contextlib
import os
import signal
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from importlib import import_module
from multiprocessing import connection, get_context, parent_process
from typing import Generic, Protocol, TypeVar

from shekara.errors import StorageError
from shekara.tasks.count import worker_count

Answer = TypeVar("Answer")


@dataclass(frozen=True)
class Task(Generic[Answer]):
    """A piece of work that depends on nothing but its arguments, and changes nothing.

    `common` are arguments after the others that many tasks share: a cluster gets them once.
    """

    title: str
    work: Callable[..., Answer]
    arguments: tuple[object, ...]
    common: tuple[object, ...] = ()


class Scheduler(Protocol):
    """Whatever does tasks: processes of this machine, or a cluster."""

    def run(self, tasks: Iterable[Task[Answer]]) -> Iterator[tuple[str, Answer]]:
        """Title and answer of each task, in the order in which they are done."""


class Here:
    """This process: one task after the other."""

    def __enter__(self) -> Here:
        return self

    def __exit__(self, *_: object) -> None:
        return None

    def run(self, tasks: Iterable[Task[Answer]]) -> Iterator[tuple[str, Answer]]:
        """Title and answer of each task, in the order of the tasks."""
        for task in tasks:
            yield task.title, task.work(*task.arguments, *task.common)


def local(
    workers: int | None = None, modules: Sequence[str] = (), *, beside: bool = False
) -> Here | Processes:
    """What does tasks on this machine: a single worker needs no process of its own.

    Processes import `modules` as soon as they are there; the first is there at once, while tasks
    are being prepared. With `beside`, this process is one of the workers (see `Processes`).

    Where the system has no room for semaphores (no writable /dev/shm), this process does them all.
    """
    if worker_count(workers) == 1:
        return Here()
    try:
        return Processes(worker_count(workers) - beside, modules, beside=beside)
    except OSError:
        return Here()


class Processes:
    """Processes of this machine; used as a context, at whose end none of them is left.

    Parameters
    ----------
    workers
        How many; None takes as many as there are cores for us, at most four.
    modules
        What each imports before its first task; where there are any, the first starts at once.
    beside
        Whether this process does the last of several tasks itself, while they do the others: for
        so few tasks that starting one more process would take longer than its task.
    """

    def __init__(
        self, workers: int | None = None, modules: Sequence[str] = (), *, beside: bool = False
    ) -> None:
        self._beside = beside
        self._pool = ProcessPoolExecutor(
            worker_count(workers), mp_context=get_context("spawn"), initializer=_begin,
            initargs=(tuple(modules),),
        )  # fmt: skip
        if modules:
            self._pool.submit(_nothing)

    def __enter__(self) -> Processes:
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        if kind is None:
            self._pool.shutdown(wait=True)
        else:
            self._kill()

    def run(self, tasks: Iterable[Task[Answer]]) -> Iterator[tuple[str, Answer]]:
        """Title and answer of each task, in the order in which they are done.

        Raises
        ------
        StorageError
            The system ended a process: no memory was left, or somebody killed it.
        """
        every: Iterable[Task[Answer]] = tasks
        here: list[Task[Answer]] = []
        if self._beside:
            several = list(tasks)
            last = len(several) - 1 or 1  # a task alone is not done here
            every, here = several[:last], several[last:]
        try:
            waiting: dict[Future[Answer], str] = {
                self._pool.submit(task.work, *task.arguments, *task.common): task.title
                for task in every
            }
            yield from Here().run(here)
            for future in as_completed(waiting):
                yield waiting[future], future.result()
        except BrokenProcessPool as error:
            raise StorageError(
                "the system ended a process that drew (no memory left, or it was killed); "
                "nothing was changed: free memory, or use fewer processes with --workers 1"
            ) from error

    def _kill(self) -> None:
        """End all processes now: what they do is of no use any more."""
        processes = list((self._pool._processes or {}).values())
        reader = getattr(getattr(self._pool, "_call_queue", None), "_reader", None)
        self._pool.shutdown(wait=False, cancel_futures=True)
        for process in processes:
            with contextlib.suppress(Exception):  # one that has ended already
                process.kill()
        for process in processes:
            with contextlib.suppress(Exception):
                process.join(1)
        # Who still writes arguments into the pipe would wait for ever for a reader.
        if reader is not None:
            with contextlib.suppress(Exception):
                reader.close()


def _nothing() -> None:
    """A task that makes a pool start its first process."""


def _begin(modules: Sequence[str] = ()) -> None:
    """What a process does first: leave Ctrl-C to its parent, and see to ending with it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    for module in modules:
        import_module(module)


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        connection.wait([parent.sentinel])
        os._exit(1)
