"""Files that an atlas names beside its tables: a picture of relief, fonts of its own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from shekara.atlas.files import IndexFile
from shekara.atlas.pictures import logo_problems
from shekara.errors import Problem


def missing_files(place: Path, index: IndexFile) -> Iterator[Problem]:
    """A problem for each file that maps/index.toml names and the folder does not have."""
    wanted = [("relief.file", "geo", index.relief.file)] if index.relief else []
    wanted += [("logo.file", "maps", index.logo.file)] if index.logo else []
    wanted += [(f"fonts[{number}]", "maps", name) for number, name in enumerate(index.fonts)]
    for key, folder, name in wanted:
        if not (place / folder / name).is_file():
            yield Problem(
                "maps/index.toml",
                key,
                repr(name),
                f"there is no file {folder}/{name}",
                "put it there, or leave the key out",
            )
    if index.logo:
        yield from logo_problems(place, index.logo)
