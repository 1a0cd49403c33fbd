"""How long the commands take that a user waits for: pytest tests/bench --benchmark-only.

Promised, on two cores: help 0.3 s, check 6 s, the whole build 60 s.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any


def _run(*arguments: str) -> None:
    subprocess.run(
        [sys.executable, "-m", "shekara.cli", *arguments], check=True, capture_output=True
    )


def test_help(benchmark: Any) -> None:
    benchmark.pedantic(_run, args=("--help",), rounds=5, warmup_rounds=1)


def test_check(benchmark: Any) -> None:
    benchmark.pedantic(_run, args=("check",), rounds=3, warmup_rounds=1)


def test_build(benchmark: Any, tmp_path: Path) -> None:
    out = tmp_path / "site"

    def again() -> None:
        shutil.rmtree(out, ignore_errors=True)

    benchmark.pedantic(_run, args=("build", "--out", str(out)), setup=again, rounds=1)
