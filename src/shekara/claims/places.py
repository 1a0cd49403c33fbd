"""Kinds of claims about place: touches, within, distance, offset."""

from __future__ import annotations

from typing import ClassVar, Literal

import numpy as np
import shapely

from shekara import measuring
from shekara.atlas import Atlas, Attributes, Layer
from shekara.atlas.files import Where
from shekara.claims.along import greatest_offset_m, mean_offset_m
from shekara.claims.kind import Compared, Judgement, Kind, judged_true
from shekara.claims.margins import apart_m, contact, inside, margin, not_stated
from shekara.claims.measurement import Measurement, Reason
from shekara.claims.naming import feature_names
from shekara.claims.showing import Figure, contacts, distance, offsets
from shekara.claims.sizes import FACTORS, Indexes, nothing
from shekara.measuring import Interval


class Touches(Compared):
    """Whether features touch others; with a relation, how many of the others they touch."""

    LAYERS: ClassVar[tuple[str, ...]] = ("layer",)
    ATTRIBUTES: ClassVar[Attributes] = (("where", ""), ("with_where", "layer"))

    where: Where = {}
    layer: str | None = None
    with_where: Where = {}
    expected: bool = True

    def judgement(self, measurement: Measurement) -> Judgement:
        """By the number of the others where a relation is written, else by whether they touch."""
        return (
            super().judgement(measurement) if self.name else judged_true(measurement, self.expected)
        )

    def _relation_optional(self) -> bool:
        return True

    def _sides(self, layer: Layer, atlas: Atlas) -> tuple[Indexes, Layer, Indexes]:
        """The chosen features, the other layer, and those of it that they are held against."""
        other = atlas.layers[self.layer] if self.layer else layer
        subject, rest = drawn(layer, self.where), drawn(other, self.with_where)
        return subject, other, np.setdiff1d(rest, subject) if other is layer else rest

    def figures(self, layer: Layer, atlas: Atlas) -> tuple[Figure, ...]:
        """What the outlines have in common."""
        subject, other, rest = self._sides(layer, atlas)
        return tuple(contacts(layer.geometry[subject], other.geometry[rest]))

    def measurement(self, layer: Layer, atlas: Atlas) -> Measurement:
        """Common points of two outlines; the positions' accuracy decides what is left open."""
        drawn_parts, other, rest = self._sides(layer, atlas)
        if not len(drawn_parts) or not len(rest):
            return nothing("", "method_touches")
        between = margin(layer, drawn_parts, other, rest)
        contacts = [
            contact(layer.geometry[drawn_parts], other.geometry[index], between) for index in rest
        ]
        sure, perhaps = sum(surely for surely, _ in contacts), sum(may for _, may in contacts)
        met = rest[[may for _, may in contacts]]
        features = (*ids(layer, drawn_parts), *ids(other, met))
        undecided = not_stated(layer, drawn_parts, other, rest) if sure < perhaps else None
        if self.name:
            number = Interval(float(sure), float(sure), float(perhaps))
            return Measurement("", number, None, "counted", features, "method_touches", undecided)
        truth = True if sure == len(rest) else None if perhaps == len(rest) else False
        return Measurement("", None, truth, "measured", features, "method_touches", undecided)


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
        subject, rest = drawn(layer, self.where), drawn(other, self.in_where)
        rest = rest[np.isin(shapely.get_type_id(other.geometry[rest]), (3, 6))]
        if not len(subject) or not len(rest):
            return nothing("", "method_within")
        area = measuring.along_geodesics(shapely.union_all(other.geometry[rest]))
        shapely.prepare(area)
        answers = [
            inside(layer.geometry[index], area, margin(layer, np.array([index]), other, rest))
            for index in subject
        ]
        unclear = subject[[answer is not True for answer in answers]]
        remark = Reason("reason_not_clearly_inside", {"names": feature_names(layer, unclear)})
        return Measurement(
            "",
            truth=False if False in answers else None if None in answers else True,
            features=ids(layer, subject),
            method="method_within",
            undecided=not_stated(layer, subject, other, rest),
            remarks=(remark,) if len(unclear) else (),
        )

    def against(self, layer: Layer, atlas: Atlas) -> tuple[str, ...]:
        """The areas that should hold them."""
        return ids(atlas.layers[self.layer], drawn(atlas.layers[self.layer], self.in_where))

    def judgement(self, measurement: Measurement) -> Judgement:
        """Inside as the claim says, or not, or left open by the positions."""
        return judged_true(measurement, self.expected)


