"""Features of a layer in the making."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple, TypeAlias

from shapely.geometry.base import BaseGeometry

Value: TypeAlias = str | float | None
"""An attribute of a table."""
Row: TypeAlias = Mapping[str, Value | BaseGeometry]
"""A feature: its attributes, and its shape as "geometry"."""


class LayerFeature(NamedTuple):
    """A feature of another layer that has a shape."""

    attributes: Mapping[str, Value]
    geometry: BaseGeometry

    @property
    def row(self) -> Row:
        """The same as a row."""
        return {**self.attributes, "geometry": self.geometry}
