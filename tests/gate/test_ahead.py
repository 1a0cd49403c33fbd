"""Batches that are read while the one before them is measured."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

from shekara.gate.ahead import ahead


def readers() -> list[str]:
    return [thread.name for thread in threading.enumerate() if thread.name.startswith("ahead")]


def test_the_next_is_read_before_this_one_is_done_with() -> None:
    begun = [threading.Event() for _ in range(4)]

    def read() -> Iterator[int]:
        for number, event in enumerate(begun):
            event.set()
            yield number

    taken = []
    for number in ahead(read()):
        taken.append(number)
        if number < 3:
            assert begun[number + 1].wait(10)
        if number < 2:  # and no more than the next
            assert not begun[number + 2].is_set()
    assert taken == [0, 1, 2, 3]
    assert readers() == []


def test_a_fault_comes_at_its_place() -> None:
    def read() -> Iterator[int]:
        yield 1
        raise ValueError("the second is broken")

    items = ahead(read())
    assert next(items) == 1
    with pytest.raises(ValueError, match="the second"):
        next(items)
    assert readers() == []


def test_no_thread_is_left_where_the_rest_is_not_wanted() -> None:
    items = ahead(iter(range(1000)))
    assert next(items) == 0
    assert readers()
    items.close()  # type: ignore[attr-defined]  # it is a generator
    assert readers() == []
