"""TopoJSON: countries and other areas whose common borders are kept once, as arcs."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, NotRequired, TypedDict

import numpy as np
import shapely
from numpy.typing import NDArray
from pydantic import JsonValue
from shapely.geometry.base import BaseGeometry

from shekara.derive.parsing import parsing
from shekara.errors import InputError
from shekara.geometry.antimeridian import read
from shekara.geometry.arrays import Shapes
from shekara.spelling import way_out

Arcs = list[NDArray[np.float64]]
Arc = list[list[float]]  # positions


class Transform(TypedDict):
    """How quantised positions become degrees."""

    scale: list[float]
    translate: list[float]


class PolygonObject(TypedDict):
    """An area: for each ring the numbers of its arcs."""

    type: Literal["Polygon"]
    arcs: list[list[int]]
    id: NotRequired[JsonValue]
    properties: NotRequired[dict[str, JsonValue] | None]


class MultiPolygonObject(TypedDict):
    """Several areas."""

    type: Literal["MultiPolygon"]
    arcs: list[list[list[int]]]
    id: NotRequired[JsonValue]
    properties: NotRequired[dict[str, JsonValue] | None]


Area = PolygonObject | MultiPolygonObject


class Collection(TypedDict):
    """Areas under one name."""

    geometries: list[Area]


class Topology(TypedDict):
    """A file of TopoJSON 1.0, as far as areas need it."""

    arcs: list[Arc]
    objects: dict[str, Collection]
    transform: NotRequired[Transform]


Object = tuple[dict[str, JsonValue], BaseGeometry]


def read_topojson(data: bytes, name: str) -> list[Object]:
    """Objects of the collection `name` as (attributes, geometry in lon lat).

    The attributes are the object's properties and its "id". Quantised coordinates are decoded as
    the TopoJSON specification 1.0, section 2.1.3, says; an arc that two areas share gives both
    the same vertices. Areas are as the package has them, some of them not valid: see `polygons`.
    """
    with parsing("TopoJSON"):
        topology: Topology = json.loads(data)
        objects = topology["objects"]
        if name not in objects:
            raise InputError(f"TopoJSON has no collection {name!r}; {way_out(name, objects)}")
        return list(_objects(objects[name]["geometries"], _decode(topology)))


def _objects(collection: Iterable[Area], arcs: Arcs) -> Iterator[Object]:
    for item in collection:
        geometry = _geometry(item, arcs)
        if geometry is not None:
            attributes = dict(item.get("properties") or {})
            if "id" in item:
                attributes["id"] = item["id"]
            yield attributes, geometry


def polygons(geometries: Iterable[BaseGeometry]) -> Shapes:
    """The polygons of areas, each valid: a self-crossing one is repaired, its vertices kept."""
    parts = shapely.get_parts(np.array(list(geometries), dtype=object))
    wrong = ~shapely.is_valid(parts)
    parts[wrong] = shapely.make_valid(parts[wrong])
    # twice: what is repaired may be a collection of multipolygons
    parts = shapely.get_parts(shapely.get_parts(parts))
    part: Shapes = parts[shapely.get_type_id(parts) == 3]
    return part


def _decode(topology: Topology) -> Arcs:
    transform = topology.get("transform")
    arcs = []
    for arc in topology["arcs"]:
        positions = np.array([position[:2] for position in arc], dtype=float)
        if transform:
            positions = positions.cumsum(axis=0) * transform["scale"] + transform["translate"]
        arcs.append(positions)
    return arcs


def _ring(indices: Sequence[int], arcs: Arcs) -> NDArray[np.float64]:
    """Join arcs; ~i is arc i backwards; the end of one is the start of the next."""
    parts = [arcs[~i][::-1] if i < 0 else arcs[i] for i in indices]
    return np.vstack([parts[0], *(part[1:] for part in parts[1:])])


def _geometry(item: Area, arcs: Arcs) -> BaseGeometry | None:
    if item["type"] == "Polygon":
        polygons = [item["arcs"]]
    elif item["type"] == "MultiPolygon":
        polygons = item["arcs"]
    else:
        return None
    parts: list[shapely.Polygon] = []
    for rings in polygons:
        shell, *holes = (_ring(ring, arcs) for ring in rings)
        # quantising makes the smallest islands and lakes fall together into a line
        if len(shell) >= 4:
            parts.extend(_uncrossed(shell, [hole for hole in holes if len(hole) >= 4]))
    if not parts:
        return None
    return parts[0] if len(parts) == 1 else shapely.MultiPolygon(parts)


def _uncrossed(
    shell: NDArray[np.float64], holes: list[NDArray[np.float64]]
) -> Iterator[shapely.Polygon]:
    """An area within ±180°, in pieces where it reaches over the antimeridian or round a pole.

    Packages made for drawing on a sphere let rings run over the antimeridian, where the longitude
    jumps by 360°; RFC 7946, section 3.1.9, wants such areas cut there.
    """
    if np.abs(np.diff(shell[:, 0])).max() <= 180.0:
        yield shapely.Polygon(shell, holes)
        return
    area = read(shapely.Polygon(shell, holes), frames=False).geometry
    yield from (part for part in shapely.get_parts(area) if isinstance(part, shapely.Polygon))
