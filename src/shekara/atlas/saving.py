"""An atlas in memory written as a folder that `load` reads."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import shapely
from pydantic import JsonValue
from shapely.geometry.base import BaseGeometry

from shekara.atlas.printed import Printed
from shekara.atlas.source import Source
from shekara.storage import replace_folder

if TYPE_CHECKING:
    from pydantic import BaseModel

    from shekara.atlas.model import Atlas, Layer

OWN_FILE = ("file", "layer", "crs", "encoding", "where")  # shapes are written to geo/


def save(atlas: Atlas, folder: Path) -> None:
    """Write geo/, layers/, maps/ and words/ of an atlas; see `Atlas.save`."""
    import tomli_w

    def write(path: str, table: Mapping[str, object]) -> None:
        target = fresh / path
        target.parent.mkdir(exist_ok=True)
        target.write_text(tomli_w.dumps(table), encoding="utf-8", newline="\n")

    with replace_folder(folder) as fresh:
        for part in ("geo", "layers", "maps"):
            (fresh / part).mkdir()
        for layer in atlas.layers.values():
            path = fresh / "geo" / f"{layer.name}.geojson"
            path.write_text(geojson_text(layer), encoding="utf-8", newline="\n")
            write(f"layers/{layer.name}.toml", _layer(layer, atlas))
        for item in atlas.maps.values():
            write(f"maps/{item.name}.toml", _plain(item.file))
        languages = {"languages": list(atlas.languages), "order": list(atlas.maps)}
        write("maps/index.toml", _plain(atlas.index) | languages)
        if atlas.sources:
            records = {name: _without(_plain(s), "id") for name, s in atlas.sources.items()}
            write("maps/sources.toml", records)
        for lang, words in atlas.words.items():
            write(f"words/{lang}.toml", words)
        for name in _companions(atlas):
            shutil.copyfile(atlas.folder / name, fresh / name)


def geojson_text(layer: Layer) -> str:
    """A layer as GeoJSON, with the positions and attributes that it has, a feature to a line."""
    features = (
        json.dumps(
            {"type": "Feature", "properties": dict(attributes), "geometry": _shape(shape)},
            ensure_ascii=False,
        )
        for attributes, shape in zip(layer.properties, layer.geometry, strict=True)
    )
    lines = ",\n".join(features)
    return f'{{"type": "FeatureCollection", "features": [\n{lines}\n]}}\n'


def _shape(shape: BaseGeometry | None) -> JsonValue:
    return None if shape is None else json.loads(shapely.to_geojson(shape))


def _layer(layer: Layer, atlas: Atlas) -> dict[str, object]:
    table = _without(_plain(layer.file), *OWN_FILE, "derive", "claim")
    table["source"] = [_source(source, atlas) for source in layer.file.source]
    drafts = [_plain(item) for item in layer.file.claim if item.draft]
    claims = []
    for claim in layer.claims:
        known = {key: value for key, value in _plain(claim.table).items() if key != claim.kind}
        claims.append({**known, claim.kind: _plain(claim.asks)})
    return table | ({"claim": [*claims, *drafts]} if claims or drafts else {})


def _source(source: Source, atlas: Atlas) -> str | dict[str, object]:
    named = source.id is not None and source.id in atlas.sources
    return source.id if named and source.id else _plain(source)


def _plain(model: BaseModel) -> dict[str, object]:
    """The keys that were written, in values that TOML has."""
    table = model.model_dump(by_alias=True, exclude_none=True, exclude_defaults=True)
    required = {
        info.alias or name: getattr(model, name)
        for name, info in type(model).model_fields.items()
        if info.is_required() and isinstance(getattr(model, name), str | int | float)
    }
    return {key: _value(value) for key, value in {**required, **table}.items()}


def _value(value: object) -> object:
    if isinstance(value, Printed):
        return Decimal(value.text)
    if isinstance(value, Mapping):
        return {str(key): _value(part) for key, part in value.items() if part is not None}
    if isinstance(value, list | tuple):
        return [_value(part) for part in value]
    return value


def _without(table: dict[str, object], *keys: str) -> dict[str, object]:
    return {key: value for key, value in table.items() if key not in keys}


def _companions(atlas: Atlas) -> Iterator[str]:
    """Files that the index names: a relief, fonts."""
    if atlas.index.relief is not None:
        yield f"geo/{atlas.index.relief.file}"
    if atlas.index.logo is not None:
        yield f"maps/{atlas.index.logo.file}"
    rasters = (item.file.backdrop for item in atlas.maps.values())
    yield from dict.fromkeys(f"geo/{raster.file}" for raster in rasters if raster is not None)
    yield from (f"maps/{name}" for name in atlas.index.fonts)
