"""Layers of a scene as tables: one for each layer and kind of geometry, with its attributes."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from shapely.geometry.base import BaseGeometry

from shekara.atlas import Atlas, Layer, Map
from shekara.atlas.files import MapFile
from shekara.scene import Feature, Scene, SceneLayer, resolve
from shekara.scene.columns import MEASURED_UNITS, column

if TYPE_CHECKING:
    import geopandas
    from pandas.api.extensions import ExtensionDtype

ALL = "everything"  # the map of all layers, which no file describes
MARGIN = 0.05  # of an extent, to each side
RESERVED = frozenset({"fid", "geom", "geometry", "ogc_fid"})  # columns that GDAL makes itself


@dataclass(frozen=True)
class Table:
    """What one scene layer shows: the atlas's layer, and which of its features, in order."""

    name: str  # of the file or table: the layer's, with the kind where it has several
    layer: Layer
    shown: SceneLayer
    rows: tuple[int, ...]  # of the layer's features
    fids: tuple[int, ...]  # their numbers in the table of the whole layer, from 1


def everything(atlas: Atlas, names: Sequence[str]) -> Map:
    """A map of whole layers, areas below lines below points, in the extent of their shapes."""
    boxes = [
        shape.bounds for name in names for shape in atlas.layers[name].geometry if shape is not None
    ]
    sides = np.array(boxes or [(-1.0, -1.0, 1.0, 1.0)], dtype=float)
    west, south = sides[:, :2].min(axis=0)
    east, north = sides[:, 2:].max(axis=0)
    wide, high = (max(float(side), 0.01) * MARGIN for side in (east - west, north - south))
    extent = [
        max(-180.0, float(west) - wide),
        max(-89.9, float(south) - high),
        min(180.0, float(east) + wide),
        min(89.9, float(north) + high),
    ]
    title = atlas.index.title
    ordered = sorted(names, key=lambda name: _depth(atlas.layers[name]))
    return Map(ALL, MapFile(title=title, layers=[*ordered], extent=extent))


def scene_of(atlas: Atlas, names: Sequence[str], lang: str) -> Scene:
    """All features of some layers as a scene, as the layers' own files style them."""
    whole = replace(atlas, maps={ALL: everything(atlas, names)})
    return resolve(whole, ALL, lang, {})


def tables_of(scene: Scene, atlas: Atlas) -> list[Table]:
    """The tables of a scene's layers, bottom to top."""
    kinds: dict[str, set[str]] = {}
    for shown in scene.layers:
        kinds.setdefault(_home(shown), set()).add(shown.kind)
    tables = []
    for shown in scene.layers:
        layer = atlas.layers[_home(shown)]
        name = layer.name if len(_kinds(layer)) < 2 else f"{layer.name}-{shown.kind}"
        rows = {layer.feature_id(index): index for index in range(len(layer.properties))}
        chosen = tuple(_row(item, rows) for item in shown.features)
        of_kind = {index: place for place, index in enumerate(_of_kind(layer, chosen[0]), start=1)}
        fids = tuple(of_kind[index] for index in chosen)
        tables.append(Table(name, layer, shown, chosen, fids))
    return tables


def frame_of(table: Table) -> geopandas.GeoDataFrame:
    """Attributes and geometry (EPSG:4326), lists and tables as JSON, measured fields measured.

    A column that holds both numbers and texts is all text; whole numbers stay whole.
    """
    import geopandas
    import pandas as pd

    layer, rows = table.layer, list(table.rows)
    names = list(dict.fromkeys(key for index in rows for key in layer.properties[index]))
    names += [name for name in layer.file.field if name in MEASURED_UNITS and name not in names]
    columns: dict[str, object] = {}
    for name in names:
        safe = f"{name}_" if name.lower() in RESERVED else name
        columns[safe] = _typed([_plain(value) for value in column(layer, name, rows)])
    geometry = [layer.geometry[index] for index in rows]
    return geopandas.GeoDataFrame(
        pd.DataFrame(columns, index=range(len(rows))), geometry=geometry, crs="EPSG:4326"
    )


def _typed(values: list[object]) -> object:
    """A pandas column: numbers with gaps stay numbers, mixed values become text."""
    import pandas as pd

    types = {type(value) for value in values if value is not None}
    small = all(abs(value) < 2**63 for value in values if isinstance(value, int))
    columns: list[tuple[set[type], ExtensionDtype]] = [
        ({bool}, pd.BooleanDtype()),
        ({int}, pd.Int64Dtype()),
        ({int, float}, pd.Float64Dtype()),
    ]
    for kinds, dtype in columns:
        if types and types <= kinds and small:
            return pd.Series(values, dtype="object").astype(dtype).array
    texts = [
        value if value is None or isinstance(value, str) else json.dumps(value) for value in values
    ]
    return np.array([*texts, None], dtype=object)[:-1]


def _plain(value: object) -> object:
    """A value of JSON as a column of a table can hold it."""
    if isinstance(value, Mapping | list | tuple):
        return json.dumps(value, ensure_ascii=False)
    return float(value) if isinstance(value, float) else value


def _home(shown: SceneLayer) -> str:
    """The atlas's layer that a scene layer shows, which its features' ids begin with."""
    return shown.features[0].id.partition("/")[0]


def _row(feature: Feature, rows: Mapping[str, int]) -> int:
    """Which feature of the layer it is; a map that shows it twice has given it a new id."""
    index = rows.get(feature.id)
    return rows[feature.id.rpartition("~")[0]] if index is None else index


def _depth(layer: Layer) -> tuple[bool, int, str]:
    """Backgrounds first, then areas, lines, points."""
    return not layer.file.style.basemap, -max(_kinds(layer), default=0), layer.name


def _kinds(layer: Layer) -> set[int]:
    """0 points, 1 lines, 2 areas: which a layer has."""
    return {_kind(shape) for shape in layer.geometry if shape is not None}


def _of_kind(layer: Layer, example: int) -> list[int]:
    """The features of a layer that have the kind of geometry of one of them, in its order."""
    kind = _kind(layer.geometry[example])
    return [
        i for i, shape in enumerate(layer.geometry) if shape is not None and _kind(shape) == kind
    ]


def _kind(shape: BaseGeometry) -> int:
    name = str(shape.geom_type)
    return 2 if "Polygon" in name else 1 if "Line" in name else 0
