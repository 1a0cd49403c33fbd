"""An atlas read from its folder, with all that is wrong in it reported at once."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

from pydantic import ValidationError

from shekara.atlas.citations import citation_problems
from shekara.atlas.cross import cross_problems
from shekara.atlas.data import shapes_of, strays
from shekara.atlas.echoes import without_echoes
from shekara.atlas.extents import with_extent
from shekara.atlas.faults import problems_of
from shekara.atlas.files import ClaimTable
from shekara.atlas.limits import limit_problems
from shekara.atlas.model import Atlas, Claim, ClaimKind, Layer
from shekara.atlas.source import Source
from shekara.atlas.tables import (
    languages_of,
    ordered,
    read_index,
    read_layer_file,
    read_maps,
    read_sources,
)
from shekara.atlas.words import own_words
from shekara.errors import AtlasError, InputError, Problem
from shekara.spelling import way_out

VARIABLE = "SHEKARA_ATLAS"
Kinds = Mapping[str, type[ClaimKind]]
Rule = Callable[[Atlas], Iterable[Problem]]


def bundled() -> Path:
    """The folder of the bundled atlas: beside the package in a wheel, else the checkout's top."""
    package = Path(__file__).resolve().parent.parent
    inside = package / "bundled"
    return inside if inside.is_dir() else package.parent.parent


def folder(named: Path | str | None = None) -> Path:
    """The atlas that is meant: named, SHEKARA_ATLAS, the folder one stands in, or the bundled one.

    The first of these that there is; a folder is an atlas where it has layers/ and maps/ with
    TOML files in them.
    """
    return Path(named or os.environ.get(VARIABLE) or _here() or bundled())


def _here() -> Path | None:
    """The folder one stands in, where it is an atlas."""
    here = Path()
    return here if all(any(here.glob(f"{part}/*.toml")) for part in ("layers", "maps")) else None


def existing(named: Path | str | None = None) -> Path:
    """The folder of the atlas that is meant; see `folder`.

    Raises
    ------
    InputError
        There is no atlas in it.
    """
    place = folder(named)
    if not (place / "layers").is_dir():
        raise InputError(
            f"{place} is no atlas: it has no folder layers/; "
            "name the folder of an atlas, or make one with: shekara new DIR"
        )
    return place


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
    place = existing(named)
    problems: list[Problem] = []
    sources = read_sources(place, problems)
    layers = _layers(place, kinds, sources, problems)
    maps = read_maps(place, lambda table: with_extent(table, layers), problems)
    index = read_index(place, problems)
    names = {path.stem for path in (place / "layers").glob("*.toml")}
    atlas = Atlas(
        folder=place,
        index=index,
        layers=MappingProxyType(layers),
        maps=MappingProxyType(ordered(maps, index)),
        languages=languages_of(index, (layer.file for layer in layers.values()), maps),
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
    if problems:
        raise AtlasError(without_echoes(problems, atlas.layers, names))
    return atlas


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
        file = read_layer_file(path, label, sources, problems)
        features = shapes_of(place, path.stem, file, problems)
        if file is None or features is None:
            continue
        claims = tuple(bound(path.stem, label, file.claim, kinds, problems))
        layers[path.stem] = Layer(
            path.stem, file, features.geometry, features.properties, claims, features.remarks
        )
    problems.extend(strays(place))
    return layers


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
