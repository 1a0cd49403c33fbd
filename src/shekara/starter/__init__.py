"""Folders to begin with: a small atlas of an invented island, a delimitation worked through."""

from __future__ import annotations

import shutil
from pathlib import Path

from shekara.errors import UsageError

PARTS = ("geo", "layers", "maps")
DELIMITATION = "delimitation"


def write(folder: Path) -> tuple[Path, ...]:
    """Copy the small atlas into a new or empty folder; the files that were written.

    Raises
    ------
    UsageError
        The folder holds something already.
    """
    return _copied({part: part for part in PARTS}, folder)


def write_delimitation(folder: Path) -> tuple[Path, ...]:
    """Copy the worked example of a delimitation into a new or empty folder.

    Raises
    ------
    UsageError
        The folder holds something already.
    """
    return _copied({DELIMITATION: "."}, folder)


def _copied(parts: dict[str, str], folder: Path) -> tuple[Path, ...]:
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UsageError(f"{folder} is not empty; name a folder that does not exist yet")
    here = Path(__file__).resolve().parent
    folder.mkdir(parents=True, exist_ok=True)
    for source, goal in parts.items():
        shutil.copytree(
            here / source, folder / goal, copy_function=shutil.copyfile, dirs_exist_ok=True
        )
    return tuple(sorted(path for path in folder.rglob("*") if path.is_file()))
