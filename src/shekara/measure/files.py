"""Measuring the features of any vector file, on the ellipsoid of its own reference system."""

from __future__ import annotations

import math
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from shekara.errors import InputError
from shekara.measure.interval import Interval
from shekara.measure.size import (
    edge_departure_m,
    geod,
    rounding_m,
    straight_edges,
    to_lonlat,
)
from shekara.measure.uncertainty import area_interval, length_interval

if TYPE_CHECKING:
    import geopandas

# Keys by which features of common files are called, in this order.
NAME_KEYS = ("name", "name_en", "NAME", "Name", "id", "ID")


def read_frame(path: Path, layer: str | None = None) -> geopandas.GeoDataFrame:
    """Any vector file that GDAL reads, as a GeoDataFrame with a known reference system.

    Raises:
        InputError: no such file, no vector file, no reference system.
    """
    import geopandas
    import pyogrio.errors

    if not path.exists():
        raise InputError(f"{path}: there is no such file")
    try:
        frame = geopandas.read_file(path, layer=layer)
    except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError, ValueError) as error:
        raise InputError(
            f"{path}: is no vector file that GDAL reads ({error}); "
            "give GeoJSON, GeoPackage, Shapefile or another of GDAL's formats"
        ) from error
    if not isinstance(frame, geopandas.GeoDataFrame):
        raise InputError(f"{path}: has no geometry column; give a file with geometries")
    if frame.crs is None:
        raise InputError(
            f"{path}: says no coordinate reference system; add it, for example with "
            "ogr2ogr -a_srs EPSG:4326 out.gpkg in.shp"
        )
    return frame


def measure_file(
    path: Path, accuracy_m: float | None = None, *, straight: bool = False
) -> dict[str, Any]:
    """Length, perimeter and area of every feature of a file, each with its interval.

    Args:
        path: a vector file in any reference system.
        accuracy_m: standard deviation of its positions; where it is not given, half a unit of
            the last decimal place of its coordinates, which is the least that is left open.
        straight: take edges as straight in longitude and latitude (RFC 7946), not as geodesics.

    Returns:
        A JSON object: {"file", "crs", "ellipsoid", "accuracy_m", "edges", "features": [...]},
        lengths in metres, areas in square metres, intervals of two standard deviations.

    Raises:
        InputError: the file cannot be read, or has no reference system with an ellipsoid.
    """
    frame = read_frame(path)
    on = geod(frame.crs)
    raw = np.array(list(frame.geometry), dtype=object)
    known = np.array([item is not None and not item.is_empty for item in raw], dtype=bool)
    degrees = bool(frame.crs.is_geographic)
    assumed = rounding_m(raw[known], degrees=degrees) if known.any() else 0.0
    accuracy = assumed if accuracy_m is None else accuracy_m
    lonlat = raw.copy()
    if known.any():
        lonlat[known] = to_lonlat(raw[known], frame.crs)
        points = shapely.get_coordinates(lonlat[known])
        if not (np.isfinite(points).all() and (np.abs(points[:, 1]) <= 90 + 1e-9).all()):
            raise InputError(
                f"{path}: has positions outside the globe in {frame.crs.name}; "
                "latitude and longitude may be swapped, or the reference system is another"
            )
    features = []
    for index, (geometry, own) in enumerate(
        zip(lonlat, frame.drop(columns=frame.geometry.name).to_dict("records"), strict=True)
    ):
        record: dict[str, Any] = {"feature": index, "name": _name(own)}
        if not known[index]:
            features.append({**record, "type": None})
            continue
        shape = straight_edges([geometry])[0] if straight else geometry
        features.append({**record, "type": geometry.geom_type, **_sizes(shape, accuracy, on)})
    return {
        "file": str(path),
        "crs": frame.crs.to_string(),
        "ellipsoid": {"a": on.a, "inverse_flattening": 1 / on.f if on.f else math.inf},
        "accuracy_m": accuracy,
        "accuracy_assumed": accuracy_m is None,
        "edges": "straight in longitude and latitude" if straight else "geodesic",
        "edge_departure_m": edge_departure_m(lonlat[known]) if known.any() else 0.0,
        "features": features,
    }


def _sizes(geometry: Any, accuracy: float, on: Any) -> dict[str, Any]:
    kinds = set(shapely.get_type_id(shapely.get_parts([geometry])))
    areas = [part for part in shapely.get_parts([geometry]) if part.geom_type == "Polygon"]
    lines = [
        part
        for part in shapely.get_parts([geometry])
        if part.geom_type in ("LineString", "LinearRing")
    ]
    found: dict[str, Any] = {}
    if lines or not kinds & {3}:
        found |= _record("length_m", length_interval(lines, accuracy, on=on) if lines else None)
    if areas:
        found |= _record("perimeter_m", length_interval(areas, accuracy, on=on))
        found |= _record("area_m2", area_interval(areas, accuracy, on))
    return found


def _record(name: str, found: Interval | None) -> dict[str, Any]:
    if found is None:
        return {}
    return {name: found.value, f"{name}_low": found.low, f"{name}_high": found.high}


def _name(own: Mapping[Any, Any]) -> str:
    for key in NAME_KEYS:
        if own.get(key) not in (None, ""):
            return str(own[key])
    return ""


def table(found: Mapping[str, Any]) -> tuple[list[str], list[list[str]]]:
    """The same for a reader: columns and rows in kilometres and square kilometres."""
    units = (("length_m", "length, km", 1e3), ("perimeter_m", "perimeter, km", 1e3),
             ("area_m2", "area, km²", 1e6))  # fmt: skip
    used = [unit for unit in units if any(unit[0] in one for one in found["features"])]
    columns = ["feature", "name", *(part for _, title, _ in used for part in (title, "interval"))]
    rows = []
    for one in found["features"]:
        row = [str(one["feature"]), one["name"]]
        for key, _, factor in used:
            if key in one:
                low, high = one[f"{key}_low"] / factor, one[f"{key}_high"] / factor
                row += [f"{one[key] / factor:,.3f}", f"{low:,.3f} – {high:,.3f}"]
            else:
                row += ["", ""]
        rows.append(row)
    return columns, rows
