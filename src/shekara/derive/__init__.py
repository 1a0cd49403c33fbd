"""Layers made again from packages, from coordinate tables and from recipes in their own files.

The recipe of a layer is the ``[derive]`` table of ``layers/NAME.toml``: a method and what it
needs. Packages are pinned: Python packages by version, npm packages by version and SHA-512 in
``layers/packages.csv``. Once they are in the cache nothing needs the network.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from shekara.atlas.paths import inside
from shekara.derive.degrees import parse_degrees, to_wgs84
from shekara.derive.geojson import DECIMALS, to_frame, to_geojson_text
from shekara.derive.methods import METHODS, make
from shekara.derive.reading import load_recipe, problems
from shekara.derive.recipe import Recipe
from shekara.derive.sources import Sources, default_cache, read_toml
from shekara.errors import InputError
from shekara.storage import write_file

__all__ = [
    "METHODS",
    "Recipe",
    "Sources",
    "default_cache",
    "derivable",
    "derive",
    "parse_degrees",
    "problems",
    "to_frame",
    "to_geojson_text",
    "to_wgs84",
    "write",
]


def derivable(atlas: Path) -> list[str]:
    """Names of the layers of an atlas that say how they are made, in alphabetical order."""
    names = []
    for path in sorted((atlas / "layers").glob("*.toml")):
        if "derive" in read_toml(atlas, f"layers/{path.name}"):
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
    frame = make(recipe, Sources(atlas, default_cache() if cache is None else cache))
    if "id" not in frame:
        raise recipe.error("properties", "the features have no id", "give id in properties")
    ids = frame["id"].tolist()
    if len(set(ids)) != len(ids):
        twice = next(item for item in ids if ids.count(item) > 1)
        raise InputError(f"layers/{layer}.toml: the recipe makes two features with id {twice!r}")
    return to_geojson_text(frame, DECIMALS if recipe.decimals is None else recipe.decimals)


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
        inside(atlas, f"geo/{layer}.geojson")  # geo/ may be a link
        path = inside(atlas / "geo", f"{layer}.geojson")
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
