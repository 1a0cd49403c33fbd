"""Attributes of a table as JSON can hold them."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import geopandas


def plain_columns(frame: geopandas.GeoDataFrame) -> geopandas.GeoDataFrame:
    """Columns whose values JSON can hold; dates as text; an id where there is none."""
    shape = frame.geometry.name
    for column in [column for column in frame.columns if column != shape]:
        values = [_value(value) for value in frame[column]]
        frame[column] = np.array([*values, None], dtype=object)[:-1]
    if "id" not in frame.columns:
        frame.insert(0, "id", [str(number) for number in range(1, len(frame) + 1)])
    return frame


def _value(value: object) -> object:
    if isinstance(value, np.generic):
        value = value.item()
    if value is None or (isinstance(value, float) and not math.isfinite(value)):
        return None
    if isinstance(value, float) and value.is_integer() and abs(value) < 2**53:
        return int(value)
    return value if isinstance(value, bool | int | float | str) else str(value)
