"""How much one atlas may ask of a machine: each limit has a message and can be raised."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

import shapely

from shekara.errors import InputError, Problem
from shekara.spelling import way_out

if TYPE_CHECKING:
    from shekara.atlas.files import Panel
    from shekara.atlas.model import Atlas

# A page of a million positions is already slow in a browser; the bundled atlas has 0.2 million.
# Nobody reads a chart of more than some dozens of names, or tells a dozen colours apart.
LIMITS: Mapping[str, int] = MappingProxyType(
    {
        "positions": 5_000_000,
        "features": 200_000,
        "claims": 10_000,
        "maps": 1_000,
        "megabytes": 200,
        "bars": 200,
        "series": 40,
    }
)
VARIABLE = "SHEKARA_LIMIT_"


def raise_limit(asked: str) -> None:
    """Set a limit for this process and those that it begins, from text such as ``maps=2000``.

    Raises
    ------
    InputError
        There is no such limit, or the number is none.
    """
    name, _, number = asked.partition("=")
    if name not in LIMITS:
        raise InputError(f"--raise {asked!r}: no limit {name!r}; {way_out(name, LIMITS)}")
    if not number.isdecimal():
        raise InputError(f"--raise {asked!r}: is no whole number; write {name}={LIMITS[name] * 2}")
    os.environ[VARIABLE + name.upper()] = number


def too_long(path: Path) -> tuple[str, str] | None:
    """Rule and way out for a file that is too long to be read at all."""
    most = limit("megabytes")
    size = path.stat().st_size / 1e6 if path.is_file() else 0
    if size <= most:
        return None
    rule = f"has {size:,.0f} megabytes, more than the limit of {most:,}"
    return rule, _raised("megabytes", int(size) + 1)


def _raised(name: str, count: int) -> str:
    return (
        f"leave some out, or raise the limit: shekara --raise {name}={count} … "
        f"(or {VARIABLE}{name.upper()}={count})"
    )


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
    yield from _more("atlas", "", counts)
    for name, entry in atlas.maps.items():
        for number, panel in enumerate(entry.file.panel, start=1):
            if panel.layer in atlas.layers:
                yield from _more(f"maps/{name}.toml", f"panel {number}: ", _shown(atlas, panel))


def _more(file: str, where: str, counts: Mapping[str, int]) -> Iterator[Problem]:
    for name, count in counts.items():
        most = limit(name)
        if count > most:
            rule = f"is more than the limit of {most:,}"
            yield Problem(file, where + name, f"{count:,}", rule, _raised(name, count))


def _shown(atlas: Atlas, panel: Panel) -> dict[str, int]:
    """How many bars and series a chart has, as far as attributes tell."""
    layer = atlas.layers[panel.layer]
    rows = [layer.properties[int(n)] for n in layer.select(panel.where)]
    bars = len({str(row.get(panel.x)) for row in rows}) if panel.kind != "line" else 0
    series = len({str(row.get(panel.by)) for row in rows}) if panel.by else 1
    return {"bars": bars, "series": series}
