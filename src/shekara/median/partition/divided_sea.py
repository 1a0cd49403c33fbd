"""A sea divided: its lines, turning points and sectors as tables."""

from __future__ import annotations

import numpy as np

from shekara.median.ellipsoid import Ints
from shekara.median.partition.clip import Clipped, clip, with_crossings
from shekara.median.partition.sectors import (
    Face,
    faces,
    gap_remarks,
    owners_of,
    sea_area_m2,
    sector_shapes,
    sector_table,
)
from shekara.median.shores.sea import Sea
from shekara.median.tables.doubtful import doubtful_table
from shekara.median.tables.result import Division
from shekara.median.tables.tables import line_table, point_table
from shekara.median.trace.points import TURN
from shekara.median.trace.trace import Trace


def divided_sea(trace: Trace, sea: Sea, ellipsoid: str, tolerance_m: float) -> Division:
    """The division of a sea by traced lines."""
    weighted = trace.weighted
    sea_m2 = sea_area_m2(sea)
    cut, parts = _tiles(sea, clip(weighted, trace.traced, sea), sea_m2)
    remarks = gap_remarks(sea_m2, sum(face.area_m2 for face in parts))
    owner = owners_of(weighted, sea, parts)
    shapes = sector_shapes(sea, cut, parts, owner)
    names = weighted.shores.owners
    area = [
        sum(f.area_m2 for f, holder in zip(parts, owner, strict=True) if holder == n)
        for n in range(len(names))
    ]
    sectors = sector_table(names, area, shapes, sea_m2)
    used = np.unique(np.concatenate(cut.pieces)) if cut.pieces else np.zeros(0, dtype=np.int64)
    vertex = cut.vertex[used]
    rows = _rows_at(trace, vertex[vertex >= 0], {trace.owners[n].tobytes() for n in cut.line})
    edge = cut.ends[(cut.pair[cut.ends] >= 0).all(axis=1)]
    points = point_table(trace, rows, cut.lon[edge], cut.lat[edge], cut.pair[edge])
    pieces = [(int(n), cut.lon[p], cut.lat[p]) for n, p in zip(cut.line, cut.pieces, strict=True)]
    lines = line_table(trace, pieces, turning_counts(trace, rows))
    return Division(
        points,
        lines,
        sectors,
        names,
        sea_m2,
        ellipsoid,
        tolerance_m,
        trace.sites,
        doubtful_table(trace, sea),
        remarks=remarks,
    )


def _tiles(sea: Sea, cut: Clipped, sea_m2: float) -> tuple[Clipped, list[Face]]:
    """The pieces of sea between the lines; where lines cross in error, parted there too."""
    parts = faces(sea, cut)
    if not cut.pieces or not gap_remarks(sea_m2, sum(face.area_m2 for face in parts)):
        return cut, parts
    cut = with_crossings(sea, cut)
    return cut, faces(sea, cut, noded=True)


def _rows_at(trace: Trace, vertices: Ints, pairs: set[bytes]) -> Ints:
    """Rows of the trace at vertices of the lines, of every line that passes the same place."""
    traced = trace.traced
    place = {(traced.lon[v], traced.lat[v]) for v in vertices.tolist()}
    at = [
        r
        for v, r in enumerate(traced.row.tolist())
        if r >= 0
        and (traced.lon[v], traced.lat[v]) in place
        and trace.owners[traced.line[v]].tobytes() in pairs
    ]
    return np.array(at, dtype=np.int64)


def turning_counts(trace: Trace, rows: Ints) -> dict[tuple[int, int], int]:
    """How many of the rows are turning points, by pair of owners."""
    out: dict[tuple[int, int], int] = {}
    for r in rows.tolist():
        if trace.rows.kind[r] == TURN:
            a, b = (int(number) for number in trace.owners[trace.rows.line[r]])
            out[a, b] = out.get((a, b), 0) + 1
    return out
