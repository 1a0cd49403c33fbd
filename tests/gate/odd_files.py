"""Odd files, formats by systems by faults, each with the right figure or what its refusal says.

Expected areas and lengths are pyproj's on the ellipsoid of the file's system, or closed forms.
"""

from __future__ import annotations

import bz2
import gzip
import json
import lzma
import math
import sqlite3
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import geopandas
import numpy as np
import pyarrow
import pyarrow.parquet
import shapely
from pyproj import CRS, Geod

WGS84 = Geod(ellps="WGS84")
FIELD = shapely.box(10, 50, 10.02, 50.01)
ROAD = shapely.LineString([(10, 50), (10.02, 50)])
FIELD_KM2 = abs(WGS84.geometry_area_perimeter(FIELD)[0]) / 1e6
ROAD_KM = WGS84.geometry_length(ROAD) / 1e3


class Case(NamedTuple):
    """A file and what is known of it: a figure of its last feature, or what the message says."""

    name: str
    write: Callable[[Path], object]
    area_km2: float | None = None
    length_km: float | None = None
    refused: str | None = None
    left_out: str | None = None
    remark: str | None = None
    asked: dict[str, Any] = {}
    rel: float = 1e-6
    called: str | None = None


def frame(geometry: Any = FIELD, crs: Any = 4326, name: str = "Поле") -> geopandas.GeoDataFrame:
    return geopandas.GeoDataFrame({"name": [name]}, geometry=[geometry], crs=4326).to_crs(crs)


def to(driver: str | None = None, **how: Any) -> Callable[[Path], object]:
    return lambda path: frame(**how).to_file(path, driver=driver)


def text(content: str, encoding: str = "utf-8") -> Callable[[Path], object]:
    return lambda path: path.write_text(content, encoding=encoding)


def geojson(*geometries: Any, name: Any = "A", **more: Any) -> Callable[[Path], object]:
    features = [
        {"type": "Feature", "properties": {"name": name}, "geometry": geometry}
        for geometry in geometries
    ]
    return text(json.dumps({"type": "FeatureCollection", **more, "features": features}))


def ring(*points: tuple[float, float], holes: Any = ()) -> dict[str, Any]:
    return {"type": "Polygon", "coordinates": [[*points, points[0]], *holes]}


def box(west: float, south: float, east: float, north: float) -> dict[str, Any]:
    return ring((west, south), (east, south), (east, north), (west, north))


def named(code: str) -> dict[str, Any]:
    return {"crs": {"type": "name", "properties": {"name": f"urn:ogc:def:crs:EPSG::{code}"}}}


def zipped_letters(path: Path) -> None:
    """A Shapefile in a zip, in a folder of it, whose letters nobody states."""
    with tempfile.TemporaryDirectory() as folder:
        shapefile(Path(folder) / "road.shp", letters="cp1251")
        with zipfile.ZipFile(path, "w") as archive:
            for part in Path(folder).iterdir():
                archive.write(part, f"data/{part.name}")


def zipped(path: Path) -> None:
    folder = path.with_suffix("")
    folder.mkdir()
    frame().to_file(folder / "field.shp")
    with zipfile.ZipFile(path, "w") as archive:
        for part in sorted(folder.iterdir()):
            archive.write(part, part.name)


def shapefile(path: Path, *, letters: str = "utf-8", prj: bool = True) -> None:
    frame(ROAD, name="Дорога").to_file(path, encoding=letters)
    path.with_suffix(".cpg").unlink()
    data = bytearray(path.with_suffix(".dbf").read_bytes())
    data[29] = 0  # no language byte either
    path.with_suffix(".dbf").write_bytes(data)
    if not prj:
        path.with_suffix(".prj").unlink()


