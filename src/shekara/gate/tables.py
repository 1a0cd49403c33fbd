"""Tables of text with positions: CSV with longitude and latitude, or with WKT."""

from __future__ import annotations

import csv
import io
import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from shekara.errors import InputError
from shekara.gate.encodings import guess

LON = ("lon", "long", "longitude", "lng", "долгота", "бойлық", "longitud", "länge", "x")
LAT = ("lat", "latitude", "широта", "ендік", "latitud", "breite", "y")
WKT = ("wkt", "geometry", "geom", "the_geom", "wkt_geom", "_wkt", "geometria")
SEPARATORS = ",;\t|"
FULL_TURN = 360.0  # degrees: greater numbers are metres


class Table(NamedTuple):
    """What a table holds; `lonlat` where its columns say longitude and latitude."""

    geometry: NDArray[np.object_]
    faults: dict[int, str]
    attributes: dict[str, NDArray[np.generic]]
    lonlat: bool
    srid: int | None
    encoding: str
    guessed: bool


class Row(NamedTuple):
    """A row and its number in the table, from 1 for the first, as spreadsheets count."""

    number: int
    cells: list[str]


def read_table(path: Path, encoding: str | None, *, degrees: bool = True) -> Table:
    """Rows of a CSV file as features.

    Parameters
    ----------
    path
        The file.
    encoding
        Of its texts; None: to be guessed.
    degrees
        Columns that are called longitude and latitude hold them: no system is wished instead.

    Raises
    ------
    InputError
        It has no columns of positions, or cannot be read as text; or most of its latitudes are
        none.
    """
    data = path.read_bytes()
    used = encoding or guess(data)
    try:
        text = data.decode("utf-8-sig" if used == "utf-8" else used)
    except UnicodeDecodeError as error:
        raise InputError(f"{path}: is not in {used} ({error.reason}); give --encoding") from error
    rows = _rows(text)
    if not rows:
        raise InputError(f"{path}: has no row of columns")
    header, body = [cell.strip() for cell in rows[0].cells], rows[1:]
    columns = {
        name or f"column {n + 1}": np.array(_column([row.cells for row in body], n), dtype=object)
        for n, name in enumerate(header)
    }
    guessed = encoding is None and used not in ("utf-8", "utf-16") and not data.isascii()
    lower = {name.casefold(): name for name in columns}
    wkt = next((lower[key] for key in WKT if key in lower), None)
    if wkt is not None:
        geometry, faults, srid = _from_wkt(columns.pop(wkt))
        return Table(geometry, faults, columns, False, srid, used, guessed)
    lon = next((lower[key] for key in LON if key in lower), None)
    lat = next((lower[key] for key in LAT if key in lower), None)
    if lon is None or lat is None:
        raise InputError(
            f"{path}: has no positions; name two columns lon and lat, or one of texts WKT "
            f"(columns: {', '.join(list(columns)[:12])})"
        )
    geometry, faults = _from_numbers(columns[lon], columns[lat])
    named = lon.casefold() != "x" and lat.casefold() != "y"
    if named and degrees:
        wrong = _no_latitudes(geometry, lat, [row.number for row in body])
        if 2 * len(wrong) > np.count_nonzero(~shapely.is_missing(geometry)):
            most = f" (and {len(wrong) - 1} more)" if len(wrong) > 1 else ""
            raise InputError(
                f"{path}: {next(iter(wrong.values()))}{most}; {lat} and {lon} may be swapped"
            )
        geometry[list(wrong)] = None
        faults |= wrong
    return Table(geometry, faults, columns, named, None, used, guessed)


def _column(rows: list[list[str]], place: int) -> list[str]:
    """The cells of a column; a row that ends before it has an empty one."""
    return [row[place] if place < len(row) else "" for row in rows]


def _rows(text: str) -> list[Row]:
    """Rows split by the separator that the first line uses most, without those that are empty."""
    first = text.lstrip().partition("\n")[0]
    bare = re.sub(r'"[^"]*"', "", first)
    separator = max(SEPARATORS, key=bare.count)
    usual = csv.field_size_limit(sys.maxsize)  # outlines as WKT are long cells
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        return [
            Row(number, row)
            for number, row in enumerate(reader, start=1)
            if any(cell.strip() for cell in row)
        ]
    except csv.Error as error:
        raise InputError(f"the table cannot be read ({error})") from error
    finally:
        csv.field_size_limit(usual)


def _from_numbers(
    lon: NDArray[np.float64], lat: NDArray[np.float64]
) -> tuple[NDArray[np.object_], dict[int, str]]:
    shapes = np.full(len(lon), None, dtype=object)
    faults: dict[int, str] = {}
    for index, pair in enumerate(zip(lon, lat, strict=True)):
        if not any(cell.strip() for cell in pair):
            continue
        try:
            shapes[index] = shapely.Point(*(_number(cell) for cell in pair))
        except ValueError:
            faults[index] = f"{pair[0]!r}, {pair[1]!r} is no position"
    return shapes, faults


def _no_latitudes(shapes: NDArray[np.object_], column: str, rows: Sequence[int]) -> dict[int, str]:
    """Why the latitude of a position is none, though it is an angle, by the place of its row."""
    points = shapely.get_coordinates(shapes)
    places = np.flatnonzero(~shapely.is_missing(shapes) & ~shapely.is_empty(shapes))
    size = np.abs(points)
    wrong = (size[:, 1] > 90.0) & (size <= FULL_TURN).all(axis=1)
    return {
        int(place): f"row {rows[place]}: {column} {lat:.10g} lies outside −90…90"
        for place, lat in zip(places[wrong], points[wrong, 1], strict=True)
    }


def _number(cell: str) -> float:
    """A number with a decimal point or comma."""
    text = cell.strip().replace("\u2212", "-").replace("\u00a0", "")
    return float(text.replace(",", ".") if text.count(",") == 1 and "." not in text else text)


def _from_wkt(texts: NDArray[np.object_]) -> tuple[NDArray[np.object_], dict[int, str], int | None]:
    shapes = np.full(len(texts), None, dtype=object)
    faults: dict[int, str] = {}
    srid: int | None = None
    for index, text in enumerate(texts):
        stated = re.match(r"\s*SRID\s*=\s*(\d+)\s*;", text, re.IGNORECASE)
        if stated:
            srid, text = int(stated[1]), text[stated.end() :]
        if not text.strip():
            continue
        kind = re.match(r"\s*([A-Za-z]+)", text)
        try:
            shapes[index] = shapely.from_wkt(text)
        except NotImplementedError:
            shapes[index] = _linear(text)
            if shapes[index] is None:
                faults[index] = f"{kind[1] if kind else 'a'} geometry, which is not read"
        except (shapely.GEOSException, ValueError):
            shapes[index] = None
            faults[index] = _why_not(kind[1].upper() if kind else "", text)
    return shapes, faults, srid


def _why_not(kind: str, text: str) -> str:
    if kind in ("TIN", "POLYHEDRALSURFACE", "TRIANGLE"):
        return f"{kind} geometry, which is not read; give polygons or lines instead"
    if kind in ("POLYGON", "MULTIPOLYGON"):
        return "ring that is not closed or has fewer than four positions; close it"
    short = text.strip()[:40]
    return f"{short!r} is no geometry"


def _linear(text: str) -> BaseGeometry | None:
    """A geometry of curves as straight pieces, by GDAL."""
    from shekara.gate.gdal import linear_wkt

    return linear_wkt(text)
