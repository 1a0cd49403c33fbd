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
    yield from _font_problems(place, index)


def _font_problems(place: Path, index: IndexFile) -> Iterator[Problem]:
    """Files that are no fonts, and families of a role that no file has."""
    if not index.fonts and not index.typeface.roles:
        return
    from matplotlib.ft2font import FT2Font  # as the sheets read them

    families: dict[str, None] = {}
    for number, name in enumerate(index.fonts):
        path = place / "maps" / name
        if not path.is_file():
            return  # told already
        try:
            families[FT2Font(str(path)).family_name] = None
        except (OSError, RuntimeError):
            rule, remedy = "cannot be read as a font", "give a .ttf or .otf file"
            yield Problem("maps/index.toml", f"fonts[{number}]", repr(name), rule, remedy)
            return
    for role, family in index.typeface.roles.items():
        if family not in families:
            known = ", ".join(families) or "none"
            yield Problem(
                "maps/index.toml",
                f"typeface.{role}",
                repr(family),
                "no file of fonts has this family",
                f"name one of theirs ({known}), or add its file to fonts",
            )
