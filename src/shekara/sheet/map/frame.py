"""The part of the projected Earth that a sheet shows, and where it lies on the paper."""

from __future__ import annotations

import math
import warnings
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray
from pyproj import CRS, Geod, Proj, Transformer

from shekara.errors import InputError
from shekara.geometry.longitudes import short_way
from shekara.scene.model import Projection
from shekara.scene.projection import Extent, centre_deg, width_deg
from shekara.sheet.paper.paper import Box

Array = NDArray[np.float64]
GEOD = Geod(ellps="WGS84")
WGS84 = CRS.from_epsg(4326)

# Mantissas of a scale that a reader can divide by in the head.
ROUND: tuple[float, ...] = (1, 1.1, 1.2, 1.25, 1.4, 1.5, 1.6, 1.75, 2, 2.25, 2.5, 2.75)
ROUND += (3, 3.25, 3.5, 3.75, 4, 4.5, 5, 5.5, 6, 6.5, 7, 7.5, 8, 9, 10)
RIM_POINTS = 240  # along the rim of a window
SMALLEST_SCALE = 1e10  # no sheet shows a smaller Earth than 4 mm


# A plan tries many frames of one projection, and PROJ takes long to set one up.
@lru_cache(maxsize=32)
def _crs(definition: str) -> CRS:
    crs = CRS.from_user_input(definition)
    if crs.axis_info[0].unit_conversion_factor == 1:
        return crs
    with warnings.catch_warnings():  # what a PROJ string loses are names
        warnings.simplefilter("ignore", UserWarning)
        return CRS.from_dict({**crs.to_dict(), "units": "m"})


@lru_cache(maxsize=32)
def _transformer(definition: str) -> Transformer:
    return Transformer.from_crs(WGS84, _crs(definition), always_xy=True)


