"""The ground within a distance of lines, and the nearest place of a shape: geometry to be drawn.

What is decided is decided by `shekara.measuring.near`; these shapes show it. A plane around each
piece keeps distances to one part in a thousand up to 500 km from its middle.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
import shapely
from pyproj import Geod, Proj
from shapely.geometry.base import BaseGeometry

from shekara.geometry.arrays import Floats
from shekara.geometry.geocentric import geocentric_m
from shekara.geometry.longitudes import short_way, whole_turns
from shekara.measuring.near import STEP_M, pieces
from shekara.measuring.size import WGS84, edges

Geometries = npt.NDArray[np.object_]

CHUNK_M = 100_000.0  # lines are taken in stretches of about this length
ROUNDNESS = 12  # chords to a quarter of a circle: a hundredth of the width is left out
FINENESS = 100  # detail below this part of the width does not show


def around(geometries: Geometries, width_m: float, on: Geod = WGS84) -> BaseGeometry:
    """Everything within a distance of lines, points or areas, as polygons (lon lat, degrees).

    Longitudes run on past 180 degrees. Where a pole lies within the distance that stretch is left
    out: no ring of longitudes and latitudes goes round a pole.
    """
    grown = [
        _grown(chunk, width_m, on)
        for part in shapely.get_parts(np.array(list(geometries), dtype=object))
        for chunk in _chunks(part, on)
    ]
    areas = [g for g in geometries if g is not None and g.geom_type.endswith("Polygon")]
    return shapely.union_all([shape for shape in (*grown, *areas) if shape is not None])


def _chunks(shape: BaseGeometry, on: Geod) -> Iterator[Floats]:
    """Positions of a shape's outlines in stretches, each beginning where the last one ended."""
    if shape.geom_type == "Point":
        yield shapely.get_coordinates(shape)
        return
    rings = [shape.exterior, *shape.interiors] if isinstance(shape, shapely.Polygon) else [shape]
    for ring in rings:
        points = shapely.get_coordinates(ring)
        step_m = np.asarray(on.inv(*points[:-1].T, *points[1:].T)[2])
        dense = [points[:1]]
        for start, end, length in zip(points[:-1], points[1:], step_m, strict=True):
            count = int(length // CHUNK_M)
            if count:
                dense.append(
                    np.array(on.npts(start[0], start[1], end[0], end[1], count)).reshape(-1, 2)
                )
            dense.append(end[None])
        points = np.concatenate(dense)
        far = np.concatenate([[0.0], np.cumsum(on.inv(*points[:-1].T, *points[1:].T)[2])])
        cuts = np.flatnonzero(np.diff(far // CHUNK_M)) + 1
        for first, last in zip([0, *cuts], [*cuts, len(points) - 1], strict=True):
            if last > first:
                yield points[first : last + 1]


def _grown(points: Floats, width_m: float, on: Geod) -> BaseGeometry | None:
    """A stretch with everything within a distance of it; None where that holds a pole."""
    lon, lat = map(float, points[len(points) // 2])
    plane = Proj(proj="aeqd", lon_0=lon, lat_0=lat, a=on.a, b=on.b)
    flat = np.column_stack(plane(points[:, 0], points[:, 1]))
    shape: BaseGeometry = shapely.Point(flat[0]) if len(flat) == 1 else shapely.LineString(flat)
    shape = shapely.simplify(shape, width_m / FINENESS).buffer(width_m, quad_segs=ROUNDNESS)
    poles = np.column_stack(plane([0.0, 0.0], [90.0, -90.0]))
    if shapely.contains_xy(shape, poles[:, 0], poles[:, 1]).any():
        return None

    def back(xy: Floats) -> Floats:
        far, up = plane(xy[:, 0], xy[:, 1], inverse=True)
        return np.column_stack([lon + short_way(np.asarray(far) - lon), up])

    return shapely.transform(shape, back)


def nearest_lines(points: Floats, geometries: Geometries, on: Geod = WGS84) -> list[BaseGeometry]:
    """The shortest line from each position to any of some shapes; no length inside an area."""
    table = pieces(edges(geometries), STEP_M, on)
    parts = shapely.get_parts(np.array(list(geometries), dtype=object))
    single = shapely.get_coordinates(parts[shapely.get_type_id(parts) == 0])
    ends = np.concatenate([table.start, single]), np.concatenate([table.end, single])
    return [_nearest(point, ends, on) for point in np.atleast_2d(points)]


def _nearest(point: Floats, ends: tuple[Floats, Floats], on: Geod) -> BaseGeometry:
    """The shortest line from a position to short edges, in the plane around the position."""
    plane = Proj(proj="aeqd", lon_0=point[0], lat_0=point[1], a=on.a, b=on.b)
    start, end = (np.column_stack(plane(p[:, 0], p[:, 1])) for p in ends)
    way = end - start
    size = (way**2).sum(axis=1)
    along = np.clip(-(start * way).sum(axis=1) / np.where(size > 0, size, 1.0), 0.0, 1.0)
    places = start + along[:, None] * way
    x, y = places[int(np.hypot(*places.T).argmin())]
    lon, lat = plane(x, y, inverse=True)
    turn = whole_turns(float(lon), point[0])
    return shapely.LineString([(point[0], point[1]), (float(lon) + turn, float(lat))])


def shortest_line(a: Geometries, b: Geometries, on: Geod = WGS84) -> BaseGeometry:
    """The shortest line between two sets of shapes, found from their vertices and then refined."""
    from scipy.spatial import cKDTree  # late: slow to import

    here, there = (shapely.get_coordinates(list(shapes)) for shapes in (a, b))
    tree = cKDTree(geocentric_m(there[:, 0], there[:, 1], on))
    away, _ = tree.query(geocentric_m(here[:, 0], here[:, 1], on))
    line = nearest_lines(here[int(np.argmin(away))], b, on)[0]
    # From the far end back and there again: both ends come to rest at the nearest places.
    for shapes in (a, b):
        line = nearest_lines(shapely.get_coordinates(line)[1], shapes, on)[0]
    return line
