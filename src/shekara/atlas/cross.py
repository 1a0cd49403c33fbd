"""What can only be seen when the files of an atlas are held beside each other."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator

import numpy as np
from numpy.typing import NDArray

from shekara.atlas.files import Panel, ValueLook
from shekara.atlas.model import Atlas, Layer, Map, bounds
from shekara.atlas.multiples import multiples_problems
from shekara.errors import Problem
from shekara.geometry.arrays import Floats
from shekara.spelling import way_out

Box = tuple[float, float, float, float]  # west, south, east, north
MEASURED = ("measured_length_km", "measured_area_km2", "measured_perimeter_km")


def cross_problems(atlas: Atlas, names: Iterable[str]) -> Iterator[Problem]:
    """Names that lead nowhere, ids that are there twice, geometry in the wrong order."""
    yield from _claim_ids(atlas)
    yield from _map_names(atlas, set(names))
    for layer in atlas.layers.values():
        yield from _layer_fields(layer)
    yield from _swapped(atlas)


def _claim_ids(atlas: Atlas) -> Iterator[Problem]:
    count = Counter(claim.id for claim in atlas.claims)
    for claim in atlas.claims:
        if count[claim.id] > 1:
            yield Problem(
                f"layers/{claim.layer}.toml",
                "claim.id",
                repr(claim.id),
                "is the id of more than one claim",
                "ids are unique in the whole atlas",
            )


def _map_names(atlas: Atlas, names: set[str]) -> Iterator[Problem]:
    for item in atlas.maps.values():
        label = f"maps/{item.name}.toml"
        yield from _map_layers(atlas, item, label, names)
        yield from _map_claims(atlas, item, label, names)
        yield from _steps(item, label)
        yield from _sheet(item, label)
        yield from multiples_problems(atlas, item, label)
        for panel in item.file.panel:
            yield from _map_panel(atlas, panel, label, names)
    for name in atlas.index.order:
        if name not in atlas.maps:
            remedy = way_out(name, atlas.maps)
            yield Problem("maps/index.toml", "order", repr(name), "names no map", remedy)


def _map_layers(atlas: Atlas, item: Map, label: str, names: set[str]) -> Iterator[Problem]:
    for entry in item.layers:
        if entry.layer not in names:
            yield _no_layer(label, "layers", entry.layer, names)
        elif entry.layer in atlas.layers:
            known = _known(atlas.layers[entry.layer])
            for field in entry.where:
                yield from _field(label, f"layers ({entry.layer}).where", field, known)
            place = f"layers ({entry.layer})."
            yield from _look_fields(atlas.layers[entry.layer], entry.style, label, place)


def _map_claims(atlas: Atlas, item: Map, label: str, names: set[str]) -> Iterator[Problem]:
    ids = {claim.id for claim in atlas.claims}
    for claim in item.file.claims:
        if claim not in ids and names <= set(atlas.layers):  # else it may stand in a broken one
            yield Problem(label, "claims", repr(claim), "names no claim", way_out(claim, ids))


def _map_panel(atlas: Atlas, panel: Panel, label: str, names: set[str]) -> Iterator[Problem]:
    if panel.layer not in names:
        yield _no_layer(label, "panel.layer", panel.layer, names)
    elif panel.layer in atlas.layers:
        known = _known(atlas.layers[panel.layer])
        for used in (panel.x, panel.y, panel.by, panel.label, *panel.where):
            if used is not None:
                yield from _field(label, "panel", used, known)
        if panel.y in atlas.layers[panel.layer].fields:
            yield from _numbers(atlas.layers[panel.layer], panel.y)


def _sheet(item: Map, label: str) -> Iterator[Problem]:
    """Names in [sheet]: its leading claim and the layer of its outlines are the map's own."""
    lead, outlines = item.file.sheet.lead, item.file.sheet.outlines
    if lead is not None and lead not in item.file.claims:
        remedy = way_out(lead, item.file.claims)
        yield Problem(label, "sheet.lead", repr(lead), "is no claim of this map", remedy)
    layers = {entry.layer for entry in item.layers}
    if outlines is not None and outlines.layer not in layers:
        name, remedy = repr(outlines.layer), way_out(outlines.layer, layers)
        yield Problem(label, "sheet.outlines.layer", name, "is no layer of this map", remedy)


def _no_layer(label: str, key: str, name: str, names: set[str]) -> Problem:
    return Problem(label, key, repr(name), "names no layer", way_out(name, names))


def _known(layer: Layer) -> set[str]:
    named = any(key.startswith("name") for key in layer.fields)
    return {*layer.fields, *MEASURED, *(["name"] if named else [])}


def _field(label: str, key: str, field: str, known: set[str]) -> Iterator[Problem]:
    if field not in known:
        yield Problem(
            label, key, repr(field), "is no attribute of the layer", way_out(field, known)
        )


