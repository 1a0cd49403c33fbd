"""Classes of a field's values: ranges of numbers by a scheme, kinds one by one, and no data."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeGuard

from shekara.atlas import Layer
from shekara.atlas.files import StyleClass, ValueLook
from shekara.atlas.ramps import DIVERGING
from shekara.atlas.style import Look
from shekara.i18n import Translator
from shekara.scene.columns import shown
from shekara.scene.limits import limits_between, through, within
from shekara.scene.ramps import (
    USUAL,
    USUAL_CATEGORIES,
    USUAL_DIVERGING,
    categories,
    colours,
    places,
)

USUAL_K = 5  # classes: as many as a reader finds again on the map
OUTLINE, OUTLINE_PT = "#5a5a5a", 0.4
OPACITY = 0.9
NO_DATA = "#d6d6d6"
SMALL_COUNT = 1000  # whole numbers below it are told apart by the next one: 0–4, 5–9


@dataclass(frozen=True)
class Range:
    """The numbers of a class: above one limit and up to the next; None where it is open.

    `least` and `most` are the ends that a reader sees where they are known.
    """

    above: float | None
    up_to: float | None
    least: float | None
    most: float | None
    digits: int
    whole: bool

    def holds(self, value: float) -> bool:
        """Whether a number belongs to the class."""
        return (self.above is None or value > self.above) and (
            self.up_to is None or value <= self.up_to
        )

    def text(self, say: Translator) -> str:
        """The range in the reader's numbers: ``12–20``, ``> 20–35``, ``> 35``."""
        low, high = self.least, self.most
        sign = "" if self.above is None else "> "
        if self.whole and self.above is not None:
            low, sign = self.above + 1, ""
        if low is None:
            return f"≤\u00a0{self._number(high, say)}" if high is not None else ""
        if high is None:
            return f">\u00a0{self._number(self.above, say)}"
        first, last = self._number(low, say), self._number(high, say)
        if first == last and not sign:
            return first
        dash = " – " if low < 0 or high < 0 else "–"
        return f"{sign}{first}{dash}{last}".replace("> ", ">\u00a0")

    def _number(self, value: float | None, say: Translator) -> str:
        return "" if value is None else say.number(value, self.digits)


@dataclass(frozen=True)
class ValueClass:
    """One class of a field: which values are in it, and how it differs from the layer's look."""

    look: Look
    values: tuple[object, ...] = ()
    range: Range | None = None
    nothing: bool = False  # the features whose value nobody knows
    rest: bool = False  # every value that is in no other class

    def holds(self, value: object) -> bool:
        """Whether a value belongs to the class."""
        if self.nothing:
            return value is None
        if self.range is not None:
            return is_number(value) and self.range.holds(value)
        return value in self.values or (self.rest and value is not None)

    def title(self, layer: Layer, field: str, say: Translator) -> str:
        """The class in words: its own title, else its values as a reader sees them."""
        title = getattr(self.look, "title", None)
        if title is not None:
            return say.text(title)
        if self.nothing:
            return say.message("no_data")
        if self.rest:
            return say.message("other")
        if self.range is not None:
            return self.range.text(say)
        return ", ".join(shown(layer, field, value, say) for value in self.values)


def is_number(value: object) -> TypeGuard[float]:
    """Whether a value is a number that can be put into a class; true and false are none."""
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def classes_of(
    layer: Layer, look: ValueLook, kind: str, values: Sequence[object]
) -> list[ValueClass]:
    """The classes of the values, lowest or commonest first, those without data last.

    Parameters
    ----------
    layer
        For what its file says of the field.
    look
        `by` and what makes classes of it.
    kind
        Of the geometry: lines take the colour of a class as stroke, the rest as filling.
    values
        Of all features that are drawn; None where nobody knows.
    """
    if look.classes:
        return [ValueClass(item, tuple(_listed(item))) for item in look.classes]
    known = [value for value in values if value is not None]
    if look.way is None or not known:
        return []
    if look.way == "categories":
        classes = _kinds(look, kind, known)
    else:
        classes = _ranges(layer, look, kind, [float(v) for v in known if is_number(v)])
    if len(known) < len(values):
        classes.append(ValueClass(_no_data(look, kind), nothing=True))
    return classes


