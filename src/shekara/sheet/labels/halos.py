"""The colours of a name and of the halo around it: those that suit the ground beneath it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from shekara.colour import contrast, darkened, luminance, mix
from shekara.sheet.labels.candidates import Candidate
from shekara.sheet.labels.placement import Names
from shekara.sheet.labels.style import INK, LEAST_CONTRAST
from shekara.sheet.paper.paper import Box
from shekara.sheet.symbols.palette import LAND
from shekara.sheet.symbols.tints import tints_of

SHARES = (0.02, 0.2, 0.4, 0.6, 0.8, 0.98)  # of a level name's width, where its ground is looked at
MOSTLY = 0.75  # of a name's places upon one ground: that is its ground
STEP = 0.1  # of white, until the letters stand out
WHITE = "#ffffff"


@dataclass(frozen=True)
class NameInk:
    """The colours of a placed name, "#rrggbb"."""

    letters: str
    halo: str

    @property
    def is_light(self) -> bool:
        """Whether light letters stand on a dark ground."""
        return self.letters == WHITE


def inks_of(names: Names) -> list[NameInk]:
    """For each placed name its colour and that of its halo.

    A white halo on a tint is a hole in the map. That of the tint itself hides lines and hatches
    alone; the letters are darkened in their own hue until they stand out upon it, or white where
    the tint is darker than that. A name that leaves a dark area keeps dark letters, and its halo
    is lightened. Of several tints the one counts on which nearly all of the name stands, else the
    lightest: a light halo upon a dark ground is common, a dark one upon a light ground is a stain.
    Upon an area that is printed in an ink of its own the halo is white: there no mixture of the
    press's inks is like the ground.
    """
    letters = [
        INK if placed.candidate.numbered else placed.name.style.color for placed in names.placed
    ]
    return _inks(names, letters, [_places(placed.candidate) for placed in names.placed])


def inks_at(names: Names, boxes: Sequence[Box], letters: str) -> list[NameInk]:
    """For each box on the map, mm, the colours of letters in it and of their halo.

    As `inks_of` has them: for what is no name, such as the degrees at the rim.
    """
    spots = [
        [(box.x + share * box.width, box.y + box.height / 2) for share in SHARES] for box in boxes
    ]
    return _inks(names, [letters] * len(boxes), spots)


def _inks(
    names: Names, letters: Sequence[str], spots: Sequence[Sequence[tuple[float, float]]]
) -> list[NameInk]:
    """Letters and halos upon the ground at some places along each of them."""
    tints = tints_of((shape, item.layer, item.style) for shape, item in names.items)
    own_ink = any(item.style.spot for _, item in names.items)
    colours = tints.at([spot for places in spots for spot in places])
    result, start = [], 0
    for colour, places in zip(letters, spots, strict=True):
        upon = colours[start : start + len(places)]
        start += len(places)
        result.append(NameInk(colour, WHITE) if own_ink else _ink(colour, upon))
    return result


def _places(candidate: Candidate) -> Sequence[tuple[float, float]]:
    if candidate.letters:
        return [(letter.x, letter.y) for letter in candidate.letters]
    box = candidate.box
    return [(box.x + share * box.width, box.y + box.height / 2) for share in SHARES]


def _ink(letters: str, upon: Sequence[str]) -> NameInk:
    """Letters and halo upon the colours of the ground along a name."""
    (common, count), *_ = Counter(upon).most_common(1)
    ground = common if count > MOSTLY * len(upon) else max(upon, key=luminance)
    darkest = common if ground == common else min(upon, key=luminance)
    wanted = min(LEAST_CONTRAST, contrast(LAND, letters))  # quiet names are quiet on land, too
    dark = [contrast(INK, colour) < LEAST_CONTRAST for colour in upon]
    if all(dark):
        return NameInk(WHITE, ground)
    if not any(dark):
        return NameInk(darkened(letters, darkest, wanted), ground)
    white = 0.0
    while white < 1 and contrast(mix(WHITE, ground, white), letters) < wanted:
        white += STEP
    return NameInk(letters, mix(WHITE, ground, min(white, 1.0)))
