"""Shapes from the coordinates of GeoJSON: those of one kind all at once, faulty ones one by one."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from typing import NamedTuple, Protocol

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from shekara.geometry.arrays import Floats

# Kinds of geometry, and how many lists stand around their positions.
DEPTH = {
    "Point": 0, "MultiPoint": 1, "LineString": 1, "MultiLineString": 2, "Polygon": 2,
    "MultiPolygon": 3,
}  # fmt: skip
TYPES = tuple(DEPTH)
Counts = NDArray[np.int64]


class Misread(NamedTuple):
    """Why a geometry cannot be read; `kind` is "" where it is none of GeoJSON's."""

    kind: str
    rule: str = ""
    remedy: str = ""


class UnreadableError(Exception):
    """Carries why."""

    def __init__(self, why: Misread) -> None:
        super().__init__(why)
        self.why = why


class Nested(NamedTuple):
    """Coordinates of several geometries of one kind, taken out of their lists."""

    points: Floats  # (n, 2) or (n, 3)
    counts: list[Counts]  # from the outermost list to the innermost: how many each holds


def shapes_of(geometries: Sequence[object]) -> tuple[NDArray[np.object_], dict[int, Misread]]:
    """Shapes of geometries as JSON has them, None where there is none or a fault.

    Parameters
    ----------
    geometries : sequence of object
        The value of "geometry" of each feature.

    Returns
    -------
    shapes : ndarray of shapely geometries or None, (n,)
        With heights where all positions of a shape have one.
    misread : mapping of int to Misread
        Why those of these numbers cannot be read.
    """
    shapes = np.full(len(geometries), None, dtype=object)
    misread: dict[int, Misread] = {}
    kinds: dict[str, list[int]] = {}
    for index, geometry in enumerate(geometries):
        if geometry is not None:
            kind = geometry.get("type") if isinstance(geometry, dict) else None
            kinds.setdefault(kind if isinstance(kind, str) else "", []).append(index)
    for kind, indexes in kinds.items():
        if kind in DEPTH:
            items = [geometries[i].get("coordinates") for i in indexes]  # type: ignore[attr-defined]
            try:
                shapes[indexes] = _built(kind, _nested(kind, items))
                continue
            except (UnreadableError, shapely.GEOSException, ValueError, OverflowError):
                pass  # one of them is odd: each by itself
        for index in indexes:
            try:
                shapes[index] = _single(geometries[index])
            except UnreadableError as error:
                misread[index] = error.why
            except RecursionError:
                misread[index] = Misread("")
    return shapes, misread


def _nested(kind: str, items: Sequence[object]) -> Nested:
    """Positions and counts.

    Raises
    ------
    UnreadableError
        Something is no list, no number, or empty.
    """
    level: Sequence[object] = items
    counts: list[Counts] = []
    for _ in range(DEPTH[kind]):
        level = _opened(kind, level, counts)
    sizes = list[Counts]()
    numbers = _opened(kind, level, sizes)
    size = int(sizes[0].min()) if len(sizes[0]) else 0
    if size < 2 or (sizes[0] != size).any() or size > 3:
        raise UnreadableError(_no_coordinates(kind))
    if not set(map(type, numbers)) <= {int, float}:
        raise UnreadableError(_no_coordinates(kind))
    points = np.array(numbers, dtype=np.float64).reshape(-1, size)
    if not np.isfinite(points).all():
        raise UnreadableError(Misread(kind, "hold a position that is no number", "correct it"))
    return Nested(points, counts)


def _opened(kind: str, level: Sequence[object], counts: list[Counts]) -> list[object]:
    """What the lists of a level hold, one after another."""
    lists = [item for item in level if type(item) is list]
    if len(lists) < len(level):
        raise UnreadableError(_no_coordinates(kind))
    lengths = np.fromiter(map(len, lists), dtype=np.int64, count=len(lists))
    if not lengths.all():
        raise UnreadableError(_no_coordinates(kind))
    counts.append(lengths)
    return list(chain.from_iterable(lists))


def _no_coordinates(kind: str) -> Misread:
    remedy = "lists of [longitude, latitude]; a ring has at least four positions"
    return Misread(kind, f"are no coordinates of a {kind}", remedy)


