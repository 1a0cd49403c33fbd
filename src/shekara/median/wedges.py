"""Wedges: the water off a headland terminus that is nearest to that one place for both owners."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from shekara.median.geodesy import Ints
from shekara.median.rows import SAMPLE, TERMINUS, TURN, Rows
from shekara.median.solve import Levels


def without_wedges(levels: Levels, owners: Ints, rows: Rows) -> Rows:
    """At a headland terminus the place itself is nearest for both owners in a whole wedge.

    Samples inside the wedge say nothing; the line crosses it straight, from the terminus to the
    point where base points of both owners beside the terminus take over at once.
    """
    if not levels.equal or not (rows.kind == TERMINUS).any():
        return rows
    shores, count = levels.shores, len(levels.shores.lon)
    pair = np.where(rows.before < count, rows.before, 0)
    here = np.where((rows.before >= 0) & (rows.before < count), shores.place[pair], -1)
    drop = np.zeros(len(rows.lon), dtype=bool)
    ends, after, before = [], rows.after.copy(), rows.before.copy()
    for end in np.flatnonzero(rows.kind == TERMINUS):
        same = rows.line == rows.line[end]
        first = end + 1 < len(rows.lon) and bool(same[end + 1])
        # Beyond the far edge of the wedge nothing counts that lies nearer to the terminus.
        out_of = (rows.before if first else rows.after)[:, 0]
        shared = levels.shores.termini[int(rows.place[end])]
        edge = np.flatnonzero(
            same & (rows.kind == TURN)
            & (out_of == shared[int(owners[rows.line[end], 0])])
            & ((rows.before if first else rows.after)[:, 1]
               == shared[int(owners[rows.line[end], 1])])
        )  # fmt: skip
        if len(edge):
            drop[end + 1 : edge[-1]] |= first
            drop[edge[0] + 1 : end] |= not first
        mine = np.flatnonzero(
            same & (rows.kind == SAMPLE) & (here == rows.place[end]).any(axis=1) & ~drop
        )
        if not len(mine):
            continue
        # The sample farthest from the terminus stays: the wedge reaches at least so far.
        last = mine[-1] if first else mine[0]
        beyond = np.arange(end + 1, last) if first else np.arange(last + 1, end)
        drop[beyond[rows.kind[beyond] == SAMPLE]] = True
        after[last] = before[last] = [shared[int(k)] for k in owners[rows.line[end]]]
        ends.append(end if first else end - 1)
    rows = replace(rows, after=after, before=before)
    return as_wedge(levels, owners, rows, np.array(ends, dtype=np.int64)).take(~drop)


def as_wedge(levels: Levels, owners: Ints, rows: Rows, left: Ints) -> Rows:
    """The rows, where intervals that a terminus begins or ends start in its wedge."""
    after, before = rows.after.copy(), rows.before.copy()
    for k in left.tolist():
        for end, column in ((k, after), (k + 1, before)):
            if rows.kind[end] == TERMINUS and (column[end] < 0).any():
                here = levels.shores.termini[int(rows.place[end])]
                column[end] = [here[int(owner)] for owner in owners[rows.line[end]]]
    return replace(rows, after=after, before=before)
