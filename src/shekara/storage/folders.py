"""A folder that is replaced whole or not at all, beside files in it that are not ours."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from shekara.errors import UsageError
from shekara.storage import manifest
from shekara.storage.exchange import exchange
from shekara.storage.faults import told_of
from shekara.storage.files import settle
from shekara.storage.locks import lock
from shekara.storage.manifest import Ours
from shekara.storage.temporaries import leftovers, make_beside, prefix

FILE_MODE, FOLDER_MODE = 0o644, 0o755  # what a web server shows must be readable for it


@contextmanager
def replace_folder(out: Path, unlisted: Ours = manifest.nothing) -> Iterator[Path]:
    """A fresh folder that takes the place of `out` when the block ends without an error.

    Whoever looks sees the old folder or the new one. Files that we did not write (a manifest in
    the folder says which are ours) stay. What a killed run left is removed before, and one run at
    a time writes to a place.

    Parameters
    ----------
    out
        The folder; it need not exist.
    unlisted
        What is ours in a folder that was written when the mark listed no files.

    Raises
    ------
    UsageError
        `out` is a file, a mount point, or holds things and no mark of ours; or the new files would
        stand where somebody else's do.
    StorageError
        The system refuses, or another process is writing there.
    """
    place = Path(os.path.realpath(out))
    _refuse_foreign(place, out)
    with told_of(out):
        place.parent.mkdir(parents=True, exist_ok=True)
        with lock(place.parent / (prefix(place) + "lock"), out):
            _sweep(place)
            fresh = make_beside(place)
            try:
                fresh.chmod(FOLDER_MODE)
                yield fresh
                _finish(fresh)
                _put(fresh, place, out, unlisted)
            finally:
                shutil.rmtree(fresh, ignore_errors=True)
                settle(place.parent)


def _refuse_foreign(place: Path, out: Path) -> None:
    if not place.exists():
        return
    if not place.is_dir():
        raise UsageError(f"{out} is a file; name a folder with --out")
    if os.path.ismount(place):
        raise UsageError(f"{out} is a mount point and cannot be replaced; name a folder inside it")
    if any(place.iterdir()) and not (place / manifest.NAME).is_file():
        raise UsageError(
            f"{out} holds things that shekara did not build, and a build would replace them; "
            "name another folder with --out"
        )


def _sweep(place: Path) -> None:
    """Remove what killed runs left; put back an old folder that one had moved aside."""
    for folder in leftovers(place):
        if folder.name.endswith(".old") and not place.exists():
            folder.rename(place)
        else:
            shutil.rmtree(folder, ignore_errors=True)


def _finish(fresh: Path) -> None:
    """Name the files, let everybody read them, bring all to the disk."""
    manifest.write_manifest(fresh)
    for root, _, names in os.walk(fresh):
        for name in names:
            path = Path(root, name)
            path.chmod(FILE_MODE)
            settle(path)
        Path(root).chmod(FOLDER_MODE)
        settle(Path(root))


def _put(fresh: Path, place: Path, out: Path, unlisted: Ours) -> None:
    if not place.exists():
        fresh.rename(place)
        return
    ours = manifest.read_manifest(place, unlisted)
    if inside := manifest.mounts(place):
        raise UsageError(f"{inside[0]} is a mount point inside {out}; name another folder")
    theirs = manifest.foreign(place, ours)
    if clash := [name for name in theirs if os.path.lexists(fresh / name)]:
        raise UsageError(
            f"{Path(out, clash[0])} is not a file of shekara, and the build would replace it; "
            "move it away, or name another folder with --out"
        )
    mode = place.stat().st_mode & 0o7777
    manifest.carry_over(place, fresh, ours)
    old = exchange(fresh, place)
    place.chmod(mode)
    manifest.carry_over(old, place, ours)  # what came while the first round went on
    shutil.rmtree(old, ignore_errors=True)
