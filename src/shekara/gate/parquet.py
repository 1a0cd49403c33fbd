"""GeoParquet files: shapes in a column of well-known binary, their system in the metadata."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from shekara.errors import InputError
from shekara.gate.gdal import RawLayer
from shekara.gate.naming import fields
from shekara.gate.sources import Source, batch_rows
from shekara.gate.validity import Parsed, from_wkb

if TYPE_CHECKING:
    import pyarrow.fs

LONLAT = "OGC:CRS84"  # what GeoParquet 1.1 means where it says no system


class Place(NamedTuple):
    """Where a Parquet file lies."""

    label: str  # what messages call it
    path: str
    files: pyarrow.fs.FileSystem | None = None  # None is this machine's
    keys: tuple[tuple[str, str], ...] = ()  # what the names of its folders say: country=KZ


def parquet_source(path: Path) -> Source:
    """The features of a GeoParquet file, in batches (geoparquet.org, version 1.1).

    Raises
    ------
    InputError
        It is broken, or says nothing of geometry.
    """
    place = Place(str(path), str(path))
    said = about(place)
    columns = fields([name for name in said.names if name not in said.shapes])

    def read() -> Iterator[RawLayer]:
        return batches(place, said, path.stem, columns)

    return Source(path.stem, said.crs, said.stated, "utf-8", False, said.rows, read)


def read_parquet(path: Path) -> RawLayer:
    """The same, whole, with all its attributes."""
    place = Place(str(path), str(path))
    said = about(place)
    columns = [name for name in said.names if name not in said.shapes and name != "bbox"]
    layers = list(batches(place, said, path.stem, columns))
    if not layers:
        return said.head(path.stem)
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


class Group(NamedTuple):
    """A group of rows of a file."""

    rows: int
    bytes: int


class About(NamedTuple):
    """What a GeoParquet file says of itself."""

    names: list[str]
    shapes: frozenset[str]  # columns of geometry
    primary: str
    binary: bool  # as well-known binary, not in the encodings of GeoArrow
    crs: str | None
    stated: bool
    groups: tuple[Group, ...]

    @property
    def rows(self) -> int:
        """How many features it has."""
        return sum(group.rows for group in self.groups)

    def head(self, name: str) -> RawLayer:
        """Its layer, without features."""
        none: NDArray[np.object_] = np.empty(0, dtype=object)
        return RawLayer(name, none, {}, {}, self.crs, self.stated, "utf-8", False)


def about(place: Place) -> About:
    """What a file says of itself, in its last bytes.

    Raises
    ------
    InputError
        It is broken, or says nothing of geometry.
    """
    import pyarrow
    import pyarrow.parquet

    try:
        with pyarrow.parquet.ParquetFile(place.path, filesystem=place.files) as file:
            schema, meta = file.schema_arrow, file.metadata
            groups = [meta.row_group(number) for number in range(meta.num_row_groups)]
            sizes = tuple(Group(group.num_rows, group.total_byte_size) for group in groups)
    except (pyarrow.ArrowException, OSError, ValueError) as error:
        raise _broken(place, error) from error
    try:
        geo = json.loads((schema.metadata or {})[b"geo"])
        primary = geo["primary_column"]
        said = geo["columns"][primary]
        schema.field(primary)
    except (KeyError, TypeError, ValueError) as error:
        raise InputError(
            f"{place.label}: is Parquet, but not GeoParquet: it does not say which column holds "
            "geometry"
        ) from error
    crs = said.get("crs", LONLAT)
    named = json.dumps(crs) if isinstance(crs, dict) else crs
    binary = said.get("encoding", "WKB") == "WKB"
    shapes = frozenset(geo["columns"])
    return About(list(schema.names), shapes, primary, binary, named, "crs" in said, sizes)


def _broken(place: Place, error: Exception) -> InputError:
    if isinstance(error, FileNotFoundError):
        return InputError(
            f"{place.label}: is not on this machine; all workers must reach the same folder, or "
            "give an address that they reach"
        )
    return InputError(f"{place.label}: is a broken Parquet file ({error}); write it anew")


def batches(
    place: Place, said: About, name: str, columns: Sequence[str], chosen: Sequence[int] = ()
) -> Iterator[RawLayer]:
    """Features of a file, some megabytes after the other; the encodings of GeoArrow at once.

    Parameters
    ----------
    place, said
        The file, and what it says of itself.
    name : str
        What its layer is called.
    columns : sequence of str
        The attributes that are read; None where the file has none of that name.
    chosen : sequence of int, optional
        Which of its groups of rows, one after the other; else all.
    """
    import pyarrow
    import pyarrow.parquet

    numbers = list(chosen) or list(range(len(said.groups)))
    groups = [said.groups[number] for number in numbers]
    rows = batch_rows(sum(group.bytes for group in groups), sum(group.rows for group in groups))
    had = [column for column in columns if column in said.names]
    asked = list(dict.fromkeys([said.primary, *had]))
    native = None if said.binary else _native(place, said.primary)
    read = sum(group.rows for group in said.groups[: numbers[0]]) if numbers else 0
    head = said.head(name)
    try:
        # Streams of a small buffer: else a whole group of rows is in memory, a million or so.
        with pyarrow.parquet.ParquetFile(
            place.path, filesystem=place.files, buffer_size=2**20, pre_buffer=False
        ) as file:
            for batch in file.iter_batches(
                rows, row_groups=numbers, columns=asked, use_threads=False
            ):
                if native is None:
                    parsed = from_wkb(np.array(batch.column(said.primary).to_pylist(), object))
                else:
                    parsed = Parsed(native[read : read + batch.num_rows], {})
                read += batch.num_rows
                attributes = {
                    column: np.array(batch.column(column).to_pylist(), dtype=object)
                    for column in had
                }
                attributes |= _absent(place, columns, had, batch.num_rows)
                yield head._replace(
                    geometry=parsed.geometry, faults=parsed.faults, attributes=attributes
                )
    except (pyarrow.ArrowException, OSError, UnicodeDecodeError) as error:
        raise _broken(place, error) from error


def _absent(
    place: Place, columns: Sequence[str], had: Sequence[str], count: int
) -> dict[str, NDArray[np.object_]]:
    """Attributes that the file has not: what its folders are called says some of them."""
    keys = dict(place.keys)
    return {
        column: np.full(count, keys.get(column), dtype=object)
        for column in columns
        if column not in had
    }


def _native(place: Place, primary: str) -> NDArray[np.object_]:
    """Shapes of the encodings of GeoArrow, by geopandas."""
    import geopandas

    try:
        frame = geopandas.read_parquet(place.path, columns=[primary], filesystem=place.files)
        return np.asarray(frame[primary].array, dtype=object)
    except (ValueError, NotImplementedError) as error:
        raise InputError(
            f"{place.label}: its geometry cannot be read ({error}); write it as WKB"
        ) from error
