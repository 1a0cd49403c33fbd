"""Colours of a sheet: quiet ground, and classes that also the colour-blind and a copier tell apart.

Colour blindness is simulated after Machado, Oliveira and Fernandes (2009),
doi:10.1109/TVCG.2009.113, at full severity.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from matplotlib.colors import to_hex, to_rgb
from numpy.typing import NDArray

from shekara.scene.model import LegendEntry, Style

SEA = "#e4eef4"
LAND = "#f6f2e8"
PAPER = "#fbfaf6"  # ground of a map without a basemap
GRATICULE = "#a9b6bf"
COAST = "#9aa5ab"

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

GROUND = 88.0  # L* from which an area is ground

HATCHES = ("", "/", "\\", "x", ".", "-", "|", "+", "o")
DASHES: tuple[tuple[float, ...], ...] = ((), (4, 2), (1, 1.5), (6, 2, 1, 2), (8, 3), (2, 2, 6, 2))
MARKERS = ("circle", "square", "triangle", "diamond", "star", "cross")

Rgb = tuple[float, float, float]


def linear(color: str) -> NDArray[np.float64]:
    """The light of an sRGB colour, three values from 0 to 1 (IEC 61966-2-1)."""
    value = np.array(to_rgb(color))
    return np.where(value <= 0.04045, value / 12.92, ((value + 0.055) / 1.055) ** 2.4)


def _encoded(light: NDArray[np.float64]) -> Rgb:
    light = np.clip(light, 0, 1)
    value = np.where(light <= 0.0031308, light * 12.92, 1.055 * light ** (1 / 2.4) - 0.055)
    return float(value[0]), float(value[1]), float(value[2])


def simulate(color: str, blindness: str) -> str:
    """How a colour looks to somebody with "protan", "deutan" or "tritan" blindness, "#rrggbb"."""
    return str(to_hex(_encoded(np.array(BLINDNESS[blindness]) @ linear(color))))


def lab(color: str) -> NDArray[np.float64]:
    """CIE L*a*b* of an sRGB colour under D65."""
    to_xyz = np.array(
        [
            [0.4124564, 0.3575761, 0.1804375],
            [0.2126729, 0.7151522, 0.0721750],
            [0.0193339, 0.1191920, 0.9503041],
        ]
    )
    xyz = to_xyz @ linear(color) / np.array([0.95047, 1.0, 1.08883])
    root = np.where(xyz > (6 / 29) ** 3, np.cbrt(xyz), xyz / (3 * (6 / 29) ** 2) + 4 / 29)
    return np.array([116 * root[1] - 16, 500 * (root[0] - root[1]), 200 * (root[1] - root[2])])


def difference(first: str, second: str) -> float:
    """CIE 1976 difference of two colours; 2.3 can just be seen side by side."""
    return float(np.linalg.norm(lab(first) - lab(second)))


def least_difference(first: str, second: str) -> float:
    """The difference to those who see it least, of people with and without colour blindness."""
    seen = [difference(simulate(first, kind), simulate(second, kind)) for kind in BLINDNESS]
    return min([difference(first, second), *seen])


def grey_difference(first: str, second: str) -> float:
    """The difference of lightness, L*: what is left when the sheet is copied in grey."""
    return float(abs(lab(first)[0] - lab(second)[0]))


def on_paper(style: Style, kind: str) -> str:
    """The colour that a sign has on white paper, "#rrggbb"."""
    color = style.color if kind == "line" else style.fill or style.color
    opacity = style.opacity * (style.fill_opacity if kind != "line" and style.fill else 1.0)
    red, green, blue = np.array(to_rgb(color)) * opacity + (1 - opacity)
    return str(to_hex((red, green, blue)))


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
    return least_difference(a, b) < LEAST_DIFFERENCE or grey_difference(a, b) < LEAST_GREY


def is_ground(style: Style, kind: str) -> bool:
    """Whether an area is so pale that it is the ground on which the rest is drawn."""
    return kind == "polygon" and not style.hatch and lab(on_paper(style, kind))[0] >= GROUND


def distinct(entries: Sequence[LegendEntry]) -> tuple[Style, ...]:
    """The styles of a legend, with hatch, dash or marker added where two could be mistaken.

    The palest keeps its plain look, since a pattern weighs least on what is small and dark; ground
    is never patterned.
    """
    styles = [entry.style for entry in entries]
    signs = [place for place, entry in enumerate(entries) if not entry.heading]

    def weight(place: int) -> tuple[float, int]:
        color = on_paper(styles[place], entries[place].kind)
        return (-float(lab(color)[0]) if entries[place].kind == "polygon" else 0.0, place)

    done: list[int] = []
    for place in sorted(signs, key=weight):
        kind = entries[place].kind
        others = [styles[i] for i in done if entries[i].kind == kind]
        done.append(place)
        if is_ground(styles[place], kind):
            continue
        if any(alike(styles[place], other, kind) for other in others):
            options = _variants(styles[place], kind)
            styles[place] = next(
                (item for item in options if not any(alike(item, o, kind) for o in others)),
                styles[place],
            )
    return tuple(styles)


def _variants(style: Style, kind: str) -> list[Style]:
    made: list[Style] = []
    if kind == "polygon":
        made = [replace(style, hatch=hatch) for hatch in HATCHES if hatch]  # type: ignore[arg-type]
    elif kind == "line":
        made = [replace(style, dash=dash) for dash in DASHES if dash]
    else:
        made = [replace(style, marker=marker) for marker in MARKERS]  # type: ignore[arg-type]
    return made
