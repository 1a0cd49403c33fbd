"""Tasks done by processes of this machine, which end with their parent, however that ends."""

from __future__ import annotations

import contextlib
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
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


def local(workers: int | None = None, modules: Sequence[str] = ()) -> Here | Processes:
    """What does tasks on this machine: a single worker needs no process of its own.

    Processes import `modules` as soon as they are there; the first is there at once, while tasks
    are being prepared.

    Where the system has no room for semaphores (no writable /dev/shm), this process does them all.
    """
    if worker_count(workers) == 1:
        return Here()
    try:
        return Processes(worker_count(workers), modules)
    except OSError:
        return Here()


class Processes:
    """Processes of this machine; used as a context, at whose end no other than this one is left.

    This process is one of them. A task goes to whichever has none, the next in the list first: so
    none waits for the others longer than the last tasks take.

    Parameters
    ----------
    workers
        How many, with this one; None takes as many as there are cores for us, at most four.
    modules
        What each imports before its first task; where there are any, the first starts at once.
    """

    def __init__(self, workers: int | None = None, modules: Sequence[str] = ()) -> None:
        self._others = max(worker_count(workers) - 1, 1)
        self._pool = ProcessPoolExecutor(
            self._others, mp_context=get_context("spawn"), initializer=_begin,
            initargs=(tuple(modules),),
        )  # fmt: skip
        self._idle = bool(modules)  # whether one was started that has done nothing yet
        if modules:
            self._pool.submit(_nothing)

    def __enter__(self) -> Processes:
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        if kind is None and not self._idle:
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
        listed = _List[Answer](self._pool, self._others)
        try:
            for task in tasks:
                self._idle = False
                listed.add(task)
            while mine := listed.take():
                yield from Here().run([mine])
                yield from listed.done()
            while listed.given:
                wait(listed.given, return_when=FIRST_COMPLETED)
                yield from listed.done()
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


class _List(Generic[Answer]):
    """Tasks that wait, and those that a pool was given: one for each of its processes."""

    def __init__(self, pool: ProcessPoolExecutor, processes: int) -> None:
        self._pool, self._processes = pool, processes
        self._rest: deque[Task[Answer]] = deque()
        self._lock = threading.RLock()  # what is done is told by a thread of the pool
        self.given: dict[Future[Answer], str] = {}  # titles

    def add(self, task: Task[Answer]) -> None:
        self._rest.append(task)
        self._give()

    def take(self) -> Task[Answer] | None:
        """The next, for this process; None where no more wait."""
        with self._lock:
            return self._rest.popleft() if self._rest else None

    def done(self) -> Iterator[tuple[str, Answer]]:
        """Title and answer of each that the pool has done since."""
        with self._lock:
            ready = [(future, title) for future, title in self.given.items() if future.done()]
            for future, _ in ready:
                del self.given[future]
        for future, title in ready:
            yield title, future.result()

    def _give(self) -> None:
        with self._lock:
            busy = sum(not future.done() for future in self.given)
            if self._rest and busy < self._processes:
                task = self._rest[0]
                future = self._pool.submit(task.work, *task.arguments, *task.common)
                self.given[future] = self._rest.popleft().title
                future.add_done_callback(self._give_more)

    def _give_more(self, future: Future[Answer]) -> None:
        # Where a pool ends, it holds a lock while it says so, and takes no more.
        if future.exception() is None:
            with contextlib.suppress(RuntimeError):
                self._give()


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
