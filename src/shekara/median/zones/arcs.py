"""Arcs of outer limits, each with the base point from which it is drawn."""

from __future__ import annotations

from typing import TypedDict

import geopandas as gpd
import numpy as np
import pandas as pd
from shapely.geometry.base import BaseGeometry

from shekara.geometry.longitudes import wrap
from shekara.geometry.units import NAUTICAL_MILE_M
from shekara.median.antimeridian import line_string
from shekara.median.ellipsoid import Bools, Floats, Ints
from shekara.median.shores.land import Land
from shekara.median.solve.nearest import Base, Finders
from shekara.median.tables.tables import CRS

COLUMNS = [
    "owner", "limit", "distance_m", "distance_nmi", "base_kind", "base_lon", "base_lat",
    "from_lon", "from_lat", "to_lon", "to_lat", "length_m",
]  # fmt: skip


class Arc(TypedDict):
    """One row of the table of arcs."""

    owner: str
    limit: str
    distance_m: float
    distance_nmi: float
    base_kind: str
    base_lon: float
    base_lat: float
    from_lon: float
    from_lat: float
    to_lon: float
    to_lat: float
    length_m: float
    geometry: BaseGeometry


def arc_records(
    finders: Finders, number: int, limit: str, distance_m: float, ring: Floats, land: Land
) -> list[Arc]:
    """The arcs of one ring (n, 2) in degrees, where it lies in the water of its owner.

    A stretch that one vertex or one segment governs is one arc (about a vertex) or parallel (of a
    segment); its base point is that of its middle. Chords on land, or nearer to another
    owner's shores, are left out whole.
    """
    globe = finders.sites.shores.globe
    lon, lat = ring[:, 0], ring[:, 1]
    middle = globe.between(lon[:-1], lat[:-1], lon[1:], lat[1:], 0.5)
    mine, base = _governing(finders, number, *middle)
    mine &= ~land.contains(*middle)
    length = globe.distance_m(lon[:-1], lat[:-1], lon[1:], lat[1:])
    out: list[Arc] = []
    for run in _runs(mine, base):
        mid = int(run[len(run) // 2])
        vertex = base.element[mid] < len(finders.sites.shores.lon)
        ends = slice(int(run[0]), int(run[-1]) + 2)
        out.append(
            {
                "owner": finders.sites.shores.owners[number],
                "limit": limit,
                "distance_m": distance_m,
                "distance_nmi": distance_m / NAUTICAL_MILE_M,
                "base_kind": "vertex" if vertex else "foot on a segment",
                "base_lon": float(wrap(base.lon[mid])),
                "base_lat": float(base.lat[mid]),
                "from_lon": float(lon[ends][0]),
                "from_lat": float(lat[ends][0]),
                "to_lon": float(lon[ends][-1]),
                "to_lat": float(lat[ends][-1]),
                "length_m": float(length[run].sum()),
                "geometry": line_string(globe, lon[ends], lat[ends]),
            }
        )
    return out


def _governing(finders: Finders, number: int, lon: Floats, lat: Floats) -> tuple[Bools, Base]:
    """Places to which no other owner's shores are nearer, and the owner's base points there."""
    base = finders.all.nearest(lon, lat)
    mine: Bools = finders.sites.shores.owner_of(base.element) == number
    rest = np.flatnonzero(~mine)
    if len(rest):
        # Where two owners' shores meet both are as near.
        own_base = finders.of[number].nearest(lon[rest], lat[rest])
        mine[rest] = own_base.distance <= base.distance[rest] + 1e-3
        base = base.with_rows(rest, own_base)
    return mine, base


def _runs(mine: Bools, base: Base) -> list[Ints]:
    """Numbers of chords in runs that one element governs."""
    at = np.flatnonzero(mine)
    if not len(at):
        return []
    breaks = np.flatnonzero((np.diff(at) > 1) | (np.diff(base.element[at]) != 0)) + 1
    return np.split(at, breaks)


def arc_table(records: list[Arc]) -> gpd.GeoDataFrame:
    """The arcs as a table."""
    frame = pd.DataFrame(records, columns=COLUMNS)
    return gpd.GeoDataFrame(frame, geometry=[r["geometry"] for r in records], crs=CRS)
