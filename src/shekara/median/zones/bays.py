"""Bays by the semicircle test, and the closing line that may be drawn (UNCLOS, article 10)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from scipy.spatial import cKDTree
from shapely.geometry.base import BaseGeometry

from shekara.geometry.units import NAUTICAL_MILE_M
from shekara.median.ellipsoid import Bools, Floats, Globe, Ints
from shekara.median.shores.reading import lonlat
from shekara.median.tables.tables import CRS
from shekara.median.zones.mouths import Mouths, mouths, pairs_beyond_islands

if TYPE_CHECKING:
    from pyproj import Transformer

# Article 10(4): a closing line does not exceed 24 nautical miles.
WIDEST_M = 24 * NAUTICAL_MILE_M
COLUMNS = [
    "owner", "length_m", "length_nmi", "mouths", "mouths_m", "area_m2", "semicircle_m2", "ratio",
]  # fmt: skip
# Coasts are cut into chains of so many vertices at most, lest pairs fill the memory.
MOST_PAIRS = 4_000_000
# Parts of a chord at which it is asked first whether it runs over land.
LOOKED_AT = (1 / 2, 1 / 4, 3 / 4, 1 / 8, 7 / 8, 1 / 32, 31 / 32, 3 / 8, 5 / 8)


@dataclass(frozen=True)
class Bay:
    """One indentation: its closing line across each mouth, and what article 10 measures."""

    lines: tuple[shapely.LineString, ...]
    length_m: float
    """From entrance point to entrance point."""
    mouths_m: float
    """The sum of the lines across the mouths."""
    area_m2: float

    @property
    def semicircle_m2(self) -> float:
        """Area of the semicircle on a line as long as all mouths together."""
        return np.pi * self.mouths_m**2 / 8


def bays(
    land: gpd.GeoDataFrame, by: str, globe: Globe, widest_m: float = WIDEST_M
) -> gpd.GeoDataFrame:
    """Closing lines between vertices of one coast behind which a bay lies.

    An indentation is a bay where its area is as large as, or larger than, that of the
    semicircle whose diameter is the line across its mouth (article 10(2)). Of the lines of
    one indentation that are no longer than 24 M that with the greatest area behind it is
    proposed; whether its ends are natural entrance points is for the reader to judge. Islands
    count as water. Where islands of the same owner lie on the line it has several mouths, and
    the semicircle is drawn on the sum of the lines across them (article 10(3)); the 24 M are
    those between the entrance points (article 10(4)). Islands beside the line change nothing.

    Parameters
    ----------
    land
        Polygons, with the column of owners; outer rings are coasts.
    by
        Column of owners.
    globe
        The ellipsoid.
    widest_m
        Longest closing line, in metres.

    Returns
    -------
    GeoDataFrame
        owner, length of the line between the entrance points, how many mouths it has and the sum
        of the lines across them, area behind it, area of the semicircle, their ratio; the lines
        across the mouths.
    """
    table = lonlat(land, "land")
    polygons = [
        (str(owner).strip(), part)
        for owner, shape in zip(table[by], table.geometry, strict=True)
        if shape is not None
        for part in shapely.get_parts(shape)
        if part.geom_type == "Polygon" and not part.is_empty
    ]
    whole = [shapely.make_valid(part) for _, part in polygons]
    solid = shapely.STRtree(whole)
    records, shapes = [], []
    for number, (owner, part) in enumerate(polygons):
        isles = [
            whole[n]
            for n in solid.query(shapely.box(*part.bounds), predicate="intersects").tolist()
            if n != number and polygons[n][0] == owner
        ]
        for bay in _of_coast(globe, part, solid, isles, widest_m):
            records.append(
                (
                    owner, bay.length_m, bay.length_m / NAUTICAL_MILE_M, len(bay.lines),
                    bay.mouths_m, bay.area_m2, bay.semicircle_m2, bay.area_m2 / bay.semicircle_m2,
                )
            )  # fmt: skip
            ends = [shapely.get_coordinates(line)[[0, -1]] for line in bay.lines]
            across = [shapely.LineString(pair) for pair in ends]
            shapes.append(across[0] if len(across) == 1 else shapely.MultiLineString(across))
    frame = pd.DataFrame(records, columns=COLUMNS)
    return gpd.GeoDataFrame(frame, geometry=shapes, crs=CRS)


def _of_coast(
    globe: Globe,
    polygon: shapely.Polygon,
    solid: shapely.STRtree,
    isles: list[shapely.Polygon],
    widest_m: float,
) -> list[Bay]:
    """The bays of one coast, the greatest first."""
    ring = shapely.get_coordinates(shapely.orient_polygons(polygon).exterior)[:-1]
    count = len(ring)
    if count < 4:
        return []
    first, last, area, several = _candidates(globe, ring, isles, widest_m)
    wet = _outside(ring[first], ring[last % count], shapely.make_valid(polygon))
    out: list[Bay] = []
    taken = np.zeros(2 * count, dtype=bool)
    for n in np.argsort(-area, kind="stable").tolist():
        i, j = int(first[n]), int(last[n])
        if taken[i:j].any() or not (wet[n] or (i, j) in several):
            continue
        a, b = ring[i], ring[j % count]
        lines = several.get((i, j)) or Mouths((shapely.LineString([a, b]),), _length_m(globe, a, b))
        if not all(_over_water(line, solid) for line in lines.lines):
            continue
        taken[i:j] = True
        wrapped = np.arange(i, j) % count
        taken[wrapped] = taken[wrapped + count] = True
        bay = Bay(lines.lines, _length_m(globe, a, b), lines.length_m, _exact_m2(globe, ring, i, j))
        if bay.area_m2 >= bay.semicircle_m2:
            out.append(bay)
    return out


def _candidates(
    globe: Globe, ring: Floats, isles: list[shapely.Polygon], widest_m: float
) -> tuple[Ints, Ints, Floats, dict[tuple[int, int], Mouths]]:
    """Stretches of a coast with water enough behind them: first and last vertex, area, mouths."""
    tree = cKDTree(globe.geocentric(ring[:, 0], ring[:, 1]))
    pairs = tree.query_pairs(widest_m, output_type="ndarray")
    if len(pairs) > MOST_PAIRS:
        pairs = pairs[:: len(pairs) // MOST_PAIRS + 1]
    first, last, area, length = _indentations(globe, ring, pairs, widest_m)
    wide = area >= np.pi * length**2 / 8
    first, last, area = first[wide], last[wide], area[wide]
    if not isles:
        return first, last, area, {}
    more = pairs_beyond_islands(globe, tree, isles, widest_m)
    begin, end, size, _ = _indentations(globe, ring, more, widest_m)
    several = _with_mouths(globe, ring, begin, end, size, shapely.STRtree(isles))
    both = zip(begin.tolist(), end.tolist(), strict=True)
    held = np.array([pair in several for pair in both], dtype=bool)
    return (
        np.append(first, begin[held]), np.append(last, end[held]), np.append(area, size[held]),
        several,
    )  # fmt: skip


def _indentations(
    globe: Globe, ring: Floats, pairs: Ints, widest_m: float
) -> tuple[Ints, Ints, Floats, Floats]:
    """First and last vertex of stretches with water behind their chord, its area and length."""
    count = len(ring)
    # Either of the two ways round the coast may be the bay.
    first = np.concatenate([pairs[:, 0], pairs[:, 1]])
    last = np.concatenate([pairs[:, 1], pairs[:, 0] + count])
    keep = last - first > 1
    first, last = first[keep], last[keep]
    area = _water_m2(globe, ring, first, last)
    x, y = ring[first], ring[last % count]
    length = globe.distance_m(x[:, 0], x[:, 1], y[:, 0], y[:, 1])
    good = (length <= widest_m) & (length > 0) & (area > 0)
    return first[good], last[good], area[good], length[good]


def _with_mouths(
    globe: Globe, ring: Floats, first: Ints, last: Ints, area: Floats, isles: shapely.STRtree
) -> dict[tuple[int, int], Mouths]:
    """The lines that islands part into mouths whose semicircle is no larger than the water."""
    ends = last % len(ring)
    chords = shapely.linestrings(np.stack([ring[first], ring[ends]], axis=1))
    out = {}
    for n in np.unique(isles.query(chords, predicate="intersects")[0]).tolist():
        parts = mouths(globe, ring[first[n]], ring[ends[n]], isles)
        if parts is not None and area[n] >= np.pi * parts.length_m**2 / 8:
            out[int(first[n]), int(last[n])] = parts
    return out


def _length_m(globe: Globe, a: Floats, b: Floats) -> float:
    return float(globe.geod.inv(*a, *b)[2])


def _water_m2(globe: Globe, ring: Floats, first: Ints, last: Ints) -> Floats:
    """Area between the coast from ``first`` to ``last`` and its chord, positive where water.

    By running sums of the trapezoids of an equal-area chart about the coast.
    """
    if not len(first):
        return np.zeros(0)
    lon, lat = globe.from_conformal(globe.conformal(ring[:, 0], ring[:, 1]).mean(axis=0)[None])
    to = _equal_area(globe.geod.a, globe.geod.b, 2 * round(lon[0] / 2), 2 * round(lat[0] / 2))
    x, y = (np.tile(part, 2) for part in to.transform(ring[:, 0], ring[:, 1]))
    step = x[:-1] * y[1:] - x[1:] * y[:-1]
    run = np.concatenate([[0.0], np.cumsum(step)])
    twice = run[last] - run[first] + x[last] * y[first] - x[first] * y[last]
    # Land lies to the left of the coast, so that water behind a chord has a negative area.
    return np.asarray(-twice / 2)


@lru_cache(maxsize=256)
def _equal_area(a: float, b: float, lon: int, lat: int) -> Transformer:
    """Azimuthal chart about a place; coasts within a degree or two of each other share it."""
    from pyproj import Transformer

    axes = f"+a={a} +b={b}"
    return Transformer.from_crs(
        f"+proj=longlat {axes}",
        f"+proj=laea +lon_0={lon} +lat_0={lat} {axes} +units=m",
        always_xy=True,
    )


def _exact_m2(globe: Globe, ring: Floats, first: int, last: int) -> float:
    way = ring[np.arange(first, last + 1) % len(ring)]
    return -float(globe.geod.polygon_area_perimeter(way[:, 0], way[:, 1])[0])


def _outside(begin: Floats, end: Floats, land: BaseGeometry) -> Bools:
    """Which chords (n, 2) have no place of `LOOKED_AT` in the land; cheap, it spares most cuts."""
    shapely.prepare(land)
    out: Bools = np.ones(len(begin), dtype=bool)
    for part in LOOKED_AT:
        at = np.flatnonzero(out)
        x, y = (begin[at] * (1 - part) + end[at] * part).T
        out[at] = ~shapely.contains_xy(land, x, y)
    return out


def _over_water(line: shapely.LineString, solid: shapely.STRtree) -> bool:
    """Whether a line between two places of a coast crosses no land."""
    ends = shapely.get_coordinates(line)
    if np.ptp(ends[:, 0]) > 180:
        return False
    return not any(
        shapely.length(shapely.intersection(line, solid.geometries[n])) > 1e-9
        for n in solid.query(line, predicate="intersects").tolist()
    )
