"""Type: which typeface draws a text, how wide it is in millimetres.

Source Sans 3 and Source Serif 4 (SIL Open Font License 1.1, unchanged files in `typefaces/`) have
Latin, Greek, Cyrillic with the letters of its Turkic languages, and the signs of a map. What they
lack is taken letter by letter from the first family of FALLBACKS that the machine has, then from
DejaVu Sans, which comes with matplotlib, at last from any font of the machine. A character that no
font has is printed as a box, with a warning.
"""

from __future__ import annotations

import warnings
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Literal

import numpy as np
from matplotlib.font_manager import FontProperties, findfont, fontManager, get_font, weight_dict
from matplotlib.ft2font import FT2Font, LoadFlags
from matplotlib.path import Path as Outline
from matplotlib.textpath import TextToPath

from shekara.characters import INVISIBLE, one_line
from shekara.errors import InputError
from shekara.sheet.paper.machine_fonts import (
    charmap,
    family_with,
    order_of,
    packaged,
    packaged_families,
    tell_borrowed,
)
from shekara.sheet.paper.paper import POINT_MM

Face = Literal["plain", "semibold", "bold", "slanted", "semibold slanted", "serif", "serif slanted"]

Slant = Literal["normal", "italic"]

TYPEFACES = Path(__file__).parent / "typefaces"
SANS, SERIF = "Source Sans 3", "Source Serif 4"
OWN = "DejaVu Sans"  # of matplotlib
# Families for other scripts, taken where they are installed; DejaVu comes with matplotlib.
FALLBACKS = (
    "Noto Sans",
    "Noto Sans Georgian",
    "Noto Sans Armenian",
    "Noto Sans Arabic",
    "Noto Naskh Arabic",
    "Noto Sans Devanagari",
    "Noto Sans CJK SC",
    "Noto Sans SC",
    OWN,
)
FACES: dict[Face, tuple[str, int, Slant]] = {  # family, weight, slant
    "plain": (SANS, 400, "normal"),
    # matplotlib lists a semibold cut also as a family of its own: so the fall-backs, which have
    # regular letters for certain, are not asked for a weight that they lack.
    "semibold": (f"{SANS} Semibold", 400, "normal"),
    "bold": (SANS, 700, "normal"),
    "slanted": (SANS, 400, "italic"),
    "semibold slanted": (f"{SANS} Semibold", 400, "italic"),
    "serif": (f"{SERIF} Semibold", 400, "normal"),
    "serif slanted": (SERIF, 400, "italic"),
}
CAPTION_PT = 9.0  # up to this size the serif has sturdier letters
FLOOR_PT = 6.5  # nothing is smaller but degrees: what has no room is left out, never shrunk
LEADING = 1.24  # from one baseline to the next, of the type size
ASCENT, DESCENT = 0.72, 0.22  # of the type size: tops of tall letters, bottoms of hanging ones
TRIAL_PT = 100.0  # widths are measured once at this size, without hinting, and scaled


class MissingGlyph(UserWarning):
    """A text has a character that no font at hand can draw."""


_OF_ATLAS: dict[str, None] = {}  # families of an atlas's own fonts, in order
_OF_MACHINE: dict[str, None] = {}  # families that had a letter which none of these has
_TO_PATH = TextToPath()
_KNOWN: list[tuple[object, ...]] = []  # files and roles, as last asked for
_ROLES: dict[str, str] = {}  # of those, the ones that take the place of ours
BOLD = 700  # what a family of an atlas has for semibold, which few have


@lru_cache(maxsize=1)
def _installed() -> frozenset[str]:
    """The families at hand. Ours go first: a family of that name may be of another version."""
    before = list(fontManager.ttflist)
    for path in [*sorted(TYPEFACES.glob("*.ttf")), *packaged()]:
        fontManager.addfont(path)
    ours = [entry for entry in fontManager.ttflist if entry not in before]
    # A font of a package has one weight (or matplotlib draws but one): it serves as bold, too.
    files = {str(path) for path in packaged()}
    ours += [replace(entry, weight=700) for entry in ours if entry.fname in files]
    fontManager.ttflist = [*ours, *before]
    return frozenset(entry.name for entry in fontManager.ttflist)


