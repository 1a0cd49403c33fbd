"""The layers of a scene: a layer of the atlas as a map shows it, with its lines of the legend."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

import shapely
from shapely.geometry.base import BaseGeometry

from shekara.atlas import Layer
from shekara.atlas.citations import cited
from shekara.atlas.files import MapLayer, Source, ValueLook
from shekara.i18n import Translator
from shekara.scene.citations import web_address
from shekara.scene.dots import signs_of_areas
from shekara.scene.features import Names, feature, label_unit
from shekara.scene.icons import set_of
from shekara.scene.legend import legend, says
from shekara.scene.looks import Looks, looks
from shekara.scene.model import Credit, Feature, Kind, LegendEntry, SceneLayer

KINDS: Mapping[int, Kind] = {
    0: "point", 4: "point", 1: "line", 2: "line", 5: "line", 3: "polygon", 6: "polygon",
}  # fmt: skip
ORDER: tuple[Kind, ...] = ("polygon", "line", "point")  # bottom to top


@dataclass
class Sources:
    """Credits in order of first use; the same source of two layers is one credit."""

    say: Translator
    records: Mapping[str, Source] = field(default_factory=dict)  # of the atlas, by id
    found: dict[tuple[str, ...], Credit] = field(default_factory=dict)

    def title(self, ids: str) -> str:
        """What the sources of some ids, parted by semicolons, are called.

        What is no id, such as the text itself, stays as it is.
        """
        return "; ".join(self._name(key) for key in cited(ids))

    def _name(self, key: str) -> str:
        return self.say.text(self.records[key].name) if key in self.records else key

    def add(self, layer: Layer) -> tuple[int, ...]:
        """The numbers of a layer's sources among the credits."""
        title = self.say.text(layer.file.title)
        return tuple(self.credit(source, title) for source in layer.file.source)

    def drawings(self, title: str, *looks: ValueLook) -> tuple[int, ...]:
        """The numbers of the packages whose icons a layer of that title is drawn with."""
        each = (look for table in looks for look in (table, *table.classes, table.no_data))
        used = {look.icon for look in each if look is not None and look.icon is not None}
        sets = sorted({set_of(icon) for icon in used})
        return tuple(
            self.credit(Source(name=name, license=license_), title) for name, license_ in sets
        )

    def credit(self, source: Source, title: str) -> int:
        """The number of a source among the credits, once it is known what it gave."""
        key = (self.say.text(source.name), source.license or "", _date(source, self.say))
        old = self.found.get(key)
        titles = old.layers if old else ()
        titles = titles if title in titles else (*titles, title)
        holder = self.say.text(source.author) if source.author else ""
        self.found[key] = Credit(*key, web_address(source.url), titles, holder)
        return list(self.found).index(key)


def scene_layers(
    layer: Layer,
    entry: MapLayer,
    place: int,
    say: Translator,
    names: Names,
    sources: Sources,
) -> Iterator[tuple[SceneLayer, list[LegendEntry], list[int]]]:
    """One scene layer for each kind of geometry that the entry chooses.

    With it come its lines of the legend and the places that its features have in their layer.
    """
    groups: dict[Kind, list[int]] = {}
    for index in layer.select(entry.where):
        geometry = layer.geometry[index]
        if geometry is not None:
            kind = KINDS[int(shapely.get_type_id(geometry))]
            groups.setdefault(kind, []).append(int(index))
    quality = layer.file.quality.precision
    for shape in ORDER:
        if shape not in groups:
            continue
        chosen = groups[shape]
        signs = signs_of_areas(layer, entry.style, chosen) if shape == "polygon" else None
        kind = shape if signs is None else "point"
        symbology = looks(layer, entry.style, kind, place, chosen)
        name = names.unique(entry.layer)
        title = say.text(entry.title or layer.file.title)
        basemap = bool(layer.file.style.basemap if entry.basemap is None else entry.basemap)
        schematic = any(layer.quality(i, "precision") == "schematic" for i in chosen)
        used = {symbology.of(i)[1] for i in chosen}
        note = say.message("schematic") if schematic else ""
        computed = all(layer.quality(i, "precision") == "computed" for i in chosen)
        note = say.message("computed") if computed else note
        note = "" if says(title, note) else note
        entries, numbers = (
            ([], {})
            if basemap or not entry.legend
            else legend(
                layer, name, title, kind, symbology, used, note, say, named=entry.title is not None
            )
        )
        features = []
        for index in chosen:
            style, number = symbology.of(index)
            line = None
            if entries:
                line = 0 if number is None else numbers.get(number, 0)
            shown = replace(
                feature(layer, index, entry, say, names, style, sources.title), legend=line
            )
            features.append(shown if signs is None else _as_sign(shown, signs[index], symbology))
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
                credit=(
                    *sources.add(layer),
                    *sources.drawings(title, layer.file.style, entry.style),
                ),
                basemap=basemap,
                visible=entry.visible,
                computed=computed,
                extra=entry.extra,
                printed=entry.sheet,
                unit=label_unit(layer, entry, say),
            ),
            entries,
            chosen,
        )


def _as_sign(shown: Feature, sign: BaseGeometry, symbology: Looks) -> Feature:
    """A feature drawn as its sign; a name beside one of many dots would name that dot."""
    return replace(shown, geometry=sign, label="" if symbology.dots_by else shown.label)


def numbered(
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


def _date(source: Source, say: Translator) -> str:
    if source.date is None:
        return ""
    return str(source.date) if isinstance(source.date, int) else say.day(source.date)
