"""Shores: a sea whose shore is cut where land borders reach it, each piece with its owner."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, ClassVar, Literal

import numpy as np
import shapely
from numpy.typing import NDArray
from pydantic import Field
from shapely.geometry.base import BaseGeometry

from shekara.derive.geojson import to_frame
from shekara.derive.recipe import From, Npm, Place, TableName, WithProperties
from shekara.derive.rows import Row
from shekara.derive.shared import read_areas, segments, shared_line
from shekara.derive.sources import Sources
from shekara.derive.tables import cell_number
from shekara.derive.waters import holding, read_waters
from shekara.measuring import WGS84, area_m2

if TYPE_CHECKING:
    import geopandas

Points = NDArray[np.float64]


class WaterFrom(From):
    """The package of waters, that of countries, and the table of islands with their names."""

    listed: ClassVar = {"npm:": ("waters", "countries"), "layers/": ("islands",)}
    waters: Npm
    countries: Npm
    islands: TableName


class Waterbody(WithProperties):
    """method = "waterbody"."""

    method: Literal["waterbody"]
    from_: WaterFrom = Field(alias="from")
    file: str
    areas_file: str
    key: str
    contains: Place
    excludes: list[Place] = []
    borders: Annotated[list[Annotated[str, Field(pattern=r"^\S+ \S+$")]], Field(min_length=1)]


@dataclass(frozen=True)
class Cut:
    """Where a land border reaches the shore: the two states, the edge of the ring, the point."""

    states: frozenset[str]
    edge: int
    along: float  # 0 at the edge's start, 1 at its end
    point: tuple[float, float]
    gap_m: float  # from the end of the land border to the shore


def waterbody(recipe: Waterbody, sources: Sources) -> geopandas.GeoDataFrame:
    """A sea, its shore by owner, and its islands.

    The sea is the polygon that holds ``contains`` and none of ``excludes``. The end of the land
    border of each pair in ``borders`` that lies nearest to the shore cuts it; a piece between
    two cuts belongs to the state that both pairs have in common. An island belongs to the state
    whose area in the same package covers it, else to the owner of the nearest piece of shore,
    and ``owner_by`` says which.
    """
    data = sources.read_npm(recipe.from_.waters, recipe.file)
    polygons = read_waters(data, [recipe.contains])
    fitting = holding(polygons, shapely.bounds(polygons), recipe.contains, recipe.excludes)
    if len(fitting) != 1:
        raise recipe.error("contains", f"{len(fitting)} waters fit", "move it, or add excludes")
    sea = shapely.orient_polygons(fitting[0])
    pairs = [tuple(pair.split()) for pair in recipe.borders]
    states = sorted({state for pair in pairs for state in pair})
    areas = read_areas(
        sources.read_npm(recipe.from_.countries, recipe.areas_file),
        recipe.key,
        states,
    )
    islands = sources.table(recipe.from_.islands, ("id", "lon", "lat"))
    names = {row["id"]: row for row in islands}
    ring = shapely.get_coordinates(sea.exterior)[:-1]
    cuts = sorted(
        (_cut(ring, pair, areas, recipe) for pair in pairs), key=lambda cut: (cut.edge, cut.along)
    )
    ring, pieces = _pieces(ring, cuts, recipe)
    sea = shapely.Polygon(ring, sea.interiors)
    rows: list[Row] = [{**recipe.properties, "kind": "sea", "geometry": sea}]
    for cut in cuts:
        item, other = sorted(cut.states)
        rows.append(
            {
                "id": f"terminus-{item}-{other}".lower(),
                "kind": "terminus",
                "owner": f"{item} {other}",
                "gap_m": round(cut.gap_m),
                "geometry": shapely.points(cut.point),
            }
        )
    for owner, line in pieces:
        rows.append(
            {
                "id": f"shore-{owner}".lower(),
                "kind": "shore",
                "owner": owner,
                "of": "mainland",
                "geometry": line,
            }
        )
    rows += _islands(sea, areas, pieces, names)
    return to_frame(rows)


def _cut(
    ring: Points, pair: Sequence[str], areas: Mapping[str, BaseGeometry], recipe: Waterbody
) -> Cut:
    near = (*ring.min(axis=0), *ring.max(axis=0))
    line = shared_line(segments([areas[pair[0]]], near), segments([areas[pair[1]]], near))
    if line is None:
        raise recipe.error("borders", f"{' '.join(pair)} have no border in common", "remove it")
    ends = shapely.get_coordinates(line)
    # A degree of longitude is shorter than one of latitude: compare in degrees of latitude. The
    # nearest place is then right to the curvature of the Earth over the gap (metres).
    scale = np.array([np.cos(np.radians(ring[:, 1].mean())), 1.0])
    shore = shapely.linearrings(ring * scale)
    tips = shapely.points(ends * scale)
    tip = int(np.argmin(shapely.distance(tips, shore)))
    starts = ring * scale
    edges = np.roll(starts, -1, axis=0) - starts
    offset = ends[tip] * scale - starts
    squared = (edges**2).sum(axis=1)
    along = np.clip((offset * edges).sum(axis=1) / np.where(squared > 0, squared, 1), 0, 1)
    away = ((offset - along[:, None] * edges) ** 2).sum(axis=1)
    edge = int(np.argmin(away))
    x, y = np.round((starts[edge] + along[edge] * edges[edge]) / scale, 6)
    gap = WGS84.inv(ends[tip][0], ends[tip][1], x, y)[2]
    return Cut(frozenset(pair), edge, float(along[edge]), (float(x), float(y)), float(gap))


def _pieces(
    ring: Points, cuts: Sequence[Cut], recipe: Waterbody
) -> tuple[Points, list[tuple[str, BaseGeometry]]]:
    """The closed ring with the cuts as vertices, and its pieces with their owners."""
    vertices: list[tuple[float, float]] = []
    at: list[int] = []
    waiting = list(cuts)
    for index, vertex in enumerate(map(tuple, ring.tolist())):
        vertices.append(vertex)
        while waiting and waiting[0].edge == index:
            point = waiting.pop(0).point
            if point != vertices[-1]:
                vertices.append(point)
            at.append(len(vertices) - 1)
    pieces = []
    for number, (cut, following) in enumerate(zip(cuts, [*cuts[1:], cuts[0]], strict=True)):
        common = cut.states & following.states
        if len(common) != 1:
            raise recipe.error(
                "borders",
                f"between {' '.join(sorted(cut.states))} and {' '.join(sorted(following.states))} "
                "the shore has no one owner",
                "name every pair of neighbours along the shore",
            )
        first, last = at[number], at[(number + 1) % len(at)]
        run = (
            vertices[first : last + 1] if last > first else vertices[first:] + vertices[: last + 1]
        )
        pieces.append((next(iter(common)), shapely.linestrings(run)))
    closed = np.array([*vertices, vertices[0]])
    return closed, sorted(pieces, key=lambda piece: piece[0])


def _scaled(geometry: BaseGeometry, lat: float) -> BaseGeometry:
    """Longitudes shortened as at this latitude, so that a distance in degrees is true nearby."""
    scale = np.array([np.cos(np.radians(lat)), 1.0])
    scaled: BaseGeometry = shapely.transform(geometry, lambda xy: xy * scale)
    return scaled


def _islands(
    sea: shapely.Polygon,
    areas: Mapping[str, BaseGeometry],
    pieces: Sequence[tuple[str, BaseGeometry]],
    names: Mapping[str, Mapping[str, str]],
) -> list[Row]:
    islands = np.array([shapely.orient_polygons(shapely.polygons(hole)) for hole in sea.interiors])
    order = np.argsort(-area_m2(islands), kind="stable")
    near = {
        state: shapely.make_valid(shapely.clip_by_rect(area, *sea.bounds))
        for state, area in areas.items()
    }
    shores: list[Row] = []
    grounds: list[Row] = []
    for number, island in enumerate(islands[order], 1):
        lat = island.centroid.y
        # areas of one package may overlap the sea's by rounding: the larger share decides
        covered = {
            state: shapely.intersection(island, area).area
            for state, area in near.items()
            if area.intersects(island)
        }
        owner = max(covered, key=lambda state: covered[state], default="")
        by = "covered"
        if not owner or covered[owner] < island.area / 2:
            owner = min(
                pieces, key=lambda piece: _scaled(piece[1], lat).distance(_scaled(island, lat))
            )[0]
            by = "nearest"
        named = next(
            (
                {index: v for index, v in row.items() if index.startswith("name") and v}
                for row in names.values()
                if island.contains(
                    shapely.points(
                        cell_number(row, "lon", "islands"), cell_number(row, "lat", "islands")
                    )
                )
            ),
            {},
        )
        common = {**named, "owner": owner, "owner_by": by}
        grounds.append(
            {"id": f"island-{number:02d}", "kind": "island", **common, "geometry": island}
        )
        shores.append(
            {
                "id": f"shore-island-{number:02d}",
                "kind": "shore",
                **common,
                "of": "island",
                # along the hole of the sea: the water on the left, as on the mainland's pieces
                "geometry": shapely.LineString(shapely.get_coordinates(island)[::-1]),
            }
        )
    return shores + grounds
