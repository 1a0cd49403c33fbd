"""Two folders change places: at once where the system can, else with a way back."""

from __future__ import annotations

import ctypes
import errno
import os
import sys
from pathlib import Path

# linux/fs.h, sys/stdio.h of macOS; the folder of relative paths in fcntl.h.
RENAME_EXCHANGE, RENAME_SWAP, AT_FDCWD = 2, 2, -100
# The file system or the kernel does not know the exchange.
UNKNOWN = {errno.EINVAL, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP}


def exchange(fresh: Path, place: Path) -> Path:
    """Put `fresh` where `place` is; returns where the old folder now lies.

    On Linux and macOS both change places in one step, so that at every moment a whole folder is
    there. Elsewhere the old one is moved aside first, and put back when the new one cannot follow.

    Raises
    ------
    OSError
        The system refuses; `place` is then what it was.
    """
    if _at_once(fresh, place):
        return fresh
    aside = aside_of(fresh)
    try:
        place.rename(aside)
        fresh.rename(place)
    except BaseException:
        if aside.exists() and not place.exists():
            aside.rename(place)
        raise
    return aside


def aside_of(fresh: Path) -> Path:
    """Where the old folder lies between the two moves of an exchange in two steps."""
    return fresh.with_name(fresh.name + ".old")


def _at_once(a: Path, b: Path) -> bool:
    """Exchange two paths in one step; False where that is not known."""
    try:
        library = ctypes.CDLL(None, use_errno=True)
        if sys.platform == "linux":
            call = library.renameat2
            arguments = (AT_FDCWD, os.fsencode(a), AT_FDCWD, os.fsencode(b), RENAME_EXCHANGE)
        elif sys.platform == "darwin":
            call = library.renamex_np
            arguments = (os.fsencode(a), os.fsencode(b), RENAME_SWAP)
        else:
            return False
    except (OSError, AttributeError, TypeError):
        return False
    if call(*arguments) == 0:
        return True
    code = ctypes.get_errno()
    if code in UNKNOWN:
        return False
    raise OSError(code, os.strerror(code), str(b))
