"""Attributes that match `where`: every key has the value, or one of the values of a list."""

from __future__ import annotations

from collections.abc import Mapping

Scalar = str | bool | int | float
Where = Mapping[str, Scalar | list[Scalar]]


def matches(properties: Mapping[str, object], where: Where) -> bool:
    """Whether attributes have the values that `where` names.

    >>> matches({"kind": "pad", "year": 1957}, {"kind": ["pad", "silo"]})
    True
    """
    return all(
        properties.get(key) in wanted if isinstance(wanted, list) else properties.get(key) == wanted
        for key, wanted in where.items()
    )
