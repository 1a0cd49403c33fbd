"""Type: which typeface draws a text, how wide it is in millimetres.

Source Sans 3 and Source Serif 4 (SIL Open Font License 1.1, unchanged files in `typefaces/`) have
Latin, Greek, Cyrillic with the letters of its Turkic languages, and the signs of a map. What they
lack is taken letter by letter from the first family of FALLBACKS that the machine has, at last from
DejaVu Sans, which comes with matplotlib. A character that no family has is printed as a box, with a
warning.
"""

from __future__ import annotations

import warnings
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from importlib.metadata import entry_points
from importlib.util import find_spec
from pathlib import Path
from types import MappingProxyType
from typing import Literal

import numpy as np
from matplotlib.font_manager import FontProperties, findfont, fontManager, get_font, weight_dict
from matplotlib.ft2font import FT2Font, LoadFlags
from matplotlib.path import Path as Outline
from matplotlib.textpath import TextToPath

from shekara.errors import InputError
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
ZERO_WIDTH = "\u200b\u200c\u200d\u2060\ufeff\u00ad"


class MissingGlyph(UserWarning):
    """A text has a character that no font at hand can draw."""


# Python packages that bring fonts for further scripts: pip install 'shekara[scripts]'. Any package
# of the fontpkg family is taken by its entry point, this one by its name.
FONT_PACKAGES, ENTRY_POINTS = ("pylopdf_fonts_zh_cn",), "fontpkg.family"
_OF_ATLAS: dict[str, None] = {}  # families of an atlas's own fonts, in order
_TO_PATH = TextToPath()
_KNOWN: list[tuple[object, ...]] = []  # files and roles, as last asked for
_ROLES: dict[str, str] = {}  # of those, the ones that take the place of ours
BOLD = 700  # what a family of an atlas has for semibold, which few have


@lru_cache(maxsize=1)
def _installed() -> frozenset[str]:
    """The families at hand. Ours go first: a family of that name may be of another version."""
    before = list(fontManager.ttflist)
    for path in [*sorted(TYPEFACES.glob("*.ttf")), *_packaged()]:
        fontManager.addfont(path)
    ours = [entry for entry in fontManager.ttflist if entry not in before]
    # A font of a package has one weight (or matplotlib draws but one): it serves as bold, too.
    files = {str(path) for path in _packaged()}
    ours += [replace(entry, weight=700) for entry in ours if entry.fname in files]
    fontManager.ttflist = [*ours, *before]
    return frozenset(entry.name for entry in fontManager.ttflist)


def _packaged() -> list[Path]:
    """Files of sans-serif fonts that installed Python packages bring."""
    modules = {*FONT_PACKAGES, *(entry.value for entry in entry_points(group=ENTRY_POINTS))}
    specs = [find_spec(name) for name in sorted(modules)]
    folders = [Path(spec.origin).parent for spec in specs if spec is not None and spec.origin]
    files = [path for folder in folders for path in sorted(folder.rglob("*.[ot]tf"))]
    return [path for path in files if "Serif" not in path.name and "Italic" not in path.name]


@lru_cache(maxsize=1)
def _packaged_families() -> tuple[str, ...]:
    return tuple(dict.fromkeys(FT2Font(str(path)).family_name for path in _packaged()))


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
    _KNOWN.clear()
    _ROLES.clear()
    _OF_ATLAS.clear()
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
    for cached in (
        families, properties, _paths, _font, _charmap, clean_text, _trial_width, outline,
    ):  # fmt: skip
        cached.cache_clear()
    _KNOWN.append(wanted)


@lru_cache(maxsize=64)
def families(face: Face, caption: bool = False) -> tuple[str, ...]:
    """The families that draw a face, first to last."""
    first = FACES[face][0]
    if caption and first.startswith(SERIF):
        first = first.replace(SERIF, f"{SERIF} Caption")
    named = [name for name in FALLBACKS if name in _installed()]
    every = [*dict.fromkeys([*_OF_ATLAS, *named, *_packaged_families()])]
    # matplotlib's own has a little of everything: signs are taken from it, not from a font of
    # ideographs, which has them too.
    wide = [name for name in every if name.endswith(" SC") and name not in _OF_ATLAS]
    more = [*(name for name in every if name not in (*wide, OWN)), OWN, *wide]
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
    """The characters that one of a face's families has."""
    return frozenset().union(*(charmap(path) for path in _paths(face, False)))


@lru_cache(maxsize=64)
def charmap(path: str) -> frozenset[int]:
    """The characters that a font file has."""
    return frozenset(get_font(path).get_charmap())


def font_files(properties: FontProperties) -> list[tuple[str, str, int, str]]:
    """Family, file, weight and slant of the fonts that draw a text, first to last."""
    named, slant = properties.get_weight(), properties.get_style()
    weight = weight_dict[named] if isinstance(named, str) else int(named)

    def file_of(family: str) -> str:
        return str(findfont(FontProperties(family=family, weight=weight, style=slant)))

    return [(family, file_of(family), weight, slant) for family in properties.get_family()]


def clean(text: str) -> str:
    """The text as it is printed: one line, no control characters, no marks without width."""
    kept = (" " if char in "\n\r\t\v\f\u2028\u2029" else char for char in text)
    return "".join(char for char in kept if char.isprintable() or char in "\u00a0\u202f").translate(
        dict.fromkeys(map(ord, ZERO_WIDTH))
    )


@lru_cache(maxsize=65536)
def clean_text(text: str, face: Face = "plain") -> str:
    """The cleaned text; a character that no font has becomes a box, and a warning says where."""
    text = clean(text)
    missing = sorted({char for char in text if ord(char) not in _charmap(face)})
    if missing:
        named = ", ".join(f"{char!r} (U+{ord(char):04X})" for char in missing[:5])
        warnings.warn(
            f"text {text[:60]!r}: no font at hand has {named}; a box is printed in its place. "
            "pip install 'shekara[scripts]' brings Arabic, Devanagari and Chinese; for another "
            "script install its Noto font, or name one in maps/index.toml: fonts = [...]",
            MissingGlyph,
            stacklevel=2,
        )
        text = text.translate(dict.fromkeys(map(ord, missing), "\u25a1"))
    return text


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
