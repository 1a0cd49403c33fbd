"""The figures of a file as a table for a reader, in kilometres and square kilometres."""

from __future__ import annotations

from shekara.measuring.record import HIGH, LOW, FeatureRecord, Head, Quantity

UNITS: tuple[tuple[Quantity, str, float], ...] = (
    ("length_m", "length, km", 1e3),
    ("perimeter_m", "perimeter, km", 1e3),
    ("area_m2", "area, km²", 1e6),
)
LONGEST = 60  # letters of a name


def title(record: Head) -> str:
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


def row(feature: FeatureRecord, *, stated: bool, layers: bool) -> list[str]:
    """One cell for each heading; intervals only where an accuracy is stated."""
    cells = [str(feature["feature"]), *([feature.get("layer", "")] if layers else [])]
    cells.append(shorten(feature["name"]))
    for key, _, factor in UNITS:
        cells += _cells(feature, key, factor, stated)
    return [*cells, _remark(feature)]


def shorten(name: str) -> str:
    """A name that leaves room for the figures beside it."""
    return name if len(name) <= LONGEST else name[: LONGEST - 1] + "…"


def _cells(feature: FeatureRecord, key: Quantity, factor: float, stated: bool) -> list[str]:
    if key not in feature:
        return ["", ""] if stated else [""]
    value = f"{feature[key] / factor:,.3f}"
    if not stated:
        return [value]
    low, high = feature[LOW[key]], feature[HIGH[key]]
    assert low is not None  # an accuracy is stated
    assert high is not None
    return [value, f"{low / factor:,.3f} – {high / factor:,.3f}"]


def _remark(feature: FeatureRecord) -> str:
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
