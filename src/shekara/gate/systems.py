"""Reference systems: positions of any system as longitude and latitude on its own datum."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import CRS, Geod, Transformer
from pyproj.exceptions import CRSError, ProjError

from shekara.errors import InputError
from shekara.gate.usage import limits, outside, plainly_swapped
from shekara.geometry.antimeridian import FARTHEST_DEG
from shekara.geometry.arrays import Floats
from shekara.geometry.definitions import RefusedError, defined

if TYPE_CHECKING:
    from pyproj._crs import AreaOfUse  # the class of `CRS.area_of_use`, with no public name


class Strays(NamedTuple):
    """How many of some shapes lie outside their system, for what is read piece by piece."""

    outside: int
    drawn: int  # shapes that have a position
    small: bool  # all positions are as small as degrees
    nonzero: bool
    box: Floats  # the least and the greatest of both coordinates, (2, 2); NaN without positions
    why: str = ""  # the likely reason, for the first of them


class Placed(NamedTuple):
    """Shapes in longitude and latitude, and which of them lie nowhere."""

    geometry: NDArray[np.object_]
    faults: dict[int, str]
    strays: Strays


@lru_cache(maxsize=64)
def system(named: str | CRS) -> CRS:
    """The reference system of that name, code or description.

    Raises
    ------
    InputError
        There is none, it is tied to no place on Earth, or it would have PROJ open a file.
    """
    try:
        crs = defined(named)
    except RefusedError as error:
        raise InputError(
            f"reference system {str(named)[:60]!r}: {error}; name it by its code, as EPSG:4326"
        ) from error
    except CRSError as error:
        raise InputError(
            f"reference system {str(named)[:60]!r}: is unknown; name it as EPSG:4326"
        ) from error
    if crs.get_geod() is None or crs.geodetic_crs is None or crs.is_engineering:
        raise InputError(
            f"reference system {crs.name!r}: is tied to no place on Earth; name another with --crs"
        )
    if crs.is_geocentric:
        raise InputError(
            f"reference system {crs.name!r}: counts from the centre of the Earth; "
            "convert the file to longitude and latitude first"
        )
    return crs


def ellipsoid(crs: CRS) -> Geod:
    """The ellipsoid of a system that `system` has let through."""
    on = crs.get_geod()
    assert on is not None
    return on


def place(shapes: NDArray[np.object_], crs: CRS, *, named: bool) -> Placed:
    """Shapes in degrees of longitude and latitude, east of Greenwich, on the system's own datum.

    Parameters
    ----------
    shapes : ndarray of shapely geometries or None, (n,)
        In the units of the system, with finite positions; heights are left aside.
    crs : pyproj.CRS
        Their system.
    named : bool
        The reader named the system himself: positions well outside its area of use are believed.

    Returns
    -------
    Placed
        Whether so many lie outside that the source is refused is for `refuse_strays` to say.
    """
    flat = shapely.force_2d(shapes) if shapely.has_z(shapes).any() else shapes
    drawn = int(np.count_nonzero(shapely.get_num_coordinates(flat)))
    if not drawn:
        return Placed(flat, {}, Strays(0, 0, True, False, np.full((2, 2), np.nan)))
    bounds = shapely.bounds(flat)
    box = np.array([np.nanmin(bounds[:, :2], axis=0), np.nanmax(bounds[:, 2:], axis=0)])
    if _to_degrees(box, crs) is box and _all_inside(box, box, crs, named):
        small = bool((np.abs(box) <= (360.0, 90.0)).all())
        return Placed(flat, {}, Strays(0, drawn, small, bool(box.any()), box))
    points = shapely.get_coordinates(flat)
    lonlat = _to_degrees(points, crs)
    if lonlat is not points and _all_inside(points, lonlat, crs, named):
        small = bool((np.abs(_box(points)) <= (360.0, 90.0)).all())
        moved = shapely.set_coordinates(flat.copy(), lonlat)
        return Placed(moved, {}, Strays(0, drawn, small, bool(points.any()), box))
    owner = np.repeat(np.arange(len(flat)), shapely.get_num_coordinates(flat))
    finite = np.isfinite(points).all(axis=1)
    wrong = outside(lonlat, crs, named) | ~finite
    small = bool((np.abs(points[finite]) <= (360.0, 90.0)).all())
    nonzero = bool(points[finite].any())
    if not wrong.any():
        moved = flat if lonlat is points else shapely.set_coordinates(flat.copy(), lonlat)
        return Placed(moved, {}, Strays(0, drawn, small, nonzero, box))
    faulty, place_of_first = np.unique(owner[wrong], return_index=True)
    firsts = points[wrong][place_of_first]
    faults = {int(i): _stray(xy, crs, named) for i, xy in zip(faulty, firsts, strict=True)}
    moved = shapely.set_coordinates(flat.copy(), np.where(wrong[:, None], 0.0, lonlat))
    moved[faulty] = None
    why = _reason(points[owner == faulty[0]], firsts[0], crs)
    return Placed(moved, faults, Strays(len(faulty), drawn, small, nonzero, box, why))


def _box(points: Floats) -> Floats:
    """The least and the greatest of both columns, (2, 2); NaN where there is one."""
    return np.array([[column.min(), column.max()] for column in points.T]).T


def _all_inside(points: Floats, lonlat: Floats, crs: CRS, named: bool) -> bool:
    """Whether all positions are surely inside, by the box around them; False says nothing."""
    box = _box(lonlat)
    if not (np.isfinite(box).all() and (lonlat is points or np.isfinite(_box(points)).all())):
        return False
    # A box up to half a turn wide that has both sides inside an area has all inside.
    narrow = box[1, 0] - box[0, 0] <= 180.0 or limits(crs, named) is None
    return bool(narrow and not outside(box, crs, named).any())


def _stray(point: Floats, crs: CRS, named: bool) -> str:
    """Why one position of a shape cannot be believed, and the way out."""
    head = f"position {_shown(point)} lies outside"
    if not crs.is_geographic:
        number = None if named else crs.to_epsg(min_confidence=70)
        insist = f"; if it is right, name it: EPSG:{number}" if number else ""
        return f"{head} the area of {crs.name}{insist}"
    if abs(point[0]) <= FARTHEST_DEG and abs(point[1]) <= 90.0:
        return f"{head} the area of use of {crs.name}"
    if abs(point[0]) <= 90.0 and 90.0 < abs(point[1]) <= 360.0:
        return f"{head} the globe; it looks like latitude, longitude: write longitude first"
    return f"{head} the globe; give longitude, then latitude within ±90, in degrees"


def refuse_strays(strays: Sequence[Strays], first: Floats | None, crs: CRS, *, named: bool) -> None:
    """Refuse a source most of whose features lie outside the globe or the system's area of use.

    Parameters
    ----------
    strays : sequence of Strays
        Of all its pieces, as `place` counts them.
    first : ndarray, (2,), or None
        The first position of the source.
    crs : pyproj.CRS
        Its system.
    named : bool
        The reader named the system himself: he is not believed where all positions lie in its area
        of use only with longitude and latitude swapped.

    Raises
    ------
    InputError
        With the likely reason.
    """
    degrees = all(stray.small for stray in strays) and any(stray.nonzero for stray in strays)
    if first is not None and degrees and not named and not crs.is_geographic:
        raise InputError(
            f"position {_shown(first)}: degrees in a system of {_unit(crs)} ({crs.name}); "
            "give --crs EPSG:4326"
        )
    away = sum(stray.outside for stray in strays)
    if away * 2 > sum(stray.drawn for stray in strays):
        raise InputError(next(stray.why for stray in strays if stray.why))
    if named and first is not None and plainly_swapped(_around([s.box for s in strays]), crs):
        raise InputError(_reason(first[None], first, crs))


def _around(boxes: Sequence[Floats]) -> Floats:
    """The box around some, those without positions aside."""
    return np.array([np.fmin.reduce([b[0] for b in boxes]), np.fmax.reduce([b[1] for b in boxes])])


def _to_degrees(points: Floats, crs: CRS) -> Floats:
    """Degrees east of Greenwich, whatever angle and prime meridian the system counts in."""
    base = crs.geodetic_crs
    assert base is not None
    base = base.to_2d()
    if not crs.is_geographic or crs.is_derived or crs.is_bound:
        try:
            move = Transformer.from_crs(crs, base, always_xy=True)
        except ProjError as error:
            raise InputError(f"reference system {crs.name!r}: cannot be used ({error})") from error
        points = np.column_stack(move.transform(points[:, 0], points[:, 1]))
    factor = math.degrees(base.axis_info[0].unit_conversion_factor)
    lonlat = points if math.isclose(factor, 1.0, rel_tol=1e-12) else points * factor
    meridian = base.prime_meridian
    if meridian is not None and meridian.longitude:
        east = math.degrees(meridian.longitude * float(meridian.unit_conversion_factor))
        lonlat = np.column_stack([lonlat[:, 0] + east, lonlat[:, 1]])
    return lonlat


def _reason(points: Floats, first: Floats, crs: CRS) -> str:
    """Why a shape of these positions may lie where the first that is outside does."""
    x, y = first
    where = f"position {_shown(first)}"
    if crs.is_geographic:
        beyond = abs(x) > FARTHEST_DEG or abs(y) > 90.0
        what = "the globe in" if beyond else "the area of use of"
        head = f"{where} lies outside {what} {crs.name}"
        if abs(x) <= 90.0 and 90.0 < abs(y) <= 360.0:
            return f"{head}: latitude and longitude are swapped; write longitude first"
        if max(abs(x), abs(y)) > 1000:
            return f"{head}: these look like metres; name their system with --crs EPSG:…"
        area = crs.area_of_use
        swapped = outside(points[:, ::-1], crs, named=False)
        if not beyond and not swapped.any():
            return f"{head}{_bounds(area)}: latitude and longitude are swapped; longitude is first"
        return f"{head}{_bounds(area)}; name the right system with --crs EPSG:…"
    head = f"{where} lies outside the area of use of {crs.name}{_bounds(crs.area_of_use)}"
    with np.errstate(invalid="ignore"):
        swapped = outside(_to_degrees(points[:, ::-1], crs), crs, named=False)
    if not swapped.any():
        return f"{head}: the axes are swapped; write easting first"
    east = _false_easting(crs)
    if east >= 1e6 and abs(x) < 1e6:
        return (
            f"{head}: the zone number is missing from the eastings "
            f"(this system's begin with {int(east // 1e6)})"
        )
    if east < 1e6 <= abs(x):
        return (
            f"{head}: the eastings may begin with a zone number, which this system does not have; "
            "name the system that has it with --crs EPSG:…"
        )
    return f"{head}; name the right system with --crs EPSG:…, or this one to insist on it"


def _false_easting(crs: CRS) -> float:
    operation = crs.coordinate_operation
    for parameter in operation.params if operation else ():
        if parameter.name.lower() in ("false easting", "easting at false origin"):
            return float(parameter.value)
    return 0.0


def _unit(crs: CRS) -> str:
    name = crs.axis_info[0].unit_name if crs.axis_info else "metre"
    return {"metre": "metres"}.get(name, name)


def _bounds(area: AreaOfUse | None) -> str:
    if area is None:
        return ""
    return f" ({area.west:g} to {area.east:g} E, {area.south:g} to {area.north:g} N)"


def _shown(point: Floats) -> str:
    return f"[{point[0]:.10g}, {point[1]:.10g}]"
