"""Colours of classes from a ramp: light is little and dark is much, or both ways from a centre."""

from __future__ import annotations

from collections.abc import Sequence

from shekara.atlas.ramps import DIVERGING

# matplotlib runs these from dark to light; a map is pale where there is little.
FROM_DARK = frozenset({"viridis", "cividis", "plasma", "magma"})
# The ends of a ramp are nearly white and nearly black: neither is told from ground or outline.
PALEST, DARKEST = 0.08, 0.95
USUAL, USUAL_DIVERGING, USUAL_CATEGORIES = "viridis", "PuOr", "okabe_ito"
OKABE_ITO_BLACK = "#000000"  # of lines and letters, not of areas


def colours(ramp: str | Sequence[str], places: Sequence[float], reverse: bool) -> list[str]:
    """The colours at places of a ramp, 0 (its beginning) to 1 (its end), "#rrggbb"."""
    from matplotlib import colormaps
    from matplotlib.colors import LinearSegmentedColormap, to_hex

    if isinstance(ramp, str):
        colormap = colormaps[ramp]
        turned = reverse != (ramp in FROM_DARK)
        ends = (PALEST, DARKEST) if ramp not in DIVERGING else (1 - DARKEST, DARKEST)
    else:  # an author's own colours are taken to their ends
        colormap = LinearSegmentedColormap.from_list("own", list(ramp))
        turned, ends = reverse, (0.0, 1.0)
    at = [ends[0] + (ends[1] - ends[0]) * place for place in places]
    return [str(to_hex(colormap(1 - place if turned else place))) for place in at]


def places(
    limits: Sequence[tuple[float | None, float | None]], centre: float | None, two_sided: bool
) -> list[float]:
    """Where each class lies on a ramp, from 0 to 1.

    Parameters
    ----------
    limits
        Lower and upper limit of each class, lowest class first; None where it is open.
    centre
        The value at the middle of a ramp with two sides; as many classes away from it, below or
        above, as strong. None: the middle class, or the limit between the two middle ones.
    two_sided
        Whether the ramp has two sides.
    """
    count = len(limits)
    if not two_sided:
        return [place / max(count - 1, 1) for place in range(count)]
    if centre is None:
        below = above = count // 2
    else:
        below = sum(1 for _, high in limits if high is not None and high <= centre)
        above = sum(1 for low, _ in limits if low is not None and low >= centre)
    strongest = max(below, above, 1)
    result = []
    for place in range(count):
        if place < below:
            steps = place - below
        elif place >= count - above:
            steps = place - (count - above) + 1
        else:
            steps = 0
        result.append(0.5 + 0.5 * steps / strongest)
    return result


def categories(ramp: str | Sequence[str], reverse: bool) -> list[str]:
    """The colours of a ramp without an order, first to last."""
    if not isinstance(ramp, str):
        named = list(ramp)
    else:
        from matplotlib import color_sequences
        from matplotlib.colors import to_hex

        named = [str(to_hex(colour)) for colour in color_sequences[ramp]]
        named = [colour for colour in named if colour != OKABE_ITO_BLACK]
    return named[::-1] if reverse else named
