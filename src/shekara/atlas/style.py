"""How things are drawn, as an atlas says it: [style] of a layer, and of a layer on a map."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, model_validator

from shekara.atlas.icons import known_icon
from shekara.atlas.ramps import DIVERGING, QUALITATIVE, known_ramp
from shekara.atlas.values import Colour, Finite, Opacity, Points, Table, Text
from shekara.where import Scalar

Scheme = Literal[
    "quantiles", "natural_breaks", "equal_interval", "pretty", "breaks", "categories"
]  # fmt: skip
MOST_CLASSES = 12  # more shades of one ramp nobody tells apart
LEAST_LABEL = 6.5  # points: nothing on a sheet is smaller
Ramp = Annotated[str, AfterValidator(known_ramp)]
Icon = Annotated[str, AfterValidator(known_icon)]
# Names of inks as a PDF says them (ISO 32000-1, 8.6.6.4); the four of the press are there already.
INK = re.compile(r"[^\s/()<>\[\]{}%#][^/()<>\[\]{}%#]{0,60}")
PROCESS = ("All", "None", "Cyan", "Magenta", "Yellow", "Black")


def known_ink(name: str) -> str:
    """The name of an ink that can have a plate of its own.

    Raises
    ------
    ValueError
        It is that of a plate that is there already, or no name.
    """
    if not INK.fullmatch(name) or name in PROCESS or name != name.strip():
        raise ValueError(
            "is no name of a spot ink; write it as its maker does, without / ( ) < > [ ] { } % #: "
            '"PANTONE 1805 C"'
        )
    return name


Ink = Annotated[str, AfterValidator(known_ink)]


class Look(Table):
    """How things are drawn; lengths in points."""

    color: Colour | None = None
    fill: Colour | None = None
    fill_opacity: Opacity | None = None
    opacity: Opacity | None = None
    width: Points | None = None
    dash: list[Points] | Literal["solid", "dashed", "dotted", "dashdot"] | None = None
    hatch: Literal["", "/", "\\", "|", "-", "x", "+", ".", "o"] | None = None
    marker: Literal["circle", "square", "triangle", "diamond", "star", "cross"] | None = None
    icon: Icon | None = None
    size: Points | None = None
    arrow: bool | None = None
    spot: Ink | None = None
    distinguish: bool | None = None


class StyleClass(Look):
    """The look of the features with one value of the field that `by` names."""

    value: Scalar | list[Scalar]
    title: Text | None = None


class NoData(Look):
    """The look of the features whose value nobody knows."""

    title: Text | None = None


class ValueLook(Look):
    """A look that depends on values: classes of a field, sizes, widths, dots."""

    by: str | None = None
    scheme: Scheme | None = None
    k: Annotated[int, Field(ge=2, le=MOST_CLASSES)] | None = None
    breaks: Annotated[list[Finite], Field(min_length=1, max_length=MOST_CLASSES - 1)] | None = None
    ramp: Ramp | Annotated[list[Colour], Field(min_length=2)] | None = None
    reverse: bool = False
    centre: Finite | None = None
    no_data: NoData | None = None
    legend_title: Text | None = None
    unit: str | None = None
    size_by: str | None = None
    width_by: str | None = None
    dots_by: str | None = None
    per_dot: Annotated[Finite, Field(gt=0)] | None = None
    classes: list[StyleClass] = Field(default=[], alias="class")

    @model_validator(mode="after")
    def _keys_agree(self) -> ValueLook:
        problem = _classes_disagree(self) or _numbers_disagree(self) or _ramp_disagrees(self)
        if problem:
            raise ValueError(problem)
        return self

    @property
    def way(self) -> Scheme | None:
        """The scheme; limits that are written need no word for it."""
        return self.scheme or ("breaks" if self.breaks is not None else None)


Place = Literal[
    "right", "left", "above", "below", "above right", "above left", "below right", "below left"
]  # fmt: skip


class StyleTable(ValueLook):
    """[style] of a layer."""

    label_size: Annotated[float, Field(ge=LEAST_LABEL, le=72)] | None = None
    label_place: Place | list[Place] | None = None
    basemap: bool | None = None
    label: str | Literal[False] | None = None
    rank: Annotated[int, Field(ge=1, le=9)] | str | None = None


def _classes_disagree(look: ValueLook) -> str:
    if look.classes and not look.by:
        return "[[style.class]] needs `by`, the field whose values it tells apart"
    if look.way and not look.by:
        return "`scheme` needs `by`, the field whose values are put into classes"
    if look.way and look.classes:
        return "`scheme` makes the classes: delete it, or delete [[style.class]]"
    needy = {"k": look.k, "ramp": look.ramp, "centre": look.centre, "no_data": look.no_data}
    alone = [key for key, value in needy.items() if value is not None and not look.way]
    if alone:
        return f"`{alone[0]}` needs `scheme`, which says how values are put into classes"
    if (look.dots_by is None) != (look.per_dot is None):
        return "`dots_by` and `per_dot` go together: a field, and how much of it one dot stands for"
    return ""


def _numbers_disagree(look: ValueLook) -> str:
    breaks = look.breaks
    if look.scheme == "breaks" and breaks is None:
        return 'scheme = "breaks" needs `breaks`, the limits between classes: breaks = [10, 100]'
    if breaks is None:
        return ""
    if look.way != "breaks":
        return f"`breaks` are limits of your own: delete them, or scheme = {look.scheme!r}"
    falls = [(low, high) for low, high in pairwise(breaks) if not low < high]
    if falls:
        low, high = falls[0]
        return f"`breaks` do not rise: {low:g} stands before {high:g}; write them from low to high"
    if look.k is not None and look.k != len(breaks) + 1:
        return f"{len(breaks)} breaks make {len(breaks) + 1} classes, not k = {look.k}; delete k"
    return ""


def _ramp_disagrees(look: ValueLook) -> str:
    ordered = look.way != "categories"
    if not ordered:
        for key in ("k", "centre"):
            if getattr(look, key) is not None:
                return f"categories have no order: delete `{key}`, or choose another scheme"
        if isinstance(look.ramp, str) and look.ramp not in QUALITATIVE:
            return f"categories have no order: ramp is one of {', '.join(QUALITATIVE)}"
    elif look.ramp in QUALITATIVE:
        return (
            f"ramp = {look.ramp!r} has no order, and classes of numbers have one; "
            'choose another ramp, or scheme = "categories"'
        )
    elif look.centre is not None and isinstance(look.ramp, str) and look.ramp not in DIVERGING:
        return f"`centre` needs a ramp with two sides: {', '.join(DIVERGING)}"
    return ""
