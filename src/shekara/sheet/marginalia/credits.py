"""Short credits and notes under the map: what a licence asks for, at every size."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from shekara.scene.model import Credit, Scene, SceneLayer
from shekara.scene.pictures import Sign
from shekara.sheet.marginalia.sign import draw_sign, size_of
from shekara.sheet.paper.canvas import GREY, INK, Canvas
from shekara.sheet.paper.fonts import ASCENT, FLOOR_PT, line_mm
from shekara.sheet.paper.lines import wrap
from shekara.sheet.paper.paper import POINT_MM, Box, Page

CREDIT_PT = 6.5
MOST_NOTES = 2  # lines of notes; the book has them all
GAP_MM = 1.2  # from the neatline
SIGN_MM, SIGN_GAP_MM = 7.0, 4.0  # height of the atlas's logo, and its distance from the text
SHORT_STEM = 5  # letters of a word that many names have
FREE = ("LicenseRef-Public-Domain", "CC0-1.0", "PDDL-1.0")
UNNAMED = ("MIT", "Unicode-3.0", "")  # licences that ask for no name beside the map
# Where the short name of a source ends: what follows is scale, package, version, part.
# A year stays: "agreement of 1998".
TAIL = re.compile(r"\s*(?:[,;(].*|\s(?!(?:1\d|20)\d\d$)\d+(?:\.\d+)*$|:\s.*)")


@dataclass(frozen=True)
class Credits:
    """Lines under the map, measured."""

    notes: tuple[str, ...]
    sources: tuple[str, ...]
    size_pt: float
    height: float
    sign: Sign | None = None
    sign_mm: tuple[float, float] = (0.0, 0.0)  # its width and height


def short_name(credit: Credit) -> str:
    """The name that a source is known by: no package, scale or version.

    What a licence asks to be named is who has the rights.
    """
    name = credit.name.strip()
    if credit.holder and short_license(credit.license):
        return credit.holder.strip()
    while (shorter := TAIL.sub("", name, count=1).strip()) != name and shorter:
        name = shorter
    return name


def short_license(license: str) -> str:
    """A licence as printed in a credit: "ODbL", "CC BY 4.0"; "" for what is free."""
    if license in (*FREE, *UNNAMED) or license.startswith("LicenseRef-"):
        return ""
    creative = re.fullmatch(r"CC-(BY[A-Z-]*)-(\d\.\d)", license)
    if creative:
        return f"CC\u00a0{creative[1]}\u00a0{creative[2]}"
    return re.sub(r"-\d+(\.\d+)*$", "", license)


def credit_line(scene: Scene) -> str:
    """All sources of data in one sentence, first those whose licence asks to be named, with a ©.

    Of those that ask for nothing the ground's stand here, and the first of each layer: what else a
    layer rests on, documents above all, stands in the book's list. A source
    made from another under the same licence, or a part of another, is named with that one.
    """
    bound: dict[str, str] = {}
    free: dict[str, None] = {}
    first = {place for layer in scene.layers for place in layer.credit[: _weighty(layer)]}
    if scene.backdrop:  # an old map is as much of the plate as a layer
        under = scene.say.message("backdrop")
        first |= {place for place, credit in enumerate(scene.credits) if under in credit.layers}
    for place, credit in enumerate(scene.credits):
        name, license = short_name(credit), short_license(credit.license)
        if license:
            bound.setdefault(name, license)
        elif place in first and credit.license not in UNNAMED:
            free.setdefault(name)
    parts = [
        f"© {name}, {license}"
        for name, license in bound.items()
        if not any(_made_from(name, other) for other in bound if bound[other] == license)
    ]
    parts += [
        name
        for name in free
        if name not in bound and not any(name.startswith(f"{other} ") for other in free)
    ]
    if not parts:
        parts = list(dict.fromkeys(short_name(credit) for credit in scene.credits))[:3]
    return "; ".join(parts)


def _weighty(layer: SceneLayer) -> int:
    """How many of a layer's sources stand on the plate."""
    return len(layer.credit) if layer.basemap else 1


