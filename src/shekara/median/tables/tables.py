"""Tables of a division: turning points with their base points, lines, sectors."""

from __future__ import annotations

from typing import NamedTuple

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from shekara.geometry.longitudes import wrap
from shekara.geometry.units import NAUTICAL_MILE_M
from shekara.median.antimeridian import line_string
from shekara.median.ellipsoid import Floats, Ints
from shekara.median.solve.equidistance import WeightedDistance, bases_of
from shekara.median.solve.nearest import Base
from shekara.median.summaries import Row
from shekara.median.trace.points import JUNCTION, TERMINUS, TURN
from shekara.median.trace.trace import Trace

CRS = "EPSG:4326"
COLUMNS = (
    "kind",
    "owners",
    "lon",
    "lat",
    "lon_dms",
    "lat_dms",
    "distance_m",
    "distance_nmi",
    "residual_m",
    "gap_m",
)
# Decimals of the seconds of printed positions.
SECOND_DECIMALS = 3
# Base points nearer to each other than this are one base point (1 mm).
ONE_BASE_M = 1e-3


def dms(degrees: float, letters: str, decimals: int = SECOND_DECIMALS) -> str:
    """Degrees, minutes and seconds with a letter: 52°30'00.000"W.

    The default, 0.001" or 3 cm, is far coarser than what the solver leaves (a micrometre), so
    that every machine prints the same digits.
    """
    parts = 10**decimals
    minutes, rest = divmod(round(abs(degrees) * 3600 * parts), 60 * parts)
    whole, minute = divmod(minutes, 60)
    letter = letters[0] if degrees >= 0 else letters[1]
    width = 3 + decimals if decimals else 2
    return f"{whole}°{minute:02d}'{rest / parts:0{width}.{decimals}f}\"{letter}"


def in_degrees(points: gpd.GeoDataFrame, decimals: int) -> gpd.GeoDataFrame:
    """The points with positions in degrees, minutes and seconds of so many decimals."""
    return points.assign(
        lon_dms=[dms(lon, "EW", decimals) for lon in points["lon"]],
        lat_dms=[dms(lat, "NS", decimals) for lat in points["lat"]],
    )


class _Place(NamedTuple):
    """What stands at one place before its figures are known."""

    kind: str
    owners: set[int]
    elements: set[int]


def point_table(trace: Trace, at: Ints, lon: Floats, lat: Floats, more: Ints) -> gpd.GeoDataFrame:
    """One row per turning point, junction and terminus.

    ``at`` are rows of the survey (several of one place count once), ``more`` pairs of elements
    (n, 2) at the further places lon, lat, where lines end at the edge of the sea.
    """
    rows = trace.rows
    records: list[_Place] = []
    places: list[tuple[float, float]] = []
    seen: dict[tuple[str, int], int] = {}
    for r in at.tolist():
        kind = int(rows.kind[r])
        node = kind in (JUNCTION, TERMINUS)
        key = ("node", int(rows.place[r]) * 8 + kind) if node else ("row", r)
        line_owners = set(trace.owners[rows.line[r]].tolist())
        here = {int(e) for e in (*rows.before[r], *rows.after[r]) if e >= 0}
        if kind == JUNCTION:
            here = set(trace.junctions.elements[rows.place[r]].tolist())
        if kind == TERMINUS:
            here = set(trace.weighted.shores.termini[int(rows.place[r])].values())
        if key in seen:
            before = records[seen[key]]
            before.owners.update(line_owners)
            before.elements.update(here)
            continue
        seen[key] = len(records)
        name = {JUNCTION: "junction", TURN: "turning point"}.get(kind, "terminus")
        records.append(_Place(name, line_owners, here))
        places.append((rows.lon[r], rows.lat[r]))
    for pair, x, y in zip(more.tolist(), lon.tolist(), lat.tolist(), strict=True):
        shores = trace.weighted.shores
        both = set(shores.owner_of(np.array(pair)).tolist()) if min(pair) >= 0 else set()
        records.append(_Place("terminus", both, {e for e in pair if e >= 0}))
        places.append((x, y))
    return _fill_records(trace.weighted, records, np.array(places).reshape(-1, 2))


