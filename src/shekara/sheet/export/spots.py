"""Spot colours: colours of a map that go to plates of their own, as a user or a style names them.

A plate has one ink. So all that goes to it is of one solid colour or a tint of that: two colours on
one plate would be printed alike, and are refused.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from shekara.atlas.style import known_ink
from shekara.colour import channels, hex_of, mix
from shekara.errors import InputError, UsageError
from shekara.scene.model import Scene
from shekara.sheet.symbols.palette import LAND

SPOT = re.compile(r"#([0-9a-fA-F]{6})\s*=\s*(.+)")


@dataclass(frozen=True)
class Spot:
    """A plate of its own: the colour that goes there, red, green and blue 0 to 1, and its name."""

    color: tuple[float, float, float]
    name: str
    tint: float = 1.0  # how much of the ink makes the colour
    # Whose style names the plate; "" where the user does: a map without the colour is then refused.
    layer: str = ""


def read_spot(text: str) -> Spot:
    """A spot colour as a user writes it.

    >>> read_spot("#b31e1e=PANTONE 1805 C").name
    'PANTONE 1805 C'

    Raises
    ------
    UsageError
        It is no colour with a name.
    """
    match = SPOT.fullmatch(text.strip())
    if not match or not _is_ink(match[2]):
        raise UsageError(
            f"--spot {text!r}: give a colour of the map and the name of its ink, "
            'as "#b31e1e=PANTONE 1805 C"'
        )
    red, green, blue = (int(match[1][place : place + 2], 16) / 255 for place in (0, 2, 4))
    return Spot((red, green, blue), match[2])


def _is_ink(name: str) -> bool:
    try:
        return known_ink(name) == name
    except ValueError:
        return False


def spots_of(scene: Scene) -> list[Spot]:
    """The plates that the styles of a map's layers name, solid and as the legend shows them."""
    spots: dict[tuple[str, str, float], Spot] = {}
    for layer in scene.layers:
        # In the order of the layer, which is the same in every process; that of a set is not.
        for style in dict.fromkeys(feature.style for feature in layer.features):
            if not style.spot:
                continue
            colour = style.color if layer.kind == "line" else style.fill or style.color
            tint = round(style.opacity * (style.fill_opacity if layer.kind == "polygon" else 1), 3)
            for shown, share in ((colour, 1.0), (mix(colour, LAND, tint), tint)):
                spot = Spot(channels(shown), style.spot, share, layer.name)
                spots.setdefault((style.spot, shown, share), spot)
    return sorted(spots.values(), key=lambda spot: -spot.tint)


def check_plates(spots: Sequence[Spot]) -> None:
    """See that no plate has two solid colours.

    Raises
    ------
    InputError
        The styles of layers name one ink for two colours.
    UsageError
        --spot names an ink for another colour than the one that it has already.
    """
    solid: dict[str, Spot] = {}
    for spot in spots:
        if spot.tint < 1:
            continue
        first = solid.setdefault(spot.name, spot)
        if first.color != spot.color:
            told = " and ".join(f"{hex_of(*each.color)} ({_where(each)})" for each in (first, spot))
            kind = InputError if first.layer and spot.layer else UsageError
            raise kind(
                f"spot {spot.name!r} is named for two colours, {told}, which one ink would print "
                "alike; name an ink for each colour (classes take over the `spot` of their "
                "layer's style: write it into each class instead), or make the lighter one by "
                "fill_opacity"
            )


def _where(spot: Spot) -> str:
    return f"style of layers/{spot.layer}.toml or its map" if spot.layer else "--spot"
