"""The shapes of a map at the detail that a page can show, each border written once."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from functools import cached_property
from itertools import pairwise

import numpy as np
import shapely
from shapely.errors import GEOSException
from shapely.geometry.base import BaseGeometry

from shekara.geometry.longitudes import east_of, whole_turns
from shekara.scene.model import Feature, Scene, SceneClaim
from shekara.web.contract import Parts, PointShape
from shekara.web.topology import Topology, build, packed

# A map fills about 1000 pixels when it opens; six doublings of the zoom (64 times) are offered
# with full sharpness. Finer detail than a pixel of the last step cannot be seen on the page.
PIXELS = 1000
ZOOMS = 6
# Background shapes are looked at from farther away: three doublings less.
BASEMAP_COARSER = 8
# Shapes that show a claim are looked at whole.
EVIDENCE_COARSER = 4
# A part of the background is large from this share of the extent on.
LARGE = 0.004
# A map shows at least this much (degrees, about 2 km).
LEAST = 0.02
# Never finer than this (degrees, about 0.1 m): files hold seven decimals at most.
FINEST = 1e-6
# One degree of a meridian of WGS 84 in metres at 45 degrees, for stating the detail in a note.
METRES_PER_DEGREE = 111_132.0
# How far (share of the extent's longer side) a reader can push the map beyond its extent; the
# background is cut there, since nobody sees it. Wide and tall windows see this much at most.
MARGIN = 1.3


class Outlines:
    """What a scene draws, at its full detail: the part of its shapes that is made once."""

    def __init__(self, scene: Scene) -> None:
        self.extent = turned(scene.extent)
        west, south, east, north = self.extent
        self.tolerance = max(max(east - west, north - south) / PIXELS / 2**ZOOMS, FINEST)
        self.centre = (west + east) / 2
        self.frame = framed(self.extent)
        self._claimed = {name for claim in scene.claims for name in claim.features}
        # Lines and areas by id, each with how many times coarser than usual it may be.
        self.lines: dict[str, BaseGeometry] = {}
        self.factor: dict[str, int] = {}
        self.background: set[str] = set()
        self.points: dict[str, BaseGeometry] = {}
        self.anchors: dict[str, BaseGeometry] = {}
        for layer in scene.layers:
            factor = BASEMAP_COARSER if layer.basemap else 1
            for feature in layer.features:
                self._sort(feature, layer.basemap, factor)
        for claim in scene.claims:
            for number, figure in enumerate(claim.evidence):
                self._put(evidence_id(claim, number), figure.geometry, EVIDENCE_COARSER)

    def _sort(self, feature: Feature, basemap: bool, factor: int) -> None:
        geometry = feature.geometry
        if geometry is None or geometry.is_empty:
            return
        if basemap:
            self.background.add(feature.id)
        drawn = self._put(feature.id, geometry, factor)
        if feature.id in self.points:
            self.anchors[feature.id] = shapely.get_parts(self.points[feature.id])[0]
        if drawn is not None and (feature.label or self._to_be_named(feature, basemap, drawn)):
            spot = label_spot(drawn, self.extent, self.tolerance * factor * 2**ZOOMS)
            if spot is not None:
                self.anchors[feature.id] = spot

    def _to_be_named(self, feature: Feature, basemap: bool, drawn: BaseGeometry) -> bool:
        """Whether a feature without a label may need its name: it is claimed, or large."""
        if not feature.name:
            return False
        if not basemap:
            return feature.id in self._claimed
        west, south, east, north = self.extent
        seen = clipped(drawn, self.extent)
        return bool(seen.area > LARGE * (east - west) * (north - south))

    def _put(self, name: str, geometry: BaseGeometry, factor: int) -> BaseGeometry | None:
        """Keep a shape's points and its lines under a name; the lines, if it has any."""
        if isinstance(geometry, shapely.Point):
            self.points[name] = geometry
            return None
        parts = _parts(geometry)
        spots = [part for part in parts if isinstance(part, shapely.Point)]
        if spots:
            self.points[name] = shapely.MultiPoint(spots)
            if len(spots) == len(parts):
                return None
        if name in self.background:
            geometry = clipped(geometry, self.frame)
        if geometry.is_empty:
            return None
        self.lines[name] = geometry
        self.factor[name] = factor
        return geometry


