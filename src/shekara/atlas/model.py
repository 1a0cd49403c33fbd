"""Layer, claim, map and atlas: what was read from the files, unchanged and unchangeable."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, ClassVar, Literal, overload

import numpy as np
import shapely
from numpy.typing import NDArray

from shekara.atlas.files import ClaimTable, IndexFile, LayerFile, MapFile, MapLayer, Table
from shekara.atlas.source import Source
from shekara.errors import UsageError
from shekara.i18n import Translator
from shekara.spelling import counted, way_out
from shekara.where import Where, matches

if TYPE_CHECKING:
    import geopandas


# Keys of a claim that name attributes, each with the key that names the layer.
Attributes = tuple[tuple[str, str], ...]


class ClaimKind(Table):
    """What a claim asks, as the keys of its kind; `shekara.claims` has the kinds.

    `LAYERS` are the keys that name other layers. `ATTRIBUTES` are those that name attributes,
    with the key that names the attribute's layer ("" is the claim's own), so that a wrong name
    is found before anything is measured.
    """

    UNIT: ClassVar[str] = ""
    LAYERS: ClassVar[tuple[str, ...]] = ()
    ATTRIBUTES: ClassVar[Attributes] = ()


@dataclass(frozen=True)
class Claim:
    """A sentence that can be measured on a layer, with the verdict that the atlas stands by."""

    layer: str
    table: ClaimTable
    kind: str  # the one key of its own: "length_km", "within" ...
    asks: ClaimKind  # what that key holds, bound to its kind when the atlas was read

    def __repr__(self) -> str:
        return f"<Claim {self.id} of {self.layer}: {self.kind}, {self.table.verdict}>"

    @property
    def id(self) -> str:
        """Its name, unique in the atlas."""
        return self.table.id


Metres = Literal["accuracy_m", "shift_m", "resolution_m"]


@dataclass(frozen=True)
class Layer:
    """Geometry from geo/ and everything said about it in layers/."""

    name: str
    file: LayerFile
    geometry: NDArray[np.object_]  # shapely geometries or None, WGS 84, lon lat
    properties: tuple[Mapping[str, object], ...]  # one mapping per geometry
    claims: tuple[Claim, ...]
    remarks: tuple[str, ...] = ()  # how shapes over 180° and round poles were read

    def __repr__(self) -> str:
        kinds = {shape.geom_type for shape in self.geometry if shape is not None}
        shown = ", ".join(sorted(kinds)) or "no shapes"
        return f"<Layer {self.name}: {counted(len(self.properties), 'feature')} ({shown})>"

    @property
    def data(self) -> str:
        """The file of its shapes, as a path in the atlas."""
        return self.file.file or f"geo/{self.name}.geojson"

    @cached_property
    def fields(self) -> frozenset[str]:
        """Names of all attributes that any feature has."""
        return frozenset(key for attributes in self.properties for key in attributes)

    @property
    def frame(self) -> geopandas.GeoDataFrame:
        """The layer as a GeoDataFrame in EPSG:4326."""
        import geopandas
        import pandas as pd

        return geopandas.GeoDataFrame(
            pd.DataFrame(list(self.properties)), geometry=list(self.geometry), crs="EPSG:4326"
        )

    def select(self, where: Where | None = None) -> NDArray[np.int64]:
        """Indexes of the features whose attributes have the given values (lists: one of them)."""
        chosen = [
            index
            for index, attributes in enumerate(self.properties)
            if matches(attributes, where or {})
        ]
        return np.array(chosen, dtype=np.int64)

    def feature_id(self, index: int) -> str:
        """The feature's id in the atlas: layer/id, else layer/number."""
        return f"{self.name}/{self.properties[index].get('id', index)}"

    @overload
    def quality(self, index: int, key: Metres) -> float | None: ...
    @overload
    def quality(self, index: int, key: Literal["precision"]) -> str: ...
    @overload
    def quality(self, index: int, key: Literal["lower_bound"]) -> bool: ...
    def quality(self, index: int, key: str) -> object:
        """A key of [quality] for a feature: its own attribute, else the layer's."""
        attributes = self.properties[index].get(key)
        return attributes if attributes is not None else getattr(self.file.quality, key)


