"""layers/NAME.toml of a file that was taken in: what can be guessed, and what must be completed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np
import shapely

from shekara import measuring
from shekara.intake.naming import are_years, label_field, own_columns, title_of
from shekara.storage.toml import key_of, table_of, text_of

if TYPE_CHECKING:
    import geopandas

# Endings of a column's name that tell its unit.
UNITS = {
    "_km2": "km2", "_sqkm": "km2", "_m2": "m2", "_ha": "ha", "_km": "km", "_m": "m",
    "_pct": "%", "_percent": "%",
}  # fmt: skip
STYLES = {
    "polygon": 'color = "#0072b2"\nfill_opacity = 0.25\nwidth = 0.8',
    "line": 'color = "#d55e00"\nwidth = 1.4',
    "point": 'color = "#444444"\nsize = 6',
}


def described(
    name: str,
    title: str,
    file: str,
    frame: geopandas.GeoDataFrame,
    languages: Sequence[str],
    accuracy_m: float | None,
    simplify_m: float | None,
) -> str:
    """The text of the file; what only its owner knows is marked "fill in"."""
    kind = _kind(frame)
    parts = [
        f"title = {table_of(title, languages)}  # fill in",
        f"# about = {table_of('…', languages)}",
        "",
        "[[source]]",
        f"name = {text_of(f'{file} (fill in: who made it)')}",
        'license = "LicenseRef-fill-in"  # fill in: an SPDX expression, such as CC-BY-4.0',
        "# date = 2024",
        '# url = "https://…"',
        "",
        "[quality]",
        'precision = "mapped"  # fill in: surveyed, mapped, generalised, schematic, documentary',
        f"accuracy_m = {accuracy_m:g}  # one standard deviation of a position"
        if accuracy_m is not None
        else "# accuracy_m = 10  # fill in: one standard deviation; else nothing has an interval",
        f"resolution_m = {simplify_m:g}" if simplify_m else "# resolution_m = 10",
    ]
    parts += ["", "[style]", STYLES[kind]]
    label = label_field(frame)
    parts += [f"label = {text_of(label)}"] if label else []
    valued = [name for name in own_columns(frame) if frame[name].notna().any()]
    for column in (name for name in valued if name.strip()):
        parts += ["", *_field(column, frame, languages)]
    for draft in _drafts(name, frame, kind, languages):
        parts += ["", *draft]
    return "\n".join(parts) + "\n"


def _kind(frame: geopandas.GeoDataFrame) -> str:
    types = set(shapely.get_type_id(np.array(frame.geometry, dtype=object)).tolist())
    return "polygon" if types & {3, 6} else "line" if types & {1, 2, 5} else "point"


def _field(column: str, frame: geopandas.GeoDataFrame, languages: Sequence[str]) -> Iterator[str]:
    values = [value for value in frame[column] if value is not None]
    numbers = bool(values) and all(type(value) in (int, float) for value in values)
    unit = next((unit for ending, unit in UNITS.items() if column.lower().endswith(ending)), "")
    yield f"[field.{key_of(column)}]"
    yield f"title = {table_of(title_of(column), languages)}"
    if numbers and unit:
        yield f"unit = {text_of(unit)}"
    if numbers and are_years(column, values):
        yield 'kind = "year"'


def _drafts(
    name: str, frame: geopandas.GeoDataFrame, kind: str, languages: Sequence[str]
) -> Iterator[list[str]]:
    """Claims to begin with: how many features, how long or how large; check leaves drafts out."""
    count = len(frame)
    says, kind_of_claim = f"Number of features: {count}.", f"count = {{ equals = {count} }}"
    yield _draft(f"{name}-count", says, kind_of_claim, languages)
    shapes = [shape for shape in frame.geometry if shape is not None]
    if kind == "polygon":
        whole = float(np.nansum(measuring.area_m2(shapes))) / 1e6
        says, key = "Area: about {} km².", "area_km2"
    elif kind == "line":
        whole = float(np.nansum(measuring.length_m(shapes))) / 1e3
        says, key = "Length: about {} km.", "length_km"
    else:
        return
    stated = float(f"{whole:.3g}")
    shown = f"{stated:g}" if stated < 1 else f"{stated:.0f}" if stated >= 100 else f"{stated}"
    yield _draft(f"{name}-size", says.format(shown), f"{key} = {{ about = {shown} }}", languages)


def _draft(name: str, says: str, kind: str, languages: Sequence[str]) -> list[str]:
    return [
        "[[claim]]",
        f"id = {text_of(name)}",
        "draft = true  # take this line out when the claim is yours",
        f"says = {table_of(says, languages)}",
        'origin = "atlas"',
        'role = "check"',
        kind,
        'verdict = "cannot tell"',
    ]
