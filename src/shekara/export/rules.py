"""Which features have which sign, as conditions that a GIS understands."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from shekara.atlas import Map
from shekara.export.tables import Table
from shekara.scene import Feature, Scene, Style

NEAR = 0.01  # of a size: what rounding may make of a proportion
SMALLEST, THINNEST = 3.0, 0.5  # points: what an attribute makes a sign at least


@dataclass(frozen=True)
class Rule:
    """A sign, the features that have it (an expression of QGIS; "" for all), and its title."""

    condition: str
    title: str
    style: Style
    rows: tuple[int, ...]  # places in the table
    size: str | None = None  # an expression in points, where it follows an attribute
    width: str | None = None


def rules_of(table: Table, scene: Scene, columns: Sequence[str]) -> list[Rule]:
    """The signs of a table, in the order of the legend.

    Conditions rest on the field that tells the classes apart, where it does so alone: a list of
    values, or a range where values are many numbers. Elsewhere they name the features by `fid`.
    """
    features = table.shown.features
    style = table.layer.file.style
    size = _driven(table, style.size_by, "size", columns) if _vary(features, "size") else None
    width = _driven(table, style.width_by, "width", columns) if _vary(features, "width") else None
    groups: dict[tuple[int, Style], list[int]] = {}
    for place, feature in enumerate(features):
        look = replace(
            feature.style,
            size=0.0 if size else feature.style.size,
            width=0.0 if width else feature.style.width,
        )
        number = -1 if feature.legend is None else feature.legend
        groups.setdefault((number, look), []).append(place)
    by = style.by if style.by in columns else None
    conditions = _conditions(table, by, list(groups.values()))
    rules = []
    for (number, _), places in groups.items():
        entry = scene.legend[number] if number >= 0 else None
        title = entry.title if entry is not None else table.shown.title
        if entry is not None and entry.heading and len(groups) > 1:
            title = scene.say.message("other")
        look = features[places[0]].style
        condition = conditions[tuple(places)]
        rules.append((number, Rule(condition, title, look, tuple(places), size, width)))
    return [rule for _, rule in sorted(rules, key=lambda pair: (pair[0], pair[1].rows))]


def subset(table: Table, item: Map, whole: int) -> str:
    """The condition of SQL that chooses a map's features from the `whole` many of a table.

    That of the map where it says the same; else their numbers.
    """
    if len(table.fids) == whole:
        return ""
    layer = table.layer
    for entry in item.layers:
        simple = all(_simple(value) for value in entry.where.values())
        if entry.layer == layer.name and entry.where and simple:
            chosen = {int(index) for index in layer.select(entry.where)}
            # Where all of them are drawn by this table, the map's own words choose the same.
            if chosen == set(table.rows):
                return " AND ".join(_chosen(field, value) for field, value in entry.where.items())
    return f'"fid" IN ({", ".join(map(str, table.fids))})'


def _simple(value: object) -> bool:
    values = value if isinstance(value, list) else [value]
    return all(isinstance(item, str | int) and not isinstance(item, bool) for item in values)


def _chosen(field: str, value: object) -> str:
    values = value if isinstance(value, list) else [value]
    texts = ["'" + item.replace("'", "''") + "'" if isinstance(item, str) else str(item)
             for item in values]  # fmt: skip
    return f"{name(field)} IN ({', '.join(texts)})"


def name(field: str) -> str:
    """A field in an expression of QGIS."""
    return '"' + field.replace('"', '""') + '"'


def literal(value: object) -> str:
    """A value in an expression of QGIS."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return f"{value:.15g}"
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return "'" + text.replace("\\", "\\\\").replace("'", "''") + "'"


def _conditions(
    table: Table, by: str | None, groups: Sequence[Sequence[int]]
) -> Mapping[tuple[int, ...], str]:
    if len(groups) == 1:
        return {tuple(groups[0]): ""}
    values = [
        {_key(table.layer.properties[table.rows[place]].get(by or "")) for place in group}
        for group in groups
    ]
    every = [value for group in values for value in group]
    if by is None or len(every) != len(set(every)):
        return {tuple(g): _by_number(table, g) for g in groups}
    style = table.layer.file.style
    ranges = _ranges(values, bool(style.breaks or style.scheme not in (None, "categories")))
    return {
        tuple(group): _range(by, *limits) if limits else _listed(by, sorted(some, key=str))
        for group, some, limits in zip(groups, values, ranges, strict=True)
    }


def _by_number(table: Table, places: Sequence[int]) -> str:
    return f'"fid" IN ({", ".join(str(table.fids[place]) for place in places)})'


def _key(value: object) -> object:
    return json.dumps(value) if isinstance(value, list | dict) else value


def _ranges(values: Sequence[set[object]], classed: bool) -> list[tuple[float, float] | None]:
    """The least and the greatest of each group where groups are ranges, else None for all."""
    numbers = [[v for v in some if isinstance(v, int | float) and not isinstance(v, bool)]
               for some in values]  # fmt: skip
    pure = all(len(n) == len(v) or v == {None} for n, v in zip(numbers, values, strict=True))
    limits = [(min(n), max(n)) if n else None for n in numbers]
    ordered = sorted(limit for limit in limits if limit is not None)
    apart = all(a[1] < b[0] for a, b in pairwise(ordered))
    many = classed or sum(len(n) for n in numbers) > 2 * len(values)
    return limits if pure and apart and many else [None] * len(values)


def _range(by: str, low: float, high: float) -> str:
    return f"{name(by)} >= {literal(low)} AND {name(by)} <= {literal(high)}"


def _listed(by: str, values: Sequence[object]) -> str:
    some = [literal(value) for value in values if value is not None]
    parts = [f"{name(by)} IN ({', '.join(some)})"] if some else []
    parts += [f"{name(by)} IS NULL"] if None in values else []
    return " OR ".join(parts)


def _vary(features: Sequence[Feature], key: str) -> bool:
    return len({getattr(feature.style, key) for feature in features}) > 1


def _driven(table: Table, field: str | None, key: str, columns: Sequence[str]) -> str | None:
    """How a size follows an attribute: by its root (areas of circles) or itself (widths).

    Where the drawn sizes are not so, each feature's own is written down.
    """
    if field is None:
        return None
    power, least = (0.5, SMALLEST) if key == "size" else (1.0, THINNEST)
    sizes = [float(getattr(feature.style, key)) for feature in table.shown.features]
    values = [table.layer.properties[index].get(field) for index in table.rows]
    pairs = [(float(v), s) for v, s in zip(values, sizes, strict=True)
             if isinstance(v, int | float) and not isinstance(v, bool)]  # fmt: skip
    largest = max(pairs, default=(0.0, 0.0))
    if field in columns and largest[0] > 0:
        factor = largest[1] / largest[0] ** power
        if all(
            math.isclose(max(least, factor * max(0.0, v) ** power), s, rel_tol=NEAR)
            for v, s in pairs
        ):
            root = f"sqrt(max(0, {name(field)}))" if power == 0.5 else name(field)
            known = f"max({least:g}, {factor:.9g} * {root})"
            empty = next((s for v, s in zip(values, sizes, strict=True) if v is None), least)
            return f"if({name(field)} IS NULL, {empty:.6g}, {known})"
    return "CASE " + " ".join(_each(table.fids, sizes)) + f" ELSE {least:g} END"


def _each(fids: Sequence[int], sizes: Sequence[float]) -> Iterator[str]:
    for fid, size in zip(fids, sizes, strict=True):
        yield f'WHEN "fid" = {fid} THEN {size:.6g}'
