"""Shores read from tables of shapes: every vertex and edge with its owner."""

from __future__ import annotations

from dataclasses import replace

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from shapely.geometry.base import BaseGeometry, BaseMultipartGeometry

from shekara.errors import GeometryError, UsageError
from shekara.geometry.longitudes import wrap
from shekara.median.ellipsoid import Bools, Floats, Globe, Ints
from shekara.median.shores.shores import Shores
from shekara.spelling import way_out

WHAT = ("shores", "baselines")
# Column in which features may state how well their coordinates are known (metres).
ACCURACY = "accuracy_m"


def read_shores(
    table: gpd.GeoDataFrame, by: str, globe: Globe, baselines: gpd.GeoDataFrame | None = None
) -> Shores:
    """Every geometry of the table as shore of the owner that column ``by`` names.

    Points, lines, polygons (all rings) and collections are taken; edges are geodesics of the
    ellipsoid. An edge that two polygons share is a land border or a seam and no shore. A column
    ``accuracy_m`` states how well each feature is known.

    Raises
    ------
    UsageError
        There is no such column.
    GeometryError
        A shore without owner or geometry, or places that contradict each other.
    """
    frames = [lonlat(table, "shores")]
    if baselines is not None:
        frames.append(lonlat(baselines, "baselines"))
    names: list[str] = []
    coords: list[Floats] = []
    kinds: list[str] = []
    rows: list[int] = []
    row = -1
    seen: set[tuple[str, bytes]] = set()
    for frame, what in zip(frames, WHAT, strict=False):
        for position, owner, geometry in zip(
            frame.index, _owner_column(frame, by, what), frame.geometry, strict=True
        ):
            row += 1
            if geometry is None or geometry.is_empty:
                raise GeometryError(f"{what}: feature {position}: no geometry; remove the feature")
            for kind, xy in _chains(geometry, owner, seen):
                if kind == "line" and len(xy) < 2:
                    raise GeometryError(
                        f"{what}: feature {position}: a line of one vertex; give a point or a line"
                    )
                if kind == "point" and what == "baselines":
                    raise GeometryError(
                        f"baselines: feature {position}: a point closes nothing; give lines"
                    )
                names.append(owner)
                coords.append(xy)
                kinds.append(kind)
                rows.append(row)
    stated = np.concatenate([_stated_m(f, w) for f, w in zip(frames, WHAT, strict=False)])
    read = _assemble(globe, names, coords, kinds, rows)
    if np.isfinite(stated).any():
        read = replace(read, stated=stated[read.feature])
    _refuse_long_edges(read)
    return read


# A quarter of the way round: beyond it an edge is no longer the only shortest way.
LONGEST_M = 1.0e7


def _refuse_long_edges(shores: Shores) -> None:
    """An edge over half the globe says nothing about where the shore runs."""
    longest = int(np.argmax(shores.length)) if len(shores.start) else 0
    if len(shores.start) and shores.length[longest] > LONGEST_M:
        a, b = shores.touching(longest)
        raise GeometryError(
            f"shores: the edge of {shores.owners[int(shores.owner[longest])]} from "
            f"{shores.lon[a]:.4f}, {shores.lat[a]:.4f} to {shores.lon[b]:.4f}, {shores.lat[b]:.4f} "
            f"is {shores.length[longest] / 1000:.0f} km long, more than a quarter of the way round "
            "the globe; give it vertices between"
        )


def lonlat(table: gpd.GeoDataFrame, what: str) -> gpd.GeoDataFrame:
    """The table in longitude and latitude on WGS 84, from its own reference system."""
    if not isinstance(table, (gpd.GeoDataFrame, gpd.GeoSeries)):
        raise UsageError(f"{what}: a GeoDataFrame is needed, not {type(table).__name__}")
    if table.crs is not None and table.crs.to_epsg() != 4326:
        table = table.to_crs(4326)
    xy = shapely.get_coordinates(np.asarray(table.geometry.array))
    if len(xy) and not np.isfinite(xy).all():
        raise GeometryError(f"{what}: a coordinate is not a finite number; repair the file")
    if len(xy) and (np.abs(xy[:, 1]).max() > 90 or np.abs(xy[:, 0]).max() > 540):
        raise GeometryError(
            f"{what}: coordinates are not longitude and latitude in degrees; "
            "name the reference system of the file"
        )
    return table


