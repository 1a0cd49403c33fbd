"""Geometries as the key of a memory: the same as others where each is the very same object."""

from __future__ import annotations

from collections.abc import Iterable

from shapely.geometry.base import BaseGeometry


class Same:
    """Some geometries; equality looks at no coordinate, and never takes a copy for the original."""

    def __init__(self, geometries: Iterable[BaseGeometry]) -> None:
        self.geometries = tuple(geometries)

    def __hash__(self) -> int:
        return hash(tuple(map(id, self.geometries)))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Same) or len(self.geometries) != len(other.geometries):
            return False
        pairs = zip(self.geometries, other.geometries, strict=True)
        return all(here is there for here, there in pairs)
