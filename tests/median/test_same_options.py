"""What the command line can, Python can, and the other way round: options beside each other."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import fields
from typing import Any

import pytest

from shekara import median
from shekara.cli.limit import limit as limit_command
from shekara.cli.median import median as median_command
from shekara.cli.zones import zones as zones_command

# Python takes tables, so that nothing need be said of how a file is read.
READING = {"where", "sea_where", "crs", "layer", "encoding"}
# Arguments, and how the command line answers.
ITSELF = {"file", "json_"}
# Options that carry their unit in Python, or name one thing there and many times one thing here.
CALLED = {
    "tolerance": "tolerance_m", "spacing": "spacing_m", "reach": "reach_m",
    "simplify": "simplify_m", "baseline": "baselines", "distance": "distance_m",
}  # fmt: skip
ASKED = {"round_": "round_seconds", "accuracy": "accuracy_m", "lang": "language"}
# Files that the command writes, and what Python gives instead.
GIVEN = {
    "median": {
        "out": "lines", "points": "points", "sectors": "sectors", "base_points": "base_points",
        "doubtful": "doubtful",
    },
    "zones": {"out": "zones", "arcs": "arcs", "overlaps": "overlaps", "bays": "bays"},
}  # fmt: skip
BREADTHS = {
    "territorial": "territorial_m", "contiguous": "contiguous_m", "economic": "economic_m",
}  # fmt: skip


def options(work: Callable[..., Any]) -> set[str]:
    return set(inspect.signature(work).parameters)


def names(kind: type) -> set[str]:
    return {field.name for field in fields(kind)}


def renamed(option: str) -> str:
    return CALLED.get(option, option)


def test_median() -> None:
    asked = {ASKED.get(x, x) for x in options(median_command)} & names(median.Asked)
    assert asked == names(median.Asked)
    assert set(GIVEN["median"].values()) <= names(median.Division) | set(dir(median.Division))
    rest = options(median_command) - READING - ITSELF - set(GIVEN["median"]) - set(ASKED)
    rest -= names(median.Asked)
    assert {renamed(x) for x in rest} == options(median.divide) - {"shores"} | {"agreed"}
    assert "agreed" in options(median.delimit)


def test_limit() -> None:
    rest = options(limit_command) - READING - ITSELF - {"out"}
    assert {renamed(x) for x in rest} == options(median.limit) - {"shores"}


def test_zones() -> None:
    assert set(BREADTHS.values()) == names(median.Breadths)
    assert set(GIVEN["zones"].values()) <= names(median.Zones)
    rest = options(zones_command) - READING - ITSELF - set(GIVEN["zones"]) - set(BREADTHS)
    assert {renamed(x) for x in rest} == options(median.zones) - {"shores", "breadths"}


@pytest.mark.parametrize(
    ("command", "work"),
    [
        (median_command, median.divide),
        (limit_command, median.limit),
        (zones_command, median.zones),
    ],
)
def test_what_is_not_said_means_the_same(
    command: Callable[..., Any], work: Callable[..., Any]
) -> None:
    here, there = inspect.signature(command).parameters, inspect.signature(work).parameters
    both = [name for name in here if renamed(name) in there and name != "distance"]
    assert len(both) > 5
    for name in both:
        given = here[name].default
        if given is not inspect.Parameter.empty:
            other = there[renamed(name)].default
            assert given == (None if other is inspect.Parameter.empty else other), name
