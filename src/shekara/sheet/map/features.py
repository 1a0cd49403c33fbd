"""The map itself: sea, land, graticule, layers from bottom to top, cut exactly at the neatline."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Unpack

import shapely
from matplotlib.artist import Artist
from matplotlib.patches import PathPatch
from matplotlib.path import Path
from shapely.geometry.base import BaseGeometry

from shekara.colour import lab
from shekara.scene.model import Feature, Scene, SceneLayer, Style
from shekara.sheet.map.axes import MapAxes, PageProjection
from shekara.sheet.map.backdrop import add_backdrop
from shekara.sheet.map.frame import MapFrame
from shekara.sheet.map.graticule import Grid
from shekara.sheet.map.markers import add_markers
from shekara.sheet.map.projected import (
    DETAIL_MM,
    GROUND_DETAIL_MM,
    earth,
    generalised,
    lines_of,
    on_page,
    path_of,
    polygons_of,
    without_specks,
)
from shekara.sheet.map.relief import add_relief
from shekara.sheet.paper.canvas import Canvas
from shekara.sheet.paper.looks import PathLook
from shekara.sheet.symbols.arrows import arrow, long_enough
from shekara.sheet.symbols.palette import (
    BORDER,
    GRATICULE,
    LAND,
    PAPER,
    SEA,
    SHORE,
    SHORE_PT,
    is_ground,
    is_water,
)
from shekara.sheet.symbols.style import area_style, line_style


@dataclass(frozen=True)
class Drawn:
    """A feature as it lies on the page, projected metres, for its label."""

    layer: SceneLayer
    feature: Feature
    shape: BaseGeometry
    style: Style


def add_map(canvas: Canvas, map_frame: MapFrame) -> MapAxes:
    """An empty map in its box: axes in projected metres, cut at the neatline."""
    page, box = canvas.page, map_frame.box
    ax = MapAxes(
        canvas.figure,
        (box.x / page.width, box.y / page.height, box.width / page.width, box.height / page.height),
        projection=PageProjection(map_frame),
        label="map",
    )
    canvas.figure.add_axes(ax)
    left, bottom, right, top = map_frame.bounds
    ax.set_xlim(left, right)
    ax.set_ylim(bottom, top)
    ax.spines["geo"].set_visible(False)
    ax.patch.set_visible(False)
    canvas.place(ax)
    return ax


def features_on_page(scene: Scene, map_frame: MapFrame, styles: Mapping[int, Style]) -> list[Drawn]:
    """Everything of the scene that a sheet shows, bottom to top, as it lies on the page.

    Parameters
    ----------
    scene : Scene
        What to draw.
    map_frame : MapFrame
        What the sheet shows.
    styles : mapping of int to Style
        Legend index to the style of that class on paper.
    """
    drawn = []
    for layer in scene.layers:
        if not layer.visible or layer.extra:
            continue
        features = layer.features
        if layer.kind == "point":  # large circles under small ones
            features = tuple(sorted(features, key=lambda item: -item.style.size))
        for feature in features:
            style = quieted(feature.style, layer.kind) if layer.basemap else feature.style
            paper = None if feature.legend is None else styles.get(feature.legend)
            if paper is not None and not layer.basemap:
                style = replace(style, hatch=paper.hatch, dash=paper.dash, marker=paper.marker)
            shape = on_page(feature.geometry, map_frame, detail_mm=_detail_mm(layer))
            if layer.basemap and layer.kind == "polygon":
                shape = generalised(shape, map_frame)
            if not shape.is_empty:
                drawn.append(Drawn(layer, feature, shape, style))
    return drawn


def draw_features(
    ax: MapAxes,
    drawn: Sequence[Drawn],
    map_frame: MapFrame,
    grid: Grid,
    unnamed: Collection[str] = (),
    scene: Scene | None = None,
) -> None:
    """Draw ground, water, areas, graticule, lines and markers, in this order of depth.

    Parameters
    ----------
    ax : GeoAxes
        Of `add_map`.
    drawn : sequence of Drawn
        Of `features_on_page`.
    map_frame : MapFrame
        What the sheet shows.
    grid : Grid, drawn between the areas and the rest.
    unnamed : collection of str
        Points whose names have no room: they are not drawn.
    scene : Scene or None
        Has the shadows and the raster on the ground.
    """
    has_land = any(item.layer.basemap and item.layer.kind == "polygon" for item in drawn)
    _add(ax, _patch(path_of(earth(map_frame)), facecolor=SEA if has_land else PAPER, lw=0))
    grounds = [item for item in drawn if item.layer.basemap]
    wet = [item for item in grounds if _is_wet(item)]
    dry = [item for item in grounds if not _is_wet(item)]
    _draw(ax, dry, map_frame)
    land = _land(dry)
    if scene and scene.relief:
        add_relief(ax, scene.relief, map_frame, land, ax.next_depth())
    _add(ax, _patch(path_of(land.boundary), facecolor="none", edgecolor=SHORE, lw=SHORE_PT))
    _draw(ax, wet, map_frame)
    if scene and scene.backdrop:
        add_backdrop(ax, scene.backdrop, map_frame, ax.next_depth())
    by_layer: dict[str, list[Drawn]] = {}
    for item in drawn:
        if not item.layer.basemap:
            by_layer.setdefault(item.layer.name, []).append(item)
    layers = list(by_layer)
    # Areas that cover the sheet hide a graticule beneath them: it is drawn upon the last of them.
    above = max(
        (place + 1 for place, name in enumerate(layers) if _covers(by_layer[name][0].layer)),
        default=0,
    )
    for name in layers[:above]:
        _draw(ax, by_layer[name], map_frame)
    for _, line in (*grid.meridians, *grid.parallels):
        _add(ax, _patch(path_of(line), facecolor="none", edgecolor=GRATICULE, lw=0.25))
    for name in layers[above:]:
        shown = [
            item
            for item in by_layer[name]
            if item.layer.kind != "point" or item.feature.id not in unnamed
        ]
        _draw(ax, shown, map_frame)


def _is_wet(item: Drawn) -> bool:
    return is_water(item.style.fill or item.style.color)


def _land(grounds: Sequence[Drawn]) -> BaseGeometry:
    """All land of the ground as one shape: its rim is the one coast that is drawn."""
    return shapely.union_all(
        [
            area
            for item in grounds
            if item.layer.kind == "polygon"
            for area in polygons_of(item.shape)
        ]
    )


def _covers(layer: SceneLayer) -> bool:
    """Whether a layer is mostly opaque ground."""
    areas = [f for f in layer.features if layer.kind == "polygon" and f.geometry is not None]
    ground = [f for f in areas if is_ground(f.style, "polygon") and f.style.fill_opacity > 0.8]
    return bool(areas) and len(ground) >= 0.5 * len(areas)


def _draw(ax: MapAxes, items: Sequence[Drawn], map_frame: MapFrame) -> None:
    """One upon the other; markers that follow one another are one artist."""
    for are_points, run in groupby(items, key=lambda item: item.layer.kind == "point"):
        if are_points:
            add_markers(ax, [(item.shape, item.style) for item in run])
            continue
        for item in run:
            _draw_area(ax, item, map_frame)
            _draw_line(ax, item.feature, item.shape, item.style, map_frame)


def quieted(style: Style, kind: str) -> Style:
    """A basemap's style, thin and pale enough to stay in the background."""
    if kind == "polygon":
        fill = style.fill or LAND
        if is_water(fill):
            return replace(style, fill=SEA, fill_opacity=1.0, color=SHORE, width=SHORE_PT, hatch="")
        if lab(fill)[0] < 82:
            fill = LAND
        return replace(style, fill=fill, fill_opacity=1.0, color=BORDER, width=0.5, hatch="")
    if kind == "line":
        return replace(style, width=min(style.width, 0.6))
    return replace(style, size=min(style.size, 3.0), width=0.4)


