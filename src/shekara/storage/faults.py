"""What the system refuses to write, said in one sentence with a way out."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from shekara.errors import StorageError

REMEDIES = {
    errno.ENOSPC: "free some space, or write to another disk",
    errno.EDQUOT: "free some space, or write to another disk",
    errno.EACCES: "choose a place that you may write to",
    errno.EPERM: "choose a place that you may write to",
    errno.EROFS: "choose a place that you may write to",
    errno.ENOENT: "create the folder first, or correct the name",
    errno.ENOTDIR: "a part of the path is a file: correct the name",
    errno.EISDIR: "it is a folder: name a file",
    errno.EBUSY: "it is in use or a mount point: name a folder inside it",
    errno.ENAMETOOLONG: "choose a shorter name",
    errno.EMFILE: "allow more open files (ulimit -n)",
}


def sentence(error: OSError, path: Path | str | None = None) -> str:
    """One line: the file, what the system says, and what to do."""
    place = path if path is not None else error.filename
    said = error.strerror or str(error) or type(error).__name__
    remedy = REMEDIES.get(error.errno or 0, "")
    return f"{place}: {said}" * bool(place) + said * (not place) + f"; {remedy}" * bool(remedy)


@contextmanager
def told_of(path: Path) -> Iterator[None]:
    """Turn what the system refuses inside the block into a `StorageError` about `path`."""
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        raise StorageError(sentence(error, path)) from error
