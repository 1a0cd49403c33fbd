"""Each harness side by side for a time of the clock; a failure is told with seed and input (Linux).

    python tests/fuzz/run.py --seconds 60             # all harnesses, seeds 1, 2, 3 …
    python tests/fuzz/run.py --seconds 600 --seed 77 toml measure

A harness draws a few inputs from one seed, then takes the next seed, until its time is over. Every
input goes to the harness's log before it is tried, so that the last one is known even when the
interpreter dies or hangs. What was found lies in tests/fuzz/found, which the suite tries.
"""

from __future__ import annotations

import argparse
import faulthandler
import multiprocessing
import os
import re
import sys
import tempfile
import time
import warnings
from collections.abc import Callable
from multiprocessing.process import BaseProcess
from pathlib import Path

os.environ.setdefault("SHEKARA_FUZZ", "25")  # inputs of one seed
os.environ["SHEKARA_FUZZ_LOUD"] = "1"
os.environ["SHEKARA_CACHE"] = "off"
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from hypothesis import seed as seeded

from tests.fuzz import test_atlas, test_inputs

HARNESSES: dict[str, Callable[[], None]] = {
    "toml": test_atlas.test_toml,
    "geojson": test_atlas.test_geojson,
    "measure": test_inputs.test_measure,
    "arithmetic": test_inputs.test_arithmetic,
    "texts": test_inputs.test_texts,
    "shores": test_inputs.test_shores,
}
INPUT = re.compile(r"^(?:Trying example|Test case): ", re.MULTILINE)  # as hypothesis writes it
PATIENCE_S = 90.0  # a harness that has not ended so long after its time hangs
TOLD = 8_000  # characters of a log that are shown


def seeds(name: str, first: int, end: float, log: Path) -> None:
    """Try seed after seed until the clock says `end`; a failure ends the process with 1."""
    out = os.open(log, os.O_WRONLY | os.O_CREAT, 0o600)
    os.dup2(out, 1)
    os.dup2(out, 2)
    sys.stdout.reconfigure(line_buffering=True)  # type: ignore[union-attr]
    faulthandler.enable()
    warnings.simplefilter("error")  # as in the suite
    seed = first
    while time.monotonic() < end:
        print(f"seed {seed}", flush=True)
        seeded(seed)(HARNESSES[name])()
        seed += 1


def told(name: str, process: BaseProcess, log: Path) -> bool:
    """Say how a harness ended; whether it ended well."""
    text = log.read_text(encoding="utf-8", errors="replace")
    lines = [line for line in text.splitlines() if line.startswith("seed ")]
    tried = len(INPUT.findall(text))
    if process.exitcode == 0:
        print(f"{name}: {tried} inputs of {len(lines)} seeds, no failure")
        return True
    how = "did not end" if process.is_alive() else f"ended with {process.exitcode}"
    print(f"{name}: {how} at {lines[-1] if lines else 'its start'}; the end of what it tried:")
    print(text[-TOLD:])
    return False


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("harness", nargs="*", help=" ".join(HARNESSES))
    asked = parser.parse_args()
    if strange := set(asked.harness) - set(HARNESSES):
        parser.error(f"no harness is called {', '.join(sorted(strange))}")
    end = time.monotonic() + asked.seconds
    fork = multiprocessing.get_context("fork")
    test_atlas.corpus()  # written once for all
    with tempfile.TemporaryDirectory() as folder:
        running = []
        for name in asked.harness or HARNESSES:
            log = Path(folder, name)
            process = fork.Process(target=seeds, args=(name, asked.seed, end, log))
            process.start()
            running.append((name, process, log))
        for _, process, _ in running:
            process.join(max(0.1, end + PATIENCE_S - time.monotonic()))
        well = [told(*harness) for harness in running]
        for _, process, _ in running:
            process.kill()
            process.join()
    return 0 if all(well) else 1


if __name__ == "__main__":
    sys.exit(main())
