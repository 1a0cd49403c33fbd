"""Rows of places of names of which one at most is taken, made of pairs that exclude each other."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array


def neighbours(
    groups: Sequence[Sequence[int]], total: int, clashes: Iterable[tuple[int, int]]
) -> list[int]:
    """Of each candidate those that it excludes, as the bits of a number."""
    beside = [0] * total
    for first, second in clashes:
        beside[first] |= 1 << second
        beside[second] |= 1 << first
    for members in groups:
        together = sum(1 << i for i in set(members))
        for i in members:
            beside[i] |= together & ~(1 << i)
    return beside


def without_dominated(
    groups: Sequence[Sequence[int]], gains: Sequence[float], beside: Sequence[int]
) -> tuple[list[list[int]], list[float], list[int], list[int]]:
    """The same question about fewer candidates, and which they are."""
    kept = undominated(groups, gains, beside)
    place = {i: at for at, i in enumerate(kept)}
    inside = [[place[i] for i in members if i in place] for members in groups]
    return inside, [gains[i] for i in kept], among(kept, packed(beside)), kept


def undominated(
    groups: Sequence[Sequence[int]], gains: Sequence[float], beside: Sequence[int]
) -> list[int]:
    """Candidates without those beside which another of the same name is never worse.

    Whoever takes such a place can take the other one instead: it is worth no less and excludes
    nothing of other names that this one does not. Of 2,000 places of a crowded map 700 are left.

    Parameters
    ----------
    groups : sequence of sequences of int
        The candidates of each name.
    gains : sequence of float
        What each candidate is worth.
    beside : sequence of int
        Bit j of number i is set where candidates i and j exclude each other.

    Returns
    -------
    list of int
        Candidates, ascending.
    """
    alive, before = (1 << len(gains)) - 1, 0
    while alive != before:
        before = alive
        for members in groups:
            others = alive & ~sum(1 << i for i in set(members))
            # The best first, of equals the one that stood first.
            ranked = sorted((i for i in members if alive >> i & 1), key=lambda i: -gains[i])
            stay: list[int] = []
            for i in ranked:
                excluded = beside[i] & others
                if any(not beside[other] & others & ~excluded for other in stay):
                    alive &= ~(1 << i)
                else:
                    stay.append(i)
    return [i for i in range(len(gains)) if alive >> i & 1]


def cliques(groups: Sequence[Sequence[int]], beside: Sequence[int]) -> list[list[int]]:
    """Sets of candidates of which one at most is taken; every two that clash lie in one of them.

    One row for a whole set leaves the solver far less to search than one for every pair.

    Parameters
    ----------
    groups : sequence of sequences of int
        The candidates of each name.
    beside : sequence of int
        Bit j of number i is set where candidates i and j exclude each other.
    """
    rows = [list(members) for members in groups if len(members)]
    open_pairs = list(beside)
    for row in rows:
        _close(row, open_pairs)
    for first in range(len(beside)):
        while open_pairs[first]:
            row, common = [first], beside[first]
            while common:
                wanted = common & open_pairs[first] or common
                other = (wanted & -wanted).bit_length() - 1
                row.append(other)
                common &= beside[other]
            _close(row, open_pairs)
            rows.append(row)
    return rows


def _close(row: Sequence[int], open_pairs: list[int]) -> None:
    """Mark the pairs of a row as done."""
    together = sum(1 << i for i in row)
    for i in row:
        open_pairs[i] &= ~together


def matrix_of(rows: Sequence[Sequence[int]], count: int) -> csr_array:
    """The rows as a matrix of ones, as HiGHS takes it, shape (rows, count)."""
    lengths = [len(row) for row in rows]
    # Places of 32 bits: what HiGHS takes, and scipy before 1.15 does not turn others into them.
    rows_of = np.repeat(np.arange(len(rows), dtype=np.int32), lengths)
    columns = np.concatenate(rows).astype(np.int32)
    return csr_array((np.ones(sum(lengths)), (rows_of, columns)), shape=(len(rows), count))


def among(some: Sequence[int], packed: NDArray[np.uint8]) -> list[int]:
    """Of each of some candidates those of them that it excludes, as the bits of a number."""
    clashes = np.unpackbits(packed[list(some)], axis=1, bitorder="little")[:, some]
    rows = np.packbits(clashes, axis=1, bitorder="little")
    return [int.from_bytes(row.tobytes(), "little") for row in rows]


def packed(beside: Sequence[int]) -> NDArray[np.uint8]:
    """Numbers of many bits as rows of bytes, the lowest bits first."""
    size = -(-len(beside) // 8)
    data = b"".join(number.to_bytes(size, "little") for number in beside)
    return np.frombuffer(data, dtype=np.uint8).reshape(len(beside), size)
