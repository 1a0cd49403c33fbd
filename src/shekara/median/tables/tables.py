"""Tables of a division: turning points with their base points, lines, sectors."""

from __future__ import annotations

from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from shekara.median.antimeridian import line_string
from shekara.median.ellipsoid import Floats, Ints, wrapped
from shekara.median.solve.equidistance import Levels, bases_of
from shekara.median.solve.nearest import Base
from shekara.median.trace.points import JUNCTION, TERMINUS, TURN
from shekara.median.trace.trace import Survey

NAUTICAL_MILE_M = 1852.0
CRS = "EPSG:4326"
COLUMNS = (
    "kind", "owners", "lon", "lat", "lon_dms", "lat_dms", "distance_m", "distance_nmi",
    "residual_m", "gap_m",
)  # fmt: skip
# Base points nearer to each other than this are one base point (1 mm).
ONE_BASE_M = 1e-3


def dms(degrees: float, letters: str) -> str:
    """Degrees, minutes and seconds to 0.00001" (0.3 mm), with a letter: 52°30'00.00000"W."""
    total = round(abs(degrees) * 3600e5)
    minutes, hundred = divmod(total, 60 * 100000)
    whole, minute = divmod(minutes, 60)
    letter = letters[0] if degrees >= 0 else letters[1]
    return f"{whole}°{minute:02d}'{hundred / 100000:08.5f}\"{letter}"


def point_table(found: Survey, at: Ints, lon: Floats, lat: Floats, more: Ints) -> gpd.GeoDataFrame:
    """One row per turning point, junction and terminus.

    ``at`` are rows of the survey (several of one place count once), ``more`` pairs of elements
    (n, 2) at the further places lon, lat, where lines end at the edge of the sea.
    """
    rows = found.rows
    records: list[dict[str, Any]] = []
    elements: list[set[int]] = []
    places: list[tuple[float, float]] = []
    seen: dict[tuple[str, int], int] = {}
    for r in at.tolist():
        kind = int(rows.kind[r])
        node = kind in (JUNCTION, TERMINUS)
        key = ("node", int(rows.place[r]) * 8 + kind) if node else ("row", r)
        line_owners = set(found.owners[rows.line[r]].tolist())
        here = {int(e) for e in (*rows.before[r], *rows.after[r]) if e >= 0}
        if kind == JUNCTION:
            here = set(found.junctions.elements[rows.place[r]].tolist())
        if kind == TERMINUS:
            here = set(found.levels.shores.termini[int(rows.place[r])].values())
        if key in seen:
            n = seen[key]
            records[n]["owners"] |= line_owners
            elements[n] |= here
            continue
        seen[key] = len(records)
        name = {JUNCTION: "junction", TURN: "turning point"}.get(kind, "terminus")
        records.append({"kind": name, "owners": line_owners})
        elements.append(here)
        places.append((rows.lon[r], rows.lat[r]))
    for pair, x, y in zip(more.tolist(), lon.tolist(), lat.tolist(), strict=True):
        shores = found.levels.shores
        records.append(
            {
                "kind": "terminus",
                "owners": set(shores.owner_of(np.array(pair)).tolist())
                if min(pair) >= 0
                else set(),
            }
        )
        elements.append({e for e in pair if e >= 0})
        places.append((x, y))
    return _filled(found.levels, records, elements, np.array(places).reshape(-1, 2))


def _filled(
    levels: Levels, records: list[dict[str, Any]], elements: list[set[int]], places: Floats
) -> gpd.GeoDataFrame:
    names = levels.shores.owners
    count = np.array([len(e) for e in elements], dtype=np.int64)
    point = np.repeat(np.arange(len(records)), count)
    element = np.array([e for group in elements for e in sorted(group)], dtype=np.int64)
    lon, lat = wrapped(places[:, 0]), places[:, 1]
    base = bases_of(levels.shores, element, lon[point], lat[point])
    owner = levels.shores.owner_of(element)
    level = base.distance / levels.weight[owner]
    gap = _gaps(levels, lon, lat, point, base)
    for n, record in enumerate(records):
        mine = np.flatnonzero(point == n)
        record["owners"] = " | ".join(names[k] for k in sorted(record["owners"]))
        record["lon"], record["lat"] = float(lon[n]), float(lat[n])
        record["lon_dms"], record["lat_dms"] = dms(float(lon[n]), "EW"), dms(float(lat[n]), "NS")
        heaviest = float(levels.weight[owner[mine]].max()) if len(mine) else 1.0
        record["distance_m"] = float(level[mine].mean() * heaviest) if len(mine) else 0.0
        record["distance_nmi"] = record["distance_m"] / NAUTICAL_MILE_M
        record["residual_m"] = float(np.ptp(level[mine]) * heaviest) if len(mine) else 0.0
        record["gap_m"] = float(gap[n])
        for number, k in enumerate(_distinct(levels, base, mine, owner), start=1):
            record.update(_base_columns(levels, base, int(k), names[owner[k]], f"base{number}_"))
    frame = pd.DataFrame.from_records(records) if records else pd.DataFrame(columns=COLUMNS)
    table = gpd.GeoDataFrame(frame, geometry=shapely.points(lon, lat), crs=CRS)
    table.insert(0, "number", np.arange(1, len(table) + 1))
    return table


