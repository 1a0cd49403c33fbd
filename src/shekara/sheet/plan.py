"""The plan of a sheet: paper, frame, scale and insets, the same for a map in all its languages."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from shekara.errors import UsageError
from shekara.scene.model import Scene, Style
from shekara.scene.projection import width_deg
from shekara.sheet.identity import Same
from shekara.sheet.map.frame import Array, MapFrame, fit, projected_bounds
from shekara.sheet.map.projected import lines_of, on_page, points_of, polygons_of
from shekara.sheet.marginalia.credits import Credits, credits_of
from shekara.sheet.marginalia.header import Header, headers_of
from shekara.sheet.marginalia.inset import (
    Inset,
    contents,
    insets_of,
    sized,
    stacks,
    with_true_frame,
)
from shekara.sheet.paper.paper import Box, Page, lying, read_size
from shekara.sheet.symbols.palette import distinguish_styles

CORNERS = ("bottom left", "bottom right", "top left", "top right")
SAMPLE_MM = 0.5  # detail that is enough to know what an inset hides
STRIPS = ("", "left", "right", "bottom", "top")
UPRIGHT_GAIN = 1.05  # an upright page must show the map this much larger to be taken
INSET_GAP_MM = 2.0
INNER_MM = 2.5  # between what must be seen and the neatline
MOST_COVERED = 0.45  # of the map, by insets
HIDING = 6.0  # what it costs to hide all that the map shows, in terms of its scale
LEAST_MAP_MM = 25.0
NARROW_MM, LEGEND_STRIP_MM = 150.0, 42.0
TALLEST_COLUMN = 1.35  # height of a figure of a given width, of that width


@dataclass(frozen=True)
class Plan:
    """Everything measured and in its place, in one language."""

    page: Page
    framed: bool
    header: Header | None
    credits: Credits
    map_frame: MapFrame
    insets: tuple[tuple[Inset, Box], ...]
    styles: tuple[Style, ...]  # of the legend's entries on paper

    @property
    def map_box(self) -> Box:
        """Where the map lies on the page, mm."""
        return self.map_frame.box


@dataclass(frozen=True)
class _Layout:
    """A way to lay out a page that all languages share."""

    page: Page
    map_frame: MapFrame
    boxes: tuple[Box, ...]
    columns: tuple[int, ...]
    versions: tuple[tuple[Inset, ...], ...]
    headers: tuple[Header, ...]
    credits: tuple[Credits, ...]
    score: float


def plan(
    scene: Scene, size: str | tuple[float, float], *, frame: bool, versions: Sequence[Scene] = ()
) -> Plan:
    """The best plan for a scene among those that serve all its languages.

    Parameters
    ----------
    scene : Scene
        The language that is drawn.
    size : str or tuple of float
        Of the paper, as `read_size` takes it.
    frame : bool
        Whether the sheet has a title and claims.
    versions : sequence of Scene
        The map in the atlas's other languages: paper, window, scale and boxes suit them all.

    Raises
    ------
    UsageError
        The paper is none, or too small for the texts of this sheet.
    """
    others = [version for version in versions if version.lang != scene.lang]
    scenes = sorted([scene, *others], key=lambda item: item.lang)
    best = _best(tuple(Same(version) for version in scenes), size, frame)
    place = next(i for i, version in enumerate(scenes) if version is scene)
    return Plan(
        best.page,
        frame,
        best.headers[place] if frame else None,
        best.credits[place],
        best.map_frame,
        tuple(
            (with_true_frame(replace(inset, columns=columns), best.map_frame), box)
            for inset, columns, box in zip(
                best.versions[place], best.columns, best.boxes, strict=True
            )
        ),
        distinguish_styles(scene.legend),
    )


# The languages of a map are drawn one after another.
@lru_cache(maxsize=2)
def _best(
    versions: tuple[Same[Scene], ...], size: str | tuple[float, float], frame: bool
) -> _Layout:
    """The layout that serves all versions best."""
    scenes = [version.value for version in versions]
    scene = scenes[0]
    paper = read_size(lying(size, scene.sheet_orientation))
    if paper.fit_height:
        pages = [_column_page(scenes[0], paper)]
    else:
        pages = [paper] if paper.free else [paper.lying(), paper.upright()]
    layouts = [layout for page in pages if (layout := _layout(scenes, page, framed=frame))]
    if not layouts:
        raise UsageError(
            f"size = {size!r}: too small for the texts of map {scene.name!r}; "
            "take larger paper, or frame=False (--no-frame) for the map alone"
        )
    best = layouts[0]
    for layout in layouts[1:]:
        if layout.score > best.score * UPRIGHT_GAIN:
            best = layout
    return best


def _column_page(scene: Scene, paper: Page) -> Page:
    """A page of the given width, as high as the map and its credits want it."""
    left, low, right, high = projected_bounds(scene.projection, scene.extent)
    height = paper.width * min(max((high - low) / (right - left), 0.5), TALLEST_COLUMN) + 8
    if paper.width < NARROW_MM:  # a legend would hide the map: it stands on ground below it
        height += LEGEND_STRIP_MM
    return replace(paper, height=round(height), fit_height=False)


def _layout(scenes: Sequence[Scene], page: Page, *, framed: bool) -> _Layout | None:
    """The best layout on a page; None where it has no room."""
    first = scenes[0]
    edge = page.margin if framed else 1.0
    headers = headers_of(scenes, page) if framed else ()
    credits = credits_of(scenes, page, edge, framed=framed)
    above = max((header.height for header in headers), default=0.0)
    below = max((item.height for item in credits), default=0.0)
    map_box = Box(edge, edge + below, page.width - 2 * edge, page.height - 2 * edge - above - below)
    if map_box.width < LEAST_MAP_MM or map_box.height < LEAST_MAP_MM:
        return None
    if framed and map_box.width * map_box.height < 0.5 * page.width * page.height:
        return None
    trial = fit(first.projection, first.extent, map_box)
    samples = _samples(first, trial)
    styles = distinguish_styles(first.legend)
    for content in contents(first, framed=framed):
        versions = tuple(
            insets_of(scene, content, styles, trial, framed=framed) for scene in scenes
        )
        sizes = sized(versions, map_box, page.type_scale)
        placed = _placed(first, map_box, sizes, samples, INSET_GAP_MM * page.type_scale)
        if placed is not None:
            score, map_frame, boxes = placed
            return _Layout(
                page,
                map_frame,
                tuple(boxes),
                tuple(columns for columns, _, _ in sizes),
                versions,
                headers,
                credits,
                score,
            )
    return None


def _placed(
    scene: Scene,
    map_box: Box,
    sizes: Sequence[tuple[int, float, float]],
    samples: tuple[Array, Array],
    gap: float,
) -> tuple[float, MapFrame, list[Box]] | None:
    """The window and corners that show most at the largest scale; None where nothing fits."""
    covered = sum(width * high for _, width, high in sizes)
    if covered > MOST_COVERED * map_box.width * map_box.height:
        return None
    if any(width > map_box.width or high > map_box.height for _, width, high in sizes):
        return None
    widest = max(width for _, width, _ in sizes)
    highest = max(high for _, _, high in sizes)
    strips = {
        "": map_box,
        "left": map_box.shrink(widest, 0, 0, 0),
        "right": map_box.shrink(0, 0, widest, 0),
        "bottom": map_box.shrink(0, highest, 0, 0),
        "top": map_box.shrink(0, 0, 0, highest),
    }
    frames = []
    for name in STRIPS:
        seen = strips[name].shrink(INNER_MM, INNER_MM, INNER_MM, INNER_MM)
        if seen.width > LEAST_MAP_MM and seen.height > LEAST_MAP_MM:
            frames.append(_shifted(fit(scene.projection, scene.extent, seen), seen, map_box))
    stacked = [
        boxes
        for corners in itertools.product(CORNERS, repeat=len(sizes))
        if (boxes := stacks(sizes, corners, map_box, gap)) is not None
    ]
    if not stacked or not frames:
        return None
    xy, weight = samples
    best: tuple[float, MapFrame, list[Box]] | None = None
    for map_frame in frames:
        x, y = map_frame.to_mm(xy[:, 0], xy[:, 1])
        for boxes in stacked:
            under = np.zeros(len(x), dtype=bool)
            for box in boxes:
                under |= (x > box.x) & (x < box.right) & (y > box.y) & (y < box.top)
            hidden = float(weight[under].sum() / max(weight.sum(), 1e-9))
            score = map_frame.mm_per_m / (1 + HIDING * hidden)
            if best is None or score > best[0] * 1.0001:
                best = score, map_frame, boxes
    return best


def _shifted(map_frame: MapFrame, seen: Box, map_box: Box) -> MapFrame:
    """The window grown from the part that must be seen to the whole map box."""
    dx = (map_box.x + map_box.width / 2) - (seen.x + seen.width / 2)
    dy = (map_box.y + map_box.height / 2) - (seen.y + seen.height / 2)
    return replace(
        map_frame,
        box=map_box,
        x=map_frame.x + dx / map_frame.mm_per_m,
        y=map_frame.y + dy / map_frame.mm_per_m,
    )


def _samples(scene: Scene, trial: MapFrame) -> tuple[Array, Array]:
    """Places in the projection that an inset should not hide, with what each weighs.

    The extent itself weighs a tenth; points, lines and areas of the layers share the rest.
    """
    west, south, _, north = scene.extent
    lon, lat = np.meshgrid(
        west + np.linspace(0.02, 0.98, 24) * width_deg(scene.extent), np.linspace(south, north, 20)
    )
    x, y = trial.forward((lon.ravel() + 180) % 360 - 180, lat.ravel())
    ground = np.column_stack([x, y])
    ground = ground[np.isfinite(ground).all(axis=1)]
    clouds, weights = [ground], [np.full(len(ground), 0.1 / max(len(ground), 1))]
    shown = [item for item in scene.layers if item.visible and not item.extra and not item.basemap]
    for layer in shown:
        cloud = [
            place
            for feature in layer.features
            for place in _places(on_page(feature.geometry, trial, detail_mm=SAMPLE_MM), trial)
        ]
        if cloud:
            clouds.append(np.array(cloud))
            weights.append(np.full(len(cloud), 0.9 / len(shown) / len(cloud)))
    return np.vstack(clouds), np.concatenate(weights)


def _places(shape: BaseGeometry, trial: MapFrame) -> list[tuple[float, float]]:
    """Points of a shape: itself, along a line, within an area, some 3 mm apart."""
    step = 3.0 / trial.mm_per_m
    places = [(point.x, point.y) for point in points_of(shape)]
    for line in lines_of(shape):
        count = max(int(line.length / step), 1)
        at = shapely.line_interpolate_point(line, np.linspace(0, 1, count + 1), normalized=True)
        places += [(point.x, point.y) for point in at]
    for area in polygons_of(shape):
        left, bottom, right, top = area.bounds
        columns, rows = (max(int(run / (2 * step)), 1) for run in (right - left, top - bottom))
        grid = np.meshgrid(
            left + (np.arange(columns) + 0.5) / columns * (right - left),
            bottom + (np.arange(rows) + 0.5) / rows * (top - bottom),
        )
        xy = np.column_stack([grid[0].ravel(), grid[1].ravel()])
        inside = shapely.contains_xy(area, xy[:, 0], xy[:, 1])
        places += [(float(a), float(b)) for a, b in xy[inside]]
    return places
