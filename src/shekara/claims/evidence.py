"""What a verdict rests on: which sources, and whether they can carry it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from shekara.atlas import Atlas, Claim, Layer
from shekara.atlas.citations import TEXT, cited, source_fields
from shekara.atlas.source import Source
from shekara.claims.kind import Kind
from shekara.claims.result import Evidence
from shekara.claims.statements import Documented


@dataclass(frozen=True)
class _Use:
    """Rows of a layer that a claim looks at, and by which attributes."""

    layer: Layer
    rows: tuple[int, ...]
    fields: frozenset[str]
    shapes: bool  # whether their shapes are looked at, not their attributes alone


def evidence(claim: Claim, kind: Kind, atlas: Atlas) -> Evidence:
    """The sources of a claim: those that it names, those of its rows, those of its layers.

    Rows that name sources of their own stand for the layer where only their figures are used.
    Numbers of the text itself need no other source than the text.
    """
    named = [_source(name, claim, atlas) for name in claim.table.source]
    if isinstance(kind, Documented):
        document = Source(name=kind.by, date=kind.date, url=kind.url)
        return _unique(named or [document])
    if kind.RESTS_ON != "layers":
        subject = [] if claim.table.origin != "text" else [_text(claim, atlas)]
        return _unique(named or subject)
    unnamed = False
    for use in _uses(claim, kind, atlas):
        rows, missing = _of_rows(use, claim, atlas)
        unnamed |= missing and not use.shapes  # a layer's own sources answer for its shapes
        named.extend(rows)
        if use.shapes or not rows:
            named.extend(use.layer.file.source)
    return _unique(named, unnamed)


def _unique(sources: Iterable[Source], unnamed: bool = False) -> Evidence:
    once: list[Source] = []
    for source in sources:
        if source not in once:
            once.append(source)
    return Evidence(tuple(once), unnamed)


def _source(name: str, claim: Claim, atlas: Atlas) -> Source:
    return _text(claim, atlas) if name == TEXT else atlas.sources[name]


def _text(claim: Claim, atlas: Atlas) -> Source:
    """The text as a source of its own numbers."""
    text = atlas.index.text
    if text is None:
        return Source(name=claim.table.text or claim.table.says, url=claim.table.url)
    return Source(
        id=TEXT,
        name=text.title or text.kind,
        author=text.author,
        publisher=text.publisher,
        date=text.years[-1] if text.years else None,
        url=text.url,
        note=text.note,
    )


def _uses(claim: Claim, kind: Kind, atlas: Atlas) -> Iterator[_Use]:
    for owner in dict.fromkeys(owner for _, owner in kind.ATTRIBUTES):
        name = getattr(kind, owner, None) if owner else None
        if owner == "of" and name is None and getattr(kind, "of_value", None) is not None:
            continue  # the whole is a number of the claim, whose source the claim names
        if owner == "inside" and name is None:
            continue  # not clipped
        layer = atlas.layers[name or claim.layer]
        given = [getattr(kind, key, None) for key, of in kind.ATTRIBUTES if of == owner]
        where = next((value for value in given if isinstance(value, dict)), {})
        fields = {value for value in given if isinstance(value, str)} | set(where)
        rows = tuple(int(i) for i in layer.select(where))
        yield _Use(layer, rows, frozenset(fields), kind.looks_at_shapes)


def _of_rows(use: _Use, claim: Claim, atlas: Atlas) -> tuple[list[Source], bool]:
    """The sources that rows name for what is used of them, and whether one of them has none."""
    columns = _columns(use.layer, use.fields)
    ids: dict[str, None] = {}
    missing = False
    for row in use.rows:
        for column in columns:
            names = cited(use.layer.properties[row].get(column))
            missing |= not names
            ids.update(dict.fromkeys(names))
    known = [name for name in ids if name == TEXT or name in atlas.sources]
    return [_source(name, claim, atlas) for name in known], missing


def _columns(layer: Layer, fields: Iterable[str]) -> list[str]:
    """The attributes with the sources of some fields: a field's own, else those of the row."""
    info = layer.file.field
    sources = {item.source for item in info.values() if item.source is not None}
    general = sorted(source_fields(layer) - sources)
    used = {info[name].source for name in fields if name in info} - {None}
    return [*general, *sorted(str(name) for name in used)]