def _distinct(levels: Levels, base: Base, mine: Ints, owner: Ints) -> list[int]:
    """The base points of one turning point, owner by owner, each place once, vertices first."""
    count = len(levels.shores.lon)
    element = base.element
    order = sorted(mine.tolist(), key=lambda k: (owner[k], element[k] >= count, element[k]))
    kept: list[int] = []
    for k in order:
        near = any(
            owner[k] == owner[j]
            and _apart(levels, base.lon[k], base.lat[k], base.lon[j], base.lat[j]) < ONE_BASE_M
            for j in kept
        )
        if not near:
            kept.append(k)
    return kept


def _base_columns(levels: Levels, base: Base, k: int, owner: str, prefix: str) -> dict[str, Any]:
    inside = base.element[k] >= len(levels.shores.lon)
    return {
        prefix + "owner": owner,
        prefix + "kind": "foot on a segment" if inside else "vertex",
        prefix + "lon": float(wrapped(base.lon[k])),
        prefix + "lat": float(base.lat[k]),
        prefix + "distance_m": float(base.distance[k]),
        prefix + "azimuth_deg": float(base.azimuth[k] % 360),
    }


def _gaps(levels: Levels, lon: Floats, lat: Floats, point: Ints, base: Base) -> Floats:
    """How much farther the next nearest base point is than those that govern; NaN if none.

    The next base point lies elsewhere than the governing ones and on another segment.
    """
    gap = np.full(len(lon), np.nan)
    least = np.full(len(lon), np.inf)
    np.minimum.at(least, point, base.distance)
    govern: list[set[int]] = [set() for _ in range(len(lon))]
    own: list[list[tuple[float, float]]] = [[] for _ in range(len(lon))]
    for k, n in enumerate(point.tolist()):
        if base.segment[k] >= 0:
            govern[n].add(int(base.segment[k]))
        own[n].append((float(base.lon[k]), float(base.lat[k])))
    todo = np.flatnonzero(np.isfinite(least))
    for share in (0.001, 0.02, 0.3, 3.0):
        if not len(todo):
            break
        row, near = levels.finders.all.near(lon[todo], lat[todo], share * least[todo] + 1.0)
        more = near.distance - least[todo][row]
        order = np.argsort(more, kind="stable")
        for k in order.tolist():
            n = int(todo[row[k]])
            if np.isfinite(gap[n]) or int(near.segment[k]) in govern[n]:
                continue
            if more[k] > share * least[n] + 1.0:
                continue
            x, y = float(near.lon[k]), float(near.lat[k])
            if all(_apart(levels, x, y, a, b) > ONE_BASE_M for a, b in own[n]):
                gap[n] = max(float(more[k]), 0.0)
        todo = todo[~np.isfinite(gap[todo])]
    return gap


def _apart(levels: Levels, x: float, y: float, a: float, b: float) -> float:
    if abs(y - b) > 1e-7:
        return 1.0
    return float(levels.globe.geod.inv(x, y, a, b)[2])


def merged_lines(
    found: Survey, edges: dict[tuple[int, int], list[Any]], counts: dict[tuple[int, int], int]
) -> gpd.GeoDataFrame:
    """One row per pair of owners, from the single edges between their sectors."""
    pieces = []
    for pair, shapes in sorted(edges.items()):
        merged = shapely.line_merge(shapely.MultiLineString(shapes))
        for part in shapely.get_parts(merged):
            pieces.append((pair, *shapely.get_coordinates(part).T))
    return _lines(found.levels, pieces, counts)


def line_table(
    found: Survey, pieces: list[tuple[int, Floats, Floats]], counts: dict[tuple[int, int], int]
) -> gpd.GeoDataFrame:
    """One row per pair of owners, from (line, longitudes, latitudes) of each piece."""
    named = [((int(found.owners[n][0]), int(found.owners[n][1])), x, y) for n, x, y in pieces]
    return _lines(found.levels, named, counts)


def _lines(
    levels: Levels, pieces: list[tuple[tuple[int, int], Floats, Floats]],
    counts: dict[tuple[int, int], int],
) -> gpd.GeoDataFrame:  # fmt: skip
    names = levels.shores.owners
    parts: dict[tuple[int, int], list[Any]] = {}
    length: dict[tuple[int, int], float] = {}
    for (a, b), lon, lat in pieces:
        shape = line_string(levels.globe, lon, lat)
        parts.setdefault((a, b), []).extend(shapely.get_parts(shape))
        length[a, b] = length.get((a, b), 0.0) + float(
            levels.globe.distance_m(lon[:-1], lat[:-1], lon[1:], lat[1:]).sum()
        )
    records = [
        {"owner_a": names[a], "owner_b": names[b], "length_m": length[a, b],
         "length_nmi": length[a, b] / NAUTICAL_MILE_M, "points": counts.get((a, b), 0)}
        for a, b in sorted(parts)
    ]  # fmt: skip
    shapes = [
        shapely.MultiLineString(parts[key]) if len(parts[key]) > 1 else parts[key][0]
        for key in sorted(parts)
    ]
    columns = ["owner_a", "owner_b", "length_m", "length_nmi", "points"]
    return gpd.GeoDataFrame(pd.DataFrame(records, columns=columns), geometry=shapes, crs=CRS)