def _detail_mm(layer: SceneLayer) -> float:
    """How far a layer's lines may lie from the true ones on paper."""
    return GROUND_DETAIL_MM if layer.basemap else DETAIL_MM


def _draw_area(ax: MapAxes, item: Drawn, map_frame: MapFrame) -> None:
    feature, shape, style = item.feature, item.shape, item.style
    areas = polygons_of(shape)
    if not areas or feature.geometry is None:
        return
    area = shapely.MultiPolygon(areas)
    if style.fill or style.hatch:
        _add(ax, _patch(path_of(area), feature.id, **area_style(style)))
    if style.width > 0:
        # The true outline only: neither the cut at the neatline nor the antimeridian is a shore.
        detail = _detail_mm(item.layer)
        rim = on_page(feature.geometry, map_frame, outline=True, detail_mm=detail)
        rim = without_specks(rim, map_frame)
        _add(ax, _patch(path_of(rim), **line_style(replace(style, arrow=False))))


def _draw_line(
    ax: MapAxes, feature: Feature, shape: BaseGeometry, style: Style, map_frame: MapFrame
) -> None:
    lines = lines_of(shape)
    if not lines:
        return
    if not style.arrow:
        path = path_of(shapely.MultiLineString(lines))
        _add(ax, _patch(path, feature.id, **line_style(style)))
        return
    per_mm = 1 / map_frame.mm_per_m
    for place, line in enumerate(lines):
        if not long_enough(line, per_mm):
            continue
        shaft, head = arrow(line, style.width, per_mm)
        gid = feature.id if place == 0 else None
        plain: PathLook = {**line_style(replace(style, arrow=False)), "capstyle": "butt"}
        _add(ax, _patch(path_of(shaft), gid, **plain))
        tip = _patch(path_of(head), fc=style.color, ec="none", lw=0, alpha=style.opacity)
        _add(ax, tip)


def _patch(
    path: Path | None, gid: str | None = None, **style: Unpack[PathLook]
) -> PathPatch | None:
    return None if path is None else PathPatch(path, gid=gid, **style)


def _add(ax: MapAxes, artist: Artist | None) -> None:
    if artist is None:
        return
    artist.set_zorder(ax.next_depth())
    ax.add_artist(artist)
    artist.set_clip_path(ax.patch)
