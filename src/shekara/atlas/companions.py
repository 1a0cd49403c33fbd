"""Files that maps/index.toml names: a picture of relief, a logo, fonts of the atlas's own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from shekara.atlas.files import IndexFile
from shekara.atlas.paths import named_file_problems
from shekara.atlas.pictures import logo_problems
from shekara.errors import Problem


def companion_problems(place: Path, index: IndexFile) -> Iterator[Problem]:
    """What is wrong with the files that maps/index.toml names; none of them is read otherwise."""
    label = "maps/index.toml"
    if index.relief:
        yield from named_file_problems(place, label, "relief.file", "geo", index.relief.file)
    if index.logo:
        file = index.logo.file
        faults = list(named_file_problems(place, label, "logo.file", "maps", file))
        yield from faults or logo_problems(place, index.logo)
    faults = [
        fault
        for number, name in enumerate(index.fonts)
        for fault in named_file_problems(place, label, f"fonts[{number}]", "maps", name)
    ]
    yield from faults or _font_problems(place, index)


def _font_problems(place: Path, index: IndexFile) -> Iterator[Problem]:
    """Files that are no fonts, and families of a role that no file has; all files are there."""
    if not index.fonts and not index.typeface.roles:
        return
    from matplotlib.ft2font import FT2Font  # as the sheets read them

    families: dict[str, None] = {}
    for number, name in enumerate(index.fonts):
        try:
            families[FT2Font(str(place / "maps" / name)).family_name] = None
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
