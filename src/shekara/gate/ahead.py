"""Reading ahead: while one batch is measured, a thread reads the next."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

Item = TypeVar("Item")


def ahead(items: Iterator[Item]) -> Iterator[Item]:
    """The same items in the same order, each begun when the one before it is handed over.

    All items come from one thread, which has ended when this iterator has, however it ends; one
    more item is in memory than without it. What the thread may not do is to change settings of
    the whole process, such as filters of warnings: those are its caller's.

    Raises
    ------
    Exception
        What `items` raises, at its place.
    """
    end = object()
    with ThreadPoolExecutor(1, thread_name_prefix="ahead") as thread:
        coming = thread.submit(next, items, end)
        while (item := coming.result()) is not end:
            coming = thread.submit(next, items, end)
            yield item  # type: ignore[misc]  # it is no `end`
