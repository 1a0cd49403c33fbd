"""A layer as GeoJSON text: the same frame always gives the same bytes."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

if TYPE_CHECKING:
    import geopandas

Coordinates: TypeAlias = Sequence["float | Coordinates"]
DECIMALS = 6  # of a degree: 0.1 m, finer than any source here; RFC 7946 section 11.2


def to_frame(rows: Iterable[Mapping[str, object]]) -> geopandas.GeoDataFrame:
    """Rows with a "geometry" (or None) as a frame that keeps whole numbers whole."""
    import geopandas
    import pandas

    table = list(rows)
    geometry = geopandas.GeoSeries([row.get("geometry") for row in table], crs="EPSG:4326")
    columns = list(dict.fromkeys(key for row in table for key in row if key != "geometry"))
    data = {
        # dtype object: a missing value must not turn the years of a column into 1997.0
        key: pandas.Series([row.get(key) for row in table], dtype=object)
        for key in columns
    }
    return geopandas.GeoDataFrame(data, geometry=geometry, crs="EPSG:4326")


def to_geojson_text(frame: geopandas.GeoDataFrame, decimals: int = DECIMALS) -> str:
    """Write a frame (WGS 84, lon lat) as an RFC 7946 FeatureCollection.

    One feature a line in the order of the frame, properties in the order of the columns, absent
    values left out, coordinates rounded to `decimals` (at most 7) without trailing zeros, rings
    by the right-hand rule.
    """
    if not 0 <= decimals <= 7:
        raise ValueError("decimals must be from 0 to 7")
    columns = [column for column in frame.columns if column != frame.geometry.name]
    lines = []
    for record, geometry in zip(
        frame[columns].to_dict("records"), frame.geometry.tolist(), strict=True
    ):
        properties = {str(index): _plain(v) for index, v in record.items() if not _absent(v)}
        text = "null" if geometry is None or geometry.is_empty else _geometry(geometry, decimals)
        lines.append(
            '{"type":"Feature","properties":'
            + json.dumps(properties, ensure_ascii=False, separators=(",", ":"))
            + f',"geometry":{text}}}'
        )
    body = ",\n".join(lines)
    return f'{{"type":"FeatureCollection","features":[\n{body}\n]}}\n'


def round_geometry(geometry: BaseGeometry, decimals: int) -> BaseGeometry:
    """Round coordinates, drop vertices that fell together, keep polygons valid and oriented."""
    rounded = shapely.transform(geometry, lambda xy: np.round(xy, decimals) + 0.0)
    rounded = shapely.remove_repeated_points(rounded)
    if rounded.geom_type in ("Polygon", "MultiPolygon"):
        if not rounded.is_valid:
            rounded = shapely.multipolygons(
                [
                    p
                    for p in shapely.get_parts(shapely.get_parts(shapely.make_valid(rounded)))
                    if p.geom_type == "Polygon"
                ]
            )
            if shapely.get_num_geometries(rounded) == 1:
                rounded = shapely.get_geometry(rounded, 0)
        rounded = shapely.orient_polygons(rounded)
    return rounded


def _absent(value: object) -> bool:
    return value is None or value == "" or (isinstance(value, float) and math.isnan(value))


def _plain(value: object) -> object:
    return value.item() if isinstance(value, np.generic) else value


def _geometry(geometry: BaseGeometry, decimals: int) -> str:
    geometry = round_geometry(geometry, decimals)
    if geometry.geom_type == "GeometryCollection":
        raise ValueError("a feature of a layer is a point, a line or a polygon, no collection")
    mapping = shapely.geometry.mapping(geometry)
    return (
        f'{{"type":"{geometry.geom_type}","coordinates":'
        f"{_coordinates(mapping['coordinates'], decimals)}}}"
    )


def _coordinates(value: Coordinates, decimals: int) -> str:
    """Positions as text, however deep they lie."""
    parts = [
        _number(part, decimals) if isinstance(part, int | float) else _coordinates(part, decimals)
        for part in value
    ]
    return "[" + ",".join(parts) + "]"


def _number(value: float, decimals: int) -> str:
    text = f"{value:.{decimals}f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text == "-0" else text