def _stated_m(frame: gpd.GeoDataFrame, what: str) -> Floats:
    """Accuracy that each feature states in metres; NaN where it states none.

    Raises
    ------
    GeometryError
        It is no length above zero.
    """
    out = np.full(len(frame), np.nan)
    if ACCURACY not in frame.columns:
        return out
    given = frame[ACCURACY]
    known = given.notna().to_numpy() & (given.astype(str).str.strip() != "").to_numpy()
    out[known] = pd.to_numeric(given[known], errors="coerce")
    bad = known & ~(np.isfinite(out) & (out > 0))
    if bad.any():
        at = int(np.argmax(bad))
        raise GeometryError(
            f"{what}: feature {frame.index[at]}: {ACCURACY} is {given.iloc[at]!r}; give metres "
            "above zero, or leave it empty"
        )
    return out


def _owner_column(frame: gpd.GeoDataFrame, by: str, what: str) -> list[str]:
    if by not in frame.columns:
        raise UsageError(f"{what}: no column {by!r}; {way_out(by, frame.columns)}")
    names = []
    for position, value in zip(frame.index, frame[by], strict=True):
        missing = value is None or (not isinstance(value, str) and bool(pd.isna(value)))
        name = "" if missing else str(value).strip()
        if not name:
            raise GeometryError(
                f"{what}: feature {position}: {by} is empty: a shore without owner; name its owner"
            )
        names.append(name)
    return names


def _chains(
    geometry: BaseGeometry, owner: str, seen: set[tuple[str, bytes]]
) -> list[tuple[str, Floats]]:
    """The geometry as (point | line | ring, coordinates (n, 2)).

    A polygon that its owner has already is left out: its edges are no seams.
    """
    if isinstance(geometry, shapely.Point):
        return [("point", shapely.get_coordinates(geometry))]
    if isinstance(geometry, shapely.LineString):  # rings are lines, too
        return [("line", shapely.get_coordinates(geometry))]
    if isinstance(geometry, shapely.Polygon):
        mark = owner, shapely.to_wkb(shapely.normalize(geometry), output_dimension=2)
        if mark in seen:
            return []
        seen.add(mark)
        rings = [geometry.exterior, *geometry.interiors]
        return [("ring", shapely.get_coordinates(ring)) for ring in rings]
    assert isinstance(geometry, BaseMultipartGeometry)
    parts = (part for part in geometry.geoms if not part.is_empty)
    return [chain for part in parts for chain in _chains(part, owner, seen)]


