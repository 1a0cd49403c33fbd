"""A map of an atlas resolved for one language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

import shapely

from shekara.atlas import Atlas, Map
from shekara.atlas.files import ProjectionTable
from shekara.claims import Verdict
from shekara.errors import Problem, ShekaraError
from shekara.i18n import ENGLISH, Translator
from shekara.scene.cautions import cautions
from shekara.scene.class_problems import class_problems
from shekara.scene.features import Names
from shekara.scene.layers import Sources, numbered, scene_layers
from shekara.scene.model import (
    Feature,
    Imprint,
    LegendEntry,
    Relief,
    Scene,
    SceneLayer,
    SheetInset,
    SheetOutlines,
)
from shekara.scene.multiples import small_maps
from shekara.scene.orientation import orientation
from shekara.scene.panels import panel
from shekara.scene.pictures import Backdrop, Sign, backdrop_of, sign_of
from shekara.scene.projection import choose
from shekara.scene.same_colours import recoloured
from shekara.scene.statements import scale, shown_claims
from shekara.scene.story import steps

TOLD = ("publisher", "place", "edition", "license", "note")  # of an imprint, in words


def resolve(
    atlas: Atlas, name: str, lang: str, verdicts: Mapping[str, Verdict] | None = None
) -> Scene:
    """The scene of one map in one language.

    Parameters
    ----------
    atlas
        A loaded atlas.
    name
        Stem of maps/NAME.toml.
    lang
        Language code; texts that lack it are given in English.
    verdicts
        By claim id, where they are known already; else they are measured now.

    Raises
    ------
    UsageError
        There is no such map.
    """
    item = atlas.map(name)
    say = atlas.translator(lang)
    sources = Sources(say, atlas.sources)
    layers: list[SceneLayer] = []
    lines: list[list[LegendEntry]] = []
    origins: list[tuple[str, list[int]]] = []
    names = Names(_given(atlas, item))
    for place, entry in enumerate(item.layers):
        for drawn, entries, chosen in scene_layers(
            atlas.layers[entry.layer], entry, place, say, names, sources
        ):
            layers.append(drawn)
            origins.append((entry.layer, chosen))
            lines.append(entries)
    layers, entries = numbered(layers, lines)
    drawn_ids = frozenset(feature.id for layer in layers for feature in layer.features)
    shown = tuple(shown_claims(atlas, item, verdicts, say, drawn_ids))
    relief, backdrop = _relief(atlas, item, sources), _backdrop(atlas, item, sources)
    sign = _sign(atlas, sources)
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
        panels=recoloured((panel(table, atlas, say) for table in item.file.panel), layers, entries),
        notes=(*_notes(item, layers, say), *scale(shown, say)),
        credits=tuple(sources.found.values()),
        alt="",
        relief=relief,
        backdrop=backdrop,
        sign=sign,
        steps=tuple(steps(item, say)),
        sheet_lead=item.file.sheet.lead or "",
        sheet_year=item.file.sheet.year,
        sheet_orientation=item.file.sheet.orientation or orientation(atlas),
        sheet_insets=tuple(_insets(item, say)),
        sheet_outlines=_outlines(atlas, item, layers, say),
        imprint=_imprint(atlas, say),
        small_maps=tuple(small_maps(atlas, item, layers, origins, say)),
        small_columns=item.file.multiples.columns if item.file.multiples else None,
        fonts=tuple(str(atlas.folder / "maps" / name) for name in atlas.index.fonts),
        typefaces=tuple(atlas.index.typeface.roles.items()),
    )
    return replace(scene, alt=_alt(scene))


def _given(atlas: Atlas, item: Map) -> Iterator[str]:
    """Names of the map's layers and ids of their features, as the atlas gives them."""
    for name in {entry.layer for entry in item.layers}:
        layer = atlas.layers[name]
        yield name
        yield from (layer.feature_id(index) for index in range(len(layer.properties)))


def _relief(atlas: Atlas, item: Map, sources: Sources) -> Relief | None:
    """The atlas's relief, where the map wants it; its source is then one of the map's."""
    table = atlas.index.relief
    if table is None or not item.file.relief:
        return None
    sources.credit(table.source, sources.say.message("relief"))
    west, south, east, north = table.bounds
    return Relief(str(atlas.folder / "geo" / table.file), (west, south, east, north))


def _backdrop(atlas: Atlas, item: Map, sources: Sources) -> Backdrop | None:
    """The raster under the map; its source is one of the map's."""
    if item.file.backdrop is not None:
        sources.credit(item.file.backdrop.source, sources.say.message("backdrop"))
    return backdrop_of(atlas, item)


def _sign(atlas: Atlas, sources: Sources) -> Sign | None:
    """The atlas's logo; its source, where it names one, is one of the map's."""
    if atlas.index.logo is not None and atlas.index.logo.source is not None:
        sources.credit(atlas.index.logo.source, sources.say.message("logo"))
    return sign_of(atlas, sources.say)


def problems(atlas: Atlas) -> Iterator[Problem]:
    """What is wrong beyond single files: classes that cannot be made, projections nobody knows."""
    yield from class_problems(atlas)
    for item in atlas.maps.values():
        named = _projection(item)
        west, south, east, north = item.file.extent
        try:
            choose((west, south, east, north), named, ENGLISH)
        except ShekaraError as error:
            yield Problem(f"maps/{item.name}.toml", "projection", repr(named), str(error), "")
        outlines = item.file.sheet.outlines
        if outlines and not any(shapely.get_dimensions(atlas.layers[outlines.layer].geometry) == 2):
            key, rule = "sheet.outlines.layer", "is a layer without areas"
            remedy = "name a layer of polygons, or delete [sheet.outlines]"
            yield Problem(f"maps/{item.name}.toml", key, repr(outlines.layer), rule, remedy)


def _projection(item: Map) -> str | dict[str, object] | None:
    named = item.file.projection
    return named.model_dump(exclude_none=True) if isinstance(named, ProjectionTable) else named


def _outlines(
    atlas: Atlas, item: Map, layers: Iterable[SceneLayer], say: Translator
) -> SheetOutlines | None:
    table = item.file.sheet.outlines
    if table is None:
        return None
    source = atlas.layers[table.layer]
    # A layer may be drawn as circles or dots: its areas are as large all the same.
    true = {source.feature_id(i): source.geometry[i] for i in range(len(source.properties))}
    areas = (
        replace(shown, geometry=true.get(shown.id, shown.geometry))
        for layer in layers
        if layer.name == table.layer
        for shown in layer.features
    )
    return SheetOutlines(say.text(table.title), tuple(area for area in areas if _is_area(area)))


def _imprint(atlas: Atlas, say: Translator) -> Imprint:
    table = atlas.index.imprint
    if table is None:
        return Imprint()
    said = {key: say.text(getattr(table, key) or "") for key in TOLD}
    return Imprint(**said, year=table.year, isbn=table.isbn or "")


def _is_area(shown: Feature) -> bool:
    return shown.geometry is not None and shapely.get_dimensions(shown.geometry) == 2


def _insets(item: Map, say: Translator) -> Iterator[SheetInset]:
    for table in item.file.sheet.inset:
        west, south, east, north = table.extent
        yield SheetInset((west, south, east, north), say.text(table.title or ""), table.scale)


def _notes(item: Map, layers: Iterable[SceneLayer], say: Translator) -> Iterator[str]:
    for note in item.file.notes:
        yield say.text(note)
    yield from (caution.text for caution in cautions(layers, say))


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
