"""The shapes of a map at the detail that a page can show, each border written once."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import replace
from itertools import pairwise

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry.base import BaseGeometry

from shekara.geometry.longitudes import whole_turns
from shekara.scene.model import Feature, Scene, SceneClaim, SceneLayer
from shekara.web.contract import Parts, PointShape
from shekara.web.detail import ArcSet, Levels, Room, Vertices, fitting, zipped
from shekara.web.naming import far_parts, label_spot
from shekara.web.topology import Topology, build
from shekara.web.window import clipped, framed, turned

# A map fills about 1000 pixels when it opens: a level of detail is a pixel after so many doublings
# of the zoom. Six are offered with full sharpness, up to nine where the data have more.
PIXELS = 1000
TOLD_LEVELS = Levels(coarsest=-2, finest=9, usual=6, opening=2)
# The background is looked at from farther away; it opens with what is good for 2,000 pixels.
GROUND_LEVELS = Levels(coarsest=-2, finest=5, usual=3, opening=1)
# Shapes that show a claim are looked at whole.
EVIDENCE_COARSER = 4
# Characters for all arcs of a page and for which of them each shape is made of: with program,
# typeface and relief it stays below 0.9 MB.
ROOM = Room(first=240_000, whole=450_000)
# The share of what is told where there is a background, too; the background has the rest.
TOLD = 0.65
# A part of the background is large from this share of the extent on.
LARGE = 0.004
# Never finer than this (degrees, about 0.1 m): files hold seven decimals at most.
FINEST = 1e-6
# One degree of a meridian of WGS 84 in metres at 45 degrees, for stating the detail in a note.
METRES_PER_DEGREE = 111_132.0


class Outlines:
    """What a scene draws, at its full detail: the part of its shapes that is made once."""

    def __init__(self, scene: Scene) -> None:
        self.extent = turned(scene.extent)
        west, south, east, north = self.extent
        self.pixel = max(east - west, north - south) / PIXELS
        # Nothing finer than the positions of files.
        self.finest = min(TOLD_LEVELS.finest, math.floor(math.log2(self.pixel / FINEST)))
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
            for feature in layer.features:
                self._sort(feature, layer.basemap)
        # Layers that lie beyond all that a reader can push the map to, and that no claim names.
        told = {claim.layer for claim in scene.claims}
        named = self._claimed | {name for claim in scene.claims for name in claim.against}
        self.unseen = frozenset(
            layer.name
            for layer in scene.layers
            if layer.name not in told
            and not any(each.id in named for each in layer.features)
            and self._beyond(layer)
        )
        for claim in scene.claims:
            for number, figure in enumerate(claim.evidence):
                self._put(evidence_id(claim, number), figure.geometry, EVIDENCE_COARSER)

    def _sort(self, feature: Feature, basemap: bool) -> None:
        geometry = feature.geometry
        if geometry is None or geometry.is_empty:
            return
        if basemap:
            self.background.add(feature.id)
        drawn = self._put(feature.id, geometry, 1)
        if feature.id in self.points:
            self.anchors[feature.id] = shapely.get_parts(self.points[feature.id])[0]
        if drawn is not None and (feature.label or self._to_be_named(feature, basemap, drawn)):
            spot = label_spot(drawn, self.extent, self.pixel * (8 if basemap else 1))
            if spot is not None:
                rest = [] if basemap else far_parts(drawn, spot, self.extent, self.pixel)
                self.anchors[feature.id] = shapely.geometrycollections([spot, *rest])

    def _beyond(self, layer: SceneLayer) -> bool:
        shapes = [each.geometry for each in layer.features if each.geometry is not None]
        return bool(shapes) and all(clipped(each, self.frame).is_empty for each in shapes)

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

    Arcs of what is told come before those of the background alone; both are as fine as the room
    for them allows.
    """

    def __init__(self, outlines: Outlines, room: Room = ROOM) -> None:
        self.extent, self.frame = outlines.extent, outlines.frame
        self.unseen = outlines.unseen
        self._centre = outlines.centre
        self._number = {name: number for number, name in enumerate(outlines.lines)}
        quiet = np.array([name in outlines.background for name in outlines.lines], dtype=bool)
        cut = _Cut(outlines, quiet)
        share = TOLD if quiet.any() and not quiet.all() else 1.0
        self.told = cut.fitting(False, Room(int(room.first * share), int(room.whole * share)))
        self.drawn = cut.topology.shapes
        first = room.first - len(self.told.arcs)
        left = room.whole - len(self.told.arcs + self.told.finer)
        # The background has what is left, without what is needed to put shapes together.
        numbers = len(zipped(json.dumps(self.drawn, separators=(",", ":")).encode()))
        self.ground = cut.fitting(True, Room(first, max(left - numbers, left // 2)))
        # To this many doublings of the zoom nothing is missing that the data have.
        self.doublings = self.told.doublings
        # What is left out, and half of a step in both directions.
        error = outlines.pixel / 2**self.doublings + self.told.quantum / math.sqrt(2)
        self.tolerance_m = error * METRES_PER_DEGREE
        self._digits = max(0, math.ceil(-math.log10(self.told.quantum))) + 1
        self._points = self._pairs(outlines.points)
        self._anchors = self._pairs(outlines.anchors)

    def of(self, feature: str) -> PointShape | Parts | None:
        """Parts of arc numbers (lines), parts of rings (polygons), and points as lon lat pairs."""
        drawn = self.drawn[self._number[feature]] if feature in self._number else None
        if feature in self._points:
            return {"p": self._points[feature], "s": drawn or []}
        return drawn

    def anchors(self, feature: str) -> list[list[float]]:
        """Lon lat where a feature's name is placed, and its popup at the first of them; parts far
        from each other have a name each. None where it has no name and is no point."""
        return self._anchors.get(feature, [])

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


class _Cut:
    """The lines of a scene cut into arcs at the finest steps, and what of them a level keeps."""

    def __init__(self, outlines: Outlines, quiet: npt.NDArray[np.bool_]) -> None:
        self._quiet, self._pixel = quiet, outlines.pixel
        self._factor = np.array(list(outlines.factor.values()), dtype=float)
        self._finest = outlines.finest
        quantum = outlines.pixel / 2**self._finest / 2
        given = list(outlines.lines.values())
        self.topology: Topology = build(given, quiet.tolist(), quantum, outlines.centre)

    def fitting(self, ground: bool, room: Room) -> ArcSet:
        """The arcs of the background alone, or all others, as fine as they find room."""
        whole, told = self.topology, self.topology.told
        arcs = whole.arcs[told:] if ground else whole.arcs[:told]
        users = whole.uses[(whole.uses[:, 0] >= told) == ground] - [told if ground else 0, 0]

        def vertices(level: int) -> Vertices:
            return Vertices(arcs, users, whole.quantum, 2 ** (self._finest - level))

        def tolerance(level: int) -> npt.NDArray[np.float64]:
            # Where the background touches what is told it is as fine as that.
            return self._pixel / 2.0**level * self._factor

        levels = GROUND_LEVELS if ground else TOLD_LEVELS
        levels = replace(levels, finest=min(levels.finest, self._finest))
        return fitting(vertices, tolerance, self._quiet, room, levels)


def evidence_id(claim: SceneClaim, number: int) -> str:
    """Under which name a shape that shows a claim is kept; no feature's id begins so."""
    return f" {claim.id}/{number}"


def _parts(geometry: BaseGeometry) -> list[BaseGeometry]:
    """The points, lines and polygons that a geometry is made of."""
    if not hasattr(geometry, "geoms"):
        return [] if geometry.is_empty else [geometry]
    return [piece for part in geometry.geoms for piece in _parts(part)]
