"""Layers made again from packages, from coordinate tables and from recipes in their own files.

The recipe of a layer is the ``[derive]`` table of ``layers/NAME.toml``: a method and what it
needs. Packages are pinned: Python packages by version, npm packages by version and SHA-512 in
``layers/packages.csv``. Once they are in the cache nothing needs the network.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from shekara.derive.degrees import parse_degrees, to_wgs84
from shekara.derive.geojson import DECIMALS, to_frame, to_geojson_text
from shekara.derive.methods import METHODS, make
from shekara.derive.recipe import Recipe, load_recipe
from shekara.derive.sources import Sources, default_cache
from shekara.errors import InputError
from shekara.storage import write_file

__all__ = [
    "METHODS",
    "Recipe",
    "Sources",
    "default_cache",
    "derivable",
    "derive",
    "derive_all",
    "parse_degrees",
    "to_frame",
    "to_geojson_text",
    "to_wgs84",
    "write",
]


def derivable(atlas: Path) -> list[str]:
    """Names of the layers of an atlas that say how they are made, in alphabetical order."""
    names = []
    for path in sorted((atlas / "layers").glob("*.toml")):
        try:
            values = tomllib.loads(path.read_text(encoding="utf-8"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise InputError(f"layers/{path.name}: not readable as TOML: {error}") from error
        if "derive" in values:
            names.append(path.stem)
    return names


def derive(atlas: Path, layer: str, cache: Path | None = None) -> str:
    """Text of ``geo/LAYER.geojson`` as the layer's recipe makes it.

    Parameters
    ----------
    atlas
        Folder of the atlas.
    layer
        Stem of ``layers/LAYER.toml``.
    cache
        Folder for downloaded packages; `default_cache` when None.

    Raises
    ------
    InputError
        The recipe cannot be carried out: the message names file, key, value and way out.
    """
    recipe = load_recipe(atlas, layer)
    decimals = recipe.integer("decimals", DECIMALS)
    if not 0 <= decimals <= 7:
        raise recipe.error("decimals", "a coordinate has at most 7 decimals", "give 0 to 7")
    frame = make(recipe, Sources(atlas, default_cache() if cache is None else cache))
    ids = frame["id"].tolist()
    if len(set(ids)) != len(ids):
        twice = next(one for one in ids if ids.count(one) > 1)
        raise InputError(f"{recipe.file}: the recipe makes two features with id {twice!r}")
    return to_geojson_text(frame, decimals)


def derive_all(atlas: Path, cache: Path | None = None) -> Iterator[tuple[str, str]]:
    """Name and text of every layer that says how it is made."""
    for layer in derivable(atlas):
        yield layer, derive(atlas, layer, cache)


def write(
    atlas: Path,
    names: Iterable[str] = (),
    cache: Path | None = None,
    *,
    check: bool = False,
    report: Callable[[str, str], None] | None = None,
) -> list[str]:
    """Make layers again and write ``geo/NAME.geojson``, each moved into place when it is whole.

    Parameters
    ----------
    names
        Layers to make; all that can be made when empty.
    check
        Write nothing, only compare.
    report
        Called with (name, "same" | "changed" | "new") after each layer.

    Returns
    -------
    list of str
        Names of the layers whose file is not what the recipe makes (before writing).
    """
    differing = []
    for layer in list(names) or derivable(atlas):
        text = derive(atlas, layer, cache).encode("utf-8")
        path = atlas / "geo" / f"{layer}.geojson"
        before = path.read_bytes() if path.exists() else None
        state = "new" if before is None else "same" if before == text else "changed"
        if state != "same":
            differing.append(layer)
            if not check:
                path.parent.mkdir(parents=True, exist_ok=True)
                write_file(path, text)
        if report is not None:
            report(layer, state)
    return differing
