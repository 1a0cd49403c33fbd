"""What a new atlas begins with: its languages, a title, and a map of its first layer."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from pathlib import Path

from shekara.i18n import FALLBACK, base_language, built_in, known_language, words_file
from shekara.intake.naming import title_of
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


def unspoken(languages: Sequence[str]) -> list[str]:
    """Those that the program does not speak itself: an atlas has words/LANG.toml for each."""
    return [lang for lang in languages
            if known_language(lang) and base_language(lang) not in built_in()]  # fmt: skip


def begin(folder: Path, layer: str, title: str, languages: Sequence[str]) -> tuple[Path, ...]:
    """Write what the atlas lacks beside its first layer, and say what was written.

    maps/index.toml, a map of the layer, and words/LANG.toml of each language that the program
    does not speak itself.
    """
    maps = folder / "maps"
    maps.mkdir(parents=True, exist_ok=True)
    here = {path.name for path in maps.glob("*.toml")}
    first, index = maps / f"{layer}.toml", maps / INDEX
    texts: dict[Path, str] = {}
    if not here - {INDEX, SOURCES}:
        texts[first] = (
            f"title = {table_of(title, languages)}  # fill in\n"
            f"layers = [{text_of(layer)}]  # from bottom to top\n"
            "# extent = [6, 45, 11, 48]  # west, south, east, north; else around the layers\n"
            "# claims = []  # ids of the claims that are shown beside the map\n"
        )
    if INDEX not in here:
        listed = ", ".join(text_of(lang) for lang in languages)
        whole = table_of(title_of(folder.resolve().name or "atlas"), languages)
        texts[index] = f"title = {whole}  # fill in\nlanguages = [{listed}]\n"
    for lang in unspoken(languages):
        words = folder / "words" / f"{lang}.toml"
        if not words.exists():
            texts[words] = words_file(lang)
    for path, text in texts.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        write_file(path, text)
    return tuple(texts)
