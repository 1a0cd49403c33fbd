"""Programs that tests read files with: found, or installed, never done without."""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

PROGRAMS = {
    "pdftotext": "poppler-utils",
    "pdffonts": "poppler-utils",
    "pdfinfo": "poppler-utils",
    "qpdf": "qpdf",
    "gs": "ghostscript",
    "npm": "npm",
    "node": "nodejs",
}


@contextmanager
def one_at_a_time(name: str) -> Iterator[None]:
    """Only one process of this machine is inside at a time: test workers would install together."""
    with (Path(tempfile.gettempdir()) / f"shekara-tests-{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def apt_install(package: str) -> None:
    """Install a Debian package.

    Raises
    ------
    RuntimeError
        This machine has no apt-get, or we may not use it.
    """
    apt = shutil.which("apt-get")
    if not apt or os.geteuid() != 0:
        raise RuntimeError(f"the tests need {package}; install it (apt-get install {package})")
    quiet = dict(os.environ, DEBIAN_FRONTEND="noninteractive")
    subprocess.run([apt, "-qq", "update"], env=quiet, check=True, capture_output=True)
    subprocess.run(
        [apt, "-qq", "-y", "--no-install-recommends", "install", package],
        env=quiet,
        check=True,
        capture_output=True,
    )


@cache
def need(program: str, debian: str) -> str:
    """The path of a program; installed from its Debian package when it is missing.

    Raises
    ------
    RuntimeError
        It is missing and cannot be installed here.
    """
    path = shutil.which(program)
    if not path:
        with one_at_a_time("apt"):
            path = shutil.which(program)
            if not path:
                apt_install(debian)
                path = shutil.which(program)
    if not path:
        raise RuntimeError(f"the tests need {program}, and package {debian} did not bring it")
    return path


@cache
def need_all() -> None:
    """Every program that some test reads files with."""
    for program, debian in PROGRAMS.items():
        need(program, debian)


def output(program: str, debian: str, *arguments: str) -> str:
    """What a program prints; its warnings are errors."""
    run = subprocess.run(
        [need(program, debian), *arguments], capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, f"{program} {arguments}: {run.stdout}{run.stderr}"
    assert not run.stderr.strip(), f"{program} {arguments}: {run.stderr}"
    return run.stdout
