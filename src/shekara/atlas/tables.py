"""The TOML files of an atlas, each read into its model, with every fault named."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from shekara.atlas.companions import companion_problems
from shekara.atlas.faults import problems_of
from shekara.atlas.files import IndexFile, LayerFile, MapFile
from shekara.atlas.model import Map
from shekara.atlas.paths import stays
from shekara.atlas.pictures import backdrop_problems
from shekara.atlas.printed import toml
from shekara.atlas.source import Source, written_out
from shekara.errors import Problem
from shekara.i18n import FALLBACK
from shekara.spelling import way_out

INDEX, SOURCES = "index.toml", "sources.toml"  # the files of maps/ that are no maps
Model = TypeVar("Model", bound=BaseModel)
WithExtent = Callable[[dict[str, object]], dict[str, object]]


def read_sources(place: Path, problems: list[Problem]) -> dict[str, Source]:
    """The records of maps/sources.toml by id."""
    label = f"maps/{SOURCES}"
    path = place / "maps" / SOURCES
    data = _toml(path, label, problems) if path.is_file() else {}
    records: dict[str, Source] = {}
    for name, table in (data or {}).items():
        if not isinstance(table, dict):
            rule, remedy = "is no source", 'write a table, such as [border-treaty] title = "…"'
            problems.append(Problem(label, name, repr(table), rule, remedy))
            continue
        record = valid({**table, "id": name}, label, Source, problems, f"{name}.")
        if record is not None:
            records[name] = record
    return records


def read_layer_file(
    path: Path, label: str, sources: Mapping[str, Source], problems: list[Problem]
) -> LayerFile | None:
    """A layer's description, its sources written out; None where it cannot be used."""
    data = _toml(path, label, problems)
    if data is None:
        return None
    data = written_out(data, sources)
    named = data.get("source")
    for position, item in enumerate(named if isinstance(named, list) else ()):
        if isinstance(item, str):
            key, remedy = f"source[{position}]", way_out(item, sources)
            rule = f"names no source of maps/{SOURCES}"
            problems.append(Problem(label, key, repr(item), rule, remedy))
            return None
    return valid(data, label, LayerFile, problems)


def read_maps(place: Path, with_extent: WithExtent, problems: list[Problem]) -> dict[str, Map]:
    """The maps of an atlas by name; `with_extent` adds the extent to a table that has none."""
    maps: dict[str, Map] = {}
    for path in sorted((place / "maps").glob("*.toml")):
        if path.name in (INDEX, SOURCES):
            continue
        label = f"maps/{path.name}"
        data = _toml(path, label, problems)
        if data is None:
            continue
        file = valid(with_extent(data), label, MapFile, problems)
        if file is not None:
            maps[path.stem] = Map(path.stem, file)
            if file.backdrop is not None:
                problems.extend(backdrop_problems(place, label, file.backdrop))
    return maps


def read_index(place: Path, problems: list[Problem]) -> IndexFile:
    """What holds for the atlas as a whole."""
    path = place / "maps" / INDEX
    default = IndexFile(title=place.resolve().name or "atlas")
    if not path.is_file():
        return default
    index = _table(path, "maps/index.toml", IndexFile, problems) or default
    problems.extend(companion_problems(place, index))
    return index


def ordered(maps: dict[str, Map], index: IndexFile) -> dict[str, Map]:
    """Maps in the order that the index gives them, else by number and name."""
    place = {name: position for position, name in enumerate(index.order)}
    last = len(place)

    def key(name: str) -> tuple[int, int, str]:
        return place.get(name, last), maps[name].file.number or 10**6, name

    return {name: maps[name] for name in sorted(maps, key=key)}


def languages_of(
    index: IndexFile, layers: Iterable[LayerFile], maps: Mapping[str, Map]
) -> tuple[str, ...]:
    """The languages that every title has, in the order of the first; English when none is said."""
    if index.languages:
        return tuple(index.languages)
    titles = [item.file.title for item in maps.values()]
    titles += [layer.title for layer in layers]
    tables = [title for title in titles if isinstance(title, dict)]
    if not tables:
        return (FALLBACK,)
    common = [lang for lang in tables[0] if all(lang in title for title in tables)]
    return tuple(common) or (FALLBACK,)


def _table(path: Path, label: str, model: type[Model], problems: list[Problem]) -> Model | None:
    data = _toml(path, label, problems)
    return None if data is None else valid(data, label, model, problems)


def _toml(path: Path, label: str, problems: list[Problem]) -> dict[str, object] | None:
    if not stays(path.parent.parent, label, problems):
        return None
    try:
        return toml(path.read_text(encoding="utf-8"))
    except OSError as error:
        rule = f"cannot be read ({error.strerror})"
        problems.append(Problem(label, "", "", rule, "check its rights"))
    except RecursionError:
        rule, remedy = "has brackets in brackets without end", "write tables of a few levels"
        problems.append(Problem(label, "", "", rule, remedy))
    except ValueError as error:  # not UTF-8, or no TOML
        problems.append(Problem(label, "", "", f"is no TOML ({error})", "correct that line"))
    return None


def valid(
    data: dict[str, object],
    label: str,
    model: type[Model],
    problems: list[Problem],
    under: str = "",
) -> Model | None:
    """A table as its model; None where a rule is broken, and `problems` says which."""
    try:
        return model.model_validate(data)
    except ValidationError as error:
        faults = problems_of(error, label, model, data)
        problems.extend(replace(problem, key=f"{under}{problem.key}") for problem in faults)
        return None
