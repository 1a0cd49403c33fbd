"""One of the small maps side by side: a year, or a value of a field."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class SmallMap:
    """The map with some of its features left out; extent, classes and legend are the map's."""

    title: str  # the year, or the value in the scene's language
    alt: str  # what is on it, layer by layer, from its data
    without: tuple[str, ...]  # Feature.id of what it does not show, sorted
    year: int | None = None  # None: it shows a value
