"""An atlas read from its folder, with all that is wrong in it reported at once."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from shekara.atlas.citations import citation_problems
from shekara.atlas.companions import missing_files
from shekara.atlas.cross import cross_problems
from shekara.atlas.data import shapes_of, strays
from shekara.atlas.extents import with_extent
from shekara.atlas.faults import problems_of
from shekara.atlas.files import ClaimTable, IndexFile, LayerFile, MapFile
from shekara.atlas.limits import limit_problems
from shekara.atlas.model import Atlas, Claim, ClaimKind, Layer, Map
from shekara.atlas.paths import stays
from shekara.atlas.printed import toml
from shekara.atlas.source import Source, written_out
from shekara.atlas.words import own_words
from shekara.errors import AtlasError, InputError, Problem
from shekara.i18n import FALLBACK
from shekara.spelling import way_out

VARIABLE = "SHEKARA_ATLAS"
INDEX, SOURCES = "index.toml", "sources.toml"  # the files of maps/ that are no maps
Kinds = Mapping[str, type[ClaimKind]]
Rule = Callable[[Atlas], Iterable[Problem]]
Model = TypeVar("Model", bound=BaseModel)


def bundled() -> Path:
    """The folder of the bundled atlas: beside the package in a wheel, else the checkout's top."""
    package = Path(__file__).resolve().parent.parent
    inside = package / "bundled"
    return inside if inside.is_dir() else package.parent.parent


def folder(named: Path | str | None = None) -> Path:
    """The atlas that is meant: the one named, else SHEKARA_ATLAS, else the bundled one."""
    return Path(named or os.environ.get(VARIABLE) or bundled())


def load(named: Path | str | None = None, *, kinds: Kinds, rules: Iterable[Rule] = ()) -> Atlas:
    """Read and check an atlas.

    Parameters
    ----------
    named
        Its folder; see `folder` for the default.
    kinds
        The kinds of claims by their key; every claim is bound to its kind here.
    rules
        Further checks of the whole, such as those of claims and maps.

    Raises
    ------
    InputError
        There is no atlas in that folder.
    AtlasError
        With every problem that was found.
    """
    place = folder(named)
    if not (place / "layers").is_dir():
        raise InputError(
            f"{place} is no atlas: it has no folder layers/; "
            "name the folder of an atlas, or make one with: shekara new DIR"
        )
    problems: list[Problem] = []
    sources = _sources(place, problems)
    layers = _layers(place, kinds, sources, problems)
    maps = _maps(place, layers, problems)
    index = _index(place, problems)
    names = {path.stem for path in (place / "layers").glob("*.toml")}
    atlas = Atlas(
        folder=place,
        index=index,
        layers=MappingProxyType(layers),
        maps=MappingProxyType(_ordered(maps, index)),
        languages=_languages(index, layers, maps),
        sources=MappingProxyType({**_inline(layers), **sources}),
        words=MappingProxyType(own_words(place, problems)),
    )
    return checked(atlas, names, problems, rules)


def checked(
    atlas: Atlas, names: set[str], problems: list[Problem], rules: Iterable[Rule] = ()
) -> Atlas:
    """The atlas, where neither `problems` nor any rule of the whole has found a fault.

    Raises
    ------
    AtlasError
        With every problem.
    """
    problems.extend(cross_problems(atlas, names))
    problems.extend(citation_problems(atlas))
    problems.extend(limit_problems(atlas))
    for rule in rules:
        problems.extend(rule(atlas))
    broken = {problem.file.partition("/")[2].rpartition(".")[0] for problem in problems}
    if problems:
        raise AtlasError(_without_echoes(problems, names - set(atlas.layers), broken))
    return atlas


def _without_echoes(problems: list[Problem], unread: set[str], broken: set[str]) -> list[Problem]:
    """Leave out what only repeats that another layer could not be read."""
    quoted = {repr(name) for name in unread & broken}
    return [p for p in problems if not (p.rule == "names no layer" and p.value in quoted)]


def _sources(place: Path, problems: list[Problem]) -> dict[str, Source]:
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


def _inline(layers: Mapping[str, Layer]) -> dict[str, Source]:
    """Sources that layers describe themselves and give an id."""
    every = (source for layer in layers.values() for source in layer.file.source)
    return {source.id: source for source in every if source.id is not None}


