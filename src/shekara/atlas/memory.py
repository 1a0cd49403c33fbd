"""An atlas made in memory, of tables and shapes instead of files, held to the same rules."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np

from shekara.atlas.extents import with_extent
from shekara.atlas.files import IndexFile, LayerFile, MapFile
from shekara.atlas.geojson import on_one_globe
from shekara.atlas.load import Kinds, Rule, bound, checked
from shekara.atlas.model import Atlas, Layer, Map
from shekara.atlas.tables import valid
from shekara.errors import Problem

if TYPE_CHECKING:
    import geopandas


def compose(
    frames: Mapping[str, geopandas.GeoDataFrame],
    tables: Mapping[str, Mapping[str, object]],
    maps: Mapping[str, Mapping[str, object]],
    index: Mapping[str, object],
    *,
    kinds: Kinds,
    rules: Iterable[Rule] = (),
) -> Atlas:
    """An atlas of frames (WGS 84, values of JSON) and of the tables that files would hold.

    Parameters
    ----------
    frames
        By name of the layer.
    tables
        What layers/NAME.toml would say, by name of the layer.
    maps
        What maps/NAME.toml would say; a map without `extent` shows all of its layers.
    index
        What maps/index.toml would say.
    kinds, rules
        See `shekara.atlas.load`.

    Raises
    ------
    AtlasError
        With every problem, named as if the files existed.
    """
    problems: list[Problem] = []
    layers: dict[str, Layer] = {}
    for name, frame in frames.items():
        label = f"layers/{name}.toml"
        file = valid(dict(tables.get(name, {})), label, LayerFile, problems)
        shape = frame.geometry.name
        rows = frame[[column for column in frame.columns if column != shape]].to_dict("records")
        geometry = np.empty(len(frame), dtype=object)
        geometry[:] = list(frame.geometry)
        features = on_one_globe(geometry, rows, f"geo/{name}.geojson", problems)
        if file is not None:
            claims = tuple(bound(name, label, file.claim, kinds, problems))
            layers[name] = Layer(
                name, file, features.geometry, features.properties, claims, features.remarks
            )
    files = {
        name: valid(with_extent(table, layers), f"maps/{name}.toml", MapFile, problems)
        for name, table in maps.items()
    }
    head = valid(dict(index), "maps/index.toml", IndexFile, problems) or IndexFile(title="atlas")
    atlas = Atlas(
        folder=Path(),
        index=head,
        layers=MappingProxyType(layers),
        maps=MappingProxyType({n: Map(n, f) for n, f in files.items() if f is not None}),
        languages=tuple(head.languages or ("en",)),
        sources=MappingProxyType(
            {s.id: s for layer in layers.values() for s in layer.file.source if s.id is not None}
        ),
    )
    return checked(atlas, set(frames), problems, rules)
