"""A raster that lies under a map (an old map, a picture from above), in the map's projection."""

from __future__ import annotations

import warnings
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
MODES = frozenset({"1", "L", "LA", "P", "PA", "RGB", "RGBA", "CMYK", "YCbCr"})  # eight bits

Degrees = NDArray[np.float64]
Pixels = NDArray[np.uint8]  # rows from the top, columns, red green blue opacity


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
    from PIL import Image, UnidentifiedImageError

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            picture = Image.open(path, formats=("PNG", "JPEG", "TIFF"))
        if picture.width * picture.height > MOST_PIXELS:
            raise InputError(
                f"has {picture.width} × {picture.height} pixels; "
                f"{MOST_PIXELS:,} are the most: make it coarser"
            )
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, SyntaxError) as error:
        raise InputError("is no PNG, JPEG or TIFF that can be read; save it anew") from error
    return picture


@lru_cache(maxsize=2)
def pixels(path: str, reduced: int, _changed: int) -> Pixels:
    """All pixels of a picture, made coarser by a whole number; read anew when it has changed."""
    with _opened(Path(path)) as picture:
        whole = picture.convert("RGBA")
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
    from pyproj import Transformer
    from scipy import ndimage

    seen = np.isfinite(lon) & np.isfinite(lat)
    turn = Transformer.from_crs("EPSG:4326", raster.crs, always_xy=True)
    x, y = turn.transform(np.where(seen, lon, 0.0), np.where(seen, lat, 0.0))
    seen &= np.isfinite(x) & np.isfinite(y)
    a, b, c, d, e, f = raster.matrix
    if turn.target_crs is not None and turn.target_crs.is_geographic:  # the same turn of the globe
        middle = a + b * raster.width / 2 + c * raster.height / 2
        x = middle + (x - middle + 180.0) % 360.0 - 180.0
    det = b * f - c * e
    column = np.where(seen, (f * (x - a) - c * (y - d)) / det, -1e9)
    row = np.where(seen, (b * (y - d) - e * (x - a)) / det, -1e9)
    inside = (column > 0) & (column < raster.width) & (row > 0) & (row < raster.height)
    if not inside.any():
        return None
    # As coarse as the picture that is made, so that no line between its pixels is lost.
    across = np.abs(np.diff(column, axis=1))[inside[:, 1:] & inside[:, :-1]]
    step = float(np.median(across)) * (column.shape[1] - 1) / columns if across.size else 1.0
    reduced = max(1, int(step))
    known = pixels(raster.path, reduced, Path(raster.path).stat().st_mtime_ns)
    grid = np.meshgrid(
        np.linspace(0, lon.shape[0] - 1, rows),
        np.linspace(0, lon.shape[1] - 1, columns),
        indexing="ij",
    )
    fine = [ndimage.map_coordinates(part, grid, order=1) / reduced - 0.5 for part in (row, column)]
    drawn = np.empty((rows, columns, 4), dtype=np.uint8)
    for band in range(3):
        part = ndimage.map_coordinates(known[..., band], fine, order=1, mode="nearest")
        drawn[..., band] = part
    drawn[..., 3] = ndimage.map_coordinates(known[..., 3], fine, order=1, cval=0)
    return drawn
