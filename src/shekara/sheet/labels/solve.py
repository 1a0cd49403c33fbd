"""The choice of places for all names at once: a set packing, solved as an integer programme.

Every name takes at most one of its places, two places that disturb each other are not both taken,
and the worth of the names less the cost of their places is greatest. HiGHS, by way of
`scipy.optimize.milp`, stops at a part in five hundred of the best that could be. Where names
crowd so much that it would take minutes, neighbourhoods are solved one after another.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

NODES = 400  # of the search tree: a count, not a time, so that the same map gives the same names
SECONDS = 10.0  # on a machine so slow that the nodes take longer
GAP = 0.002
TIME_IS_UP = 1  # status of scipy's milp
# Rows in which a candidate lies, on average, beyond which HiGHS looks for its first good answer too
# long: such a map is solved in neighbourhoods of so many names, of which so many count as done.
HARD, CIRCLE, CORE, SWEEPS = 28.0, 20, 8, 3
MOST_WORK = 3_000_000  # of all neighbourhoods: places in rows times nodes, a count as well


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
    beside = _neighbours(groups, total, clashes)
    groups, gains, beside, kept = _without_dominated(groups, gains, beside)
    rows = cliques(groups, beside)
    exact = _best(rows, gains)[0] if sum(map(len, rows)) <= HARD * len(kept) else None
    chosen = piecewise(groups, gains, beside) if exact is None else exact
    return [kept[at] for at in chosen]


def _without_dominated(
    groups: Sequence[Sequence[int]], gains: Sequence[float], beside: Sequence[int]
) -> tuple[list[list[int]], list[float], list[int], list[int]]:
    """The same question about fewer candidates, and which they are."""
    kept = undominated(groups, gains, beside)
    place = {i: at for at, i in enumerate(kept)}
    inside = [[place[i] for i in members if i in place] for members in groups]
    return inside, [gains[i] for i in kept], _among(kept, _packed(beside)), kept


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


def _best(rows: Sequence[Sequence[int]], gains: Sequence[float]) -> tuple[list[int] | None, int]:
    """Candidates worth most, one of each row at most; None where no time was left. And the work."""
    lengths = [len(row) for row in rows]
    # Places of 32 bits: what HiGHS takes, and scipy before 1.15 does not turn others into them.
    rows_of = np.repeat(np.arange(len(rows), dtype=np.int32), lengths)
    columns = np.concatenate(rows).astype(np.int32)
    matrix = csr_array((np.ones(sum(lengths)), (rows_of, columns)), shape=(len(rows), len(gains)))
    answer = milp(
        -np.asarray(gains, dtype=float),
        constraints=LinearConstraint(matrix, ub=np.ones(len(rows))),
        integrality=np.ones(len(gains), dtype=int),
        bounds=Bounds(0, 1),
        options={"mip_rel_gap": GAP, "node_limit": NODES, "time_limit": SECONDS},
    )
    work = sum(lengths) * (1 + (answer.mip_node_count or 0))
    if answer.x is None or (answer.mip_node_count == 0 and answer.status == TIME_IS_UP):
        return None, work
    return [int(i) for i in np.flatnonzero(answer.x > 0.5)], work


def piecewise(
    groups: Sequence[Sequence[int]], gains: Sequence[float], beside: Sequence[int]
) -> list[int]:
    """A choice that no change of neighbouring names betters: where the whole is too hard.

    Begins with the best candidate first and whatever still goes with it; then the names that
    disturb each other most are chosen anew together, all others being fixed, neighbourhood after
    neighbourhood, until nothing is gained or `MOST_WORK` is done.

    Parameters
    ----------
    groups : sequence of sequences of int
        The candidates of each name.
    gains : sequence of float
        What each candidate is worth.
    beside : sequence of int
        Bit j of number i is set where candidates i and j exclude each other.
    """
    disturbs, packed = _disturbances(groups, beside), _packed(beside)
    best = [max((gains[i] for i in members), default=0.0) for members in groups]
    order = sorted(range(len(groups)), key=lambda name: (-best[name], name))
    taken = _greedy(gains, beside)
    known: dict[tuple[int, ...], list[int] | None] = {}  # by the seed and the places open around it
    work = 0
    for _ in range(SWEEPS):
        before, done = sum(gains[i] for i in taken), set[int]()
        for seed in order:
            if seed in done or not groups[seed] or work > MOST_WORK:
                continue
            circle = _circle(seed, disturbs)
            done.update(circle[:CORE])
            within = {i for name in circle for i in groups[name]}
            fixed = [i for i in taken if i not in within]
            open_ones = _open(within, fixed, beside)
            key = (seed, *open_ones)
            if key not in known:
                inside = [groups[name] for name in circle]
                known[key], effort = _anew(inside, gains, packed, open_ones)
                work += effort
            changed = fixed + (known[key] or [])
            if sum(gains[i] for i in changed) > sum(gains[i] for i in taken):
                taken = changed
        if sum(gains[i] for i in taken) < before + 1e-6:
            break
    return sorted(taken)


def _disturbances(groups: Sequence[Sequence[int]], beside: Sequence[int]) -> NDArray[np.float64]:
    """How many places of one name exclude places of another, shape (names, names)."""
    masks = [sum(1 << i for i in set(members)) for members in groups]
    return np.array(
        [
            [
                0 if first == second else sum((beside[i] & mask).bit_count() for i in members)
                for second, mask in enumerate(masks)
            ]
            for first, members in enumerate(groups)
        ],
        dtype=float,
    )


def _circle(seed: int, disturbs: NDArray[np.float64]) -> list[int]:
    """A name and those that it and its circle disturb most, the nearest first."""
    circle, score = [seed], disturbs[seed].copy()
    while len(circle) < CIRCLE:
        score[circle] = 0.0
        nearest = int(np.argmax(score))
        if score[nearest] <= 0:
            break
        circle.append(nearest)
        score += disturbs[nearest]
    return circle


def _open(within: Iterable[int], fixed: Iterable[int], beside: Sequence[int]) -> list[int]:
    """The candidates among those of a circle that no fixed one excludes."""
    shut = 0
    for i in fixed:
        shut |= beside[i]
    return sorted(i for i in within if not shut >> i & 1)


def _anew(
    groups: Sequence[Sequence[int]],
    gains: Sequence[float],
    packed: NDArray[np.uint8],
    open_ones: Sequence[int],
) -> tuple[list[int] | None, int]:
    """The open candidates of a circle's names that are worth most, as `_best` has them."""
    if not open_ones:
        return [], 0
    place, beside = {i: at for at, i in enumerate(open_ones)}, _among(open_ones, packed)
    inside = [[place[i] for i in members if i in place] for members in groups]
    worth = [gains[i] for i in open_ones]
    # What is fixed leaves fewer reasons for a second place of a name.
    inside, worth, beside, kept = _without_dominated(inside, worth, beside)
    chosen, work = _best(cliques(inside, beside), worth)
    return None if chosen is None else [open_ones[kept[at]] for at in chosen], work


def _among(some: Sequence[int], packed: NDArray[np.uint8]) -> list[int]:
    """Of each of some candidates those of them that it excludes, as the bits of a number."""
    clashes = np.unpackbits(packed[list(some)], axis=1, bitorder="little")[:, some]
    rows = np.packbits(clashes, axis=1, bitorder="little")
    return [int.from_bytes(row.tobytes(), "little") for row in rows]


def _packed(beside: Sequence[int]) -> NDArray[np.uint8]:
    """Numbers of many bits as rows of bytes, the lowest bits first."""
    size = -(-len(beside) // 8)
    data = b"".join(number.to_bytes(size, "little") for number in beside)
    return np.frombuffer(data, dtype=np.uint8).reshape(len(beside), size)


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
