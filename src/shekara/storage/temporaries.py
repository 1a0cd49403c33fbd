"""Temporary folders beside what they will replace, and their removal by whoever comes next."""

from __future__ import annotations

import contextlib
import hashlib
import os
import secrets
import shutil
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from shekara.storage.locks import try_lock

YOUNG_S = 60
LONGEST_NAME = 120  # bytes; with ours around it a name stays below the 255 of most file systems


def prefix(path: Path) -> str:
    """How everything begins that is written beside `path` on its way there."""
    name = path.name
    if len(name.encode("utf-8", "surrogateescape")) > LONGEST_NAME:
        digest = hashlib.sha256(name.encode("utf-8", "surrogateescape")).hexdigest()[:12]
        name = name[: LONGEST_NAME // 4] + digest
    return f".{name}.shekara-"


def make_beside(path: Path) -> Path:
    """A new folder beside `path`, for its owner only."""
    while True:
        folder = path.parent / (prefix(path) + secrets.token_hex(6))
        try:
            folder.mkdir(mode=0o700)
        except FileExistsError:
            continue
        return folder


def leftovers(path: Path) -> list[Path]:
    """Folders beside `path` that were made to be put there, in the order of their names."""
    start = prefix(path)
    with os.scandir(path.parent) as entries:
        return sorted(
            Path(entry.path)
            for entry in entries
            if entry.name.startswith(start) and entry.is_dir(follow_symlinks=False)
        )


@contextmanager
def folder_for_one_file(path: Path) -> Iterator[Path]:
    """A folder beside `path` while the block runs; those that killed processes left are removed.

    Several may write the same file at once: each holds a lock on its own folder, and only a
    folder that nobody holds is swept.
    """
    for old in leftovers(path):
        if _is_abandoned(old):
            shutil.rmtree(old, ignore_errors=True)
    folder = make_beside(path)
    handle = None
    try:
        if sys.platform != "win32":  # where folders cannot be locked nothing is swept
            handle = os.open(folder, os.O_RDONLY)
            with contextlib.suppress(OSError):  # a file system without locks
                try_lock(handle)
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        if handle is not None:
            os.close(handle)


def _is_abandoned(folder: Path) -> bool:
    if sys.platform == "win32":
        return False
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError:
        return False
    try:
        # A folder is made a moment before it is locked: an empty one may be that young.
        age_s = time.time() - folder.stat().st_mtime
        return try_lock(handle) and (any(folder.iterdir()) or age_s > YOUNG_S)
    except OSError:
        return False
    finally:
        os.close(handle)
