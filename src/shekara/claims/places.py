"""Kinds of claims about place: touches, within, distance, offset."""

from __future__ import annotations

import math
from typing import Any, ClassVar, Literal

import numpy as np
import shapely
from numpy.typing import NDArray

from shekara import measure
from shekara.atlas import Atlas, Attributes, Layer
from shekara.atlas.files import Where
from shekara.claims.kind import Compared, Judgement, Kind, judged_true
from shekara.claims.measurement import Measurement, Reason
from shekara.claims.sizes import FACTORS, Indexes, nothing
from shekara.measure import COVERAGE, Interval

# Lines are held against each other in pieces of this length: short beside any corridor or offset
# that a map can show, and the error of a piece's middle is second order.
PIECE_M = 1000.0


class Touches(Compared):
    """Whether features touch others; with a relation, how many of the others they touch."""

    LAYERS: ClassVar[tuple[str, ...]] = ("layer",)
    ATTRIBUTES: ClassVar[Attributes] = (("where", ""), ("with_where", "layer"))

    where: Where = {}
    layer: str | None = None
    with_where: Where = {}
    expected: bool = True

    def judgement(self, found: Measurement) -> Judgement:
        """By the number of the others where a relation is written, else by whether they touch."""
        return super().judgement(found) if self.name else judged_true(found, self.expected)

    def _relation_optional(self) -> bool:
        return True

    def measurement(self, layer: Layer, atlas: Atlas) -> Measurement:
        """Common points of two outlines; the positions' accuracy decides what is left open."""
        other = atlas.layers[self.layer] if self.layer else layer
        own = drawn(layer, self.where)
        rest = drawn(other, self.with_where)
        if other is layer:
            rest = np.setdiff1d(rest, own)
        if not len(own) or not len(rest):
            return nothing("", "method_touches")
        margin = margin_m(layer, own, other, rest)
        sure, perhaps, met = 0, 0, []
        for index in rest:
            gap = _gap_m(layer.geometry[own], other.geometry[index], margin)
            sure += gap == 0
            perhaps += gap <= margin
            if gap <= margin:
                met.append(other.feature_id(int(index)))
        features = (*(layer.feature_id(int(i)) for i in own), *met)
        if self.name:
            found = Interval(float(sure), float(sure), float(perhaps))
            return Measurement("", found, None, "counted", features, "method_touches")
        truth = True if sure == len(rest) else None if perhaps == len(rest) else False
        return Measurement("", None, truth, "measured", features, "method_touches")


class Within(Kind):
    """Whether all chosen features lie inside areas of another layer."""

    LAYERS: ClassVar[tuple[str, ...]] = ("layer",)
    ATTRIBUTES: ClassVar[Attributes] = (("where", ""), ("in_where", "layer"))

    where: Where = {}
    layer: str
    in_where: Where = {}
    expected: bool = True

    def measurement(self, layer: Layer, atlas: Atlas) -> Measurement:
        """Inside by more than the positions are uncertain, or outside by more, or left open."""
        other = atlas.layers[self.layer]
        own, rest = drawn(layer, self.where), drawn(other, self.in_where)
        rest = rest[np.isin(shapely.get_type_id(other.geometry[rest]), (3, 6))]
        if not len(own) or not len(rest):
            return nothing("", "method_within")
        area = shapely.union_all(other.geometry[rest])
        shapely.prepare(area)
        truth: bool | None = True
        open_: list[str] = []
        for index in own:
            margin = margin_m(layer, np.array([index]), other, rest)
            inside = _inside(layer.geometry[index], area, margin)
            if inside is not True:
                open_.append(str(layer.properties[index].get("id", index)))
            truth = _both(truth, inside)
        remarks = (
            (Reason("reason_not_clearly_inside", {"names": ", ".join(open_)}),) if open_ else ()
        )
        features = tuple(layer.feature_id(int(i)) for i in own)
        return Measurement("", None, truth, "measured", features, "method_within", None, remarks)

    def judgement(self, found: Measurement) -> Judgement:
        """Inside as the claim says, or not, or left open by the positions."""
        return judged_true(found, self.expected)


class Distance(Compared):
    """Shortest distance to another layer."""

    UNIT = "km"
    LAYERS: ClassVar[tuple[str, ...]] = ("to",)
    ATTRIBUTES: ClassVar[Attributes] = (("where", ""), ("to_where", "to"))

    where: Where = {}
    to: str
    to_where: Where = {}

    def measurement(self, layer: Layer, atlas: Atlas) -> Measurement:
        """Shortest geodesic, give or take the positions of both ends."""
        other = atlas.layers[self.to]
        own, rest = drawn(layer, self.where), drawn(other, self.to_where)
        if not len(own) or not len(rest):
            return nothing(self.UNIT, "method_distance")
        found = measure.shortest_m(layer.geometry[own], other.geometry[rest])
        return _around(
            found, margin_m(layer, own, other, rest), self.UNIT, layer, own, "method_distance"
        )


class Offset(Compared):
    """How far lines lie from another layer along their length: the mean, or the most."""

    UNIT = "km"
    LAYERS: ClassVar[tuple[str, ...]] = ("to",)
    ATTRIBUTES: ClassVar[Attributes] = (("where", ""), ("to_where", "to"))

    where: Where = {}
    to: str
    to_where: Where = {}
    statistic: Literal["mean", "max"] = "mean"

    def measurement(self, layer: Layer, atlas: Atlas) -> Measurement:
        """Distance of every kilometre of a line to the other layer: the mean, or the most."""
        other = atlas.layers[self.to]
        own, rest = drawn(layer, self.where), drawn(other, self.to_where)
        if not len(own) or not len(rest):
            return nothing(self.UNIT, "method_offset")
        along = measure.sample(layer.geometry[own], PIECE_M)
        away = measure.distances_to_m(along.points, other.geometry[rest])
        if self.statistic == "max":
            vertices = shapely.get_coordinates(layer.geometry[own])
            found = float(
                max(away.max(), measure.distances_to_m(vertices, other.geometry[rest]).max())
            )
        else:
            found = float(np.average(away, weights=along.weight_m))
        return _around(
            found, margin_m(layer, own, other, rest), self.UNIT, layer, own, "method_offset"
        )


def _around(
    found_m: float, margin_m: float, unit: str, layer: Layer, own: Indexes, method: str
) -> Measurement:
    interval = Interval(found_m, max(0.0, found_m - margin_m), found_m + margin_m)
    features = tuple(layer.feature_id(int(i)) for i in own)
    return Measurement(unit, interval.scaled(1 / FACTORS[unit]), None, "measured", features, method)


def drawn(layer: Layer, where: Where) -> Indexes:
    """Chosen features that have a geometry."""
    chosen = layer.select(where)
    return np.array([i for i in chosen if layer.geometry[i] is not None], dtype=np.int64)


def margin_m(layer: Layer, own: Indexes, other: Layer, rest: Indexes) -> float:
    """Two standard deviations of the distance between two positions, the least accurate ones."""
    if layer is other:  # of one drawing: neighbours share their errors
        return 0.0
    a = max(float(layer.quality(int(i), "accuracy_m")) for i in own)
    b = max(float(other.quality(int(i), "accuracy_m")) for i in rest)
    return COVERAGE * math.hypot(a, b)


def _both(first: bool | None, second: bool | None) -> bool | None:
    """Whether both are true: false where one is false, else open where one is open."""
    if first is False or second is False:
        return False
    return None if first is None or second is None else True


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
