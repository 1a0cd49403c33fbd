"""Rivers: courses through the network of river pieces that a package carries."""

from __future__ import annotations

import math
from importlib import metadata
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import numpy as np
import shapely
from numpy.typing import NDArray
from pydantic import Field
from shapely.geometry import LineString
from shapely.geometry.base import BaseGeometry

from shekara.derive.geojson import to_frame
from shekara.derive.recipe import From, NotNegative, Pypi, TableName, WithProperties
from shekara.derive.sources import Sources
from shekara.derive.tables import attributes
from shekara.errors import InputError
from shekara.geometry.longitudes import short_way

if TYPE_CHECKING:
    import geopandas
    from scipy.sparse import csr_array

Array = NDArray[np.float64]
LARGEST_GAP_DEG = 1.6  # between two pieces: a reservoir, which the package has as a lake
GAP_COST = 4.0  # of a degree without a river, in degrees along one
JOINED_DEG = 0.005  # nearer pieces touch
FARTHEST_DEG = 1.0  # from a point of the table to the river
AROUND_DEG = 2.0
HOW = ("via",)


class CoursesFrom(From):
    """``from = { pieces = "pypi:…", table = "layers/rivers.csv" }``."""

    pieces: Pypi
    table: TableName


class Watercourses(WithProperties):
    """method = "watercourses"."""

    method: Literal["watercourses"]
    from_: CoursesFrom = Field(alias="from")
    index: str  # of the package: a text file with a line for each piece
    file: str  # of the package: pairs of 32-bit numbers, longitude and latitude
    tolerance_deg: NotNegative = 0.0  # of the simplified course


def watercourses(recipe: Watercourses, sources: Sources) -> geopandas.GeoDataFrame:
    """Each row of a table as the shortest way along the package's river pieces.

    The column ``via`` has points from the source to the mouth ("lon lat; lon lat"). Where the
    package has no piece, in a reservoir, the course is interrupted: nothing is drawn that nobody
    surveyed.
    """
    sources.require_python(recipe.from_.pieces)
    pieces = read_pieces(recipe)
    table = recipe.from_.table
    rows = sources.table(table, ("id", "via"))
    result = []
    for row, values in zip(rows, attributes(rows), strict=True):
        points = _points(row["via"], f"{table}: {row['id']}")
        course = course_along(pieces, points, f"{table}: {row['id']}")
        if recipe.tolerance_deg:
            course = shapely.simplify(course, recipe.tolerance_deg)
        kept = {name: value for name, value in values.items() if name not in HOW}
        result.append({**kept, **recipe.properties, "geometry": course})
    return to_frame(result)


def _points(cell: str, where: str) -> list[tuple[float, float]]:
    try:
        points = [(float(x), float(y)) for x, y in (spot.split() for spot in cell.split(";"))]
    except ValueError:
        raise InputError(
            f"{where}: via = {cell!r} are no points; write 'lon lat; lon lat'"
        ) from None
    if len(points) < 2:
        raise InputError(f"{where}: via needs two points at least, from the source to the mouth")
    return points


def read_pieces(recipe: Watercourses) -> list[Array]:
    """The package's pieces of rivers, each of shape (n, 2), degrees."""
    name = recipe.from_.pieces.removeprefix("pypi:").rpartition("@")[0]
    distribution = metadata.distribution(name)
    index, data = (
        Path(str(distribution.locate_file(part))) for part in (recipe.index, recipe.file)
    )
    try:
        raw = data.read_bytes()
        lines = index.read_text(encoding="ascii").splitlines()
        pieces = []
        for line in lines:
            cells = line.split()
            start, size = int(cells[5]), int(cells[6])
            pieces.append(np.frombuffer(raw[start : start + size], "<f4").reshape(-1, 2))
    except (OSError, ValueError, IndexError) as error:
        raise InputError(
            f"{recipe.from_.pieces}: {recipe.file} is not as expected: {error}"
        ) from None
    return [
        np.column_stack([short_way(piece[:, 0].astype(float)), piece[:, 1].astype(float)])
        for piece in pieces
    ]


