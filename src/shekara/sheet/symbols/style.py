"""How a style is printed: dashes, strokes, fillings and markers as matplotlib takes them."""

from __future__ import annotations

from matplotlib.path import Path

from shekara.colour import mix
from shekara.scene.icons import marker_path
from shekara.scene.model import Style
from shekara.sheet.paper.looks import Dashes, PathLook

MARKERS = {
    "circle": "o",
    "square": "s",
    "triangle": "^",
    "diamond": "D",
    "star": "*",
    "cross": "X",
}
# Four strokes to the cell of a hatch read as a tone at the size of a legend's sign.
HATCH_REPEAT = 2


def marker_of(style: Style) -> str | Path:
    """A plain sign as matplotlib calls it, or the outline of an icon."""
    plain = MARKERS.get(style.marker)
    return marker_path(style.marker) if plain is None else plain


def dashes(style: Style) -> Dashes:
    """A style's dashes as matplotlib takes them: in widths of the line, on the page in points."""
    if not style.dash:
        return "solid"
    dash = style.dash if len(style.dash) % 2 == 0 else style.dash * 2
    return (0, tuple(max(step, 0.1) / max(style.width, 0.1) for step in dash))


def line_style(style: Style) -> PathLook:
    """Keywords of a stroked path."""
    return {
        "facecolor": "none",
        "edgecolor": style.color,
        "lw": style.width,
        "ls": dashes(style),
        "alpha": style.opacity,
        "capstyle": "butt" if style.dash else "round",
        "joinstyle": "round",
    }


def area_style(style: Style) -> PathLook:
    """Keywords of a filled path without its edge; a hatch has the colour of the stroke."""
    look: PathLook = {
        "facecolor": (style.fill, style.fill_opacity * style.opacity) if style.fill else "none",
        "edgecolor": "none",
        "lw": 0,
    }
    if style.hatch:
        repeat = 1 if style.hatch in ".o" else HATCH_REPEAT
        look |= {"hatch": style.hatch * repeat, "hatchcolor": (style.color, 0.9 * style.opacity)}
    return look


def marker_style(style: Style) -> PathLook:
    """Keywords of a filled marker."""
    fill = style.fill or style.color
    return {
        "facecolor": (fill, style.fill_opacity * style.opacity),
        "edgecolor": style.color,
        "lw": min(style.width, 0.9),
    }


def swatch_style(style: Style, beneath: str) -> PathLook:
    """Keywords of a sample in a legend: opaque, in the colour that the area has upon another."""
    look = area_style(style)
    if style.fill:
        look["facecolor"] = mix(style.fill, beneath, style.fill_opacity * style.opacity)
    return look
