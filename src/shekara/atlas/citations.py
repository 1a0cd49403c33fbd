"""Ids of sources in claims and in rows of tables, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Iterator

from shekara.atlas.model import Atlas, Layer
from shekara.errors import Problem
from shekara.spelling import way_out

TEXT = "text"  # as a source: the text itself, of [text] in maps/index.toml


def cited(value: object) -> tuple[str, ...]:
    """The ids in a cell of a table: one, or several with semicolons between them.

    >>> cited("treaty-1992; declaration-1998")
    ('treaty-1992', 'declaration-1998')
    """
    return tuple(part for item in str(value or "").split(";") if (part := item.strip()))


def source_fields(layer: Layer) -> frozenset[str]:
    """The attributes of a layer that hold ids of sources."""
    return frozenset(name for name, info in layer.file.field.items() if info.kind == "source")


def citation_problems(atlas: Atlas) -> Iterator[Problem]:
    """Ids that no source has, and places in a text that the atlas does not describe."""
    known = {*atlas.sources, *([TEXT] if atlas.index.text else [])}
    if TEXT in atlas.sources:
        rule = "is the text itself, of [text] in maps/index.toml"
        yield Problem("maps/sources.toml", TEXT, "", rule, "give the source another id")
    for layer in atlas.layers.values():
        yield from _claims(atlas, layer, known)
        yield from _rows(layer, known)


def _claims(atlas: Atlas, layer: Layer, known: set[str]) -> Iterator[Problem]:
    label = f"layers/{layer.name}.toml"
    for claim in layer.claims:
        for name in claim.table.source:
            if name not in known:
                key, remedy = f"claim {claim.id}.source", way_out(name, known)
                yield Problem(label, key, repr(name), "names no source", remedy)
        if claim.table.at is not None and atlas.index.text is None:
            key, rule = f"claim {claim.id}.at", "points into a text that nobody describes"
            yield Problem(label, key, "", rule, "add [text] to maps/index.toml, or delete `at`")


def _rows(layer: Layer, known: set[str]) -> Iterator[Problem]:
    fields = source_fields(layer)
    for name, info in layer.file.field.items():
        if info.source is not None and info.source not in fields:
            key = f"field.{name}.source"
            rule = 'names no field with kind = "source"'
            remedy = way_out(info.source, fields)
            yield Problem(f"layers/{layer.name}.toml", key, repr(info.source), rule, remedy)
    seen: set[str] = set()
    for index, attributes in enumerate(layer.properties):
        for field in sorted(fields & attributes.keys()):
            for name in cited(attributes[field]):
                if name not in known and name not in seen:
                    seen.add(name)
                    key = f"features[{index}].properties.{field}"
                    label, remedy = layer.data, way_out(name, known)
                    yield Problem(label, key, repr(name), "names no source", remedy)
