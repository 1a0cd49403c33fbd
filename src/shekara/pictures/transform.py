"""Turns, moves and sizes of the shapes of an SVG, and the numbers in it."""

from __future__ import annotations

import math
import re

from shekara.errors import InputError

Matrix = tuple[float, float, float, float, float, float]
UNTURNED: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def matrix_of(text: str) -> Matrix:
    """The matrix of a transform attribute."""
    matrix = UNTURNED
    rest = re.sub(r"\s*(matrix|translate|scale|rotate)\s*\(([^)]*)\)[\s,]*", "", text)
    if rest.strip():
        raise InputError(f"has transform = {text!r}; use matrix, translate, scale or rotate")
    for name, inside in re.findall(r"(matrix|translate|scale|rotate)\s*\(([^)]*)\)", text):
        values = [number(part) for part in inside.replace(",", " ").split()]
        matrix = times(matrix, _single(name, values, text))
    return matrix


def _single(name: str, values: list[float], text: str) -> Matrix:
    match name, values:
        case "matrix", [a, b, c, d, e, f]:
            return a, b, c, d, e, f
        case "translate", [x, *more] if len(more) < 2:
            return 1.0, 0.0, 0.0, 1.0, x, more[0] if more else 0.0
        case "scale", [x, *more] if len(more) < 2:
            return x, 0.0, 0.0, more[0] if more else x, 0.0, 0.0
        case "rotate", [angle, *middle] if len(middle) in (0, 2):
            cos, sin = math.cos(math.radians(angle)), math.sin(math.radians(angle))
            x, y = middle or (0.0, 0.0)
            return cos, sin, -sin, cos, x - cos * x + sin * y, y - sin * x - cos * y
    raise InputError(f"has transform = {text!r}, whose numbers are too few or too many")


def times(outer: Matrix, inner: Matrix) -> Matrix:
    """The matrix that does the inner first."""
    a, b, c, d, e, f = outer

    def turned(x: float, y: float) -> tuple[float, float]:
        return a * x + c * y, b * x + d * y

    (x, y), (u, v), (left, top) = (turned(*inner[at : at + 2]) for at in (0, 2, 4))
    return x, y, u, v, left + e, top + f


def number(text: str) -> float:
    """A number without a unit, or in pixels.

    Raises
    ------
    InputError
        It is no finite number.
    """
    try:
        value = float(text.strip().removesuffix("px"))
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        raise InputError(f"has {text!r} where a number stands; write it without a unit")
    return value