def _built(kind: str, nested: Nested) -> NDArray[np.object_]:
    """Shapes of one kind."""
    points, counts = nested
    if kind == "Point":
        return np.asarray(shapely.points(points), dtype=object)
    inner = np.repeat(np.arange(len(counts[-1])), counts[-1])
    if kind == "MultiPoint":
        return _many(shapely.multipoints, np.asarray(shapely.points(points), dtype=object), inner)
    if kind.endswith("LineString"):
        if (counts[-1] < 2).any():
            raise UnreadableError(
                Misread(kind, "hold a line of one position", "give at least two, or a Point")
            )
        lines = _many(shapely.linestrings, points, inner)
        return (
            lines
            if kind == "LineString"
            else _many(shapely.multilinestrings, lines, *_of(counts, -2))
        )
    last = np.cumsum(counts[-1])
    first = last - counts[-1]
    if (counts[-1] < 4).any() or (points[first, :2] != points[last - 1, :2]).any():
        rule = "hold a ring that is not closed or has fewer than four positions"
        raise UnreadableError(Misread(kind, rule, "close it: end it with its first position"))
    polygons = _many(shapely.polygons, _many(shapely.linearrings, points, inner), *_of(counts, -2))
    return (
        polygons if kind == "Polygon" else _many(shapely.multipolygons, polygons, *_of(counts, -3))
    )


def _of(counts: list[Counts], level: int) -> tuple[Counts]:
    """To which item of an outer list each item of the inner one belongs."""
    return (np.repeat(np.arange(len(counts[level])), counts[level]),)


class _Build(Protocol):
    """A function of shapely that makes a shape of the parts that belong to it."""

    def __call__(
        self, parts: NDArray[np.float64] | NDArray[np.object_], /, *, indices: Counts
    ) -> object:
        """Shapes of parts."""


def _many(
    build: _Build, parts: NDArray[np.float64] | NDArray[np.object_], owner: Counts
) -> NDArray[np.object_]:
    return np.asarray(build(parts, indices=owner), dtype=object)


def _single(geometry: object) -> BaseGeometry:
    """One geometry, without what is empty in it and with heights only where all have one.

    Raises
    ------
    UnreadableError
        With the reason.
    """
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    if not isinstance(geometry, dict) or not isinstance(kind, str):
        raise UnreadableError(Misread(""))
    if kind == "GeometryCollection":
        parts = geometry.get("geometries")
        if not isinstance(parts, list):
            raise UnreadableError(Misread(kind, "has no list of geometries", "write one"))
        return shapely.GeometryCollection([_single(part) for part in parts])
    if kind not in DEPTH:
        raise UnreadableError(Misread(""))
    coordinates = geometry.get("coordinates")
    if coordinates == []:
        return _nothing(kind)
    whole = _flat(_without_empty(coordinates, DEPTH[kind], kind), DEPTH[kind])
    if whole == []:
        return _nothing(kind)
    try:
        built = _built(kind, _nested(kind, [whole]))[0]
    except (shapely.GEOSException, ValueError, OverflowError) as error:
        raise UnreadableError(_no_coordinates(kind)) from error
    if not isinstance(built, BaseGeometry):
        raise UnreadableError(_no_coordinates(kind))
    return built


def _nothing(kind: str) -> BaseGeometry:
    empty: BaseGeometry = shapely.from_wkt(f"{kind.upper()} EMPTY")
    return empty


def _without_empty(coordinates: object, depth: int, kind: str) -> object:
    """Coordinates without empty parts; an empty first ring stays, for a hole is no shell."""
    if depth < 2 or not isinstance(coordinates, list):
        return coordinates
    parts = [_without_empty(part, depth - 1, kind) for part in coordinates]
    shell = depth == 2 and kind.endswith("Polygon")
    return [part for number, part in enumerate(parts) if part != [] or (shell and not number)]


def _flat(coordinates: object, depth: int) -> object:
    """The same with as many numbers a position as all positions have, two or three."""
    sizes = set(_sizes(coordinates, depth))
    size = 3 if sizes and min(sizes) >= 3 else 2
    return coordinates if sizes <= {size} else _cut(coordinates, depth, size)


def _sizes(coordinates: object, depth: int) -> list[int]:
    if not isinstance(coordinates, list):
        return []
    if not depth:
        return [len(coordinates)]
    return list(chain.from_iterable(_sizes(part, depth - 1) for part in coordinates))


def _cut(coordinates: object, depth: int, size: int) -> object:
    if not isinstance(coordinates, list):
        return coordinates
    return coordinates[:size] if not depth else [_cut(p, depth - 1, size) for p in coordinates]
