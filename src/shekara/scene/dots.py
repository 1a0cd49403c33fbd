"""Signs that stand for areas: a circle in the roomiest place, or dots spread by a count.

Dots are spread evenly by area and by chance: the place of one dot says nothing. The chance is
the same for the same feature on every machine and in every language.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Mapping, Sequence

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from shekara.atlas import Layer
from shekara.atlas.files import ValueLook
from shekara.scene.columns import numbers

MOST_DOTS = 20_000  # on one map; more run together and weigh down a page
TRIES = 200  # rounds of throwing dots at a thin area before the rest lie on its spot


def signs_of_areas(
    layer: Layer, change: ValueLook, chosen: Sequence[int]
) -> Mapping[int, BaseGeometry] | None:
    """Points in the place of areas, where the look wants dots or circles; else None."""
    table = layer.file.style
    dots = change if change.dots_by else table
    if dots.dots_by:
        values = numbers(layer, dots.dots_by, list(chosen))
        return {
            index: spread(
                layer.geometry[index],
                count_of(value or 0.0, dots.per_dot or 1.0),
                layer.feature_id(index),
            )
            for index, value in zip(chosen, values, strict=True)
        }
    size_by = change.size_by or table.size_by
    # Areas among features with values (a lease around its launch pads) stay areas.
    if size_by and any(value is not None for value in numbers(layer, size_by, list(chosen))):
        return {index: spot(layer.geometry[index]) for index in chosen}
    return None


def count_of(value: float, per_dot: float) -> int:
    """How many dots stand for a value: the nearest whole number, half upwards."""
    return math.floor(value / per_dot + 0.5)


def spot(area: BaseGeometry) -> BaseGeometry:
    """Where a sign for a whole area stands: the centre of the largest circle in it."""
    parts = [part for part in shapely.get_parts(area) if isinstance(part, shapely.Polygon)]
    if not parts:
        return area.representative_point()
    largest = max(parts, key=lambda part: float(part.area))
    west, south, east, north = largest.bounds
    circle = shapely.maximum_inscribed_circle(largest, max(east - west, north - south) / 200)
    return shapely.Point(circle.coords[0]) if circle is not None else area.representative_point()


def spread(area: BaseGeometry, count: int, seed: str) -> BaseGeometry:
    """Dots in an area, as many on every square kilometre of it as on any other.

    Parameters
    ----------
    area
        Polygons, WGS 84, lon lat.
    count
        How many dots.
    seed
        A name for the chance: the same name, the same dots.
    """
    numbers = _Chance(seed)
    west, south, east, north = area.bounds
    low, high = math.sin(math.radians(south)), math.sin(math.radians(north))
    shapely.prepare(area)
    kept: list[NDArray[np.float64]] = []
    missing = count
    for _ in range(TRIES):
        if missing <= 0:
            break
        chance = numbers.pairs(max(2 * missing, 64))
        # Lambert's cylinder: equal steps of the latitude's sine are equal areas of the sphere.
        lon = west + (east - west) * chance[:, 0]
        lat = np.degrees(np.arcsin(low + (high - low) * chance[:, 1]))
        inside = np.column_stack([lon, lat])[shapely.contains_xy(area, lon, lat)][:missing]
        kept.append(inside)
        missing -= len(inside)
    if missing > 0:
        here = spot(area)
        kept.append(np.tile(shapely.get_coordinates(here), (missing, 1)))
    return shapely.MultiPoint(np.concatenate(kept)) if kept else shapely.MultiPoint()


class _Chance:
    """Numbers from 0 to 1 that any version of any library gives alike: SHA-256 of a count."""

    def __init__(self, seed: str):
        self._seed = seed.encode()
        self._block = 0

    def pairs(self, count: int) -> NDArray[np.float64]:
        """As many pairs of numbers."""
        blocks = []
        for _ in range(math.ceil(count / 4)):  # a block has four pairs of 32 bits
            blocks.append(hashlib.sha256(self._seed + self._block.to_bytes(8, "big")).digest())
            self._block += 1
        whole = np.frombuffer(b"".join(blocks), dtype=">u4").astype(float)
        return np.asarray((whole / 2**32).reshape(-1, 2)[:count])
