"""Which files of a folder are ours: all that the last run wrote there, and no other."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

NAME = ".shekara"  # a folder with this file in it was written by us and may be written again
FORMAT = "shekara-files/1"
NOTE = "written by shekara, which replaces the files named here and keeps all others"
Ours = Callable[[str], bool]


def write_manifest(folder: Path) -> None:
    """Name every file of a folder as ours."""
    names = sorted(name for name, path in files(folder) if name != NAME)
    text = json.dumps({"format": FORMAT, "note": NOTE, "files": names}, indent=1)
    (folder / NAME).write_text(text + "\n", encoding="utf-8", newline="\n")


def read_manifest(folder: Path, unlisted: Ours) -> Ours:
    """Whether a file, by its path in the folder, is ours.

    Parameters
    ----------
    folder
        One that was written before.
    unlisted
        What is ours in a folder that was written when the mark listed no files.
    """
    if not (folder / NAME).is_file():
        return nothing
    text = (folder / NAME).read_text(encoding="utf-8", errors="replace")
    try:
        names = json.loads(text)["files"]
        ours = {NAME, *(name for name in names if isinstance(name, str))}
    except (ValueError, TypeError, KeyError):
        return lambda name: name == NAME or unlisted(name)
    return ours.__contains__


def nothing(name: str) -> bool:  # noqa: ARG001
    """Nothing is ours."""
    return False


def files(folder: Path) -> Iterator[tuple[str, Path]]:
    """All that is no folder, and empty folders, below a folder: path in it, with slashes."""
    for root, folders, names in os.walk(folder):
        links = [name for name in folders if Path(root, name).is_symlink()]
        for name in sorted([*names, *links]):
            path = Path(root, name)
            yield path.relative_to(folder).as_posix(), path
        if not folders and not names and Path(root) != folder:
            yield Path(root).relative_to(folder).as_posix(), Path(root)


def foreign(folder: Path, ours: Ours) -> list[str]:
    """Paths of what is not ours, in alphabetical order."""
    return sorted(name for name, _ in files(folder) if not ours(name))


def mounts(folder: Path) -> list[str]:
    """Folders below a folder on which another file system is mounted."""
    return [
        str(Path(root, name))
        for root, folders, _ in os.walk(folder)
        for name in folders
        if os.path.ismount(Path(root, name))
    ]


def carry_over(old: Path, new: Path, ours: Ours) -> None:
    """What is not ours in `old` stands in `new` as well: the same files, not copies, where it can.

    Can be done again: what is there already stays.
    """
    for name in foreign(old, ours):
        source, target = old / name, new / name
        if os.path.lexists(target):
            continue
        _make_parents(old, new, Path(name))
        if source.is_dir() and not source.is_symlink():
            target.mkdir()
            shutil.copystat(source, target)
            continue
        try:
            os.link(source, target, follow_symlinks=False)
        except (OSError, NotImplementedError):  # another file system, or one without links
            shutil.copy2(source, target, follow_symlinks=False)


def _make_parents(old: Path, new: Path, name: Path) -> None:
    """The folders above a file, with the rights that they have in `old`."""
    for parent in reversed(name.parents[:-1]):
        if not (new / parent).exists():
            (new / parent).mkdir()
            with contextlib.suppress(OSError):
                shutil.copystat(old / parent, new / parent)
