"""Colour as numbers: light, lightness and contrast of sRGB colours, by the published formulas.

Colours are texts of the form ``#rrggbb``. Web pages and sheets both measure with these functions.
"""

from __future__ import annotations

import colorsys
import math

Rgb = tuple[float, float, float]
Lab = tuple[float, float, float]

# Linear sRGB to CIE XYZ under D65 (IEC 61966-2-1); its second row is relative luminance.
TO_XYZ = (
    (0.4124564, 0.3575761, 0.1804375),
    (0.2126729, 0.7151522, 0.0721750),
    (0.0193339, 0.1191920, 0.9503041),
)
WHITE_XYZ = (0.95047, 1.0, 1.08883)


def channels(colour: str) -> Rgb:
    """Red, green and blue of ``#rrggbb``, 0 to 1."""
    red, green, blue = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    return red, green, blue


def hex_of(red: float, green: float, blue: float) -> str:
    """The colour ``#rrggbb`` of three channels; what is out of 0 to 1 is clipped."""
    return "#" + "".join(f"{round(min(max(c, 0.0), 1.0) * 255):02x}" for c in (red, green, blue))


def linear(colour: str) -> Rgb:
    """The light of an sRGB colour, three values from 0 to 1 (IEC 61966-2-1)."""
    red, green, blue = (
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels(colour)
    )
    return red, green, blue


def encoded(light: Rgb) -> Rgb:
    """The channels of an sRGB colour that gives this light, 0 to 1."""
    red, green, blue = (
        c * 12.92 if c <= 0.0031308 else 1.055 * c ** (1 / 2.4) - 0.055
        for c in (min(max(c, 0.0), 1.0) for c in light)
    )
    return red, green, blue


def luminance(colour: str) -> float:
    """Relative luminance, 0 to 1, by the definition of WCAG 2.2."""
    red, green, blue = linear(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(first: str, second: str) -> float:
    """Contrast ratio of two colours, 1 to 21, by the definition of WCAG 2.2."""
    low, high = sorted((luminance(first), luminance(second)))
    return (high + 0.05) / (low + 0.05)


def lab(colour: str) -> Lab:
    """CIE L*a*b* of an sRGB colour under D65."""
    light = linear(colour)
    xyz = [
        sum(weight * part for weight, part in zip(row, light, strict=True)) / white
        for row, white in zip(TO_XYZ, WHITE_XYZ, strict=True)
    ]
    x, y, z = (
        math.cbrt(part) if part > (6 / 29) ** 3 else part / (3 * (6 / 29) ** 2) + 4 / 29
        for part in xyz
    )
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def mix(colour: str, ground: str, opacity: float) -> str:
    """The opaque colour that a transparent one makes on a ground."""
    return hex_of(
        *(
            a * opacity + b * (1 - opacity)
            for a, b in zip(channels(colour), channels(ground), strict=True)
        )
    )


def hls(colour: str) -> tuple[float, float, float]:
    """Hue, lightness and saturation, 0 to 1."""
    return colorsys.rgb_to_hls(*channels(colour))


def of_hls(hue: float, light: float, saturation: float) -> str:
    """The colour of a hue, lightness and saturation, 0 to 1."""
    return hex_of(*colorsys.hls_to_rgb(hue, light, saturation))


def darkened(colour: str, ground: str, least: float) -> str:
    """The colour in its own hue, darkened in steps until it has a contrast to a light ground."""
    hue, light, saturation = hls(colour)
    while contrast(colour, ground) < least and light > 0:
        light = max(light - 0.02, 0.0)
        colour = of_hls(hue, light, saturation)
    return colour
