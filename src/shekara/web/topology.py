"""Borders written once: lines and rings cut into arcs where they meet, so neighbours share them.

An arc is a run of vertices between two junctions. Two countries refer to the arc of their common
border by number, one of them backwards (``~i``), so the border is stored once and stays one line
however much it is simplified. The method is that of TopoJSON: junctions first, simplification
along each arc afterwards (detail.py), end points fixed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry.base import BaseGeometry

from shekara.geometry.longitudes import whole_turns
from shekara.web.contract import Parts, Refs

Ints = npt.NDArray[np.int64]
# A line is a list of arc numbers, a polygon a list of rings of arc numbers.
Shape = Parts

# Integer coordinates are packed into one 64-bit key: lon above, lat below, made positive by this.
_OFFSET = 1 << 31


@dataclass(frozen=True)
class Topology:
    """Arcs and, for each geometry given, the arcs that it is made of.

    Attributes
    ----------
    quantum
        Degrees per integer step.
    arcs
        One (n, 2) array of integer lon, lat per arc, with all vertices.
    shapes
        Per geometry; lines: parts of arc numbers; polygons: parts of rings of arc numbers.
    uses
        (n, 2): an arc, and the number of a geometry that it is a part of.
    told
        Number of arcs that are a part of more than the background; they come first.
    """

    quantum: float
    arcs: tuple[Ints, ...]
    shapes: tuple[Shape, ...]
    uses: Ints
    told: int


def build(
    geometries: Sequence[BaseGeometry], background: Sequence[bool], quantum: float, centre: float
) -> Topology:
    """Cut lines and polygons (WGS 84, degrees) into shared arcs.

    Parameters
    ----------
    geometries
        LineStrings, Polygons and their multiples; empty ones get an empty shape.
    background
        Per geometry, whether it is a part of the background alone.
    quantum
        Degrees per integer step of the result.
    centre
        Longitude of the map's middle; parts more than half a turn from it are moved by
        360 degrees, so that a map across the antimeridian is one piece.
    """
    paths, owners = _paths(geometries)
    ids, points, starts = _number(paths, quantum, centre)
    cut = _junctions(ids, starts, np.array([path.is_closed for path in paths], dtype=bool))
    arcs: list[Ints] = []
    known: dict[bytes, int] = {}
    refs: list[Refs] = []
    uses: list[tuple[int, int]] = []
    for number, owner in enumerate(owners):
        run = ids[starts[number] : starts[number + 1]]
        mark = cut[starts[number] : starts[number + 1]]
        path = [_file(piece, arcs, known) for piece in _pieces(run, mark)]
        refs.append(path)
        uses.extend((_arc(ref), owner[0]) for ref in path)
    pairs = np.array(uses, dtype=np.int64).reshape(-1, 2)
    told = np.zeros(len(arcs), dtype=bool)
    told[pairs[~np.asarray(background, dtype=bool)[pairs[:, 1]], 0]] = True
    order = np.argsort(~told, kind="stable")
    place = np.argsort(order, kind="stable")
    pairs[:, 0] = place[pairs[:, 0]]
    rows = place.tolist()
    refs = [[rows[ref] if ref >= 0 else ~rows[~ref] for ref in path] for path in refs]
    lines = tuple(points[arcs[number]] for number in order)
    return Topology(quantum, lines, _assemble(geometries, owners, refs), pairs, int(told.sum()))


def _arc(ref: int) -> int:
    """The number of an arc, whichever way it is read."""
    return ref if ref >= 0 else ~ref


def _paths(
    geometries: Sequence[BaseGeometry],
) -> tuple[list[BaseGeometry], list[tuple[int, int, int]]]:
    """All lines and rings, each with (geometry, part, ring; ring -1 for a line)."""
    paths: list[BaseGeometry] = []
    owners: list[tuple[int, int, int]] = []
    for number, geometry in enumerate(geometries):
        part = -1
        for piece in _simple(geometry):
            part += 1
            if piece.geom_type == "Polygon":
                for ring, line in enumerate(shapely.get_rings(piece)):
                    paths.append(line)
                    owners.append((number, part, ring))
            else:
                paths.append(piece)
                owners.append((number, part, -1))
    return paths, owners


def _simple(geometry: BaseGeometry) -> list[BaseGeometry]:
    """The lines and polygons in a geometry, collections opened, empty parts left out."""
    if geometry.is_empty:
        return []
    if geometry.geom_type in ("LineString", "LinearRing", "Polygon"):
        return [geometry]
    if geometry.geom_type == "Point":
        return []
    return [piece for part in shapely.get_parts(geometry) for piece in _simple(part)]


def _number(
    paths: Sequence[BaseGeometry], quantum: float, centre: float
) -> tuple[Ints, Ints, Ints]:
    """Vertex numbers of all paths in a row, the vertices, and where each path starts."""
    xy, of = shapely.get_coordinates(np.array(paths, dtype=object), return_index=True)
    if len(paths):
        middle = np.bincount(of, xy[:, 0]) / np.bincount(of)
        xy[:, 0] += whole_turns(middle, centre)[of]
    grid = np.rint(xy / quantum).astype(np.int64)
    key = (grid[:, 0] << 32) | (grid[:, 1] + _OFFSET)
    # Vertices that fall on the one before are dropped; the last of a path stays when it is alone.
    fresh = np.ones(len(key), dtype=bool)
    fresh[1:] = (key[1:] != key[:-1]) | (of[1:] != of[:-1])
    key, of = key[fresh], of[fresh]
    unique, ids = np.unique(key, return_inverse=True)
    points = np.column_stack((unique >> 32, (unique & 0xFFFFFFFF) - _OFFSET))
    starts = np.searchsorted(of, np.arange(len(paths) + 1))
    return ids.astype(np.int64), points.astype(np.int64), starts.astype(np.int64)


def _junctions(ids: Ints, starts: Ints, closed: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
    """For every vertex of every path: whether arcs must be cut there."""
    if not len(ids):
        return np.zeros(0, dtype=bool)
    inside = np.ones(len(ids), dtype=bool)
    inside[starts[1:] - 1] = False
    first = np.flatnonzero(inside)
    a, b = ids[first], ids[first + 1]
    # An edge is one number, and they are sorted: numpy's unique takes twenty times as long.
    count = int(ids.max()) + 1
    edges = np.sort(np.minimum(a, b) * count + np.maximum(a, b))
    edges = edges[np.diff(edges, prepend=-1) > 0]
    degree = np.bincount(np.concatenate(np.divmod(edges, count)), minlength=count)
    cut: npt.NDArray[np.bool_] = degree != 2
    open_ends = np.flatnonzero(~closed)
    cut[ids[starts[open_ends]]] = True
    cut[ids[starts[open_ends + 1] - 1]] = True
    result: npt.NDArray[np.bool_] = cut[ids]
    return result


def _pieces(run: Ints, mark: npt.NDArray[np.bool_]) -> list[Ints]:
    """A path cut at its marks; a ring is first turned to a mark, or to its least vertex."""
    if len(run) > 2 and run[0] == run[-1]:
        marks = np.flatnonzero(mark[:-1])
        turn = int(marks[0]) if len(marks) else int(np.argmin(run[:-1]))
        run = np.concatenate((run[turn:-1], run[: turn + 1]))
        mark = np.concatenate((mark[turn:-1], mark[: turn + 1]))
    inner = np.flatnonzero(mark[1:-1]) + 1
    bounds = [0, *inner.tolist(), len(run) - 1]
    return [run[i : j + 1] for i, j in pairwise(bounds)]


def _file(piece: Ints, arcs: list[Ints], known: dict[bytes, int]) -> int:
    """The number of an arc, ``~number`` when it runs the other way; new arcs are added."""
    last = len(piece) - 1
    ends = (int(piece[0]), int(piece[min(1, last)])), (int(piece[-1]), int(piece[max(last - 1, 0)]))
    backwards = ends[0] > ends[1]
    if backwards:
        piece = piece[::-1]
    key = piece.tobytes()
    number = known.setdefault(key, len(arcs))
    if number == len(arcs):
        arcs.append(piece)
    return ~number if backwards else number


def _assemble(
    geometries: Sequence[BaseGeometry], owners: Sequence[tuple[int, int, int]], refs: list[Refs]
) -> tuple[Shape, ...]:
    shapes: list[Shape] = [[] for _ in geometries]
    rings: list[Refs] = []
    for (number, _, ring), path in zip(owners, refs, strict=True):
        if ring < 0:
            shapes[number].append(path)
            continue
        if ring == 0:
            rings = []
            shapes[number].append(rings)
        rings.append(path)
    return tuple(shapes)