class Apart(Compared):
    """How far features lie from those of another layer."""

    UNIT = "km"
    LAYERS: ClassVar[tuple[str, ...]] = ("to",)
    ATTRIBUTES: ClassVar[Attributes] = (("where", ""), ("to_where", "to"))

    where: Where = {}
    to: str
    to_where: Where = {}

    def sides(self, layer: Layer, atlas: Atlas) -> tuple[Indexes, Layer, Indexes]:
        """The chosen features, the other layer, and those of it that they are held against."""
        other = atlas.layers[self.to]
        subject, rest = drawn(layer, self.where), drawn(other, self.to_where)
        return subject, other, np.setdiff1d(rest, subject) if other is layer else rest

    def against(self, layer: Layer, atlas: Atlas) -> tuple[str, ...]:
        """The features from which the distance is taken."""
        _, other, rest = self.sides(layer, atlas)
        return ids(other, rest)


class Distance(Apart):
    """Shortest distance to another layer."""

    def figures(self, layer: Layer, atlas: Atlas) -> tuple[Figure, ...]:
        """The shortest way."""
        subject, other, rest = self.sides(layer, atlas)
        if not len(subject) or not len(rest):
            return ()
        return (distance(layer.geometry[subject], other.geometry[rest]),)

    def measurement(self, layer: Layer, atlas: Atlas) -> Measurement:
        """Shortest geodesic, give or take the positions of both ends."""
        subject, other, rest = self.sides(layer, atlas)
        if not len(subject) or not len(rest):
            return nothing(self.UNIT, "method_distance")
        between = margin(layer, subject, other, rest)
        metres = apart_m(layer.geometry[subject], other.geometry[rest], between)
        return Measurement(
            self.UNIT,
            metres.scaled(1 / FACTORS[self.UNIT]),
            features=ids(layer, subject),
            method="method_distance",
            undecided=not_stated(layer, subject, other, rest),
        )


class Offset(Apart):
    """How far lines lie from another layer along their length: the mean, or the most."""

    statistic: Literal["mean", "max"] = "mean"

    def figures(self, layer: Layer, atlas: Atlas) -> tuple[Figure, ...]:
        """Offsets along the lines, with the place of the greatest."""
        subject, other, rest = self.sides(layer, atlas)
        if not len(subject) or not len(rest):
            return ()
        return tuple(offsets(layer.geometry[subject], other.geometry[rest]))

    def measurement(self, layer: Layer, atlas: Atlas) -> Measurement:
        """Distance of every kilometre of a line to the other layer: the mean, or the most."""
        subject, other, rest = self.sides(layer, atlas)
        if not len(subject) or not len(rest):
            return nothing(self.UNIT, "method_offset")
        rule = greatest_offset_m if self.statistic == "max" else mean_offset_m
        metres = rule(
            layer.geometry[subject], other.geometry[rest], margin(layer, subject, other, rest)
        )
        return Measurement(
            self.UNIT,
            metres.scaled(1 / FACTORS[self.UNIT]),
            features=ids(layer, subject),
            method="method_offset",
            undecided=not_stated(layer, subject, other, rest),
        )


def drawn(layer: Layer, where: Where) -> Indexes:
    """Chosen features that have a geometry."""
    chosen = layer.select(where)
    return np.array([i for i in chosen if layer.geometry[i] is not None], dtype=np.int64)


def ids(layer: Layer, chosen: Indexes) -> tuple[str, ...]:
    """Features by their ids in the atlas."""
    return tuple(layer.feature_id(int(index)) for index in chosen)
