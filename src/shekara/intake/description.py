"""layers/NAME.toml of a file that was taken in: what can be guessed, and what must be completed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

import numpy as np
import shapely

from shekara import measuring
from shekara.i18n import ENGLISH, Translator
from shekara.intake.naming import are_years, label_field, own_columns, title_of
from shekara.intake.units import parted
from shekara.storage.toml import key_of, table_of, text_of, texts_of

if TYPE_CHECKING:
    import geopandas

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
    speakers: Sequence[Translator],
    accuracy_m: float | None,
    simplify_m: float | None,
) -> str:
    """The text of the file; what only its owner knows is marked "fill in"."""
    languages = [say.lang for say in speakers]
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
    for draft in _drafts(name, frame, kind, speakers):
        parts += ["", *draft]
    return "\n".join(parts) + "\n"


def _kind(frame: geopandas.GeoDataFrame) -> str:
    types = set(shapely.get_type_id(np.array(frame.geometry, dtype=object)).tolist())
    return "polygon" if types & {3, 6} else "line" if types & {1, 2, 5} else "point"


def _field(column: str, frame: geopandas.GeoDataFrame, languages: Sequence[str]) -> Iterator[str]:
    values = [value for value in frame[column] if value is not None]
    numbers = bool(values) and all(type(value) in (int, float) for value in values)
    title, unit = parted(column) if numbers else (column, "")
    yield f"[field.{key_of(column)}]"
    yield f"title = {table_of(title_of(title), languages)}"
    if unit:
        yield f"unit = {text_of(unit)}"
    if numbers and are_years(column, values):
        yield 'kind = "year"'


def _drafts(
    name: str, frame: geopandas.GeoDataFrame, kind: str, speakers: Sequence[Translator]
) -> Iterator[list[str]]:
    """Claims to begin with: how many features, how long or how large; check leaves drafts out."""
    count = len(frame)
    says = {each.lang: _counted(count, each) for each in speakers}
    yield _draft(f"{name}-count", says, f"count = {{ equals = {count} }}")
    shapes = [shape for shape in frame.geometry if shape is not None]
    if kind == "polygon":
        whole = float(np.nansum(measuring.area_m2(shapes))) / 1e6
        word, key, unit = "draft_area", "area_km2", "km2"
    elif kind == "line":
        whole = float(np.nansum(measuring.length_m(shapes))) / 1e3
        word, key, unit = "draft_length", "length_km", "km"
    else:
        return
    stated = float(f"{whole:.3g}")
    shown = f"{stated:g}" if stated < 1 else f"{stated:.0f}" if stated >= 100 else f"{stated}"
    says = {each.lang: _sized(word, Decimal(shown), unit, each) for each in speakers}
    yield _draft(f"{name}-size", says, f"{key} = {{ about = {shown} }}")


def _counted(count: int, say: Translator) -> str:
    say = ENGLISH if say.lacks("draft_count") else say
    return say.message("draft_count", number=say.number(count))


def _sized(word: str, size: Decimal, unit: str, say: Translator) -> str:
    """A size with the decimals that it is written with."""
    say = ENGLISH if say.lacks(word) else say
    exponent = size.as_tuple().exponent
    digits = -exponent if isinstance(exponent, int) and exponent < 0 else 0
    return say.message(word, size=say.quantity(size, unit, digits))


def _draft(name: str, says: Mapping[str, str], kind: str) -> list[str]:
    return [
        "[[claim]]",
        f"id = {text_of(name)}",
        "draft = true  # take this line out when the claim is yours",
        f"says = {texts_of(says)}",
        'origin = "atlas"',
        'role = "check"',
        kind,
        'verdict = "cannot tell"',
    ]
