"""The choice of places where names crowd too much for an integer programme of all of them.

The linear programme says in a tenth of a second what could be gained at most, and for many names
where they go. It is rounded and changed a little thousands of times; then those names on which it
is least sure are chosen anew by the integer programme, all others being fixed.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from shekara.sheet.labels.programme import GAP, exact, relaxed
from shekara.sheet.labels.rows import among, cliques, packed, without_dominated

STEPS = 3000  # of the search: a count, not a time, so that the same map gives the same names
MOST_FORCED = 3  # places that one step forces at most
LEAST = 1e-9  # of a gain, beside rounding
DIGITS = 6  # of a part: what the linear programme takes or leaves whole
FEW = 400  # open candidates, of which the integer programme knows the best within a second


def settle(
    groups: Sequence[Sequence[int]],
    gains: Sequence[float],
    beside: Sequence[int],
    rows: Sequence[Sequence[int]],
) -> list[int]:
    """Candidates that together are worth nearly most.

    Parameters
    ----------
    groups : sequence of sequences of int
        The candidates of each name.
    gains : sequence of float
        What each candidate is worth.
    beside : sequence of int
        Bit j of number i is set where candidates i and j exclude each other, also of one name.
    rows : sequence of sequences of int
        Of `cliques`: candidates of which one at most is taken.

    Returns
    -------
    list of int
        The candidates taken, ascending.
    """
    known = relaxed(rows, gains)
    parts, most = (np.zeros(len(gains)), np.inf) if known is None else known
    parts = np.round(parts, DIGITS)
    first = _rounded(gains, beside, parts)
    if known is not None and np.isin(parts, (0.0, 1.0)).all():  # nothing is worth more
        return first
    taken = _search(gains, beside, first)
    if _worth(taken, gains) >= (1 - GAP) * most:
        return taken
    return _anew(groups, gains, beside, taken, parts)


def _rounded(
    gains: Sequence[float], beside: Sequence[int], parts: NDArray[np.float64]
) -> list[int]:
    """What has the greatest part first, of those what is worth most, and whatever goes with it."""
    shut, taken = 0, []
    for i in sorted(range(len(gains)), key=lambda place: (-parts[place], -gains[place], place)):
        if not shut >> i & 1 and gains[i] > 0:
            taken.append(i)
            shut |= beside[i]
    return sorted(taken)


def _worth(taken: Sequence[int], gains: Sequence[float]) -> float:
    return sum(gains[i] for i in taken)


def _anew(
    groups: Sequence[Sequence[int]],
    gains: Sequence[float],
    beside: Sequence[int],
    taken: list[int],
    parts: NDArray[np.float64],
) -> list[int]:
    """The same with the names chosen anew of which the linear programme is not sure."""
    fixed, open_ones = _parted(gains, beside, taken, parts)
    place = {i: at for at, i in enumerate(open_ones)}
    inside = [[place[i] for i in members if i in place] for members in groups]
    # What is fixed leaves fewer reasons for a second place of a name.
    fewer, worth, clashes, kept = without_dominated(
        inside, [gains[i] for i in open_ones], among(open_ones, packed(beside))
    )
    chosen = exact(cliques(fewer, clashes), worth) if worth else None
    if chosen is None:
        return taken
    changed = sorted([*fixed, *(open_ones[kept[at]] for at in chosen)])
    return changed if _worth(changed, gains) > _worth(taken, gains) else taken


def _parted(
    gains: Sequence[float],
    beside: Sequence[int],
    taken: Sequence[int],
    parts: NDArray[np.float64],
) -> tuple[list[int], list[int]]:
    """Of what is taken what stays, the surest first, and the few candidates that are open then."""
    shut, fixed = 0, list[int]()
    for i in sorted(taken, key=lambda place: (-parts[place], place)):
        if parts[i] < 1.0 and len(gains) - shut.bit_count() <= FEW:
            break
        fixed.append(i)
        shut |= beside[i] | 1 << i
    return fixed, [i for i in range(len(gains)) if not shut >> i & 1]


class _Dice:
    """Numbers without a visible order, always the same (Knuth, MMIX)."""

    def __init__(self) -> None:
        self._state = 1

    def below(self, count: int) -> int:
        self._state = (self._state * 6364136223846793005 + 1442695040888963407) % (1 << 64)
        return (self._state >> 33) % count


class _Choice:
    """Candidates taken, and of each candidate what the taken ones are worth that it excludes."""

    def __init__(
        self, weights: NDArray[np.float64], excludes: NDArray[np.bool_], taken: Sequence[int]
    ) -> None:
        self._weights, self._excludes = weights, excludes
        self.taken = np.zeros(len(weights), dtype=bool)
        self._lost = np.zeros(len(weights))
        for i in taken:
            self.take(i)

    def take(self, i: int) -> NDArray[np.intp]:
        """Take a candidate; those that had to go."""
        gone = np.flatnonzero(self._excludes[i] & self.taken)
        for j in gone:
            self.taken[j] = False
            self._lost -= self._weights[j] * self._excludes[j]
        self.taken[i] = True
        self._lost += self._weights[i] * self._excludes[i]
        return gone

    def improve(self) -> None:
        """Take what gains most, until nothing does."""
        while True:
            gain = self._weights - self._lost
            gain[self.taken] = -1.0
            i = int(gain.argmax())
            if gain[i] <= LEAST:
                return
            self.take(i)

    @property
    def worth(self) -> float:
        return float(self._weights[self.taken].sum())

    def saved(self) -> tuple[NDArray[np.bool_], NDArray[np.float64]]:
        return self.taken.copy(), self._lost.copy()

    def restore(self, saved: tuple[NDArray[np.bool_], NDArray[np.float64]]) -> None:
        self.taken, self._lost = saved[0].copy(), saved[1].copy()


def _search(gains: Sequence[float], beside: Sequence[int], first: Sequence[int]) -> list[int]:
    """An iterated local search: a place is forced, and others for the names that it drives out.

    Whatever is worth no less stays. Lourenço, Martin, Stützle (2003), doi:10.1007/0-306-48056-5_11.
    """
    count = len(gains)
    excludes = np.unpackbits(packed(beside), axis=1, bitorder="little")[:, :count].astype(bool)
    choice, dice = _Choice(np.asarray(gains, dtype=float), excludes, first), _Dice()
    choice.improve()
    best, before = choice.worth, choice.saved()
    for _ in range(STEPS):
        i = dice.below(count)
        if choice.taken[i]:
            continue
        gone, forced = choice.take(i), excludes[i].copy()
        forced[i] = True
        for _ in range(dice.below(MOST_FORCED)):
            # Another place for one that had to go; where none had, any place.
            near = excludes[gone[dice.below(len(gone))]] if len(gone) else True
            others = np.flatnonzero(near & ~forced & ~choice.taken)
            if not len(others):
                break
            other = int(others[dice.below(len(others))])
            gone = choice.take(other)
            forced |= excludes[other]
            forced[other] = True
        choice.improve()
        if choice.worth >= best - LEAST:
            best, before = max(best, choice.worth), choice.saved()
        else:
            choice.restore(before)
    choice.restore(before)
    return [int(i) for i in np.flatnonzero(choice.taken)]
