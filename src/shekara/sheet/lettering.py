"""The names of a sheet and its plan together: numbers on the map have a list, in every language.

The list stands on the map where it has room in all languages; else the plan keeps lines for it
beneath the map, as many as the longest language needs.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from shapely.geometry import LineString

from shekara.scene.model import Scene, Style
from shekara.sheet.identity import Same
from shekara.sheet.labels.numbers import run_in
from shekara.sheet.labels.placement import Names, place_names
from shekara.sheet.map.drawn import Drawn, features_on_page
from shekara.sheet.map.frame import MapFrame
from shekara.sheet.map.graticule import LABEL_PT, Grid, GridLabel, labels, lay
from shekara.sheet.map.nodes import with_nodes
from shekara.sheet.map.projected import points_of
from shekara.sheet.marginalia.frame import cell_labels
from shekara.sheet.marginalia.legend import LegendItem
from shekara.sheet.marginalia.part import MapPart, lettered_part, rim_of
from shekara.sheet.paper.lines import wrap
from shekara.sheet.paper.paper import POINT_MM, Box
from shekara.sheet.plan import Plan, plan
from shekara.sheet.view import claimed_features, named_in_legend

STEPS = 3  # trials of as many lines as the last needed: a smaller map can need more numbers
TRIALS = 8  # the later ones leave room for as many lines again as the last lacked
KEPT = 8  # sheets whose names are kept until they are drawn

Size = str | tuple[float, float]


@dataclass(frozen=True)
class LetteredSheet:
    """A plan with all that stands on its map."""

    plan: Plan
    grid: Grid
    degrees: tuple[GridLabel, ...]
    index: tuple[GridLabel, ...]
    taken: tuple[Box, ...]  # in which no name may stand, mm
    drawn: tuple[Drawn, ...]
    claimed: frozenset[str]
    names: Names
    elsewhere: frozenset[str] = frozenset()  # names on parts of the map at a larger scale

    @property
    def list_lines(self) -> tuple[str, ...]:
        """What the numbers stand for, beneath the map; abbreviated where that saves a line."""
        width, size_pt = self.plan.map_box.width, self.plan.credits.size_pt
        whole = wrap(run_in(self.names.entries), width, size_pt)
        short = wrap(run_in(self.names.entries, short=True), width, size_pt)
        return short if len(short) < len(whole) else whole


def letter(
    scene: Scene, size: Size, *, frame: bool, versions: Sequence[Scene] = ()
) -> LetteredSheet:
    """The sheet of a scene with its names in their places; all its versions have one plan.

    Parameters
    ----------
    scene : Scene
        The language that is drawn.
    size, frame, versions
        As `plan` takes them.
    """
    others = [version for version in versions if version.lang != scene.lang]
    scenes = tuple(
        Same(version) for version in sorted([scene, *others], key=lambda item: item.lang)
    )
    lines = 0
    for trial in range(1, TRIALS + 1):
        sheets = {same.value.lang: _lettered(same, scenes, size, frame, lines) for same in scenes}
        needed = max(len(sheet.list_lines) for sheet in sheets.values())
        if needed <= lines:
            return sheets[scene.lang]
        lines = needed if trial < STEPS else 2 * needed - lines
    last = next(same for same in scenes if same.value.lang == scene.lang)
    return _lettered(last, scenes, size, frame, lines)


@lru_cache(maxsize=KEPT)
def _lettered(
    same: Same[Scene], scenes: tuple[Same[Scene], ...], size: Size, frame: bool, lines: int
) -> LetteredSheet:
    scene = same.value
    layout = plan(
        scene,
        size,
        frame=frame,
        versions=[version.value for version in scenes],
        list_lines=lines,
    )
    map_frame, type_scale = layout.map_frame, layout.page.type_scale
    boxes = [box for _, box in layout.insets]
    drawn = features_on_page(scene, map_frame, _paper_styles(scene, layout))
    drawn = drawn if layout.cells else with_nodes(drawn, map_frame)  # a small map has not all flows
    claimed = claimed_features(scene)
    grid = lay(map_frame, type_scale)
    if layout.cells:  # each small map is lettered where it stands
        names = Names((), frozenset())
        return LetteredSheet(layout, grid, (), (), tuple(boxes), tuple(drawn), claimed, names)
    shut = [*boxes, *_markers(drawn, map_frame, claimed)]
    degrees = labels(map_frame, grid, scene.say, LABEL_PT * type_scale, shut)
    taken = [*boxes, *(label.box for label in degrees)]
    index = cell_labels(map_frame, layout.page) if layout.framed else []
    elsewhere = _on_parts(layout) | _in_legend(scene, layout, drawn)
    said = {item.feature.id for item in drawn if item.feature.label.strip() in elsewhere}
    names = place_names(
        drawn,
        map_frame,
        taken,
        layout.page.name_scale,
        claimed - said,
        numbers="beneath" if lines else "upon",
        said=said,
        lines=_rims(layout),
    )
    return LetteredSheet(
        layout,
        grid,
        tuple(degrees),
        tuple(index),
        tuple(taken),
        tuple(drawn),
        claimed,
        names,
        elsewhere,
    )


def _markers(drawn: Sequence[Drawn], map_frame: MapFrame, claimed: frozenset[str]) -> list[Box]:
    """The markers that are drawn in any case, mm: no degree stands upon them."""
    boxes = []
    for item in drawn:
        if item.layer.kind == "point" and (item.feature.id in claimed or not item.feature.label):
            half = item.style.size * POINT_MM / 2
            for point in points_of(item.shape):
                x, y = map_frame.to_mm(np.array([point.x]), np.array([point.y]))
                boxes.append(Box(x[0] - half, y[0] - half, 2 * half, 2 * half))
    return boxes


def _paper_styles(scene: Scene, layout: Plan) -> dict[int, Style]:
    """The styles that paper gives to lines of the legend, where they are others than the map's."""
    return {
        place: style
        for place, (style, entry) in enumerate(zip(layout.styles, scene.legend, strict=True))
        if style != entry.style
    }


def _in_legend(scene: Scene, layout: Plan, drawn: Sequence[Drawn]) -> frozenset[str]:
    """The names of features that the printed legend names."""
    printed = {
        block.entry.title.casefold()
        for inset, _ in layout.insets
        for block in inset.blocks
        if isinstance(block, LegendItem)
    }
    return named_in_legend(scene, [item.feature for item in drawn], printed)


def _rims(layout: Plan) -> list[LineString]:
    """The rims upon the map of the parts that insets show, mm."""
    rims = [
        rim_of(layout.map_frame, block.part)
        for inset, _ in layout.insets
        for block in inset.blocks
        if isinstance(block, MapPart)
    ]
    return [rim for rim in rims if rim is not None]


def _on_parts(layout: Plan) -> frozenset[str]:
    """The names that stand on parts of the map at a larger scale."""
    return frozenset(
        placed.text
        for inset, box in layout.insets
        for block, spot in inset.spots(box, layout.page.type_scale)
        if isinstance(block, MapPart)
        for placed in lettered_part(Same(block), spot, layout.page.type_scale)[1].placed
    )
