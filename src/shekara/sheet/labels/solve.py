"""The choice of places for all names at once: a set packing, solved as an integer programme.

Every name takes at most one of its places, two places that disturb each other are not both taken,
and the worth of the names less the cost of their places is greatest. HiGHS, by way of
`scipy.optimize.milp`, stops at a part in five hundred of the best that could be.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

NODES = 400  # of the search tree: a count, not a time, so that the same map gives the same names
SECONDS = 10.0  # on a machine so slow that the nodes take longer
GAP = 0.002


def choose(
    groups: Sequence[Sequence[int]], gains: Sequence[float], clashes: Sequence[tuple[int, int]]
) -> list[int]:
    """Candidates that together are worth most.

    Parameters
    ----------
    groups : sequence of sequences of int
        The candidates of each name, of which one at most is taken.
    gains : sequence of float
        What each candidate is worth.
    clashes : sequence of pairs
        Candidates that exclude each other.

    Returns
    -------
    list of int
        The candidates taken, ascending.
    """
    total = len(gains)
    if not total:
        return []
    entries = cliques(groups, _neighbours(groups, total, clashes))
    lengths = [len(entry) for entry in entries]
    # Places of 32 bits: what HiGHS takes, and scipy before 1.15 does not turn others into them.
    rows_of = np.repeat(np.arange(len(entries), dtype=np.int32), lengths)
    columns = np.concatenate(entries).astype(np.int32)
    matrix = csr_array((np.ones(sum(lengths)), (rows_of, columns)), shape=(len(entries), total))
    answer = milp(
        -np.asarray(gains, dtype=float),
        constraints=LinearConstraint(matrix, ub=np.ones(len(entries))),
        integrality=np.ones(total, dtype=int),
        bounds=Bounds(0, 1),
        options={"mip_rel_gap": GAP, "node_limit": NODES, "time_limit": SECONDS},
    )
    if answer.x is None:
        return _greedy(gains, _neighbours(groups, total, clashes))
    return [int(i) for i in np.flatnonzero(answer.x > 0.5)]


def _neighbours(
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


def _greedy(gains: Sequence[float], beside: Sequence[int]) -> list[int]:
    """The best candidate first, and whatever still goes with it: when no answer came in time."""
    shut, taken = 0, []
    for i in sorted(range(len(gains)), key=lambda place: (-gains[place], place)):
        if not shut >> i & 1 and gains[i] > 0:
            taken.append(i)
            shut |= beside[i]
    return sorted(taken)
