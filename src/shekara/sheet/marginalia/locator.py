"""The locator: a globe or a round piece of it, with the map's window in its true shape."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import shapely
from matplotlib.patches import Circle
from matplotlib.path import Path
from pyproj import Transformer
from shapely.geometry import LineString, MultiPolygon, Point, Polygon, box
from shapely.geometry.base import BaseGeometry

from shekara.errors import InputError
from shekara.scene.model import Scene
from shekara.scene.projection import centre_deg
from shekara.sheet.map.frame import Array, MapFrame, fit
from shekara.sheet.map.projected import path_of, polygons_of
from shekara.sheet.paper.canvas import Canvas
from shekara.sheet.paper.paper import Box
from shekara.sheet.symbols.palette import GRATICULE, LAND, SEA

Rim = tuple[tuple[float, float], ...]
EARTH_M = 6_371_000.0
WIDEST_DEG = 100.0  # a window that reaches farther than this from its centre needs no locator
DIAMETER_MM = 26.0
COARSE_DEG = 0.2


@dataclass(frozen=True)
class Globe:
    """A view of the Earth from above a point, as far as an angle from it."""

    lon: float
    lat: float
    radius_deg: float

    @property
    def rim_m(self) -> float:
        """Radius of the disc in the orthographic plane, metres."""
        return EARTH_M * math.sin(math.radians(self.radius_deg))

    def flat(self, geometry: BaseGeometry) -> BaseGeometry:
        """A geometry in lon lat brought into the orthographic disc, metres."""
        if geometry.is_empty:
            return geometry
        # Nothing may contain the point on the other side of the Earth: cut it out first.
        far_lon, far_lat = (self.lon + 360) % 360 - 180, -self.lat
        hole = shapely.union_all(
            [
                box(far_lon + turn - 1, far_lat - 1, far_lon + turn + 1, far_lat + 1)
                for turn in (-360, 0, 360)
            ]
        )
        geometry = shapely.segmentize(shapely.difference(geometry, hole), 2.0)
        to_equal = _equal_area(self.lon, self.lat)

        def project(lonlat: Array) -> Array:
            return np.column_stack(to_equal.transform(lonlat[:, 0], lonlat[:, 1]))

        return self._bent(shapely.transform(geometry, project))

    def map_frame(self, rim: Rim) -> BaseGeometry:
        """The polygon of a window's rim in the orthographic disc; a pole within it is no matter."""
        lon, lat = np.array(rim).T
        x, y = _equal_area(self.lon, self.lat).transform(lon, lat)
        return self._bent(Polygon(np.column_stack([x, y])))

    def _bent(self, flat: BaseGeometry) -> BaseGeometry:
        """From the azimuthal equal-area plane to the orthographic one, cut at the rim."""

        def bend(xy: Array) -> Array:
            # Azimuthal equal-area radius is 2R sin(c/2), orthographic R sin(c).
            radius = np.hypot(xy[:, 0], xy[:, 1])
            angle = 2 * np.arcsin(np.clip(radius / (2 * EARTH_M), 0, 1))
            factor = np.where(radius > 0, EARTH_M * np.sin(angle) / np.maximum(radius, 1e-9), 1)
            bent: Array = xy * factor[:, None]
            return bent

        if not flat.is_valid:
            flat = shapely.make_valid(flat)
        reach = 2 * EARTH_M * math.sin(math.radians(self.radius_deg / 2))
        flat = flat.intersection(Point(0, 0).buffer(reach, 64))
        return shapely.transform(shapely.segmentize(flat, EARTH_M / 20), bend)


@lru_cache(maxsize=8)
def _equal_area(lon: float, lat: float) -> Transformer:
    plane = f"+proj=laea +lat_0={lat} +lon_0={lon} +R={EARTH_M} +units=m +type=crs"
    return Transformer.from_crs(f"+proj=longlat +R={EARTH_M} +type=crs", plane, always_xy=True)


def globe_of(map_frame: MapFrame) -> Globe | None:
    """The view that shows where a window lies; None where it shows most of the Earth itself."""
    left, bottom, right, top = map_frame.bounds
    (lon,), (lat,) = map_frame.inverse(
        np.array([(left + right) / 2]), np.array([(bottom + top) / 2])
    )
    rim = map_frame.outline
    if not math.isfinite(lon) or len(rim) < 241:
        return None
    steps = np.radians(rim[:, 1]), np.radians(rim[:, 0] - lon)
    cosine = np.sin(np.radians(lat)) * np.sin(steps[0]) + np.cos(np.radians(lat)) * np.cos(
        steps[0]
    ) * np.cos(steps[1])
    reach = float(np.degrees(np.arccos(np.clip(cosine, -1, 1)).max()))
    if reach > WIDEST_DEG - 30:
        return None
    return Globe(round(float(lon), 3), round(float(lat), 3), 90.0 if reach > 6 else 5 * reach + 3)


