"""Recipes read from the files of layers, and judged before anything is made."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from pathlib import Path

from pydantic import ValidationError

from shekara.atlas import Atlas
from shekara.atlas.faults import problems_of
from shekara.atlas.paths import fault_of_path, inside
from shekara.derive.methods import METHODS, Parts
from shekara.derive.recipe import Recipe
from shekara.derive.sources import Sources, default_cache, pinned, read_toml
from shekara.errors import InputError, Problem
from shekara.spelling import way_out

Values = Mapping[str, object]


def load_recipe(atlas: Path, layer: str) -> Recipe:
    """Read ``[derive]`` of ``layers/LAYER.toml``.

    Raises
    ------
    InputError
        The file is missing, is not TOML, or its ``[derive]`` breaks a rule.
    """
    file = f"layers/{layer}.toml"
    if fault_of_path(layer) or "/" in layer:
        raise InputError(f"{layer!r} is no name of a layer; see `shekara list`")
    values = read_toml(atlas, file)
    table = values.get("derive")
    if not isinstance(table, dict) or "method" not in table:
        raise InputError(
            f"{file}: no [derive] with a method, so the layer cannot be made again; "
            "it stays as it is in geo/, or say how it is made"
        )
    problems: list[Problem] = []
    recipe = read_recipe(table, file, "derive", problems)
    if recipe is None or problems:
        raise InputError("\n".join(map(str, problems)))
    return recipe


def read_recipe(values: Values, file: str, where: str, problems: list[Problem]) -> Recipe | None:
    """A recipe of its method's model, or None with what is wrong added to `problems`."""
    name = values.get("method")
    if not isinstance(name, str) or name not in METHODS:
        remedy = way_out(name, METHODS) if isinstance(name, str) else 'write method = "points"'
        rule = "there is no such method"
        problems.append(Problem(file, f"{where}.method", repr(name), rule, remedy))
        return None
    model = METHODS[name].model
    try:
        recipe = model.model_validate(values)
    except ValidationError as error:
        for problem in problems_of(error, file, model, values):
            problems.append(dataclasses.replace(problem, key=f"{where}.{problem.key}"))
        return None
    recipe.located(file, where)
    if isinstance(recipe, Parts):
        _read_parts(recipe, file, where, problems)
    return recipe


def _read_parts(recipe: Parts, file: str, where: str, problems: list[Problem]) -> None:
    for number, values in enumerate(recipe.part, 1):
        place = f"{where}.part[{number}]"
        if "decimals" in values:
            rule, remedy = "is said once for the whole layer", "move it to [derive]"
            shown = repr(values["decimals"])
            problems.append(Problem(file, f"{place}.decimals", shown, rule, remedy))
        part = read_recipe(values, file, place, problems)
        if part is not None:
            recipe.add(part)


def problems(atlas: Atlas) -> Iterator[Problem]:
    """What is wrong with the recipes of an atlas, seen without making anything."""
    sources = Sources(atlas.folder, default_cache())
    for layer in atlas.layers.values():
        if layer.file.derive is None:
            continue
        file = f"layers/{layer.name}.toml"
        values = {"method": layer.file.derive.method, **(layer.file.derive.model_extra or {})}
        wrong: list[Problem] = []
        recipe = read_recipe(values, file, "derive", wrong)
        yield from wrong
        if recipe is not None and not wrong:
            yield from _missing(recipe, file, "derive", atlas, sources)


def _missing(
    recipe: Recipe, file: str, where: str, atlas: Atlas, sources: Sources
) -> Iterator[Problem]:
    """Tables, layers and pins that a recipe names and that are not there."""
    if isinstance(recipe, Parts):
        for number, part in enumerate(recipe.parts, 1):
            yield from _missing(part, file, f"{where}.part[{number}]", atlas, sources)
        return
    for key, value in named(recipe):
        place = f"{where}.{key}"
        if value.startswith("layers/"):
            try:
                exists = inside(atlas.folder, value).is_file()
                rule = "" if exists else f"{value}: there is no such table in the atlas"
                remedy = "add it, or correct the name"
            except InputError as error:
                rule, _, remedy = str(error).partition("; ")
            if rule:
                yield Problem(file, place, repr(value), rule, remedy)
        elif key in ("layer", "agreed", "without", "inside") and value:
            if not (atlas.folder / "layers" / f"{value}.toml").is_file():
                rule, remedy = "names no layer", way_out(value, atlas.layers)
                yield Problem(file, place, repr(value), rule, remedy)
        elif value.startswith("npm:"):
            try:
                pinned(sources, value)
            except InputError as error:
                rule, _, remedy = str(error).partition("; ")
                yield Problem(file, place, repr(value), rule, remedy)


def named(recipe: Recipe) -> Iterator[tuple[str, str]]:
    """Key and value of every text that a recipe names its sources by."""
    things = getattr(recipe, "from_", None)
    if things is not None:
        for key, value in things:
            for text in value if isinstance(value, list) else [value]:
                if isinstance(text, str):
                    yield f"from.{key}", text
    for key in ("layer", "agreed", "places", "without", "inside"):
        value = getattr(recipe, key, None)
        if isinstance(value, str):
            yield key, value
