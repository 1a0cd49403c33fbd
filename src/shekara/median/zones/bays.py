"""Bays by the semicircle test, and the closing line that may be drawn (UNCLOS, article 10)."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from scipy.spatial import cKDTree

from shekara.geometry.units import NAUTICAL_MILE_M
from shekara.median.ellipsoid import Floats, Globe, Ints
from shekara.median.shores.reading import lonlat
from shekara.median.tables.tables import CRS

# Article 10(4): a closing line does not exceed 24 nautical miles.
WIDEST_M = 24 * NAUTICAL_MILE_M
COLUMNS = ["owner", "length_m", "length_nmi", "area_m2", "semicircle_m2", "ratio"]
# Coasts are cut into chains of so many vertices at most, lest pairs fill the memory.
MOST_PAIRS = 4_000_000
Chord = tuple[tuple[float, float], tuple[float, float]]


def bays(
    land: gpd.GeoDataFrame, by: str, globe: Globe, widest_m: float = WIDEST_M
) -> gpd.GeoDataFrame:
    """Closing lines between vertices of one coast behind which a bay lies.

    An indentation is a bay where its area is as large as, or larger than, that of the
    semicircle whose diameter is the line across its mouth (article 10(2)). Of the lines of
    one indentation that are no longer than 24 M that with the greatest area behind it is
    proposed; whether its ends are natural entrance points is for the reader to judge. Islands
    count as water; several mouths are not added up.

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
        owner, length of the line, area behind it, area of the semicircle, their ratio; the lines.
    """
    table = lonlat(land, "land")
    polygons = [
        (str(owner).strip(), part)
        for owner, shape in zip(table[by], table.geometry, strict=True)
        if shape is not None
        for part in shapely.get_parts(shape)
        if part.geom_type == "Polygon" and not part.is_empty
    ]
    solid = shapely.STRtree([shapely.make_valid(part) for _, part in polygons])
    records, lines = [], []
    for owner, part in polygons:
        for (a, b), area in _of_coast(globe, part, solid, widest_m):
            length = float(globe.geod.inv(*a, *b)[2])
            semicircle = np.pi * length**2 / 8
            records.append(
                (owner, length, length / NAUTICAL_MILE_M, area, semicircle, area / semicircle)
            )
            lines.append(shapely.LineString([a, b]))
    frame = pd.DataFrame(records, columns=COLUMNS)
    return gpd.GeoDataFrame(frame, geometry=lines, crs=CRS)


def _of_coast(
    globe: Globe, polygon: shapely.Polygon, solid: shapely.STRtree, widest_m: float
) -> list[tuple[Chord, float]]:
    """Closing lines of one coast, the greatest bay first."""
    ring = shapely.get_coordinates(shapely.orient_polygons(polygon).exterior)[:-1]
    count = len(ring)
    if count < 4:
        return []
    tree = cKDTree(globe.geocentric(ring[:, 0], ring[:, 1]))
    pairs = tree.query_pairs(widest_m, output_type="ndarray")
    if len(pairs) > MOST_PAIRS:
        pairs = pairs[:: len(pairs) // MOST_PAIRS + 1]
    # Either of the two ways round the coast may be the bay.
    first = np.concatenate([pairs[:, 0], pairs[:, 1]])
    last = np.concatenate([pairs[:, 1], pairs[:, 0] + count])
    keep = last - first > 1
    first, last = first[keep], last[keep]
    area = _water_m2(globe, ring, first, last)
    x, y = ring[first], ring[last % count]
    length = globe.distance_m(x[:, 0], x[:, 1], y[:, 0], y[:, 1])
    good = (length <= widest_m) & (length > 0) & (area >= np.pi * length**2 / 8)
    first, last, area = first[good], last[good], area[good]
    out: list[tuple[Chord, float]] = []
    taken = np.zeros(2 * count, dtype=bool)
    for n in np.argsort(-area, kind="stable").tolist():
        i, j = int(first[n]), int(last[n])
        if taken[i:j].any() or not _over_water(ring[i], ring[j % count], solid):
            continue
        taken[i:j] = True
        wrapped = np.arange(i, j) % count
        taken[wrapped] = taken[wrapped + count] = True
        exact = _exact_m2(globe, ring, i, j)
        if exact >= np.pi * float(globe.geod.inv(*ring[i], *ring[j % count])[2]) ** 2 / 8:
            (a, b), (c, d) = ring[i].tolist(), ring[j % count].tolist()
            out.append((((a, b), (c, d)), exact))
    return out


def _water_m2(globe: Globe, ring: Floats, first: Ints, last: Ints) -> Floats:
    """Area between the coast from ``first`` to ``last`` and its chord, positive where water.

    By running sums of the trapezoids of an equal-area chart about the coast.
    """
    from pyproj import Transformer

    lon, lat = globe.from_conformal(globe.conformal(ring[:, 0], ring[:, 1]).mean(axis=0)[None])
    axes = f"+a={globe.geod.a} +b={globe.geod.b}"
    to = Transformer.from_crs(
        f"+proj=longlat {axes}",
        f"+proj=laea +lon_0={lon[0]:.8f} +lat_0={lat[0]:.8f} {axes} +units=m",
        always_xy=True,
    )
    x, y = (np.tile(part, 2) for part in to.transform(ring[:, 0], ring[:, 1]))
    step = x[:-1] * y[1:] - x[1:] * y[:-1]
    run = np.concatenate([[0.0], np.cumsum(step)])
    twice = run[last] - run[first] + x[last] * y[first] - x[first] * y[last]
    # Land lies to the left of the coast, so that water behind a chord has a negative area.
    return np.asarray(-twice / 2)


def _exact_m2(globe: Globe, ring: Floats, first: int, last: int) -> float:
    way = ring[np.arange(first, last + 1) % len(ring)]
    return -float(globe.geod.polygon_area_perimeter(way[:, 0], way[:, 1])[0])


def _over_water(a: Floats, b: Floats, solid: shapely.STRtree) -> bool:
    """Whether the line between two places of a coast crosses no land."""
    if abs(a[0] - b[0]) > 180:
        return False
    chord = shapely.LineString([a, b])
    return not any(
        shapely.length(shapely.intersection(chord, solid.geometries[n])) > 1e-9
        for n in solid.query(chord, predicate="intersects").tolist()
    )
