"""An example of each key, out of the atlas that `shekara new --full` writes."""

from __future__ import annotations

import datetime
import json
import tomllib
from collections.abc import Iterator, Mapping
from functools import lru_cache
from importlib.resources import files
from types import MappingProxyType

FILES = files("shekara").joinpath("starter", "full")
# Tables of a file by the topic that they stand under and their key: the topic of their own keys.
TABLES: Mapping[tuple[str, str], str] = {
    ("layer", "source"): "source",
    ("layer", "quality"): "quality",
    ("layer", "style"): "style",
    ("layer", "time"): "time",
    ("layer", "claim"): "claim",
    ("style", "class"): "style",
    ("style", "no_data"): "style",
    ("claim", "at"): "claim",
    ("claim", "correction"): "claim",
    ("map", "layers"): "map-layer",
    ("map", "sheet"): "map",
    ("map", "inset"): "map",
    ("map", "outlines"): "map",
    ("map", "multiples"): "map",
    ("map", "panel"): "panel",
    ("map", "step"): "step",
    ("map", "projection"): "projection",
    ("map-layer", "style"): "style",
    ("panel", "reference"): "panel",
    ("index", "text"): "index",
    ("index", "imprint"): "index",
}
HEADED = ("quality", "source", "style", "time", "claim", "class", "correction", "panel", "step",
          "reference", "sheet", "inset", "outlines", "multiples", "projection", "text",
          "imprint")  # fmt: skip
# Of keys that name something of an atlas's own, which the example has not.
OWN = {
    ("layer", "derive"): "[derive]",
    ("layer", "layer"): 'layer = "cantons"',
    ("style", "icon"): 'icon = "mdi7.anchor"',
    ("index", "fonts"): 'fonts = ["Letters.ttf"]',
    ("index", "relief"): "[relief]",
    ("index", "logo"): "[logo]",
    ("index", "file"): 'file = "logo.svg"',
    ("index", "source"): 'source = { name = "The island", license = "CC0-1.0" }',
    ("map", "backdrop"): "[backdrop]",
    ("map", "file"): 'file = "old-map.tif"',
    ("map", "bounds"): "bounds = [9.5, 49.5, 11.5, 51.5]",
    ("map", "crs"): 'crs = "EPSG:3857"',
    ("map", "opacity"): "opacity = 0.6",
    ("map", "source"): 'source = { name = "Survey of 1897", license = "CC0-1.0" }',
    ("index", "typeface"): 'typeface = { sans = "Lato", serif = "Lora" }',
    ("index", "sans"): 'typeface = { sans = "Lato" }',
    ("index", "serif"): 'typeface = { serif = "Lora" }',
}


@lru_cache(maxsize=1)
def examples() -> Mapping[tuple[str, str], str]:
    """A line of TOML by topic and key.

    Keys of a kind of claim stand under that kind's name, with the kind's whole line, and once for
    all kinds under "kind"; the line of the kind itself stands under "claim".
    """
    shown: dict[tuple[str, str], str] = dict(OWN)
    empty: dict[tuple[str, str], str] = {}
    for topic, table in _files():
        for name, line in _lines(topic, table, ""):
            (empty if line.endswith(' = ""') else shown).setdefault(name, line)
    return MappingProxyType(empty | shown)


def _files() -> Iterator[tuple[str, Mapping[str, object]]]:
    for part, topic in (("layers", "layer"), ("maps", "map")):
        for path in sorted(FILES.joinpath(part).iterdir(), key=lambda item: item.name):
            table = tomllib.loads(path.read_text(encoding="utf-8"))
            if path.name == "sources.toml":
                yield from (("source", record) for record in table.values())
            else:
                yield ("index" if path.name == "index.toml" else topic), table


def _lines(
    topic: str, table: Mapping[str, object], under: str
) -> Iterator[tuple[tuple[str, str], str]]:
    for key, value in table.items():
        listed = value if isinstance(value, list) else [value]
        items = [item for item in listed if isinstance(item, dict)]
        heading = f"{under}{key}"
        inner = TABLES.get((topic, key))
        if inner and key in HEADED and items:
            yield (topic, key), f"[{heading}]" if isinstance(value, dict) else f"[[{heading}]]"
        else:
            yield (topic, key), f"{key} = {_written(value)}"
        for item in items:
            if inner:
                yield from _lines(inner, item, f"{heading}.")
            elif (topic, key) == ("layer", "field"):
                for field in item.values():
                    yield from _lines("field", field, "")
            elif topic == "claim":  # a kind
                for name, number in item.items():
                    yield (key, name), f"{key} = {_written(item)}"
                    yield ("kind", name), f"{name} = {_written(number)}"


def _written(value: object) -> str:
    """A value on one line of TOML."""
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{key} = {_written(item)}" for key, item in value.items()) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(map(_written, value)) + "]"
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, float):
        return f"{value:.15g}"
    return json.dumps(value, ensure_ascii=False)
