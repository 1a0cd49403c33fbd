"""Small maps side by side: what each of them shows of the map, by year or by value."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from shekara.atlas import Atlas, Map
from shekara.atlas.multiples import values_there
from shekara.i18n import Translator
from shekara.scene import columns
from shekara.scene.model import Feature, Scene, SceneLayer
from shekara.scene.small_map import SmallMap
from shekara.where import matches


def small_maps(
    atlas: Atlas,
    item: Map,
    layers: Sequence[SceneLayer],
    origins: Sequence[tuple[str, Sequence[int]]],
    say: Translator,
) -> list[SmallMap]:
    """The small maps of a map in one language; none where it has no [multiples].

    Parameters
    ----------
    atlas, item
        The atlas and its map.
    layers
        Of the map's scene, bottom to top.
    origins
        Of each of them the atlas's layer, and the places of its features there.
    say
        The language.
    """
    table = item.file.multiples
    if table is None:
        return []
    if table.years is not None:
        return [
            _small_map(
                str(year), layers, [f for f in _features(layers) if not lives(f, year)], say, year
            )
            for year in table.years
        ]
    field, source = table.field or "", atlas.layers[table.of or ""]
    asked = [
        (shown, source.properties[index])
        for layer, (name, places) in zip(layers, origins, strict=True)
        if name == source.name
        for shown, index in zip(layer.features, places, strict=True)
    ]
    return [
        _small_map(
            columns.shown(source, field, value, say),
            layers,
            [shown for shown, attributes in asked if not matches(attributes, {field: value})],
            say,
        )
        for value in table.values or values_there(source, item, table)
    ]


def lives(shown: Feature, year: float) -> bool:
    """Whether a feature is there in a year: from the start of its first to the end of its last.

    It is the rule of the page's bar of years.
    """
    since, until = shown.start, shown.end
    return (since is None or since < year + 1) and (until is None or until >= year)


def part(scene: Scene, small: SmallMap) -> Scene:
    """The scene with what a small map shows of it."""
    gone = frozenset(small.without)
    layers = tuple(
        replace(layer, features=tuple(f for f in layer.features if f.id not in gone))
        for layer in scene.layers
    )
    return replace(scene, layers=layers)


def _features(layers: Sequence[SceneLayer]) -> Iterator[Feature]:
    return (shown for layer in layers for shown in layer.features)


def _small_map(
    title: str,
    layers: Sequence[SceneLayer],
    hidden: Sequence[Feature],
    say: Translator,
    year: int | None = None,
) -> SmallMap:
    gone = {shown.id for shown in hidden}
    counted = "; ".join(
        f"{layer.title} ({say.number(sum(shown.id not in gone for shown in layer.features))})"
        for layer in layers
        if not layer.basemap and layer.visible and not layer.extra
    )
    return SmallMap(title, f"{title}: {counted}", tuple(sorted(gone)), year)
