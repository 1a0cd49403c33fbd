"""Icons of installed packages, by name: mdi7.anchor is "anchor" of Material Design Icons 7.

Any package that gives the entry point ``superqt.fonticon`` is taken, such as those of the
`fonticon` family: a font, and the names of its characters.
"""

from __future__ import annotations

from functools import lru_cache
from importlib.metadata import entry_points
from typing import NamedTuple

from shekara.spelling import closest

GROUP = "superqt.fonticon"
EXTRA = "pip install 'shekara[icons]'"
# What these sets are called, and the licence of their drawings (not that of the Python package).
SETS = {
    "mdi6": ("Material Design Icons 6", "Apache-2.0"),
    "mdi7": ("Material Design Icons 7", "Apache-2.0"),
    "fa5b": ("Font Awesome 5 Free", "CC-BY-4.0"),
    "fa5r": ("Font Awesome 5 Free", "CC-BY-4.0"),
    "fa5s": ("Font Awesome 5 Free", "CC-BY-4.0"),
    "fa6b": ("Font Awesome 6 Free", "CC-BY-4.0"),
    "fa6r": ("Font Awesome 6 Free", "CC-BY-4.0"),
    "fa6s": ("Font Awesome 6 Free", "CC-BY-4.0"),
}


class Glyph(NamedTuple):
    """Where an icon is drawn: a font's file, and the character in it."""

    font: str
    character: str


def known_icon(name: str) -> str:
    """The name of an icon that an installed package has.

    Raises
    ------
    ValueError
        There is no such package, or no such icon in it; the message names the way out.
    """
    glyph(name)
    return name


@lru_cache(maxsize=256)
def glyph(name: str) -> Glyph:
    """Where an icon is drawn; see `known_icon`."""
    prefix, point, icon = name.partition(".")
    if not point or not icon:
        raise ValueError('is no icon; write its package and its name: "mdi7.anchor"')
    package = next((e for e in entry_points(group=GROUP) if e.name == prefix), None)
    if prefix not in SETS or package is None:
        at_hand = ", ".join(sorted(SETS.keys() & {e.name for e in entry_points(group=GROUP)}))
        there = f"there is {at_hand}" if at_hand else f"there is none; {EXTRA}"
        raise ValueError(f"names the icons {prefix!r}, which are not installed: {there}")
    names = vars(package.load())
    value = names.get(icon.replace("-", "_"))
    if not isinstance(value, str) or icon.startswith("_"):
        near = closest(icon.replace("-", "_"), [key for key in names if not key.startswith("_")])
        meant = f"; did you mean {prefix}.{near}?" if near else ""
        raise ValueError(f"is no icon of {SETS[prefix][0]}{meant}")
    return Glyph(str(names["__font_file__"]), value.rpartition(".")[2])