def _layers(
    place: Path, kinds: Kinds, sources: Mapping[str, Source], problems: list[Problem]
) -> dict[str, Layer]:
    layers: dict[str, Layer] = {}
    for path in sorted((place / "layers").glob("*.toml")):
        label = f"layers/{path.name}"
        file = _layer_file(path, label, sources, problems)
        features = shapes_of(place, path.stem, file, problems)
        if file is None or features is None:
            continue
        claims = tuple(bound(path.stem, label, file.claim, kinds, problems))
        layers[path.stem] = Layer(
            path.stem, file, features.geometry, features.properties, claims, features.remarks
        )
    problems.extend(strays(place))
    return layers


def _layer_file(
    path: Path, label: str, sources: Mapping[str, Source], problems: list[Problem]
) -> LayerFile | None:
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


def bound(
    layer: str,
    label: str,
    tables: Iterable[ClaimTable],
    kinds: Kinds,
    problems: list[Problem],
) -> Iterable[Claim]:
    """The claims of a layer, each bound to its kind; drafts are left for their author."""
    for table in (table for table in tables if not table.draft):
        extra: Mapping[str, object] = table.model_extra or {}
        place = f"claim {table.id}"
        if len(extra) != 1:
            keys = ", ".join(sorted(extra)) or "none"
            rule = "a claim has exactly one key of its kind, such as length_km"
            problems.append(Problem(label, place, keys, rule, "split or complete the claim"))
            continue
        kind, given = next(iter(extra.items()))
        if kind not in kinds:
            rule, remedy = "is no kind of claim", way_out(kind, kinds)
            problems.append(Problem(label, f"{place}.{kind}", "", rule, remedy))
        elif not isinstance(given, dict):
            rule, remedy = "is no table", f"write for example {kind} = {{ more_than = 100 }}"
            problems.append(Problem(label, f"{place}.{kind}", repr(given), rule, remedy))
        else:
            try:
                yield Claim(layer, table, kind, kinds[kind].model_validate(given))
            except ValidationError as error:
                for problems_of_item in problems_of(error, label, kinds[kind], given):
                    key = f"{place}.{kind}" + (
                        f".{problems_of_item.key}" if problems_of_item.key else ""
                    )
                    problems.append(replace(problems_of_item, key=key))


def _maps(place: Path, layers: Mapping[str, Layer], problems: list[Problem]) -> dict[str, Map]:
    maps: dict[str, Map] = {}
    for path in sorted((place / "maps").glob("*.toml")):
        if path.name in (INDEX, SOURCES):
            continue
        label = f"maps/{path.name}"
        data = _toml(path, label, problems)
        if data is None:
            continue
        file = valid(with_extent(data, layers), label, MapFile, problems)
        if file is not None:
            maps[path.stem] = Map(path.stem, file)
    return maps


def _index(place: Path, problems: list[Problem]) -> IndexFile:
    path = place / "maps" / INDEX
    default = IndexFile(title=place.resolve().name or "atlas")
    if not path.is_file():
        return default
    index = _table(path, "maps/index.toml", IndexFile, problems) or default
    problems.extend(missing_files(place, index))
    return index


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


def _ordered(maps: dict[str, Map], index: IndexFile) -> dict[str, Map]:
    place = {name: position for position, name in enumerate(index.order)}
    last = len(place)

    def key(name: str) -> tuple[int, int, str]:
        return place.get(name, last), maps[name].file.number or 10**6, name

    return {name: maps[name] for name in sorted(maps, key=key)}


def _languages(
    index: IndexFile, layers: Mapping[str, Layer], maps: Mapping[str, Map]
) -> tuple[str, ...]:
    """The languages that every title has, in the order of the first; English when none is said."""
    if index.languages:
        return tuple(index.languages)
    titles = [item.file.title for item in maps.values()]
    titles += [layer.file.title for layer in layers.values()]
    tables = [title for title in titles if isinstance(title, dict)]
    if not tables:
        return (FALLBACK,)
    common = [lang for lang in tables[0] if all(lang in title for title in tables)]
    return tuple(common) or (FALLBACK,)