def _assemble(
    globe: Globe, names: list[str], coords: list[Floats], kinds: list[str], rows: list[int]
) -> Shores:
    owners = tuple(sorted(set(names)))
    if len(owners) < 1:
        raise GeometryError("shores: the table is empty; give at least one feature per owner")
    xy = np.concatenate(coords)
    sizes = np.array([len(c) for c in coords])
    owner = np.repeat([owners.index(name) for name in names], sizes)
    lat = xy[:, 1] + 0.0
    lon = np.where(np.abs(lat) == 90, 0.0, wrap(xy[:, 0] + 0.0))
    _, place = np.unique(np.stack([lon, lat], axis=1), axis=0, return_inverse=True)
    place = place.ravel()
    last = np.cumsum(sizes) - 1
    first = last - sizes + 1
    # Segments: each coordinate to the next of its chain; a lone point to itself.
    inner = np.ones(len(xy), dtype=bool)
    inner[last] = False
    start = np.flatnonzero(inner)
    end = start + 1
    ring = np.repeat([kind == "ring" for kind in kinds], sizes)[start]
    keep = (place[start] != place[end]) & ~_shared(place[start], place[end], ring)
    lone = first[[kind == "point" for kind in kinds]]
    # A line shrunk to one place is still a base point.
    shrunk = np.maximum.reduceat(place, first) == np.minimum.reduceat(place, first)
    shrunk &= np.array([kind != "point" for kind in kinds])
    lone = np.append(lone, first[shrunk])
    # One on a longer shore of its own owner adds nothing.
    long = np.repeat(~shrunk & np.array([kind != "point" for kind in kinds]), sizes)
    lone = lone[~np.isin(_key(place, owner)[lone], _key(place, owner)[long])]
    if not keep.any() and not len(lone):
        raise GeometryError(
            "shores: every edge is shared by two polygons, so that none is shore; do features "
            "stand twice in the file?"
        )
    _refuse_double_edges(lon, lat, place, owner, owners, start[keep])
    start = np.concatenate([start[keep], lone]).astype(np.int64)
    end = np.concatenate([end[keep], lone]).astype(np.int64)
    _refuse_contradictions(lon, lat, place, owner, owners, lone)
    # One vertex per place and owner.
    key = _key(place, owner)
    used = np.unique(key[np.concatenate([start, end])])
    where = np.zeros(len(used), dtype=np.int64)
    order = np.searchsorted(used, key).clip(0, len(used) - 1)
    valid = used[order] == key
    where[order[valid]] = np.flatnonzero(valid)
    return Shores(
        globe,
        owners,
        lon[where],
        lat[where],
        owner[where].astype(np.int64),
        order[start].astype(np.int64),
        order[end].astype(np.int64),
        place[where].astype(np.int64),
        np.repeat(rows, sizes)[start].astype(np.int64),
    )


def _key(place: Ints, owner: Ints) -> Ints:
    """One number for each place and owner."""
    out: Ints = place * (owner.max(initial=0) + np.int64(1)) + owner
    return out


def _shared(a: Ints, b: Ints, ring: Bools) -> Bools:
    """Ring edges that occur twice: seams of one owner or borders between two."""
    low, high = np.minimum(a, b), np.maximum(a, b)
    key = low * (np.int64(max(high.max(initial=0), 0)) + 1) + high
    _, inverse, count = np.unique(key[ring], return_inverse=True, return_counts=True)
    out = np.zeros(len(a), dtype=bool)
    out[ring] = count[inverse] > 1
    return out


def _refuse_double_edges(
    lon: Floats, lat: Floats, place: Ints, owner: Ints, owners: tuple[str, ...], start: Ints
) -> None:
    """An edge of a line cannot be the shore of two owners: neither side of it is anyone's sea."""
    ends = np.sort(np.stack([place[start], place[start + 1]], axis=1), axis=1)
    edge = ends[:, 0] * (place.max(initial=0) + np.int64(1)) + ends[:, 1]
    order = np.lexsort((owner[start], edge))
    twice = (np.diff(edge[order]) == 0) & (np.diff(owner[start][order]) != 0)
    at = np.flatnonzero(twice)
    if len(at):
        first, second = start[order[at[0]]], start[order[at[0] + 1]]
        raise GeometryError(
            f"shores: the edge from {lon[first]:.6f}, {lat[first]:.6f} to {lon[first + 1]:.6f}, "
            f"{lat[first + 1]:.6f} belongs to {owners[int(owner[first])]} and "
            f"{owners[int(owner[second])]} ({len(at)} such edges); a land border is no shore: "
            "leave it out, or give both owners as polygons"
        )


def _refuse_contradictions(
    lon: Floats, lat: Floats, place: Ints, owner: Ints, owners: tuple[str, ...], lone: Ints
) -> None:
    """A lone point may not stand on another owner's shore, nor three owners at one place."""
    for point in lone:
        others = np.unique(owner[place == place[point]])
        if len(others) > 1:
            both = " and ".join(owners[int(o)] for o in others)
            raise GeometryError(
                f"shores: the point {lon[point]:.8f}, {lat[point]:.8f} belongs to {both}; "
                "a base point has one owner (only ends of shore lines may meet)"
            )
