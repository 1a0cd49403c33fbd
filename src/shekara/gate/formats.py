"""Which format a file has, by what it holds: only these are opened, and nothing that leads on.

GDAL opens far more than files of shapes: descriptions that name other files, addresses of the
network, programs to run. What a file is called says nothing about that, so it is looked at first.
"""

from __future__ import annotations

import lzma
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from shekara.errors import InputError
from shekara.gate.encodings import UTF_16

HEAD_BYTES = 65_536
# Marks of formats that lead to other files or addresses, wherever they stand in a file's head.
LEADING_ON = re.compile(
    rb"<\s*(OGRVRTDataSource|VRTDataset|OGRWFSDataSource|OGRCSWDataSource|GDAL_WMS|WMS_Tile_Service|"
    rb"GDALTileIndexDataset|GDALMultiDimTileIndex|!ENTITY)|gdal_streamed_alg|stac_version",
    re.IGNORECASE,
)
ROOTS = {"gpx": "GPX", "kml": "KML", "FeatureCollection": "GML", "osm": "OSM"}
GEOJSON_TYPE = re.compile(
    rb'"type"\s*:\s*"(FeatureCollection|Feature|Point|MultiPoint|LineString|MultiLineString|'
    rb'Polygon|MultiPolygon|GeometryCollection)"'
)
SHP_ENDINGS, KML_ENDINGS = (".shp",), (".kml",)
ZIP_ENDINGS = (".gpkg", ".geojson", ".json", ".fgb", ".gpx")
TEXT_TABLES = (".csv", ".tsv", ".txt")
KNOWN = (
    "GeoJSON, TopoJSON, GeoPackage, Shapefile (also zipped), FlatGeobuf, GeoParquet, KML, KMZ, "
    "GPX, GML, MapInfo MIF, or CSV with lon and lat or with WKT"
)
# Beginnings of files that hold others; zip alone is opened.
PACKED = {
    b"\x1f\x8b": "gzip", b"BZh": "bzip2", b"\xfd7zXZ\x00": "xz", b"(\xb5/\xfd": "Zstandard",
    b"7z\xbc\xaf\x27\x1c": "7-Zip", b"Rar!\x1a\x07": "RAR",
}  # fmt: skip
# A zip may hold this much, and this many times its own size: more is a bomb or a mistake.
UNPACKED_BYTES = 8 * 2**30
UNPACKED_TIMES = 200


def format_of(path: Path) -> str:
    """The name of a file's format, as GDAL calls it.

    Raises
    ------
    InputError
        There is no such file, it is empty, or it is of no format that is read here.
    """
    if not path.exists():
        raise InputError(f"{path}: there is no such file")
    if path.is_dir():
        if path.suffix.lower() == ".gdb" and any(path.glob("*.gdbtable")):
            return "OpenFileGDB"
        raise InputError(f"{path}: is a folder; name a file in it")
    with path.open("rb") as file:
        head = file.read(HEAD_BYTES)
    if not head.strip():
        raise InputError(f"{path}: is empty; give {KNOWN}")
    return _by_content(path, head)


def _by_content(path: Path, head: bytes) -> str:
    for mark, name in (
        (b"PAR1", "Parquet"), (b"fgb\x03fgb", "FlatGeobuf"), (b"PK\x03\x04", "zip"),
        (b"\x00\x00\x27\x0a", "ESRI Shapefile"),
    ):  # fmt: skip
        if head.startswith(mark):
            return name
    for mark, name in PACKED.items():
        if head.startswith(mark):
            raise InputError(f"{path}: is packed by {name}, which is not opened; unpack it first")
    if head.startswith(b"SQLite format 3\x00"):
        if head[68:72] in (b"GPKG", b"GP10", b"GP11") or path.suffix.lower() == ".gpkg":
            return "GPKG"
        raise InputError(f"{path}: is a database, but no GeoPackage; export the table as .gpkg")
    if head.startswith(UTF_16):
        return _utf_16(path)
    if LEADING_ON.search(head):
        raise InputError(
            f"{path}: is a description that leads to other files or addresses, which are never "
            f"opened; give the data themselves, as {KNOWN}"
        )
    return _text(path, head)


