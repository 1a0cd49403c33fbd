"""What a new atlas begins with: its languages, a title, and a map of its first layer."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from pathlib import Path

from shekara.i18n import FALLBACK
from shekara.storage import write_file
from shekara.storage.toml import table_of, text_of

INDEX, SOURCES = "index.toml", "sources.toml"  # the files of maps/ that are no maps


def languages_of(folder: Path) -> tuple[str, ...]:
    """Those that maps/index.toml names; English where it names none or cannot be read."""
    try:
        index = tomllib.loads((folder / "maps" / INDEX).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return (FALLBACK,)
    named = index.get("languages")
    known = [lang for lang in named if isinstance(lang, str)] if isinstance(named, list) else []
    return tuple(known) or (FALLBACK,)


def begin(folder: Path, layer: str, languages: Sequence[str]) -> tuple[Path, ...]:
    """Write maps/index.toml and a map of the layer, each where there is none; what was written."""
    maps = folder / "maps"
    maps.mkdir(parents=True, exist_ok=True)
    here = {path.name for path in maps.glob("*.toml")}
    first, index = maps / f"{layer}.toml", maps / INDEX
    texts: dict[Path, str] = {}
    if not here - {INDEX, SOURCES}:
        texts[first] = (
            f"title = {table_of(_titled(layer), languages)}  # fill in\n"
            f"layers = [{text_of(layer)}]  # from bottom to top\n"
            "# extent = [6, 45, 11, 48]  # west, south, east, north; else around the layers\n"
            "# claims = []  # ids of the claims that are shown beside the map\n"
        )
    if INDEX not in here:
        listed = ", ".join(text_of(lang) for lang in languages)
        title = _titled(folder.resolve().name or "atlas")
        texts[index] = f"title = {table_of(title, languages)}  # fill in\nlanguages = [{listed}]\n"
    for path, text in texts.items():
        write_file(path, text)
    return tuple(texts)


def _titled(name: str) -> str:
    return name.replace("-", " ").replace("_", " ").capitalize()
