"""Tables that a division can be given."""

from __future__ import annotations

from typing import TypeAlias, TypeVar

import geopandas as gpd

SeaTable: TypeAlias = gpd.GeoDataFrame | gpd.GeoSeries
Given = TypeVar("Given", bound=SeaTable | None)
"""A table that comes back as what it was, or none."""
