"""The plan of a sheet: which paper, which arrangement, how large the map; nothing is drawn yet."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from shekara.errors import UsageError
from shekara.scene.model import Scene, Style
from shekara.sheet.map.frame import MapFrame, fit, projected_bounds
from shekara.sheet.map.graticule import LABEL_PT, band_mm
from shekara.sheet.marginalia.chart import Chart
from shekara.sheet.marginalia.claims import ClaimBlock
from shekara.sheet.marginalia.frame import GRID_BAND_MM
from shekara.sheet.marginalia.header import Header, header_of
from shekara.sheet.marginalia.legend import legend_blocks
from shekara.sheet.marginalia.locator import Locator, globe_of
from shekara.sheet.marginalia.notes import Footer, footer_of, note_blocks
from shekara.sheet.marginalia.plot import distinguish_series
from shekara.sheet.paper.columns import LEAST_MAP, Arrangement, Block, candidates, cost_of
from shekara.sheet.paper.paper import Box, Page, read_size
from shekara.sheet.paper.paragraph import HEADING_PT, SMALL_PT, Paragraph
from shekara.sheet.symbols.palette import distinguish_styles

NO_FOOTER = Footer(Box(0, 0, 0, 0), (), 1.0, 0.0)
FILLED_GAIN = 1.02  # a page whose column is filled looks this much better
UPRIGHT_GAIN = 1.02  # an upright page must show the map this much larger to be taken


@dataclass(frozen=True)
class Plan:
    """Everything measured and in its place."""

    page: Page
    framed: bool
    header: Header | None
    footer: Footer
    arrangement: Arrangement
    outer: Box  # the outer frame, or the neatline with its labels
    map_frame: MapFrame
    label_pt: float
    styles: tuple[Style, ...]  # of the legend's entries on paper


@dataclass(frozen=True)
class Content:
    """How much of each kind stands beside the map."""

    claims: int
    panels: int
    legend: int
    locator: bool


def plan(scene: Scene, size: str | tuple[float, float], *, frame: bool) -> Plan:
    """The best plan for a scene: the map as large as the paper and the texts allow.

    Raises:
        UsageError: the paper is none, or too small for the texts of this sheet.
    """
    paper = read_size(size)
    pages = [paper] if paper.free else [paper.lying(), paper.upright()]
    made = [(_on_page(scene, page, framed=frame), page) for page in pages]
    good = [(found, score) for (found, score), _ in made if found is not None]
    if not good:
        raise UsageError(
            f"size = {size!r}: too small for the texts of map {scene.name!r}; "
            "take larger paper, or frame=False (--no-frame) for the map alone"
        )
    best, best_score = good[0]
    for found, score in good[1:]:
        if score > best_score * UPRIGHT_GAIN:
            best, best_score = found, score
    assert best is not None
    return best


def _on_page(scene: Scene, page: Page, *, framed: bool) -> tuple[Plan | None, float]:
    type_scale = page.type_scale
    header = header_of(scene, page) if framed else None
    edge = page.margin if framed else 1.5
    notes = note_blocks(scene, framed=framed)
    footer = footer_of(notes, page, edge, scene.say)
    top = page.height - edge - (header.height if header else 0.0)
    body = Box(edge, edge, page.width - 2 * edge, top - edge)
    above = body.shrink(0, footer.box.height, 0, 0)
    if above.height < 35 or above.width < 35:
        return None, 0.0
    styles = distinguish_styles(scene.legend)
    label_pt = max(LABEL_PT * type_scale, 5.0)
    rough = fit(scene.projection, scene.extent, above.shrink(12, 8, 12, 8))
    side, level = band_mm(rough, scene.say, type_scale, label_pt)
    cell = GRID_BAND_MM * type_scale if framed else 0.0
    left, low, right, high = projected_bounds(scene.projection, scene.extent)

    def inner(box: Box) -> Box:
        return box.shrink(side + cell, level + cell, side + cell, level + cell)

    # The locator needs the window's true shape; its place on the page does not matter yet.
    trial = fit(scene.projection, scene.extent, inner(above))
    for content in _contents(scene, framed=framed):
        blocks = _blocks(scene, content, styles, trial, framed=framed)
        best: tuple[float, Arrangement, Footer] | None = None
        # The notes stand at the foot of the page, or fill a column that is empty anyway.
        ways = [(blocks, above, footer)]
        if blocks and notes:
            ways.append(([*blocks, *notes], body, NO_FOOTER))
        for things, room, foot in ways:
            for arrangement in candidates(things, room, page):
                box = inner(arrangement.map_box)
                if box.width < 25 or box.height < 20:
                    continue
                if framed and box.width * box.height < LEAST_MAP * room.width * room.height:
                    continue
                if foot is NO_FOOTER and arrangement.beneath:
                    continue
                scale = min(box.width / (right - left), box.height / (high - low))
                score = scale * cost_of(arrangement.type_scale, page)
                if foot is NO_FOOTER:
                    score *= FILLED_GAIN
                if best is None or score > best[0] * 1.001:
                    best = score, arrangement, foot
        if best is not None:
            score, arrangement, foot = best
            map_frame = fit(scene.projection, scene.extent, inner(arrangement.map_box))
            outer = arrangement.map_box
            return (
                Plan(page, framed, header, foot, arrangement, outer, map_frame, label_pt, styles),
                score,
            )
    return None, 0.0


def _contents(scene: Scene, *, framed: bool) -> Iterator[Content]:
    """From everything to nothing: what is left out first matters least on paper."""
    claims = max(len(scene.claims) - 1, 0) if framed else 0
    panels, legend = len(scene.panels), len(scene.legend)
    yield Content(claims, panels, legend, True)
    for count in _fewer(claims):
        yield Content(count, panels, legend, True)
    yield Content(0, panels, legend, False)
    for count in _fewer(panels):
        yield Content(0, count, legend, False)
    for count in _fewer(legend):
        yield Content(0, 0, count, False)


def _fewer(count: int) -> Iterator[int]:
    """Fewer and fewer down to none: one less at a time while they are few, else a fifth."""
    while count > 0:
        count = min(count - 1, count * 4 // 5)
        yield count


def _blocks(
    scene: Scene, content: Content, styles: tuple[Style, ...], trial: MapFrame, *, framed: bool
) -> list[Block]:
    say = scene.say
    blocks: list[Block] = list(
        legend_blocks(
            scene.legend[: content.legend], styles[: content.legend], say.message("sheet_legend")
        )
    )

    def left_out(key: str, count: int) -> None:
        if count > 0 and framed:
            text = say.message(key, count=count)
            blocks.append(Paragraph(text, SMALL_PT, "slanted", "#5a5a5a", below=0.5))

    if content.legend:
        left_out("sheet_legend_more", len(scene.legend) - content.legend)
    blocks += [Chart(distinguish_series(panel), say) for panel in scene.panels[: content.panels]]
    left_out("sheet_panels_more", len(scene.panels) - content.panels)
    others = scene.claims[1:] if framed else ()
    if content.claims:
        title = say.message("sheet_claims")
        blocks.append(Paragraph(title, HEADING_PT, "bold", role="H2", lead=2.2, keep=True))
        blocks += [ClaimBlock(claim) for claim in others[: content.claims]]
    left_out("sheet_claims_more", len(others) - content.claims)
    globe = globe_of(trial) if content.locator else None
    if globe is not None:
        rim = tuple((float(lon), float(lat)) for lon, lat in trial.outline)
        blocks.append(Locator(scene, globe, rim, say.message("sheet_locator")))
    return blocks
