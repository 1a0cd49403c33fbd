"""Colours of a sheet: quiet ground, and classes that also the colour-blind and a copier tell apart.

Colour blindness is simulated after Machado, Oliveira and Fernandes (2009),
doi:10.1109/TVCG.2009.113, at full severity.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from shekara.colour import Lab, encoded, hex_of, lab, linear, mix
from shekara.scene.model import LegendEntry, Style

SEA = "#c4d9e6"
LAND = "#f7f4ec"
SHORE, SHORE_PT = "#5b93b5", 0.35
BORDER = "#8f867c"  # of states
PAPER = "#fbfaf6"  # ground of a map without a basemap
UNKNOWN = "#ffffff"  # beyond the land of an atlas
GRATICULE = "#b7bfc3"

# Matrices on linear sRGB, severity 1.0: the last rows of the paper's table.
BLINDNESS = {
    "protan": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deutan": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritan": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}
# Twice what two patches side by side need to be told apart; a legend is not side by side.
LEAST_DIFFERENCE = 8.0
LEAST_GREY = 10.0  # steps of lightness that survive a copier

# Of more signs of one kind nobody tells each from each: there are not so many patterns. They keep
# their looks, which saves a comparison of each with each.
MANY = 100

GROUND = 88.0  # L* from which an area is ground

HATCHES = ("", "/", "\\", "x", ".", "-", "|", "+", "o")
DASHES: tuple[tuple[float, ...], ...] = ((), (4, 2), (1, 1.5), (6, 2, 1, 2), (8, 3), (2, 2, 6, 2))
PATTERN = {"line": "dash", "polygon": "hatch", "point": "marker"}  # what tells signs apart
MARKERS = ("circle", "square", "triangle", "diamond", "star", "cross")


def simulate(colour: str, blindness: str) -> str:
    """How a colour looks to somebody with "protan", "deutan" or "tritan" blindness, "#rrggbb"."""
    light = linear(colour)
    red, green, blue = (
        sum(weight * part for weight, part in zip(row, light, strict=True))
        for row in BLINDNESS[blindness]
    )
    return hex_of(*encoded((red, green, blue)))


@lru_cache(maxsize=4096)
def seen(colour: str) -> tuple[Lab, ...]:
    """How a colour looks to everybody: L*a*b* with full sight, then with each blindness."""
    return (lab(colour), *(lab(simulate(colour, kind)) for kind in BLINDNESS))


def difference(first: str, second: str) -> float:
    """CIE 1976 difference of two colours; 2.3 can just be seen side by side."""
    return math.dist(lab(first), lab(second))


def least_difference(first: str, second: str) -> float:
    """The difference to those who see it least, of people with and without colour blindness."""
    return min(map(math.dist, seen(first), seen(second)))


def grey_difference(first: str, second: str) -> float:
    """The difference of lightness, L*: what is left when the sheet is copied in grey."""
    return abs(seen(first)[0][0] - seen(second)[0][0])


def on_paper(style: Style, kind: str) -> str:
    """The colour that a sign has on white paper, "#rrggbb"."""
    colour = style.color if kind == "line" else style.fill or style.color
    opacity = style.opacity * (style.fill_opacity if kind != "line" and style.fill else 1.0)
    return mix(colour, "#ffffff", opacity)


def alike(first: Style, second: Style, kind: str) -> bool:
    """Whether two signs can be taken for each other by the colour-blind or in a grey copy."""
    pattern = {
        "line": (first.dash == second.dash and first.arrow == second.arrow),
        "polygon": first.hatch == second.hatch
        and bool(first.fill) == bool(second.fill)
        and first.dash == second.dash,
        "point": first.marker == second.marker and abs(first.size - second.size) < 1.5,
    }[kind]
    if kind == "line" and abs(first.width - second.width) >= 1.2:
        pattern = False
    steps = {"line": first.width - second.width, "point": first.size - second.size}
    if first.color == second.color and abs(steps.get(kind, 0.0)) > 0.2:
        pattern = False  # steps of one graduated sign
    if not pattern:
        return False
    a, b = on_paper(first, kind), on_paper(second, kind)
    if kind == "polygon":  # a hatch disturbs names and relief: for the eye that needs it alone
        return least_difference(a, b) < LEAST_DIFFERENCE
    return least_difference(a, b) < LEAST_DIFFERENCE or grey_difference(a, b) < LEAST_GREY


def is_water(colour: str) -> bool:
    """Whether a filling is that of a sea or lake: pale and blue."""
    light, _, yellow = lab(colour)
    return light > 70 and yellow < -2.5


def is_ground(style: Style, kind: str) -> bool:
    """Whether an area is so pale that it is the ground on which the rest is drawn."""
    return kind == "polygon" and not style.hatch and lab(on_paper(style, kind))[0] >= GROUND


def distinguish_styles(entries: Sequence[LegendEntry]) -> tuple[Style, ...]:
    """The styles of a legend, with hatch, dash or marker added where two could be mistaken.

    What an author wrote stays (`Style.fixed`); the others keep away from it. The palest keeps its
    plain look, since a pattern weighs least on what is small and dark; ground is never patterned.
    Where there are more than `MANY` of a kind, all of them stay as they are; sizes do in any case.
    """
    styles = [entry.style for entry in entries]
    kinds = Counter(entry.kind for entry in entries if not (entry.heading or entry.measure))
    signs = [
        place
        for place, entry in enumerate(entries)
        if not (entry.heading or entry.measure) and kinds[entry.kind] <= MANY
    ]

    def weight(place: int) -> tuple[bool, float, int]:
        colour, kind = on_paper(styles[place], entries[place].kind), entries[place].kind
        free = PATTERN[kind] not in styles[place].fixed
        return (free, -lab(colour)[0] if kind == "polygon" else 0.0, place)

    done: list[int] = []
    for place in sorted(signs, key=weight):
        kind = entries[place].kind
        others = [styles[i] for i in done if entries[i].kind == kind]
        done.append(place)
        if is_ground(styles[place], kind) or PATTERN[kind] in styles[place].fixed:
            continue
        if any(alike(styles[place], other, kind) for other in others):
            options = _variants(styles[place], kind)
            styles[place] = next(
                (item for item in options if not any(alike(item, o, kind) for o in others)),
                styles[place],
            )
    return tuple(styles)


def _variants(style: Style, kind: str) -> list[Style]:
    styles: list[Style] = []
    if kind == "polygon":
        styles = [replace(style, hatch=hatch) for hatch in HATCHES if hatch]  # type: ignore[arg-type]
    elif kind == "line":
        styles = [replace(style, dash=dash) for dash in DASHES if dash]
    else:
        styles = [replace(style, marker=marker) for marker in MARKERS]
    return styles
