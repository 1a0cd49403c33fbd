"""Stretches of sea that an island with full effect gains for its owner."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import shapely

from shekara.errors import GeometryError
from shekara.median.ellipsoid import Floats, Ints
from shekara.median.partition.clip import Clipped
from shekara.median.partition.sectors import Face
from shekara.median.shores.sea import Sea
from shekara.median.trace.trace import Trace

FULL, NONE = "line of full effect", "line of no effect"


def rings_lonlat(cut: Clipped, face: Face) -> tuple[Floats, ...]:
    """The rings of a face in longitude and latitude, closed, shell first."""
    out = []
    for ring in face.rings:
        bare = ring[:-1][cut.drawn[ring[:-1]]] if len(ring) else ring
        bare = np.append(bare, bare[0])
        out.append(np.column_stack([cut.lon[bare], cut.lat[bare]]))
    return tuple(out)


def sides_of(pieces: list[Face], which: Iterable[int]) -> dict[tuple[int, int], int]:
    """Face to which each directed edge belongs."""
    return {
        (a, b): n
        for n in which
        for ring in pieces[n].rings
        for a, b in zip(ring[:-1].tolist(), ring[1:].tolist(), strict=True)
    }


def touching_groups(pieces: list[Face], which: Ints) -> list[list[int]]:
    """The faces in groups that share edges."""
    sides = sides_of(pieces, which.tolist())
    group = {n: n for n in which.tolist()}

    def root(n: int) -> int:
        while group[n] != n:
            n = group[n]
        return n

    for (a, b), n in sides.items():
        other = sides.get((b, a))
        if other is not None:
            group[root(n)] = root(other)
    out: dict[int, list[int]] = {}
    for n in group:
        out.setdefault(root(n), []).append(n)
    return list(out.values())


def bounding_lines(
    cut: Clipped,
    sides: dict[tuple[int, int], int],
    every: dict[tuple[int, int], int],
    of_full: Ints,
    group: list[int],
) -> dict[str, list[shapely.LineString]]:
    """Edges of a gained stretch on the lines of full and of no effect."""
    owner = int(of_full[group[0]])
    lines: dict[str, list[shapely.LineString]] = {FULL: [], NONE: []}
    for a, b in sides:
        across = every.get((b, a))
        if across is None or across in group:
            continue
        which = NONE if of_full[across] == owner else FULL
        ends = [(cut.lon[node], cut.lat[node]) for node in (a, b)]
        lines[which].append(shapely.LineString(ends))
    return lines


def refuse_enclave(
    full: Trace,
    sea: Sea,
    cut: Clipped,
    pieces: list[Face],
    of_full: Ints,
    group: list[int],
) -> None:
    """Half effect is half-way between two lines; where one of them is missing it has no meaning."""
    every = sides_of(pieces, range(len(pieces)))
    lines = bounding_lines(cut, sides_of(pieces, group), every, of_full, group)
    if lines[NONE] and lines[FULL]:
        return
    owner = full.weighted.shores.owners[int(of_full[group[0]])]
    lon, lat = sea.globe.from_conformal(sea.plane.lift(pieces[group[0]].inside[None]))
    raise GeometryError(
        f"effect: half effect has no meaning near {lon[0]:.4f}, {lat[0]:.4f}: the water that an "
        f"island gives to {owner} there touches no other water of {owner}, or no other owner's, "
        "so that there are not two lines to be half-way between; give the island none or full"
    )