def _made_from(name: str, other: str) -> bool:
    """Whether a name speaks of another source: "computed from shores of X", beside "X makers"."""
    stem = other.split(" ", 1)[0]
    return name != other and len(stem) > SHORT_STEM and stem in name.split(" ")[1:]


def credits_of(
    scenes: Sequence[Scene], page: Page, edge: float, *, framed: bool
) -> tuple[Credits, ...]:
    """The credits of a map in all its languages, with one height."""
    size = max(CREDIT_PT * page.type_scale, FLOOR_PT)
    signs = [scene.sign if framed else None for scene in scenes]
    high = SIGN_MM * page.type_scale
    sizes = [size_of(sign.logo, high) if sign else (0.0, 0.0) for sign in signs]
    wide = max(width for width, _ in sizes)
    room = page.width - 2 * edge - (wide + SIGN_GAP_MM if wide else 0.0)
    drafts = []
    for scene in scenes:
        line = credit_line(scene)
        text = f"{scene.say.message('sheet_sources')}: {line}." if line else ""
        notes = wrap(" ".join(_notes(scene)), room, size) if framed else ()
        if len(notes) > MOST_NOTES:
            notes = notes[:MOST_NOTES]
            whole = list(_notes(scene))
            while whole and len(wrap(" ".join(whole), room, size)) > MOST_NOTES:
                whole.pop()
            notes = wrap(" ".join(whole), room, size)
        drafts.append((notes, wrap(text, room, size)))
    lines = max(len(notes) + len(sources) for notes, sources in drafts)
    height = max(lines * line_mm(size), *(high for _, high in sizes))
    height += GAP_MM if height else 0.0
    return tuple(
        Credits(notes, sources, size, height, sign, mm)
        for (notes, sources), sign, mm in zip(drafts, signs, sizes, strict=True)
    )


def _notes(scene: Scene) -> list[str]:
    """The map's notes and what is drawn by scheme."""
    notes = [_capital(note.strip(), scene.lang) for note in scene.notes if note.strip()]
    schematic = [
        layer.title
        for layer in scene.layers
        if layer.schematic and layer.visible and not layer.extra
    ]
    if schematic and not any(title in note for note in notes for title in schematic):
        notes.append(
            scene.say.message("sheet_schematic", layers=", ".join(dict.fromkeys(schematic)))
        )
    return notes


def _capital(text: str, lang: str) -> str:
    """The text with a capital at its beginning, where the language has the usual ones."""
    if (text[0] == "i" and lang in ("tr", "az")) or "\u10d0" <= text[0] <= "\u10ff":
        return text
    return text[0].upper() + text[1:]


def list_mm(lines: int, size_pt: float) -> float:
    """Height of a list of numbers with so many lines beneath a map, mm."""
    return lines * line_mm(size_pt) + GAP_MM / 2 if lines else 0.0


def draw_credits(
    canvas: Canvas,
    credits: Credits,
    x: float,
    top: float,
    key: Sequence[str] = (),
    key_lines: int = 0,
) -> None:
    """Draw list of numbers, notes and credits from below the neatline.

    Parameters
    ----------
    canvas : Canvas
        The page.
    credits : Credits
        Of `credits_of`.
    x, top : float
        Left end, and the y from which the words begin, mm.
    key : sequence of str
        Lines that say what the numbers on the map stand for.
    key_lines : int
        Lines that the plan keeps for them: as many as the longest language needs.
    """
    size = credits.size_pt
    y = top - GAP_MM - ASCENT * size * POINT_MM
    if credits.sign:
        wide, high = credits.sign_mm
        left = x if canvas.say.direction == "rtl" else canvas.page.width - x - wide
        low = top - GAP_MM - list_mm(key_lines, size) - high
        draw_sign(canvas, credits.sign, Box(left, low, wide, high))
    if key:
        with canvas.reading(x, canvas.page.width - x), canvas.tagged("P"):
            for place, line in enumerate(key):
                canvas.text(x, y - place * line_mm(size), line, size, color=INK)
    y -= list_mm(key_lines, size)
    for lines in (credits.notes, credits.sources):
        if lines:
            with canvas.reading(x, canvas.page.width - x), canvas.tagged("P"):
                for line in lines:
                    canvas.text(x, y, line, size, color=GREY)
                    y -= line_mm(size)
