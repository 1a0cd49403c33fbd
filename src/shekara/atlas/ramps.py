"""Names of the colour ramps that an atlas may ask for: those that the colour-blind can read.

The colours are matplotlib's, from ColorBrewer (Brewer 2003), van der Walt and Smith (viridis,
plasma, magma), Nuñez et al. (cividis), Okabe and Ito, and Petroff. Ramps whose classes a
colour-blind reader takes for each other (RdYlGn, Spectral, jet, BuGn, Set1 …) are left out.
"""

from __future__ import annotations

from shekara.spelling import closest

SEQUENTIAL = (
    "viridis", "cividis", "plasma", "magma",
    "Blues", "Greens", "Greys", "Oranges", "Purples", "Reds",
    "BuPu", "GnBu", "OrRd", "PuBu", "PuBuGn", "PuRd", "RdPu", "YlGn", "YlGnBu", "YlOrBr", "YlOrRd",
)  # fmt: skip
DIVERGING = ("BrBG", "PiYG", "PRGn", "PuOr", "RdBu", "RdYlBu")
QUALITATIVE = ("okabe_ito", "petroff6", "petroff8", "petroff10")
RAMPS = (*SEQUENTIAL, *DIVERGING, *QUALITATIVE)
_BY_SMALL_LETTERS = {name.casefold(): name for name in RAMPS}


def known_ramp(name: str) -> str:
    """The ramp as matplotlib writes it, whatever its capitals.

    Raises
    ------
    ValueError
        There is no such ramp; the message names all that there are.
    """
    ramp = _BY_SMALL_LETTERS.get(name.casefold().replace("-", "_"))
    if ramp is None:
        nearest = closest(name, RAMPS)
        meant = f"did you mean {nearest!r}? " if nearest else ""
        raise ValueError(
            f"is no ramp; {meant}There are, from little to much: {', '.join(SEQUENTIAL)}; "
            f"to both sides of a middle: {', '.join(DIVERGING)}; for kinds without an order: "
            f'{", ".join(QUALITATIVE)}; or a list of colours, such as ["#ffffff", "#08306b"]'
        )
    return ramp
