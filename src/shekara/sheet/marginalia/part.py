"""A part of the map at a larger scale, in a box upon it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

import numpy as np
from shapely.geometry import LineString

from shekara.geometry.longitudes import short_way
from shekara.scene.model import Scene, SheetInset, Style
from shekara.sheet.identity import Same
from shekara.sheet.labels.draw import draw_list, draw_names
from shekara.sheet.labels.placement import Names, place_names
from shekara.sheet.map.drawn import Drawn, features_on_page
from shekara.sheet.map.features import add_map, draw_features
from shekara.sheet.map.frame import MapFrame, fit, projected_bounds
from shekara.sheet.map.graticule import Grid
from shekara.sheet.marginalia.heading import draw_title, title_mm
from shekara.sheet.marginalia.scale_bar import bar_mm, draw_bar, refusal
from shekara.sheet.paper.canvas import INK, Canvas
from shekara.sheet.paper.fonts import width_mm
from shekara.sheet.paper.paper import Box
from shekara.sheet.paper.paragraph import SMALL_PT
from shekara.sheet.view import claimed_features, named_in_legend

WIDTH_MM = 58.0
TALLEST = 1.15  # of a part's height, of its width
BAR_GAP_MM = 3.0  # between the numbers of the scale and its bar
RIM_PT = 0.6
LEAST_RIM_MM = 3.0  # a smaller rim is shown as a square of this size


@dataclass(frozen=True)
class MapPart:
    """A part of the map as a block: its title, its scale and its map."""

    scene: Scene
    part: SheetInset
    styles: tuple[tuple[int, Style], ...]
    keep: bool = False
    stretch: float = 0.0
    lead: float = 0.0

    @cached_property
    def _ground(self) -> tuple[float, float]:
        """Width and height of the part in the projection, metres."""
        left, low, right, high = projected_bounds(self.scene.projection, self.part.extent)
        return right - left, high - low

    def natural_width_mm(self, type_scale: float) -> float:
        """How wide the part is at its scale, or else as a box usually is, mm."""
        if self.part.scale is None:
            return WIDTH_MM * type_scale
        return self._ground[0] / self.part.scale * 1000

    def _words_mm(self, width: float, type_scale: float) -> float:
        return title_mm(self.part.title, width, type_scale) + bar_mm(type_scale)

    def height(self, width: float, type_scale: float) -> float:
        """Title, scale and map, mm."""
        wide, high = self._ground
        return self._words_mm(width, type_scale) + width * min(high / max(wide, 1.0), TALLEST)

    def map_frame(self, box: Box) -> MapFrame:
        """The window of the part in a box: at its scale, or as large as it fits."""
        fitting = fit(self.scene.projection, self.part.extent, box)
        # Bounds of a narrow box may leave no room at the wanted scale: then the part is cut.
        wanted = self.part.scale or fitting.scale_number
        return replace(fitting, mm_per_m=fitting.mm_per_m * fitting.scale_number / wanted)

    def map_box(self, box: Box, type_scale: float) -> Box:
        """The map of the part in its box, mm."""
        return Box(box.x, box.y, box.width, box.height - self._words_mm(box.width, type_scale))

    def draw(self, canvas: Canvas, box: Box, type_scale: float) -> None:
        """Draw the words, then the map of the part with its names."""
        map_box = self.map_box(box, type_scale)
        map_frame = self.map_frame(map_box)
        if self.part.title:
            draw_title(canvas, box, self.part.title, type_scale)
        say = self.scene.say
        with canvas.tagged("P"):
            scale = f"1\u00a0:\u00a0{say.number(round(map_frame.scale_number, -3))}"
            canvas.text(box.x, map_box.top + 0.8 * type_scale, scale, SMALL_PT * type_scale)
        if not refusal(map_frame, say):
            left = width_mm(scale, SMALL_PT * type_scale) + BAR_GAP_MM * type_scale
            beside = Box(box.x + left, map_box.top, box.width - left, bar_mm(type_scale))
            draw_bar(canvas, map_frame, beside, type_scale)
        with canvas.tagged("Figure", self.part.title or self.scene.title, box=map_box):
            ax = add_map(canvas, map_frame)
            drawn, names = lettered_part(Same(self), box, type_scale)
            grid = Grid((), ())
            draw_features(ax, drawn, map_frame, grid, names.unnamed, self.scene)
            draw_names(ax, canvas, names)
        if names.key:
            draw_list(canvas, names.key)
        with canvas.tagged("Artifact"):
            canvas.rectangle(
                map_box.x, map_box.y, map_box.width, map_box.height, edge=INK, line=0.4
            )


# Names are placed before the sheet is drawn, so that it knows what its insets name.
@lru_cache(maxsize=8)
def lettered_part(
    same: Same[MapPart], box: Box, type_scale: float
) -> tuple[tuple[Drawn, ...], Names]:
    """What a part of the map shows in its box, and the names on it."""
    part = same.value
    map_frame = part.map_frame(part.map_box(box, type_scale))
    drawn = features_on_page(part.scene, map_frame, dict(part.styles))
    # A state that reaches into the part is named on the map itself.
    claimed = claimed_features(part.scene) - {i.feature.id for i in drawn if i.layer.basemap}
    titles = {entry.title.casefold() for entry in part.scene.legend}
    in_legend = named_in_legend(part.scene, [item.feature for item in drawn], titles)
    # A part shows little of a large area: what the legend names would read as its part's name.
    shown = [
        replace(item, feature=replace(item.feature, label=""))
        if item.feature.label.strip() in in_legend
        else item
        for item in drawn
    ]
    names = place_names(shown, map_frame, [], type_scale, claimed)
    return tuple(drawn), names


def rim_of(map_frame: MapFrame, part: SheetInset) -> LineString | None:
    """The rim upon the map, mm, of what an inset shows larger; None where it is not seen."""
    west, south, east, north = part.extent
    run = np.linspace(0, 1, 13)[:-1]
    wide = (east - west) % 360 or 360.0
    lon = west + np.concatenate([run, 0 * run + 1, 1 - run, 0 * run]) * wide
    lat = south + np.concatenate([0 * run, run, 0 * run + 1, 1 - run]) * (north - south)
    x, y = map_frame.to_mm(*map_frame.forward(short_way(lon), lat))
    good = np.isfinite(x) & np.isfinite(y)
    if not good.any():
        return None
    x, y = np.append(x[good], x[good][0]), np.append(y[good], y[good][0])
    if max(np.ptp(x), np.ptp(y)) < LEAST_RIM_MM:
        half = LEAST_RIM_MM / 2
        middle = float(x.mean()), float(y.mean())
        x = middle[0] + half * np.array([-1, 1, 1, -1, -1])
        y = middle[1] + half * np.array([-1, -1, 1, 1, -1])
    box = map_frame.box
    if x.max() < box.x or x.min() > box.right or y.max() < box.y or y.min() > box.top:
        return None
    return LineString(np.column_stack([np.clip(x, box.x, box.right), np.clip(y, box.y, box.top)]))


def draw_rim(canvas: Canvas, map_frame: MapFrame, part: SheetInset) -> None:
    """Draw the rim of a part upon the map."""
    rim = rim_of(map_frame, part)
    if rim is not None:
        x, y = rim.xy
        canvas.line([float(v) for v in x], [float(v) for v in y], RIM_PT, INK)
