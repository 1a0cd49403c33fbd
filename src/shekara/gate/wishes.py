"""What a reader asks of the gate, and what of it cannot be meant."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from numbers import Real
from typing import TypedDict, Unpack

from shekara.errors import UsageError


class FileWishes(TypedDict, total=False):
    """How a file is read, as keywords of a function."""

    crs: str | None
    layer: str | None
    encoding: str | None
    where: str | None
    strict: bool
    repair: bool


class WishWords(FileWishes, total=False):
    """The same, and how true its positions are."""

    accuracy_m: float | None


@dataclass(frozen=True)
class Wishes:
    """What the reader asks of the gate."""

    crs: str | None = None
    layer: str | None = None
    encoding: str | None = None
    where: str | None = None
    accuracy_m: float | None = None
    strict: bool = False
    repair: bool = False

    @classmethod
    def of(cls, **wishes: Unpack[WishWords]) -> Wishes:
        """Wishes for a file, whose encoding is called as Python calls it."""
        wished = cls(**wishes)
        if wished.encoding is None:
            return wished
        from shekara.gate.encodings import known

        return replace(wished, encoding=known(wished.encoding))

    def __post_init__(self) -> None:
        """Refuse what cannot be meant."""
        if self.strict and self.repair:
            raise UsageError("--strict and --repair exclude each other")
        metres = self.accuracy_m
        if metres is not None and not (isinstance(metres, Real) and 0 <= metres < math.inf):
            raise UsageError(f"accuracy {metres!r} m: must be a number from 0 on")