def _fill_records(
    weighted: WeightedDistance, stated: list[_Place], places: Floats
) -> gpd.GeoDataFrame:
    names = weighted.shores.owners
    count = np.array([len(place.elements) for place in stated], dtype=np.int64)
    point = np.repeat(np.arange(len(stated)), count)
    element = np.array([e for place in stated for e in sorted(place.elements)], dtype=np.int64)
    lon, lat = wrap(places[:, 0]), places[:, 1]
    base = bases_of(weighted.shores, element, lon[point], lat[point])
    owner = weighted.shores.owner_of(element)
    level = base.distance / weighted.weight[owner]
    gap = _gaps(weighted, lon, lat, point, base)
    records: list[Row] = []
    for n, place in enumerate(stated):
        mine = np.flatnonzero(point == n)
        heaviest = float(weighted.weight[owner[mine]].max()) if len(mine) else 1.0
        distance_m = float(level[mine].mean() * heaviest) if len(mine) else 0.0
        record: Row = {
            "kind": place.kind,
            "owners": " | ".join(names[holder] for holder in sorted(place.owners)),
            "lon": float(lon[n]),
            "lat": float(lat[n]),
            "lon_dms": dms(float(lon[n]), "EW"),
            "lat_dms": dms(float(lat[n]), "NS"),
            "distance_m": distance_m,
            "distance_nmi": distance_m / NAUTICAL_MILE_M,
            "residual_m": float(np.ptp(level[mine]) * heaviest) if len(mine) else 0.0,
            "gap_m": float(gap[n]),
        }
        for number, holder in enumerate(_distinct(weighted, base, mine, owner), start=1):
            record.update(
                _base_columns(weighted, base, int(holder), names[owner[holder]], f"base{number}_")
            )
        records.append(record)
    frame = pd.DataFrame.from_records(records) if records else pd.DataFrame(columns=COLUMNS)
    table = gpd.GeoDataFrame(frame, geometry=shapely.points(lon, lat), crs=CRS)
    table.insert(0, "number", np.arange(1, len(table) + 1))
    return table


def _distinct(weighted: WeightedDistance, base: Base, mine: Ints, owner: Ints) -> list[int]:
    """The base points of one turning point, owner by owner, each place once, vertices first."""
    count = len(weighted.shores.lon)
    element = base.element
    order = sorted(mine.tolist(), key=lambda row: (owner[row], element[row] >= count, element[row]))
    kept: list[int] = []
    for row in order:
        near = any(
            owner[row] == owner[j]
            and _apart(weighted, base.lon[row], base.lat[row], base.lon[j], base.lat[j])
            < ONE_BASE_M
            for j in kept
        )
        if not near:
            kept.append(row)
    return kept


def _base_columns(weighted: WeightedDistance, base: Base, row: int, owner: str, prefix: str) -> Row:
    inside = base.element[row] >= len(weighted.shores.lon)
    stated: Row = {}
    if weighted.shores.stated is not None:
        known = float(weighted.shores.stated_m(base.element[row : row + 1])[0])
        stated[prefix + "accuracy_m"] = known
    return {
        prefix + "owner": owner,
        prefix + "kind": "foot on a segment" if inside else "vertex",
        prefix + "lon": float(wrap(base.lon[row])),
        prefix + "lat": float(base.lat[row]),
        prefix + "distance_m": float(base.distance[row]),
        prefix + "azimuth_deg": float(base.azimuth[row] % 360),
        **stated,
    }


