"""Fillings of a dark page."""

from __future__ import annotations

from itertools import pairwise

import pytest

from shekara.colour import contrast, luminance
from shekara.web.colour import CONTRAST, DARK_LAND, fill_for_dark

# From light to dark: browns, ColorBrewer's Blues and Greys, matplotlib's viridis and magma.
RAMPS = [
    ("#f7ecd0", "#dfc085", "#b08d57"),
    ("#eff3ff", "#bdd7e7", "#6baed6", "#3182bd", "#08519c"),
    ("#f7fbff", "#c6dbef", "#6baed6", "#2171b5", "#08306b"),
    ("#ffffff", "#d9d9d9", "#969696", "#525252", "#252525", "#000000"),
    ("#fde725", "#5ec962", "#21918c", "#3b528b", "#440154"),
    ("#fcfdbf", "#fc8961", "#b73779", "#51127c", "#000004"),
]


@pytest.mark.parametrize("ramp", RAMPS)
def test_classes_keep_their_order_on_a_dark_page(ramp: tuple[str, ...]) -> None:
    """The lighter stays the lighter, each stands out from the land, and none glares."""
    dark = [fill_for_dark(colour) for colour in ramp]
    assert all(luminance(a) > luminance(b) for a, b in pairwise(dark))
    assert all(contrast(colour, DARK_LAND) >= CONTRAST for colour in dark)
    assert max(map(luminance, dark)) < 0.56