class Shapes:
    """Geometry of all features of a scene by id, as arc numbers or points.

    `coarser` says how many times coarser than usual everything is, and `ground` the background.
    """

    def __init__(self, outlines: Outlines, coarser: int = 1, ground: int = 1) -> None:
        tolerance = outlines.tolerance * coarser
        self.extent, self.frame = outlines.extent, outlines.frame
        # To this many doublings of the zoom nothing is missing that the data have.
        self.doublings = ZOOMS - round(math.log2(coarser))
        self.tolerance_m = tolerance * METRES_PER_DEGREE
        self.quantum = tolerance / 2
        self._centre = outlines.centre
        self._digits = max(0, math.ceil(-math.log10(self.quantum))) + 1
        limits = [
            tolerance * factor * (ground if name in outlines.background else 1)
            for name, factor in outlines.factor.items()
        ]
        given = list(outlines.lines.values())
        self.topology: Topology = build(given, limits, self.quantum, self._centre)
        self._number = {name: number for number, name in enumerate(outlines.lines)}
        self._points = self._pairs(outlines.points)
        self._anchors = self._pairs(outlines.anchors)

    def of(self, feature: str) -> PointShape | Parts | None:
        """Parts of arc numbers (lines), parts of rings (polygons), and points as lon lat pairs."""
        drawn = self.topology.shapes[self._number[feature]] if feature in self._number else None
        if feature in self._points:
            return {"p": self._points[feature], "s": drawn or []}
        return drawn

    def anchor(self, feature: str) -> list[float] | None:
        """Lon lat where a feature's name and popup are placed, if it has a name or is a point."""
        places = self._anchors.get(feature)
        return places[0] if places else None

    @cached_property
    def arcs(self) -> bytes:
        """All arcs, packed."""
        return packed(self.topology.arcs)

    def _pairs(self, geometries: Mapping[str, BaseGeometry]) -> dict[str, list[list[float]]]:
        """Longitude and latitude of points by id, rounded, within half a turn of the middle."""
        places, of = shapely.get_coordinates(
            np.array(list(geometries.values()), dtype=object), return_index=True
        )
        places[:, 0] += whole_turns(places[:, 0], self._centre)
        rounded = [
            [round(lon, self._digits), round(lat, self._digits)] for lon, lat in places.tolist()
        ]
        starts = np.searchsorted(of, np.arange(len(geometries) + 1)).tolist()
        return {
            name: rounded[start:end]
            for name, (start, end) in zip(geometries, pairwise(starts), strict=True)
        }


def evidence_id(claim: SceneClaim, number: int) -> str:
    """Under which name a shape that shows a claim is kept; no feature's id begins so."""
    return f" {claim.id}/{number}"


def _parts(geometry: BaseGeometry) -> list[BaseGeometry]:
    """The points, lines and polygons that a geometry is made of."""
    if not hasattr(geometry, "geoms"):
        return [] if geometry.is_empty else [geometry]
    return [piece for part in geometry.geoms for piece in _parts(part)]


def turned(extent: Sequence[float]) -> tuple[float, float, float, float]:
    """The extent with east beyond west: a map across the antimeridian runs past 180 degrees.

    An extent that is a point gets a little land around it.
    """
    west, south, east, north = extent
    east = east_of(west, east)
    wide, high = (max(0.0, LEAST - (b - a)) / 2 for a, b in ((west, east), (south, north)))
    return (west - wide, south - high, east + wide, north + high)


def framed(extent: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
    """The extent with the margin that a reader can reach around it."""
    west, south, east, north = extent
    reach = max(east - west, north - south) * MARGIN
    return (west - reach, max(-90.0, south - reach), east + reach, min(90.0, north + reach))


def clipped(geometry: BaseGeometry, frame: tuple[float, float, float, float]) -> BaseGeometry:
    """The part of a geometry inside a frame; a frame across the antimeridian has two halves."""
    west, south, east, north = frame
    if east - west >= 360:
        return geometry
    shifts = [turn for turn in (-360.0, 0.0, 360.0) if west < 180 + turn and east > -180 + turn]
    parts = [_cut(geometry, west - turn, south, east - turn, north) for turn in shifts]
    parts = [part for part in parts if not part.is_empty]
    if len(parts) == 1:
        return parts[0]
    return shapely.geometrycollections(parts)


def _cut(
    geometry: BaseGeometry, west: float, south: float, east: float, north: float
) -> BaseGeometry:
    left, low, right, high = geometry.bounds
    if left >= west and low >= south and right <= east and high <= north:
        return geometry
    try:
        return shapely.clip_by_rect(geometry, west, south, east, north)
    except GEOSException:
        # Rings that cross themselves cannot be cut; repaired ones can.
        return shapely.clip_by_rect(shapely.make_valid(geometry), west, south, east, north)


def label_spot(
    geometry: BaseGeometry, frame: tuple[float, float, float, float], detail: float
) -> BaseGeometry | None:
    """Where a name stands: the middle of a line, the roomiest place of an area, in the frame.

    Parameters
    ----------
    geometry
        Lines or polygons, degrees.
    frame
        What is seen when the map opens; a part inside it is preferred.
    detail
        Degrees that do not matter for placing a name.
    """
    seen = clipped(geometry, frame)
    parts: list[BaseGeometry] = [
        piece
        for part in shapely.get_parts(geometry if seen.is_empty else seen)
        for piece in shapely.get_parts(part)
        if not piece.is_empty
    ]
    areas = [part for part in parts if isinstance(part, shapely.Polygon)]
    lines = [part for part in parts if part.geom_type in ("LineString", "LinearRing")]
    if areas:
        spot = _roomiest(max(areas, key=lambda part: part.area), detail)
    elif lines:
        longest = max(lines, key=lambda part: part.length)
        spot = longest.interpolate(0.5, normalized=True)
    else:
        return None
    return spot


def _roomiest(area: shapely.Polygon, detail: float) -> shapely.Point:
    """Centre of the largest circle in an area."""
    thin = shapely.make_valid(shapely.simplify(area, detail))
    pieces = [piece for piece in shapely.get_parts(thin) if isinstance(piece, shapely.Polygon)]
    if not pieces:
        return area.representative_point()
    circle = shapely.maximum_inscribed_circle(max(pieces, key=lambda p: p.area), detail)
    return area.representative_point() if circle is None else shapely.Point(circle.coords[0])
