"""Kinds of claims about place: touches, within, distance, offset, corridor."""

from __future__ import annotations

import math
from statistics import NormalDist
from typing import Any, Literal

import numpy as np
import shapely
from numpy.typing import NDArray

from shekara import measure
from shekara.atlas import Atlas, Layer
from shekara.atlas.files import Positive, Table, Where
from shekara.claims.relation import Relation
from shekara.claims.sizes import FACTORS, Indexes, nothing
from shekara.claims.verdict import Measurement, Reason
from shekara.measure import COVERAGE, Interval

# Lines are held against each other in pieces of this length: short beside any corridor or offset
# that a map can show, and the error of a piece's middle is second order.
PIECE_M = 1000.0
PIECES_ACROSS = 20  # a corridor's width in pieces of a line: its share is right to 1 in 40 of that
QUANTILES = [NormalDist().inv_cdf((n + 0.5) / 40) for n in range(40)]  # equally likely moves
STRETCH_M = 200_000.0  # schematic lines are fixed at towns, which lie some 200 km apart


class Touches(Relation):
    """Whether features touch others; with a relation, how many of the others they touch."""

    where: Where = {}
    layer: str | None = None
    with_where: Where = {}
    expected: bool = True

    def _relation_optional(self) -> bool:
        return True


class Within(Table):
    """Whether all chosen features lie inside areas of another layer."""

    where: Where = {}
    layer: str
    in_where: Where = {}
    expected: bool = True


class Distant(Relation):
    """Shortest distance to another layer."""

    where: Where = {}
    to: str
    to_where: Where = {}


class Offset(Relation):
    """How far lines lie from another layer along their length: the mean, or the most."""

    where: Where = {}
    to: str
    to_where: Where = {}
    statistic: Literal["mean", "max"] = "mean"


class Corridor(Relation):
    """Share of a length that lies within `within_km` of another layer, in percent."""

    where: Where = {}
    of: str
    of_where: Where = {}
    within_km: Positive


class CorridorRatio(Corridor):
    """The share of a length in a corridor, over the share of an area in the same corridor.

    1 is what lines drawn at random would reach; the area is that of `beside`.
    """

    beside: str
    beside_where: Where = {}


def touches(layer: Layer, params: Touches, atlas: Atlas, unit: str) -> Measurement:
    """Common points of two outlines; the positions' accuracy decides what is left open."""
    other = atlas.layers[params.layer] if params.layer else layer
    own = _drawn(layer, params.where)
    rest = _drawn(other, params.with_where)
    if other is layer:
        rest = np.setdiff1d(rest, own)
    if not len(own) or not len(rest):
        return nothing("", "method_touches")
    margin = _margin(layer, own, other, rest)
    sure, perhaps, met = 0, 0, []
    for index in rest:
        gap = _gap_m(layer.geometry[own], other.geometry[index], margin)
        sure += gap == 0
        perhaps += gap <= margin
        if gap <= margin:
            met.append(other.feature_id(int(index)))
    features = (*(layer.feature_id(int(i)) for i in own), *met)
    if params.name:
        found = Interval(float(sure), float(sure), float(perhaps))
        return Measurement("", found, None, "counted", features, "method_touches")
    truth = True if sure == len(rest) else None if perhaps == len(rest) else False
    return Measurement("", None, truth, "measured", features, "method_touches")


def within(layer: Layer, params: Within, atlas: Atlas, unit: str) -> Measurement:
    """Inside by more than the positions are uncertain, or outside by more, or left open."""
    other = atlas.layers[params.layer]
    own, rest = _drawn(layer, params.where), _drawn(other, params.in_where)
    rest = rest[np.isin(shapely.get_type_id(other.geometry[rest]), (3, 6))]
    if not len(own) or not len(rest):
        return nothing("", "method_within")
    area = shapely.union_all(other.geometry[rest])
    shapely.prepare(area)
    truth: bool | None = True
    open_: list[str] = []
    for index in own:
        margin = _margin(layer, np.array([index]), other, rest)
        inside = _inside(layer.geometry[index], area, margin)
        if inside is not True:
            open_.append(str(layer.properties[index].get("id", index)))
        truth = False if inside is False or truth is False else None if inside is None else truth
    remarks = (Reason("reason_not_clearly_inside", {"names": ", ".join(open_)}),) if open_ else ()
    features = tuple(layer.feature_id(int(i)) for i in own)
    return Measurement("", None, truth, "measured", features, "method_within", None, remarks)


def distance(layer: Layer, params: Distant, atlas: Atlas, unit: str) -> Measurement:
    """Shortest geodesic, give or take the positions of both ends."""
    other = atlas.layers[params.to]
    own, rest = _drawn(layer, params.where), _drawn(other, params.to_where)
    if not len(own) or not len(rest):
        return nothing(unit, "method_distance")
    found = measure.shortest_m(layer.geometry[own], other.geometry[rest])
    return _around(found, _margin(layer, own, other, rest), unit, layer, own, "method_distance")


