"""An agreed or claimed line held against the median line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from scipy.spatial import cKDTree
from shapely.geometry.base import BaseGeometry

from shekara.errors import GeometryError
from shekara.geometry.arrays import Shapes
from shekara.median.delimitation.final import exact_lines
from shekara.median.delimitation.governing import governing, shores_of
from shekara.median.ellipsoid import Bools, Floats, Globe, Ints
from shekara.median.shores.given import SeaTable
from shekara.median.shores.reading import lonlat, read_shores
from shekara.median.shores.sites import automatic_spacing_m, place_sites
from shekara.median.solve.equidistance import WeightedDistance
from shekara.median.solve.nearest import Finders
from shekara.median.tables.result import Division
from shekara.median.tables.tables import CRS
from shekara.median.zones.arrangement import Chart, chains

# The agreed line is looked at in steps of this length, and at its vertices.
STEP_M = 1_000.0
# Places nearer to a shore than this lie on it.
AT_SHORE_M = 1e-6
# A stretch keeps one ratio where it strays no farther from its first (one per cent), for so long.
SAME_RATIO, SHORTEST_M = 0.01, 5_000.0
# Ends of both lines so near to each other are joined, so that what lies between is enclosed.
JOIN_M = 100.0
# Smaller pieces are noise of the chart.
NOISE_M2 = 1.0


@dataclass(frozen=True)
class Comparison:
    """What an agreed line does to the median line."""

    offsets: gpd.GeoDataFrame
    """Places of the agreed line: offset from the median line, owners, distances, their ratio."""
    stretches: gpd.GeoDataFrame
    """Stretches along which the distances from both owners keep one ratio."""
    moved: gpd.GeoDataFrame
    """Pieces of sea on the other side: from whom, to whom, area."""


def compare_line(
    division: Division, agreed: gpd.GeoDataFrame, sea: SeaTable | None = None
) -> Comparison:
    """Hold an agreed line against the median lines of a division.

    Parameters
    ----------
    division
        Result of `shekara.median.divide`.
    agreed
        The agreed or claimed line; edges are geodesics.
    sea
        The sea, where one was divided: pieces of it between both lines count up to its edge.
        Without it those count that the two lines enclose.

    Raises
    ------
    GeometryError
        The agreed table holds no line.
    """
    weighted = shores_of(division)
    lines = chains(lonlat(agreed, "agreed line").geometry.to_numpy())
    if not lines:
        raise GeometryError("agreed line: no line; give LineStrings")
    offsets = _offsets(weighted, division, lines)
    return Comparison(
        offsets, _stretches(weighted.globe, offsets), _moved(weighted, division, lines, sea)
    )


def _stepped(globe: Globe, xy: Floats) -> Floats:
    """The vertices of a line and places between, a step apart."""
    out = [xy[:1]]
    for a, b in pairwise(xy):
        length = float(globe.geod.inv(*a, *b)[2])
        count = max(int(np.ceil(length / STEP_M)), 1)
        if count > 1:
            out.append(np.array(globe.geod.npts(a[0], a[1], b[0], b[1], count - 1)))
        out.append(b[None])
    return np.concatenate(out)


def _two_nearest(weighted: WeightedDistance, xy: Floats) -> tuple[Ints, Ints]:
    """The two owners whose weighted distances are least at each place, in the order of names."""
    level = np.stack(
        [
            finder.distance_m(xy[:, 0], xy[:, 1]) / weight
            for finder, weight in zip(weighted.finders.of, weighted.weight, strict=True)
        ],
        axis=1,
    )
    pair = np.sort(np.argsort(level, axis=1, kind="stable")[:, :2], axis=1)
    return pair[:, 0], pair[:, 1]


def _offsets(
    weighted: WeightedDistance, division: Division, lines: list[Floats]
) -> gpd.GeoDataFrame:
    xy = [_stepped(weighted.globe, line) for line in lines]
    number = np.repeat(np.arange(len(xy)), [len(part) for part in xy])
    places = np.concatenate(xy)
    median = exact_lines(division)
    away = np.full(len(places), np.nan)
    if len(median):
        read = read_shores(median.assign(line="line"), "line", weighted.globe)
        finders = Finders(place_sites(read, automatic_spacing_m(read)))
        away = finders.all.nearest(places[:, 0], places[:, 1]).distance
    first, second = _two_nearest(weighted, places)
    base = governing(weighted, first, second, places)
    names = np.asarray(weighted.shores.owners, dtype=object)
    table = pd.DataFrame(
        {
            "line": number + 1,
            "lon": places[:, 0],
            "lat": places[:, 1],
            "owner_a": names[first],
            "owner_b": names[second],
            "offset_m": away,
            "in_sector_of": names[weighted.nearest(places[:, 0], places[:, 1])[0]],
            "distance_a_m": base.a.distance,
            "distance_b_m": base.b.distance,
            "ratio": _ratio(base.a.distance, base.b.distance),
        }
    )
    return gpd.GeoDataFrame(table, geometry=shapely.points(places), crs=CRS)


def _ratio(a: Floats, b: Floats) -> Floats:
    """Ratios of distances in metres; none where both are nothing, at a place that both share."""
    out: Floats = np.where(np.maximum(a, b) < AT_SHORE_M, np.nan, a / np.maximum(b, 1e-9))
    return out


def _stretches(globe: Globe, offsets: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Runs of places between the same owners whose ratios are the same to one per cent."""
    # Where there is no ratio, a stretch ends.
    log = np.log(np.clip(offsets["ratio"].fillna(np.inf).to_numpy(), 1e-9, np.inf))
    key = (offsets["line"].astype(str) + offsets["owner_a"] + "|" + offsets["owner_b"]).to_numpy()
    xy = shapely.get_coordinates(offsets.geometry.to_numpy())
    records, shapes = [], []
    start = 0
    while start < len(log):
        end = _run_end(log, key, start)
        way = xy[start:end]
        length = float(globe.distance_m(way[:-1, 0], way[:-1, 1], way[1:, 0], way[1:, 1]).sum())
        if length < SHORTEST_M:
            start += 1
            continue
        row = offsets.iloc[start]
        ratio = float(np.exp(log[start:end].mean()))
        records.append((row["owner_a"], row["owner_b"], ratio, length))
        shapes.append(shapely.LineString(way))
        # The last place of a stretch may begin the next.
        start = end - 1 if end < len(log) and key[end] == key[start] else end
    columns = ["owner_a", "owner_b", "ratio", "length_m"]
    frame = pd.DataFrame(records, columns=columns)
    return gpd.GeoDataFrame(frame, geometry=shapes, crs=CRS)


