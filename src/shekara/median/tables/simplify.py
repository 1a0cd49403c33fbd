"""Simplified lines: fewer turning points, and on each side as much area as before."""

from __future__ import annotations

import numpy as np
import shapely

from shekara.errors import UsageError
from shekara.median.ellipsoid import Floats, Globe, Plane, globe


def simplify_line(
    line: shapely.LineString, tolerance_m: float, *, ellipsoid: str = "WGS84"
) -> shapely.LineString:
    """The line with fewer vertices: it strays no farther, and exchanges equal areas.

    Vertices go one by one, the least change first. Two neighbours B and C of a stretch A B C D
    become one point E at which the areas lost and won on both sides are equal (segment collapse:
    Kronenfeld and others 2020, doi:10.1080/23729333.2019.1631535), as long as the new piece and
    the old line stay within the tolerance. What the plane of the work leaves between straight
    edges and geodesics is settled at the end by one point. Ends stay where they are.
    Coordinates are longitude and latitude in degrees, tolerance metres.
    """
    if not (np.isfinite(tolerance_m) and tolerance_m > 0):
        raise UsageError(f"simplification: {tolerance_m} m; give a length above zero")
    earth = globe(ellipsoid)
    lonlat = shapely.get_coordinates(line)
    u = earth.conformal(lonlat[:, 0], lonlat[:, 1])
    plane = _EqualArea(earth, Plane.at(u.mean(axis=0)))
    old = plane.project(lonlat)
    path = _Path(old, tolerance_m)
    path.collapse()
    places = [lonlat[number] if number >= 0 else plane.lift(p) for p, number in path.points()]
    return shapely.LineString(_settle_area(earth, lonlat, np.array(places)))


def _settle_area(earth: Globe, old: Floats, new: Floats) -> Floats:
    """The new line with one point shifted so that geodesic areas are equal."""
    if len(new) < 3:
        return new
    new = new.copy()
    before, after = new[:-2], new[2:]
    ahead, _, length = earth.inverse(before[:, 0], before[:, 1], after[:, 0], after[:, 1])
    longest = int(np.argmax(length))
    for _ in range(4):
        ring = np.concatenate([old, new[::-1]])
        surplus = float(earth.geod.polygon_area_perimeter(ring[:, 0], ring[:, 1])[0])
        # The triangle over the long side grows by half the side for each metre of shift.
        shift = np.array([2 * surplus / length[longest]])
        side = np.radians(ahead[[longest]])
        moved = earth.move(
            new[[longest + 1], 0],
            new[[longest + 1], 1],
            shift * np.cos(side),
            -shift * np.sin(side),
        )
        new[longest + 1] = moved[0][0], moved[1][0]
    return new


class _Path:
    """A chain of points that shrinks; each knows which stretch of the old line it replaces."""

    def __init__(self, old: Floats, tolerance_m: float) -> None:
        self.old, self.limit = old, tolerance_m
        self.xy = list(old)
        # The old vertices that the stretch up to the next point stands for.
        self.source = list(range(len(old)))
        self.kept = list(range(len(old)))
        self.best = [self._try(at) for at in range(len(old) - 3)]

    def points(self) -> list[tuple[Floats, int]]:
        """Points and the number of the old vertex that each is, or -1."""
        return list(zip(self.xy, self.kept, strict=True))

    def _try(self, at: int) -> tuple[float, Floats | None]:
        point = _collapse(*self.xy[at : at + 4])
        if point is None:
            return np.inf, None
        piece = shapely.LineString(np.array([self.xy[at], point, self.xy[at + 3]]))
        path = shapely.LineString(self.old[self.source[at] : self.source[at + 3] + 1])
        away = float(shapely.hausdorff_distance(piece, path, densify=0.25))
        return (away, point) if away <= self.limit else (np.inf, None)

    def collapse(self) -> None:
        """Takes out what the tolerance allows, the least change first."""
        while self.best:
            at = int(np.argmin([b[0] for b in self.best]))
            point = self.best[at][1]
            if point is None:
                return
            self.xy[at + 1 : at + 3] = [point]
            self.kept[at + 1 : at + 3] = [-1]
            # The new point stands near the old vertex nearest to it; only stretches between
            # points that remain old vertices are compared from end to end.
            low, high = self.source[at], self.source[at + 3]
            near = low + int(np.argmin(np.hypot(*(self.old[low : high + 1] - point).T)))
            self.source[at + 1 : at + 3] = [near]
            del self.best[at]
            for j in range(max(at - 2, 0), min(at + 2, len(self.xy) - 3)):
                self.best[j] = self._try(j)
            del self.best[max(len(self.xy) - 3, 0) :]


class _EqualArea:
    """A plane about the line in which areas and distances are those of the ellipsoid, nearly.

    Lambert's azimuthal equal-area projection of PROJ on the ellipsoid.
    """

    def __init__(self, earth: Globe, plane: Plane) -> None:
        from pyproj import Transformer

        lon, lat = earth.from_conformal(plane.centre[None])
        text = (
            f"+proj=laea +lon_0={lon[0]:.10f} +lat_0={lat[0]:.10f} "
            f"+a={earth.geod.a} +b={earth.geod.b} +units=m"
        )
        geographic = f"+proj=longlat +a={earth.geod.a} +b={earth.geod.b}"
        self._to = Transformer.from_crs(geographic, text, always_xy=True)

    def project(self, lonlat: Floats) -> Floats:
        """Plane coordinates in metres."""
        return np.column_stack(self._to.transform(lonlat[:, 0], lonlat[:, 1]))

    def lift(self, xy: Floats) -> Floats:
        """Longitude and latitude of one point."""
        return np.array(self._to.transform(xy[0], xy[1], direction="INVERSE"))


def _cross(a: Floats, b: Floats) -> float:
    return float(a[0] * b[1] - a[1] * b[0])


def _collapse(a: Floats, b: Floats, c: Floats, d: Floats) -> Floats | None:
    """The point E for which the path A E D leaves the same area as A B C D."""
    chord = d - a
    size = float(np.hypot(*chord))
    if size == 0:
        return None
    # Twice the area between A B C D and its chord fixes the height of E above the chord.
    twice = _cross(b - a, c - a) + _cross(c - a, d - a)
    height = twice / size
    normal = np.array([-chord[1], chord[0]]) / size
    high_b, high_c = float((b - a) @ normal), float((c - a) @ normal)
    # E continues the side of the farther vertex: it stays on AB or on CD prolonged.
    goal = -height
    first, last = (b - a, high_b, a), (c - d, high_c, d)
    for way, high, start in (first, last) if abs(high_b) >= abs(high_c) else (last, first):
        if abs(high) > 1e-9:
            e: Floats = start + way * (goal / high)
            return e
    return (b + c) / 2
