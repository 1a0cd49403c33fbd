"""Paths that stay inside an atlas: an atlas is untrusted, and may not read the rest of the disk."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from shekara.atlas.limits import too_long
from shekara.errors import InputError, Problem

# Letters that a file of an atlas cannot have in its name: it becomes an address.
UNUSABLE = re.compile(r'[\x00-\x1f\x7f"<>|\\:*?#%&\ud800-\udfff]')


def fault_of_path(name: str) -> str:
    """What is wrong with a path written in an atlas, "" when it can only lie inside.

    >>> fault_of_path("layers/towns.csv"), fault_of_path("layers/../../etc/passwd")
    ('', 'leaves the atlas')
    """
    if not name or any(ord(letter) < 32 or letter == "\x7f" for letter in name):
        return "is no path"
    if "\\" in name or ":" in name or PurePosixPath(name).is_absolute() or name.startswith("~"):
        return "is no path inside the atlas, written with /"
    return "leaves the atlas" if ".." in PurePosixPath(name).parts else ""


def inside(folder: Path, name: str) -> Path:
    """The file of an atlas that a path names, links followed; it need not exist.

    Parameters
    ----------
    folder
        Of the atlas.
    name
        Relative, with slashes, such as ``layers/towns.csv``.

    Raises
    ------
    InputError
        The path, or a link on it, leads out of the atlas, or the file is longer than an atlas may
        ask for; nothing has been opened.
    """
    if fault := fault_of_path(name):
        raise InputError(f"{name}: {fault}; name a file below the atlas's folder")
    top = Path(os.path.realpath(folder))
    path = Path(os.path.realpath(top / name))
    if not path.is_relative_to(top):
        raise InputError(f"{name}: is a link that leaves the atlas; put the file itself there")
    if path.exists() and not path.is_file():
        raise InputError(f"{name}: is no file; name a file of the atlas")
    if long := too_long(path):
        raise InputError(f"{name}: {long[0]}; {long[1]}")
    return path


def inside_with_parts(folder: Path, name: str) -> Path:
    """The same for a file that others are read with: a Shapefile's .dbf, a database's journal.

    Raises
    ------
    InputError
        See `inside`; or a link beside the file, with a name that begins as its own, leads out.
    """
    path = inside(folder, name)
    for beside in sorted(path.parent.glob("*")):  # none where there is no such folder
        if beside.is_symlink() and beside.name.lower().startswith(path.stem.lower()):
            inside(folder, beside.relative_to(os.path.realpath(folder)).as_posix())
    return path


def stays(place: Path, label: str, problems: list[Problem]) -> bool:
    """Whether a file lies in the atlas's folder, links followed, and can be called by its name."""
    try:
        if UNUSABLE.search(label):
            raise InputError("has a letter that no web address can have; rename the file")
        inside(place, label)
    except InputError as error:
        rule, _, remedy = str(error).removeprefix(f"{label}: ").partition("; ")
        shown = "".join(letter if letter.isprintable() else "?" for letter in label)
        problems.append(Problem(shown, "", "", rule, remedy))
        return False
    return True


def named_file_problems(
    place: Path, label: str, key: str, folder: str, name: str
) -> Iterator[Problem]:
    """What keeps a file from being read that a table names: it is not there, or leaves the atlas.

    Parameters
    ----------
    place
        The atlas's folder.
    label, key
        The table's file, and the key that names the other.
    folder, name
        Where the other is looked for.
    """
    where = f"{folder}/{name}"
    led_out: list[Problem] = []
    if not stays(place, where, led_out):
        yield from led_out
    elif not (place / where).is_file():
        rule, remedy = f"there is no file {where}", "put it there, or leave the key out"
        yield Problem(label, key, repr(name), rule, remedy)
