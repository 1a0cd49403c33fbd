"""Insets: legend with scale, charts, claims and locator in boxes upon the map."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from shekara.colour import mix
from shekara.scene.model import Panel, Scene, Style, Translator
from shekara.sheet.map.frame import MapFrame
from shekara.sheet.marginalia.bars import LyingBars, lies
from shekara.sheet.marginalia.chart import Chart, plot_mm
from shekara.sheet.marginalia.claims import ClaimBlock
from shekara.sheet.marginalia.legend import least_width_mm, legend_blocks, natural_width_mm
from shekara.sheet.marginalia.locator import DIAMETER_MM, Locator, globe_of
from shekara.sheet.marginalia.outlines import Outlines
from shekara.sheet.marginalia.part import MapPart
from shekara.sheet.marginalia.plot import distinguish_series, gathered
from shekara.sheet.marginalia.scale_bar import ScaleBlock
from shekara.sheet.paper.canvas import RULE, Canvas
from shekara.sheet.paper.columns import Block, draw_block, split
from shekara.sheet.paper.paper import Box
from shekara.sheet.paper.paragraph import SMALL_PT, Paragraph
from shekara.sheet.symbols.tints import beneath_entries

InsetKind = Literal["legend", "chart", "claims", "locator", "part"]
PADDING_MM = 1.8
CHART_MM = 66.0
CLAIMS_MM = 62.0
WIDEST_PART = 0.42  # of the map, for a part of it at a larger scale
NARROWEST_MM, WIDEST_MM = 44.0, 56.0  # of a column of the legend
TALLEST = 0.62  # of the map's height, before a legend takes a second column
MOST_CLAIMS = 2  # beside the one that is the sheet's title
PAPER = "#fffefb"


@dataclass(frozen=True)
class Inset:
    """What stands in a box on the map, in one language."""

    kind: InsetKind
    blocks: tuple[Block, ...]
    columns: int = 1
    bare: bool = False  # it stands on paper beneath the map, without a box

    def height(self, width: float, type_scale: float) -> float:
        """The height that the box needs at a width, mm."""
        inner = self.column_mm(width, type_scale)
        heights = [block.height(inner, type_scale) for block in self.blocks]
        if self.columns > 1:
            columns = split(self.blocks, heights, self.columns)
            high = max(sum(heights[i] for i in column) for column in columns)
        else:
            high = sum(heights)
        return high + 2 * PADDING_MM * type_scale

    def column_mm(self, width: float, type_scale: float) -> float:
        """Width of one column of a box of this width, mm."""
        gaps = (self.columns + 1) * PADDING_MM * type_scale
        return (width - gaps) / self.columns

    def draw(self, canvas: Canvas, box: Box, type_scale: float) -> None:
        """Draw the box and what stands in it."""
        if not self.bare:
            with canvas.tagged("Artifact"):
                canvas.rectangle(
                    box.x, box.y, box.width, box.height, fill=PAPER, edge=RULE, line=0.35
                )
        for block, spot in self.spots(box, type_scale):
            draw_block(canvas, block, spot, type_scale)

    def spots(self, box: Box, type_scale: float) -> list[tuple[Block, Box]]:
        """The blocks with their places in the box, mm."""
        pad, inner = PADDING_MM * type_scale, self.column_mm(box.width, type_scale)
        heights = [block.height(inner, type_scale) for block in self.blocks]
        spare = box.height - 2 * pad - sum(heights)
        # A chart takes the height of its box, also where the layout made it lower than it wants.
        if (spare > 0 or self.kind == "chart") and self.columns == 1:
            heights = [
                high + (spare if block.stretch else 0.0)
                for high, block in zip(heights, self.blocks, strict=True)
            ]
        result = []
        for place, column in enumerate(split(self.blocks, heights, self.columns)):
            x, y = box.x + pad + place * (inner + pad), box.top - pad
            spare = max(y - sum(heights[i] for i in column) - box.y - pad, 0.0)
            for i, white in zip(column, self._whites(column, spare), strict=True):
                y -= white
                result.append((self.blocks[i], Box(x, y - heights[i], inner, heights[i])))
                y -= heights[i]
        return result

    def _whites(self, column: Sequence[int], spare: float) -> list[float]:
        """What another language needs more goes between blocks; a scale stands at the bottom."""
        if self.bare or len(column) < 2:
            return [0.0] * len(column)
        if isinstance(self.blocks[column[-1]], ScaleBlock):
            return [*[0.0] * (len(column) - 1), spare]
        if self.kind != "claims":
            return [0.0] * len(column)
        return [0.0, *[spare / (len(column) - 1)] * (len(column) - 1)]


def as_in_legend(panel: Panel, scene: Scene, styles: Sequence[Style]) -> Panel:
    """A chart whose bars are classes of the map: each has the colour of the legend's sign."""
    if not any(series.looks for series in panel.series):
        return panel
    signs = {
        entry.style: replace(
            style,
            fill=mix(style.fill, beneath, style.fill_opacity * style.opacity),
            fill_opacity=1.0,
            opacity=1.0,
        )
        for entry, style, beneath in zip(scene.legend, styles, beneath_entries(scene), strict=True)
        if style.fill
    }
    return replace(
        panel,
        series=tuple(
            replace(series, looks=tuple(signs.get(look, look) for look in series.looks))
            for series in panel.series
        ),
    )