@dataclass(frozen=True)
class Map:
    """Which layers, bottom to top, in which extent, with which panels."""

    name: str
    file: MapFile

    def __repr__(self) -> str:
        return f"<Map {self.name}: {', '.join(entry.layer for entry in self.layers)}>"

    @cached_property
    def layers(self) -> tuple[MapLayer, ...]:
        """The map's layers, bottom to top."""
        return tuple(
            MapLayer(layer=entry) if isinstance(entry, str) else entry for entry in self.file.layers
        )


@dataclass(frozen=True)
class Atlas:
    """A folder with geo/, layers/ and maps/, read and found sound."""

    folder: Path
    index: IndexFile
    layers: Mapping[str, Layer]
    maps: Mapping[str, Map]  # in the atlas's order
    languages: tuple[str, ...]
    sources: Mapping[str, Source] = field(default_factory=dict)  # those with an id
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)  # its own, by language

    def translator(self, lang: str) -> Translator:
        """A language with the atlas's own words in it."""
        return Translator(lang, self.words.get(lang, {}))

    def __reduce__(self) -> tuple[Callable[..., Atlas], tuple[object, ...]]:
        # Views of mappings cannot be sent to other processes; what they show can.
        words = {lang: dict(texts) for lang, texts in self.words.items()}
        parts = (self.folder, self.index, dict(self.layers), dict(self.maps), self.languages,
                 dict(self.sources), words)  # fmt: skip
        return _atlas_of, parts

    def save(self, folder: Path | str) -> None:
        """Write the atlas as a folder that `load` reads: geo/, layers/, maps/, words/.

        Recipes (`derive`) stay behind and shapes of a layer's own file go to geo/: what is written
        is what the atlas holds now.

        Parameters
        ----------
        folder
            New or empty, or one that an atlas was saved to before.

        Raises
        ------
        UsageError
            The folder holds something else.
        StorageError
            The system refuses to write.
        """
        from shekara.atlas.saving import save

        save(self, Path(folder))

    def __repr__(self) -> str:
        parts = ((self.layers, "layer"), (self.maps, "map"), (self.claims, "claim"))
        counts = ", ".join(counted(len(part), thing) for part, thing in parts)
        title = self.index.title
        shown = title if isinstance(title, str) else next(iter(title.values()))
        return f"<Atlas {shown!r}: {counts}; {' '.join(self.languages)}>"

    @property
    def claims(self) -> tuple[Claim, ...]:
        """All claims, layer by layer."""
        return tuple(claim for layer in self.layers.values() for claim in layer.claims)

    @property
    def drafts(self) -> tuple[str, ...]:
        """Ids of the claims that are begun and not yet the atlas's own."""
        tables = (table for layer in self.layers.values() for table in layer.file.claim)
        return tuple(table.id for table in tables if table.draft)

    def layer(self, name: str) -> Layer:
        """A layer by name.

        Raises
        ------
        UsageError
            There is none of that name.
        """
        if name not in self.layers:
            raise UsageError(f"there is no layer {name!r}; {way_out(name, self.layers)}")
        return self.layers[name]

    def map(self, name: str) -> Map:
        """A map by name.

        Raises
        ------
        UsageError
            There is none of that name.
        """
        if name not in self.maps:
            raise UsageError(f"there is no map {name!r}; {way_out(name, self.maps)}")
        return self.maps[name]


def _atlas_of(
    folder: Path, index: IndexFile, layers: dict[str, Layer], maps: dict[str, Map],
    languages: tuple[str, ...], sources: dict[str, Source], words: dict[str, dict[str, str]],
) -> Atlas:  # fmt: skip
    """An atlas of its parts, as they come from another process."""
    view = MappingProxyType
    return Atlas(folder, index, view(layers), view(maps), languages, view(sources), view(words))


def bounds(geometry: NDArray[np.object_]) -> tuple[float, float, float, float] | None:
    """West, south, east, north of all geometries together; None when there are none."""
    items = [item for item in geometry if item is not None]
    if not items:
        return None
    west, south, east, north = shapely.total_bounds(np.array(items, dtype=object))
    return float(west), float(south), float(east), float(north)
