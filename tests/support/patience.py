"""How long a test waits: a busy machine is no fault of the program."""

from __future__ import annotations

import time

# For anything that should come at once: only a failure waits so long.
PATIENT_S = 60.0
# For a whole program: Python, its libraries, an atlas.
PROGRAM_S = 240.0
WORK_S = 0.05  # of processor time


def slowness() -> float:
    """How many times longer than alone a process takes beside all the others, now; at least 1."""
    start, used = time.perf_counter(), time.process_time()
    while time.process_time() - used < WORK_S:
        pass
    return max(1.0, (time.perf_counter() - start) / WORK_S)
