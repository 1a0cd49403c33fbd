"""The nearest of many short straight pieces in space, found through balls around runs of them.

Pieces and positions are put in an order in which neighbours in space follow each other, and cut
into runs; a ball around each run bounds its distance from any other run. Only runs whose bound is
below the best distance found so far are looked at piece by piece. numpy alone: a k-d tree would be
no quicker on the thousands of positions of a claim, and slow to import.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from shekara.geometry.arrays import Floats

Ints = NDArray[np.int64]

PIECES = 8  # in a run: few enough for tight balls, enough to be worth a ball
POSITIONS = 32
TABLE = 1 << 18  # distances between runs held at a time
PAIRS = 1 << 13  # of a position and a run of pieces, worked on at a time
BITS = 12  # of each coordinate, in the order of a run
UNSURE_M = 1.0  # rounding of distances between positions some 6,400 km from the origin


class Pieces(NamedTuple):
    """Straight pieces in runs, each in a ball; see `arranged`."""

    number: Ints  # (r, PIECES) which piece; the last run is filled up with its last piece
    start: Floats  # (r, PIECES, 3)
    way: Floats  # (r, PIECES, 3) from start to end
    size: Floats  # (r, PIECES) square of its length
    centre: Floats  # (r, 3)
    radius: Floats  # (r,)


class Near(NamedTuple):
    """How far positions lie from the nearest piece, and the pieces that may be nearest."""

    distance: Floats  # (n,) straight through space; only a bound where `least` or `most` are passed
    position: Ints  # (k,) pairs of positions and pieces
    piece: Ints


def arranged(start: Floats, end: Floats) -> Pieces:
    """Pieces, at least one, from `start` to `end`, (n, 3) metres each; a position has no length."""
    number = _runs((start + end) / 2, PIECES)
    first, last = start[number], end[number]
    centre, radius = _balls(np.concatenate([first, last], axis=1))
    way = last - first
    return Pieces(number, first, way, (way**2).sum(axis=2), centre, radius)


def nearest(
    positions: Floats, of: Pieces, *, slack: float, least: float = 0.0, most: float = math.inf
) -> Near:
    """The nearest pieces to each position.

    Parameters
    ----------
    positions : ndarray, (n, 3)
        Metres.
    of : Pieces
        What they are held against.
    slack : float
        All pieces are named that are farther than the nearest by no more than this, in metres.
    least, most : float
        Positions nearer or farther than these get a bound beyond them instead of a distance, and
        no piece.

    Returns
    -------
    Near
        Pairs in no order.
    """
    distance = np.full(len(positions), np.inf)
    pairs = [_NO_PAIRS]
    runs = _runs(positions, POSITIONS) if len(positions) else np.zeros((0, 1), dtype=np.int64)
    rows = max(1, TABLE // len(of.centre))
    for some in np.split(runs, range(rows, len(runs), rows)):
        place, run, low = _open(positions, some, of, distance, (least, most))
        likely = np.diff(place, prepend=-1) > 0
        pairs += _looked_at(positions, (place[likely], run[likely]), of, distance, slack)
        left = ~likely & (low <= distance[place] + slack)
        pairs += _looked_at(positions, (place[left], run[left]), of, distance, slack)
    position, piece, away = (np.concatenate(side) for side in zip(*pairs, strict=True))
    best = distance[position]
    kept = (away <= best + slack) & (best >= least) & (best <= most)
    return Near(distance, position[kept], piece[kept])


_NO_PAIRS = (np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64), np.zeros(0))


def _open(
    positions: Floats, runs: Ints, of: Pieces, distance: Floats, between: tuple[float, float]
) -> tuple[Ints, Ints, Floats]:
    """Pairs of a position and a run of pieces that may hold the nearest, and their bound.

    They are in the order of positions, the run that is likely to hold the nearest first. Positions
    that bounds alone put out of `between` get such a bound in `distance`, and no run.
    """
    least, most = between
    centre, radius = _balls(positions[runs])
    gap, reach = _gaps(centre, of.centre), radius[:, None] + of.radius
    low, high = gap - reach - UNSURE_M, (gap + reach).min(axis=1) + UNSURE_M
    distance[runs] = np.where(high < least, high, low.min(axis=1))[:, None]
    open_ = (high >= least)[:, None] & (low <= np.minimum(high, most)[:, None])
    row, run = np.nonzero(open_)
    away = np.sqrt(((positions[runs[row]] - of.centre[run][:, None]) ** 2).sum(axis=2))
    place, low = runs[row].ravel(), (away - of.radius[run][:, None]).ravel() - UNSURE_M
    high = (away + of.radius[run][:, None]).ravel() + UNSURE_M
    run = np.repeat(run, runs.shape[1])
    floor, ceiling = (np.full(len(positions), np.inf) for _ in range(2))
    np.minimum.at(floor, place, low)
    np.minimum.at(ceiling, place, high)
    bound = np.where(ceiling < least, ceiling, np.where(floor > most, floor, np.inf))
    distance[place] = bound[place]
    left = np.flatnonzero(np.isinf(distance[place]) & (low <= np.minimum(ceiling[place], most)))
    left = left[np.lexsort((low[left], place[left]))]
    return place[left], run[left], low[left]


def _looked_at(
    positions: Floats, pairs: tuple[Ints, Ints], of: Pieces, distance: Floats, slack: float
) -> list[tuple[Ints, Ints, Floats]]:
    """Runs looked at piece by piece: positions, pieces that may be nearest, and their distances.

    `distance` is brought down to the least so far.
    """
    met = []
    for first in range(0, len(pairs[0]), PAIRS):
        place, run = (side[first : first + PAIRS] for side in pairs)
        away = _distances(positions[place], of, run)
        np.minimum.at(distance, place, away.min(axis=1))
        row, column = np.nonzero(away <= distance[place][:, None] + slack)
        met.append((place[row], of.number[run[row], column], away[row, column]))
    return met


def _distances(positions: Floats, of: Pieces, run: Ints) -> Floats:
    """Of each position from each piece of its run, (n, PIECES)."""
    away, way = of.start[run] - positions[:, None], of.way[run]
    size = of.size[run]
    along = -np.einsum("npx,npx->np", away, way)
    share = np.clip(along / np.where(size > 0, size, 1.0), 0.0, 1.0)
    square = np.einsum("npx,npx->np", away, away) + share * (share * size - 2 * along)
    return np.asarray(np.sqrt(np.maximum(square, 0.0)))


def _gaps(here: Floats, there: Floats) -> Floats:
    """Distances between centres, (n, k)."""
    square = (here**2).sum(axis=1)[:, None] + (there**2).sum(axis=1) - 2 * here @ there.T
    return np.asarray(np.sqrt(np.maximum(square, 0.0)))


def _balls(groups: Floats) -> tuple[Floats, Floats]:
    """Centre and radius of a ball around each group of positions, (r, n, 3)."""
    centre = (groups.min(axis=1) + groups.max(axis=1)) / 2
    return centre, np.sqrt(((groups - centre[:, None]) ** 2).sum(axis=2).max(axis=1))


def _runs(positions: Floats, size: int) -> Ints:
    """Numbers of positions in runs of neighbours, (r, size), filled up with the last one."""
    order = np.argsort(_morton(positions), kind="stable")
    filled = np.concatenate([order, np.repeat(order[-1:], -len(order) % size)])
    return np.asarray(filled.reshape(-1, size), dtype=np.int64)


def _morton(positions: Floats) -> Ints:
    """Places along the curve that runs through space by halves of halves (G. M. Morton, 1966)."""
    low, high = positions.min(axis=0), positions.max(axis=0)
    cells = ((positions - low) / np.maximum((high - low).max(), 1e-9) * (2**BITS - 1)).astype(int)
    place = np.zeros(len(positions), dtype=np.int64)
    for bit in range(BITS):
        for axis in range(3):
            place |= ((cells[:, axis] >> bit) & 1) << (3 * bit + axis)
    return place
