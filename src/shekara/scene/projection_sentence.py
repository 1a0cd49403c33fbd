"""A projection put in words: its name, parallels and meridian, and what it keeps."""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np
from pyproj import CRS, Proj
from pyproj.exceptions import ProjError

from shekara.errors import InputError
from shekara.geometry.longitudes import short_way
from shekara.i18n import Translator
from shekara.scene.model import Projection

Box = tuple[float, float, float, float]

# How EPSG and PROJ call a method (left), and our word for it (right).
METHODS = {
    "Albers Equal Area": "albers",
    "Lambert Conic Conformal (2SP)": "lambert",
    "Lambert Conic Conformal (1SP)": "lambert",
    "Equidistant Conic": "equidistant",
    "Lambert Azimuthal Equal Area": "azimuthal",
    "Lambert Cylindrical Equal Area": "cylindrical",
    "Equal Earth": "equal_earth",
    "Mercator (variant A)": "mercator",
    "Mercator (variant B)": "mercator",
    "Popular Visualisation Pseudo Mercator": "web_mercator",
    "Transverse Mercator": "transverse",
    "Polar Stereographic (variant A)": "stereographic",
    "Polar Stereographic (variant B)": "stereographic",
    "Stereographic": "stereographic",
    "Oblique Stereographic": "stereographic",
    "Equidistant Cylindrical": "plate",
    "Azimuthal Equidistant": "azimuthal_equidistant",
    "Modified Azimuthal Equidistant": "azimuthal_equidistant",
    "Robinson": "robinson",
    "Mollweide": "mollweide",
    "Orthographic": "orthographic",
}


def degrees(value: float, say: Translator) -> str:
    """The size of an angle in decimal degrees, without its sign: 53.5°, 53,5°."""
    return say.number(round(abs(value), 4)) + "°"


def latitude(value: float, say: Translator) -> str:
    """A latitude in decimal degrees with its hemisphere: 53.5° N, 53,5° с. ш."""
    if value == 0:
        return say.message("lat_equator")
    key = "lat_north" if value > 0 else "lat_south"
    return say.message(key, value=degrees(value, say)).replace(" ", "\u00a0")


def longitude(value: float, say: Translator) -> str:
    """A longitude with its hemisphere: 67° E, 67° в. д.; 0° and 180° have none."""
    value = short_way(value)
    if value in (0, -180):
        return f"{abs(round(value))}°"
    key = "lon_east" if value > 0 else "lon_west"
    return say.message(key, value=degrees(value, say)).replace(" ", "\u00a0")


def describe(crs: CRS, definition: str, box: Box, say: Translator) -> Projection:
    """The projection with its name and a sentence: parallels, meridian, what it keeps.

    Parameters
    ----------
    crs
        What the definition means.
    definition
        PROJ string or authority code, kept as given.
    box
        West, south, width and north of the extent, degrees; what is kept is tested on it.
    say
        Language of the words.

    Raises
    ------
    InputError
        The projection cannot show the extent.
    """
    operation = crs.coordinate_operation
    method = operation.method_name if operation else "?"
    given = {item.name: float(item.value) for item in operation.params} if operation else {}
    key = METHODS.get(method, "")
    bare = method.removeprefix("PROJ ")
    name = say.message(f"projection_{key}") if key else say.message("projection_other", name=bare)
    area, angle = _keeps(crs, box, key)
    parts = [name + (f" ({crs.name}, {definition})" if crs.name != "unknown" else "")]
    parts += _parameters(given, key, say)
    kept = "area" if area else "angle" if angle else "none"
    if kept == "none" and key == "equidistant":
        kept = "meridian"
    elif kept == "none" and key == "azimuthal_equidistant":
        kept = "radius"
    sentence = ", ".join(parts) + f"; {say.message(f'projection_keeps_{kept}')}."
    return Projection(definition, name, sentence, equal_area=area, conformal=angle)


def _parameters(given: Mapping[str, float], key: str, say: Translator) -> list[str]:
    """Standard parallels and central meridian, or the centre, as phrases."""
    phrases = []
    first = given.get(
        "Latitude of 1st standard parallel", given.get("Latitude of standard parallel")
    )
    second = given.get("Latitude of 2nd standard parallel")
    if first and key in ("cylindrical", "plate"):
        second = -first
    if first is not None and second is not None and first != second:
        low, high = sorted((first, second))
        values = {"first": latitude(low, say), "second": latitude(high, say)}
        phrases.append(say.message("projection_parallels", **values))
    elif first is not None and first != 0:
        phrases.append(say.message("projection_parallel", first=latitude(first, say)))
    names = ("Longitude of false origin", "Longitude of natural origin", "Longitude of origin")
    meridian = next((given[item] for item in names if item in given), None)
    origin = given.get("Latitude of natural origin", 0.0)
    if key == "stereographic" and first is not None:
        origin = math.copysign(90.0, first)
    if key in ("azimuthal", "stereographic", "azimuthal_equidistant", "orthographic"):
        if abs(origin) == 90:
            phrases.append(say.message(f"projection_{'north' if origin > 0 else 'south'}_pole"))
        else:
            lat, lon = latitude(origin, say), longitude(meridian or 0, say)
            return [*phrases, say.message("projection_centre", latitude=lat, meridian=lon)]
    if meridian is not None:
        phrases.append(say.message("projection_meridian", meridian=longitude(meridian, say)))
    return phrases


def _keeps(crs: CRS, box: Box, key: str) -> tuple[bool, bool]:
    """Whether areas and whether angles are kept over the extent, to a part in a million."""
    west, south, width, north = box
    if key == "web_mercator":  # a sphere's formula on the ellipsoid turns angles by up to 0.2°
        return False, False
    lat = np.linspace(max(south, -88.0), min(north, 88.0), 9)
    lon = west + np.linspace(0.02, 0.98, 9) * width
    grid = np.meshgrid(short_way(lon), lat)
    try:
        factors = Proj(crs).get_factors(grid[0].ravel(), grid[1].ravel(), errcheck=False)
    except ProjError:
        return False, False
    areal, turn = np.asarray(factors.areal_scale), np.asarray(factors.angular_distortion)
    good = np.isfinite(areal) & np.isfinite(turn) & (areal > 0) & (areal < 1e6)
    if not good.any():
        raise InputError(
            f"projection {crs.to_string()!r}: cannot show {west:g} to {west + width:g} east, "
            f"{south:g} to {north:g} north; "
            "name another, or none for the rule"
        )
    areal, turn = areal[good], turn[good]
    # PROJ differentiates numerically: 1e-6 is its own noise.
    return bool(np.ptp(areal) / areal.mean() < 1e-5), bool(turn.max() < 1e-3)
