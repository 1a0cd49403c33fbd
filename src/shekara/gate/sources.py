"""Layers of a file, read whole or in batches: what is said of each before it is read.

GeoPackage, FlatGeobuf, GeoParquet and line-delimited GeoJSON are read in batches of some
megabytes, so that memory stays flat however large the file is; and so is a GeoJSON file that is
too large to be read whole.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import shapely
from numpy.typing import NDArray

from shekara.gate.gdal import (
    LONLAT,
    RawLayer,
    chosen_layers,
    faults_told,
    has_geometry,
    linear_again,
    quiet,
)
from shekara.gate.lines import refuse_lost_lines
from shekara.gate.naming import fields
from shekara.gate.nulls import null_geometries
from shekara.gate.reading import WHOLE_BYTES
from shekara.gate.validity import from_wkb

if TYPE_CHECKING:
    import pyarrow

BATCHED = ("GPKG", "FlatGeobuf", "GeoJSONSeq")
BATCH_BYTES = 8 * 2**20
MOST_ROWS = 16_384


@dataclass(frozen=True)
class Source:
    """One layer of a file: what it says of itself, and its features in batches."""

    name: str
    crs: str | None
    stated: bool
    encoding: str
    guessed: bool
    count: int  # of features; -1 where only reading tells
    batches: Callable[[], Iterator[RawLayer]]
    beside: tuple[str, ...] = ()  # files of the same zip that are not read with it

    @property
    def head(self) -> RawLayer:
        """A layer of no feature that says the same."""
        none: NDArray[np.object_] = np.empty(0, dtype=object)
        return RawLayer(
            self.name, none, {}, {}, self.crs, self.stated, self.encoding, self.guessed, self.beside
        )


def whole(raw: RawLayer) -> Source:
    """A layer that was read at once."""
    return Source(
        raw.name, raw.crs, raw.stated, raw.encoding, raw.guessed, len(raw.geometry),
        lambda: iter([raw]), raw.beside,
    )  # fmt: skip


def is_batched(path: Path, kind: str) -> bool:
    """Whether a file of this format is read in batches."""
    if kind == "Parquet":
        return True
    large = kind == "GeoJSON" and path.stat().st_size > WHOLE_BYTES
    return large or kind in BATCHED


def batched_sources(path: Path, kind: str, layer: str | None) -> list[Source]:
    """The layers of a file that is read in batches, with the names of features alone.

    Raises
    ------
    InputError, UsageError
        See `shekara.gate.gdal.read_layers`; also while batches are read.
    """
    if kind == "Parquet":
        from shekara.gate.parquet import parquet_source  # late: needs this module

        return [parquet_source(path)]
    import pyogrio

    source, label = str(path.resolve()), str(path)
    with faults_told(label, kind, None, None), quiet():
        listed = [(str(name), kind_) for name, kind_ in pyogrio.list_layers(source)]
        names = chosen_layers(listed, layer, kind, label)
        alone = len(listed) == 1
        return [_gdal_source(path, kind, name, alone=alone) for name in names]


def _gdal_source(path: Path, kind: str, name: str, *, alone: bool) -> Source:
    import pyogrio

    source = str(path.resolve())
    asked = None if alone else name
    about = pyogrio.read_info(source, layer=asked)
    crs = about["crs"]
    taken = kind.startswith("GeoJSON") and crs in ("EPSG:4326", "EPSG:4979")
    stated = crs is not None and not taken
    if crs == "EPSG:4979" or (kind in LONLAT and crs is None):
        crs = "EPSG:4326"
    count = int(about["features"])
    rows = batch_rows(path.stat().st_size, count)
    columns = fields([str(field) for field in about["fields"]])
    head = RawLayer(name, np.empty(0, dtype=object), {}, {}, crs, stated, "utf-8", False)

    def batches() -> Iterator[RawLayer]:
        with faults_told(str(path), kind, None, None):
            yield from _gdal_batches(path, kind, asked, head, columns, rows, count)

    encoding = str(about["encoding"] or "utf-8")
    return Source(name, crs, stated, encoding, False, count, batches)


def batch_rows(size: int, count: int) -> int:
    """How many of `count` features in `size` bytes make a batch; -1 is an unknown count."""
    each = size / count if count > 0 else 1024
    return int(max(1, min(MOST_ROWS, BATCH_BYTES // max(each, 1))))


def _gdal_batches(
    path: Path,
    kind: str,
    layer: str | None,
    head: RawLayer,
    columns: Sequence[str],
    rows: int,
    count: int,
) -> Iterator[RawLayer]:
    import pyarrow
    from pyogrio import raw

    source = str(path.resolve())
    read = 0
    with raw.open_arrow(
        source, layer=layer, columns=columns, batch_size=rows, return_fids=True, use_pyarrow=True
    ) as (meta, reader):
        for batch in reader:
            named = meta["geometry_name"] or "wkb_geometry"
            shapes = batch.column(named if named in batch.schema.names else "wkb_geometry")
            if _is_sound(shapes):
                geometry = shapes.to_numpy(zero_copy_only=False)
                geometry[[not item for item in geometry]] = None
            else:
                geometry = _read_again(source, layer, read, len(shapes))
            parsed = from_wkb(geometry)
            faults = parsed.faults
            if faults:  # curves, which GDAL draws straight only where it is asked so
                fids = np.asarray(batch.column(0).to_numpy(zero_copy_only=False))
                parsed = linear_again(source, layer, parsed, fids)
                faults = parsed.faults
            lost = np.flatnonzero(shapely.is_missing(parsed.geometry))
            if len(lost) and kind.startswith("GeoJSON"):
                faults = _lost_in_text(path, kind, read, lost, count) | faults
            attributes = {name: _column(batch, name) for name in columns}
            yield head._replace(
                geometry=parsed.geometry, faults=dict(sorted(faults.items())), attributes=attributes
            )
            read += len(geometry)
            del batch, geometry, parsed
            pyarrow.default_memory_pool().release_unused()
    if kind == "GeoJSONSeq":
        refuse_lost_lines(path, read)


def _is_sound(shapes: pyarrow.Array) -> bool:
    """Whether a column of bytes is what it says: each item begins where the last one ends.

    GDAL 3.12 begins a column of a FlatGeobuf file anew at a feature without geometry, and writes
    over the shapes before it.
    """
    import pyarrow

    width = np.int64 if pyarrow.types.is_large_binary(shapes.type) else np.int32
    offsets = np.frombuffer(shapes.buffers()[1], width)[shapes.offset :][: len(shapes) + 1]
    return bool((np.diff(offsets) >= 0).all())


def _read_again(source: str, layer: str | None, first: int, count: int) -> NDArray[np.object_]:
    """The shapes of some features in their order, feature by feature."""
    from pyogrio import raw

    _, _, wkb, _ = raw.read(
        source, layer=layer, columns=[], skip_features=first, max_features=count
    )
    return np.asarray(wkb, dtype=object)


def _column(batch: pyarrow.RecordBatch, name: str) -> NDArray[np.generic]:
    # The number that GDAL gives a feature may have the same name; it comes first.
    return np.asarray(
        batch.column(batch.schema.get_all_field_indices(name)[-1]).to_numpy(zero_copy_only=False)
    )


def _lost_in_text(
    path: Path, kind: str, first: int, lost: NDArray[np.int64], count: int
) -> dict[int, str]:
    """Which features without geometry have one in the text, which GDAL could not read."""
    if kind == "GeoJSON":
        nulls = null_geometries(path)
        if len(nulls) == count:
            unread = lost[~nulls[first + lost]]
            return dict.fromkeys(unread.tolist(), "geometry that cannot be read")
        why = (
            "no geometry, or one that cannot be read (in files over "
            f"{WHOLE_BYTES // 2**20} MB with attributes called geometry the two are not told "
            "apart: give line-delimited GeoJSON)"
        )
        return dict.fromkeys(lost.tolist(), why)
    asked = {first + int(index) for index in lost}
    faults: dict[int, str] = {}
    number = 0
    with path.open("rb") as file:
        for line in file:
            text = line.strip(b"\x1e \t\r\n")
            if not text:
                continue
            if number in asked and _has_geometry(text):
                faults[number - first] = "geometry that cannot be read"
            number += 1
            if number > max(asked):
                break
    return faults


def _has_geometry(text: bytes) -> bool:
    try:
        return has_geometry(json.loads(text))
    except (ValueError, RecursionError):
        return True
