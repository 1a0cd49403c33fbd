"""GeoParquet files: shapes in a column of well-known binary, their system in the metadata."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np

from shekara.errors import InputError
from shekara.gate.validity import from_wkb
from shekara.gate.vectors import RawLayer

LONLAT = "OGC:CRS84"  # what GeoParquet 1.1 means where it says no system


def read_parquet(path: Path) -> RawLayer:
    """The features of a GeoParquet file (geoparquet.org, version 1.1).

    Raises
    ------
    InputError
        It is broken, or says nothing of geometry.
    """
    import pyarrow
    import pyarrow.parquet

    try:
        table = pyarrow.parquet.read_table(path)
    except (pyarrow.ArrowException, OSError, ValueError) as error:
        raise InputError(f"{path}: is a broken Parquet file ({error}); write it anew") from error
    try:
        geo = json.loads((table.schema.metadata or {})[b"geo"])
        primary = geo["primary_column"]
        about = geo["columns"][primary]
        column = table.column(primary)
    except (KeyError, TypeError, ValueError) as error:
        raise InputError(
            f"{path}: is Parquet, but not GeoParquet: it does not say which column holds geometry"
        ) from error
    if about.get("encoding", "WKB") == "WKB":
        shapes, faults = from_wkb(np.array(column.to_pylist(), dtype=object))
    else:
        shapes, faults = _native(path, primary), {}
    attributes = {
        name: np.array(table.column(name).to_pylist(), dtype=object)
        for name in table.column_names
        if name not in geo["columns"] and name != "bbox"
    }
    crs = about.get("crs", LONLAT)
    named = json.dumps(crs) if isinstance(crs, dict) else crs
    return RawLayer(path.stem, shapes, faults, attributes, named, "crs" in about, "utf-8", False)


def _native(path: Path, primary: str) -> Any:
    """Shapes of the encodings of GeoArrow, by geopandas."""
    import geopandas

    try:
        return np.asarray(geopandas.read_parquet(path)[primary].array, dtype=object)
    except (ValueError, NotImplementedError) as error:
        raise InputError(
            f"{path}: its geometry cannot be read ({error}); write it as WKB"
        ) from error