def chart_block(panel: Panel, say: Translator) -> Block:
    """A panel as the block that suits it."""
    if lies(panel):
        return LyingBars(panel, say)
    return Chart(distinguish_series(gathered(panel, say)), say)


@dataclass(frozen=True)
class Content:
    """How much of each kind stands on the map."""

    claims: int
    charts: int
    legend: int
    locator: bool
    parts: int = 0
    outlines: bool = False


def contents(scene: Scene, *, framed: bool) -> list[Content]:
    """From everything to nothing: what is left out first matters least on paper."""
    claims = min(max(len(scene.claims) - 1, 0), MOST_CLAIMS) if framed else 0
    charts, legend, parts = len(scene.panels), len(scene.legend), len(scene.sheet_insets)
    shapes = scene.sheet_outlines is not None
    whole = Content(claims, charts, legend, locator=True, parts=parts, outlines=shapes)
    plain = replace(whole, locator=False)
    steps = [whole, plain]
    steps += [replace(plain, claims=count) for count in range(claims - 1, -1, -1)]
    steps += [replace(plain, claims=0, charts=count) for count in range(charts - 1, -1, -1)]
    steps += [Content(0, 0, legend, locator=False, parts=count) for count in range(parts, -1, -1)]
    count = legend
    while count > 0:
        count = min(count - 1, count * 4 // 5)
        steps.append(Content(0, 0, count, False))
    return list(dict.fromkeys(steps))


def insets_of(
    scene: Scene, content: Content, styles: tuple[Style, ...], trial: MapFrame, *, framed: bool
) -> tuple[Inset, ...]:
    """The insets of a scene in the order in which they choose their places."""
    insets: list[Inset] = []
    legend: list[Block] = list(
        legend_blocks(
            scene.legend[: content.legend],
            styles[: content.legend],
            beneath_entries(scene)[: content.legend],
        )
    )
    if content.legend and content.legend < len(scene.legend):
        text = scene.say.message("sheet_legend_more", count=len(scene.legend) - content.legend)
        legend.append(Paragraph(text, SMALL_PT, "slanted", "#5a5a5a", below=0.5))
    if framed and not content.claims and len(scene.claims) > 1:
        text = scene.say.message("sheet_claims_more", count=len(scene.claims) - 1)
        legend.append(Paragraph(text, SMALL_PT, "slanted", "#5a5a5a", below=0.5))
    missing = len(scene.panels) - content.charts
    if missing and framed:
        text = scene.say.message("sheet_panels_more", count=missing)
        legend.append(Paragraph(text, SMALL_PT, "slanted", "#5a5a5a", below=0.5))
    insets.append(Inset("legend", (*legend, ScaleBlock(trial, scene.projection.name, scene.say))))
    insets += [
        Inset("chart", (chart_block(as_in_legend(panel, scene, styles), scene.say),))
        for panel in scene.panels[: content.charts]
    ]
    if scene.sheet_outlines and content.outlines:
        outlines = Outlines(scene, scene.sheet_outlines)
        insets += [Inset("chart", (outlines,))] if outlines.shapes else []
    styled = tuple(enumerate(styles))
    insets += [
        Inset("part", (MapPart(scene, part, styled),))
        for part in scene.sheet_insets[: content.parts]
    ]
    if content.claims:
        claims: list[Block] = [
            ClaimBlock(claim, scene.say) for claim in scene.claims[1:][: content.claims]
        ]
        missing = len(scene.claims) - 1 - content.claims
        if missing:
            text = scene.say.message("sheet_claims_more", count=missing)
            claims.append(Paragraph(text, SMALL_PT, "slanted", "#5a5a5a", below=0.0))
        insets.append(Inset("claims", tuple(claims)))
    globe = globe_of(trial) if content.locator and framed else None
    if globe is not None and globe.radius_deg < 90:
        rim = tuple((float(lon), float(lat)) for lon, lat in trial.outline)
        insets.append(Inset("locator", (Locator(scene, globe, rim),)))
    return tuple(insets)


def sized(
    versions: Sequence[tuple[Inset, ...]], map_box: Box, type_scale: float, share: float = 1.0
) -> list[tuple[int, float, float]]:
    """Columns, width and height of each inset, the same in every language, mm.

    What is drawn between the axes of a chart takes a share of the height that suits it.
    """
    sizes = []
    for same in zip(*versions, strict=True):
        columns = 1
        width = _width(same, type_scale, map_box)
        high = max(inset.height(width, type_scale) for inset in same)
        if any(isinstance(block, Chart) for block in same[0].blocks):
            inner = width - 2 * PADDING_MM * type_scale
            high -= (1 - share) * plot_mm(inner, type_scale)
        if same[0].kind == "legend" and high > TALLEST * map_box.height:
            wide = min(2 * width, 0.7 * map_box.width)
            twofold = [replace(inset, columns=2) for inset in same]
            double = max(inset.height(wide, type_scale) for inset in twofold)
            room = twofold[0].column_mm(wide, type_scale)
            if double < 0.8 * high and room >= least_mm(same, type_scale):
                columns, width, high = 2, wide, double
        sizes.append((columns, width, high))
    return sizes


def least_mm(same: Sequence[Inset], type_scale: float) -> float:
    """How narrow a column of a legend may be in all languages, mm."""
    return max(least_width_mm(inset.blocks, type_scale) for inset in same)


def _width(same: Sequence[Inset], type_scale: float, map_box: Box) -> float:
    kind = same[0].kind
    if kind == "chart":
        return min(CHART_MM * type_scale, 0.6 * map_box.width)
    if kind == "claims":
        return min(CLAIMS_MM * type_scale, 0.6 * map_box.width)
    if kind == "locator":
        return DIAMETER_MM * type_scale + 2 * PADDING_MM * type_scale
    if kind == "part":
        parts = [block for block in same[0].blocks if isinstance(block, MapPart)]
        wide = max(block.natural_width_mm(type_scale) for block in parts)
        return min(wide + 2 * PADDING_MM * type_scale, WIDEST_PART * map_box.width)
    natural = max(natural_width_mm(inset.blocks, type_scale) for inset in same)
    wanted = min(max(natural, NARROWEST_MM * type_scale), WIDEST_MM * type_scale)
    return min(wanted + 2 * PADDING_MM * type_scale, 0.62 * map_box.width)


def with_true_frame(inset: Inset, map_frame: MapFrame) -> Inset:
    """The inset with the map's final window where it shows the scale or the place."""
    rim = tuple((float(lon), float(lat)) for lon, lat in map_frame.outline)

    def settled(block: Block) -> Block:
        if isinstance(block, ScaleBlock):
            return replace(block, map_frame=map_frame)
        if isinstance(block, Locator):
            return replace(block, rim=rim)
        return block

    return replace(inset, blocks=tuple(settled(block) for block in inset.blocks))
