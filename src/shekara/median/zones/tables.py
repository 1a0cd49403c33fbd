"""Faces of the sea told apart by zone and owner, and the tables of both."""

from __future__ import annotations

from collections.abc import Sequence

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from shapely.geometry.base import BaseGeometry

from shekara.geometry.arrays import Shapes
from shekara.median.ellipsoid import Bools, Ints
from shekara.median.tables.tables import CRS
from shekara.median.zones.arrangement import Chart
from shekara.median.zones.breadths import (
    CONTIGUOUS,
    ECONOMIC,
    INTERNAL,
    OUTERMOST_M,
    SHELF,
    SLOPE_M,
    TERRITORIAL,
    Breadths,
)
from shekara.median.zones.internal import InternalWaters
from shekara.median.zones.reached import Medians, Reached

Faces = Sequence[BaseGeometry] | Shapes
COLUMNS = ["owner", "zone", "from_m", "to_m", "area_m2"]
OVERLAP_COLUMNS = ["owner_a", "owner_b", "zone", "to_m", "area_m2"]
# Smaller pieces are what chords leave over where three lines meet.
SLIVER_M2 = 10.0


def zone_table(
    chart: Chart,
    wet: Shapes,
    internal: InternalWaters,
    reached: Reached,
    medians: Medians,
    breadths: Breadths,
) -> gpd.GeoDataFrame:
    """One row per owner and zone: the faces of the sea that belong to it, as one geometry."""
    outside = _outside(wet, internal)
    lon, lat = chart.inside(outside)
    nearest, near_m = reached.nearest(True, medians.full, lon, lat)
    beyond, away = reached.nearest(False, medians.effective, lon, lat)
    slope = reached.slope_distances_m(lon, lat)
    belt = near_m <= breadths.territorial_m
    foot = slope[np.arange(len(lon)), beyond] if len(lon) else np.zeros(0)
    rows: list[tuple[str, float, float, Bools, Ints]] = [
        (TERRITORIAL, 0.0, breadths.territorial_m, belt, nearest)
    ]
    for name, to in ((CONTIGUOUS, breadths.contiguous_m), (ECONOMIC, breadths.economic_m)):
        if to is not None:
            rows.append((name, breadths.territorial_m, to, ~belt & (away <= to), beyond))
    if breadths.economic_m is not None:
        shelf: Bools = ~belt & (away > breadths.economic_m) & (away <= OUTERMOST_M)
        rows.append((SHELF, breadths.economic_m, OUTERMOST_M, shelf & (foot <= SLOPE_M), beyond))
    records, shapes = [], []
    for number, owner in enumerate(reached.owners):
        inner = [
            shape for shape, holder in zip(internal.shapes, internal.owners, strict=True)
            if holder == number
        ]  # fmt: skip
        parts: list[tuple[str, float, float, Sequence[BaseGeometry] | Shapes]] = [
            (INTERNAL, 0.0, 0.0, inner)
        ]
        parts += [
            (name, start, to, outside[chosen & (holder == number)])
            for name, start, to, chosen, holder in rows
        ]
        for name, start, to, faces in parts:
            if len(faces):
                shape, area = chart.merged(faces)
                if area >= SLIVER_M2:
                    records.append((owner, name, start, to, area))
                    shapes.append(shape)
    return gpd.GeoDataFrame(pd.DataFrame(records, columns=COLUMNS), geometry=shapes, crs=CRS)


def claim_overlaps(
    chart: Chart, wet: Shapes, internal: InternalWaters, reached: Reached, breadths: Breadths
) -> gpd.GeoDataFrame:
    """Where the claims of two owners to one breadth overlap, each for itself."""
    outside = _outside(wet, internal)
    lon, lat = chart.inside(outside)
    records, shapes = [], []
    for limit in breadths.limits(False):
        within = reached.within(limit.every_island, lon, lat, limit.metres)
        together = within.T.astype(np.int64) @ within
        for a, b in np.argwhere(np.triu(together, 1)).tolist():
            both = within[:, a] & within[:, b]
            shape, area = chart.merged(outside[both])
            if area >= SLIVER_M2:
                names = reached.owners[a], reached.owners[b]
                records.append((*names, limit.name, limit.metres, area))
                shapes.append(shape)
    frame = pd.DataFrame(records, columns=OVERLAP_COLUMNS)
    return gpd.GeoDataFrame(frame, geometry=shapes, crs=CRS)


def _outside(wet: Shapes, internal: InternalWaters) -> Shapes:
    """The faces of the sea that are no internal waters."""
    points = shapely.point_on_surface(wet)
    outside: Bools = ~internal.hold(points)
    return np.asarray(wet, dtype=object)[outside]
