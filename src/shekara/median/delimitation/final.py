"""The final line: simplified and rounded as it is to be signed, each point with what governs it."""

from __future__ import annotations

from dataclasses import dataclass, replace

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely
from shapely.geometry.base import BaseGeometry

from shekara.errors import UsageError
from shekara.geometry.units import NAUTICAL_MILE_M
from shekara.median.delimitation.governing import governing, inner, shores_of, vertices
from shekara.median.ellipsoid import Floats
from shekara.median.shores.reading import read_shores
from shekara.median.shores.sites import automatic_spacing_m, place_sites
from shekara.median.solve.equidistance import WeightedDistance
from shekara.median.solve.nearest import Finders
from shekara.median.tables.result import Division
from shekara.median.tables.tables import CRS, dms
from shekara.median.zones.arrangement import Chart

BASE = ("kind", "lon", "lat", "distance_m", "azimuth_deg")
# Smaller pieces between two lines are noise of the chart they are cut in.
NOISE_M2 = 1e-3


@dataclass(frozen=True)
class FinalLine:
    """The line as it is signed, and what it exchanges against the exact one."""

    lines: gpd.GeoDataFrame
    points: gpd.GeoDataFrame
    """Each vertex: position, way to the next, base points, difference of distances, offset."""
    exchanged: pd.DataFrame
    """owner_a, owner_b, a_to_b_m2, b_to_a_m2: areas on the other side of the exact line."""
    round_seconds: float
    datum: str


def refuse_rounding(round_seconds: float) -> None:
    """Refuse seconds to which no line can be rounded."""
    if not (np.isfinite(round_seconds) and 1e-5 <= round_seconds <= 60):
        raise UsageError(f"round: {round_seconds} seconds; give 0.00001 to 60, such as 0.1")


def final_line(division: Division, round_seconds: float = 0.1) -> FinalLine:
    """The lines of a division rounded to parts of a second of arc, with their table.

    Where the division was simplified, its simplified lines are rounded; areas are always
    exchanged against the exact ones.

    Parameters
    ----------
    division
        Result of `shekara.median.divide`.
    round_seconds
        Positions become multiples of it; 0.1 seconds are 3 m of latitude.

    Raises
    ------
    UsageError
        The rounding is no angle between 0.00001 and 60 seconds.
    """
    refuse_rounding(round_seconds)
    lines = _rounded(division.lines, round_seconds)
    signed = replace(division, lines=lines)
    # Another ellipsoid in PROJ's own words, which all languages share.
    other = "" if division.ellipsoid == "WGS84" else f" (+ellps={division.ellipsoid})"
    datum = f"WGS 84{other}"
    return FinalLine(
        _measured(signed),
        _points(signed, division, round_seconds, datum),
        _exchanged(division, lines),
        round_seconds,
        datum,
    )


def _rounded(lines: gpd.GeoDataFrame, seconds: float) -> gpd.GeoDataFrame:
    def to_grid(xy: Floats) -> Floats:
        return np.round(np.round(xy * 3600 / seconds) * seconds / 3600, 12)

    shapes = []
    for shape in lines.geometry:
        parts = []
        for part in shapely.get_parts(shape):
            xy = to_grid(shapely.get_coordinates(part))
            moves = np.append(True, (np.diff(xy, axis=0) != 0).any(axis=1))
            if moves.sum() > 1:
                parts.append(shapely.LineString(xy[moves]))
        shapes.append(shapely.MultiLineString(parts) if len(parts) != 1 else parts[0])
    return lines.set_geometry(shapes, crs=CRS)


def _measured(division: Division) -> gpd.GeoDataFrame:
    geod = shores_of(division).globe.geod
    length = [geod.geometry_length(shape) for shape in division.lines.geometry]
    return division.lines.assign(
        length_m=length, length_nmi=[metres / NAUTICAL_MILE_M for metres in length]
    )


