"""The colours that areas make upon one another: beneath a name, and in a sign of the legend."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from shekara.colour import mix
from shekara.scene.model import Feature, Scene, SceneLayer, Style
from shekara.sheet.identity import Same
from shekara.sheet.map.drawn import quieted
from shekara.sheet.symbols.palette import LAND, PAPER, SEA, is_water

LEAST_SEEN = 0.05  # of a fill: with less an area is an outline


@dataclass(frozen=True)
class Tint:
    """An area in a colour."""

    shape: BaseGeometry
    fill: str
    opacity: float


class Tints:
    """Areas upon one another, the lowest first, upon the sea or, where no land is, upon paper."""

    def __init__(self, tints: Sequence[Tint], ground: str) -> None:
        self._tints, self._ground = tints, ground
        self._tree = shapely.STRtree([tint.shape for tint in tints])

    def at(self, places: Sequence[tuple[float, float]]) -> list[str]:
        """The colour of each place, "#rrggbb"."""
        colours = [self._ground] * len(places)
        if not self._tints or not places:
            return colours
        which, area = self._tree.query(shapely.points(places), predicate="intersects")
        order = np.lexsort((area, which))
        for place, upper in zip(which[order], area[order], strict=True):
            tint = self._tints[upper]
            colours[place] = mix(tint.fill, colours[place], tint.opacity)
        return colours


def tints_of(areas: Iterable[tuple[BaseGeometry, SceneLayer, Style]]) -> Tints:
    """The tints of areas that are drawn in this order, each with its layer and its printed style.

    The ground lies beneath all other layers, its waters upon its land.
    """
    dry: list[Tint] = []
    wet: list[Tint] = []
    others: list[Tint] = []
    for shape, layer, style in areas:
        if layer.kind != "polygon" or not style.fill:
            continue
        tint = Tint(shape, style.fill, style.fill_opacity * style.opacity)
        if layer.basemap:
            (wet if is_water(style.fill) else dry).append(tint)
        else:
            others.append(tint)
    return Tints([*dry, *wet, *others], SEA if dry else PAPER)


def beneath_entries(scene: Scene) -> tuple[str, ...]:
    """For each entry of the legend the colour upon which its areas lie, "#rrggbb".

    It is that beneath the middle of the largest of them: sectors of a sea lie upon water.
    """
    return _beneath_entries(Same(scene))


@lru_cache(maxsize=32)
def _beneath_entries(same: Same[Scene]) -> tuple[str, ...]:
    scene = same.value
    colours = [LAND] * len(scene.legend)
    largest: dict[int, tuple[float, Feature, int]] = {}
    for at, layer in enumerate(scene.layers):
        if layer.kind != "polygon" or layer.basemap:
            continue
        for feature in layer.features:
            style, entry = feature.style, feature.legend
            if entry is None or feature.geometry is None or not style.fill:
                continue
            if LEAST_SEEN < style.fill_opacity * style.opacity < 1 and (
                feature.geometry.area > largest.get(entry, (0.0,))[0]
            ):
                largest[entry] = feature.geometry.area, feature, at
    for entry, (_, feature, at) in largest.items():
        assert feature.geometry is not None
        place = feature.geometry.representative_point()
        lower = [
            (item.geometry, layer, quieted(item.style, "polygon") if layer.basemap else item.style)
            for depth, layer in enumerate(scene.layers)
            if layer.kind == "polygon" and (layer.basemap or depth < at)
            for item in layer.features
            if item.geometry is not None and _spans(item.geometry, place.x, place.y)
        ]
        colours[entry] = tints_of(lower).at([(place.x, place.y)])[0]
    return tuple(colours)


def _spans(geometry: BaseGeometry, x: float, y: float) -> bool:
    west, south, east, north = geometry.bounds
    return bool(west <= x <= east and south <= y <= north)
