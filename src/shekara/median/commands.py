"""What the commands ``shekara median`` and ``shekara limit`` do, apart from the command line."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
from pyogrio.errors import DataLayerError, DataSourceError, FeatureError

from shekara.errors import InputError, StorageError, UsageError
from shekara.median.divide import divide
from shekara.median.limit.limit import limit
from shekara.median.tables.result import Division
from shekara.storage import new_file, spreadsheet_cell, write_file

# Exact by definition; "M" is the nautical mile of the International Hydrographic Organization.
UNITS_M = {"m": 1.0, "km": 1000.0, "M": 1852.0, "NM": 1852.0, "nmi": 1852.0, "nm": 1852.0}
EFFECTS = {"none": 0.0, "no": 0.0, "0": 0.0, "half": 0.5, "0.5": 0.5, "full": 1.0, "1": 1.0}


def parse_distance_m(text: str) -> float:
    """Metres of a length such as ``12M`` (nautical miles), ``22.2km`` or ``500m``."""
    match = re.fullmatch(r"\s*([0-9]+(?:\.[0-9]*)?|\.[0-9]+)\s*([A-Za-z]*)\s*", text)
    if not match or (match[2] or "m") not in UNITS_M:
        raise UsageError(
            f"distance: {text!r} is no length; give a number and m, km or M (nautical miles), "
            "such as 12M or 22.2km"
        )
    return float(match[1]) * UNITS_M[match[2] or "m"]


def parse_effects(texts: Sequence[str]) -> dict[str, float]:
    """Effect of each island, from ``ISLAND=none``, ``ISLAND=half`` or ``ISLAND=full``."""
    out = {}
    for text in texts:
        name, value = _pair("effect", text, "ISLAND=half")
        if value.lower() not in EFFECTS:
            raise UsageError(f"effect: {value!r} of {name!r}; give none, half or full")
        out[name] = EFFECTS[value.lower()]
    return out


def parse_weights(texts: Sequence[str]) -> dict[str, float]:
    """Weight of each owner, from ``OWNER=2``."""
    out = {}
    for text in texts:
        name, value = _pair("weight", text, "OWNER=2")
        try:
            out[name] = float(value)
        except ValueError as error:
            raise UsageError(f"weight: {value!r} of {name!r} is no number") from error
    return out


def _pair(what: str, text: str, example: str) -> tuple[str, str]:
    name, sign, value = text.rpartition("=")
    if not (sign and name.strip() and value.strip()):
        raise UsageError(f"{what}: {text!r}; write it as {example}")
    return name.strip(), value.strip()


def read_table(path: Path, where: str | None = None) -> gpd.GeoDataFrame:
    """A file of any GIS format; ``where`` keeps features by an SQL condition (kind = 'shore')."""
    if not path.is_file():
        raise InputError(f"{path}: no such file")
    try:
        table = gpd.read_file(path, where=where)
    except (DataSourceError, ValueError, OSError) as error:
        raise InputError(f"{path}: cannot be read as geometry ({error})") from error
    if not isinstance(table, gpd.GeoDataFrame):
        raise InputError(f"{path}: has no geometry; give a file of points, lines or polygons")
    if table.empty:
        raise InputError(f"{path}: holds no feature" + (f" where {where}" if where else ""))
    return table


def write_table(table: gpd.GeoDataFrame, path: Path) -> None:
    """The table as GeoJSON, CSV or another GIS format by the file's ending; whole or not at all."""
    ending = path.suffix.lower()
    if ending == ".shp":
        raise UsageError(f"{path}: a shapefile cannot be written whole; take .gpkg")
    if ending not in (".csv", ".geojson", ".json", ".gpkg", ".fgb"):
        raise UsageError(f"{path}: unknown ending; give .geojson, .csv, .gpkg or .fgb")
    if ending == ".csv":
        write_file(path, _csv(table))
    elif ending in (".geojson", ".json"):
        text = table.to_json(drop_id=True, na="null", show_bbox=False, to_wgs84=True)
        write_file(path, text + "\n")
    else:
        with new_file(path) as temporary:
            _by_gdal(table, path, temporary)


