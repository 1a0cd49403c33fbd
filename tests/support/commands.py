"""A command of shekara in this process: what it prints and how it ends, without a new Python."""

from __future__ import annotations

import io
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from shekara.cli import main


@contextmanager
def signals_kept() -> Iterator[None]:
    """A command listens for signals until its process ends; this one goes on to other tests."""
    handlers = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in handlers.items():
            signal.signal(number, handler)


def run(
    *arguments: str | Path, env: dict[str, str] | None = None, cwd: Path | None = None
) -> CompletedProcess[str]:
    """As `subprocess.run` tells it. What goes wrong unexpectedly goes on as its exception."""
    words = ["shekara", *map(str, arguments)]
    out, err = io.StringIO(), io.StringIO()
    with (
        pytest.MonkeyPatch.context() as patch,
        signals_kept(),
        redirect_stdout(out),
        redirect_stderr(err),
    ):
        patch.setattr(sys, "argv", words)
        patch.chdir(cwd or Path.cwd())
        for name, value in {"SHEKARA_ATLAS": None, **(env or {})}.items():
            if value is None:
                patch.delenv(name, raising=False)
            else:
                patch.setenv(name, value)
        try:
            main()
        except SystemExit as end:
            code = end.code
        else:
            code = 0
    assert code is None or isinstance(code, int)
    return CompletedProcess(words, code or os.EX_OK, out.getvalue(), err.getvalue())
