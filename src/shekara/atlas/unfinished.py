"""What an atlas still owes its readers: texts without one of its languages, licences to fill in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import UnionType
from typing import Annotated, Union, get_args, get_origin

from pydantic import BaseModel

from shekara.atlas.model import Atlas
from shekara.i18n import base_language

FILL_IN = "LicenseRef-fill-in"  # what a file taken in begins with; nobody's licence
SHOWN = 12  # of a list; more nobody reads in a terminal
WORDS = dict[str, str]  # a text in several languages


def owed(atlas: Atlas) -> tuple[str, ...]:
    """One sentence for each kind of thing that is missing and no error, with where it is missing.

    A text that is no table is meant for all languages; a region's language takes its language's.
    """
    every = list(_texts_of(atlas))
    said = []
    for lang in atlas.languages:
        lacking = [place for place, text in every if not {lang, base_language(lang)} & set(text)]
        if lacking:
            said.append(
                f"{lang}: {len(lacking)} texts of the atlas are in another language, "
                f"for want of their own: {shortened(lacking)}"
            )
    unnamed = [
        f"layers/{layer.name}.toml"
        for layer in atlas.layers.values()
        if any(source.license == FILL_IN for source in layer.file.source)
    ]
    if unnamed:
        said.append(f"the licence of a source is still to be filled in: {shortened(unnamed)}")
    return tuple(said)


def shortened(items: list[str] | tuple[str, ...]) -> str:
    """The first of a list, and how many more there are."""
    rest = len(items) - SHOWN
    return ", ".join(items[:SHOWN]) + (f" and {rest} more" if rest > 0 else "")


def _texts_of(atlas: Atlas) -> Iterator[tuple[str, WORDS]]:
    """Each text that has languages, with its file and key."""
    parts: list[tuple[str, BaseModel]] = [("maps/index.toml", atlas.index)]
    for layer in atlas.layers.values():
        parts.append((f"layers/{layer.name}.toml", layer.file))
        for claim in layer.claims:
            parts.append((f"layers/{layer.name}.toml claim {claim.id}", claim.asks))
    parts += [(f"maps/{item.name}.toml", item.file) for item in atlas.maps.values()]
    for file, model in parts:
        for key, text in _in_model(model):
            yield f"{file} {key}", text


def _in_model(model: BaseModel, under: str = "") -> Iterator[tuple[str, WORDS]]:
    for name, info in type(model).model_fields.items():
        yield from _in_value(getattr(model, name), info.annotation, f"{under}{info.alias or name}")


def _in_value(value: object, annotation: object, key: str) -> Iterator[tuple[str, WORDS]]:
    if isinstance(value, BaseModel):
        named = getattr(value, "id", None)
        yield from _in_model(value, f"{f'claim {named}' if named else key}.")
        return
    if not isinstance(value, dict | list | tuple):
        return
    kinds = list(_alternatives(annotation))
    if isinstance(value, dict):
        if WORDS in kinds and str in kinds:
            yield key, value
            return
        inner = next(
            (get_args(kind)[1] for kind in kinds if get_origin(kind) in (dict, Mapping)), object
        )
        for name, item in value.items():
            yield from _in_value(item, inner, f"{key}.{name}")
    else:
        inner = next(
            (get_args(kind)[0] for kind in kinds if get_origin(kind) in (list, tuple)), object
        )
        for number, item in enumerate(value):
            yield from _in_value(item, inner, f"{key}[{number}]")


def _alternatives(annotation: object) -> Iterator[object]:
    """The types that a key may have."""
    origin = get_origin(annotation)
    if origin is Annotated:
        yield from _alternatives(get_args(annotation)[0])
    elif origin in (Union, UnionType):
        for part in get_args(annotation):
            yield from _alternatives(part)
    else:
        yield annotation
