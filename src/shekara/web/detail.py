"""The vertices of arcs at a detail, and how they are written: those that a page opens with, and
those that come between them when a reader looks nearer.

What a page opens with is a part of what it shows nearer, vertex for vertex: so the second set
holds only what is new, and borders that are shared stay shared.
"""

from __future__ import annotations

import base64
import gzip
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import cast

import numpy as np
import numpy.typing as npt
import shapely

from shekara.web.topology import Ints

Bools = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class ArcSet:
    """Arcs as a page carries them.

    Attributes
    ----------
    quantum
        Degrees per integer step.
    first, doublings
        To how many doublings of the zoom the arcs that the page opens with are good, and all.
    arcs, finer
        The arcs that the page opens with, and the vertices that come between ("": none), packed
        and zipped.
    """

    quantum: float
    first: int
    doublings: int
    arcs: str
    finer: str


@dataclass(frozen=True)
class Room:
    """How many characters arcs may take in a page, those that it opens with and all."""

    first: int
    whole: int


@dataclass(frozen=True)
class Levels:
    """Details that come into question, as doublings of the zoom.

    Attributes
    ----------
    coarsest, finest
        The least and the most.
    usual
        What a page offers also where its data have no more.
    opening
        The most that it opens with where there is a finer one.
    """

    coarsest: int
    finest: int
    usual: int
    opening: int


# A vertex takes more characters than this; two sets more than one by this factor.
LEAST_CHARACTERS = 1.5
TWO_SETS = 1.1


class Vertices:
    """The vertices of arcs in a row, and which of them a detail keeps.

    `arcs` are integer lon, lat in steps of `quantum` degrees, `coarser` how many of them become
    one; `users` are the geometries that an arc is a part of: arc and geometry, (n, 2).
    """

    def __init__(self, arcs: Sequence[Ints], users: Ints, quantum: float, coarser: int = 1) -> None:
        self.quantum = quantum * coarser
        self.users = users
        self.lengths = np.array([len(arc) for arc in arcs], dtype=np.int64)
        row = np.concatenate([np.zeros((0, 2), dtype=np.int64), *arcs])
        self.points: Ints = np.rint(row / coarser).astype(np.int64)
        self.arc = np.repeat(np.arange(len(self.lengths)), self.lengths)
        last = np.cumsum(self.lengths) - 1
        start = last - self.lengths + 1
        self.ends = np.zeros(len(self.points), dtype=bool)
        self.ends[start] = self.ends[last] = True
        ring = (self.points[start] == self.points[last]).all(axis=1)
        self.closed: Bools = (self.lengths > 3) & ring
        key = (self.points[:, 0] << 32) + self.points[:, 1]
        self._places, self._place = np.unique(key, return_inverse=True)
        # In coarser steps a vertex can fall on the one before.
        self.all: Bools = self.ends | (np.diff(key, prepend=0) != 0)

    def kept(self, tolerance: Floats, vanishing: Bools, among: Bools | None = None) -> Bools:
        """Which vertices are kept so that a line leaves the one before by no more than a tolerance.

        Parameters
        ----------
        tolerance
            Per geometry, degrees; an arc obeys the least of those whose part it is.
        vanishing
            Per geometry, whether islands smaller than the tolerance may go: two equal points are
            left of them.
        among
            The vertices of the lines before; None for all.
        """
        slack = np.full(len(self.lengths), np.inf)
        np.minimum.at(slack, self.users[:, 0], tolerance[self.users[:, 1]] / self.quantum)
        goes = self.closed & (self._sides() < slack)
        np.logical_and.at(goes, self.users[:, 0], vanishing[self.users[:, 1]])
        there = self.all if among is None else among
        return self.ends | self._simplified(there & ~goes[self.arc], slack)

    def _sides(self) -> Floats:
        """The longer side of the box around each arc, in steps."""
        if not len(self.lengths):
            return np.zeros(0)
        starts = np.cumsum(self.lengths) - self.lengths
        most, least = (f.reduceat(self.points, starts) for f in (np.maximum, np.minimum))
        sides: Floats = (most - least).max(axis=1).astype(float)
        return sides

    def _simplified(self, there: Bools, slack: Floats) -> Bools:
        """The vertices of arcs that simplification leaves."""
        result = there.copy()
        long = np.bincount(self.arc[there], minlength=len(self.lengths)) > 2
        some = there & long[self.arc]
        if not some.any():
            return result
        numbers, of = np.unique(self.arc[some], return_inverse=True)
        drawn = shapely.linestrings(self.points[some].astype(float), indices=of)
        lines = cast(npt.NDArray[np.object_], drawn)
        ring, limits = self.closed[numbers], slack[numbers]
        lines[~ring] = shapely.simplify(lines[~ring], limits[~ring], preserve_topology=False)
        # A closed arc must keep an area, which only the topology-preserving variant promises.
        lines[ring] = shapely.simplify(lines[ring], limits[ring], preserve_topology=True)
        left, part = shapely.get_coordinates(lines, return_index=True)
        xy = np.rint(left).astype(np.int64)
        place = np.searchsorted(self._places, (xy[:, 0] << 32) + xy[:, 1])
        many = len(self._places)
        result[some] = np.isin(of * many + self._place[some], part * many + place)
        return result

    def packed(self, kept: Bools) -> bytes:
        """Arcs as one run of varints: number of arcs, their lengths, lon steps, then lat steps.

        Each coordinate is the difference from the one before it, across arcs too.
        """
        lengths = np.bincount(self.arc[kept], minlength=len(self.lengths))
        steps = np.diff(self.points[kept], axis=0, prepend=np.zeros((1, 2), dtype=np.int64))
        head = np.array([len(lengths)], dtype=np.int64)
        return varints(np.concatenate((head, lengths, steps[:, 0], steps[:, 1])))

    def between(self, kept: Bools, finer: Bools) -> bytes:
        """The vertices that are in `finer` and not in `kept`, which is a part of it, as varints.

        How many come after each vertex but the last of all, then their lon steps, then their lat
        steps; a step is the difference from the vertex before in the finer row.
        """
        if (kept == finer).all():
            return b""
        row, old = self.points[finer], kept[finer]
        gaps = np.diff(np.flatnonzero(old)) - 1
        steps = np.diff(row, axis=0, prepend=np.zeros((1, 2), dtype=np.int64))[~old]
        return varints(np.concatenate((gaps, steps[:, 0], steps[:, 1])))


