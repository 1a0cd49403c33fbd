"""Names of points thinned out by rank: the lesser ones around a greater one weigh less than it.

Two villages whose names have room where that of the capital would stand do not take its place.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

import numpy as np
from shapely.geometry.base import BaseGeometry

from shekara.scene.model import Feature
from shekara.sheet.labels.candidates import Name
from shekara.sheet.labels.most import MOST_NAMES
from shekara.sheet.map.drawn import Drawn
from shekara.sheet.map.projected import points_of
from shekara.sheet.paper.fonts import clean_text, width_mm
from shekara.sheet.paper.paper import POINT_MM

CROWDING = 0.5  # of what a name is worth: all lesser ones within its reach together
BESIDE_MM, LINES = 3.0, 3.0  # its reach: its width and so much, and so many times its size


def labelled_points(items: Iterable[tuple[BaseGeometry, Drawn]]) -> frozenset[str]:
    """The features that are points with a name."""
    return frozenset(
        item.feature.id
        for _, item in items
        if item.layer.kind == "point"
        and not item.is_node
        and clean_text(item.feature.label).strip()
    )


def crowd_of(items: Sequence[tuple[BaseGeometry, Drawn]]) -> frozenset[str]:
    """The points of layers that have more names than a sheet tries, and no ranks to thin them by.

    They are data, not a choice of places: all of their markers are drawn, named or not.
    """
    names = labelled_points(items)
    layers: dict[str, list[Feature]] = {}
    for _, item in items:
        if item.feature.id in names:
            layers.setdefault(item.layer.name, []).append(item.feature)
    return frozenset(
        feature.id
        for features in layers.values()
        if len(features) > MOST_NAMES and len({feature.rank for feature in features}) == 1
        for feature in features
    )


def thin_by_rank(names: Sequence[Name], always: Collection[str]) -> list[Name]:
    """The names, those of points around a point of a higher rank with less weight.

    Parameters
    ----------
    names : sequence of Name
        All that are tried, in any order; they stay in it.
    always : collection of str
        Features that are named before all others: they yield to no rank.
    """
    places = {
        number: points_of(name.shape)[0]
        for number, name in enumerate(names)
        if name.item.layer.kind == "point" and points_of(name.shape)
    }
    numbers = sorted(places, key=lambda number: (names[number].item.feature.rank, number))
    yielding = np.array([names[i].item.feature.id not in always for i in numbers], dtype=bool)
    x = np.array([places[i].x for i in numbers])
    y = np.array([places[i].y for i in numbers])
    rank = np.array([names[i].item.feature.rank for i in numbers])
    worth = np.array([names[i].worth for i in numbers])
    weight = np.ones(len(numbers))
    for at, number in enumerate(numbers):
        style = names[number].style
        wide = width_mm(names[number].text, style.size_pt, style.face) + BESIDE_MM
        near = (abs(x - x[at]) < wide) & (abs(y - y[at]) < LINES * style.size_pt * POINT_MM)
        lesser = near & yielding & (rank > rank[at])
        together = worth[lesser].sum()
        if together > 0:
            least = CROWDING * weight[at] * worth[at] / together
            weight[lesser] = np.minimum(weight[lesser], least)
    result = list(names)
    for number, share in zip(numbers, weight.tolist(), strict=True):
        result[number] = replace(names[number], weight=share)
    return result
