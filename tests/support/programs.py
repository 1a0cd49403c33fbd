"""Programs that tests read files with: found, or installed, never done without."""

from __future__ import annotations

import os
import shutil
import subprocess


def need(program: str, debian: str) -> str:
    """The path of a program; installed from its Debian package when it is missing.

    Raises:
        RuntimeError: it is missing and cannot be installed here.
    """
    found = shutil.which(program)
    if found:
        return found
    apt = shutil.which("apt-get")
    if apt and os.geteuid() == 0:
        quiet = dict(os.environ, DEBIAN_FRONTEND="noninteractive")
        subprocess.run([apt, "-qq", "update"], env=quiet, check=True, capture_output=True)
        subprocess.run(
            [apt, "-qq", "-y", "--no-install-recommends", "install", debian],
            env=quiet,
            check=True,
            capture_output=True,
        )
        found = shutil.which(program)
    if not found:
        raise RuntimeError(
            f"the tests need {program}; install it (Debian: apt-get install {debian})"
        )
    return found


def output(program: str, debian: str, *arguments: str) -> str:
    """What a program prints; its warnings are errors."""
    done = subprocess.run(
        [need(program, debian), *arguments], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, f"{program} {arguments}: {done.stdout}{done.stderr}"
    assert not done.stderr.strip(), f"{program} {arguments}: {done.stderr}"
    return done.stdout
