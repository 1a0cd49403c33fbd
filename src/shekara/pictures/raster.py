"""A raster that lies under a map (an old map, a picture from above), in the map's projection."""

from __future__ import annotations

import math
import struct
import warnings
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from shekara.errors import InputError
from shekara.pictures.geotiff import placed

if TYPE_CHECKING:
    from PIL import Image

MOST_PIXELS = 60_000_000
# What Pillow says of a file that is damaged, cut off, or none of its kinds.
UNREADABLE = (OSError, SyntaxError, ValueError, EOFError, IndexError, KeyError, TypeError,
              struct.error, zlib.error)  # fmt: skip
FAR = -1e9  # column and row of what lies nowhere
MERCATOR_M = 2 * math.pi * 6_378_137.0  # once around in EPSG:3857 (EPSG guidance note 7-2, 3.2.1)
MODES = frozenset({"1", "L", "LA", "P", "PA", "RGB", "RGBA", "CMYK", "YCbCr"})  # eight bits

Degrees = NDArray[np.float64]
Pixels = NDArray[np.uint8]  # rows from the top, columns, red green blue opacity
Places = tuple[NDArray[np.float64], NDArray[np.float64]]  # rows and columns of a raster


@dataclass(frozen=True)
class Raster:
    """A picture and its place: in units of a reference system, from pixels by six numbers.

    x = matrix[0] + column * matrix[1] + row * matrix[2], y = matrix[3] + column * matrix[4] +
    row * matrix[5]; pixels are counted from the outer corner of the first.
    """

    path: str
    crs: str
    matrix: tuple[float, float, float, float, float, float]
    width: int
    height: int


def open_raster(path: Path, bounds: Sequence[float] | None, crs: str | None) -> Raster:
    """A raster's place, of its own tags (GeoTIFF) or as it is given.

    Parameters
    ----------
    path
        A GeoTIFF, or a PNG, JPEG or TIFF.
    bounds
        West, south, east, north of its outer edges in units of `crs`; None: its own.
    crs
        Of `bounds`, such as "EPSG:3857"; None: degrees of WGS 84, or its own.

    Raises
    ------
    InputError
        No picture that can be read, too many pixels, or no place that is known.
    """
    from pyproj import CRS
    from pyproj.exceptions import CRSError

    with _opened(path) as picture:
        width, height = picture.size
        if picture.mode not in MODES:
            raise InputError(
                f"has pixels of kind {picture.mode}; give it eight bits a colour "
                "(gdal_translate -ot Byte -scale)"
            )
        tagged = placed(picture) if picture.format == "TIFF" else None
    if bounds is not None:
        west, south, east, north = bounds
        matrix = (west, (east - west) / width, 0.0, north, 0.0, (south - north) / height)
        named = crs or "EPSG:4326"
    elif tagged is not None:
        matrix, named = tagged[0], crs or tagged[1]
    else:
        raise InputError("does not say where it lies; write bounds = [west, south, east, north]")
    if not named:
        raise InputError('does not say its reference system; write crs = "EPSG:…"')
    try:
        CRS.from_user_input(named)
    except CRSError as error:
        raise InputError(f'is in {named!r}, which nobody knows; write crs = "EPSG:…"') from error
    return Raster(str(path), named, matrix, width, height)


def _opened(path: Path) -> Image.Image:
    from PIL import Image

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            picture = Image.open(path, formats=("PNG", "JPEG", "TIFF"))
    except Image.DecompressionBombError as error:
        raise InputError(
            f"has far too many pixels; {MOST_PIXELS:,} are the most: make it coarser"
        ) from error
    except UNREADABLE as error:
        raise InputError("is no PNG, JPEG or TIFF that can be read; save it anew") from error
    if picture.width * picture.height > MOST_PIXELS:
        picture.close()
        raise InputError(
            f"has {picture.width} × {picture.height} pixels; "
            f"{MOST_PIXELS:,} are the most: make it coarser"
        )
    return picture


def last_saved(path: str) -> tuple[int, int]:
    """When a file was saved (nanoseconds) and its bytes: another pair is another picture.

    Raises
    ------
    InputError
        There is no such file any more.
    """
    try:
        told = Path(path).stat()
    except OSError as error:
        name = Path(path).name
        raise InputError(f"{name} cannot be read ({error.strerror}); put it back") from error
    return told.st_mtime_ns, told.st_size


def read_through(raster: Raster) -> None:
    """Read all pixels once: a file can be cut off far behind its beginning.

    Raises
    ------
    InputError
        It ends too early, or is damaged.
    """
    _read_through(raster.path, last_saved(raster.path))


@lru_cache(maxsize=64)
def _read_through(path: str, _saved: tuple[int, int]) -> None:
    with _opened(Path(path)) as picture:
        _load(picture)


def _load(picture: Image.Image) -> None:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            picture.load()
    except UNREADABLE as error:
        raise InputError("is damaged or cut off; save it anew") from error


@lru_cache(maxsize=2)
def pixels(path: str, reduced: int, _saved: tuple[int, int]) -> Pixels:
    """All pixels of a picture, made coarser by a whole number; read anew when it has changed.

    Raises
    ------
    InputError
        The file cannot be read.
    """
    try:
        with _opened(Path(path)) as picture:
            _load(picture)
            whole = picture.convert("RGBA")
    except InputError as error:
        raise InputError(f"backdrop.file = {Path(path).name!r}: {error}") from error
    if reduced > 1:
        whole = whole.reduce(reduced)
    return np.asarray(whole, dtype=np.uint8)


