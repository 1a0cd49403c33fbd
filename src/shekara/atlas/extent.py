"""Extents as an atlas writes them: west, south, east, north in degrees."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, Field

NEAREST_POLE = 0.01  # degrees; about 1 km


def _extent(value: list[float]) -> list[float]:
    west, south, east, north = value
    if not (-180 <= west <= 180 and -180 <= east <= 180):
        raise ValueError("has a longitude beyond ±180; the order is west, south, east, north")
    if not -90 <= south < north <= 90:
        raise ValueError("needs south < north within ±90; the order is west, south, east, north")
    if south > 90 - NEAREST_POLE or north < NEAREST_POLE - 90:
        raise ValueError(
            f"lies within {NEAREST_POLE}° of a pole, where a map has no east; "
            f"let it reach at least {NEAREST_POLE}° away from it"
        )
    if west == east:
        raise ValueError("has no width: west equals east")
    return value


Extent = Annotated[list[float], Field(min_length=4, max_length=4), AfterValidator(_extent)]