def _utf_16(path: Path) -> str:
    if path.suffix.lower() in TEXT_TABLES:
        return "CSV"
    raise InputError(f"{path}: is a text in UTF-16; save it as UTF-8")


def _text(path: Path, head: bytes) -> str:
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if text.startswith((b"{", b"\x1e")):
        return _json(path, text)
    if text.startswith(b"<"):
        return _xml(path, text)
    if path.suffix.lower() in TEXT_TABLES and b"\x00" not in head:
        return "CSV"
    if path.suffix.lower() == ".mif" and text[:7].lower() == b"version":
        return "MapInfo File"
    if path.suffix.lower() == ".dbf" or path.suffix.lower() == ".shx":
        raise InputError(f"{path}: is one part of a Shapefile; name its .shp")
    raise InputError(f"{path}: is no format that is read here; give {KNOWN}")


def _json(path: Path, text: bytes) -> str:
    if re.search(rb'"type"\s*:\s*"Topology"', text):
        return "TopoJSON"
    if text.startswith(b"\x1e"):
        return "GeoJSONSeq"
    if b'"geometryType"' in text and b"esriGeometry" in text:
        return "ESRIJSON"
    if GEOJSON_TYPE.search(text) or b'"features"' in text:
        first, _, rest = text.partition(b"\n")
        alone = first.rstrip().endswith(b"}") and rest.lstrip().startswith(b"{")
        return "GeoJSONSeq" if alone else "GeoJSON"
    raise InputError(
        f"{path}: is JSON, but neither GeoJSON nor TopoJSON; give a FeatureCollection (RFC 7946)"
    )


def _xml(path: Path, text: bytes) -> str:
    bare = re.sub(rb"<[?!][^>]*>", b"", text)
    root = re.search(rb"<\s*(?:[\w.-]+:)?([A-Za-z_][\w.-]*)[\s>/]", bare)
    name = root[1].decode("ascii") if root else ""
    if name in ROOTS:
        return ROOTS[name]
    raise InputError(f"{path}: is XML of a kind that is not read here ({name}); give {KNOWN}")


def zipped(path: Path) -> tuple[list[str], tuple[str, ...]]:
    """The files in a zip that are read, Shapefiles or else what else is known, and all others.

    The others are those that might be read by themselves: of shapes, and of another format.

    Raises
    ------
    InputError
        It is broken, holds too much, or nothing that is read here.
    """
    with damage_told(path), zipfile.ZipFile(path) as archive:
        entries = [entry for entry in archive.infolist() if not entry.is_dir()]
    total = sum(entry.file_size for entry in entries)
    if total > UNPACKED_BYTES or total > UNPACKED_TIMES * max(path.stat().st_size, 2**16):
        raise InputError(f"{path}: would unpack to {total:,} bytes; unpack it and name a file")
    names = [entry.filename for entry in entries if not entry.filename.startswith("__MACOSX/")]
    for endings in (SHP_ENDINGS, KML_ENDINGS, ZIP_ENDINGS):
        inside = sorted(name for name in names if name.lower().endswith(endings))
        if inside:
            known = (*SHP_ENDINGS, *KML_ENDINGS, *ZIP_ENDINGS)
            others = {name for name in names if name.lower().endswith(known)}
            return inside, tuple(sorted(others.difference(inside)))
    raise InputError(f"{path}: the zip holds no Shapefile and no other file of shapes")


def format_in_zip(path: Path, inside: str) -> str:
    """The format of one file of a zip, by what it holds.

    Raises
    ------
    InputError
        The file in it is damaged, locked by a password, or of no format that is read here.
    """
    with damage_told(path), zipfile.ZipFile(path) as archive, archive.open(inside) as file:
        head = file.read(HEAD_BYTES)
    return _by_content(Path(inside), head)


@contextmanager
def damage_told(path: Path) -> Iterator[None]:
    """Everything that a damaged, locked or oddly packed zip raises as one message.

    Raises
    ------
    InputError
        Says what is wrong with it.
    """
    try:
        yield
    except (
        zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError,
        struct.error, lzma.LZMAError,
    ) as error:  # fmt: skip
        raise InputError(f"{path}: is a broken zip ({error}); pack it anew") from error
