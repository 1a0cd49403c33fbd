"""How far a map's ground is known: what an atlas has no land for is no sea."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from shekara.scene.projection import width_deg
from shekara.sheet.map.drawn import Drawn
from shekara.sheet.map.frame import MapFrame
from shekara.sheet.map.projected import RIM_MM, earth, on_page, polygons_of
from shekara.sheet.symbols.palette import is_water

NORTHMOST, SOUTHMOST = 80.0, -55.0  # land that goes so far leaves no land beyond it untold
ROUND_DEG = 300.0  # land that spans so much goes around the Earth
FAR_DEG = 180.0
NOTICED_MM = 0.5  # the side of the least water in the extent that tells of a sea


def known(drawn: Sequence[Drawn], map_frame: MapFrame) -> BaseGeometry:
    """The part of the window in which what is no land is sea, projected metres.

    A page shows more than the extent of its map. Where the land of the atlas goes beyond a side of
    the extent and ends within the page, land of others is missing beyond its end; and a gap between
    its lands that does not reach into the extent may be land that the atlas lacks.

    Parameters
    ----------
    drawn : sequence of Drawn
        What lies on the page.
    map_frame : MapFrame
        What the sheet shows.
    """
    grounds = [item for item in drawn if item.layer.basemap and item.layer.kind == "polygon"]
    layers = {id(item.layer): item.layer for item in grounds}
    shapes = [
        feature.geometry
        for layer in layers.values()
        for feature in layer.features
        if feature.geometry is not None and not is_water(feature.style.fill or feature.style.color)
    ]
    globe = earth(map_frame)
    if not shapes:
        return globe
    ground = tuple(float(side) for side in shapely.total_bounds(shapes))
    sides = _sides(ground, map_frame)
    region = globe
    if sides is not None:
        region = globe.intersection(on_page(shapely.box(*sides), map_frame))
    if ground[2] - ground[0] >= ROUND_DEG:
        return region
    land = [item.shape for item in grounds if not is_water(item.style.fill or item.style.color)]
    return region.difference(_gaps(region, land, map_frame))


def _gaps(region: BaseGeometry, land: Sequence[BaseGeometry], map_frame: MapFrame) -> BaseGeometry:
    """What lies between lands and has no part within the extent, with the lines around it."""
    west, south, _, north = map_frame.extent
    east = west + width_deg(map_frame.extent)
    extent = on_page(shapely.box(west, south, east, north), map_frame)
    least = (NOTICED_MM / map_frame.mm_per_m) ** 2
    water = region.difference(shapely.union_all([*land]))
    gaps = [part for part in polygons_of(water) if part.intersection(extent).area < least]
    return shapely.union_all(gaps).buffer(RIM_MM / map_frame.mm_per_m)


def _sides(
    ground: tuple[float, ...], map_frame: MapFrame
) -> tuple[float, float, float, float] | None:
    """West, south, east, north of what is known, degrees; None where all of it is."""
    west, south, east, north = map_frame.extent
    left, low, right, high = middles(map_frame)
    first, bottom, last, top = ground
    around = last - first >= ROUND_DEG or width_deg(map_frame.extent) != east - west
    ends = (
        not around and left < first < west,
        low < bottom < south and bottom > SOUTHMOST,
        not around and east < last < right,
        north < top < high and top < NORTHMOST,
    )
    if not any(ends):
        return None
    middle = map_frame.meridian
    wide = (middle - FAR_DEG, -90.0, middle + FAR_DEG, 90.0)
    cut = [side if end else far for side, end, far in zip(ground, ends, wide, strict=True)]
    return cut[0], cut[1], cut[2], cut[3]


def middles(map_frame: MapFrame) -> tuple[float, float, float, float]:
    """West, south, east, north in the middles of the window's sides, degrees.

    Its corners reach farther, where meridians meet; they are no sides. Off the Earth it is nan.
    """
    west, south, east, north = map_frame.bounds
    across, up = (west + east) / 2, (south + north) / 2
    lon, lat = map_frame.inverse(
        np.array([west, across, east, across]), np.array([up, south, up, north])
    )
    lon, lat = np.where(np.isfinite(lon), lon, np.nan), np.where(np.isfinite(lat), lat, np.nan)
    return float(lon[0]), float(lat[1]), float(lon[2]), float(lat[3])
