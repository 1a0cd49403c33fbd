"""How much one atlas may ask of a machine: each limit has a message and can be raised."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from types import MappingProxyType

import shapely

from shekara.atlas.model import Atlas
from shekara.errors import InputError, Problem

# A page of a million positions is already slow in a browser; the bundled atlas has 0.2 million.
LIMITS: Mapping[str, int] = MappingProxyType(
    {"positions": 5_000_000, "features": 200_000, "claims": 10_000, "maps": 1_000}
)
VARIABLE = "SHEKARA_LIMIT_"


def limit(name: str) -> int:
    """A limit, as the environment variable SHEKARA_LIMIT_POSITIONS and the like may raise it.

    Raises
    ------
    InputError
        The variable holds no whole number.
    """
    text = os.environ.get(VARIABLE + name.upper(), "")
    if not text:
        return LIMITS[name]
    if not text.isdecimal():
        raise InputError(f"{VARIABLE}{name.upper()} = {text!r}: is no whole number; write 10000000")
    return int(text)


def limit_problems(atlas: Atlas) -> Iterator[Problem]:
    """What an atlas has more of than is allowed."""
    layers = atlas.layers.values()
    counts = {
        "positions": sum(int(shapely.get_num_coordinates(x.geometry).sum()) for x in layers),
        "features": sum(len(layer.geometry) for layer in layers),
        "claims": len(atlas.claims),
        "maps": len(atlas.maps),
    }
    for name, count in counts.items():
        most = limit(name)
        if count > most:
            yield Problem(
                "atlas",
                name,
                f"{count:,}",
                f"is more than the limit of {most:,}",
                f"leave some out, or raise the limit with {VARIABLE}{name.upper()}={count}",
            )