def use_fonts(paths: Sequence[Path], roles: Mapping[str, str] = MappingProxyType({})) -> None:
    """Make fonts of an atlas known: they give the letters that our typefaces lack.

    Parameters
    ----------
    paths
        Files of fonts.
    roles
        Families that take the place of ours: of "sans" (all but titles), of "serif" (titles).

    Raises
    ------
    InputError
        A file is no font, or no file has the family of a role.
    """
    _installed()
    wanted = (*map(str, paths), *roles.items())
    if [wanted] == _KNOWN:  # the same as for the last sheet: what was measured stays true
        return
    forget_fonts()
    for path in paths:
        try:
            family = FT2Font(str(path)).family_name
            fontManager.addfont(path)
        except (OSError, RuntimeError) as error:
            raise InputError(
                f"fonts: {path}: cannot be read as a font; give a .ttf or .otf file"
            ) from error
        _OF_ATLAS[family] = None
    for role, family in roles.items():
        if family not in _OF_ATLAS:
            raise InputError(
                f"typeface.{role}: no file of fonts has the family {family!r}; "
                f"name one of {', '.join(_OF_ATLAS) or 'those in fonts, which is empty'}"
            )
        _ROLES[role] = family
    _KNOWN.append(wanted)


def forget_fonts() -> None:
    """No font of an atlas is known any more, none found on the machine, and no width."""
    for known in (_KNOWN, _ROLES, _OF_ATLAS, _OF_MACHINE):
        known.clear()
    for cached in (
        families, properties, _paths, _font, _charmap, clean_text, _trial_width, outline,
    ):  # fmt: skip
        cached.cache_clear()


@lru_cache(maxsize=64)
def families(face: Face, caption: bool = False) -> tuple[str, ...]:
    """The families that draw a face, first to last."""
    first = FACES[face][0]
    if caption and first.startswith(SERIF):
        first = first.replace(SERIF, f"{SERIF} Caption")
    named = [name for name in FALLBACKS if name in _installed()]
    every = [*dict.fromkeys([*_OF_ATLAS, *named, *packaged_families()])]
    # matplotlib's own has a little of everything: signs are taken from it, not from a font of
    # ideographs, which has them too.
    wide = [name for name in every if name.endswith(" SC") and name not in _OF_ATLAS]
    borrowed = sorted(_OF_MACHINE, key=order_of)  # whichever was asked first
    more = [*(name for name in every if name not in (*wide, OWN)), OWN, *wide, *borrowed]
    if first != SANS:
        more = [SANS, *more]
    _installed()
    chosen = _ROLES.get(_role(face))
    # After an atlas's family comes our plain one, which has the weights that are asked of it.
    return (first, *more) if chosen is None else tuple(dict.fromkeys([chosen, SANS, *more]))


def _role(face: Face) -> str:
    return "serif" if FACES[face][0].startswith(SERIF) else "sans"


def _weight(face: Face) -> int:
    """Our semibold is a family of its own; an atlas's family has bold, or slanted letters."""
    family, weight, slant = FACES[face]
    heavy = family.endswith("Semibold") and slant == "normal"
    return BOLD if heavy and _role(face) in _ROLES else weight


def properties_of(text: str, face: Face, size_pt: float) -> FontProperties:
    """What matplotlib needs to draw a text: matplotlib looks for every family at every line."""
    first = charmap(_paths(face, size_pt <= CAPTION_PT)[0])
    return properties(face, size_pt, all(ord(char) in first for char in text))


@lru_cache(maxsize=1024)
def properties(face: Face, size_pt: float, first: bool = False) -> FontProperties:
    """What matplotlib needs to draw this face at this size; its first family alone, or all."""
    named = families(face, size_pt <= CAPTION_PT)
    return FontProperties(
        family=list(named[:1] if first else named),
        weight=_weight(face),
        style=FACES[face][2],
        size=size_pt,
    )


