"""JSON Schemas of an atlas's files, made from the models, for editors."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from pydantic import BaseModel

from shekara.atlas import files as tables_of
from shekara.atlas.source import Source
from shekara.claims import KINDS
from shekara.keys.explaining import TOPICS, description, meaning
from shekara.storage import write_file

SCHEMAS: Mapping[str, type[BaseModel]] = MappingProxyType(
    {
        "layer": tables_of.LayerFile,
        "map": tables_of.MapFile,
        "index": tables_of.IndexFile,
        "sources": Source,
    }
)
DRAFT = "http://json-schema.org/draft-07/schema#"
# How codes of languages are built (BCP 47): kk, pt-BR, uz-Cyrl.
LANGUAGE = "^[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8})*$"

# Any: a JSON Schema as pydantic makes it; its draft says what may stand where.
Schema = dict[str, Any]


def write_schemas(folder: Path) -> list[Path]:
    """JSON Schema files for editors; the first line of a TOML file names one.

    Taplo and VS Code read ``#:schema ../.schema/layer.schema.json``.
    """
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name, model in SCHEMAS.items():
        path = folder / f"{name}.schema.json"
        write_file(path, json.dumps(schema(name, model), ensure_ascii=False, indent=1) + "\n")
        written.append(path)
    return written


def schema(name: str, model: type[BaseModel]) -> Schema:
    """The JSON Schema of one file, its keys described; of claims each kind is a key."""
    document = model.model_json_schema(by_alias=True)
    document = {"$schema": DRAFT, **document}
    topics = {m.__name__: topic for topic, models in TOPICS.items() for m in models}
    topics |= {"Look": "style", "Source": "source"}
    _describe(document, topics.get(model.__name__, name))
    for title, part in document.get("$defs", {}).items():
        _describe(part, topics.get(title, ""))
    if model is tables_of.LayerFile:  # a source may also be the id of one in maps/sources.toml
        source = document["properties"]["source"]
        source["items"] = {"anyOf": [source["items"], {"type": "string"}]}
    claim = document.get("$defs", {}).get("ClaimTable")
    if claim is not None:
        for key, kind in KINDS.items():
            part = kind.model_json_schema(by_alias=True)
            document["$defs"] |= part.pop("$defs", {})
            _describe(part, "kind")
            claim["properties"][key] = part | {"description": meaning(key)}
        claim["additionalProperties"] = False
    _name_languages(document)
    for part in (document, *document.get("$defs", {}).values()):
        if part.get("title") in ("Source", "LayerSource"):
            _either_name(part)
    return _by_id(document) if model is Source else document


def _describe(part: Schema, topic: str) -> None:
    for key, value in part.get("properties", {}).items():
        try:
            value["description"] = description(topic, key)
        except KeyError:
            continue
    if topic == "claim":
        part.pop("description", None)


def _name_languages(part: object) -> None:
    """Keys of texts in several languages are codes of languages: a text, or texts by language."""
    if isinstance(part, list):
        for each in part:
            _name_languages(each)
    if isinstance(part, dict):
        choices = part.get("anyOf", [])
        if {"type": "string"} in choices:
            for choice in choices:
                if choice.get("additionalProperties") == {"type": "string"}:
                    choice["propertyNames"] = {"pattern": LANGUAGE}
        for each in part.values():
            _name_languages(each)


def _either_name(part: Schema) -> None:
    """A source is named by `name` or by `title`, one of the two."""
    part["properties"]["title"] = part["properties"]["name"]
    part["required"] = [key for key in part.get("required", []) if key != "name"]
    part["oneOf"] = [{"required": ["name"]}, {"required": ["title"]}]


def _by_id(document: Schema) -> Schema:
    """Of maps/sources.toml: a table of such tables, each under its id."""
    parts = document.pop("$defs", {})
    head = document.pop("$schema")
    return {
        "$schema": head,
        "title": "Sources",
        "type": "object",
        "propertyNames": {"pattern": "^[a-z0-9][a-z0-9-]*$"},
        "additionalProperties": {"$ref": "#/$defs/Source"},
        "$defs": {**parts, "Source": document},
    }
