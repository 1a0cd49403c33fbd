"""The atlas's logo on paper: shapes as shapes, pixels as they are."""

from __future__ import annotations

import io

import numpy as np
import shapely
from matplotlib.path import Path
from shapely.geometry.base import BaseGeometry

from shekara.pictures import Logo, Outline
from shekara.scene.pictures import Sign
from shekara.sheet.map.projected import path_of, polygons_of
from shekara.sheet.paper.canvas import Canvas
from shekara.sheet.paper.paper import POINT_MM, Box

WIDEST = 6.0  # times as wide as high
CODES = {"move": (Path.MOVETO,), "line": (Path.LINETO,), "curve": (Path.CURVE4,) * 3}


def size_of(logo: Logo, high: float) -> tuple[float, float]:
    """Width and height of a logo that is at most so high, mm; a long one is as wide as it may."""
    wide = min(high * logo.width / logo.height, WIDEST * high)
    return wide, wide * logo.height / logo.width


def draw_sign(canvas: Canvas, sign: Sign, box: Box) -> None:
    """Draw a logo in a box of its own proportions."""
    with canvas.tagged("Figure", sign.title, box=box):
        if sign.logo.kind == "png":
            _draw_pixels(canvas, sign.logo, box)
        for outline in sign.logo.outlines:
            _draw_outline(canvas, sign.logo, outline, box)


def _draw_pixels(canvas: Canvas, logo: Logo, box: Box) -> None:
    from PIL import Image

    page = canvas.page
    with Image.open(io.BytesIO(logo.data)) as picture:
        pixels = np.asarray(picture.convert("RGBA"))
    place = (
        box.x / page.width,
        box.y / page.height,
        box.width / page.width,
        box.height / page.height,
    )
    ax = canvas.figure.add_axes(place, label="logo")
    ax.set_axis_off()
    ax.imshow(pixels, aspect="auto", interpolation="none")
    canvas.place(ax)


def _draw_outline(canvas: Canvas, logo: Logo, outline: Outline, box: Box) -> None:
    scale = box.width / logo.width
    points: list[tuple[float, float]] = []
    codes: list[np.uint8] = []
    for name, at in outline.steps:
        if name == "close":
            points.append(points[-1] if points else (0.0, 0.0))
            codes.append(Path.CLOSEPOLY)
            continue
        points += [(box.x + x * scale, box.top - y * scale) for x, y in at]
        codes += CODES[name]
    if not points:
        return
    path = Path(points, np.array(codes, dtype=np.uint8))
    if outline.fill:
        area = even_odd(path) if outline.evenodd else path
        canvas.path(area, facecolor=outline.fill, lw=0, alpha=outline.fill_opacity)
    if outline.stroke and outline.width > 0:
        line = outline.width * scale / POINT_MM
        canvas.path(
            path, facecolor="none", edgecolor=outline.stroke, lw=line, alpha=outline.stroke_opacity
        )


def even_odd(path: Path) -> Path:
    """The area of a path by the even-odd rule as one that any rule fills alike.

    PDF and matplotlib fill by the winding rule. Rings are joined where an odd number of them
    overlap (SVG 1.1, 11.3, `fill-rule`), and holes run against their shells.
    """
    closed = [np.asarray(ring, dtype=float) for ring in path.to_polygons(closed_only=True)]
    rings = [ring for ring in closed if len(ring) > 3]
    areas = [shapely.make_valid(shapely.Polygon(ring)) for ring in rings]
    area: BaseGeometry = shapely.Polygon()
    for other in areas:
        area = area.symmetric_difference(other)
    return path_of(shapely.MultiPolygon(polygons_of(area))) or Path(np.zeros((1, 2)))
