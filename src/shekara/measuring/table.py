"""The figures of a file as a table for a reader, in kilometres and square kilometres."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

UNITS = (
    ("length_m", "length, km", 1e3),
    ("perimeter_m", "perimeter, km", 1e3),
    ("area_m2", "area, km²", 1e6),
)
LONGEST = 60  # letters of a name


def title(record: Mapping[str, Any]) -> str:
    """What holds for all rows: the file, its system, what its edges are, its accuracy."""
    accuracy = record["accuracy_m"]
    known = "accuracy not stated" if accuracy is None else f"accuracy {accuracy:g} m"
    return f"{record['file']} · {record['crs_name']} · edges {record['edges']} · {known}"


def columns(*, stated: bool, layers: bool) -> list[str]:
    """All headings that a table may have, in their order."""
    headings = ["feature", *(["layer"] if layers else []), "name"]
    for _, heading, _ in UNITS:
        headings += [heading, "interval"] if stated else [heading]
    return [*headings, "remark"]


def row(feature: Mapping[str, Any], *, stated: bool, layers: bool) -> list[str]:
    """One cell for each heading; intervals only where an accuracy is stated."""
    cells = [str(feature["feature"]), *([feature.get("layer", "")] if layers else [])]
    cells.append(shorten(feature["name"]))
    for key, _, factor in UNITS:
        cells += _cells(feature, key, factor, stated)
    return [*cells, _remark(feature)]


def shorten(name: str) -> str:
    """A name that leaves room for the figures beside it."""
    return name if len(name) <= LONGEST else name[: LONGEST - 1] + "…"


def _cells(feature: Mapping[str, Any], key: str, factor: float, stated: bool) -> list[str]:
    if key not in feature:
        return ["", ""] if stated else [""]
    value = f"{feature[key] / factor:,.3f}"
    if not stated:
        return [value]
    low, high = feature[f"{key}_low"] / factor, feature[f"{key}_high"] / factor
    return [value, f"{low:,.3f} – {high:,.3f}"]


def _remark(feature: Mapping[str, Any]) -> str:
    if "left_out" in feature:
        return f"left out: {feature['left_out']}"
    if feature["type"] is None:
        return "no geometry"
    said = [
        "repaired" if feature.get("repaired") else "",
        "straight edges" if feature.get("edges") == "straight" else "",
        "edges matter" if any(key.endswith("_straight") for key in feature) else "",
    ]
    return ", ".join(word for word in said if word)
