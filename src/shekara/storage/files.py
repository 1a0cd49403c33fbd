"""A file that is replaced whole or not at all."""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import stat
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from shekara.errors import UsageError
from shekara.storage.faults import told_of
from shekara.storage.temporaries import folder_for_one_file


def write_file(path: Path, content: bytes | str) -> None:
    """Write a file: whoever looks sees the old one or the new one, whatever happens.

    Parameters
    ----------
    path
        Where to. A link is followed; a device or a pipe (/dev/stdout) is written into.
    content
        Bytes, or text that is written as UTF-8 with the ends of line that it has.

    Raises
    ------
    UsageError
        The folder does not exist, or `path` is a folder.
    StorageError
        The system refuses: full disk, no right to write.
    """
    with new_file(path) as temporary:
        temporary.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)


@contextmanager
def new_file(path: Path) -> Iterator[Path]:
    """A path of the same name to write to, whose file takes the place of `path` at the end.

    For libraries that write a file by its name: the temporary one has the same name in a folder
    of its own, so that formats that follow from an ending, layers that are called after their
    file, and side files of databases are as they would be in place.

    Raises
    ------
    UsageError
        The folder does not exist, or `path` is a folder.
    StorageError
        The system refuses: full disk, no right to write.
    """
    place = Path(os.path.realpath(path))
    if place.is_dir():
        raise UsageError(f"{path}: is a folder; name a file")
    if not place.parent.is_dir():
        raise UsageError(f"{path}: the folder {place.parent} does not exist; create it first")
    with told_of(path):
        if place.exists() and not place.is_file():
            with _poured_into(place) as temporary:
                yield temporary
            return
        if place.exists() and not os.access(place, os.W_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
        with folder_for_one_file(place) as folder:
            temporary = folder / place.name
            yield temporary
            if place.exists():  # its rights stay what its owner made them
                temporary.chmod(stat.S_IMODE(place.stat().st_mode))
            settle(temporary)
            temporary.replace(place)
            settle(place.parent)


@contextmanager
def _poured_into(device: Path) -> Iterator[Path]:
    """A device or pipe cannot be replaced: what was written whole elsewhere is poured into it."""
    with tempfile.TemporaryDirectory() as folder:
        temporary = Path(folder, device.name)
        yield temporary
        with temporary.open("rb") as source, device.open("wb") as target:
            shutil.copyfileobj(source, target)


def settle(path: Path) -> None:
    """Have the system bring a file, or the names in a folder, to the disk before anything else."""
    if path.is_dir() and sys.platform == "win32":
        return  # folders cannot be opened there
    handle = os.open(path, os.O_RDONLY if sys.platform != "win32" else os.O_RDWR)
    try:
        with contextlib.suppress(OSError) if path.is_dir() else contextlib.nullcontext():
            os.fsync(handle)
    finally:
        os.close(handle)