def offset(layer: Layer, params: Offset, atlas: Atlas, unit: str) -> Measurement:
    """Distance of every kilometre of a line to the other layer: the mean, or the most."""
    other = atlas.layers[params.to]
    own, rest = _drawn(layer, params.where), _drawn(other, params.to_where)
    if not len(own) or not len(rest):
        return nothing(unit, "method_offset")
    along = measure.sample(layer.geometry[own], PIECE_M)
    away = measure.distances_to_m(along.points, other.geometry[rest])
    if params.statistic == "max":
        vertices = shapely.get_coordinates(layer.geometry[own])
        found = float(max(away.max(), measure.distances_to_m(vertices, other.geometry[rest]).max()))
    else:
        found = float(np.average(away, weights=along.weight_m))
    return _around(found, _margin(layer, own, other, rest), unit, layer, own, "method_offset")


def corridor(layer: Layer, params: Corridor, atlas: Atlas, unit: str) -> Measurement:
    """Share of length within a distance; the interval is the same for the distance ± positions."""
    other = atlas.layers[params.of]
    own, rest = _drawn(layer, params.where), _drawn(other, params.of_where)
    own = own[np.isin(shapely.get_type_id(layer.geometry[own]), (1, 2, 5))]
    if not len(own) or not len(rest):
        return nothing(unit, "method_corridor")
    interval = _length_share(layer, own, other, rest, params.within_km * 1000)
    features = tuple(layer.feature_id(int(i)) for i in own)
    return Measurement(unit, interval, None, "measured", features, "method_corridor")


def corridor_ratio(layer: Layer, params: CorridorRatio, atlas: Atlas, unit: str) -> Measurement:
    """How many times more of the lines lies in the corridor than of the area around them."""
    other, ground = atlas.layers[params.of], atlas.layers[params.beside]
    own, rest = _drawn(layer, params.where), _drawn(other, params.of_where)
    land = _drawn(ground, params.beside_where)
    if not len(own) or not len(rest) or not len(land):
        return nothing(unit, "method_corridor_ratio")
    width = params.within_km * 1000
    part = _length_share(layer, own, other, rest, width)
    area = area_share_percent(ground.geometry[land], other.geometry[rest], width)
    if area == 0:
        return nothing(unit, "method_corridor_ratio")
    features = tuple(layer.feature_id(int(i)) for i in own)
    remark = Reason("reason_corridor", {"length": part.value, "area": area})
    return Measurement(
        unit,
        part.scaled(1 / area),
        None,
        "measured",
        features,
        "method_corridor_ratio",
        None,
        (remark,),
    )


# Positions in the box around an area by which its share is counted, in rows weighted by cos φ.
# 40,000 put 200 rows across: a corridor's edge is then right to a quarter of a percent of the box.
GRID_COUNT = 40_000


def area_share_percent(ground: NDArray[Any], lines: NDArray[Any], width_m: float) -> float:
    """Share of an area that lies within a distance of lines, by a grid of positions."""
    area = shapely.union_all(ground)
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
    layer: Layer, own: Indexes, other: Layer, rest: Indexes, width_m: float
) -> Interval:
    """Share of a length within a distance, in percent, and how far positions leave it open.

    Stretches of a line err to one side or the other together, each by itself: the share of every
    stretch has a mean and a variance over normal displacements, and the interval is two deviations
    around the sum of the means. It holds the share as drawn.
    """
    along = measure.sample(layer.geometry[own], width_m / PIECES_ACROSS)
    lines = other.geometry[rest]
    share = along.weight_m / along.weight_m.sum()
    away = measure.distances_to_m(along.points, lines)
    value = float(share[away <= width_m].sum())
    margin = _margin(layer, own, other, rest)
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


def _around(
    found_m: float, margin_m: float, unit: str, layer: Layer, own: Indexes, method: str
) -> Measurement:
    interval = Interval(found_m, max(0.0, found_m - margin_m), found_m + margin_m)
    features = tuple(layer.feature_id(int(i)) for i in own)
    return Measurement(unit, interval.scaled(1 / FACTORS[unit]), None, "measured", features, method)


def _drawn(layer: Layer, where: Where) -> Indexes:
    """Chosen features that have a geometry."""
    chosen = layer.select(where)
    return np.array([i for i in chosen if layer.geometry[i] is not None], dtype=np.int64)


def _margin(layer: Layer, own: Indexes, other: Layer, rest: Indexes) -> float:
    """Two standard deviations of the distance between two positions, the least accurate ones."""
    if layer is other:  # of one drawing: neighbours share their errors
        return 0.0
    a = max(float(layer.quality(int(i), "accuracy_m")) for i in own)
    b = max(float(other.quality(int(i), "accuracy_m")) for i in rest)
    return COVERAGE * math.hypot(a, b)


def _gap_m(own: NDArray[Any], other: Any, margin: float) -> float:
    if shapely.intersects(own, other).any():
        return 0.0
    if margin == 0:
        return math.inf
    return measure.shortest_m(own, [other])


def _inside(geometry: Any, area: Any, margin: float) -> bool | None:
    covered = bool(shapely.covers(area, geometry))
    points = shapely.get_coordinates(geometry)
    edge = [shapely.boundary(area)]
    if margin == 0:
        return covered
    away = measure.distances_to_m(points, edge)
    inside = shapely.covers(area, shapely.points(points))
    if covered and (away > margin).all():
        return True
    if (~inside & (away > margin)).any():
        return False
    return None
