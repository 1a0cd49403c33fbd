"""Kinds of claims about corridors: what part of lines, or of an area, lies near other lines."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import ClassVar, Self

import numpy as np
import shapely
from numpy.typing import NDArray
from pydantic import model_validator
from shapely.geometry.base import BaseGeometry

from shekara import measuring
from shekara.atlas import Atlas, Attributes, Layer
from shekara.atlas.files import Positive, Where
from shekara.claims.along import length_share_percent
from shekara.claims.kind import Compared
from shekara.claims.margins import joined, margin, not_stated
from shekara.claims.measurement import Measurement, Reason
from shekara.claims.places import drawn, ids
from shekara.claims.showing import Figure, corridor
from shekara.claims.sizes import Indexes, nothing
from shekara.geometry.arrays import Floats
from shekara.geometry.same import Same
from shekara.measuring import Interval

# Positions in the box around an area by which its share is counted, in rows weighted by cos φ.
# 40,000 put 200 rows across: a corridor's edge is then right to a quarter of a percent of the box.
GRID_COUNT = 40_000


class Corridor(Compared):
    """Share of a length that lies within `within_km` of another layer, in percent.

    With `inside`, only what lies inside areas of that layer is looked at, of lines and corridor
    alike.
    """

    UNIT = "%"
    LAYERS: ClassVar[tuple[str, ...]] = ("of", "inside")
    ATTRIBUTES: ClassVar[Attributes] = (
        ("where", ""),
        ("of_where", "of"),
        ("inside_where", "inside"),
    )

    where: Where = {}
    of: str
    of_where: Where = {}
    within_km: Positive
    inside: str | None = None
    inside_where: Where = {}

    @model_validator(mode="after")
    def _inside_what(self) -> Self:
        if self.inside_where and self.inside is None:
            raise ValueError("has inside_where without inside, the layer whose areas it chooses")
        return self

    def clip(self, atlas: Atlas) -> BaseGeometry | None:
        """The area to which lines and corridor are clipped; None for no area."""
        if self.inside is None:
            return None
        layer = atlas.layers[self.inside]
        return joined(Same(layer.geometry[drawn(layer, self.inside_where)]))

    def figures(self, layer: Layer, atlas: Atlas) -> tuple[Figure, ...]:
        """The corridor, and the part of the lines in it."""
        other = atlas.layers[self.of]
        part, rest = drawn(layer, self.where), drawn(other, self.of_where)
        if not len(part) or not len(rest):
            return ()
        lines, others = layer.geometry[part], other.geometry[rest]
        return corridor(lines, others, self.within_km * 1000, self.clip(atlas))

    def against(self, layer: Layer, atlas: Atlas) -> tuple[str, ...]:
        """The lines along which the corridor runs."""
        return ids(atlas.layers[self.of], drawn(atlas.layers[self.of], self.of_where))

    def measurement(self, layer: Layer, atlas: Atlas) -> Measurement:
        """Share of length within a distance; the interval follows from the positions."""
        other = atlas.layers[self.of]
        part, rest = drawn(layer, self.where), drawn(other, self.of_where)
        part = part[np.isin(shapely.get_type_id(layer.geometry[part]), (1, 2, 5))]
        if not len(part) or not len(rest):
            return nothing(self.UNIT, "method_corridor")
        width = self.within_km * 1000
        interval = _length_share(layer, part, other, rest, width, self.clip(atlas))
        if interval is None:
            return nothing(self.UNIT, "method_corridor")
        return Measurement(
            self.UNIT,
            interval,
            features=ids(layer, part),
            method="method_corridor",
            undecided=not_stated(layer, part, other, rest),
        )


class CorridorRatio(Corridor):
    """The share of a length in a corridor, over the share of an area in the same corridor.

    1 is what lines drawn at random would reach; the area is that of `beside`. With `inside`, both
    shares are those of what lies inside.
    """

    UNIT = ""
    LAYERS: ClassVar[tuple[str, ...]] = ("of", "inside", "beside")
    ATTRIBUTES: ClassVar[Attributes] = (*Corridor.ATTRIBUTES, ("beside_where", "beside"))

    beside: str
    beside_where: Where = {}

    def measurement(self, layer: Layer, atlas: Atlas) -> Measurement:
        """How many times more of the lines lies in the corridor than of the area around them."""
        other, ground = atlas.layers[self.of], atlas.layers[self.beside]
        subject, rest = drawn(layer, self.where), drawn(other, self.of_where)
        land = drawn(ground, self.beside_where)
        if not len(subject) or not len(rest) or not len(land):
            return nothing(self.UNIT, "method_corridor_ratio")
        width = self.within_km * 1000
        clip, areas = self.clip(atlas), ground.geometry[land]
        part = _length_share(layer, subject, other, rest, width, clip)
        area = area_share_percent(areas, other.geometry[rest], width, clip)
        if part is None or area == 0:
            return nothing(self.UNIT, "method_corridor_ratio")
        return Measurement(
            self.UNIT,
            part.scaled(1 / area),
            features=ids(layer, subject),
            method="method_corridor_ratio",
            undecided=not_stated(layer, subject, other, rest),
            remarks=(Reason("reason_corridor", {"length": part.value, "area": area}),),
        )


def area_share_percent(
    ground: NDArray[np.object_],
    lines: NDArray[np.object_],
    width_m: float,
    clip: BaseGeometry | None = None,
) -> float:
    """Share of an area, or of what of it lies in `clip`, within a distance of lines."""
    grid = _grid(Same(ground), Same([] if clip is None else [clip]))
    if not len(grid):
        return 0.0
    away = measuring.distances_to_m(grid, lines, least_m=width_m, most_m=width_m)
    near = away <= width_m
    weight = np.cos(np.radians(grid[:, 1]))
    return float(100 * weight[near].sum() / weight.sum())


@lru_cache(maxsize=4)  # claims ask corridors of several widths in one area
def _grid(ground: Same, clip: Same) -> Floats:
    """Positions by which shares of an area are counted, rows of them, evenly over its frame."""
    areas = np.array(ground.geometries, dtype=object)
    for frame in clip.geometries:
        areas = shapely.intersection(areas, frame)
    area = shapely.union_all(areas)
    if area.is_empty:
        return np.zeros((0, 2))
    west, south, east, north = area.bounds
    step_deg = math.sqrt((east - west) * (north - south) / GRID_COUNT)
    lon = np.arange(west + step_deg / 2, east, step_deg)
    lat = np.arange(south + step_deg / 2, north, step_deg)
    grid = np.stack(np.meshgrid(lon, lat), axis=-1).reshape(-1, 2)
    shapely.prepare(area)
    return np.asarray(grid[shapely.contains_xy(area, grid[:, 0], grid[:, 1])])


def _length_share(
    layer: Layer,
    indexes: Indexes,
    other: Layer,
    rest: Indexes,
    width_m: float,
    clip: BaseGeometry | None = None,
) -> Interval | None:
    schematic = any(
        drawing.quality(int(index), "precision") == "schematic"
        for drawing, chosen in ((layer, indexes), (other, rest))
        for index in chosen
    )
    between = margin(layer, indexes, other, rest)
    lines, others = layer.geometry[indexes], other.geometry[rest]
    return length_share_percent(lines, others, width_m, between, clip=clip, schematic=schematic)
