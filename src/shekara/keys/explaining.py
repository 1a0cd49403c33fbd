"""The keys of an atlas's files, explained from the models in tables for readers.

What a key does stands once, in descriptions.toml; types and defaults come from the models.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator, Mapping
from functools import lru_cache
from importlib.resources import files
from types import MappingProxyType, NoneType, UnionType
from typing import Annotated, Literal, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from shekara.atlas import files as tables_of
from shekara.atlas.pictures import BackdropTable, LogoTable
from shekara.atlas.source import LayerSource
from shekara.atlas.statement import At, ClaimTable, Correction, TextTable
from shekara.atlas.style import NoData
from shekara.claims import KINDS
from shekara.errors import UsageError
from shekara.keys.examples import examples
from shekara.spelling import way_out

# Topics in the order of a reader, each with the models whose keys it explains.
TOPICS: Mapping[str, tuple[type[BaseModel], ...]] = MappingProxyType(
    {
        "layer": (tables_of.LayerFile,),
        "source": (LayerSource,),
        "quality": (tables_of.Quality,),
        "field": (tables_of.FieldInfo,),
        "style": (tables_of.StyleTable, tables_of.StyleClass, NoData),
        "time": (tables_of.Time,),
        "map": (
            tables_of.MapFile,
            tables_of.SheetTable,
            tables_of.SheetInset,
            tables_of.OutlinesTable,
            tables_of.MultiplesTable,
            BackdropTable,
        ),
        "map-layer": (tables_of.MapLayer,),
        "panel": (tables_of.Panel, tables_of.PanelReference),
        "step": (tables_of.Step,),
        "projection": (tables_of.ProjectionTable,),
        "index": (
            tables_of.IndexFile,
            TextTable,
            tables_of.ImprintTable,
            tables_of.TypefaceTable,
            LogoTable,
        ),
        "claim": (ClaimTable, At, Correction),
    }
)
COLUMNS = ("Key", "Type", "Default", "What it does", "Example")


@lru_cache(maxsize=1)
def descriptions() -> Mapping[str, Mapping[str, str]]:
    """What every key does, by topic and key."""
    text = files(__package__).joinpath("descriptions.toml").read_text(encoding="utf-8")
    return MappingProxyType(tomllib.loads(text))


@lru_cache(maxsize=1)
def ways() -> Mapping[str, str]:
    """Which way each kind of claim counts, as a picture in words."""
    text = files(__package__).joinpath("ways.toml").read_text(encoding="utf-8")
    return MappingProxyType(tomllib.loads(text))


def description(topic: str, key: str) -> str:
    """What a key does in a topic.

    Raises
    ------
    KeyError
        Nobody has written it (a fault of the program).
    """
    topic_keys = descriptions().get(topic, {})
    return topic_keys[key] if key in topic_keys else descriptions()["any"][key]


def tables(topic: str | None) -> Iterator[tuple[str, tuple[str, ...], list[tuple[str, ...]]]]:
    """Tables of keys: title, headings, rows; of all topics, of one, or of a kind of claim.

    Raises
    ------
    UsageError
        There is no such topic.
    """
    if topic is None or topic == "claim":
        for name, models in TOPICS.items():
            if topic in (None, name):
                yield name, COLUMNS, _rows(name, models)
        rows: list[tuple[str, ...]] = [
            (key, _first_sentence(kind), ways()[key], examples()["claim", key])
            for key, kind in KINDS.items()
        ]
        heads = ("Key", "What is measured", "Which way it counts", "Example")
        yield "kinds of claims: one key of each claim", heads, rows
    elif topic in TOPICS:
        yield topic, COLUMNS, _rows(topic, TOPICS[topic])
    elif topic in KINDS:
        said = f"{topic}: {_first_sentence(KINDS[topic])} {ways()[topic]}."
        yield said, COLUMNS, _rows("kind", (KINDS[topic],), topic)
    else:
        raise UsageError(
            f"there is no topic {topic!r}; {way_out(topic, [*TOPICS, *KINDS, 'words'])}"
        )


def keys_of(topic: str) -> tuple[str, ...]:
    """The keys of a topic, or of a kind of claim."""
    models = TOPICS[topic] if topic in TOPICS else (KINDS[topic],)
    return tuple(
        dict.fromkeys(
            info.alias or name for model in models for name, info in model.model_fields.items()
        )
    )


def meaning(kind: str) -> str:
    """What a kind of claim measures, in a sentence."""
    return _first_sentence(KINDS[kind])


def _rows(topic: str, models: tuple[type[BaseModel], ...], kind: str = "") -> list[tuple[str, ...]]:
    rows: dict[str, tuple[str, str, str]] = {}
    for model in models:
        for name, info in model.model_fields.items():
            key = info.alias or name
            rows.setdefault(key, (key, _type(info.annotation), _default(info)))
    shown = examples()
    return [
        (*row, description(topic, key), shown.get((kind, key)) or shown[topic, key])
        for key, row in rows.items()
    ]


def _default(info: FieldInfo) -> str:
    if info.is_required():
        return "required"
    value = info.get_default(call_default_factory=True)
    if value is None or value in ({}, [], "") or isinstance(value, BaseModel):
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)


def _type(annotation: object) -> str:
    """A type in the words of TOML."""
    origin, parts = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _type(parts[0])
    if origin is Literal:
        return " | ".join(json.dumps(part, ensure_ascii=False) for part in parts)
    if origin in (Union, UnionType):
        names = [_type(part) for part in parts if part is not NoneType]
        return " | ".join(dict.fromkeys(names))
    if origin is list:
        return f"[{_type(parts[0])}, …]"
    if origin is dict:
        return "table"
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return "table"
    plain = {str: "text", bool: "true | false", int: "whole number", float: "number"}
    assert isinstance(annotation, type)
    return plain.get(annotation, {"Decimal": "number"}.get(annotation.__name__, "date"))


def _first_sentence(kind: type[BaseModel]) -> str:
    text = " ".join((kind.__doc__ or "").split())
    return text.partition(". ")[0].rstrip(".") + "."
