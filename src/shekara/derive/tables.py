"""Rows of a table as attributes: which cells are numbers, which are text."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from shekara.derive.rows import Value
from shekara.errors import InputError

_NUMBER = re.compile(r"-?\d+(\.\d+)?")


def attributes(rows: Sequence[Mapping[str, str]]) -> list[dict[str, Value]]:
    """Cells as values: a column whose every filled cell is a number holds numbers, else text.

    Columns that are names, codes or texts by their name (id, name..., ..._id, ..._text) stay text.

    >>> attributes([{"id": "7", "year": "1997"}, {"id": "8", "year": ""}])
    [{'id': '7', 'year': 1997}, {'id': '8', 'year': None}]
    """
    columns = list(rows[0]) if rows else []
    numeric = {
        column
        for column in columns
        if not re.match(r"id$|name|.*_(id|text|kk|ru|en)$", column)
        and all(_NUMBER.fullmatch(row[column]) for row in rows if row[column])
    }
    return [{column: _value(row[column], column in numeric) for column in columns} for row in rows]


def _value(cell: str, number: bool) -> Value:
    if not cell:
        return None
    if not number:
        return cell
    return float(cell) if "." in cell else int(cell)


def cell_number(row: Mapping[str, str], column: str, table: str) -> float:
    """A cell that must hold a finite number.

    Raises
    ------
    InputError
        It does not; the message names table, row and column.
    """
    if not _NUMBER.fullmatch(row[column]):
        raise InputError(
            f"{table}: {row.get('id', '')}: {column} = {row[column]!r} is no number; "
            "write it like 2928.25"
        )
    return float(row[column])


def place(
    row: Mapping[str, str], table: str, lon: str = "lon", lat: str = "lat"
) -> tuple[float, float] | None:
    """Longitude and latitude of a row in decimal degrees; None when both cells are empty."""
    if not row[lon] and not row[lat]:
        return None
    try:
        x, y = float(row[lon]), float(row[lat])
    except ValueError:
        raise InputError(
            f"{table}: {lon}, {lat} = {row[lon]!r}, {row[lat]!r} are no decimal degrees; "
            "write them like 63.342222 and 45.920278"
        ) from None
    if not (-180 <= x <= 180 and -90 <= y <= 90):
        raise InputError(
            f"{table}: {lon}, {lat} = {x}, {y} are not on the Earth; are they the right way round?"
        )
    return x, y
