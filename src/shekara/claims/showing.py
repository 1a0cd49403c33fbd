"""What a claim measured as shapes to be drawn: corridors, offsets, nearest places, the lines.

Shapes show a measurement and decide nothing. A claim that rests on figures or documents has none.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from shekara import measuring
from shekara.measuring.around import around, nearest_lines, shortest_line

Geometries = NDArray[np.object_]
# corridor: the ground within a distance · near: the part of the lines in it · offset: from a line
# to the nearest place of another · greatest: the longest of these · distance: the shortest way ·
# contact: what two outlines share · walk: a line as dividers of one opening walk it · subject:
# what was measured, where the map does not draw it.
Role = Literal["corridor", "near", "offset", "greatest", "distance", "contact", "walk", "subject"]

STICKS = 24  # offsets that are drawn along all lines: enough to see them grow and shrink
PIECE_M = 1000.0
METRES_PER_DEGREE = 111_320.0  # of the equator


@dataclass(frozen=True)
class Figure:
    """A shape that shows what was measured.

    Attributes
    ----------
    role : what it shows.
    geometry : WGS 84, lon lat, degrees.
    metres : the width of a corridor, the length of an offset, distance, opening; None for none.
    """

    role: Role
    geometry: BaseGeometry
    metres: float | None = None


def corridor(
    lines: Geometries, others: Geometries, width_m: float, clip: BaseGeometry | None = None
) -> tuple[Figure, ...]:
    """The corridor around other lines, and the parts of the lines that lie in it."""
    ground = around(others, width_m)
    inside = lines
    if clip is not None:
        # Cut a little coarsely: a border's detail does not show beside a corridor.
        clip = shapely.simplify(clip, width_m / METRES_PER_DEGREE / 20)
        ground = shapely.intersection(shapely.make_valid(ground), shapely.make_valid(clip))
        inside = shapely.intersection(lines, clip)
    near = shapely.union_all(shapely.intersection(inside, ground))
    figures = (Figure("corridor", ground, width_m), Figure("near", near))
    return tuple(figure for figure in figures if not figure.geometry.is_empty)


def offsets(lines: Geometries, others: Geometries) -> Iterator[Figure]:
    """Lines to the nearest places of the others, evenly spread; the greatest for itself."""
    along = measuring.sample(lines, PIECE_M)
    if not len(along.points):
        return
    away = measuring.distances_to_m(along.points, others)
    corners = shapely.get_coordinates(list(lines))
    reach = measuring.distances_to_m(corners, others)
    positions = np.concatenate([along.points, corners])
    distances = np.concatenate([away, reach])
    far = int(distances.argmax())
    every = np.linspace(0, len(along.points) - 1, min(STICKS, len(along.points))).astype(int)
    chosen = list(dict.fromkeys(every.tolist()))
    *sticks, longest = nearest_lines(np.vstack([along.points[chosen], positions[far]]), others)
    yield Figure("offset", shapely.MultiLineString(list(np.array(sticks, dtype=object))))
    yield Figure("greatest", longest, float(distances[far]))


def distance(shapes: Geometries, others: Geometries) -> Figure:
    """The shortest way between two sets of shapes."""
    return Figure("distance", shortest_line(shapes, others), measuring.shortest_m(shapes, others))


def contacts(shapes: Geometries, others: Geometries) -> Iterator[Figure]:
    """What the outlines of two sets of shapes have in common."""
    if not len(shapes) or not len(others):
        return
    here, there = (shapely.union_all(_outlines(part)) for part in (shapes, others))
    shared = shapely.intersection(here, there)
    if not shared.is_empty:
        yield Figure("contact", shared)


def _outlines(shapes: Geometries) -> Geometries:
    areas = np.isin(shapely.get_type_id(shapes), (3, 6))
    return np.where(areas, shapely.boundary(shapes), shapes)
