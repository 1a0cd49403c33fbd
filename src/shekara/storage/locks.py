"""A lock that knows its owner and falls when its owner dies."""

from __future__ import annotations

import contextlib
import datetime
import json
import os
import platform
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from shekara.errors import StorageError


@contextmanager
def lock(path: Path, what: Path) -> Iterator[None]:
    """Hold the lock file `path`, which is there while the block runs and no longer.

    The system drops the lock with the process, however that ends: what a killed owner leaves
    behind is an open lock.

    Raises
    ------
    StorageError
        Another process holds it; the message names that process.
    """
    handle = _open(path, what)
    try:
        os.ftruncate(handle, 0)
        os.write(handle, _owner().encode())
        yield
    finally:
        if sys.platform != "win32":  # there an open file cannot be deleted
            path.unlink(missing_ok=True)
        os.close(handle)
        with contextlib.suppress(OSError):
            if sys.platform == "win32":
                path.unlink(missing_ok=True)


def try_lock(handle: int) -> bool:
    """Lock an open file or folder; False when another process holds it."""
    if sys.platform == "win32":
        import msvcrt

        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True
    import fcntl

    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _open(path: Path, what: Path) -> int:
    while True:
        handle = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o644)
        try:
            if not try_lock(handle):
                raise StorageError(
                    f"{what}: {_owner_of(path)} is writing there; wait until it has ended, "
                    "or name another place"
                )
            # Another may have ended, and deleted the file, between our opening and locking it.
            if path.exists() and os.path.samestat(os.fstat(handle), path.stat()):
                return handle
        except BaseException:
            os.close(handle)
            raise
        os.close(handle)


def _owner() -> str:
    now = datetime.datetime.now(datetime.UTC).strftime("%Y-%m-%d %H:%M UTC")
    return json.dumps({"process": os.getpid(), "machine": platform.node(), "since": now})


def _owner_of(path: Path) -> str:
    try:
        owner = json.loads(path.read_text(encoding="utf-8"))
        return f"process {owner['process']} on {owner['machine']} (since {owner['since']})"
    except (OSError, ValueError, TypeError, KeyError):
        return "another process"