def warped(raster: Raster, lon: Degrees, lat: Degrees, rows: int, columns: int) -> Pixels | None:
    """The part of a raster that a picture shows, in that picture's projection.

    Parameters
    ----------
    raster
        The picture that is there.
    lon, lat
        Longitude and latitude in degrees of WGS 84, in a coarse grid over the picture that is to be
        made, rows from the top; not finite where the globe has no such place.
    rows, columns
        Size of the picture that is to be made, pixels.

    Returns
    -------
    array or None
        Red, green, blue and opacity, transparent where the raster ends; None where it shows
        nothing of the picture.
    """
    from scipy import ndimage

    row, column = _places(raster, lon, lat)
    inside = _within(raster, row, column)
    if not inside.any():
        return None
    # As coarse as the picture that is made, so that no line between its pixels is lost.
    across = np.abs(np.diff(column, axis=1))[inside[:, 1:] & inside[:, :-1]]
    step = float(np.median(across)) * (column.shape[1] - 1) / columns if across.size else 1.0
    reduced = max(1, int(step))
    known = pixels(raster.path, reduced, last_saved(raster.path))
    grid = np.meshgrid(
        np.linspace(0, lon.shape[0] - 1, rows),
        np.linspace(0, lon.shape[1] - 1, columns),
        indexing="ij",
    )
    fine = [ndimage.map_coordinates(part, grid, order=1) for part in (row, column)]
    torn = _torn(raster, lon, lat, (row, column), 2.0 * reduced)
    if torn.any():
        up, along = (
            np.minimum(part.astype(int), size - 1)
            for part, size in zip(grid, torn.shape, strict=True)
        )
        there = torn[up, along]
        at = [part[there] for part in grid]
        parts = [ndimage.map_coordinates(part, at, order=1) for part in _directions(lon, lat)]
        fine[0][there], fine[1][there] = _places(raster, *_degrees(parts))
    shown = _within(raster, *fine)
    fine = [part / reduced - 0.5 for part in fine]
    drawn = np.empty((rows, columns, 4), dtype=np.uint8)
    for band in range(4):
        part = ndimage.map_coordinates(known[..., band], fine, order=1, mode="nearest")
        drawn[..., band] = part
    drawn[..., 3][~shown] = 0
    return drawn


def _places(raster: Raster, lon: Degrees, lat: Degrees) -> Places:
    """Where on a raster places lie, in its pixels from its outer corner; `FAR` for nowhere."""
    from pyproj import Transformer

    seen = np.isfinite(lon) & np.isfinite(lat)
    turn = Transformer.from_crs("EPSG:4326", raster.crs, always_xy=True)
    x, y = turn.transform(np.where(seen, lon, 0.0), np.where(seen, lat, 0.0))
    seen &= np.isfinite(x) & np.isfinite(y)
    a, b, c, d, e, f = raster.matrix
    crs = turn.target_crs
    around = None
    if crs is not None and (crs.is_geographic or crs.to_epsg() == 3857):
        around = 360.0 if crs.is_geographic else MERCATOR_M
    if around is not None:  # the same turn of the globe
        middle = a + b * raster.width / 2 + c * raster.height / 2
        x = middle + (np.where(seen, x, middle) - middle + around / 2) % around - around / 2
    det = b * f - c * e
    with np.errstate(invalid="ignore"):
        column, row = (f * (x - a) - c * (y - d)) / det, (b * (y - d) - e * (x - a)) / det
    return np.where(seen, row, FAR), np.where(seen, column, FAR)


def _within(raster: Raster, row: Degrees, column: Degrees) -> NDArray[np.bool_]:
    return (column >= 0) & (column <= raster.width) & (row >= 0) & (row <= raster.height)


def _torn(
    raster: Raster, lon: Degrees, lat: Degrees, places: Places, most: float
) -> NDArray[np.bool_]:
    """Cells of the grid whose middle lies elsewhere than between its corners: the raster's seam.

    `most` is how far it may lie off, in pixels of the raster.
    """
    seen = _corners(np.isfinite(lon) & np.isfinite(lat) & (places[0] != FAR)).all(axis=0)
    middle = _degrees([_corners(part).mean(axis=0) for part in _directions(lon, lat)])
    exact = _places(raster, *middle)
    off = [
        np.abs(_corners(part).mean(axis=0) - true) > most
        for part, true in zip(places, exact, strict=True)
    ]
    near = _within(raster, *exact) | _corners(_within(raster, *places)).any(axis=0)
    return np.asarray(seen & near & (off[0] | off[1]))


def _corners(values: NDArray[np.generic]) -> NDArray[np.generic]:
    """Values at the four corners of each cell of a grid, the corners first."""
    return np.stack([values[:-1, :-1], values[:-1, 1:], values[1:, :-1], values[1:, 1:]])


def _directions(lon: Degrees, lat: Degrees) -> list[NDArray[np.float64]]:
    """Places as directions from the globe's middle, which know no seam and no pole."""
    along, up = (np.radians(np.where(np.isfinite(part), part, np.nan)) for part in (lon, lat))
    return [np.cos(up) * np.cos(along), np.cos(up) * np.sin(along), np.sin(up)]


def _degrees(directions: Sequence[NDArray[np.float64]]) -> tuple[Degrees, Degrees]:
    x, y, z = directions
    return np.degrees(np.arctan2(y, x)), np.degrees(np.arctan2(z, np.hypot(x, y)))
