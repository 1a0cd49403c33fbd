"""The base points of two owners that govern given places, whatever line runs there."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely

from shekara.errors import GeometryError
from shekara.median.ellipsoid import Bools, Floats, Ints
from shekara.median.solve.equidistance import WeightedDistance, bases_of
from shekara.median.solve.nearest import Base
from shekara.median.tables.result import Division


@dataclass(frozen=True)
class Governing:
    """Nearest base points of owners a and b at places, and the weights of both."""

    a: Base
    b: Base
    weight_a: Floats
    weight_b: Floats

    @property
    def excess_m(self) -> Floats:
        """By how much a place is farther from a than from b, in metres of a."""
        return np.asarray(self.a.distance - self.b.distance * self.weight_a / self.weight_b)

    @property
    def slope(self) -> Floats:
        """Gradient (n, 2), east and north, of the excess."""
        ratio = (self.weight_a / self.weight_b)[:, None]
        return np.asarray(self.b.toward * ratio - self.a.toward)


def governing(weighted: WeightedDistance, owner_a: Ints, owner_b: Ints, xy: Floats) -> Governing:
    """The base points of the owners at places (n, 2) in degrees."""
    lon, lat = xy[:, 0], xy[:, 1]
    a, b = (weighted.finders.nearest(owner, lon, lat) for owner in (owner_a, owner_b))
    return Governing(a, b, weighted.weight[owner_a], weighted.weight[owner_b])


def along_edges(
    weighted: WeightedDistance,
    owners: tuple[Ints, Ints],
    part: Ints,
    start: Floats,
    end: Floats,
) -> list[tuple[Governing, Bools]]:
    """The base points of n edges of lines, seen from all starts and then all ends (n, 2).

    First the edges' own: at an end two base points of one owner may be equally near, so the
    middle tells which counts. Then those that govern the line before and after them, with
    whether there are such in the same part.
    """
    (lon1, lat1), (lon2, lat2) = start.T, end.T
    middle = np.column_stack(weighted.globe.between(lon1, lat1, lon2, lat2, 0.5))
    base = governing(weighted, *owners, middle)
    pairs = np.stack([part, base.a.element, base.b.element])
    begins = np.flatnonzero(np.append(True, (pairs[:, 1:] != pairs[:, :-1]).any(axis=0)))
    run = np.searchsorted(begins, np.arange(len(part)), side="right") - 1
    lon, lat = np.concatenate([start, end]).T
    out = []
    for step in (0, -1, 1):
        other = begins[np.clip(run + step, 0, len(begins) - 1)]
        same = part[other] == part
        a, b = (
            bases_of(weighted.shores, np.tile(element[other], 2), lon, lat)
            for element in (base.a.element, base.b.element)
        )
        seen = Governing(a, b, np.tile(base.weight_a, 2), np.tile(base.weight_b, 2))
        out.append((seen, np.tile(same, 2)))
    return out


def shores_of(division: Division) -> WeightedDistance:
    """The distances that a division rests on.

    Raises
    ------
    GeometryError
        The division does not know them (it was put together by hand).
    """
    if division.weighted is None:
        raise GeometryError("delimitation: the division has lost its shores; divide anew")
    return division.weighted


def vertices(division: Division) -> tuple[Floats, Ints, Ints, Ints, Ints]:
    """Vertices of all lines in order: places (n, 2), row of the line, part, owners a and b."""
    weighted = shores_of(division)
    names = weighted.shores.owners
    lines = division.lines
    parts, row = shapely.get_parts(lines.geometry.to_numpy(), return_index=True)
    xy, part = shapely.get_coordinates(parts, return_index=True)
    row = np.asarray(row)[part]
    first = np.array([names.index(name) for name in lines["owner_a"]], dtype=np.int64)
    second = np.array([names.index(name) for name in lines["owner_b"]], dtype=np.int64)
    return xy, row.astype(np.int64), np.asarray(part, dtype=np.int64), first[row], second[row]


def by_nearest(weighted: WeightedDistance, lon: Floats, lat: Floats) -> Ints:
    """Owner of each place by the division's own rule."""
    return weighted.nearest(lon, lat)[0]


def inner(part: Ints) -> Bools:
    """Which vertices are followed by another of the same part."""
    follows: Bools = np.append(part[1:] == part[:-1], False)
    return follows[: len(part)]
