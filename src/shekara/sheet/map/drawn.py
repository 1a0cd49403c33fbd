"""What of a scene lies on the page: its features as shapes, and how the ground is quieted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from shapely.geometry.base import BaseGeometry

from shekara.colour import lab
from shekara.scene.model import Feature, Scene, SceneLayer, Style
from shekara.sheet.map.frame import MapFrame
from shekara.sheet.map.projected import (
    DETAIL_MM,
    GROUND_DETAIL_MM,
    RIM_MM,
    generalised,
    largest_area,
    on_page,
    points_on_page,
)
from shekara.sheet.map.seams import joined
from shekara.sheet.symbols.palette import BORDER, LAND, SEA, SHORE, SHORE_PT, is_water


@dataclass(frozen=True)
class Drawn:
    """A feature as it lies on the page, projected metres, for its label."""

    layer: SceneLayer
    feature: Feature
    shape: BaseGeometry
    style: Style
    value_at: float = 0.5  # where along a line its label stands best, of its length
    is_node: bool = False  # a place where flows begin or end
    at_end: bool = False  # a point of the map at such a place
    is_cut: bool = False  # an area of which the page shows the edge of a larger part


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
        shapes = _shapes_on_page(layer, features, map_frame)
        for feature, shape in zip(features, shapes, strict=True):
            style = quieted(feature.style, layer.kind) if layer.basemap else feature.style
            paper = None if feature.legend is None else styles.get(feature.legend)
            if paper is not None and not layer.basemap:
                style = replace(style, hatch=paper.hatch, dash=paper.dash, marker=paper.marker)
            if layer.kind == "line" and style.arrow:
                shape = joined(shape, map_frame)
            if not shape.is_empty:
                cut = layer.kind == "polygon" and reaches_rim(shape, map_frame)
                drawn.append(Drawn(layer, feature, shape, style, is_cut=cut))
    return drawn


def reaches_rim(shape: BaseGeometry, map_frame: MapFrame) -> bool:
    """Whether the largest part of an area on the page ends at the neatline, not at its own rim."""
    part = largest_area(shape)
    if part is None:
        return False
    near = RIM_MM / map_frame.mm_per_m
    return any(
        abs(side - end) < near for side, end in zip(part.bounds, map_frame.bounds, strict=True)
    )


def _shapes_on_page(
    layer: SceneLayer, features: Sequence[Feature], map_frame: MapFrame
) -> Iterator[BaseGeometry]:
    if layer.kind == "point":
        yield from points_on_page([feature.geometry for feature in features], map_frame)
        return
    for feature in features:
        shape = on_page(feature.geometry, map_frame, detail_mm=detail_mm_of(layer))
        is_land = layer.basemap and layer.kind == "polygon"
        yield generalised(shape, map_frame) if is_land else shape


def quieted(style: Style, kind: str) -> Style:
    """A basemap's style, thin and pale enough to stay in the background."""
    if kind == "polygon":
        fill = style.fill or LAND
        if is_water(fill):
            return replace(style, fill=SEA, fill_opacity=1.0, color=SHORE, width=SHORE_PT, hatch="")
        if lab(fill)[0] < 82:
            fill = LAND
        width = 0.5 if style.width else 0.0  # who wants no borders gets none
        return replace(style, fill=fill, fill_opacity=1.0, color=BORDER, width=width, hatch="")
    if kind == "line":
        return replace(style, width=min(style.width, 0.6))
    return replace(style, size=min(style.size, 3.0), width=0.4)


def detail_mm_of(layer: SceneLayer) -> float:
    """How far a layer's lines may lie from the true ones on paper."""
    return GROUND_DETAIL_MM if layer.basemap else DETAIL_MM
