"""The order in which a map's layers lie upon its ground, bottom to top."""

from __future__ import annotations

from collections.abc import Sequence

from shekara.scene.model import SceneLayer
from shekara.sheet.map.drawn import Drawn
from shekara.sheet.symbols.palette import is_ground, is_water


def waters_upon_areas(drawn: Sequence[Drawn]) -> frozenset[str]:
    """The layers of ground that lie upon tinted areas: rivers, and lakes that come after them.

    A tint that covered a river would leave its name alone on the map.
    """
    places = [at for at, item in enumerate(drawn) if _is_tinted(item)]
    return frozenset(
        item.layer.name
        for at, item in enumerate(drawn)
        if item.layer.basemap
        and places
        and (item.layer.kind == "line" or (at > places[0] and _is_wet(item)))
    )


def _is_wet(item: Drawn) -> bool:
    return is_water(item.style.fill or item.style.color)


def _is_tinted(item: Drawn) -> bool:
    return item.layer.kind == "polygon" and not item.layer.basemap


def depths(drawn: Sequence[Drawn], upon: frozenset[str]) -> list[list[Drawn]]:
    """The layers that lie upon the ground, bottom to top: rivers next above the last areas."""
    layers: dict[str, list[Drawn]] = {}
    for item in drawn:
        if not item.layer.basemap or item.layer.name in upon:
            layers.setdefault(item.layer.name, []).append(item)
    rivers = [items for name, items in layers.items() if name in upon and _is_line(items)]
    others = [items for name, items in layers.items() if name not in upon or not _is_line(items)]
    last = max(
        (place for place, items in enumerate(others) if items[0].layer.kind == "polygon"),
        default=len(others),
    )
    return [*others[: last + 1], *rivers, *others[last + 1 :]]


def _is_line(items: Sequence[Drawn]) -> bool:
    return items[0].layer.kind == "line"


def beneath_the_graticule(layers: Sequence[Sequence[Drawn]]) -> int:
    """How many of the layers lie beneath it: areas that cover the sheet would hide it."""
    return max(
        (place + 1 for place, items in enumerate(layers) if _covers(items[0].layer)), default=0
    )


def _covers(layer: SceneLayer) -> bool:
    """Whether a layer is mostly opaque ground."""
    areas = [f for f in layer.features if layer.kind == "polygon" and f.geometry is not None]
    ground = [
        f
        for f in areas
        if not layer.basemap and is_ground(f.style, "polygon") and f.style.fill_opacity > 0.8
    ]
    return bool(areas) and len(ground) >= 0.5 * len(areas)
