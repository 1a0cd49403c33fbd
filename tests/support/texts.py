"""The texts of an atlas, wherever they stand in its files."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any


def texts(value: Any, languages: Collection[str]) -> Iterator[dict[str, str]]:
    """All tables of texts by language inside a file of the atlas."""
    if isinstance(value, dict):
        if value and set(value) & set(languages):
            yield value
        else:
            for inner in value.values():
                yield from texts(inner, languages)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from texts(inner, languages)