def _points(signed: Division, exact: Division, seconds: float, datum: str) -> gpd.GeoDataFrame:
    weighted = shores_of(signed)
    xy, _, part, owner_a, owner_b = vertices(signed)
    base = governing(weighted, owner_a, owner_b, xy)
    decimals = max(0, int(np.ceil(-np.log10(seconds) - 1e-9)))
    follows = inner(part)
    after = np.roll(xy, -1, axis=0)
    course, _, length = weighted.globe.inverse(xy[:, 0], xy[:, 1], after[:, 0], after[:, 1])
    names = np.asarray(weighted.shores.owners, dtype=object)
    columns: dict[str, npt.ArrayLike] = {
        "number": np.arange(1, len(xy) + 1),
        "owner_a": names[owner_a],
        "owner_b": names[owner_b],
        "part": part + 1,
        "lon_dms": [dms(x, "EW", decimals) for x in xy[:, 0]],
        "lat_dms": [dms(y, "NS", decimals) for y in xy[:, 1]],
        "lon": xy[:, 0],
        "lat": xy[:, 1],
        "edge": np.where(follows, "geodesic", "end"),
        "to_next_m": np.where(follows, length, np.nan),
        "to_next_azimuth_deg": np.where(follows, course % 360, np.nan),
        "offset_m": _offsets(exact, xy),
    }
    for side, point in (("a", base.a), ("b", base.b)):
        vertex = point.element < len(weighted.shores.lon)
        columns[f"base_{side}_kind"] = np.where(vertex, "vertex", "foot on a segment")
        columns[f"base_{side}_lon"], columns[f"base_{side}_lat"] = point.lon, point.lat
        columns[f"base_{side}_distance_m"] = point.distance
        columns[f"base_{side}_azimuth_deg"] = point.azimuth % 360
    columns["difference_m"] = base.excess_m
    columns["datum"] = datum
    return gpd.GeoDataFrame(pd.DataFrame(columns), geometry=shapely.points(xy), crs=CRS)


def _offsets(exact: Division, xy: Floats) -> Floats:
    """Distance of places from the exact lines."""
    if not len(xy):
        return np.zeros(0)
    lines = exact_lines(exact)
    read = read_shores(lines.assign(line="line"), "line", shores_of(exact).globe)
    sites = place_sites(read, automatic_spacing_m(read))
    return Finders(sites).all.nearest(xy[:, 0], xy[:, 1]).distance


def exact_lines(division: Division) -> gpd.GeoDataFrame:
    """The lines of a division before they were simplified."""
    return division.lines if division.exact is None else division.exact


def _exchanged(division: Division, lines: gpd.GeoDataFrame) -> pd.DataFrame:
    """Areas that the final line gives to the other side, for each pair of owners."""
    weighted = shores_of(division)
    exact = exact_lines(division).set_index(["owner_a", "owner_b"]).geometry
    records = []
    for row in lines.itertuples():
        pair = (row.owner_a, row.owner_b)
        given = _between(weighted, exact[pair], row.geometry, pair)
        records.append((*pair, given[pair[0]], given[pair[1]]))
    columns = ["owner_a", "owner_b", "a_to_b_m2", "b_to_a_m2"]
    return pd.DataFrame(records, columns=columns)


def _between(
    weighted: WeightedDistance, exact: BaseGeometry, final: BaseGeometry, pair: tuple[str, str]
) -> dict[str, float]:
    """Area between two lines with the same ends, by the owner that loses it."""
    out = dict.fromkeys(pair, 0.0)
    old, new = ([shapely.get_coordinates(p) for p in shapely.get_parts(x)] for x in (exact, final))
    places = np.concatenate(old)
    chart = Chart.about(weighted.globe, places[:, 0], places[:, 1], 1_000.0)
    ends = [np.stack([a[at], b[at]]) for a, b in zip(old, new, strict=False) for at in (0, -1)]
    chains = [*old, *new, *(e for e in ends if (e[0] != e[1]).any())]
    shapes = chart.faces([chart.line(xy) for xy in chains])
    if not len(shapes):
        return out
    owner = weighted.nearest(*chart.inside(shapes))[0]
    for shape, holder in zip(shapes, owner.tolist(), strict=True):
        name = weighted.shores.owners[holder]
        area = chart.merged([shape])[1]
        if name in out and area > NOISE_M2:
            out[name] += area
    return out