@dataclass(frozen=True)
class MapFrame:
    """A rectangle of a projection laid on a rectangle of the page."""

    projection: Projection
    extent: Extent
    box: Box  # on the page, mm
    x: float  # projected coordinates of the box's centre, metres
    y: float
    mm_per_m: float  # of projected metres

    @property
    def crs(self) -> CRS:
        """The projection as a coordinate reference system in metres."""
        return _crs(self.projection.definition)

    @cached_property
    def meridian(self) -> float:
        """The longitude opposite to which the Earth is cut open, degrees."""
        operation = self.crs.coordinate_operation
        given = {item.name: item.value for item in operation.params} if operation else {}
        for name in ("false origin", "natural origin", "origin"):
            if f"Longitude of {name}" in given:
                return float(given[f"Longitude of {name}"])
        return centre_deg(self.extent)[0]

    def forward(self, lon: Array, lat: Array) -> tuple[Array, Array]:
        """Projected metres of degrees; infinite where the projection has no place for a point."""
        x, y = _transformer(self.projection.definition).transform(lon, lat, errcheck=False)
        return np.asarray(x), np.asarray(y)

    def inverse(self, x: Array, y: Array) -> tuple[Array, Array]:
        """Degrees of projected metres; infinite off the Earth."""
        lon, lat = _transformer(self.projection.definition).transform(
            x, y, direction="INVERSE", errcheck=False
        )
        lon, lat = np.asarray(lon, dtype=float), np.asarray(lat, dtype=float)
        # Some inverse formulas answer for points off the Earth: they do not come back.
        again = self.forward(lon, lat)
        off = ~(np.hypot(again[0] - x, again[1] - y) * self.mm_per_m < 0.05)
        return np.where(off, np.inf, lon), np.where(off, np.inf, lat)

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        """Left, bottom, right, top of the window, projected metres."""
        half_x, half_y = self.box.width / self.mm_per_m / 2, self.box.height / self.mm_per_m / 2
        return self.x - half_x, self.y - half_y, self.x + half_x, self.y + half_y

    def to_mm(self, x: Array, y: Array) -> tuple[Array, Array]:
        """The place on the page of projected metres, mm."""
        left, bottom, _, _ = self.bounds
        return (
            self.box.x + (np.asarray(x) - left) * self.mm_per_m,
            self.box.y + (np.asarray(y) - bottom) * self.mm_per_m,
        )

    def from_mm(self, x: Array, y: Array) -> tuple[Array, Array]:
        """Projected metres of a place on the page."""
        left, bottom, _, _ = self.bounds
        return (
            left + (np.asarray(x) - self.box.x) / self.mm_per_m,
            bottom + (np.asarray(y) - self.box.y) / self.mm_per_m,
        )

    @cached_property
    def outline(self) -> Array:
        """The rim of the window in degrees, shape (n, 2), closed; without what is off the Earth."""
        left, bottom, right, top = self.bounds
        run = np.linspace(0, 1, RIM_POINTS // 4 + 1)[:-1]
        wide, high = right - left, top - bottom
        there = np.concatenate([run, 0 * run + 1, 1 - run, 0 * run])
        up = np.roll(there, len(run))
        x, y = left + there * wide, bottom + up * high
        lon, lat = self.inverse(x, y)
        rim = np.column_stack([lon, lat])[np.isfinite(lon)]
        return np.vstack([rim, rim[:1]]) if len(rim) else rim

    @cached_property
    def lonlat_box(self) -> tuple[float, float, float, float]:
        """West, south, east, north that hold the window; longitudes within 180 of the meridian."""
        left, bottom, right, top = self.bounds
        x, y = np.meshgrid(np.linspace(left, right, 61), np.linspace(bottom, top, 61))
        lon, lat = self.inverse(x.ravel(), y.ravel())
        seen = np.isfinite(lon)
        whole = not seen.all()
        lon, lat = lon[seen], lat[seen]
        if not len(lon):
            raise InputError(
                f"projection {self.projection.definition!r} cannot show the extent "
                f"{list(self.extent)}; name another, or none for the rule"
            )
        turned = short_way(lon - self.meridian)
        step = 2 * float(np.ptp(lat)) / 60 + 1e-9
        south, north = float(lat.min()) - step, float(lat.max()) + step
        for pole in (-90.0, 90.0):
            px, py = self.forward(np.array([self.meridian]), np.array([pole]))
            if left <= px[0] <= right and bottom <= py[0] <= top:
                whole = True
                south, north = min(south, pole), max(north, pole)
        west, east = (-180.0, 180.0) if whole else (float(turned.min()), float(turned.max()))
        pad = 0.0 if whole else 2 * (east - west) / 60 + 1e-9
        return (
            self.meridian + max(west - pad, -180.0),
            max(south, -90.0),
            self.meridian + min(east + pad, 180.0),
            min(north, 90.0),
        )

    @cached_property
    def factors(self) -> tuple[Array, Array, Array]:
        """Least and greatest point scale, and convergence in degrees, on a grid over the extent."""
        west, south, _, north = self.extent
        lon = west + np.linspace(0.001, 0.999, 21) * width_deg(self.extent)
        lat = np.linspace(max(south, -89.9), min(north, 89.9), 21)
        grid = np.meshgrid(short_way(lon), lat)
        scale_factors = Proj(self.crs).get_factors(grid[0].ravel(), grid[1].ravel(), errcheck=False)
        # Semi-axes of Tissot's indicatrix: nothing stretches more or less than these.
        least = np.asarray(scale_factors.tissot_semiminor)
        most = np.asarray(scale_factors.tissot_semimajor)
        turn = np.asarray(scale_factors.meridian_convergence)
        good = np.isfinite(least) & np.isfinite(most) & (most < 1e6)
        return least[good], most[good], turn[good]

    @cached_property
    def variation(self) -> float:
        """How much the scale differs over the extent, of its least value: 0.02 is 2 %."""
        least, most, _ = self.factors
        return float(most.max() / least.min() - 1) if len(least) else math.inf

    @cached_property
    def convergence_deg(self) -> float:
        """The angle between the meridians that differ most over the extent, degrees."""
        *_, turn = self.factors
        return float(np.ptp(turn)) if len(turn) else math.inf

    @cached_property
    def scale_number(self) -> float:
        """N of 1:N at the centre of the extent: what a millimetre of paper is there."""
        lon, lat = centre_deg(self.extent)
        factors = Proj(self.crs).get_factors(lon, min(max(lat, -89.9), 89.9), errcheck=False)
        areal = float(factors.areal_scale)
        point_scale = math.sqrt(areal) if 0 < areal < 1e6 else 1.0
        return 1000 / (self.mm_per_m * point_scale)


def round_scale(number: float) -> float:
    """The next scale number up that is round: 11 234 567 becomes 12 000 000."""
    power = 10.0 ** math.floor(math.log10(number))
    mantissa = next(item for item in ROUND if item >= number / power - 1e-9)
    return mantissa * power


def fit(projection: Projection, extent: Extent, box: Box) -> MapFrame:
    """The window that shows the whole extent as large as the box allows, at a round scale.

    Raises
    ------
    InputError
        The projection cannot show the extent.
    """
    left, bottom, right, top = projected_bounds(projection, extent)
    per_m = min(box.width / max(right - left, 1e-6), box.height / max(top - bottom, 1e-6))
    middle = (left + right) / 2, (bottom + top) / 2
    raw = MapFrame(projection, extent, box, *middle, per_m)
    wanted = round_scale(raw.scale_number)
    if not wanted < SMALLEST_SCALE:
        raise InputError(f"extent {list(extent)} does not fit the page in this projection")
    return MapFrame(projection, extent, box, *middle, per_m * raw.scale_number / wanted)


def with_whole_earth(map_frame: MapFrame, margin: float) -> MapFrame:
    """The window moved so that it cuts no side off an Earth for which it is large enough.

    A map that shows the rim of the Earth on one side and cuts it on the other misleads the eye.

    Parameters
    ----------
    map_frame : MapFrame
        What the sheet shows.
    margin : float
        Between the rim and the neatline, mm.
    """
    west, south, east, north = _whole_bounds(map_frame)
    half_x = (map_frame.box.width / 2 - margin) / map_frame.mm_per_m
    half_y = (map_frame.box.height / 2 - margin) / map_frame.mm_per_m
    x, y = map_frame.x, map_frame.y
    if east - west <= 2 * half_x:
        x = min(max(x, east - half_x), west + half_x)
    if north - south <= 2 * half_y:
        y = min(max(y, north - half_y), south + half_y)
    return replace(map_frame, x=x, y=y)


def shows_the_rim(map_frame: MapFrame) -> bool:
    """Whether a side of the window lies beyond the rim of the Earth."""
    return len(map_frame.outline) < RIM_POINTS


def cuts_the_earth(map_frame: MapFrame) -> bool:
    """Whether the window shows the rim of the Earth, and yet not the whole of it."""
    left, bottom, right, top = map_frame.bounds
    west, south, east, north = _whole_bounds(map_frame)
    if left <= west and bottom <= south and right >= east and top >= north:
        return False
    return shows_the_rim(map_frame)


def _whole_bounds(map_frame: MapFrame) -> tuple[float, float, float, float]:
    meridian = map_frame.meridian
    return projected_bounds(map_frame.projection, (meridian - 180, -90.0, meridian + 180, 90.0))


@lru_cache(maxsize=64)
def projected_bounds(projection: Projection, extent: Extent) -> tuple[float, float, float, float]:
    """The projected rectangle around an extent: left, bottom, right, top in metres."""
    probe = MapFrame(projection, extent, Box(0, 0, 1, 1), 0, 0, 1e-6)
    west, south, _, north = extent
    lon = west + np.linspace(0, 1, 73) * min(width_deg(extent), 360 - 1e-9)
    grid = np.meshgrid(short_way(lon), np.linspace(south, north, 73))
    x, y = probe.forward(grid[0].ravel(), grid[1].ravel())
    good = np.isfinite(x) & np.isfinite(y)
    if not good.any():
        raise InputError(
            f"projection {projection.definition!r} cannot show the extent {list(extent)}; "
            "name another, or none for the rule"
        )
    x, y = x[good], y[good]
    return float(x.min()), float(y.min()), float(x.max()), float(y.max())
