"""The projection of a printed sheet: chosen by rule from the extent, or named, and put in words.

A projection serves only to draw. Lengths and areas come from the ellipsoid (shekara.measuring).
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping

from pyproj.exceptions import CRSError

from shekara.errors import InputError
from shekara.geometry.definitions import RefusedError, defined
from shekara.geometry.longitudes import short_way
from shekara.i18n import Translator
from shekara.scene.model import Projection
from shekara.scene.projection_sentence import describe
from shekara.spelling import closest, way_out

Extent = tuple[float, float, float, float]
Named = str | Mapping[str, object] | None

WIDE_DEG = 180.0  # from half the globe on, only a world projection shows everything
POLAR_DEG = 60.0  # an extent that stays poleward of this is drawn about the pole
# ... where it goes so far round it, or so near to it; a town at 60° N is drawn as any other.
ROUND_DEG, NEAR_POLE_DEG = 40.0, 80.0
TROPIC_DEG = 15.0  # a centre nearer to the equator is for cylinders (Snyder 1987, page 34)

NAMES = ("albers", "lambert", "equidistant", "mercator", "azimuthal", "cylindrical", "equal-earth")
KEYS = ("name", "parallels", "meridian", "latitude")


def width_deg(extent: Extent) -> float:
    """How many degrees of longitude an extent spans going east; its west may be past 180°."""
    west, _, east, _ = extent
    span = east - west
    return span if 0 <= span <= 360 else span % 360


def centre_deg(extent: Extent) -> tuple[float, float]:
    """The longitude (in [-180, 180)) and latitude half-way across an extent."""
    lon = extent[0] + width_deg(extent) / 2
    return short_way(lon), (extent[1] + extent[3]) / 2


def half_degree(value: float) -> float:
    """The nearest half degree; a quarter goes up, away from zero."""
    return math.copysign(math.floor(abs(value) * 2 + 0.5) / 2, value) + 0.0


def sixth_parallels(extent: Extent) -> tuple[float, float]:
    """Standard parallels at 1/6 and 5/6 of the span (Snyder 1987, page 99), in half degrees."""
    _, south, _, north = extent
    return half_degree(south + (north - south) / 6), half_degree(north - (north - south) / 6)


def choose(extent: Extent, named: Named, say: Translator) -> Projection:
    """The projection of a sheet: by rule from the extent, or as the map names it.

    The rule, first match: half the globe or more, Equal Earth (about a pole when all of it is
    poleward of 45°); all of it poleward of 60° and over more than 40° of longitude or beyond 80°,
    Lambert azimuthal about the pole; centre within 15° of the equator, cylindrical equal-area, or
    oblique Lambert azimuthal where more than 50° of latitude would be stretched; else Albers.

    Parameters
    ----------
    extent
        West, south, east, north in degrees; west > east crosses the antimeridian.
    named
        None; "albers", "lambert", "equidistant", "mercator", "azimuthal", "cylindrical"
        or "equal-earth", each fitted to the extent; "albers 43/53.5 at 67 E"; "EPSG:n"; a
        PROJ string; or a table with `name`, `parallels`, `meridian`, `latitude` in degrees.
    say
        Language of the name and the sentence.

    Raises
    ------
    InputError
        The extent is not one, or the name means no projection that can be drawn.

    Examples
    --------
    >>> cone = {"name": "albers", "parallels": [43, 53.5]}
    >>> choose((46, 40, 88, 56), cone, Translator("en")).sentence
    'Albers equal-area conic projection, standard parallels 43°\\xa0N and 53.5°\\xa0N, \
central meridian 67°\\xa0E; keeps areas.'
    """
    _check_extent(extent)
    definition = _by_rule(extent) if named is None else _by_name(extent, named)
    try:
        crs = defined(definition)
    except RefusedError as error:
        raise InputError(f"projection = {str(named)[:60]!r}: {error}. {_way_out()}") from error
    except CRSError as error:
        raise InputError(f"projection = {named!r}: PROJ does not know it. {_way_out()}") from error
    if not crs.is_projected:
        raise InputError(
            f"projection = {named!r}: that is no projection of the Earth on a plane. {_way_out()}"
        )
    return describe(crs, definition, (extent[0], extent[1], width_deg(extent), extent[3]), say)


def _check_extent(extent: Extent) -> None:
    west, south, east, north = extent
    if not all(math.isfinite(value) for value in extent) or not -90 <= south < north <= 90:
        raise InputError(
            f"extent = {list(extent)}: must be [west, south, east, north] in degrees, "
            "south under north, both within -90 and 90; exchange or correct the numbers"
        )
    if west == east or abs(west) > 360 or abs(east) > 360:
        raise InputError(
            f"extent = {list(extent)}: west and east must differ and lie within -180 and 180; "
            "for a map across the antimeridian let west be greater than east"
        )


def _by_rule(extent: Extent) -> str:
    _, south, _, north = extent
    span = width_deg(extent)
    _, lat = centre_deg(extent)
    poleward = min(abs(south), abs(north)) if south * north > 0 else 0.0
    about = span > ROUND_DEG or max(abs(south), abs(north)) > NEAR_POLE_DEG
    if (poleward >= POLAR_DEG and about) or (span > WIDE_DEG and poleward >= 45):
        return _definition("azimuthal", extent, latitude=math.copysign(90, lat))
    if span > WIDE_DEG:
        return _definition("equal-earth", extent)
    if abs(lat) < TROPIC_DEG:
        return _definition("cylindrical" if north - south <= 50 else "azimuthal", extent)
    return _definition("albers", extent)


def _by_name(extent: Extent, named: str | Mapping[str, object]) -> str:
    if isinstance(named, Mapping):
        return _by_table(extent, named)
    text = named.strip()
    if text.lower() in NAMES:
        return _definition(text.lower(), extent)
    if text.startswith("+") or "+proj=" in text or re.fullmatch(r"(?i)(epsg|esri):\d+", text):
        return text
    written = re.fullmatch(
        r"(?i)([a-z-]+)\s+(-?[\d.]+)/(-?[\d.]+)(?:\s+(?:at\s+)?(-?[\d.]+)°?\s*([EW]?))?", text
    )
    if written and written[1].lower() in NAMES:
        table: dict[str, object] = {"name": written[1].lower()}
        table["parallels"] = [float(written[2]), float(written[3])]
        if written[4]:
            table["meridian"] = float(written[4]) * (-1 if written[5] in ("W", "w") else 1)
        return _by_table(extent, table)
    near = closest(text.lower(), NAMES, likeness=0.5)
    hint = f' Did you mean "{near}"?' if near else ""
    raise InputError(f"projection = {named!r}: no projection has this name.{hint} {_way_out()}")


def _by_table(extent: Extent, table: Mapping[str, object]) -> str:
    for key in table:
        if key not in KEYS:
            hint = way_out(str(key), KEYS, likeness=0.5)
            raise InputError(f"projection: unknown key {key!r}; {hint}")
    name = str(table.get("name", "")).lower()
    if name not in NAMES:
        raise InputError(f"projection.name = {name!r}: must be one of {', '.join(NAMES)}")
    parallels = table.get("parallels")
    if parallels is not None:
        if not isinstance(parallels, list | tuple) or len(parallels) not in (1, 2):
            raise InputError(
                f"projection.parallels = {parallels!r}: must be one or two latitudes, as [43, 53.5]"
            )
        parallels = tuple(_degrees("parallels", value, 90) for value in parallels)
    meridian, lat = table.get("meridian"), table.get("latitude")
    return _definition(
        name,
        extent,
        parallels=parallels,
        meridian=None if meridian is None else _degrees("meridian", meridian, 360),
        latitude=None if lat is None else _degrees("latitude", lat, 90),
    )


def _degrees(key: str, value: object, most: float) -> float:
    fits = isinstance(value, int | float) and not isinstance(value, bool)
    if not fits or not -most <= float(value) <= most:  # type: ignore[arg-type]
        raise InputError(
            f"projection.{key} = {value!r}: must be a number of degrees, -{most:g} to {most:g}"
        )
    return float(value)  # type: ignore[arg-type]


def _definition(
    name: str,
    extent: Extent,
    *,
    parallels: tuple[float, ...] | None = None,
    meridian: float | None = None,
    latitude: float | None = None,
) -> str:
    """The PROJ string of a named projection; what is not given is fitted to the extent."""
    lon, lat = centre_deg(extent)
    lon = round(lon if meridian is None else meridian, 6) + 0.0
    tail = f"+lon_0={lon:.10g} +datum=WGS84 +units=m +no_defs +type=crs"
    if name in ("albers", "lambert", "equidistant"):
        first, second = (*parallels, *parallels)[:2] if parallels else sixth_parallels(extent)
        origin = half_degree((first + second) / 2) if latitude is None else latitude
        if abs(first + second) < 1 or max(abs(first), abs(second)) >= 90:
            raise InputError(
                f'projection "{name}": a cone cannot touch {first:g}° and {second:g}°; '
                'name "cylindrical" near the equator and "azimuthal" about a pole'
            )
        code = {"albers": "aea", "lambert": "lcc", "equidistant": "eqdc"}[name]
        return f"+proj={code} +lat_1={first:g} +lat_2={second:g} +lat_0={origin:g} {tail}"
    if name == "azimuthal":
        origin = round(lat if latitude is None else latitude, 6) + 0.0
        return f"+proj=laea +lat_0={origin:.10g} {tail}"
    if name == "equal-earth":
        return f"+proj=eqearth {tail}"
    true = abs(parallels[0]) if parallels else _balanced_parallel(extent)
    if name == "cylindrical":
        return f"+proj=cea +lat_ts={true:g} {tail}"
    if max(abs(extent[1]), abs(extent[3])) > 85:
        raise InputError(
            'projection "mercator": goes to infinity at the poles; keep the extent within 85° '
            'or name "azimuthal"'
        )
    return f"+proj=merc +lat_ts={true:g} {tail}"


def _balanced_parallel(extent: Extent) -> float:
    """The latitude of true scale of a cylinder that errs as much at both edges, half degrees."""
    _, south, _, north = extent
    far = min(max(abs(south), abs(north)), 85.0)
    near = 0.0 if south * north <= 0 else min(abs(south), abs(north))
    product = math.cos(math.radians(near)) * math.cos(math.radians(far))
    return half_degree(math.degrees(math.acos(math.sqrt(product))))


def _way_out() -> str:
    return (
        f"Name one of {', '.join(NAMES)}, an EPSG code as EPSG:3035, a PROJ string as "
        "+proj=laea +lat_0=10, or leave it out for the rule."
    )
