"""A map of an atlas resolved for one language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

import shapely

from shekara.atlas import Atlas, Layer, Map
from shekara.atlas.files import MapLayer, ProjectionTable, Source
from shekara.claims import Verdict
from shekara.errors import Problem, ShekaraError
from shekara.i18n import ENGLISH, Translator
from shekara.scene.features import Names, feature
from shekara.scene.looks import legend, looks
from shekara.scene.model import (
    Credit,
    Kind,
    LegendEntry,
    Relief,
    Scene,
    SceneLayer,
)
from shekara.scene.panels import panel
from shekara.scene.projection import choose
from shekara.scene.statements import scale, shown_claims

KINDS: Mapping[int, Kind] = {
    0: "point", 4: "point", 1: "line", 2: "line", 5: "line", 3: "polygon", 6: "polygon",
}  # fmt: skip
ORDER: tuple[Kind, ...] = ("polygon", "line", "point")  # bottom to top


@dataclass
class _Sources:
    """Credits in order of first use; the same source of two layers is one credit."""

    say: Translator
    found: dict[tuple[str, ...], Credit] = field(default_factory=dict)

    def add(self, layer: Layer) -> tuple[int, ...]:
        title = self.say.text(layer.file.title)
        return tuple(self.credit(source, title) for source in layer.file.source)

    def credit(self, source: Source, title: str) -> int:
        """The number of a source among the credits, once it is known what it gave."""
        key = (self.say.text(source.name), source.license or "", _date(source, self.say))
        old = self.found.get(key)
        titles = old.layers if old else ()
        titles = titles if title in titles else (*titles, title)
        self.found[key] = Credit(*key, url=source.url or "", layers=titles)
        return list(self.found).index(key)


def resolve(
    atlas: Atlas, name: str, lang: str, verdicts: Mapping[str, Verdict] | None = None
) -> Scene:
    """The scene of one map in one language.

    Args:
        atlas: a loaded atlas.
        name: stem of maps/NAME.toml.
        lang: language code; texts that lack it are given in English.
        verdicts: by claim id, where they are known already; else they are measured now.

    Raises:
        UsageError: there is no such map.
    """
    item = atlas.map(name)
    say = atlas.translator(lang)
    sources = _Sources(say)
    layers: list[SceneLayer] = []
    lines: list[list[LegendEntry]] = []
    names = Names(_given(atlas, item))
    for place, entry in enumerate(item.layers):
        for drawn, entries in _layers(atlas.layers[entry.layer], entry, place, say, names, sources):
            layers.append(drawn)
            lines.append(entries)
    layers, entries = _numbered(layers, lines)
    drawn_ids = frozenset(feature.id for layer in layers for feature in layer.features)
    shown = tuple(shown_claims(atlas, item, verdicts, say, drawn_ids))
    relief = _relief(atlas, item, sources)
    west, south, east, north = item.file.extent
    scene = Scene(
        name=name,
        say=say,
        number=list(atlas.maps).index(name) + 1,
        atlas_title=say.text(atlas.index.title),
        title=say.text(item.file.title),
        subtitle=say.text(item.file.about or ""),
        extent=(west, south, east, north),
        projection=choose((west, south, east, north), _projection(item), say),
        layers=tuple(layers),
        legend=tuple(entries),
        claims=shown,
        panels=tuple(panel(table, atlas, say) for table in item.file.panel),
        notes=(*_notes(item, layers, say), *scale(shown, say)),
        credits=tuple(sources.found.values()),
        alt="",
        relief=relief,
        fonts=tuple(str(atlas.folder / "maps" / name) for name in atlas.index.fonts),
    )
    return replace(scene, alt=_alt(scene))


def _given(atlas: Atlas, item: Map) -> Iterator[str]:
    """Names of the map's layers and ids of their features, as the atlas gives them."""
    for name in {entry.layer for entry in item.layers}:
        layer = atlas.layers[name]
        yield name
        yield from (layer.feature_id(index) for index in range(len(layer.properties)))


def _relief(atlas: Atlas, item: Map, sources: _Sources) -> Relief | None:
    """The atlas's relief, where the map wants it; its source is then one of the map's."""
    table = atlas.index.relief
    if table is None or not item.file.relief:
        return None
    sources.credit(table.source, sources.say.message("relief"))
    west, south, east, north = table.bounds
    return Relief(str(atlas.folder / "geo" / table.file), (west, south, east, north))


