"""The legend of a layer: its title, its classes, and round values of its sizes."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Collection
from dataclasses import replace
from itertools import takewhile

from shekara.atlas import Layer
from shekara.i18n import Translator
from shekara.scene.columns import MEASURED_UNITS, shown, with_unit
from shekara.scene.looks import Looks
from shekara.scene.model import Kind, LegendEntry, Style

GREY = "#6b6b6b"  # of sizes that belong to no class
STEM = 0.8  # of a word's letters: what two forms of it share


def legend(  # noqa: PLR0913 - what one caller knows of a layer
    layer: Layer,
    name: str,
    title: str,
    kind: Kind,
    symbology: Looks,
    used: set[int | None],
    note: str,
    say: Translator,
    *,
    named: bool,
) -> tuple[list[LegendEntry], dict[int, int]]:
    """The lines of one layer, and for every class in use the number of its line among them.

    `named` says that the map gave the layer a title of its own.
    """
    lines: list[LegendEntry] = []
    place: dict[int, int] = {}
    classes = _shown_classes(symbology, used)
    field = symbology.size_by or symbology.width_by
    ranged = any(symbology.classes[number][0].range is not None for number in classes)
    if len(classes) == 1 and None not in used and (named or field) and not ranged:
        # One class under the map's own title needs no heading.
        number = classes[0]
        symbology = replace(symbology, base=symbology.classes[number][1])
        lines.append(LegendEntry(name, title, kind, symbology.base, note, heading=bool(field)))
        place[number] = 0
    elif not classes:
        lines.append(LegendEntry(name, title, kind, symbology.base, note, heading=bool(field)))
    else:
        heading = _heading(layer, title, symbology, say, named=named)
        lines.append(LegendEntry(name, heading, kind, symbology.base, note, heading=True))
        for number in classes:
            value_class, style = symbology.classes[number]
            style = replace(style, size=symbology.default_size) if symbology.size_by else style
            place[number] = len(lines)
            words = value_class.title(layer, symbology.by or "", say)
            lines.append(LegendEntry(name, words, kind, style))
        if None in used:
            lines.append(LegendEntry(name, say.message("other"), kind, symbology.base))
    if symbology.dots_by and kind == "point":
        amount = shown(layer, symbology.dots_by, symbology.per_dot, say)
        lines[0] = replace(lines[0], heading=True)
        words = say.message("dots_one", amount=amount)
        lines.append(LegendEntry(name, words, kind, symbology.base, say.message("dots_note")))
    if field:
        told = not named or len(classes) > 1  # else the map's own title says what they are
        lines.extend(_sizes(layer, name, kind, symbology, field, say, classes, told=told))
    return lines, place


def says(title: str, note: str) -> bool:
    """Whether a title says a note already, in whatever gender and number the language has.

    >>> says("Секторы (вычислены)", "вычислено"), says("Computed lines", "schematic")
    (True, False)
    """
    words = note.casefold().split()
    there = re.findall(r"\w+", title.casefold())
    return all(any(_akin(word, other) for other in there) for word in words)


def _akin(first: str, second: str) -> bool:
    """Whether two words differ by their endings alone."""
    pairs = zip(first, second, strict=False)
    same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
    longest = max(len(first), len(second))
    return same == longest or same >= max(STEM * longest, 4)


def _shown_classes(symbology: Looks, used: set[int | None]) -> list[int]:
    """Numbers of the classes in use; of ranges also the empty ones between them."""
    numbers = [number for number in range(len(symbology.classes)) if number in used]
    ranges = [number for number in numbers if symbology.classes[number][0].range is not None]
    if not ranges:
        return numbers
    rest = [number for number in numbers if number > max(ranges)]
    return [*range(min(ranges), max(ranges) + 1), *rest]


def _heading(layer: Layer, title: str, symbology: Looks, say: Translator, *, named: bool) -> str:
    """What stands above the classes: their own title, else that of a field in classes by scheme."""
    by = symbology.by or ""
    info = layer.file.field.get(by)
    if symbology.heading is not None:
        title = say.text(symbology.heading)
    elif any(item.range is not None for item, _ in symbology.classes) and not named and info:
        title = say.text(info.title)
    elif symbology.unit is None:
        return title
    unit = say.unit(symbology.unit or (info.unit if info else "") or MEASURED_UNITS.get(by, ""))
    return with_unit(title, unit) if unit else title


def _sizes(  # noqa: PLR0913 - what one caller knows of a layer
    layer: Layer,
    name: str,
    kind: Kind,
    symbology: Looks,
    field: str,
    say: Translator,
    used: Collection[int],
    *,
    told: bool,
) -> list[LegendEntry]:
    """Two or three round values with the signs that they have; of what they are, if not their unit.

    Beside classes they are grey: their sizes belong to no class.
    """
    entries = []
    if len(used) > 1:
        grey = replace(symbology.base, color=GREY, fill=GREY, dash=(), hatch="")
        symbology = replace(symbology, base=grey)
    info = layer.file.field.get(field)
    if told and info is not None and not info.unit and field not in MEASURED_UNITS:
        words = say.text(info.title)
        entries.append(LegendEntry(name, words, kind, symbology.base, heading=True))
    style: Callable[[float], Style] = (
        (lambda value: replace(symbology.base, size=symbology.diameter(value)))
        if symbology.size_by
        else (
            lambda value: replace(
                symbology.base, width=symbology.base.width * value / symbology.largest
            )
        )
    )
    for value in round_values(symbology.largest):
        words = shown(layer, field, value, say)
        entries.append(LegendEntry(name, words, kind, style(value), measure=True))
    return entries


def round_values(largest: float) -> list[float]:
    """Round values below the largest, largest first: 50, 20, 5 for 61."""
    power = 10.0 ** math.floor(math.log10(largest)) if largest > 0 else 1.0
    step = max(step for step in (1, 2, 5) if step * power <= largest * 1.0001)
    top = step * power
    values = [top, top / 2.5 if step == 5 else top / 2, top / 10]
    return [float(round(value)) if value >= 1 else value for value in values if value > 0]