def _listed(item: StyleClass) -> list[object]:
    return list(item.value) if isinstance(item.value, list) else [item.value]


def _kinds(look: ValueLook, kind: str, known: Sequence[object]) -> list[ValueClass]:
    """A class for each value, the commonest first; what no colour is left for is the rest."""
    count = Counter(
        tuple(v) if isinstance(v, list) else v for v in known if not isinstance(v, dict)
    )
    ordered = sorted(count, key=lambda value: (-count[value], str(value)))
    palette = categories(look.ramp or USUAL_CATEGORIES, look.reverse)
    sorted_classes = [
        ValueClass(tinted(colour, kind), (list(value) if isinstance(value, tuple) else value,))
        for value, colour in zip(ordered, palette, strict=False)
    ]
    if len(ordered) > len(palette):
        sorted_classes.append(ValueClass(tinted(NO_DATA, kind), rest=True))
    return sorted_classes


def _ranges(layer: Layer, look: ValueLook, kind: str, numbers: Sequence[float]) -> list[ValueClass]:
    """Classes of numbers, lowest first."""
    if not numbers:
        return []
    known_ends = look.way != "breaks"
    limits = list(look.breaks or ())
    if look.way is not None and look.way != "breaks" and look.way != "categories":
        count = min(look.k or USUAL_K, len(set(numbers)))
        limits = limits_between(numbers, look.way, count) if count > 1 else []
        if look.centre is not None:
            limits = through(look.centre, limits, numbers)
    info = layer.file.field.get(look.by or "")
    digits = max([_decimals(limit) for limit in limits], default=0)
    digits = max(digits, (info.digits or 0) if info else 0)
    whole = max(map(abs, numbers)) < SMALL_COUNT and all(
        float(number).is_integer() for number in (*numbers, *limits)
    )
    if not limits:
        digits = max(digits, min(_decimals(numbers[0]), 6))
    scale = 10.0**digits
    least = math.floor(min(numbers) * scale) / scale if known_ends else None
    most = math.ceil(max(numbers) * scale) / scale if known_ends else None
    ends = within(limits)
    two_sided = look.centre is not None or look.ramp in DIVERGING
    ramp = look.ramp or (USUAL_DIVERGING if two_sided else USUAL)
    sides = [
        (least if above is None else above, most if up_to is None else up_to)
        for above, up_to in ends
    ]
    tints = colours(ramp, places(sides, look.centre, two_sided), look.reverse)
    return [
        ValueClass(
            tinted(colour, kind),
            range=Range(above, up_to, low, high, digits, whole and known_ends),
        )
        for (above, up_to), (low, high), colour in zip(ends, sides, tints, strict=True)
    ]


def _decimals(value: float) -> int:
    text = f"{value:.12f}".rstrip("0")
    return len(text.partition(".")[2])


def tinted(colour: str, kind: str) -> Look:
    """The look of a class in a colour of a ramp; nothing more is added to tell it apart."""
    if kind == "line":
        return Look(color=colour, distinguish=False)
    return Look(
        color=OUTLINE, fill=colour, fill_opacity=OPACITY, width=OUTLINE_PT, distinguish=False
    )


def _no_data(look: ValueLook, kind: str) -> Look:
    usual = tinted(NO_DATA, kind)
    if look.no_data is None:
        return usual
    written = look.no_data.model_dump(exclude_none=True)
    if "color" in written and kind != "line" and "fill" not in written:
        written["fill"] = written["color"]
    return type(look.no_data).model_validate({**usual.model_dump(exclude_none=True), **written})
