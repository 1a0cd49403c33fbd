"""Options of the commands in words: lengths, effects of islands, weights of owners."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TypedDict

from shekara.errors import UsageError
from shekara.geometry.units import LENGTHS_M

EFFECTS = {"none": 0.0, "no": 0.0, "0": 0.0, "half": 0.5, "0.5": 0.5, "full": 1.0, "1": 1.0}


class GroundOptions(TypedDict, total=False):
    """What every line is computed on and by: see `shekara.median.divide`."""

    tolerance_m: float
    ellipsoid: str
    edges: str
    ballpark: bool


class DivideOptions(GroundOptions, total=False):
    """Further options of `shekara.median.divide`."""

    spacing_m: float | None
    reach_m: float | None
    simplify_m: float | None
    strict: bool


class LimitOptions(GroundOptions, total=False):
    """Further options of `shekara.median.limit`."""

    by: str | None


def parse_distance_m(text: str) -> float:
    """Metres of a length such as ``12M`` (nautical miles), ``22.2km`` or ``500m``."""
    match = re.fullmatch(r"\s*([0-9]+(?:\.[0-9]*)?|\.[0-9]+)\s*([A-Za-z]*)\s*", text)
    if not match or (match[2] or "m") not in LENGTHS_M:
        raise UsageError(
            f"distance: {text!r} is no length; give a number and m, km or M (nautical miles), "
            "such as 12M or 22.2km"
        )
    return float(match[1]) * LENGTHS_M[match[2] or "m"]


def parse_effects(texts: Sequence[str]) -> dict[str, float]:
    """Effect of each island, from ``ISLAND=none``, ``ISLAND=half`` or ``ISLAND=full``."""
    out = {}
    for text in texts:
        name, value = _pair("effect", text, "ISLAND=half")
        if value.lower() not in EFFECTS:
            raise UsageError(f"effect: {value!r} of {name!r}; give none, half or full")
        out[name] = EFFECTS[value.lower()]
    return out


def parse_weights(texts: Sequence[str]) -> dict[str, float]:
    """Weight of each owner, from ``OWNER=2``."""
    out = {}
    for text in texts:
        name, value = _pair("weight", text, "OWNER=2")
        try:
            out[name] = float(value)
        except ValueError as error:
            raise UsageError(f"weight: {value!r} of {name!r} is no number") from error
    return out


def parse_accuracies(texts: Sequence[str]) -> float | dict[str, float] | None:
    """Accuracy of base points in metres: ``30`` for all, or ``OWNER=30`` for each owner."""
    if not texts:
        return None
    plain = [text for text in texts if "=" not in text]
    if plain and len(texts) > 1:
        raise UsageError("accuracy: give METRES for all, or OWNER=METRES for each owner, not both")
    pairs = [("", plain[0])] if plain else [_pair("accuracy", t, "OWNER=30") for t in texts]
    out = {}
    for name, value in pairs:
        try:
            out[name] = float(value)
        except ValueError as error:
            raise UsageError(
                f"accuracy: {value!r} is no number; give metres, such as 30"
            ) from error
    return out[""] if plain else out


def _pair(what: str, text: str, example: str) -> tuple[str, str]:
    name, sign, value = text.rpartition("=")
    if not (sign and name.strip() and value.strip()):
        raise UsageError(f"{what}: {text!r}; write it as {example}")
    return name.strip(), value.strip()
