"""Fillings of a dark page."""

from __future__ import annotations

from itertools import pairwise

import pytest

from shekara.colour import contrast, luminance
from shekara.web.colour import CONTRAST, DARK_LAND, fill_for_dark

# From light to dark: a ramp of browns, ColorBrewer's Blues, greys.
RAMPS = [
    ("#f7ecd0", "#dfc085", "#b08d57"),
    ("#eff3ff", "#bdd7e7", "#6baed6", "#3182bd", "#08519c"),
    ("#ffffff", "#d9d9d9", "#969696"),
]


@pytest.mark.parametrize("ramp", RAMPS)
def test_classes_keep_their_order_on_a_dark_page(ramp: tuple[str, ...]) -> None:
    """The lighter stays the lighter, each stands out from the land, and none glares."""
    dark = [fill_for_dark(colour) for colour in ramp]
    assert all(luminance(a) > luminance(b) for a, b in pairwise(dark))
    assert all(contrast(colour, DARK_LAND) >= CONTRAST for colour in dark)
    assert max(map(luminance, dark)) < 0.56
