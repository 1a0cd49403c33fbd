"""Ways to lay out a page that all languages of a map share: its window, and the boxes on it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from shekara.scene.model import Scene
from shekara.sheet.map.frame import MapFrame, fit
from shekara.sheet.map.samples import samples
from shekara.sheet.marginalia.credits import Credits, credits_of, list_mm
from shekara.sheet.marginalia.header import Header, headers_of
from shekara.sheet.marginalia.inset import Inset, contents, insets_of, sized
from shekara.sheet.paper.paper import Box, Page
from shekara.sheet.symbols.palette import distinguish_styles
from shekara.sheet.window import LEAST_MAP_MM, Spot, place_insets

INSET_GAP_MM = 2.0
CHART_SHARES = (1.0, 0.75)  # of the height that suits a plot: a lower one leaves the map more
LOWER_GAIN = 1.05  # by which the map must be larger for charts to be lower


@dataclass(frozen=True)
class Layout:
    """A way to lay out a page that all languages share."""

    page: Page
    map_frame: MapFrame
    boxes: tuple[Box, ...]
    columns: tuple[int, ...]
    versions: tuple[tuple[Inset, ...], ...]
    headers: tuple[Header, ...]
    credits: tuple[Credits, ...]
    score: float
    words_top: float
    bare: bool = False  # the insets stand beneath the map
    cells: tuple[Box, ...] = ()  # of small maps side by side, each as `map_frame` shows it


@dataclass(frozen=True)
class Words:
    """What stands above and beneath the map, in all languages."""

    headers: tuple[Header, ...]
    credits: tuple[Credits, ...]
    above: float  # height, mm
    below: float


def words_of(
    scenes: Sequence[Scene], page: Page, edge: float, *, framed: bool, list_lines: int
) -> Words:
    """What stands above and beneath the map of a page, in all languages."""
    headers = headers_of(scenes, page) if framed else ()
    credits = credits_of(scenes, page, edge, framed=framed)
    return Words(
        headers,
        credits,
        max((header.height for header in headers), default=0.0),
        max((item.height for item in credits), default=0.0)
        + list_mm(list_lines, credits[0].size_pt),
    )


def edge_of(page: Page, *, framed: bool) -> float:
    """How far the map keeps from the edge of the page, mm."""
    return page.margin if framed else 1.0


def page_layout(
    scenes: Sequence[Scene], page: Page, *, framed: bool, list_lines: int
) -> Layout | None:
    """The best layout on a page; None where it has no room."""
    first, edge = scenes[0], edge_of(page, framed=framed)
    words = words_of(scenes, page, edge, framed=framed, list_lines=list_lines)
    map_box = Box(
        edge,
        edge + words.below,
        page.width - 2 * edge,
        page.height - 2 * edge - words.above - words.below,
    )
    if map_box.width < LEAST_MAP_MM or map_box.height < LEAST_MAP_MM:
        return None
    if framed and map_box.width * map_box.height < 0.5 * page.width * page.height:
        return None
    trial = fit(first.projection, first.extent, map_box)
    places = samples(first, trial)
    styles = distinguish_styles(first.legend)
    for content in contents(first, framed=framed):
        versions = tuple(
            insets_of(scene, content, styles, trial, framed=framed) for scene in scenes
        )
        best: Layout | None = None
        for share in CHART_SHARES:
            sizes = sized(versions, map_box, page.type_scale, share)
            upon = place_insets(first, map_box, sizes, places, INSET_GAP_MM * page.type_scale)
            if upon is not None and (best is None or upon.score > LOWER_GAIN * best.score):
                columns = tuple(columns for columns, _, _ in sizes)
                best = layout_of(page, versions, words, upon, columns, map_box.y)
        if best is not None:
            return best
    return None


def layout_of(
    page: Page,
    versions: tuple[tuple[Inset, ...], ...],
    words: Words,
    spot: Spot,
    columns: tuple[int, ...],
    words_top: float,
) -> Layout:
    """A layout of parts that are measured and in their places."""
    return Layout(
        page,
        spot.map_frame,
        spot.boxes,
        columns,
        versions,
        words.headers,
        words.credits,
        spot.score,
        words_top,
    )