def problems(atlas: Atlas) -> Iterator[Problem]:
    """What is wrong with maps beyond their files: projections that do not exist."""
    for item in atlas.maps.values():
        named = _projection(item)
        west, south, east, north = item.file.extent
        try:
            choose((west, south, east, north), named, ENGLISH)
        except ShekaraError as error:
            yield Problem(f"maps/{item.name}.toml", "projection", repr(named), str(error), "")


def _projection(item: Map) -> str | dict[str, object] | None:
    named = item.file.projection
    return named.model_dump(exclude_none=True) if isinstance(named, ProjectionTable) else named


def _layers(
    layer: Layer,
    entry: MapLayer,
    place: int,
    say: Translator,
    names: Names,
    sources: _Sources,
) -> Iterator[tuple[SceneLayer, list[LegendEntry]]]:
    """One scene layer for each kind of geometry that the entry chooses."""
    groups: dict[Kind, list[int]] = {}
    for index in layer.select(entry.where):
        geometry = layer.geometry[index]
        if geometry is not None:
            kind = KINDS[int(shapely.get_type_id(geometry))]
            groups.setdefault(kind, []).append(int(index))
    quality = layer.file.quality.precision
    for kind in ORDER:
        if kind not in groups:
            continue
        chosen = groups[kind]
        symbology = looks(layer, entry.style, kind, place, chosen)
        name = names.unique(entry.layer)
        title = say.text(entry.title or layer.file.title)
        basemap = bool(layer.file.style.basemap if entry.basemap is None else entry.basemap)
        schematic = any(layer.quality(i, "precision") == "schematic" for i in chosen)
        used = {symbology.of(layer.properties[i])[1] for i in chosen}
        note = say.message("schematic") if schematic else ""
        note = say.message("computed") if quality == "computed" else note
        note = "" if note.casefold() in title.casefold() else note
        entries, numbers = (
            ([], {})
            if basemap or not entry.legend
            else legend(
                layer, name, title, kind, symbology, used, note, say, named=entry.title is not None
            )
        )
        features = []
        for index in chosen:
            style, number = symbology.of(layer.properties[index])
            line = None
            if entries:
                line = 0 if number is None else numbers.get(number, 0)
            shown = feature(layer, index, entry, say, names, style)
            features.append(replace(shown, legend=line))
        yield (
            SceneLayer(
                name=name,
                title=title,
                about=say.text(layer.file.about or ""),
                group=say.text(layer.file.group or ""),
                kind=kind,
                features=tuple(features),
                schematic=schematic,
                precision=say.message(f"precision_{quality}"),
                credit=sources.add(layer),
                basemap=basemap,
                visible=entry.visible,
                computed=quality == "computed",
                extra=entry.extra,
            ),
            entries,
        )


def _numbered(
    layers: Sequence[SceneLayer], lines: Sequence[list[LegendEntry]]
) -> tuple[list[SceneLayer], list[LegendEntry]]:
    """Legend from top to bottom, and every feature pointing at its line in it."""
    entries: list[LegendEntry] = []
    moved: list[SceneLayer] = []
    for layer, some in zip(reversed(layers), reversed(lines), strict=True):
        start = len(entries)
        entries.extend(some)
        features = tuple(
            shown if shown.legend is None else replace(shown, legend=shown.legend + start)
            for shown in layer.features
        )
        moved.append(replace(layer, features=features))
    return moved[::-1], entries


def _notes(item: Map, layers: Iterable[SceneLayer], say: Translator) -> Iterator[str]:
    for note in item.file.notes:
        yield say.text(note)
    for key in ("schematic", "computed"):
        titles = [layer.title for layer in layers if getattr(layer, key) and not layer.basemap]
        if titles:
            joined = "; ".join(dict.fromkeys(titles))
            yield say.message(f"note_{key}", titles=joined)


def _date(source: Source, say: Translator) -> str:
    if source.date is None:
        return ""
    return str(source.date) if isinstance(source.date, int) else say.day(source.date)


def _alt(scene: Scene) -> str:
    """The map in words, from its data: title, extent, what is drawn, how the claims fare."""
    drawn = [layer for layer in scene.layers if not layer.basemap and layer.visible]
    titles = "; ".join(f"{layer.title} ({len(layer.features)})" for layer in drawn)
    west, south, east, north = (scene.say.number(value) for value in scene.extent)
    sentence = scene.say.message(
        "alt_map", title=scene.title, layers=titles, west=west, south=south, east=east, north=north
    )
    verdicts = [f"{claim.says} — {claim.verdict_text}." for claim in scene.claims]
    return " ".join([sentence, *verdicts])
