"""Arcs of outer limits, each with the base point from which it is drawn."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TypedDict

import geopandas as gpd
import numpy as np
import pandas as pd
from shapely.geometry.base import BaseGeometry

from shekara.geometry.longitudes import wrap
from shekara.geometry.units import NAUTICAL_MILE_M
from shekara.median.antimeridian import line_string
from shekara.median.ellipsoid import Bools, Floats, Ints
from shekara.median.limit.run import UNKNOWN, Run
from shekara.median.shores.clusters import near_segments
from shekara.median.shores.land import Land
from shekara.median.shores.shores import Shores
from shekara.median.shores.sites import automatic_spacing_m, place_sites
from shekara.median.solve.equidistance import bases_of
from shekara.median.solve.nearest import Finder, Finders
from shekara.median.tables.tables import CRS

# Chords lie this much nearer to their shores than the limit, or less.
ABOUT_M = 10.0
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


@dataclass(frozen=True)
class Neighbours:
    """Shores of one owner, and what is needed to tell where another's are nearer."""

    finders: Finders
    rivals: Finder
    """Shores so near to another owner's that the distance from both overlaps."""
    number: int
    owned: Shores
    distance_m: float

    @cached_property
    def finder(self) -> Finder:
        """Finds base points among the shores of the owner."""
        sites = place_sites(self.owned, automatic_spacing_m(self.owned))
        return Finder(sites, np.arange(len(sites.lon)))

    def none_nearer(self, lon: Floats, lat: Floats) -> Bools:
        """Whether no other owner's shores are nearer to places at the distance or less."""
        out: Bools = np.ones(len(lon), dtype=bool)
        rest = np.flatnonzero(self.rivals.maybe_within(lon, lat, self.distance_m + ABOUT_M))
        if len(rest):
            base = self.finders.all.nearest(lon[rest], lat[rest])
            foreign = np.flatnonzero(
                self.finders.sites.shores.owner_of(base.element) != self.number
            )
            at = rest[foreign]
            # Where two owners' shores meet both are as near.
            away = self.finder.distance_m(lon[at], lat[at])
            out[at] = away <= base.distance[foreign] + 1e-3
        return out


def near_finder(finders: Finders, distance_m: float) -> Finder:
    """Finds the shores that lie within twice a distance of another owner's."""
    sites = finders.sites
    near = np.zeros(len(sites.shores.start), dtype=bool)
    near[near_segments(sites.shores, distance_m + ABOUT_M)[0]] = True
    spans = near[sites.span_segment]
    return Finder(sites, np.unique(np.append(sites.head[spans], sites.tail[spans])))


def arc_records(neighbours: Neighbours, limit: str, run: Run, land: Land) -> list[Arc]:
    """The arcs of one line of a limit, where it lies in the water of its owner.

    A stretch that one vertex or one segment governs is one arc (about a vertex) or parallel (of a
    segment); its base point is that of its middle. Chords on land, or nearer to another
    owner's shores, are left out whole.
    """
    owned, distance_m = neighbours.owned, neighbours.distance_m
    globe = owned.globe
    lon, lat = run.lon, run.lat
    middle = globe.between(lon[:-1], lat[:-1], lon[1:], lat[1:], 0.5)
    element = run.element[1:].copy()
    unknown = np.flatnonzero(element == UNKNOWN)
    element[unknown] = neighbours.finder.nearest(*(m[unknown] for m in middle)).element
    open_water = neighbours.none_nearer(*middle) & ~land.contains(*middle)
    length = globe.distance_m(lon[:-1], lat[:-1], lon[1:], lat[1:])
    chords = _chords(open_water, element)
    mids = np.array([at[len(at) // 2] for at in chords], dtype=np.int64)
    base = bases_of(owned, element[mids], *(m[mids] for m in middle))
    out: list[Arc] = []
    for n, at in enumerate(chords):
        ends = slice(int(at[0]), int(at[-1]) + 2)
        out.append(
            {
                "owner": owned.owners[0],
                "limit": limit,
                "distance_m": distance_m,
                "distance_nmi": distance_m / NAUTICAL_MILE_M,
                "base_kind": "vertex" if base.element[n] < len(owned.lon) else "foot on a segment",
                "base_lon": float(wrap(base.lon[n])),
                "base_lat": float(base.lat[n]),
                "from_lon": float(lon[ends][0]),
                "from_lat": float(lat[ends][0]),
                "to_lon": float(lon[ends][-1]),
                "to_lat": float(lat[ends][-1]),
                "length_m": float(length[at].sum()),
                "geometry": line_string(globe, lon[ends], lat[ends]),
            }
        )
    return out


def _chords(open_water: Bools, element: Ints) -> list[Ints]:
    """Numbers of chords in rows that one element governs."""
    at = np.flatnonzero(open_water)
    if not len(at):
        return []
    breaks = np.flatnonzero((np.diff(at) > 1) | (np.diff(element[at]) != 0)) + 1
    return np.split(at, breaks)


def arc_table(records: list[Arc]) -> gpd.GeoDataFrame:
    """The arcs as a table."""
    frame = pd.DataFrame(records, columns=COLUMNS)
    return gpd.GeoDataFrame(frame, geometry=[r["geometry"] for r in records], crs=CRS)
