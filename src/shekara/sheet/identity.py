"""Large frozen values as keys of a cache: told apart by identity, which costs nothing to compare.

The versions of a map in several languages share their geometry: what one of them brought onto the
page serves the others.
"""

from __future__ import annotations

from typing import Generic, TypeVar

Value = TypeVar("Value")


class Same(Generic[Value]):
    """A value that equals itself alone; the cache that holds it keeps it alive."""

    __slots__ = ("value",)

    def __init__(self, value: Value):
        self.value = value

    def __hash__(self) -> int:
        return id(self.value)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Same) and other.value is self.value
