"""The map itself: sea, land, graticule, layers from bottom to top, cut exactly at the neatline."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Unpack

import shapely
from matplotlib.artist import Artist
from matplotlib.patches import PathPatch
from matplotlib.path import Path
from shapely.geometry.base import BaseGeometry

from shekara.scene.model import Feature, Scene, Style
from shekara.sheet.map.axes import MapAxes, PageProjection
from shekara.sheet.map.backdrop import add_backdrop
from shekara.sheet.map.depths import beneath_the_graticule, depths, waters_upon_areas
from shekara.sheet.map.drawn import Drawn, detail_mm_of
from shekara.sheet.map.frame import MapFrame
from shekara.sheet.map.graticule import Grid
from shekara.sheet.map.known import known
from shekara.sheet.map.markers import add_markers
from shekara.sheet.map.projected import (
    earth,
    lines_of,
    on_page,
    path_of,
    polygons_of,
    without_specks,
)
from shekara.sheet.map.relief import add_relief
from shekara.sheet.map.seams import cut_ends
from shekara.sheet.paper.canvas import Canvas
from shekara.sheet.paper.looks import PathLook
from shekara.sheet.symbols.arrows import arrow, long_enough
from shekara.sheet.symbols.palette import (
    GRATICULE,
    PAPER,
    SEA,
    SHORE,
    SHORE_PT,
    UNKNOWN,
    is_water,
)
from shekara.sheet.symbols.style import area_style, line_style

RIM_PT = 0.5  # of the Earth, where a map shows the whole of it


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
    globe = earth(map_frame)
    _add(ax, _patch(path_of(globe), facecolor=PAPER, lw=0))
    region = known(drawn, map_frame)
    if has_land:
        _add(ax, _patch(path_of(globe), facecolor=UNKNOWN, lw=0))
        _add(ax, _patch(path_of(region), facecolor=SEA, lw=0))
    upon = waters_upon_areas(drawn)
    grounds = [item for item in drawn if item.layer.basemap and item.layer.name not in upon]
    wet = [item for item in grounds if _is_wet(item)]
    dry = [item for item in grounds if not _is_wet(item)]
    _draw(ax, dry, map_frame)
    land = _land(dry)
    if scene and scene.relief:
        add_relief(ax, scene.relief, map_frame, land, ax.next_depth())
    shore = shapely.intersection(land.boundary, region)
    _add(ax, _patch(path_of(shore), facecolor="none", edgecolor=SHORE, lw=SHORE_PT))
    _draw(ax, wet, map_frame)
    if scene and scene.backdrop:
        add_backdrop(ax, scene.backdrop, map_frame, ax.next_depth())
    layers = depths(drawn, upon)
    above = beneath_the_graticule(layers)
    for items in layers[:above]:
        _draw(ax, items, map_frame)
    for _, line in (*grid.meridians, *grid.parallels):
        _add(ax, _patch(path_of(line), facecolor="none", edgecolor=GRATICULE, lw=0.25))
    if not globe.equals(shapely.box(*map_frame.bounds)):
        _add(ax, _patch(path_of(globe.boundary), facecolor="none", edgecolor=SHORE, lw=RIM_PT))
    for items in layers[above:]:
        shown = [
            item for item in items if item.layer.kind != "point" or item.feature.id not in unnamed
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


def _draw(ax: MapAxes, items: Sequence[Drawn], map_frame: MapFrame) -> None:
    """One upon the other; markers that follow one another are one artist."""
    for are_points, run in groupby(items, key=lambda item: item.layer.kind == "point"):
        if are_points:
            add_markers(ax, [(item.shape, item.style) for item in run])
            continue
        for item in run:
            _draw_area(ax, item, map_frame)
            _draw_line(ax, item.feature, item.shape, item.style, map_frame)


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
        detail = detail_mm_of(item.layer)
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
    cut = cut_ends(lines, map_frame)
    plain: PathLook = {**line_style(replace(style, arrow=False)), "capstyle": "butt"}
    for place, line in enumerate(lines):
        gid = feature.id if place == 0 else None
        if (place, -1) in cut:  # it goes on at the other side of the map
            _add(ax, _patch(path_of(line), gid, **plain))
            continue
        if not long_enough(line, per_mm):
            continue
        shaft, head = arrow(line, style.width, per_mm)
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