@lru_cache(maxsize=64)
def _paths(face: Face, caption: bool) -> tuple[str, ...]:
    weight, slant = _weight(face), FACES[face][2]
    return tuple(
        findfont(FontProperties(family=family, weight=weight, style=slant))
        for family in families(face, caption)
    )


@lru_cache(maxsize=64)
def _font(face: Face, caption: bool, first: bool) -> FT2Font:
    paths = _paths(face, caption)
    return get_font(list(paths[:1] if first else paths))


@lru_cache(maxsize=64)
def _charmap(face: Face) -> frozenset[int]:
    """The characters that a face has without fonts borrowed of the machine."""
    named = zip(families(face), _paths(face, False), strict=True)
    return frozenset().union(*(charmap(path) for name, path in named if name not in _OF_MACHINE))


def font_files(properties: FontProperties) -> list[tuple[str, str, int, str]]:
    """Family, file, weight and slant of the fonts that draw a text, first to last."""
    named, slant = properties.get_weight(), properties.get_style()
    weight = weight_dict[named] if isinstance(named, str) else int(named)

    def file_of(family: str) -> str:
        return str(findfont(FontProperties(family=family, weight=weight, style=slant)))

    return [(family, file_of(family), weight, slant) for family in properties.get_family()]


@lru_cache(maxsize=65536)
def clean_text(text: str, face: Face = "plain") -> str:
    """The cleaned text; a character that no font has becomes a box, and a warning says where."""
    text = one_line(text)
    missing = sorted(char for char in _lacking(text, face) if not _at_machine(char))
    if missing:
        named = ", ".join(f"{char!r} (U+{ord(char):04X})" for char in missing[:5])
        warnings.warn(
            f"text {text[:60]!r}: no font at hand has {named}; a box is printed in its place. "
            "pip install 'shekara[scripts]' brings Arabic, Devanagari and Chinese, for another "
            "script pip install fontpkg-noto-sans-thai (-khmer ...), or install its Noto font, or "
            "name one in maps/index.toml: fonts = [...]",
            MissingGlyph,
            stacklevel=2,
        )
        text = text.translate(dict.fromkeys(map(ord, missing), "\u25a1"))
    return text


def _lacking(text: str, face: Face) -> frozenset[str]:
    """The characters that no font of a face has."""
    known = _charmap(face)
    return frozenset(char for char in text if ord(char) not in known and char not in INVISIBLE)


def _at_machine(char: str) -> bool:
    """Whether a font of the machine has the character; it then serves all faces."""
    family = family_with(char)
    if family is not None and family not in _OF_MACHINE:
        _OF_MACHINE[family] = None
        for cached in (families, properties, _paths, _font):
            cached.cache_clear()
        tell_borrowed(char, family)
    return family is not None


@lru_cache(maxsize=65536)
def _trial_width(text: str, face: Face, caption: bool) -> float:
    first = charmap(_paths(face, caption)[0])
    font = _font(face, caption, all(ord(char) in first for char in text))
    font.set_size(TRIAL_PT, 72)
    font.set_text(text, 0.0, flags=LoadFlags.NO_HINTING)
    width, _ = font.get_width_height()
    return float(width) / 64


def width_mm(text: str, size_pt: float, face: Face = "plain") -> float:
    """How wide a line of text is, mm."""
    text = clean_text(text, face)
    if not text:
        return 0.0
    return _trial_width(text, face, size_pt <= CAPTION_PT) * size_pt / TRIAL_PT * POINT_MM


@lru_cache(maxsize=4096)
def outline(text: str, drawn_by: FontProperties) -> Outline:
    """The letters of a line as a path from the origin, in type sizes."""
    vertices, codes = _TO_PATH.get_text_path(drawn_by, text, features=("-liga",))
    return Outline(np.reshape(vertices, (-1, 2)) / _TO_PATH.FONT_SCALE, codes)


def line_mm(size_pt: float) -> float:
    """The height of one line, mm."""
    return size_pt * LEADING * POINT_MM
