"""Borders written once: lines and rings cut into arcs where they meet, so neighbours share them.

An arc is a run of vertices between two junctions. Two countries refer to the arc of their common
border by number, one of them backwards (``~i``), so the border is stored once and stays one line
however much it is simplified. The method is that of TopoJSON: junctions first, simplification
along each arc afterwards, end points fixed.
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
        One (n, 2) array of integer lon, lat per arc.
    shapes
        Per geometry; lines: parts of arc numbers; polygons: parts of rings of arc numbers.
    """

    quantum: float
    arcs: tuple[Ints, ...]
    shapes: tuple[Shape, ...]


def build(
    geometries: Sequence[BaseGeometry], tolerance: Sequence[float], quantum: float, centre: float
) -> Topology:
    """Cut lines and polygons (WGS 84, degrees) into shared, simplified arcs.

    Parameters
    ----------
    geometries
        LineStrings, Polygons and their multiples; empty ones get an empty shape.
    tolerance
        Per geometry, how far (degrees) a simplified line may leave the true one.
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
    slack: list[float] = []
    known: dict[bytes, int] = {}
    refs: list[Refs] = []
    for number, owner in enumerate(owners):
        run = ids[starts[number] : starts[number + 1]]
        mark = cut[starts[number] : starts[number + 1]]
        limit = tolerance[owner[0]]
        refs.append([_file(piece, limit, arcs, slack, known) for piece in _pieces(run, mark)])
    lines = _simplified([points[arc] for arc in arcs], slack, quantum)
    return Topology(quantum, tuple(lines), _assemble(geometries, owners, refs))


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


def _file(
    piece: Ints, limit: float, arcs: list[Ints], slack: list[float], known: dict[bytes, int]
) -> int:
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
        slack.append(limit)
    else:
        slack[number] = min(slack[number], limit)
    return ~number if backwards else number


def _simplified(arcs: Sequence[Ints], slack: Sequence[float], quantum: float) -> list[Ints]:
    """Arcs simplified along their length; ends stay, closed arcs stay rings."""
    result = list(arcs)
    long = [i for i, arc in enumerate(arcs) if len(arc) > 2]
    if not long:
        return result
    lines = np.array([shapely.linestrings(arcs[i]) for i in long], dtype=object)
    limits = np.array([slack[i] / quantum for i in long])
    ring = shapely.is_closed(lines)
    thin = np.empty(len(lines), dtype=object)
    thin[~ring] = shapely.simplify(lines[~ring], limits[~ring], preserve_topology=False)
    # A closed arc must keep an area, which only the topology-preserving variant promises.
    thin[ring] = shapely.simplify(lines[ring], limits[ring], preserve_topology=True)
    for i, line in zip(long, thin, strict=True):
        result[i] = np.rint(shapely.get_coordinates(line)).astype(np.int64)
    return result


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


def varints(values: Ints) -> bytes:
    """Signed integers as zigzag base-128 numbers, low seven bits first (as in Protocol Buffers)."""
    rest = ((values << 1) ^ (values >> 63)).astype(np.uint64)
    length = np.ones(len(rest), dtype=np.int64)
    for power in range(1, 10):
        length += rest >= (np.uint64(1) << np.uint64(7 * power))
    end = np.cumsum(length)
    out = np.zeros(int(end[-1]) if len(end) else 0, dtype=np.uint8)
    for byte in range(int(length.max()) if len(length) else 0):
        some = length > byte
        more = (length[some] > byte + 1).astype(np.uint8) << 7
        group = (rest[some] >> np.uint64(7 * byte)) & np.uint64(0x7F)
        out[(end - length)[some] + byte] = group.astype(np.uint8) | more
    return out.tobytes()


def packed(arcs: Sequence[Ints]) -> bytes:
    """All arcs as one run of varints: number of arcs, their lengths, lon steps, then lat steps.

    Each coordinate is the difference from the one before it, across arcs too.
    """
    lengths = np.array([len(arcs), *(len(arc) for arc in arcs)], dtype=np.int64)
    flat = np.concatenate(arcs) if arcs else np.zeros((0, 2), dtype=np.int64)
    steps = np.diff(flat, axis=0, prepend=np.zeros((1, 2), dtype=np.int64))
    return varints(np.concatenate((lengths, steps[:, 0], steps[:, 1])))
