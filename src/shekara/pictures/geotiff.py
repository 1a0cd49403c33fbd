"""Where a GeoTIFF lies: its own tags (OGC GeoTIFF Standard 1.1, 7 and annex B)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shekara.errors import InputError

if TYPE_CHECKING:
    from PIL import Image

SCALE, TIEPOINT, TRANSFORMATION, KEYS = 33550, 33922, 34264, 34735
MODEL, RASTER, GEODETIC, PROJECTED = 1024, 1025, 2048, 3072  # keys of the key directory
POINT = 2  # of RASTER: places are those of the middles of pixels
USER_DEFINED = 32767

Placement = tuple[tuple[float, float, float, float, float, float], str]


def placed(picture: Image.Image) -> Placement | None:
    """Six numbers from pixels to places, and the system's code ("" where it has none).

    None where the picture says nothing of its place.

    Raises
    ------
    InputError
        Its system is described and not named by a code.
    """
    tags: dict[int, tuple[float, ...]] = dict(getattr(picture, "tag_v2", {}))
    keys = _keys(tags)
    half = 0.5 if keys.get(RASTER) == POINT else 0.0
    if TRANSFORMATION in tags and len(tags[TRANSFORMATION]) == 16:
        m = tags[TRANSFORMATION]
        b, c, a, e, f, d = m[0], m[1], m[3], m[4], m[5], m[7]
    elif SCALE in tags and len(tags.get(TIEPOINT, ())) >= 6:
        column, row, _, x, y, _ = tags[TIEPOINT][:6]
        b, c, e, f = tags[SCALE][0], 0.0, 0.0, -tags[SCALE][1]
        a, d = x - column * b, y - row * f
    else:
        return None
    matrix = (a - half * (b + c), b, c, d - half * (e + f), e, f)
    if b * f - c * e == 0:
        return None
    code = keys.get(PROJECTED) or keys.get(GEODETIC) or 0
    if code == USER_DEFINED:
        raise InputError(
            'describes a reference system of its own; write crs = "EPSG:…", '
            "or bring it into one with a code: gdalwarp -t_srs EPSG:4326"
        )
    return matrix, f"EPSG:{code}" if code else ""


def _keys(tags: dict[int, tuple[float, ...]]) -> dict[int, int]:
    """The keys whose value stands in the directory itself."""
    numbers = [int(part) for part in tags.get(KEYS, ())]
    rows = [numbers[place : place + 4] for place in range(4, len(numbers) - 3, 4)]
    return {key: value for key, where, _, value in rows if where == 0}
