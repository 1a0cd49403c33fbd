"""Sound shapes out of what files hold: broken ones named, repaired by one rule, or refused."""

from __future__ import annotations

import math
import struct
from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from shekara.geometry.antimeridian import Reading
from shekara.geometry.stars import surely_simple

# Kinds of geometry of ISO 13249-3 that shapely has no class for.
KINDS = {
    8: "CircularString", 9: "CompoundCurve", 10: "CurvePolygon", 11: "MultiCurve",
    12: "MultiSurface", 13: "Curve", 14: "Surface", 15: "PolyhedralSurface", 16: "TIN",
    17: "Triangle",
}  # fmt: skip
OUTSIDE = "Hole lies outside shell"


class Parsed(NamedTuple):
    """Shapes, and why some could not be made."""

    geometry: NDArray[np.object_]
    faults: dict[int, str]


class Sound(NamedTuple):
    """Shapes that can be measured, which were repaired, and why some were left out."""

    geometry: NDArray[np.object_]
    repaired: dict[int, str]
    faults: dict[int, str]


def from_wkb(data: NDArray[np.object_]) -> Parsed:
    """Shapes of well-known binary; None stays None."""
    try:
        shapes = np.asarray(shapely.from_wkb(data, on_invalid="ignore"), dtype=object)
    except NotImplementedError:  # one curve spoils the whole array
        shapes = np.array([_single(item) for item in data], dtype=object)
    missing = [int(i) for i in np.flatnonzero(shapely.is_missing(shapes)) if data[i] is not None]
    return Parsed(shapes, {i: _why_not(bytes(data[i])) for i in missing})


def _single(item: bytes | None) -> BaseGeometry | None:
    if item is None:
        return None
    try:
        return shapely.from_wkb(item, on_invalid="ignore")
    except NotImplementedError:
        return None


def _why_not(data: bytes) -> str:
    """What a geometry is that shapely cannot make."""
    if len(data) < 5:
        return "geometry that is cut off"
    order = "<" if data[0] == 1 else ">"
    kind = (struct.unpack_from(order + "I", data, 1)[0] & 0x0FFFFFFF) % 1000
    if kind in KINDS:
        return f"{KINDS[kind]} geometry, which is not read; give polygons or lines instead"
    if kind in (3, 6):
        return "ring that is not closed or has fewer than four positions; close it"
    return "geometry that cannot be read"


def finite(shapes: NDArray[np.object_]) -> Parsed:
    """Shapes without empty holes; those with positions that are no numbers are left out."""
    kept = _without_empty_rings(shapes)
    faults: dict[int, str] = {}
    for index in _not_finite(kept):
        faults[index] = "position that is no number"
        kept[index] = None
    return Parsed(kept, faults)


def sound(
    given: NDArray[np.object_],
    lonlat: NDArray[np.object_],
    read: Mapping[int, Reading],
    repair: bool,
    strict: bool,
) -> Sound:
    """Shapes whose areas mean something.

    Parameters
    ----------
    given : ndarray of shapely geometries or None, (n,)
        As the source has them: validity is a matter of the plane that they were drawn in.
    lonlat : ndarray, (n,)
        The same in longitude and latitude.
    read : mapping of int to Reading
        Those that run over 180° or round a pole, as the globe has them.
    repair, strict : bool
        The rule: a polygon that crosses or touches itself is repaired by `shapely.make_valid`
        (every place with an odd number of rings around it belongs to it), of which the areas are
        kept. Where a hole lies outside its shell it is not known which of the two is land: such a
        polygon is left out, unless `repair` asks for the rule. `strict` repairs nothing,
        and refuses lines of no length too.
    """
    kept = lonlat.copy()
    judged = np.isin(shapely.get_type_id(lonlat), (3, 6, 7))
    if strict:
        judged = ~shapely.is_missing(lonlat)
    open_ = np.flatnonzero(judged & ~surely_simple(given))
    wrong = {
        int(index): str(shapely.is_valid_reason(given[index]))
        for index in open_[~shapely.is_valid(given[open_])]
        if index not in read
    }
    wrong |= {index: reading.fault for index, reading in read.items() if reading.fault}
    repaired: dict[int, str] = {}
    faults: dict[int, str] = {}
    for index, reason in sorted(wrong.items()):
        why = _placed(reason)
        if strict or (OUTSIDE in reason and not repair):
            way = "repair the file" if strict else "repair the file, or give --repair to count both"
            faults[index], kept[index] = f"is not valid: {why}; {way}", None
            continue
        shape = read[index].geometry if index in read else lonlat[index]
        whole = _areas(shape if shape.is_valid else shapely.make_valid(shape), shape)
        if whole is None:
            faults[index] = f"is not valid and has no area: {why}"
        else:
            repaired[index] = why
        kept[index] = whole
    return Sound(kept, repaired, faults)


def _placed(reason: str) -> str:
    """GEOS's "Self-intersection[10 50]" as "self-intersection at 10 50"."""
    what, _, where = reason.partition("[")
    return f"{what[:1].lower()}{what[1:].strip()}" + (f" at {where.rstrip(']')}" if where else "")


def _areas(valid: BaseGeometry, before: BaseGeometry) -> BaseGeometry | None:
    """The areas of a repaired shape; what it also held as lines and points only if it did."""
    if before.geom_type == "GeometryCollection":
        return valid
    parts = [piece for part in shapely.get_parts(valid) for piece in shapely.get_parts(part)]
    parts = [part for part in parts if part.geom_type == "Polygon" and part.area > 0]
    if not parts:
        return None
    return parts[0] if len(parts) == 1 else shapely.MultiPolygon(parts)


def _not_finite(shapes: NDArray[np.object_]) -> list[int]:
    with np.errstate(over="ignore", invalid="ignore"):
        if math.isfinite(shapely.get_coordinates(shapes).sum()):
            return []
    points, owner = shapely.get_coordinates(shapes, return_index=True)
    return [int(i) for i in np.unique(owner[~np.isfinite(points).all(axis=1)])]


def _without_empty_rings(shapes: NDArray[np.object_]) -> NDArray[np.object_]:
    """The shapes without holes that have no position: they bound nothing, and break programs."""
    kept = shapes.copy()
    kinds = shapely.get_type_id(shapes)
    if not ((kinds > 3) | (shapely.get_num_interior_rings(shapes) > 0)).any():
        return kept
    parts, owner = shapely.get_parts(kept, return_index=True)
    holed = shapely.get_num_interior_rings(parts) > 0
    parts, owner = parts[holed], owner[holed]
    rings, part = shapely.get_rings(parts, return_index=True)
    for index in np.unique(owner[part[shapely.is_empty(rings)]]).tolist():
        kept[index] = _rebuilt(kept[index])
    return kept


def _rebuilt(shape: BaseGeometry) -> BaseGeometry:
    if isinstance(shape, shapely.Polygon):
        return shapely.Polygon(
            shapely.get_coordinates(shape.exterior, include_z=shape.has_z),
            [
                shapely.get_coordinates(hole, include_z=shape.has_z)
                for hole in shape.interiors
                if not hole.is_empty
            ],
        )
    if not isinstance(shape, shapely.GeometryCollection | shapely.MultiPolygon):
        return shape  # nothing else holds polygons
    parts = np.array([_rebuilt(part) for part in shape.geoms if not part.is_empty], dtype=object)
    return type(shape)(list(parts))