def land_of(scene: Scene) -> list[tuple[BaseGeometry, str]]:
    """The areas of the scene's basemap with their colours, coarse."""
    result: list[tuple[BaseGeometry, str]] = []
    for layer in scene.layers:
        if layer.basemap and layer.visible and not layer.extra and layer.kind == "polygon":
            for feature in layer.features:
                if feature.geometry is None or feature.geometry.is_empty:
                    continue
                coarse = shapely.simplify(feature.geometry, COARSE_DEG)
                solid = MultiPolygon(polygons_of(shapely.make_valid(coarse)))
                if not solid.is_empty:
                    result.append((solid, feature.style.fill or LAND))
    return result


@dataclass(frozen=True)
class Locator:
    """The locator as a block."""

    scene: Scene
    globe: Globe
    rim: Rim
    keep: bool = False
    stretch: float = 0.0
    lead: float = 2.2

    def height(self, width: float, type_scale: float) -> float:
        """The disc, mm."""
        return min(DIAMETER_MM * type_scale, width)

    def draw(self, canvas: Canvas, box_: Box, type_scale: float) -> None:
        """Draw sea, land, graticule, the window, and the rim of the disc."""
        diameter = min(DIAMETER_MM * type_scale, box_.width)
        middle = box_.x + diameter / 2, box_.top - diameter / 2
        with canvas.tagged("Figure", canvas.say.message("sheet_locator_alt"), box=box_):
            draw_globe(canvas, self.globe, land_of(self.scene), [self.rim], middle, diameter)


def draw_globe(
    canvas: Canvas,
    globe: Globe,
    land: list[tuple[BaseGeometry, str]],
    rims: Sequence[Rim],
    middle: tuple[float, float],
    diameter: float,
) -> None:
    """Sea, land, graticule and the outlines of windows in a disc; middle and diameter in mm."""
    scale = diameter / 2 / globe.rim_m

    def to_page(flat: BaseGeometry) -> Path | None:
        return path_of(shapely.transform(flat, lambda xy: xy * scale + middle))

    canvas.place(Circle(middle, diameter / 2, fc=SEA, ec="none", transform=canvas.mm))
    for shape, colour in land:
        path = to_page(globe.flat(shape))
        if path is not None:
            canvas.path(path, fc=colour, ec="#b9b3a4", lw=0.2)
    step = 30 if globe.radius_deg > 60 else 10 if globe.radius_deg > 15 else 5
    for line in _graticule(step):
        path = to_page(globe.flat(line))
        if path is not None:
            canvas.path(path, fc="none", ec=GRATICULE, lw=0.25)
    for rim in rims:
        path = to_page(globe.map_frame(rim))
        if path is not None:
            canvas.path(path, fc="#c0392b", alpha=0.14, ec="none", lw=0)
            canvas.path(path, fc="none", ec="#b3261e", lw=0.9, joinstyle="miter")
    canvas.place(Circle(middle, diameter / 2, fc="none", ec="#5a5a5a", lw=0.5, transform=canvas.mm))


def draw_cover_globe(
    canvas: Canvas, scenes: Sequence[Scene], middle: tuple[float, float], diameter: float
) -> None:
    """The globe of a cover: land of the first map that has any, the extents of all maps."""
    rims: list[Rim] = []
    for scene in scenes:
        try:
            map_frame = fit(scene.projection, scene.extent, Box(0, 0, 160, 120))
        except InputError:
            continue
        if globe_of(map_frame) is not None:
            rims.append(tuple((float(lon), float(lat)) for lon, lat in map_frame.outline))
    lon, lat = centre_deg(scenes[0].extent)
    land = next((land_part for land_part in map(land_of, scenes) if land_part), [])
    globe = Globe(round(lon, 3), round(min(max(lat, -60), 60), 3), 90.0)
    draw_globe(canvas, globe, land, rims, middle, diameter)


def _graticule(step: int) -> list[LineString]:
    lines = [LineString([(lon, -80), (lon, 80)]) for lon in range(-180, 180, step)]
    return lines + [LineString([(-180, lat), (180, lat)]) for lat in range(-90 + step, 90, step)]
