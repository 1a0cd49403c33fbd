"""Which keys a model allows where: for the way out of a wrong one."""

from __future__ import annotations

import types
import typing
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from pydantic import BaseModel
from pydantic.fields import FieldInfo


def keys_at(model: type[BaseModel], path: Sequence[str | int]) -> list[str]:
    """Keys that are allowed at a place, in the order of the model."""
    tables = _tables_at(model, path)
    return list(dict.fromkeys(key for table in tables for key in _keys(table)))


def synonyms_at(model: type[BaseModel], path: Sequence[str | int]) -> dict[str, str]:
    """Other spellings of keys that are allowed at a place, each with the key that it stands for."""
    tables = _tables_at(model, path)
    return {other: key for table in tables for other, key in getattr(table, "SYNONYMS", {}).items()}


def meant_at(model: type[BaseModel], path: Sequence[str | int]) -> dict[str, str]:
    """Words that are no keys at a place, each with the key that a writer means by it."""
    tables = _tables_at(model, path)
    return {word: key for table in tables for word, key in getattr(table, "MEANT", {}).items()}


def _tables_at(model: type[BaseModel], path: Sequence[str | int]) -> list[type[BaseModel]]:
    here = [model]
    for step in path:
        if isinstance(step, int):
            continue
        here = [
            inner
            for outer in here
            for name, info in outer.model_fields.items()
            if step in (name, info.alias)
            for inner in models_in(info.annotation)
        ] or here
    return here


@dataclass(frozen=True)
class TableOf:
    """A table of a file: its name, how it is headed, its keys, and whether it takes others."""

    path: tuple[str, ...]
    heading: str
    keys: frozenset[str]
    needed: frozenset[str]
    open: bool

    def fits(self, names: Iterable[str]) -> int:
        """How many of these keys would be right in it."""
        every = set(names)
        if self.open:
            return len(every) if self.needed and self.needed <= every else 0
        return len(every & self.keys)


@lru_cache(maxsize=16)
def tables_of(model: type[BaseModel], under: tuple[str, ...] = ()) -> tuple[TableOf, ...]:
    """The tables of a file and the tables in them, those that a file must have first."""
    fields = sorted(model.model_fields.items(), key=lambda field: not field[1].is_required())
    tables: list[TableOf] = []
    for name, info in fields:
        inner = list(models_in(info.annotation))
        if not inner or _by_name(info.annotation):
            continue
        path = (*under, info.alias or name)
        every = [
            (index, f)
            for table in inner
            for index, f in zip(_keys(table), _fields(table), strict=True)
        ]
        heading = ".".join(path)
        tables.append(
            TableOf(
                path,
                f"[[{heading}]]" if _is_list(info.annotation) else f"[{heading}]",
                frozenset(index for index, _ in every),
                frozenset(index for index, field in every if field.is_required()),
                any(table.model_config.get("extra") == "allow" for table in inner),
            )
        )
        tables += (nested for table in inner for nested in tables_of(table, path))
    return tuple(tables)


def models_in(annotation: object) -> Iterator[type[BaseModel]]:
    """The models that an annotation speaks of, however deep."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    elif typing.get_origin(annotation) in (
        list,
        dict,
        typing.Union,
        types.UnionType,
        typing.Annotated,
    ):
        for part in typing.get_args(annotation):
            yield from models_in(part)


def _keys(table: type[BaseModel]) -> list[str]:
    return [info.alias or name for name, info in table.model_fields.items()]


def _fields(table: type[BaseModel]) -> list[FieldInfo]:
    return list(table.model_fields.values())


def _is_list(annotation: object) -> bool:
    origin = typing.get_origin(annotation)
    if origin is typing.Annotated:
        return _is_list(typing.get_args(annotation)[0])
    return origin is list


def _by_name(annotation: object) -> bool:
    """Whether it is a table of tables whose names the writer chooses."""
    return typing.get_origin(annotation) is dict