def course_along(
    pieces: list[Array], points: list[tuple[float, float]], where: str
) -> BaseGeometry:
    """The course through the points, in order, as one line or as several where pieces lack.

    Raises
    ------
    InputError
        No river is near a point, or no way leads from one to the next.
    """
    from scipy.sparse.csgraph import dijkstra
    from scipy.spatial import cKDTree

    through = np.array(points)
    west, south = through.min(axis=0) - AROUND_DEG
    east, north = through.max(axis=0) + AROUND_DEG

    def is_near(piece: Array) -> bool:
        lon, lat = piece.T
        return bool(((lon > west) & (lon < east) & (lat > south) & (lat < north)).any())

    near = [piece for piece in pieces if len(piece) > 1 and is_near(piece)]
    if not near:
        raise InputError(f"{where}: the package has no river near {points[0]}")
    nodes, graph, bridges = _network(near)
    flat = nodes * [math.cos(math.radians((south + north) / 2)), 1.0]
    tree = cKDTree(flat)
    scale = [math.cos(math.radians((south + north) / 2)), 1.0]
    away, start = (np.atleast_1d(part) for part in tree.query(through * scale))
    if (away > FARTHEST_DEG).any():
        far = points[int(np.argmax(away))]
        raise InputError(f"{where}: the river lies farther than {FARTHEST_DEG}° from {far}")
    way: list[int] = []
    for first, last in pairwise(start):
        _, previous = dijkstra(graph, True, np.array([first]), return_predecessors=True)
        before = previous[0]
        back = [int(last)]
        while back[-1] != first:
            step = int(before[back[-1]])
            if step < 0:
                raise InputError(f"{where}: no river leads through {points}")
            back.append(step)
        way += back[::-1] if not way else back[::-1][1:]
    runs: list[list[int]] = [[way[0]]]
    for here, there in pairwise(way):
        if (min(here, there), max(here, there)) in bridges:
            runs.append([])
        runs[-1].append(there)
    runs = [run for run in runs if len(run) > 1]
    lines = [shapely.remove_repeated_points(LineString(nodes[run])) for run in runs]
    if not lines:
        raise InputError(f"{where}: no river leads through {points}")
    return lines[0] if len(lines) == 1 else shapely.MultiLineString(lines)


def _network(pieces: list[Array]) -> tuple[Array, csr_array, set[tuple[int, int]]]:
    """Points of all pieces, the graph of steps between them, and which steps bridge a gap."""
    from scipy.sparse import coo_array
    from scipy.spatial import cKDTree

    xy = np.vstack(pieces)
    starts = np.cumsum([0, *[len(piece) for piece in pieces]])
    number = np.arange(len(xy))
    inner = np.ones(len(xy), dtype=bool)
    inner[starts[1:-1] - 1] = False
    inner[-1] = False
    first, second = number[inner], number[inner] + 1
    scale = np.array([math.cos(math.radians(float(xy[:, 1].mean()))), 1.0])
    flat = xy * scale
    length = np.hypot(*(flat[first] - flat[second]).T)
    ends = np.concatenate([starts[:-1], starts[1:] - 1])
    tree = cKDTree(flat)
    bridges: set[tuple[int, int]] = set()
    joins: dict[tuple[int, int], float] = {}  # once each: a sparse matrix adds what is there twice
    piece_of = np.repeat(np.arange(len(pieces)), np.diff(starts))
    for end in ends:
        # The nearest point of every piece that the end may flow into or from.
        nearest: dict[int, tuple[float, int]] = {}
        for other in tree.query_ball_point(flat[end], LARGEST_GAP_DEG):
            if piece_of[other] != piece_of[end]:
                gap = float(np.hypot(*(flat[other] - flat[end])))
                key = int(piece_of[other])
                if key not in nearest or gap < nearest[key][0]:
                    nearest[key] = (gap, int(other))
        for gap, other in nearest.values():
            pair = (min(int(end), other), max(int(end), other))
            joins[pair] = max(gap * (GAP_COST if gap > JOINED_DEG else 1), 1e-9)
            if gap > JOINED_DEG:
                bridges.add(pair)
    a = np.concatenate([first, [pair[0] for pair in joins]]).astype(int)
    b = np.concatenate([second, [pair[1] for pair in joins]]).astype(int)
    cost = np.concatenate([np.maximum(length, 1e-9), list(joins.values())])
    size = len(xy)
    graph = coo_array(
        (np.concatenate([cost, cost]), (np.concatenate([a, b]), np.concatenate([b, a]))),
        shape=(size, size),
    ).tocsr()
    return xy, graph, bridges
