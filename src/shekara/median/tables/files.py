"""Files of tables: read through the gate, written whole or not at all."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import geopandas as gpd
import pandas as pd
from pyogrio.errors import DataLayerError, DataSourceError, FeatureError

from shekara.errors import InputError, StorageError, UsageError
from shekara.gate import read_one
from shekara.storage import new_file, spreadsheet_cell, write_file

# Endings and GDAL's names of the formats that it writes; a shapefile is several files in one zip.
DRIVERS = {
    ".gpkg": "GPKG",
    ".fgb": "FlatGeobuf",
    ".kml": "KML",
    ".shp.zip": "ESRI Shapefile",
    ".shz": "ESRI Shapefile",
}


def read_table(
    path: Path,
    where: str | None = None,
    *,
    crs: str | None = None,
    layer: str | None = None,
    encoding: str | None = None,
    say: Callable[[str], None] | None = None,
) -> gpd.GeoDataFrame:
    """A file of any format, through the one gate for data, in longitude and latitude.

    ``where`` keeps features by an SQL condition (kind = 'shore'). What the gate remarks is said.
    """
    features = read_one(path, crs=crs, layer=layer, encoding=encoding, where=where)
    for remark in features.remarks:
        if say is not None:
            say(f"{path}: {remark.text}")
    table = features.whole().frame()
    if table.empty:
        raise InputError(f"{path}: holds no feature" + (f" where {where}" if where else ""))
    return table


def write_table(table: gpd.GeoDataFrame, path: Path) -> None:
    """The table as GeoJSON, CSV or another GIS format by the file's ending; whole or not at all."""
    ending = "".join(path.suffixes[-2:]).lower() if path.suffix == ".zip" else path.suffix.lower()
    if ending not in (".csv", ".geojson", ".json", *DRIVERS):
        raise UsageError(f"{path}: unknown ending; give .geojson, .csv or {', '.join(DRIVERS)}")
    if ending == ".csv":
        write_file(path, _csv(table))
    elif ending in (".geojson", ".json"):
        text = table.to_json(drop_id=True, na="null", show_bbox=False, to_wgs84=True)
        write_file(path, text + "\n")
    else:
        with new_file(path) as temporary:
            _by_gdal(table, path, temporary, DRIVERS[ending])


def _by_gdal(table: gpd.GeoDataFrame, path: Path, temporary: Path, driver: str) -> None:
    if driver == "ESRI Shapefile":
        table = _short(table)
    try:
        table.to_file(temporary, driver=driver, engine="pyogrio")
    except (DataSourceError, DataLayerError, FeatureError) as error:
        raise StorageError(f"{path}: GDAL could not write it ({error})") from error


def _short(table: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """The table with names of ten letters, as a shapefile has them, each once."""
    names: dict[str, str] = {}
    for column in table.columns.drop(table.geometry.name):
        short, number = str(column)[:10], 1
        while short in names.values():
            number += 1
            short = f"{str(column)[: 9 - len(str(number))]}_{number}"
        names[str(column)] = short
    return table.rename(columns=names)


def _csv(table: gpd.GeoDataFrame) -> str:
    bare = pd.DataFrame(table.drop(columns=table.geometry.name))
    for column in bare.columns:
        decimals = _decimals(str(column))
        if decimals is not None:
            bare[column] = ["" if pd.isna(v) else f"{v:.{decimals}f}" for v in bare[column]]
        elif not pd.api.types.is_numeric_dtype(bare[column]):
            bare[column] = [spreadsheet_cell(v) if isinstance(v, str) else v for v in bare[column]]
    text: str = bare.rename(columns=lambda name: spreadsheet_cell(str(name))).to_csv(
        index=False, lineterminator="\n"
    )
    return text


def _decimals(column: str) -> int | None:
    """Digits after the point: a micrometre of position, a tenth of a millimetre of distance."""
    if column in ("lon", "lat") or column.endswith(("_lon", "_lat")):
        return 11
    if column == "residual_m":
        return 9
    for ending, digits in (("_m2", 0), ("_m", 4), ("_nmi", 7), ("_deg", 8), ("share", 10)):
        if column.endswith(ending):
            return digits
    return None


def refuse_one_file_twice(files: Mapping[str, Path | None]) -> None:
    """Refuse two outputs, by the options that name them, of which one would overwrite the other."""
    seen: dict[Path, str] = {}
    for option, path in files.items():
        if path is None:
            continue
        other = seen.setdefault(path.resolve(), option)
        if other != option:
            raise UsageError(f"{option} and {other} name one file, {path}; give each its own")
