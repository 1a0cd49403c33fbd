"""A small atlas of an invented island, from which a new one is begun."""

from __future__ import annotations

import shutil
from pathlib import Path

from shekara.errors import UsageError

PARTS = ("geo", "layers", "maps")


def write(folder: Path) -> tuple[Path, ...]:
    """Copy the small atlas into a new or empty folder; the files that were written.

    Raises
    ------
    UsageError
        The folder holds something already.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UsageError(f"{folder} is not empty; name a folder that does not exist yet")
    here = Path(__file__).resolve().parent
    folder.mkdir(parents=True, exist_ok=True)
    for part in PARTS:
        shutil.copytree(here / part, folder / part, copy_function=shutil.copyfile)
    return tuple(sorted(path for path in folder.rglob("*") if path.is_file()))
