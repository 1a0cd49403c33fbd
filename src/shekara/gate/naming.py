"""What features are called: by the field that says so, in any common language or spelling."""

from __future__ import annotations

import re
from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

# Fields that hold a feature's name, the best first; then any field that ends in "name".
TITLES = (
    r"name", r"name[_:]?en", r"name[_:]?\w{2,4}", r"label", r"title", r"titre", r"nombre", r"nom",
    r"nome", r"название", r"наименование", r"имя", r"атауы", r"аты", r"bezeichnung", r"\w*name",
    r"name\w*",
)  # fmt: skip
# And numbers by which it is told from others, where it has no name.
NUMBERS = (r"id", r"fid", r"code", r"ref", r"gid", r"objectid")


def names(attributes: Mapping[str, NDArray[np.generic]], count: int) -> tuple[str, ...]:
    """A name for each of `count` features, "" where a feature has none.

    A name that is a number is written as one: 5, not 5.0; an empty or missing one gives way to
    the next field.
    """
    called = np.full(count, "", dtype=object)
    for key in fields(list(attributes)):
        open_ = np.flatnonzero(called == "")
        if not len(open_):
            break
        column = attributes[key][open_]
        called[open_] = [v.strip() if type(v) is str else _text(v) for v in column]
    return tuple(called)


def fields(keys: list[str]) -> list[str]:
    """Those of the fields that may hold a feature's name, the best first."""
    chosen: dict[str, None] = {}
    for pattern in (*TITLES, *NUMBERS):
        for key in keys:
            if re.fullmatch(pattern, key.strip(), re.IGNORECASE):
                chosen[key] = None
    return list(chosen)


def _text(value: object) -> str:
    if value is None or isinstance(value, bool | np.bool_ | bytes | dict | list):
        return ""
    if isinstance(value, int | float | np.number):
        number = float(value)
        if number != number:  # NaN: a table's way to say "nothing"
            return ""
        return str(int(number)) if number == int(number) else str(value)
    return str(value).strip()