def fitting(
    at: Callable[[int], Vertices],
    tolerance: Callable[[int], Floats],
    vanishing: Bools,
    room: Room,
    levels: Levels,
) -> ArcSet:
    """Arcs as fine as room allows.

    Parameters
    ----------
    at
        The vertices in the steps of a level: so many doublings of the zoom.
    tolerance
        Degrees per geometry at a level.
    vanishing
        Per geometry, whether islands smaller than that may go.
    room
        Characters that there are.
    levels
        The levels that come into question.
    """
    known: dict[int, tuple[Vertices, Bools]] = {}

    def finer(level: int) -> tuple[Vertices, Bools]:
        if level not in known:
            vertices = at(level)
            known[level] = vertices, vertices.kept(tolerance(level), vanishing)
        return known[level]

    def fits(level: int) -> bool:
        vertices, kept = finer(level)
        if np.count_nonzero(kept) * LEAST_CHARACTERS > room.whole:
            return False
        return len(zipped(vertices.packed(kept))) * TWO_SETS <= room.whole

    def complete(level: int) -> bool:
        vertices, kept = finer(level)
        return bool((kept == vertices.all).all())

    low, high, tried = levels.coarsest, levels.finest, levels.finest
    while low < high:
        low, high = (tried, high) if fits(tried) else (low, tried - 1)
        tried = (low + high + 1) // 2
    # Where the data have no more, a level less may be as good.
    while low > levels.usual and complete(low) and complete(low - 1):
        low -= 1
    vertices, kept = finer(low)
    first, part, arcs = low, kept, zipped(vertices.packed(kept))
    if low > levels.opening or len(arcs) > room.first:
        for first in range(min(low, levels.opening), levels.coarsest - 1, -1):
            # From the finer vertices, so that the first set is a part of the second.
            rest = np.maximum(tolerance(first) - tolerance(low), 0)
            part = vertices.kept(rest, vanishing, kept)
            arcs = zipped(vertices.packed(part))
            if len(arcs) <= room.first:
                break
    between = vertices.between(part, kept)
    return ArcSet(vertices.quantum, first, low, arcs, zipped(between) if between else "")


def zipped(data: bytes) -> str:
    """Data as gzip in base64, the same bytes for the same data."""
    packed = bytearray(gzip.compress(data, compresslevel=9, mtime=0))
    packed[9] = 255  # RFC 1952: the system is not known; Pythons and systems write different ones
    return base64.b64encode(packed).decode("ascii")


def varints(values: Ints) -> bytes:
    """Signed integers as zigzag base-128 numbers, low seven bits first (as in Protocol Buffers)."""
    rest = ((values << 1) ^ (values >> 63)).astype(np.uint64)
    length = np.ones(len(rest), dtype=np.int64)
    for power in range(1, 10):
        length += rest >= (np.uint64(1) << np.uint64(7 * power))
    end = np.cumsum(length)
    out = np.zeros(int(end[-1]) if len(end) else 0, dtype=np.uint8)
    for byte in range(int(length.max()) if len(length) else 0):
        some = length > byte
        more = (length[some] > byte + 1).astype(np.uint8) << 7
        group = (rest[some] >> np.uint64(7 * byte)) & np.uint64(0x7F)
        out[(end - length)[some] + byte] = group.astype(np.uint8) | more
    return out.tobytes()