def _gaps(weighted: WeightedDistance, lon: Floats, lat: Floats, point: Ints, base: Base) -> Floats:
    """How much farther the next nearest base point is than those that govern; NaN if none.

    The next base point lies elsewhere than the governing ones and on another segment.
    """
    gap = np.full(len(lon), np.nan)
    least = np.full(len(lon), np.inf)
    np.minimum.at(least, point, base.distance)
    govern: list[set[int]] = [set() for _ in range(len(lon))]
    bases: list[list[tuple[float, float]]] = [[] for _ in range(len(lon))]
    for candidate, n in enumerate(point.tolist()):
        if base.segment[candidate] >= 0:
            govern[n].add(int(base.segment[candidate]))
        bases[n].append((float(base.lon[candidate]), float(base.lat[candidate])))
    todo = np.flatnonzero(np.isfinite(least))
    for share in (0.001, 0.02, 0.3, 3.0):
        if not len(todo):
            break
        row, near = weighted.finders.all.near(lon[todo], lat[todo], share * least[todo] + 1.0)
        more = near.distance - least[todo][row]
        order = np.argsort(more, kind="stable")
        for candidate in order.tolist():
            n = int(todo[row[candidate]])
            if np.isfinite(gap[n]) or int(near.segment[candidate]) in govern[n]:
                continue
            if more[candidate] > share * least[n] + 1.0:
                continue
            x, y = float(near.lon[candidate]), float(near.lat[candidate])
            if all(_apart(weighted, x, y, a, b) > ONE_BASE_M for a, b in bases[n]):
                gap[n] = max(float(more[candidate]), 0.0)
        todo = todo[~np.isfinite(gap[todo])]
    return gap


def _apart(weighted: WeightedDistance, x: float, y: float, a: float, b: float) -> float:
    if abs(y - b) > 1e-7:
        return 1.0
    return float(weighted.globe.geod.inv(x, y, a, b)[2])


def merged_lines(
    trace: Trace,
    edges: dict[tuple[int, int], list[shapely.LineString]],
    counts: dict[tuple[int, int], int],
) -> gpd.GeoDataFrame:
    """One row per pair of owners, from the single edges between their sectors."""
    pieces = []
    for pair, shapes in sorted(edges.items()):
        merged = shapely.line_merge(shapely.MultiLineString(shapes))
        for part in shapely.get_parts(merged):
            pieces.append((pair, *shapely.get_coordinates(part).T))
    return _lines(trace.weighted, pieces, counts)


def line_table(
    trace: Trace, pieces: list[tuple[int, Floats, Floats]], counts: dict[tuple[int, int], int]
) -> gpd.GeoDataFrame:
    """One row per pair of owners, from (line, longitudes, latitudes) of each piece."""
    named = [((int(trace.owners[n][0]), int(trace.owners[n][1])), x, y) for n, x, y in pieces]
    return _lines(trace.weighted, named, counts)


def _lines(
    weighted: WeightedDistance,
    pieces: list[tuple[tuple[int, int], Floats, Floats]],
    counts: dict[tuple[int, int], int],
) -> gpd.GeoDataFrame:
    names = weighted.shores.owners
    parts: dict[tuple[int, int], list[shapely.LineString]] = {}
    length: dict[tuple[int, int], float] = {}
    for (a, b), lon, lat in pieces:
        shape = line_string(weighted.globe, lon, lat)
        parts.setdefault((a, b), []).extend(shapely.get_parts(shape))
        length[a, b] = length.get((a, b), 0.0) + float(
            weighted.globe.distance_m(lon[:-1], lat[:-1], lon[1:], lat[1:]).sum()
        )
    records = [
        {
            "owner_a": names[a],
            "owner_b": names[b],
            "length_m": length[a, b],
            "length_nmi": length[a, b] / NAUTICAL_MILE_M,
            "points": counts.get((a, b), 0),
        }
        for a, b in sorted(parts)
    ]
    shapes = [
        shapely.MultiLineString(parts[key]) if len(parts[key]) > 1 else parts[key][0]
        for key in sorted(parts)
    ]
    columns = ["owner_a", "owner_b", "length_m", "length_nmi", "points"]
    return gpd.GeoDataFrame(pd.DataFrame(records, columns=columns), geometry=shapes, crs=CRS)
