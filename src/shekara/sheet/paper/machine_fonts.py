"""Fonts of the machine for scripts that ours lack: those of packages, and any that it has."""

from __future__ import annotations

import warnings
from functools import lru_cache
from importlib.metadata import entry_points
from importlib.util import find_spec
from pathlib import Path

import matplotlib as mpl
from matplotlib.font_manager import FontEntry, fontManager, get_font
from matplotlib.ft2font import FT2Font

# Python packages that bring fonts for further scripts: pip install 'shekara[scripts]'. Any package
# of the fontpkg family is taken by its entry point, this one by its name.
FONT_PACKAGES, ENTRY_POINTS = ("pylopdf_fonts_zh_cn",), "fontpkg.family"
REGULAR = (400, "normal", "regular", "book")


def packaged() -> list[Path]:
    """Files of sans-serif fonts that installed Python packages bring."""
    modules = {*FONT_PACKAGES, *(entry.value for entry in entry_points(group=ENTRY_POINTS))}
    specs = [find_spec(name) for name in sorted(modules)]
    folders = [Path(spec.origin).parent for spec in specs if spec is not None and spec.origin]
    files = [path for folder in folders for path in sorted(folder.rglob("*.[ot]tf"))]
    return [path for path in files if "Serif" not in path.name and "Italic" not in path.name]


@lru_cache(maxsize=1)
def packaged_families() -> tuple[str, ...]:
    """The families of these files."""
    return tuple(dict.fromkeys(FT2Font(str(path)).family_name for path in packaged()))


class BorrowedFont(UserWarning):
    """A text has a character that only a font of this machine can draw."""


@lru_cache(maxsize=512)
def charmap(path: str) -> frozenset[int]:
    """The characters that a font file has."""
    return frozenset(get_font(path).get_charmap())


@lru_cache(maxsize=256)
def family_with(char: str) -> str | None:
    """The first family of the machine that has a character, Noto's first; None if none has it."""
    for entry in sorted(_candidates(), key=lambda entry: (order_of(entry.name), entry.fname)):
        try:
            if ord(char) in charmap(entry.fname):
                return entry.name
        except (OSError, RuntimeError):  # a file that is gone, or is no font
            continue
    return None


def _candidates() -> list[FontEntry]:
    """Upright fonts of regular weight; matplotlib's own for formulas have codes of their own."""
    formulas = str(mpl.get_data_path())
    return [
        entry
        for entry in fontManager.ttflist
        if entry.weight in REGULAR
        and entry.style == "normal"
        and not entry.fname.startswith(formulas)
    ]


def tell_borrowed(char: str, family: str) -> None:
    """Warn that another machine may draw a character otherwise."""
    warnings.warn(
        f"{char!r} (U+{ord(char):04X}) is drawn with {family} of this machine, elsewhere "
        "perhaps with another; name a font of yours in maps/index.toml: fonts = [...]",
        BorrowedFont,
        stacklevel=3,
    )


def order_of(family: str) -> tuple[bool, bool, str]:
    """Where a family stands among those of the machine."""
    return (not family.startswith("Noto Sans"), not family.startswith("Noto"), family)