def _layer_fields(layer: Layer) -> Iterator[Problem]:
    label = f"layers/{layer.name}.toml"
    if not len(layer.properties):
        return
    known = _known(layer)
    style, time = layer.file.style, layer.file.time
    yield from _look_fields(layer, style, label)
    named = {f"field.{name}": name for name in layer.file.field}
    if isinstance(style.rank, str):
        named["style.rank"] = style.rank
    if isinstance(style.label, str) and style.label:
        named["style.label"] = style.label
    if time is not None:
        named |= {"time.from": time.from_ or "", "time.to": time.to or ""}
    for key, wanted in named.items():
        if wanted:
            yield from _field(label, key, wanted, known)
    for field in (time.from_, time.to) if time else ():
        if field and field in layer.fields:
            yield from _numbers(layer, field)
    for key in ("accuracy_m", "shift_m", "resolution_m"):
        if key in layer.fields:
            yield from _numbers(layer, key, least=0.0)


def _look_fields(layer: Layer, look: ValueLook, label: str, place: str = "") -> Iterator[Problem]:
    """Fields that a look depends on: they exist, and those of sizes hold numbers."""
    if look.by:
        yield from _field(label, f"{place}style.by", look.by, _known(layer))
    for key in ("size_by", "width_by", "dots_by"):
        field = getattr(look, key)
        if field:
            yield from _field(label, f"{place}style.{key}", field, _known(layer))
            if field in layer.fields:
                yield from _numbers(layer, field)


def _numbers(layer: Layer, name: str, least: float = -math.inf) -> Iterator[Problem]:
    for index, attributes in enumerate(layer.properties):
        value = attributes.get(name)
        if value is None:
            continue
        key = f"features[{index}].properties.{name}"
        if isinstance(value, bool) or not isinstance(value, int | float):
            rule, remedy = "is no number", "write a number without quotation marks, or null"
            yield Problem(layer.data, key, repr(value), rule, remedy)
            return
        if not least <= value < math.inf:
            rule, remedy = "is no size", "write a number that is not negative, or null"
            yield Problem(layer.data, key, repr(value), rule, remedy)
            return


def _swapped(atlas: Atlas) -> Iterator[Problem]:
    """Layers that miss every extent and every other layer, and would meet one if turned round."""
    boxes = {
        name: box
        for name, layer in atlas.layers.items()
        if (box := bounds(layer.geometry)) is not None
    }
    extents: dict[str, list[list[float]]] = {name: [] for name in boxes}
    for item in atlas.maps.values():
        for name in {entry.layer for entry in item.layers}.intersection(boxes):
            extents[name].append(item.file.extent)
    every = np.array(list(boxes.values()))
    for place, (name, box) in enumerate(boxes.items()):
        turned = np.array([box[1], box[0], box[3], box[2]])
        others = np.arange(len(every)) != place
        for group in (np.array(extents[name]), every[others]):
            if len(group) and not _meet(box, group).any() and _inside(turned, group).any():
                value = f"{box[0]:g} to {box[2]:g} E, {box[1]:g} to {box[3]:g} N"
                yield Problem(
                    atlas.layers[name].data,
                    "coordinates",
                    value,
                    "lies outside its maps and beside all other layers",
                    "it looks like latitude, longitude: GeoJSON wants longitude first",
                )
                break


def _meet(box: Box, group: Floats) -> NDArray[np.bool_]:
    """Which boxes of a group (n, 4) a box meets."""
    w1, s1, e1, n1 = box
    w2, s2, e2, n2 = group.T
    over = (w1 <= e2) | (e1 >= w2)  # an extent over the antimeridian
    along = np.where(w2 > e2, over, (w1 <= e2) & (w2 <= e1))
    return np.asarray((s1 <= n2) & (s2 <= n1) & along)


def _inside(box: Floats, group: Floats) -> NDArray[np.bool_]:
    """Which boxes of a group (n, 4) hold a box."""
    return np.asarray((group[:, :2] <= box[:2]).all(axis=1) & (box[2:] <= group[:, 2:]).all(axis=1))


def _steps(item: Map, label: str) -> Iterator[Problem]:
    """Steps of a story that show what their map has not."""
    layers = {entry.layer for entry in item.layers}
    for number, step in enumerate(item.file.step, start=1):
        if step.claim is not None and step.claim not in item.file.claims:
            rule = "is no claim of this map"
            way = way_out(step.claim, item.file.claims)
            yield Problem(label, f"step {number}.claim", repr(step.claim), rule, way)
        for name in step.layers or ():
            if re.sub(r"-\d+$", "", name) not in layers and name not in layers:
                rule, way = "is no layer of this map", way_out(name, layers)
                yield Problem(label, f"step {number}.layers", repr(name), rule, way)