def cut_off(path: Path) -> None:
    frame().to_file(path)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def database(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("create table t (a)")
    connection.commit()
    connection.close()


def spherical_km2() -> float:
    west, south, east, north = (math.radians(v) for v in FIELD.bounds)
    return 6371.007181**2 * (east - west) * (math.sin(north) - math.sin(south))


def zone_km2(south: float, north: float, width: float) -> float:
    """The area between two parallels (Snyder 1987, equation 3-12)."""
    e = math.sqrt(WGS84.es)

    def under(lat: float) -> float:
        s = math.sin(math.radians(lat))
        return s / (1 - WGS84.es * s * s) + math.atanh(e * s) / e

    whole = math.radians(width) * WGS84.a**2 * (1 - WGS84.es) / 2
    return whole * (under(north) - under(south)) / 1e6


def karney_km2(*points: tuple[float, float]) -> float:
    lon, lat = zip(*points, strict=True)
    return abs(float(WGS84.polygon_area_perimeter(lon, lat)[0])) / 1e6


SINUSOIDAL = CRS.from_proj4("+proj=sinu +R=6371007.181 +units=m +no_defs")
SQUARE = (179.0, 60.0, -179.0, 61.0)
GPX = (
    '<?xml version="1.0"?><gpx version="1.1" creator="t" '
    'xmlns="http://www.topografix.com/GPX/1/1">{}</gpx>'
)
TRACK = (
    '<trk><name>Walk</name><trkseg><trkpt lat="50" lon="10"><ele>100</ele></trkpt>'
    '<trkpt lat="50" lon="10.02"><ele>180</ele></trkpt></trkseg></trk>'
)
WAYPOINT = '<wpt lat="50" lon="10"><name>Start</name></wpt>'
TOPOLOGY = {
    "type": "Topology",
    "objects": {"a": {"type": "LineString", "arcs": [0]}},
    "arcs": [[[10, 50], [10.02, 50]]],
}
VRT = (
    '<OGRVRTDataSource><OGRVRTLayer name="a"><SrcDataSource>/etc/hostname</SrcDataSource>'
    "</OGRVRTLayer></OGRVRTDataSource>"
)
BOW = ring((10, 50), (10.02, 50.01), (10.02, 50), (10, 50.01))
BOW_KM2 = 2 * karney_km2((10, 50), (10.01, 50.005), (10, 50.01))
HOLE = [[10.1, 50.1], [10.14, 50.1], [10.14, 50.14], [10.1, 50.14], [10.1, 50.1]]
OUTSIDE = ring((10, 50), (10.01, 50), (10.01, 50.01), (10, 50.01), holes=[HOLE])
BOTH_KM2 = karney_km2((10, 50), (10.01, 50), (10.01, 50.01), (10, 50.01)) + karney_km2(
    *[(x, y) for x, y in HOLE]
)
OPEN = {"type": "Polygon", "coordinates": [[[10, 50], [10.02, 50], [10.02, 50.01], [10, 50.01]]]}
SOUND = box(10, 50, 10.02, 50.01)
STEEP = {"type": "LineString", "coordinates": [[10, 50, 0], [10.02, 50, 1000]]}
CAP = [(-150.0, 78.0), (-30.0, 78.0), (50.0, 78.0), (170.0, 78.0)]
AREA: dict[str, Any] = {"area_km2": FIELD_KM2}
LENGTH: dict[str, Any] = {"length_km": ROAD_KM}
TIN = 'WKT,name\n"TIN (((10 50,10.01 50,10.01 50.01,10 50)))",roof\n'
TIN_AND_ROAD = TIN + '"LINESTRING (10 50,10.02 50)",road\n'
ARC = 'WKT,name\n"CIRCULARSTRING (0 0,1 1,2 0)",arc\n'
TURN = np.linspace(0, math.pi, 1000)
ARC_KM = WGS84.line_length(1 - np.cos(TURN), np.sin(TURN)) / 1e3
ZONE_43_KM2 = 1.0002427805  # of that square of EPSG:32643, by pyproj
LATE = "+proj=longlat +datum=WGS84"

CASES = [
    # formats
    Case("plain.geojson", to(), **AREA, called="Поле"),
    Case("bom.geojson", text("\ufeff" + frame().to_json()), **AREA),
    Case("lines.geojsonl", to("GeoJSONSeq"), **AREA),
    Case("table.gpkg", to(), **AREA, called="Поле"),
    Case("field.shp", to(), **AREA, called="Поле"),
    Case("field.zip", zipped, **AREA),
    Case("field.fgb", to(), **AREA, called="Поле"),
    Case("field.parquet", lambda path: frame().to_parquet(path), **AREA, called="Поле"),
    Case("field.kml", to("KML"), **AREA, called="Поле"),
    Case("field.gml", to("GML"), **AREA, rel=1e-5),
    Case("field.mif", to("MapInfo File", name="Field"), **AREA, rel=1e-5),
    Case("walk.gpx", text(GPX.format(TRACK)), **LENGTH, called="Walk", remark="heights"),
    Case("both.gpx", text(GPX.format(WAYPOINT + TRACK)), **LENGTH, remark="layers"),
    Case("one.gpx", text(GPX.format(WAYPOINT + TRACK)), **LENGTH, asked={"layer": "tracks"}),
    Case("arcs.topojson", text(json.dumps(TOPOLOGY)), **LENGTH),
    Case("wkt.csv", text('name,WKT\nA,"LINESTRING(10 50,10.02 50)"\n'), **LENGTH,
         asked={"crs": "EPSG:4326"}, called="A"),
    Case("srid.csv", text('name,WKT\nA,"SRID=4326;LINESTRING(10 50,10.02 50)"\n'), **LENGTH),
    Case("arc.csv", text(ARC), length_km=ARC_KM, asked={"crs": "EPSG:4326"}, rel=2e-3),
    # systems
    *(
        Case(f"epsg{code}.gpkg", to(crs=code), **AREA, rel=2e-4)
        for code in (27572, 4807, 32632, 3857, 31467, 3035, 2154, 25832, 4258)
    ),
    Case("feet.gpkg", to(geometry=shapely.box(-74, 40.7, -73.98, 40.71), crs=2263), rel=2e-4,
         area_km2=karney_km2((-74, 40.7), (-73.98, 40.7), (-73.98, 40.71), (-74, 40.71))),
    Case("sphere.gpkg", to(crs=SINUSOIDAL), area_km2=spherical_km2(), rel=1e-2),
    Case("metres.geojson", geojson(box(650000, 4790000, 651000, 4791000)), refused="metres"),
    Case("told.geojson", geojson(box(650000, 4790000, 651000, 4791000)), area_km2=ZONE_43_KM2,
         asked={"crs": "EPSG:32643"}),
    Case("bare.shp", lambda path: shapefile(path, prj=False), refused="--crs"),
    Case("bared.shp", lambda path: shapefile(path, prj=False), **LENGTH,
         asked={"crs": "EPSG:4326"}),
    Case("swapped.geojson", geojson(box(50, 100, 51, 101)), refused="swapped"),
    Case("exchanged.geojson", geojson(box(5540000, 571000, 5541000, 572000), **named("32632")),
         refused="swapped"),
    Case("degrees.geojson", geojson(SOUND, **named("32632")), refused="degrees"),
    Case("zone.geojson", geojson(box(500000, 5540000, 501000, 5541000), **named("28409")),
         refused="zone number"),
    Case("far.geojson", geojson(box(5_000_000, 50, 5_000_001, 51)), refused="outside the globe"),
    # letters
    Case("cyrillic.shp", lambda path: shapefile(path, letters="cp1251"), **LENGTH, called="Дорога",
         remark="encoding"),
    Case("cyrillic.zip", zipped_letters, **LENGTH, called="Дорога", remark="encoding"),
    Case("dos.shp", lambda path: shapefile(path, letters="cp866"), **LENGTH, called="Дорога",
         asked={"encoding": "cp866"}),
    Case("semicolon.csv", text("название;долгота;широта\nA;10,5;50,25\n"), called="A"),
    Case("utf-16.csv", text("name\tlon\tlat\nДорога\t10\t50\n", "utf-16"), called="Дорога"),
    Case("utf-16.geojson", text("{}", "utf-16"), refused="UTF-16; save it as UTF-8"),
    Case("points.csv", text("name,lon,lat\nДорога,10,50\n", "cp1251"), called="Дорога",
         remark="encoding"),
    Case("number.geojson", geojson(SOUND, name=0), **AREA, called="0"),
    Case("nothing.geojson", geojson(SOUND, name=None), **AREA, called=""),
    # the globe
    Case("uncut.geojson", geojson(box(*SQUARE)), remark="over-180", area_km2=karney_km2(
        (179, 60), (-179, 60), (-179, 61), (179, 61))),
    Case("past.geojson", geojson(box(179, 60, 181, 61)), remark="over-180", area_km2=karney_km2(
        (179, 60), (-179, 60), (-179, 61), (179, 61))),
    Case("cap.geojson", geojson(ring(*CAP)), area_km2=karney_km2(*CAP), remark="round-a-pole"),
    Case("band.geojson", geojson(box(-180, 45, 180, 55)), area_km2=zone_km2(45, 55, 360)),
    Case("world.geojson", geojson(box(-180, -90, 180, 90)), area_km2=zone_km2(-90, 90, 360)),
    Case("wide.geojson", geojson(box(-100, 40, 100, 70)), area_km2=zone_km2(40, 70, 200)),
    Case("straight.geojson", geojson(box(50, 41, 80, 51)), area_km2=zone_km2(41, 51, 30),
         asked={"edges": "straight"}),
    # faults
    Case("bow.geojson", geojson(BOW), area_km2=BOW_KM2, remark="repaired", rel=1e-4),
    Case("strict.geojson", geojson(BOW, SOUND), **AREA, asked={"strict": True},
         left_out="not valid"),
    Case("outside.geojson", geojson(OUTSIDE, SOUND), **AREA, left_out="hole lies outside shell"),
    Case("repaired.geojson", geojson(OUTSIDE), area_km2=BOTH_KM2, asked={"repair": True}),
    Case("hollow.geojson", geojson({**SOUND, "coordinates": [*SOUND["coordinates"], []]}), **AREA),
    Case("open.geojson", geojson(OPEN, SOUND), **AREA, left_out="not closed"),
    Case("none.geojson", geojson(None, SOUND), **AREA, remark="no-geometry"),
    Case("one-far.geojson", geojson(box(5e6, 50, 5e6 + 1, 51), SOUND, SOUND), **AREA,
         left_out="outside the globe"),
    Case("tin.csv", text(TIN), refused="TIN", asked={"crs": "EPSG:4326"}),
    Case("tin-and-road.csv", text(TIN_AND_ROAD), **LENGTH, left_out="TIN", asked={"crs": LATE}),
    Case("steep.geojson", geojson(STEEP), **LENGTH, remark="heights"),
    Case("vrt.geojson", text(VRT), refused="never opened"),
    Case("algorithm.json", text('{"type": "gdal_streamed_alg", "command_line": "x"}'),
         refused="never opened"),
    Case("wfs.gml", text("<OGRWFSDataSource><URL>http://127.0.0.1/</URL></OGRWFSDataSource>"),
         refused="never opened"),
    Case("page.geojson", text("<html><body>404</body></html>"), refused="not read here"),
    Case("empty.geojson", text(""), refused="is empty"),
    Case(
        "packed.geojson.gz",
        lambda path: path.write_bytes(gzip.compress(b"{}")),
        refused="is packed by gzip, which is not opened; unpack it first",
    ),
    Case(
        "packed.gpkg.bz2",
        lambda path: path.write_bytes(bz2.compress(b"{}")),
        refused="is packed by bzip2",
    ),
    Case(
        "packed.geojson.xz",
        lambda path: path.write_bytes(lzma.compress(b"{}")),
        refused="is packed by xz",
    ),
    Case("words.csv", text("a,b\n1,2\n"), refused="no positions"),
    Case("other.json", text('{"a": 1}'), refused="neither GeoJSON nor TopoJSON"),
    Case("half.gpkg", cut_off, refused="broken|cannot be read"),
    Case("half.fgb", cut_off, refused="broken|cannot be read"),
    Case("broken.zip", text("PK\x03\x04 no zip"), refused="broken zip"),
    Case("table.sqlite", database, refused="no GeoPackage"),
    Case("bare.parquet", lambda path: pyarrow.parquet.write_table(
        pyarrow.table({"a": [1]}), path), refused="not GeoParquet"),
    Case("nowhere.geojson", lambda path: None, refused="no such file"),
]  # fmt: skip
