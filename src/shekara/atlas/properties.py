"""Attributes of features: values that every page, sheet and report can write and compute with."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import get_args

from shekara.atlas.files import Precision
from shekara.errors import Problem
from shekara.spelling import way_out

LARGEST = 1e15  # beyond it neighbouring whole numbers fall together (2^53 is 9.007e15)
DEEPEST = 8  # lists in lists


def property_faults(attributes: Mapping[str, object], label: str, place: str) -> Iterator[Problem]:
    """What is wrong with the attributes of one feature."""
    for key, value in attributes.items():
        where = f"{place}.properties.{key.encode('utf-8', 'replace').decode()}"
        rule, remedy = _fault(value, 0)
        if rule:
            yield Problem(label, where, _short(value), rule, remedy)
    precision = attributes.get("precision")
    if precision is not None and precision not in get_args(Precision):
        remedy = way_out(str(precision), get_args(Precision))
        key = f"{place}.properties.precision"
        yield Problem(label, key, _short(precision), "is no precision", remedy)


def _fault(value: object, depth: int) -> tuple[str, str]:
    if isinstance(value, str):
        if depth and any("\ud800" <= letter <= "\udfff" for letter in value):
            return "has half a character (a lone surrogate)", "write the text anew in UTF-8"
        return "", ""
    if isinstance(value, bool) or value is None:
        return "", ""
    if isinstance(value, int | float):
        if abs(value) > LARGEST or math.isnan(value):
            return f"is no number up to {LARGEST:g}", "use a larger unit, or text"
        return "", ""
    if depth >= DEEPEST:
        return "has lists in lists in lists", "write plain text, numbers, or one list"
    parts = [*value, *value.values()] if isinstance(value, dict) else value
    for part in parts if isinstance(parts, list) else ():
        if (fault := _fault(part, depth + 1))[0]:
            return fault
    return "", ""


def _short(value: object) -> str:
    if isinstance(value, list | dict):
        return "a list" if isinstance(value, list) else "an object"
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) > LARGEST:
        return "a number with more than 15 digits"
    return repr(value)
