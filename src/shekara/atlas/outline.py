"""What an atlas holds, by name and number: its tables without its shapes, read in a moment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from shekara.atlas.data import shapes_of
from shekara.atlas.files import IndexFile, LayerFile
from shekara.atlas.load import existing
from shekara.atlas.model import Map
from shekara.atlas.paths import stays
from shekara.atlas.tables import (
    languages_of,
    ordered,
    read_index,
    read_layer_file,
    read_maps,
    read_sources,
)
from shekara.errors import AtlasError, Problem
from shekara.gate.geojson import NotGeoJsonError, count

EVERYWHERE = [-180.0, -89.0, 180.0, 89.0]


class LayerOutline(NamedTuple):
    """A layer's description, and how many features it has."""

    file: LayerFile
    features: int


@dataclass(frozen=True)
class Outline:
    """An atlas whose tables are sound; whether its shapes and claims are is not known."""

    index: IndexFile
    languages: tuple[str, ...]
    layers: Mapping[str, LayerOutline]
    maps: Mapping[str, Map]


def outline(named: Path | str | None = None) -> Outline:
    """The outline of the atlas in a folder; see `shekara.atlas.load`.

    Raises
    ------
    InputError
        There is no atlas in that folder.
    AtlasError
        With every problem of its tables, and of files that cannot be read.
    """
    place = existing(named)
    problems: list[Problem] = []
    sources = read_sources(place, problems)
    layers: dict[str, LayerOutline] = {}
    for path in sorted((place / "layers").glob("*.toml")):
        file = read_layer_file(path, f"layers/{path.name}", sources, problems)
        if file is not None:
            layers[path.stem] = LayerOutline(file, _count(place, path.stem, file, problems))
    maps = read_maps(place, _somewhere, problems)
    index = read_index(place, problems)
    if problems:
        raise AtlasError(problems)
    languages = languages_of(index, (layer.file for layer in layers.values()), maps)
    return Outline(index, languages, layers, ordered(maps, index))


def _somewhere(table: dict[str, object]) -> dict[str, object]:
    """A map that finds its extent in its shapes: where it lies is not asked here."""
    return {"extent": EVERYWHERE, **table}


def _count(place: Path, name: str, file: LayerFile, problems: list[Problem]) -> int:
    """How many features a layer has."""
    geo = f"geo/{name}.geojson"
    if file.file is None and stays(place, geo, problems) and (place / geo).is_file():
        try:
            return count((place / geo).read_bytes())
        except (NotGeoJsonError, OSError):
            pass  # what is wrong with it is said where it is read whole
    features = shapes_of(place, name, file, problems)
    return 0 if features is None else len(features.properties)
