"""Apply the faults of mutants.toml one by one to a copy of the tree, and see a test turn red.

    python tests/mutants/run.py             all of them
    python tests/mutants/run.py circle swap those whose file or name holds one of these

Prints a line for each fault; ends with 1 where one survives, or no longer fits the code.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import tomllib
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TIMEOUT_S = 600  # a fault may make a test run for ever; that is caught, too


@dataclass(frozen=True)
class Mutant:
    """One deliberate fault: `old` becomes `new` in a file of src/shekara; `tests` must catch it."""

    name: str
    file: str
    old: str
    new: str
    tests: tuple[str, ...]


def mutants() -> list[Mutant]:
    """The list, in its order."""
    text = (Path(__file__).parent / "mutants.toml").read_text(encoding="utf-8")
    return [
        Mutant(row["name"], row["file"], row["old"], row["new"], tuple(row["tests"]))
        for row in tomllib.loads(text)["mutant"]
    ]


def outcome(mutant: Mutant, tree: Path) -> str:
    """ "caught", "SURVIVED", or "STALE" where the code to change is not there exactly once."""
    path = tree / "src" / "shekara" / mutant.file
    sound = path.read_text(encoding="utf-8")
    if sound.count(mutant.old) != 1:
        return "STALE"
    path.write_text(sound.replace(mutant.old, mutant.new), encoding="utf-8")
    try:
        return "SURVIVED" if _passes(mutant.tests, tree) else "caught"
    finally:
        path.write_text(sound, encoding="utf-8")


def _passes(tests: tuple[str, ...], tree: Path) -> bool:
    command = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", *tests]
    env = os.environ | {"PYTHONPATH": f"{tree / 'src'}{os.pathsep}{tree}"}
    try:
        done = subprocess.run(command, cwd=tree, env=env, capture_output=True, timeout=TIMEOUT_S)
    except subprocess.TimeoutExpired:
        return False
    return done.returncode == 0


def main(words: list[str]) -> int:
    """Run those that are asked for; 0 where all are caught and the sound tree is green."""
    chosen = [
        m for m in mutants() if not words or any(word in f"{m.file} {m.name}" for word in words)
    ]
    with tempfile.TemporaryDirectory() as place:
        tree = Path(place) / "tree"
        tree.mkdir()
        for part in ("src", "tests", "geo", "layers", "maps"):
            shutil.copytree(ROOT / part, tree / part, ignore=shutil.ignore_patterns("__pycache__"))
        for name in ("pyproject.toml", "README.md"):
            shutil.copyfile(ROOT / name, tree / name)
        if not _passes(tuple(sorted({test for m in chosen for test in m.tests})), tree):
            print("the sound tree is red: mend that first")
            return 1
        left = 0
        for mutant in chosen:
            state = outcome(mutant, tree)
            left += state != "caught"
            print(f"{state:8} {mutant.name}", flush=True)
    print(f"{len(chosen) - left} of {len(chosen)} caught")
    return min(1, left)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
