"""Where the names of lines and areas stand on a page."""

from __future__ import annotations

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from shekara.geometry.far_parts import named_again
from shekara.geometry.longitudes import whole_turns
from shekara.web.window import clipped

# Parts of an area that say its name again are farther apart than this share of the extent; areas
# of very many parts have one name.
FAR = 0.05
MOST_PARTS = 200


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


def far_parts(
    geometry: BaseGeometry,
    spot: BaseGeometry,
    frame: tuple[float, float, float, float],
    detail: float,
) -> list[BaseGeometry]:
    """Where the name of an area stands once more: in parts of its size so far from the others that
    bear it that nobody would see that they belong together; the largest first. Small islands of a
    large area have no name of their own, and an archipelago has one.

    Parameters
    ----------
    geometry
        Lines or polygons, degrees; lines have one name.
    spot
        Where the first name stands.
    frame
        What is seen when the map opens.
    detail
        Degrees that do not matter for placing a name.
    """
    west, south, east, north = frame
    middle = (west + east) / 2
    # What is cut at 180 degrees is put together there, as the map does it.
    spot = _beside(spot, middle)
    far = FAR * max(east - west, north - south)
    parts = [part for part in _simple(geometry) if isinstance(part, shapely.Polygon)]
    if not 1 < len(parts) <= MOST_PARTS:
        return []
    whole = shapely.union_all([shapely.make_valid(_beside(part, middle)) for part in parts])
    parts = [part for part in _simple(whole) if isinstance(part, shapely.Polygon)]
    named = [part for part in parts if part.distance(spot) <= 0]
    return [_roomiest(part, detail) for part in named_again(parts, named, far)]


def _beside(shape: BaseGeometry, middle: float) -> BaseGeometry:
    """A shape moved by whole turns to within half a turn of a longitude."""
    left, _, right, _ = shape.bounds
    turn = float(whole_turns(np.array([(left + right) / 2]), middle)[0])
    return shape if not turn else shapely.transform(shape, lambda xy: xy + np.array([turn, 0.0]))


def _roomiest(area: shapely.Polygon, detail: float) -> shapely.Point:
    """Centre of the largest circle in an area."""
    thin = shapely.make_valid(shapely.simplify(area, detail))
    pieces = [piece for piece in shapely.get_parts(thin) if isinstance(piece, shapely.Polygon)]
    if not pieces:
        return area.representative_point()
    circle = shapely.maximum_inscribed_circle(max(pieces, key=lambda p: p.area), detail)
    return area.representative_point() if circle is None else shapely.Point(circle.coords[0])


def _simple(geometry: BaseGeometry) -> list[BaseGeometry]:
    """The parts of a geometry that have no parts themselves."""
    if not hasattr(geometry, "geoms"):
        return [geometry]
    return [piece for part in geometry.geoms for piece in _simple(part)]
