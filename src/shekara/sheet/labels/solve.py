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
    groups: Sequence[Sequence[int]], gains: Sequence[float], clashes: Iterable[tuple[int, int]]
) -> list[int]:
    """Candidates that together are worth most.

    Parameters
    ----------
    groups : sequence of sequences of int
        The candidates of each name, of which one at most is taken.
    gains : sequence of float
        What each candidate is worth.
    clashes : iterable of pairs
        Candidates that exclude each other.

    Returns
    -------
    list of int
        The candidates taken, ascending.
    """
    total = len(gains)
    if not total:
        return []
    group_of = np.full(total, -1)
    for number, members in enumerate(groups):
        group_of[list(members)] = number
    # One row for a candidate and all places of one other name that clash with it.
    rows: dict[tuple[int, int], set[int]] = {}
    for first, second in clashes:
        if group_of[first] == group_of[second]:
            continue
        rows.setdefault((first, int(group_of[second])), set()).add(second)
    entries = [list(members) for members in groups if len(members)]
    entries += [[first, *sorted(others)] for (first, _), others in sorted(rows.items())]
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
        return _greedy(groups, gains, entries)
    return [int(i) for i in np.flatnonzero(answer.x > 0.5)]


def _greedy(
    groups: Sequence[Sequence[int]], gains: Sequence[float], entries: Sequence[Sequence[int]]
) -> list[int]:
    """The best candidate first, and whatever still goes with it: when no answer came in time."""
    shut: set[int] = set()
    partners: dict[int, set[int]] = {}
    for entry in entries[len([members for members in groups if len(members)]) :]:
        for other in entry[1:]:
            partners.setdefault(entry[0], set()).add(other)
            partners.setdefault(other, set()).add(entry[0])
    same = {i: set(members) for members in groups for i in members}
    taken = []
    for i in sorted(range(len(gains)), key=lambda place: (-gains[place], place)):
        if i not in shut and gains[i] > 0:
            taken.append(i)
            shut |= partners.get(i, set()) | same.get(i, set())
    return sorted(taken)
