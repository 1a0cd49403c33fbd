"""GeoParquet files: shapes in a column of well-known binary, their system in the metadata."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from shekara.errors import InputError
from shekara.gate.gdal import RawLayer
from shekara.gate.naming import fields
from shekara.gate.sources import Source, batch_rows
from shekara.gate.validity import Parsed, from_wkb

LONLAT = "OGC:CRS84"  # what GeoParquet 1.1 means where it says no system


def parquet_source(path: Path) -> Source:
    """The features of a GeoParquet file, in batches (geoparquet.org, version 1.1).

    Raises
    ------
    InputError
        It is broken, or says nothing of geometry.
    """
    about = _about(path)
    columns = fields([name for name in about.names if name not in about.shapes])

    def batches() -> Iterator[RawLayer]:
        return _batches(path, about, columns)

    count = about.rows
    return Source(path.stem, about.crs, about.stated, "utf-8", False, count, batches)


def read_parquet(path: Path) -> RawLayer:
    """The same, whole, with all its attributes."""
    about = _about(path)
    columns = [name for name in about.names if name not in about.shapes and name != "bbox"]
    layers = list(_batches(path, about, columns))
    if not layers:
        return about.head(path)
    faults: dict[int, str] = {}
    first = 0
    for layer in layers:
        faults |= {first + index: why for index, why in layer.faults.items()}
        first += len(layer.geometry)
    return layers[0]._replace(
        geometry=np.concatenate([layer.geometry for layer in layers]),
        faults=faults,
        attributes={
            name: np.concatenate([layer.attributes[name] for layer in layers]) for name in columns
        },
    )


class About(NamedTuple):
    """What a GeoParquet file says of itself."""

    names: list[str]
    shapes: frozenset[str]  # columns of geometry
    primary: str
    binary: bool  # as well-known binary, not in the encodings of GeoArrow
    crs: str | None
    stated: bool
    rows: int
    bytes: int

    def head(self, path: Path) -> RawLayer:
        """Its layer, without features."""
        none: NDArray[np.object_] = np.empty(0, dtype=object)
        return RawLayer(path.stem, none, {}, {}, self.crs, self.stated, "utf-8", False)


def _about(path: Path) -> About:
    import pyarrow
    import pyarrow.parquet

    try:
        with pyarrow.parquet.ParquetFile(path) as file:
            schema, meta = file.schema_arrow, file.metadata
            size = sum(meta.row_group(i).total_byte_size for i in range(meta.num_row_groups))
            rows = meta.num_rows
    except (pyarrow.ArrowException, OSError, ValueError) as error:
        raise InputError(f"{path}: is a broken Parquet file ({error}); write it anew") from error
    try:
        geo = json.loads((schema.metadata or {})[b"geo"])
        primary = geo["primary_column"]
        about = geo["columns"][primary]
        schema.field(primary)
    except (KeyError, TypeError, ValueError) as error:
        raise InputError(
            f"{path}: is Parquet, but not GeoParquet: it does not say which column holds geometry"
        ) from error
    crs = about.get("crs", LONLAT)
    named = json.dumps(crs) if isinstance(crs, dict) else crs
    binary = about.get("encoding", "WKB") == "WKB"
    shapes = frozenset(geo["columns"])
    return About(list(schema.names), shapes, primary, binary, named, "crs" in about, rows, size)


def _batches(path: Path, about: About, columns: list[str]) -> Iterator[RawLayer]:
    """Some megabytes after the other; the encodings of GeoArrow at once."""
    import pyarrow
    import pyarrow.parquet

    rows = batch_rows(about.bytes, about.rows)
    asked = list(dict.fromkeys([about.primary, *columns]))
    native = None if about.binary else _native(path, about.primary)
    read = 0
    try:
        # Streams of a small buffer: else a whole group of rows is in memory, a million or so.
        with pyarrow.parquet.ParquetFile(path, buffer_size=2**20, pre_buffer=False) as file:
            for batch in file.iter_batches(rows, columns=asked, use_threads=False):
                if native is None:
                    parsed = from_wkb(np.array(batch.column(about.primary).to_pylist(), object))
                else:
                    parsed = Parsed(native[read : read + batch.num_rows], {})
                read += batch.num_rows
                attributes = {
                    name: np.array(batch.column(name).to_pylist(), dtype=object) for name in columns
                }
                yield about.head(path)._replace(
                    geometry=parsed.geometry, faults=parsed.faults, attributes=attributes
                )
    except (pyarrow.ArrowException, OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: is a broken Parquet file ({error}); write it anew") from error


def _native(path: Path, primary: str) -> NDArray[np.object_]:
    """Shapes of the encodings of GeoArrow, by geopandas."""
    import geopandas

    try:
        return np.asarray(geopandas.read_parquet(path)[primary].array, dtype=object)
    except (ValueError, NotImplementedError) as error:
        raise InputError(
            f"{path}: its geometry cannot be read ({error}); write it as WKB"
        ) from error
