"""Colours for a dark page: the same hue, as light as it must be to stand out from a dark map."""

from __future__ import annotations

import re

from shekara.colour import contrast, hls, luminance, of_hls

# The land of a light and of a dark page; assets/page.css has the same values as --land.
DARK_LAND = "#23282d"
LIGHT_LAND = "#f6f4ef"
# Text needs 4.5 : 1 (criterion 1.4.3).
TEXT_CONTRAST = 4.5
# Luminance of fillings on a dark page. Brighter ones than this are dimmed, by as much as leaves
# this share of what is above it: a white area would glare. Darker ones are lifted, black to what
# stands out from the land (CONTRAST asks for 0.163; the rest is room for rounding).
BRIGHT = 0.3
LEFT = 0.35
DARKEST = 0.17
# Graphical objects need 3 : 1 against what is beside them (WCAG 2.2, criterion 1.4.11).
CONTRAST = 3.0

_HEX = re.compile(r"#[0-9a-fA-F]{6}")


def is_colour(text: str) -> bool:
    """Whether a text is a colour of the form ``#rrggbb``, the only form that reaches a page."""
    return _HEX.fullmatch(text) is not None


def for_text(colour: str, land: str) -> str:
    """The colour, darkened or lightened in steps until text in it can be read on the land."""
    hue, light, saturation = hls(colour)
    saturation = min(saturation, 0.5)
    step, end = (-0.02, 0.0) if luminance(land) > 0.5 else (0.02, 1.0)
    colour = of_hls(hue, light, saturation)
    while contrast(colour, land) < TEXT_CONTRAST and light != end:
        light = min(1.0, max(0.0, light + step))
        colour = of_hls(hue, light, saturation)
    return colour


def fill_for_dark(colour: str) -> str:
    """A filling for a dark map: bright ones are dimmed and dark ones lifted, and what is lighter
    stays lighter, so that classes keep their order."""
    given = luminance(colour)
    share = LEFT if given > BRIGHT else 1 - DARKEST / BRIGHT
    goal = BRIGHT + share * (given - BRIGHT)
    hue, light, saturation = hls(colour)
    # As colourful as it is: of one saturation a pale or a dark colour would become a vivid one.
    colourful = saturation * (1 - abs(2 * light - 1))

    def of_light(light: float) -> str:
        return of_hls(hue, light, min(saturation, colourful / max(1 - abs(2 * light - 1), 0.01)))

    low, high = 0.0, 1.0
    for _ in range(20):
        middle = (low + high) / 2
        low, high = (middle, high) if luminance(of_light(middle)) < goal else (low, middle)
    return of_light(high)


def for_dark(colour: str) -> str:
    """The colour, lightened in steps until it stands out from the dark map."""
    hue, light, saturation = hls(colour)
    while contrast(colour, DARK_LAND) < CONTRAST and light < 1:
        light = min(1.0, light + 0.02)
        colour = of_hls(hue, light, saturation)
    return colour


def quiet_dark(colour: str) -> str:
    """A background colour turned over: pale land becomes dark land, white becomes nearly black."""
    hue, light, saturation = hls(colour)
    return of_hls(hue, 0.1 + 0.55 * (1 - light) ** 0.9, saturation * 0.2)
