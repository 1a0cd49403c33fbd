"""The choice of places for all names at once: a set packing, solved as an integer programme.

Every name takes at most one of its places, two places that disturb each other are not both taken,
and the worth of the names less the cost of their places is greatest. Where names
crowd so much that it would take long, it decides on those alone of which the linear programme does
not say where they go.
"""

from __future__ import annotations

from collections.abc import Sequence

from shekara.sheet.labels.crowded import settle
from shekara.sheet.labels.programme import exact
from shekara.sheet.labels.rows import cliques, neighbours, without_dominated

# Places in rows, beyond which HiGHS looks for its first good answer too long.
EASY = 12_000


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
    beside = neighbours(groups, total, clashes)
    groups, gains, beside, kept = without_dominated(groups, gains, beside)
    rows = cliques(groups, beside)
    chosen = exact(rows, gains) if sum(map(len, rows)) <= EASY else None
    if chosen is None:
        chosen = settle(groups, gains, beside, rows)
    return [kept[at] for at in chosen]
