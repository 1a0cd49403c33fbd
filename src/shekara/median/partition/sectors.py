"""Sectors: the sea parted among its owners, edge to edge."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import geopandas as gpd
import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from shekara.median.antimeridian import polygon
from shekara.median.ellipsoid import Floats, Ints
from shekara.median.partition.clip import Clipped
from shekara.median.remark import Remark
from shekara.median.shores.sea import Sea
from shekara.median.solve.equidistance import WeightedDistance
from shekara.median.tables.tables import CRS


@dataclass(frozen=True)
class Face:
    """One piece of sea, by the nodes of its rings (shell first, each closed)."""

    rings: tuple[Ints, ...]
    inside: Floats
    """A plane point within."""
    area_m2: float


def faces(sea: Sea, cut: Clipped, noded: bool = False) -> list[Face]:
    """The pieces into which the lines part the sea.

    Lines that run together for a while are given with ``noded``: what they share counts once.
    """
    stops = set(cut.ends.tolist())
    edges = [shapely.LineString(cut.xy[piece]) for piece in cut.pieces]
    for ring in cut.rings:
        at = [position for position, node in enumerate(ring.tolist()) if node in stops]
        if not at:
            edges.append(shapely.LineString(cut.xy[np.append(ring, ring[0])]))
            continue
        turned = np.roll(ring, -at[0])
        places = [position - at[0] for position in at] + [len(ring)]
        closed = np.append(turned, turned[0])
        edges += [shapely.LineString(cut.xy[closed[i : j + 1]]) for i, j in pairwise(places)]
    number = {tuple(xy): n for n, xy in reversed(list(enumerate(cut.xy.tolist())))}
    if noded:
        edges = list(shapely.get_parts(shapely.union_all(edges)))
    shapes = shapely.get_parts(shapely.polygonize(edges))
    inside = shapely.get_coordinates(shapely.point_on_surface(shapes))
    out = []
    for shape, point, wet in zip(shapes, inside, sea.contains(inside), strict=True):
        if not wet:
            continue
        rings = tuple(
            np.array([number[x, y] for x, y in shapely.get_coordinates(ring).tolist()])
            for ring in (shape.exterior, *shape.interiors)
        )
        out.append(Face(rings, point, _area_m2(sea, cut.lon, cut.lat, rings)))
    return out


def _area_m2(sea: Sea, lon: Floats, lat: Floats, rings: tuple[Ints, ...]) -> float:
    areas = [sea.globe.area_m2(lon[r[:-1]], lat[r[:-1]]) for r in rings]
    return areas[0] - sum(areas[1:])


def sea_area_m2(sea: Sea) -> float:
    """Area of the whole sea, islands taken off, from its own edges alone."""
    total = 0.0
    number = {tuple(xy): n for n, xy in reversed(list(enumerate(sea.xy.tolist())))}
    for shape in shapely.get_parts(sea.area):
        rings = tuple(
            np.array([number[x, y] for x, y in shapely.get_coordinates(ring).tolist()])
            for ring in (shape.exterior, *shape.interiors)
        )
        bare = tuple(r[np.append(sea.drawn[r[:-1]], True)] for r in rings)
        total += _area_m2(sea, sea.lon, sea.lat, bare)
    return total


def owners_of(weighted: WeightedDistance, sea: Sea, parts: list[Face]) -> Ints:
    """The owner of each face: the one whose shore is nearest to a point inside."""
    u = sea.plane.lift(np.array([face.inside for face in parts]).reshape(-1, 2))
    lon, lat = weighted.globe.from_conformal(u)
    return weighted.nearest(lon, lat)[0]


def sector_shapes(
    sea: Sea, cut: Clipped, pieces: list[Face], owner: Ints
) -> dict[int, BaseGeometry]:
    """The geometry of each owner's sector in longitude and latitude."""
    parts: dict[int, list[shapely.Polygon]] = {}
    for face, holder in zip(pieces, owner.tolist(), strict=True):
        rings = []
        for ring in face.rings:
            bare = ring[:-1][cut.drawn[ring[:-1]]]
            bare = np.append(bare, bare[0])
            rings.append((cut.lon[bare], cut.lat[bare]))
        parts.setdefault(holder, []).extend(shapely.get_parts(polygon(sea.globe, rings)))
    return {holder: shapely.MultiPolygon(p) if len(p) > 1 else p[0] for holder, p in parts.items()}


def gap_remarks(sea_m2: float, total: float) -> tuple[str, ...]:
    """What must be said where sectors do not add up to the sea, to one part in 1e9.

    The sea's own edge bounds them, so this is never the fault of shores that were given.
    """
    if abs(total - sea_m2) <= 1e-9 * sea_m2:
        return ()
    text = (
        f"sectors: they add up to {total:.0f} m² of the sea's {sea_m2:.0f} m²; the lines between "
        "them do not join as they should: a fault of this program, not of the input. Lines and "
        "points stand, areas of sectors do not"
    )
    return (Remark(text, "remark_gap", total=("m2", total), sea=("m2", sea_m2)),)


def sector_table(
    names: tuple[str, ...],
    area_m2: Sequence[float],
    shapes: Mapping[int, BaseGeometry],
    sea_m2: float,
) -> gpd.GeoDataFrame:
    """One row for each owner: area in m², share of the sea, geometry (empty: it has no water)."""
    return gpd.GeoDataFrame(
        {"owner": names, "area_m2": area_m2, "share": [area / sea_m2 for area in area_m2]},
        geometry=[shapes.get(n, shapely.Polygon()) for n in range(len(names))],
        crs=CRS,
    )
