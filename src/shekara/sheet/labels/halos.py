"""The colour of the halo around a name: that of the ground on which it stands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from shekara.colour import contrast, mix
from shekara.sheet.labels.candidates import Candidate
from shekara.sheet.labels.placement import Names, Placed
from shekara.sheet.labels.style import LEAST_CONTRAST
from shekara.sheet.symbols.palette import LAND
from shekara.sheet.symbols.tints import tints_of

SHARES = (0.02, 0.2, 0.4, 0.6, 0.8, 0.98)  # of a level name's width, where its ground is looked at
STEP = 0.1  # of white, until the letters stand out
WHITE = "#ffffff"


def halos_of(names: Names) -> list[str]:
    """For each placed name the colour of its halo, "#rrggbb".

    A white halo on a tint is a hole in the map. That of the tint itself hides lines and hatches
    alone; it is lightened where the letters would not stand out. Of several tints the one counts
    on which most of the name stands. Upon an area that is printed in an ink of its own the halo is
    white: there no mixture of the press's inks is like the ground.
    """
    tints = tints_of((shape, item.layer, item.style) for shape, item in names.items)
    own_ink = any(item.style.spot for _, item in names.items)
    spots = [_places(placed.candidate) for placed in names.placed]
    colours = tints.at([spot for places in spots for spot in places])
    result, start = [], 0
    for placed, places in zip(names.placed, spots, strict=True):
        upon = Counter(colours[start : start + len(places)])
        start += len(places)
        result.append(WHITE if own_ink else _lightened(upon.most_common(1)[0][0], placed))
    return result


def _places(candidate: Candidate) -> Sequence[tuple[float, float]]:
    if candidate.letters:
        return [(letter.x, letter.y) for letter in candidate.letters]
    box = candidate.box
    return [(box.x + share * box.width, box.y + box.height / 2) for share in SHARES]


def _lightened(colour: str, placed: Placed) -> str:
    letters, white = placed.name.style.color, 0.0
    wanted = min(LEAST_CONTRAST, contrast(LAND, letters))  # quiet names are quiet on land, too
    while white < 1 and contrast(mix(WHITE, colour, white), letters) < wanted:
        white += STEP
    return mix(WHITE, colour, min(white, 1.0))
