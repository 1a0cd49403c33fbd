"""Coastal lengths by several methods, and the test of disproportionality.

The third stage of the courts' method asks whether the ratio of the areas that a line gives to
two owners is markedly disproportionate to that of their relevant coasts. No figure decides it,
and the courts measure coasts in more than one way: here as drawn, generalised, and by the general
direction. (The judgments themselves were not read for this program.)
"""

from __future__ import annotations

from itertools import combinations

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from shekara.median.delimitation.governing import shores_of
from shekara.median.ellipsoid import Floats, Globe, Ints
from shekara.median.shores.shores import Shores
from shekara.median.tables.result import Division

# Tolerances of generalisation, in metres.
GENERAL_M = (1_000.0, 10_000.0)
METHODS = ("drawn_m", "general_1km_m", "general_10km_m", "direction_m")


def coastal_lengths(division: Division) -> pd.DataFrame:
    """Length of each owner's shores, in metres.

    Returns
    -------
    DataFrame
        owner; ``drawn_m``, the sum of all edges; ``general_1km_m`` and ``general_10km_m`` after
        Douglas and Peucker with that tolerance; ``direction_m``, from end to end of each chain
        (its greatest extent, where it is closed).
    """
    shores = shores_of(division).shores
    records = []
    for number, owner in enumerate(shores.owners):
        chains = _chains(shores, np.flatnonzero((shores.owner == number) & (shores.length > 0)))
        records.append(
            {
                "owner": owner,
                "drawn_m": sum(_length(shores.globe, xy) for xy in chains),
                **{
                    f"general_{metres / 1000:g}km_m": sum(
                        _length(shores.globe, _general(shores.globe, xy, metres)) for xy in chains
                    )
                    for metres in GENERAL_M
                },
                "direction_m": sum(_extent(shores.globe, xy) for xy in chains),
            }
        )
    return pd.DataFrame(records)


def disproportionality(sectors: gpd.GeoDataFrame, lengths: pd.DataFrame) -> pd.DataFrame:
    """For each pair of owners the ratio of areas beside the ratio of coasts, by each method.

    Returns
    -------
    DataFrame
        owner_a, owner_b, area_ratio (a to b), and for each method the ratio of coasts and the
        quotient of both ratios: 1 where areas are as coasts.
    """
    area = dict(zip(sectors["owner"], sectors["area_m2"], strict=True))
    records = []
    for first, second in combinations(lengths.to_dict("records"), 2):
        a, b = first["owner"], second["owner"]
        if not (area.get(a) and area.get(b)):
            continue
        record = {"owner_a": a, "owner_b": b, "area_ratio": area[a] / area[b]}
        for method in METHODS:
            if first[method] > 0 and second[method] > 0:
                ratio = float(first[method] / second[method])
                name = method.removesuffix("_m")
                record[f"{name}_ratio"] = ratio
                record[f"{name}_quotient"] = record["area_ratio"] / ratio
        records.append(record)
    return pd.DataFrame(records)


def _chains(shores: Shores, segments: Ints) -> list[Floats]:
    """Segments joined end to end, as coordinates."""
    lines = [
        shapely.LineString([(shores.lon[a], shores.lat[a]), (shores.lon[b], shores.lat[b])])
        for a, b in zip(shores.start[segments], shores.end[segments], strict=True)
        if abs(shores.lon[a] - shores.lon[b]) < 180
    ]
    if not lines:
        return []
    merged = shapely.line_merge(shapely.MultiLineString(lines))
    return [shapely.get_coordinates(part) for part in shapely.get_parts(merged)]


def _length(globe: Globe, xy: Floats) -> float:
    return float(globe.distance_m(xy[:-1, 0], xy[:-1, 1], xy[1:, 0], xy[1:, 1]).sum())


def _general(globe: Globe, xy: Floats, tolerance_m: float) -> Floats:
    """Douglas and Peucker's generalisation in an equidistant plane about the chain."""
    from pyproj import Transformer

    lon, lat = globe.from_conformal(globe.conformal(xy[:, 0], xy[:, 1]).mean(axis=0)[None])
    axes = f"+a={globe.geod.a} +b={globe.geod.b}"
    to = Transformer.from_crs(
        f"+proj=longlat {axes}",
        f"+proj=aeqd +lon_0={lon[0]:.8f} +lat_0={lat[0]:.8f} {axes} +units=m",
        always_xy=True,
    )
    plane = shapely.LineString(np.column_stack(to.transform(xy[:, 0], xy[:, 1])))
    short = shapely.get_coordinates(shapely.simplify(plane, tolerance_m, preserve_topology=False))
    return np.column_stack(to.transform(short[:, 0], short[:, 1], direction="INVERSE"))


def _extent(globe: Globe, xy: Floats) -> float:
    """From end to end; of a closed chain the greatest distance between two of its vertices."""
    if (xy[0] != xy[-1]).any():
        return float(globe.geod.inv(*xy[0], *xy[-1])[2])
    xyz = globe.geocentric(xy[:, 0], xy[:, 1])
    far = int(np.argmax(np.linalg.norm(xyz - xyz[0], axis=1)))
    other = int(np.argmax(np.linalg.norm(xyz - xyz[far], axis=1)))
    return float(globe.geod.inv(*xy[far], *xy[other])[2])
