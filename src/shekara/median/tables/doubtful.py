"""Doubtful stretches of lines as a table, and as marks on the tables of points and lines."""

from __future__ import annotations

from typing import Protocol

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from shekara.median.antimeridian import line_string
from shekara.median.ellipsoid import Bools
from shekara.median.remark import Remark, Word
from shekara.median.shores.sea import Sea
from shekara.median.tables.tables import CRS
from shekara.median.trace.doubts import NOT_LEVEL, OTHER_BASE, OTHER_OWNER, Doubt
from shekara.median.trace.trace import Trace

COLUMNS = ("owner_a", "owner_b", "lon", "lat", "size_m", "length_m", "reason")


def doubtful_table(trace: Trace, sea: Sea | None = None) -> gpd.GeoDataFrame:
    """One row per doubtful stretch, in the sea where one is given.

    ``size_m`` is by how much distances contradict the line at ``lon``, ``lat``, the worst place.
    """
    doubts = [d for d in trace.doubts if sea is None or _in_sea(d, sea)]
    names, globe = trace.weighted.shores.owners, trace.weighted.globe
    records, shapes = [], []
    for doubt in doubts:
        lon, lat = doubt.place
        length = float(
            globe.distance_m(doubt.lon[:-1], doubt.lat[:-1], doubt.lon[1:], doubt.lat[1:]).sum()
        )
        first, second = sorted(names[n] for n in doubt.owners)
        records.append((first, second, lon, lat, doubt.size_m, length, doubt.reason))
        shapes.append(
            line_string(globe, doubt.lon, doubt.lat)
            if len(doubt.lon) > 1
            else shapely.Point(lon, lat)
        )
    frame = pd.DataFrame.from_records(records, columns=list(COLUMNS))
    return gpd.GeoDataFrame(frame, geometry=shapes, crs=CRS)


def _in_sea(doubt: Doubt, sea: Sea) -> bool:
    u = sea.globe.conformal(doubt.lon, doubt.lat)
    inside: Bools = sea.contains(sea.plane.project(u))
    return bool(inside.any())


class DoubtRow(Protocol):
    """One row of the table, as `itertuples` gives it."""

    owner_a: str
    owner_b: str
    lon: float
    lat: float
    reason: str
    size_m: float
    length_m: float


# The words of each reason.
REASONS = {
    OTHER_OWNER: "remark_other_owner",
    OTHER_BASE: "remark_other_base",
    NOT_LEVEL: "remark_not_level",
}


def doubt_text(row: DoubtRow) -> Remark:
    """One sentence about a row of the table."""
    return Remark(
        f"doubtful between {row.owner_a} and {row.owner_b} near {row.lon:.6f}, {row.lat:.6f}: "
        f"{row.reason}, by {row.size_m:.3g} m, on {row.length_m:.0f} m of the line",
        "remark_doubtful",
        a=row.owner_a,
        b=row.owner_b,
        place=f"{row.lon:.6f}, {row.lat:.6f}",
        reason=Word(REASONS[row.reason]),
        size=("m", row.size_m),
        length=("m", row.length_m),
    )


def with_marks(
    points: gpd.GeoDataFrame, lines: gpd.GeoDataFrame, doubtful: gpd.GeoDataFrame
) -> tuple[gpd.GeoDataFrame, gpd.GeoDataFrame]:
    """Points and lines with a column that tells what is doubtful, empty where all is proved."""
    texts: dict[tuple[str, str], list[str]] = {}
    on_point = np.full(len(points), "", dtype=object)
    for row in doubtful.itertuples():
        texts.setdefault((row.owner_a, row.owner_b), []).append(doubt_text(row))
        ends = {tuple(xy) for xy in shapely.get_coordinates(row.geometry).tolist()}
        for n, (lon, lat) in enumerate(zip(points["lon"], points["lat"], strict=True)):
            if (lon, lat) in ends:
                on_point[n] = row.reason
    pairs = zip(lines["owner_a"], lines["owner_b"], strict=True)
    on_line = ["; ".join(texts.get((min(pair), max(pair)), [])) for pair in pairs]
    return points.assign(doubtful=on_point), lines.assign(doubtful=on_line)
