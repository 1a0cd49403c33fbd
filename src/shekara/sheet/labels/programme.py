"""The integer programme of a choice of places, and the linear one that lets it take parts of them.

HiGHS, by way of `scipy.optimize.milp`, stops at a part in five hundred of the best that could be.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp

from shekara.sheet.labels.rows import matrix_of

NODES = 400  # of the search tree: a count, not a time, so that the same map gives the same names
SECONDS = 10.0  # on a machine so slow that the nodes take longer
GAP = 0.002  # of the most that could be gained: nearer than this nothing is looked for
TIME_IS_UP = 1  # status of scipy's milp


def exact(rows: Sequence[Sequence[int]], gains: Sequence[float]) -> list[int] | None:
    """Candidates worth most, one of each row at most; None where no time was left."""
    answer = milp(
        -np.asarray(gains, dtype=float),
        constraints=LinearConstraint(matrix_of(rows, len(gains)), ub=np.ones(len(rows))),
        integrality=np.ones(len(gains), dtype=int),
        bounds=Bounds(0, 1),
        options={"mip_rel_gap": GAP, "node_limit": NODES, "time_limit": SECONDS},
    )
    if answer.x is None or (answer.mip_node_count == 0 and answer.status == TIME_IS_UP):
        return None
    return [int(i) for i in np.flatnonzero(answer.x > 0.5)]


def relaxed(
    rows: Sequence[Sequence[int]], gains: Sequence[float]
) -> tuple[NDArray[np.float64], float] | None:
    """What part of each candidate is taken where parts may be, and what that is worth.

    No choice of whole candidates is worth more.
    """
    answer = milp(
        -np.asarray(gains, dtype=float),
        constraints=LinearConstraint(matrix_of(rows, len(gains)), ub=np.ones(len(rows))),
        bounds=Bounds(0, 1),
        options={"time_limit": SECONDS},
    )
    if answer.x is None:
        return None
    return np.asarray(answer.x, dtype=float), -float(answer.fun)
