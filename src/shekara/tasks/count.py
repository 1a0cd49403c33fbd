"""How many processes work at the same time."""

from __future__ import annotations

import os
from multiprocessing import parent_process

MOST_WORKERS = 4  # enough for any atlas yet made; each needs a quarter of a gigabyte


def worker_count(wanted: int | None = None) -> int:
    """As many processes as there are cores for us, at most `MOST_WORKERS`; one within a worker.

    Parameters
    ----------
    wanted
        A number that was asked for: it counts, but for less than one.
    """
    if wanted is not None:
        return max(wanted, 1)
    if parent_process() is not None:
        return 1
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return max(1, min(cores or 1, MOST_WORKERS))
