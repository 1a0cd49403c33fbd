"""Outlines of icons: one closed path in a box of side 1 round the middle, as text of SVG.

The text holds M, L, Q, C and Z with absolute positions and y downwards, and nothing else. Both
drawings take it where `Style.marker` is no plain sign.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING

from shekara.atlas.icons import SETS, glyph

if TYPE_CHECKING:
    from matplotlib.path import Path

CODES = {"M": 1, "L": 2, "Q": 3, "C": 4, "Z": 79}  # matplotlib's, of each kind of step
STEP = re.compile(r"([MLQCZ])([-\d. ]*)")
PLAIN = frozenset({"circle", "square", "triangle", "diamond", "star", "cross"})


@lru_cache(maxsize=256)
def outline(name: str) -> str:
    """The outline of an icon, such as mdi7.anchor.

    Raises
    ------
    ValueError
        There is none of that name (`shekara.atlas.icons`).
    """
    from fontTools.pens.boundsPen import BoundsPen  # type: ignore[import-untyped]
    from fontTools.pens.recordingPen import DecomposingRecordingPen  # type: ignore[import-untyped]
    from fontTools.pens.transformPen import TransformPen  # type: ignore[import-untyped]
    from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

    drawn = glyph(name)
    # What it says of a font's dates is nothing for a reader of maps.
    logging.getLogger("fontTools").setLevel(logging.ERROR)
    with TTFont(drawn.font, lazy=True) as font:
        glyphs = font.getGlyphSet()
        shape = glyphs[font.getBestCmap()[ord(drawn.character)]]
        bounds = BoundsPen(glyphs)
        shape.draw(bounds)
        west, south, east, north = bounds.bounds
        scale = 1 / max(east - west, north - south)
        middle = (-scale * (west + east) / 2, scale * (south + north) / 2)
        recorded = DecomposingRecordingPen(glyphs)
        shape.draw(TransformPen(recorded, (scale, 0, 0, -scale, *middle)))
    return "".join(_steps(recorded.value))


def _steps(recorded: Iterable[tuple[str, tuple[tuple[float, float], ...]]]) -> Iterable[str]:
    from fontTools.pens.basePen import decomposeQuadraticSegment  # type: ignore[import-untyped]

    for step, points in recorded:
        if step == "moveTo":
            yield "M" + _written(points)
        elif step == "lineTo":
            yield "L" + _written(points)
        elif step == "curveTo":
            yield "C" + _written(points)
        elif step == "qCurveTo":
            for off, on in decomposeQuadraticSegment(points):
                yield "Q" + _written((off, on))
        else:
            yield "Z"


def _written(points: Iterable[tuple[float, float]]) -> str:
    return " ".join(f"{x:.3f} {y:.3f}" for x, y in points)


@lru_cache(maxsize=256)
def marker_path(data: str) -> Path:
    """An outline as matplotlib takes it for a marker, y upwards."""
    from matplotlib.path import Path

    vertices: list[tuple[float, float]] = []
    codes: list[int] = []
    for step, numbers in STEP.findall(data):
        values = [float(number) for number in numbers.split()] or [0.0, 0.0]
        points = [(x, -y) for x, y in zip(values[::2], values[1::2], strict=True)]
        vertices += points
        codes += [CODES[step]] * len(points)
    return Path(vertices, codes)


def set_of(name: str) -> tuple[str, str]:
    """What the icons of a package are called, and their licence."""
    return SETS[name.partition(".")[0]]
