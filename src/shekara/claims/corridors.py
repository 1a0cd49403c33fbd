"""Kinds of claims about corridors: what part of lines, or of an area, lies near other lines."""

from __future__ import annotations

import math
from statistics import NormalDist
from typing import Any, ClassVar, Self

import numpy as np
import shapely
from numpy.typing import NDArray
from pydantic import model_validator

from shekara import measure
from shekara.atlas import Atlas, Attributes, Layer
from shekara.atlas.files import Positive, Where
from shekara.claims.kind import Compared
from shekara.claims.measurement import Measurement, Reason
from shekara.claims.places import drawn, margin_m
from shekara.claims.sizes import Indexes, nothing
from shekara.measure import COVERAGE, Interval

PIECES_ACROSS = 20  # a corridor's width in pieces of a line: its share is right to 1 in 40 of that
QUANTILES = [NormalDist().inv_cdf((n + 0.5) / 40) for n in range(40)]  # equally likely moves
STRETCH_M = 200_000.0  # schematic lines are fixed at towns, which lie some 200 km apart
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

    def clip(self, atlas: Atlas) -> Any:
        """The area to which lines and corridor are clipped; None for no area."""
        if self.inside is None:
            return None
        layer = atlas.layers[self.inside]
        area = shapely.union_all(layer.geometry[drawn(layer, self.inside_where)])
        shapely.prepare(area)
        return area

    def measurement(self, layer: Layer, atlas: Atlas) -> Measurement:
        """Share of length within a distance; the interval follows from the positions."""
        other = atlas.layers[self.of]
        own, rest = drawn(layer, self.where), drawn(other, self.of_where)
        own = own[np.isin(shapely.get_type_id(layer.geometry[own]), (1, 2, 5))]
        if not len(own) or not len(rest):
            return nothing(self.UNIT, "method_corridor")
        width = self.within_km * 1000
        interval = _length_share(layer, own, other, rest, width, self.clip(atlas))
        if interval is None:
            return nothing(self.UNIT, "method_corridor")
        features = tuple(layer.feature_id(int(i)) for i in own)
        return Measurement(self.UNIT, interval, None, "measured", features, "method_corridor")


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
        own, rest = drawn(layer, self.where), drawn(other, self.of_where)
        land = drawn(ground, self.beside_where)
        if not len(own) or not len(rest) or not len(land):
            return nothing(self.UNIT, "method_corridor_ratio")
        width = self.within_km * 1000
        clip, areas = self.clip(atlas), ground.geometry[land]
        part = _length_share(layer, own, other, rest, width, clip)
        areas = areas if clip is None else shapely.intersection(areas, clip)
        area = area_share_percent(areas, other.geometry[rest], width)
        if part is None or area == 0:
            return nothing(self.UNIT, "method_corridor_ratio")
        features = tuple(layer.feature_id(int(i)) for i in own)
        remark = Reason("reason_corridor", {"length": part.value, "area": area})
        return Measurement(
            self.UNIT,
            part.scaled(1 / area),
            None,
            "measured",
            features,
            "method_corridor_ratio",
            None,
            (remark,),
        )


def area_share_percent(ground: NDArray[Any], lines: NDArray[Any], width_m: float) -> float:
    """Share of an area that lies within a distance of lines, by a grid of positions."""
    area = shapely.union_all(ground)
    if area.is_empty:
        return 0.0
    west, south, east, north = area.bounds
    step_deg = math.sqrt((east - west) * (north - south) / GRID_COUNT)
    lon = np.arange(west + step_deg / 2, east, step_deg)
    lat = np.arange(south + step_deg / 2, north, step_deg)
    grid = np.stack(np.meshgrid(lon, lat), axis=-1).reshape(-1, 2)
    shapely.prepare(area)
    grid = grid[shapely.contains_xy(area, grid[:, 0], grid[:, 1])]
    if not len(grid):
        return 0.0
    near = measure.distances_to_m(grid, lines) <= width_m
    weight = np.cos(np.radians(grid[:, 1]))
    return float(100 * weight[near].sum() / weight.sum())


def _length_share(
    layer: Layer, own: Indexes, other: Layer, rest: Indexes, width_m: float, clip: Any = None
) -> Interval | None:
    """Share of a length within a distance, in percent, and how far positions leave it open.

    None where nothing of the length lies inside `clip`.

    Stretches of a line err to one side or the other together, each by itself: the share of every
    stretch has a mean and a variance over normal displacements, and the interval is two deviations
    around the sum of the means. It holds the share as drawn.
    """
    along = measure.sample(layer.geometry[own], width_m / PIECES_ACROSS)
    if clip is not None:
        here = shapely.contains_xy(clip, along.points[:, 0], along.points[:, 1])
        along = measure.Sample(along.points[here], along.weight_m[here], along.owner[here])
        if not here.any():
            return None
    lines = other.geometry[rest]
    share = along.weight_m / along.weight_m.sum()
    away = measure.distances_to_m(along.points, lines)
    value = float(share[away <= width_m].sum())
    margin = margin_m(layer, own, other, rest)
    if margin == 0:
        return Interval(100 * value, 100 * value, 100 * value)
    stretch = _stretches(along)
    weight = np.bincount(stretch, share)
    moves = margin / COVERAGE * np.array(QUANTILES)
    inside = np.stack(
        [np.bincount(stretch, share * (away + move <= width_m)) / weight for move in moves]
    )
    expected = float((weight * inside.mean(axis=0)).sum())
    half = COVERAGE * float(np.sqrt((weight**2 * inside.var(axis=0)).sum()))
    low, high = min(value, expected - half), max(value, expected + half)
    return Interval(100 * value, 100 * max(0.0, low), 100 * min(1.0, high))


def _stretches(along: measure.Sample) -> NDArray[np.int64]:
    """A number for every stretch of a line whose positions err together."""
    far = np.cumsum(along.weight_m)
    key = along.owner * 10**6 + (far // STRETCH_M).astype(np.int64)
    return np.unique(key, return_inverse=True)[1].astype(np.int64)
