"""Attributes of a table as JSON can hold them."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import geopandas

TEXT_TABLES = (".csv", ".tsv", ".txt")  # files whose numbers are texts
NUMBER = re.compile(r"\s*[-+]?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?\s*")


def plain_columns(frame: geopandas.GeoDataFrame) -> geopandas.GeoDataFrame:
    """Columns whose values JSON can hold; dates as text; an id where there is none."""
    shape = frame.geometry.name
    for column in [column for column in frame.columns if column != shape]:
        values = [_value(value) for value in frame[column]]
        frame[column] = np.array([*values, None], dtype=object)[:-1]
    if "id" not in frame.columns:
        frame.insert(0, "id", [str(number) for number in range(1, len(frame) + 1)])
    return frame


def plain_values(values: Iterable[object]) -> list[object]:
    """Values as `plain_columns` has them."""
    return [_value(value) for value in values]


def written_numbers(frame: geopandas.GeoDataFrame) -> geopandas.GeoDataFrame:
    """Columns of a text table whose every value is written as a number, as numbers; "" is none.

    Codes such as 007 stay text: a leading zero says that they are no numbers.
    """
    shape = frame.geometry.name
    for column in [column for column in frame.columns if column not in (shape, "id")]:
        values = list(frame[column])
        texts = [value for value in values if isinstance(value, str) and value.strip()]
        known = [value for value in values if value is not None and value != ""]
        if texts and len(texts) == len(known) and all(map(NUMBER.fullmatch, texts)):
            numbers = [float(v) if isinstance(v, str) and v.strip() else None for v in values]
            frame[column] = np.array([*map(_value, numbers), None], dtype=object)[:-1]
    return frame


def _value(value: object) -> object:
    if isinstance(value, np.generic):
        value = value.item()
    if value is None or (isinstance(value, float) and not math.isfinite(value)):
        return None
    if isinstance(value, float) and value.is_integer() and abs(value) < 2**53:
        return int(value)
    return value if isinstance(value, bool | int | float | str) else str(value)
