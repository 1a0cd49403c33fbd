"""What a package's file turns out to be: another thing than expected is one message."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import shapely

from shekara.errors import InputError


@contextmanager
def parsing(format_: str) -> Iterator[None]:
    """Turn whatever a reader of `format_` stumbles over inside the block into an `InputError`.

    For the reading of foreign files alone: a fault in our own arithmetic must stay visible.
    """
    try:
        yield
    except (
        ValueError,
        TypeError,
        KeyError,
        IndexError,
        AttributeError,
        RecursionError,
        shapely.errors.ShapelyError,
    ) as error:
        raise InputError(
            f"the package's file is no {format_} as it should be "
            f"({type(error).__name__}: {str(error)[:120]}); check file and object of the recipe"
        ) from error