def _run_end(log: Floats, key: Ints, start: int) -> int:
    """The first place after a start at which the ratio has changed by more than is allowed."""
    least = most = log[start]
    for n in range(start + 1, len(log)):
        least, most = min(least, log[n]), max(most, log[n])
        if key[n] != key[start] or most - least > 2 * SAME_RATIO:
            return n
    return len(log)


def _moved(
    weighted: WeightedDistance, division: Division, lines: list[Floats], sea: SeaTable | None
) -> gpd.GeoDataFrame:
    """Pieces of water between both lines, by who has them and who would."""
    median = chains(exact_lines(division).geometry.to_numpy())
    edge = [] if sea is None else chains(lonlat(sea, "sea").geometry.to_numpy())
    places = np.concatenate([*median, *lines, *edge])
    chart = Chart.about(weighted.globe, places[:, 0], places[:, 1], 1_000.0)
    drawn = [chart.line(xy) for xy in (*lines, *edge)]
    joins = [] if edge else _joins(weighted.globe, median, lines)
    shapes = chart.faces([*drawn, *(chart.line(xy) for xy in (*median, *joins))])
    if not len(shapes):
        return _moved_table([], [])
    holder = weighted.nearest(*chart.inside(shapes))[0]
    if edge:
        receiver, wet = _by_agreed(chart, drawn, edge, shapes, holder)
        shapes, holder, receiver = shapes[wet], holder[wet], receiver[wet]
    else:
        first, second = _two_nearest(weighted, np.column_stack(chart.inside(shapes)))
        receiver = np.where(holder == first, second, first)
    names = weighted.shores.owners
    records, parts = [], []
    for shape, a, b in zip(shapes, holder.tolist(), receiver.tolist(), strict=True):
        if a != b and b >= 0:
            whole, area = chart.merged([shape])
            if area > NOISE_M2:
                records.append((names[a], names[b], area))
                parts.append(whole)
    return _moved_table(records, parts)


def _joins(globe: Globe, median: list[Floats], lines: list[Floats]) -> list[Floats]:
    """Short ways from the ends of an agreed line to a vertex of the median line beside them."""
    if not median:
        return []
    known = np.concatenate(median)
    tree = cKDTree(globe.geocentric(known[:, 0], known[:, 1]))
    ends = np.array([line[side] for line in lines for side in (0, -1)])
    away, which = tree.query(globe.geocentric(ends[:, 0], ends[:, 1]))
    which, near = np.asarray(which), (np.asarray(away) < JOIN_M) & (np.asarray(away) > 0)
    return [np.stack([ends[n], known[which[n]]]) for n in np.flatnonzero(near).tolist()]


def _by_agreed(
    chart: Chart, drawn: Sequence[BaseGeometry], edge: list[Floats], shapes: Shapes, holder: Ints
) -> tuple[Ints, Bools]:
    """Who holds each piece by the agreed line: of each of its sides the one with most of it."""
    sides = chart.faces(drawn)
    sea = shapely.build_area(shapely.GeometryCollection([chart.line(xy) for xy in edge]))
    inside = shapely.point_on_surface(shapes)
    wet = shapely.covers(sea, inside)
    side = np.full(len(shapes), -1)
    at, which = shapely.STRtree(sides).query(inside, predicate="within")
    side[at] = which
    area = shapely.area(shapes)
    if len(np.unique(side[wet & (side >= 0)])) < 2:
        # A line that ends in the sea parts nothing, so that nothing can be told to move.
        return holder, wet
    receiver = np.full(len(shapes), -1)
    for number in np.unique(side[wet]).tolist():
        mine = np.flatnonzero((side == number) & wet)
        if number >= 0:
            weights = np.bincount(holder[mine], weights=area[mine])
            receiver[mine] = int(np.argmax(weights))
    return receiver, wet


def _moved_table(
    records: list[tuple[str, str, float]], shapes: list[BaseGeometry]
) -> gpd.GeoDataFrame:
    frame = pd.DataFrame(records, columns=["from_owner", "to_owner", "area_m2"])
    return gpd.GeoDataFrame(frame, geometry=shapes, crs=CRS)
