"""How names look: one size, face, colour and spacing for each class of names."""

from __future__ import annotations

from dataclasses import dataclass, replace

from shekara.colour import darkened, lab
from shekara.sheet.map.drawn import Drawn
from shekara.sheet.paper.fonts import FLOOR_PT, Face
from shekara.sheet.symbols.palette import is_water

STATE, NEIGHBOUR, REGION = "#6d6259", "#8a8078", "#6b5f4e"
WATER, INK = "#2f6f95", "#1d1d1d"
LEAST_CONTRAST = 4.5  # of a line's name on white paper
MOST_SPACING_EM = 0.32
NARROWER = 4  # exponent: on a figure of 85 mm, whose names are of 0.8, letters stand 0.13 em apart
# Sizes of the names of points by rank; the last one serves all further ranks.
POINT_PT = (10.0, 10.0, 8.2, 7.2, 6.5)
NODE_PT = 8.0  # of the places that flows join
WATER_PT = (9.0, 9.0, 9.0, 7.0, 6.8)


@dataclass(frozen=True)
class NameStyle:
    """How the names of one class are set."""

    face: Face
    size_pt: float
    color: str
    spacing_em: float = 0.0
    capitals: bool = False


def style_of(item: Drawn, type_scale: float) -> NameStyle:
    """The class of a name in the size that its author wants, else in that of the class."""
    usual = _class_of(item, type_scale)
    wanted = item.feature.label_size
    return usual if wanted is None else replace(usual, size_pt=wanted)


def _class_of(item: Drawn, type_scale: float) -> NameStyle:
    """The class of a name: by the kind of its feature, its place on the map, and its rank."""
    rank = min(max(item.feature.rank, 1), 9)

    def size(points: float) -> float:
        return max(points * type_scale, FLOOR_PT)

    water = is_water(item.style.fill or item.style.color)
    if item.is_node:
        return NameStyle("semibold", size(NODE_PT), INK)
    if item.layer.kind == "point":
        face: Face = "bold" if rank <= 1 else "plain"
        return NameStyle(face, size(POINT_PT[min(rank, len(POINT_PT) - 1)]), INK)
    if item.layer.kind == "line":
        if item.layer.basemap and is_water(item.style.color):
            return NameStyle("serif slanted", size(6.8), WATER)
        colour = darkened(item.style.color, "#ffffff", LEAST_CONTRAST)
        return NameStyle("semibold slanted", size(6.8), colour)
    if water and item.layer.basemap:
        return NameStyle("serif slanted", size(WATER_PT[min(rank, len(WATER_PT) - 1)]), WATER)
    if item.layer.basemap:
        if rank <= 1:
            spacing = MOST_SPACING_EM * min(type_scale, 1.0) ** NARROWER
            return NameStyle("serif", size(13.0), STATE, spacing, capitals=True)
        points = 10.0 if rank == 2 else 8.0
        return NameStyle("serif", size(points), NEIGHBOUR, 0.12, capitals=True)
    colour = darkened(item.style.color, "#ffffff", LEAST_CONTRAST)
    if lab(colour)[0] > 60:
        colour = REGION
    return NameStyle("semibold", size(7.0), colour)


def shown(text: str, style: NameStyle) -> str:
    """The name as it is printed: capitals where the class has them and the script knows them."""
    if not style.capitals or any("\u10d0" <= char <= "\u10ff" for char in text):
        return text
    return text.upper()
