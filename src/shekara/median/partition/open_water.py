"""Lines in open water: all that is not land, without a sea that ends them."""

from __future__ import annotations

import geopandas as gpd
import numpy as np

from shekara.median.antimeridian import line_string
from shekara.median.ellipsoid import Floats
from shekara.median.partition.divided_sea import turning_counts
from shekara.median.shores.land import Land
from shekara.median.tables.doubtful import doubtful_table
from shekara.median.tables.result import Division
from shekara.median.tables.tables import line_table, point_table
from shekara.median.trace.points import SAMPLE, TERMINUS
from shekara.median.trace.trace import Trace


def open_water(trace: Trace, land: Land | None, ellipsoid: str, tolerance_m: float) -> Division:
    """The lines of a trace, cut where they enter land that is known as polygons."""
    traced = trace.traced
    pieces = []
    for n in np.unique(traced.line).tolist():
        vertices = np.flatnonzero(traced.line == n)
        if len(vertices) > 1:
            parts = _wet_parts(trace, land, traced.lon[vertices], traced.lat[vertices])
            pieces += [(n, lon, lat) for lon, lat in parts]
    rows = traced.row[traced.row >= 0]
    rows = rows[trace.rows.kind[rows] != SAMPLE]
    if land is not None:
        dry = land.contains(trace.rows.lon[rows], trace.rows.lat[rows])
        rows = rows[~dry | (trace.rows.kind[rows] == TERMINUS)]
    none = np.zeros(0)
    points = point_table(trace, rows, none, none, np.zeros((0, 2), dtype=np.int64))
    lines = line_table(trace, pieces, turning_counts(trace, rows))
    doubtful: gpd.GeoDataFrame = doubtful_table(trace)
    if land is not None:
        doubtful = doubtful[~land.contains(doubtful["lon"], doubtful["lat"])].reset_index(drop=True)
    return Division(
        points,
        lines,
        None,
        trace.weighted.shores.owners,
        None,
        ellipsoid,
        tolerance_m,
        trace.sites,
        doubtful,
    )


def _wet_parts(
    trace: Trace, land: Land | None, lon: Floats, lat: Floats
) -> list[tuple[Floats, Floats]]:
    """The parts of one line that do not lie on land."""
    if land is None:
        return [(lon, lat)]
    parts = land.without(line_string(trace.weighted.globe, lon, lat))
    return [(xy[:, 0], xy[:, 1]) for xy in parts]
