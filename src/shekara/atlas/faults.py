"""Pydantic's findings in the words of this project: file, key, value, rule, way out."""

from __future__ import annotations

import types
import typing
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pydantic import BaseModel, ValidationError

from shekara.errors import Problem
from shekara.spelling import way_out

# The least that a reader must be told beside pydantic's own sentence.
REMEDIES = {
    "missing": "add it",
    "extra_forbidden": "delete it",
    "string_type": "put the text in quotation marks",
    "float_type": "write a number without quotation marks",
    "int_type": "write a whole number without quotation marks",
    "bool_type": "write true or false",
    "string_pattern_mismatch": "use lower-case letters, digits and hyphens",
}


def problems_of(
    error: ValidationError, label: str, model: type[BaseModel], data: Mapping[str, Any]
) -> Iterator[Problem]:
    """One problem per place; of the branches of a union the deepest finding speaks."""
    found: dict[str, Problem] = {}
    for item in error.errors(include_url=False):
        path = [part for part in item["loc"] if _is_key(part)]
        key = _key(path, data)
        kind = item["type"]
        rule = _rule(kind, item["msg"])
        remedy = REMEDIES.get(kind, "")
        if kind == "extra_forbidden":
            rule = "is an unknown key"
            remedy = way_out(str(path[-1]), _names(model, path[:-1]))
        value = "" if kind == "missing" else _shown(item.get("input"))
        found.setdefault(key, Problem(label, key, value, rule, remedy))
    yield from found.values()


def _rule(kind: str, message: str) -> str:
    if kind == "missing":
        return "is missing"
    return message.removeprefix("Value error, ")


def _is_key(part: object) -> bool:
    """Whether a step of the path is a key of the file, not the name of a union's branch."""
    if isinstance(part, int):
        return True
    text = str(part)
    return not (
        "[" in text
        or "(" in text
        or text in ("str", "bool", "int", "float", "date")
        or text[:1].isupper()
        or text.startswith("literal")
    )


def _key(path: Sequence[Any], data: Any) -> str:
    words: list[str] = []
    here = data
    for step in path:
        name = ""
        if isinstance(step, int):
            here = here[step] if isinstance(here, list) and step < len(here) else None
            name = str(here.get("id", "")) if isinstance(here, dict) else ""
            words[-1] += f"[{step}]" + (f" ({name})" if name else "")
        else:
            here = here.get(step) if isinstance(here, dict) else None
            words.append(str(step))
    return ".".join(words)


def _names(model: type[BaseModel], path: Sequence[Any]) -> list[str]:
    """Keys that are allowed at a place."""
    found = _models(model)
    for step in path:
        if isinstance(step, int):
            continue
        inner: list[type[BaseModel]] = []
        for one in found:
            for name, info in one.model_fields.items():
                if step in (name, info.alias):
                    inner.extend(_models(info.annotation))
        found = inner or found
    return [info.alias or name for one in found for name, info in one.model_fields.items()]


def _models(annotation: Any) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    if typing.get_origin(annotation) in (
        list,
        dict,
        typing.Union,
        types.UnionType,
        typing.Annotated,
    ):
        return [one for part in typing.get_args(annotation) for one in _models(part)]
    return []


def _shown(value: object) -> str:
    return repr(value) if not isinstance(value, dict | list) else type(value).__name__