def _by_gdal(table: gpd.GeoDataFrame, path: Path, temporary: Path) -> None:
    try:
        table.to_file(temporary)
    except (DataSourceError, DataLayerError, FeatureError) as error:
        raise StorageError(f"{path}: GDAL could not write it ({error})") from error


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


def median_command(
    file: Path,
    *,
    by: str,
    sea: Path | None = None,
    baselines: Path | None = None,
    out: Path | None = None,
    points: Path | None = None,
    sectors: Path | None = None,
    tolerance_m: float = 1.0,
    effect: Sequence[str] = (),
    weight: Sequence[str] = (),
    where: str | None = None,
    sea_where: str | None = None,
    spacing_m: float | None = None,
    reach_m: float | None = None,
    simplify_m: float | None = None,
) -> dict[str, Any]:
    """Divides the water of a file, writes what is asked for, returns a summary for JSON."""
    if sectors is not None and sea is None:
        raise UsageError("--sectors needs --sea FILE: without a sea there is nothing to share out")
    options: dict[str, Any] = {}
    if effect:
        options["effect"] = parse_effects(effect)
    if simplify_m is not None:
        options["simplify_m"] = simplify_m
    result = divide(
        read_table(file, where),
        by=by,
        sea=None if sea is None else read_table(sea, sea_where),
        tolerance_m=tolerance_m,
        weight=parse_weights(weight),
        spacing_m=spacing_m,
        reach_m=reach_m,
        baselines=None if baselines is None else read_table(baselines),
        **options,
    )
    for path, table in ((out, result.lines), (points, result.points), (sectors, result.sectors)):
        if path is not None and table is not None:
            write_table(table, path)
    return summary(result, {"lines": out, "points": points, "sectors": sectors})


def summary(result: Division, written: Mapping[str, Path | None]) -> dict[str, Any]:
    """The figures of a division as plain numbers and texts."""
    nodes = result.points[result.points["kind"] != "turning point"]
    return {
        "ellipsoid": result.ellipsoid,
        "tolerance_m": result.tolerance_m,
        "owners": list(result.owners),
        "sites": result.sites,
        "turning_points": int((result.points["kind"] == "turning point").sum()),
        "largest_residual_m": float(result.points["residual_m"].max()) if len(result.points) else 0,
        "junctions": [
            {
                "owners": row.owners.split(" | "),
                "lon": row.lon,
                "lat": row.lat,
                "distance_m": row.distance_m,
            }
            for row in nodes.itertuples()
            if row.kind == "junction"
        ],
        "lines": [
            {
                "owner_a": row.owner_a,
                "owner_b": row.owner_b,
                "length_m": row.length_m,
                "points": int(row.points),
            }
            for row in result.lines.itertuples()
        ],
        "sea_m2": result.sea_m2,
        "sectors": None
        if result.sectors is None
        else [
            {"owner": row.owner, "area_m2": row.area_m2, "share": row.share}
            for row in result.sectors.itertuples()
        ],
        "written": {name: str(path) for name, path in written.items() if path is not None},
    }


def limit_command(
    file: Path,
    *,
    distance: str,
    by: str | None = None,
    land: Path | None = None,
    out: Path | None = None,
    tolerance_m: float = 1.0,
    where: str | None = None,
) -> dict[str, Any]:
    """Draws the outer limit of the baselines in a file, returns a summary for JSON."""
    distance_m = parse_distance_m(distance)
    table = limit(
        read_table(file, where),
        distance_m,
        by=by,
        tolerance_m=tolerance_m,
        land=None if land is None else read_table(land),
    )
    if out is not None:
        write_table(table, out)
    return {
        "distance_m": distance_m,
        "tolerance_m": tolerance_m,
        "limits": [{"owner": row.owner, "length_m": row.length_m} for row in table.itertuples()],
        "written": {"limits": str(out)} if out is not None else {},
    }
