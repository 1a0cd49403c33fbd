"""True sizes: areas of a layer side by side at one scale, each in an equal-area projection."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
import shapely
from pyproj import Transformer
from shapely.geometry.base import BaseGeometry

from shekara.scene.model import Feature, Scene, SheetOutlines, Style
from shekara.sheet.identity import Same
from shekara.sheet.map.frame import Array
from shekara.sheet.map.projected import path_of, polygons_of
from shekara.sheet.marginalia.heading import draw_title, title_mm
from shekara.sheet.paper.canvas import GREY, Canvas
from shekara.sheet.paper.fonts import line_mm, width_mm
from shekara.sheet.paper.lines import wrap
from shekara.sheet.paper.paper import POINT_MM, Box
from shekara.sheet.paper.paragraph import SMALL_PT

TALLEST = 0.8  # of the block, of its width
GAP_MM = 2.0
DETAIL_MM, LEAST_MM2 = 0.1, 0.15
HALVINGS = 24
FAR, MOST_LOST = 0.5, 0.05  # of the size of an area, and of the area
NAME_MM = 24.0  # a name wider than this, and than its area, takes a second line


@dataclass(frozen=True)
class Shape:
    """An area in its own projection, its middle at zero, metres."""

    name: str
    outline: BaseGeometry
    wide: float
    high: float
    style: Style


@dataclass(frozen=True)
class Placed:
    """A shape in a row: the left end and the top of its cell, and the width of it, mm."""

    shape: Shape
    x: float
    top: float
    width: float
    high: float
    lines: tuple[str, ...]  # of its name


@lru_cache(maxsize=256)
def _flat(same: Same[BaseGeometry]) -> BaseGeometry:
    return laid_flat(same.value)


def laid_flat(geometry: BaseGeometry) -> BaseGeometry:
    """An area in the azimuthal equal-area projection about its own middle, metres.

    Parameters
    ----------
    geometry : BaseGeometry
        Polygons, lon lat, degrees; they may cross the antimeridian.
    """
    geometry = shapely.segmentize(geometry, 2.0)  # so that every part of the rim counts
    lon, lat = np.radians(shapely.get_coordinates(geometry)).T
    x, y, z = (
        float(part.mean())
        for part in (np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat))
    )
    middle = math.degrees(math.atan2(y, x)), math.degrees(math.atan2(z, math.hypot(x, y)))
    plane = f"+proj=laea +lat_0={middle[1]:.4f} +lon_0={middle[0]:.4f} +datum=WGS84 +units=m"
    to_plane = Transformer.from_crs("EPSG:4326", f"{plane} +type=crs", always_xy=True)

    def metres(lonlat: Array) -> Array:
        return np.column_stack(to_plane.transform(lonlat[:, 0], lonlat[:, 1]))

    flat = shapely.transform(geometry, metres)
    return flat if flat.is_valid else shapely.make_valid(flat)


@dataclass(frozen=True)
class Outlines:
    """The areas of a layer as a block."""

    scene: Scene
    wish: SheetOutlines
    keep: bool = False
    stretch: float = 0.0
    lead: float = 2.2

    @cached_property
    def shapes(self) -> tuple[Shape, ...]:
        """The areas, the largest first."""
        shapes = [_shape(area) for area in self.wish.areas]
        return tuple(sorted(shapes, key=lambda shape: -shape.outline.area))

    def _words_mm(self, width: float, type_scale: float) -> float:
        title = title_mm(self.wish.title, width, type_scale)
        return title + line_mm(SMALL_PT * type_scale) + 1.0

    def height(self, width: float, type_scale: float) -> float:
        """Title, scale, and the rows of areas, mm."""
        scale = self._scale(width, type_scale)
        _, high = _rows(self.shapes, scale, width, type_scale)
        return self._words_mm(width, type_scale) + high

    def _scale(self, width: float, type_scale: float) -> float:
        """Millimetres to the metre: as many as the block holds."""
        low, high = 0.0, width / max(shape.wide for shape in self.shapes)
        for _ in range(HALVINGS):
            middle = (low + high) / 2
            right, down = _rows(self.shapes, middle, width, type_scale)
            fits = down <= TALLEST * width and all(
                item.x + item.width <= width + 1e-6 for item in right
            )
            low, high = (middle, high) if fits else (low, middle)
        return low

    def draw(self, canvas: Canvas, box: Box, type_scale: float) -> None:
        """Draw the title, the scale, and every area over its name."""
        small = SMALL_PT * type_scale
        y = draw_title(canvas, box, self.wish.title, type_scale)
        scale = self._scale(box.width, type_scale)
        say = self.scene.say
        digits = 1 - len(str(int(1000 / scale)))
        with canvas.tagged("P"):
            text = say.message(
                "sheet_true_sizes", scale=say.number(round(1000 / scale, digits + 1))
            )
            canvas.text(box.x, y, text, small, color=GREY)
        top = box.top - self._words_mm(box.width, type_scale)
        placed, _ = _rows(self.shapes, scale, box.width, type_scale)
        names = ", ".join(shape.name for shape in self.shapes)
        with canvas.tagged("Figure", f"{self.wish.title}: {names}", box=box):
            for item in placed:
                self._area(canvas, item, box.x, top, scale)
                base = top - item.top - item.high + 0.3 * small * POINT_MM
                for above, line in enumerate(reversed(item.lines)):
                    centre = box.x + item.x + item.width / 2
                    canvas.text(centre, base + above * line_mm(small), line, small, ha="center")

    def _area(self, canvas: Canvas, item: Placed, x: float, top: float, scale: float) -> None:
        """An area in the middle of its cell."""
        middle = x + item.x + item.width / 2, top - item.top - item.shape.high * scale / 2
        left, bottom, right, up = item.shape.outline.bounds
        centre = (left + right) / 2, (bottom + up) / 2
        flat = shapely.transform(item.shape.outline, lambda xy: (xy - centre) * scale + middle)
        kept = [part for part in polygons_of(flat) if part.area >= LEAST_MM2]
        path = path_of(shapely.simplify(shapely.MultiPolygon(kept), DETAIL_MM))
        if path is not None:
            fill = item.shape.style.fill or item.shape.style.color
            canvas.path(path, fc=fill, alpha=0.85, ec=item.shape.style.color, lw=0.3)


def _shape(feature: Feature) -> Shape:
    assert feature.geometry is not None
    flat = without_outliers(_flat(Same(feature.geometry)))
    left, bottom, right, top = flat.bounds
    return Shape(feature.label or feature.name, flat, right - left, top - bottom, feature.style)


def without_outliers(flat: BaseGeometry) -> BaseGeometry:
    """An area without small parts that lie far off: they would leave its cell empty between.

    Parts that are farther from the rest than half its size go, all of them together no more than a
    twentieth of the area; else the area stays whole.
    """
    parts = sorted(polygons_of(flat), key=lambda part: -part.area)
    if len(parts) < 2:
        return flat
    kept, rest = [parts[0]], parts[1:]
    while rest:
        left, low, right, top = shapely.MultiPolygon(kept).bounds
        reach = FAR * math.hypot(right - left, top - low)
        hull = shapely.box(left, low, right, top)
        near = [part for part in rest if part.distance(hull) <= reach]
        if not near:
            break
        kept += near
        rest = [part for part in rest if part.distance(hull) > reach]
    lost = sum(part.area for part in rest)
    return flat if lost > MOST_LOST * flat.area else shapely.MultiPolygon(kept)


def _rows(
    shapes: tuple[Shape, ...], scale: float, width: float, type_scale: float
) -> tuple[list[Placed], float]:
    """The shapes in rows of a width, each over its name, and how high all rows are, mm."""
    small = SMALL_PT * type_scale
    placed: list[Placed] = []
    x = top = tallest = 0.0
    for shape in shapes:
        room = min(max(shape.wide * scale, NAME_MM * type_scale), width - GAP_MM)
        lines = tuple(wrap(shape.name, room, small))
        words = max((width_mm(line, small) for line in lines), default=0.0)
        wide = max(shape.wide * scale, words) + GAP_MM
        high = shape.high * scale + len(lines) * line_mm(small) + GAP_MM / 2
        if x and x + wide > width:
            x, top, tallest = 0.0, top + tallest, 0.0
        placed.append(Placed(shape, x, top, wide, high, lines))
        x, tallest = x + wide, max(tallest, high)
    return placed, top + tallest
