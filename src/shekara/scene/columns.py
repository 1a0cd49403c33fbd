"""Attributes of features as numbers for charts and as text for readers."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from functools import lru_cache

from shapely.geometry.base import BaseGeometry

from shekara import measuring
from shekara.atlas import Layer
from shekara.atlas.values import Text
from shekara.i18n import ENGLISH, FALLBACK, Translator
from shekara.scene.model import Row

ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
YEARS = range(1000, 2201)  # of a calendar; other digits are rather a number of something
ISO_MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])")


def column(layer: Layer, name: str, chosen: list[int], say: Translator = ENGLISH) -> list[object]:
    """One attribute of the chosen features; the measured ones are measured now.

    "name" is the name in the reader's language.
    """
    if name == "name":
        return [feature_name(layer.properties[index], say) for index in chosen]
    if name.startswith("measured_"):
        return [measured(layer, name, index) for index in chosen]
    return [layer.properties[index].get(name) for index in chosen]


def number(value: object) -> float | None:
    """An attribute as a number; None where there is none."""
    if value is None:
        return None
    assert isinstance(value, int | float | str)  # problems of a map are found before it is drawn
    return float(value)


def numbers(layer: Layer, name: str, chosen: list[int]) -> list[float | None]:
    """One attribute of the chosen features, which holds numbers."""
    return [number(value) for value in column(layer, name, chosen)]


def feature_name(attributes: Mapping[str, object], say: Translator) -> str:
    """The feature's name in a language, else without one, else in English; "" for none."""
    for key in (f"name_{say.lang}", "name", f"name_{FALLBACK}"):
        if attributes.get(key):
            return str(attributes[key])
    return ""


def measured(layer: Layer, name: str, index: int) -> float | None:
    """measured_length_km, measured_perimeter_km or measured_area_km2 of a feature."""
    geometry = layer.geometry[index]
    flat = geometry is not None and "Polygon" not in geometry.geom_type
    if geometry is None or (flat and name != "measured_length_km"):
        return None  # a line has no area and no perimeter
    return _measured(geometry, name)


@lru_cache(maxsize=4096)
def _measured(geometry: BaseGeometry, name: str) -> float:
    if name == "measured_area_km2":
        return float(measuring.area_m2([geometry])[0]) / 1e6
    return float(measuring.length_m([geometry])[0]) / 1e3


def known_decimals(layer: Layer, name: str, index: int) -> int | None:
    """The decimals of a measured attribute that are known; None for others, and where none is.

    They are those of a claim about the same feature: two figures of half its interval.
    """
    geometry = layer.geometry[index]
    if name not in MEASURED_UNITS or geometry is None:
        return None
    accuracy_m, shift_m = layer.quality(index, "accuracy_m"), layer.quality(index, "shift_m")
    return None if accuracy_m is None else _places(geometry, name, accuracy_m, shift_m)


@lru_cache(maxsize=4096)
def _places(geometry: BaseGeometry, name: str, accuracy_m: float, shift_m: float | None) -> int:
    if name == "measured_area_km2":
        area = measuring.area_interval([geometry], accuracy_m, shift_m=shift_m)
        return area.scaled(1e-6).places
    return measuring.length_interval([geometry], accuracy_m, shift_m=shift_m).scaled(1e-3).places


MEASURED_UNITS = {
    "measured_length_km": "km",
    "measured_perimeter_km": "km",
    "measured_area_km2": "km2",
}


def rows(
    layer: Layer, index: int, say: Translator, source: Callable[[str], str] = str
) -> tuple[Row, ...]:
    """What the layer's file wants a reader to see of a feature; `source` gives a title by an id."""
    result = []
    for name, info in layer.file.field.items():
        value = column(layer, name, [index])[0]
        if value is None or value == "":
            continue
        text = (
            source(str(value))
            if info.kind == "source" and str(value) not in info.values
            else shown(layer, name, value, say, known_decimals(layer, name, index))
        )
        result.append(Row(say.text(info.title), text, _sortable(value)))
    return tuple(result)


def shown(layer: Layer, name: str, value: object, say: Translator, known: int | None = None) -> str:
    """A value as a reader sees it: words for codes, separators and unit for numbers.

    Of a measured number only the `known` decimals are told, a negative number of them where tens
    or hundreds are not known.
    """
    info = layer.file.field.get(name)
    if info is not None and str(value) in info.values:
        return say.text(info.values[str(value)])
    named = _class_title(layer, name, value) if isinstance(value, str) else None
    if named is not None:
        return say.text(named)
    if isinstance(value, bool):
        return say.message("yes" if value else "no")
    if isinstance(value, dict):
        return say.text({str(index): str(v) for index, v in value.items()})
    if isinstance(value, list):
        return ", ".join(shown(layer, name, part, say) for part in value)
    if info is not None and info.kind == "territory":
        return ", ".join(say.territory(code) for code in str(value).split())
    if not isinstance(value, int | float):
        return _dated(str(value), say)
    if info is not None and info.kind in ("year", "code"):
        return str(int(value)) if float(value).is_integer() else str(value)
    unit = info.unit if info is not None else ""
    unit = unit or MEASURED_UNITS.get(name, "")
    digits = info.digits if info is not None else None
    if digits is None and name in MEASURED_UNITS:
        digits = 1
    if known is not None:
        value = round(value, known)
        digits = max(0, known if digits is None else min(digits, known))
    return say.quantity(value, unit, digits)


def _class_title(layer: Layer, name: str, value: str) -> Text | None:
    """What the legend calls a value of the field that the layer's classes are made by."""
    if name != layer.file.style.by:
        return None
    for class_ in layer.file.style.classes:
        values = class_.value if isinstance(class_.value, list) else [class_.value]
        # A class of several values is no word for one of them.
        if class_.title is not None and values == [value]:
            return class_.title
    return None


def _dated(text: str, say: Translator) -> str:
    """A day or month as the language writes it, where the text is one of a calendar (ISO 8601)."""
    month = ISO_MONTH.fullmatch(text)
    # "2009-10" may be a season that began in 2009: it stays as it is.
    season = month is not None and int(month[2]) == (int(month[1]) + 1) % 100
    if season or not (month or ISO_DATE.fullmatch(text)) or int(text[:4]) not in YEARS:
        return text
    try:
        return (
            say.month(date.fromisoformat(f"{text}-01"))
            if month
            else say.day(date.fromisoformat(text))
        )
    except ValueError:  # the 31st of February stays what its author wrote
        return text


def title(layer: Layer, name: str, say: Translator, *, unit: bool = False) -> str:
    """The attribute in words; with its unit in brackets for the axis of a chart."""
    if name == "name":
        return ""
    info = layer.file.field.get(name)
    text = say.text(info.title) if info is not None else name.replace("_", " ")
    sign = unit_of(layer, name, say) if unit else ""
    return with_unit(text, sign) if sign else text


def with_unit(text: str, sign: str) -> str:
    """A title with the unit after it, once where the title itself ends with it."""
    bare = text.rstrip(")]")
    apart = bare.removesuffix(sign).rstrip().endswith((",", "(", "["))
    return text if bare.endswith(sign) and apart else f"{text}, {sign}"


def unit_of(layer: Layer, name: str, say: Translator) -> str:
    """The unit of an attribute's numbers as a reader sees it after them; "" where there is none."""
    info = layer.file.field.get(name)
    sign = (info.unit if info is not None else "") or MEASURED_UNITS.get(name, "")
    return say.unit(sign) if sign else ""


def _sortable(value: object) -> float | str:
    if isinstance(value, int | float):
        return float(value)
    return str(value)
